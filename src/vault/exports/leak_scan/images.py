# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The image reader: what pictures in the file carry besides pixels.

Pixels themselves cannot be read without character recognition; a person confirms each page
with a picture instead.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Name, Object, Pdf, Stream

from vault.exports.dossier.jpeg import after_the_end, segments
from vault.exports.leak_scan.readable import in_text, inflated, unescaped
from vault.exports.leak_scan.report import IMAGES, Finding, Piece

_APP1: Final = 0xE1
_EXIF: Final = b"Exif\0\0"
_FORMATS: Final = frozenset({"/DCTDecode", "/DCT", "/JPXDecode"})
_XMP_PACKET: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def read(pdf: Pdf, prefix: str = "") -> Iterator[Finding | Piece]:
    """Return, for every picture, whether it carries camera data, and what its metadata say.

    Camera data are a leak by themselves: place, time, device, and a small copy of the
    picture as it was before anything was covered.
    """
    for item in pdf.objects:
        if not isinstance(item, Stream) or item.get("/Subtype") != Name.Image:
            continue
        place = f"{prefix}object {item.objgen[0]} (picture)"
        data = _encoded(item)
        for segment in segments(data):
            if not segment.is_metadata:
                continue
            if segment.marker == _APP1 and segment.content.startswith(_EXIF):
                yield Finding(place, IMAGES, "camera_data", "", "exif")
            yield from _read(segment.content, place)
        for packet in _XMP_PACKET.findall(data):
            yield from _read(packet, place)
        yield from _read(after_the_end(data), place)


def _encoded(item: Object) -> bytes:
    """Return the bytes as the image format has them, what packs them taken off."""
    data = item.read_raw_bytes()
    filters = item.get("/Filter")
    if isinstance(filters, Array):
        names = [str(name) for name in filters.as_list()]
    else:
        names = [str(filters)]
    if names[-1] not in _FORMATS:
        return b""
    for name in names[:-1]:
        data = _unpacked(data, name)
    return data


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        if name in {"/ASCII85Decode", "/A85"}:
            return base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
        if name in {"/ASCIIHexDecode", "/AHx"}:
            digits = b"".join(data.split(b">")[0].split())
            return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return b""
    return inflated(data) if name in {"/FlateDecode", "/Fl"} else b""


def _read(content: bytes, place: str) -> Iterator[Piece]:
    for text in in_text(content):
        yield Piece(place, unescaped(text), IMAGES)
