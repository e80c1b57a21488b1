# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Distances and text sizes; nothing else in the window is placed by a number of its own.

Lengths are logical pixels, which Qt multiplies by the scale of the screen.
"""

from __future__ import annotations

from typing import Final

HAIR: Final = 2
TIGHT: Final = 4
SMALL: Final = 8
MEDIUM: Final = 12
LARGE: Final = 20
PAGE: Final = 32

FIELD_WIDTH: Final = 360
READING_WIDTH: Final = 560
ICON: Final = 16
RADIUS: Final = 3

TITLE_FACTOR: Final = 1.45
HEADING_FACTOR: Final = 1.12
SMALL_FACTOR: Final = 0.92
BODY_POINTS: Final = 9.5
"""The size where the system names none; elsewhere the system's own size is kept."""
