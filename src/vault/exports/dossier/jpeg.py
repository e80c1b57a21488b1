# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the segments of a JPEG (ITU-T T.81, annex B): its size, and that it is only pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vault.exports.errors import PictureNotClean

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_APP0: Final = 0xE0
_APP14: Final = 0xEE
_APPLICATION: Final = range(0xE0, 0xF0)
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
# Baseline, extended and progressive frames: the ones that carry a size.
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
_FRAME_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class JpegSize:
    """Pixels, and how many colours each has."""

    width: int
    height: int
    components: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment before the compressed data: its marker's second byte, and its content."""

    marker: int
    content: bytes

    @property
    def is_metadata(self) -> bool:
        """Tell whether it holds anything that is not needed to draw the picture."""
        if self.marker == _COMMENT:
            return True
        if self.marker not in _APPLICATION:
            return False
        plain = (self.marker == _APP0 and self.content.startswith(b"JFIF\0")) or (
            self.marker == _APP14 and self.content.startswith(b"Adobe")
        )
        # A thumbnail makes JFIF longer than its fourteen bytes.
        return not plain or len(self.content) > len(b"JFIF\0") + 9


def segments(jpeg: bytes) -> Iterator[Segment]:
    """Return the segments up to the compressed data; stops quietly where the file is broken."""
    position = len(_START) if jpeg.startswith(_START) else len(jpeg)
    while position + 4 <= len(jpeg) and jpeg[position] == _START[0]:
        marker = jpeg[position + 1]
        if marker in _STANDALONE or marker == _START[0]:
            position += 1 if marker == _START[0] else 2
            continue
        length = int.from_bytes(jpeg[position + 2 : position + 4], "big")
        yield Segment(marker, jpeg[position + 4 : position + 2 + length])
        if marker == _SCAN:
            return
        position += 2 + max(length, 2)


def after_the_end(jpeg: bytes) -> bytes:
    """Return what follows the end-of-image marker, where nothing may be."""
    scan = jpeg.find(bytes((_START[0], _SCAN)))
    # Compressed data never holds the marker by chance: it writes FF as FF 00.
    end = jpeg.find(_END, max(scan, 0))
    return jpeg[end + len(_END) :] if end >= 0 else b""


def read_clean_jpeg(jpeg: bytes, original: bytes, *, exhibit: str) -> JpegSize:
    """Return the size of a picture that carries pixels and nothing else.

    Raises:
        PictureNotClean: it is the original's bytes, holds metadata, or is no whole JPEG.
    """
    if jpeg == original:
        raise PictureNotClean(exhibit=exhibit, marker="original")
    size: JpegSize | None = None
    for segment in segments(jpeg):
        if segment.is_metadata:
            raise PictureNotClean(exhibit=exhibit, marker=f"FF{segment.marker:02X}")
        if segment.marker in _FRAMES and len(segment.content) >= _FRAME_LENGTH:
            height, width = (int.from_bytes(segment.content[at : at + 2], "big") for at in (1, 3))
            size = JpegSize(width, height, segment.content[5])
    if size is None or not jpeg.endswith(_END) or not size.width * size.height:
        raise PictureNotClean(exhibit=exhibit, marker="broken")
    return size
