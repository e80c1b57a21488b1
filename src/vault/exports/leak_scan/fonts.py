# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the codes of a content stream to characters, by a font's own tables (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream
from reportlab.pdfbase._glyphlist import (  # type: ignore[import-not-found] # the stubs leave out the table of Adobe's glyph names
    _glyphname2unicode,
)

_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_UNICODE_NAME: Final = re.compile(r"uni([0-9A-Fa-f]{4})|u([0-9A-Fa-f]{4,6})")
_BASE: Final = {
    "/MacRomanEncoding": "mac-roman",
    "/StandardEncoding": "cp1252",
    "/WinAnsiEncoding": "cp1252",
}
_MOST_OF_A_RANGE: Final = 65_536


class FontReader:
    """Decodes the strings that one font shows."""

    def __init__(self, font: Object) -> None:
        """Read the tables of a font dictionary; what is broken in it is left out."""
        self._to_unicode: dict[bytes, str] = {}
        self._lengths: tuple[int, ...] = ()
        self._simple: list[str] = []
        if isinstance(font, Dictionary):
            self._read(font)

    def _read(self, font: Object) -> None:
        cmap = font.get("/ToUnicode")
        if isinstance(cmap, Stream):
            try:
                self._read_cmap(cmap.read_bytes())
            except PdfError:
                self._to_unicode = {}
        if font.get("/Subtype") != Name.Type0:
            self._simple = _simple_encoding(font.get("/Encoding"))
        if not self._lengths:
            self._lengths = (1,) if self._simple else (2,)

    def _read_cmap(self, source: bytes) -> None:
        lengths: set[int] = set()
        for kind, body in _BLOCK.findall(source):
            tokens = _tokens(body)
            if kind == b"codespacerange":
                lengths |= {len(token) for token in tokens if isinstance(token, bytes)}
            elif kind == b"bfchar":
                self._to_unicode.update(_characters(tokens))
            else:
                self._to_unicode.update(_ranges(tokens))
        self._lengths = tuple(sorted(length for length in lengths if length))

    def text(self, codes: bytes) -> str:
        """Return the characters of one shown string."""
        shown: list[str] = []
        position = 0
        while position < len(codes):
            character, length = self._next(codes, position)
            shown.append(character)
            position += length
        return "".join(shown)

    def _next(self, codes: bytes, position: int) -> tuple[str, int]:
        for length in self._lengths or (1,):
            found = self._to_unicode.get(codes[position : position + length])
            if found is not None:
                return found, length
        if self._simple:
            return self._simple[codes[position]], 1
        return "", self._lengths[0] if self._lengths else 1


def _tokens(body: bytes) -> list[bytes | list[bytes]]:
    tokens: list[bytes | list[bytes]] = []
    array: list[bytes] | None = None
    for digits, opening, closing in _TOKEN.findall(body):
        if opening:
            array = []
        elif closing:
            tokens.append(array or [])
            array = None
        else:
            value = _from_hex(digits)
            (tokens if array is None else array).append(value)
    return tokens


def _from_hex(digits: bytes) -> bytes:
    bare = b"".join(digits.split())
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii"))


def _characters(tokens: list[bytes | list[bytes]]) -> Iterator[tuple[bytes, str]]:
    for code, target in zip(tokens[::2], tokens[1::2], strict=False):
        if isinstance(code, bytes) and isinstance(target, bytes):
            yield code, target.decode("utf-16-be", "replace")


def _ranges(tokens: list[bytes | list[bytes]]) -> Iterator[tuple[bytes, str]]:
    for first, last, target in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
        if not isinstance(first, bytes) or not isinstance(last, bytes):
            continue
        start, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        for offset in range(min(end - start + 1, _MOST_OF_A_RANGE)):
            code = (start + offset).to_bytes(len(first), "big")
            if isinstance(target, list):
                if offset < len(target):
                    yield code, target[offset].decode("utf-16-be", "replace")
            elif target:
                value = int.from_bytes(target, "big") + offset
                yield (
                    code,
                    value.to_bytes(len(target) + 1, "big")[1:].decode("utf-16-be", "replace"),
                )


def _simple_encoding(encoding: Object | None) -> list[str]:
    base = "cp1252"
    differences: Object | None = None
    if isinstance(encoding, Dictionary):
        base = _BASE.get(str(encoding.get("/BaseEncoding", "")), base)
        differences = encoding.get("/Differences")
    elif encoding is not None:
        base = _BASE.get(str(encoding), base)
    table = [bytes((code,)).decode(base, "replace") for code in range(256)]
    if isinstance(differences, Array):
        _apply_differences(table, differences)
    return table


def _apply_differences(table: list[str], differences: Object) -> None:
    code = 0
    for item in differences.as_list():
        if isinstance(item, Name):
            if 0 <= code < len(table):
                table[code] = _character_named(str(item).removeprefix("/"))
            code += 1
        else:
            code = int(item)


def _character_named(name: str) -> str:
    found = _UNICODE_NAME.fullmatch(name)
    if found:
        return chr(min(int(found[1] or found[2], 16), 0x10FFFF))
    value = _glyphname2unicode.get(name)
    if isinstance(value, tuple | list):
        return "".join(map(chr, value))
    if isinstance(value, int):
        return chr(value)
    return ""
