# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast the parts are that people wait for, beside a plain baseline and a peer."""
