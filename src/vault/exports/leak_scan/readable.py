# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readable text out of bytes of unknown kind, in the encodings our languages are written in."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

MOST_INFLATED: Final = 64 * 1024 * 1024
"""Bytes that one compressed part may unpack to; what is beyond is not read."""

_ONE_BYTE: Final = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")
_SAYS_SOMETHING: Final = re.compile(r"%|[^\W\d_]{4}|[^\x00-\x7f]")
_LEAST_LETTERS: Final = 3
_LEAST_RUN: Final = 6
_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]+")
# What our languages are written with; anything else in a two-byte decoding is chance.
_TWO_BYTE_RUN: Final = re.compile(
    "[\\x09\\x0a\\x0d\\x20-\\x7e\u00a0-\u024f\u0400-\u04ff\u2010-\u2027\u2116]{3,}"
)
_MARKS: Final = (
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xef\xbb\xbf", "utf-8"),
)
_ENTITY: Final = re.compile(r"&(?:#|[A-Za-z])")
_FEW: Final = 0.15


def in_text(data: bytes) -> list[str]:
    """Return what bytes say when they are text: every decoding that may be meant."""
    texts = in_binary(data)
    if _looks_like_text(data):
        texts += [_joined(data.decode(encoding, "replace")) for encoding in _ONE_BYTE]
    return _distinct(texts)


def in_codes(data: bytes) -> list[str]:
    """Return the lines of a content stream that say something without its fonts.

    Coordinates and operators, which have three letters at most, are left out: they are most
    of a page, and what is drawn is read through the fonts elsewhere.
    """
    lines = _runs(data).split("\n")
    return _distinct(["\n".join(line for line in lines if _SAYS_SOMETHING.search(line))])


def in_binary(data: bytes) -> list[str]:
    """Return the readable runs of bytes that may be anything, in the Unicode encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [data[len(mark) :].decode(encoding, "replace")]
    texts = [_runs(data)]
    for start in (0, 1):
        for encoding in ("utf-16-be", "utf-16-le"):
            decoded = data[start:].decode(encoding, "replace")
            texts.append("\n".join(_TWO_BYTE_RUN.findall(decoded)))
    return _distinct(texts)


def in_string(data: bytes) -> list[str]:
    """Return what a short PDF string may say; its own rules come first (ISO 32000-1, 7.9.2)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [data[len(mark) :].decode(encoding, "replace")]
    texts = [data.decode("latin-1")]
    try:
        texts.append(data.decode("utf-8"))
    except UnicodeDecodeError:
        texts += [data.decode(encoding, "replace") for encoding in _ONE_BYTE[:2]]
    if not len(data) % 2 and b"\0" in data:
        texts += [data.decode(encoding, "replace") for encoding in ("utf-16-be", "utf-16-le")]
    return _distinct(texts)


def unescaped(text: str) -> str:
    """Return the text with the entities of XML and HTML resolved."""
    return html.unescape(text) if _ENTITY.search(text) else text


def inflated(data: bytes) -> bytes:
    """Return the unpacked bytes of a zlib or raw deflate stream; "" when it is none."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        try:
            return zlib.decompressobj(window).decompress(data, MOST_INFLATED)
        except zlib.error:
            continue
    return b""


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the members of a ZIP file (also DOCX, ODT, …), as far as they can be read."""
    if not data.startswith(b"PK"):
        return
    left = MOST_INFLATED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as member:
                    content = member.read(left)
                left -= len(content)
                yield entry.filename, content
                if left <= 0:
                    return
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        return


def _runs(data: bytes) -> str:
    joined = _joined(data.decode("utf-8", "replace"))
    if _looks_like_text(data):
        return joined
    # Three letters in a row come about by chance in any compressed data.
    return "\n".join(run for run in joined.split("\n") if len(run) >= _LEAST_RUN)


def _joined(decoded: str) -> str:
    return _UNREADABLE.sub("\n", decoded)


def _looks_like_text(data: bytes) -> bool:
    sample = data[:4096]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)  # noqa: PLR2004 - ASCII's controls other than white space
    return controls <= len(sample) * _FEW


def _distinct(texts: list[str]) -> list[str]:
    return [
        text
        for text in dict.fromkeys(texts)
        if sum(character.isalnum() for character in text[:4096]) >= _LEAST_LETTERS
    ]
