# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much a stranger's file may ask for. Chosen for the smallest machine we serve (4 GB)."""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

MAX_INPUT_BYTES: Final = 256 * MIB
"""The largest file that is decoded at all; larger evidence is kept, listed and not shown."""

MAX_ANSWER_BYTES: Final = 256 * MIB
"""The largest body of one answer; a picture of `MAX_PIXELS` has 192 MiB."""

MAX_HEAD_BYTES: Final = 64 * 1024
"""The JSON in front of each body."""

MAX_PIXELS: Final = 64 * 1024 * 1024
"""Width times height of any picture held in memory, 3 or 4 bytes each."""

MAX_JPEG_PIXELS: Final = 256 * 1024 * 1024
"""JPEG is decoded at a half, quarter or eighth when more is not asked for; phones make 200 MP."""

MAX_SIDE: Final = 20_000
"""The longest side that may be asked for, in pixels."""

MAX_DPI: Final = 600
MIN_DPI: Final = 18

MAX_PAGES: Final = 5_000
MAX_FRAMES: Final = 5_000
MAX_TEXT_BYTES: Final = 32 * MIB

MEMORY_BYTES: Final = 1536 * MIB
"""Address space of the process: the input, one decoded picture, one conversion of it."""

CPU_SECONDS: Final = 120
"""Processor time for one request; the client's wall clock is usually first."""

OPEN_FILES: Final = 64

TIME_LIMIT_SECONDS: Final = 60.0
"""Wall clock for one request, unless the caller allows another time."""

START_LIMIT_SECONDS: Final = 30.0
"""From starting the process to its first words; slow on a cold hard disk under a virus scanner."""
