# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The raw reader: the file as bytes, earlier revisions, and what stands behind its end.

An incremental update leaves what it replaces in the file. Cutting the file at each end mark
brings the earlier state back; sweeping the bytes finds what no cross-reference names.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Final

from vault.exports.leak_scan.readable import in_codes, in_string, in_text, inflated
from vault.exports.leak_scan.report import RAW_BYTES, Piece

_END_MARK: Final = b"%%EOF"
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_HEX_STRING: Final = re.compile(rb"<([0-9A-Fa-f\s]{6,})>")
_LITERAL: Final = re.compile(rb"\(((?:[^()\\]|\\.){3,4096})\)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_CONTROL: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MOST_REVISIONS: Final = 50
_BY_CHANCE: Final = re.compile(rb"BT|begincmap|\bre\b|DCTDecode")


def earlier_revisions(pdf: bytes) -> list[bytes]:
    """Return the file as it was before each update, the oldest first."""
    ends = [found.end() for found in re.finditer(re.escape(_END_MARK), pdf)]
    return [pdf[:end] for end in ends[:-1]][:_MOST_REVISIONS]


def pieces(pdf: bytes) -> Iterator[Piece]:
    """Return what the bytes say without being read as a document."""
    for text in in_text(pdf[pdf.rfind(_END_MARK) + len(_END_MARK) :]):
        yield Piece("after the end of the file", text, RAW_BYTES)
    outside = _STREAM.sub(b" stream ", pdf)
    for text in in_codes(outside):
        yield Piece("between the objects", text, RAW_BYTES)
    for text in _strings(outside):
        yield Piece("between the objects", text, RAW_BYTES)
    for found in _STREAM.finditer(pdf):
        for text in _packed(found[1]):
            yield Piece(f"stream at byte {found.start(1)}", text, RAW_BYTES)


def _strings(outside: bytes) -> Iterator[str]:
    for found in _HEX_STRING.finditer(outside):
        digits = b"".join(found[1].split())
        yield from in_string(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
    for found in _LITERAL.finditer(outside):
        yield from in_string(_ESCAPE.sub(_unescaped, found[1]))


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1].isdigit():
        return bytes((int(code, 8) & 0xFF,))
    return _CONTROL.get(code, b"" if code[:1] in b"\r\n" else code)


def _packed(data: bytes) -> list[str]:
    """Read a stream only if it is packed in a common way; pictures and codes are left to others."""
    unpacked = inflated(data) or inflated(_from_ascii85(data))
    if not unpacked:
        return in_codes(data) if data.isascii() else []
    return in_codes(unpacked) if _BY_CHANCE.search(unpacked) else in_text(unpacked)


def _from_ascii85(data: bytes) -> bytes:
    text = data.strip()
    if not text.endswith(b"~>"):
        return b""
    try:
        return base64.a85decode(text.removesuffix(b"~>"))
    except ValueError:
        return b""
