# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures made for the tests, with everything in them that must not come out."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

CAMERA = "Aurora-9 hidden camera"
LATITUDE = (43.0, 14.0, 37.12)


def plain(width: int = 40, height: int = 20) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), (220, 20, 20))
    picture.paste((20, 20, 220), (width // 2, 0, width, height))
    return picture


def encoded(picture: Image.Image, format_name: str, **options: object) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, format_name, **options)
    return sink.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF as a telephone writes it: camera, orientation and the place by GPS."""
    tags = Image.Exif()
    tags[0x0110] = CAMERA
    tags[0x0112] = orientation
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", LATITUDE
    place[3], place[4] = "E", (76.0, 56.0, 21.12)
    return tags


def jpeg_of_a_telephone(orientation: int = 1) -> bytes:
    """A JPEG with EXIF and GPS, a comment and XMP."""
    return encoded(
        plain(),
        "JPEG",
        exif=exif(orientation),
        comment=b"comment: " + CAMERA.encode(),
        xmp=b"<x:xmpmeta>" + CAMERA.encode() + b"</x:xmpmeta>",
        icc_profile=b"profile: " + CAMERA.encode(),
    )


def png_with_texts() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", CAMERA)
    texts.add_itxt("Location", CAMERA)
    return encoded(plain(), "PNG", pnginfo=texts, exif=exif())


def png_bomb(width: int, height: int) -> bytes:
    """A few kilobytes that would become `width * height` pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", rows)
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
