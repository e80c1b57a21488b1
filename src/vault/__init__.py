# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Panah: case files of people in flight from persecution, in an encrypted vault."""

from typing import Final

__version__: Final = "0.1.0"
