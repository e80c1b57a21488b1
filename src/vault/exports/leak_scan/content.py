# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The operator reader: every string that a content stream shows, seen or not.

It follows text-showing operators in their order and asks the font for characters. Colour,
render mode, clipping, position and layers do not matter to it, so text that is white,
invisible, covered, off the page or in a hidden layer is read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from vault.exports.leak_scan.fonts import FontReader
from vault.exports.leak_scan.readable import in_string
from vault.exports.leak_scan.report import PAGE_OPERATORS, Piece

_SHOW: Final = frozenset({"Tj", "'", '"'})
# A kern of more than this many thousandths of an em to the left looks like a space.
_SPACE_KERN: Final = -180
_MOST_STREAMS: Final = 20_000


@dataclass(slots=True)
class _Shown:
    """What one content stream showed: the strings in order, and words of its own operands."""

    strings: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)

    def texts(self) -> Iterator[str]:
        """Return the text as operators part it, and as one: names are often cut in pieces."""
        if self.strings:
            yield " ".join(self.strings)
            yield "".join(self.strings)
        yield from self.marked


class OperatorReader:
    """Reads the content streams of one document."""

    def __init__(self, pdf: Pdf, prefix: str = "") -> None:
        """`prefix` stands before every place, for an earlier revision."""
        self._pdf = pdf
        self._prefix = prefix
        self._fonts: dict[tuple[int, int], FontReader] = {}

    def pieces(self) -> Iterator[Piece]:
        """Return the text of every page, then of every form, pattern and appearance."""
        for number, page in enumerate(self._pdf.pages, 1):
            shown = self._read(page.obj, _inherited(page.obj, "/Resources"))
            for text in shown.texts():
                yield Piece(f"{self._prefix}page {number}", text, PAGE_OPERATORS)
        for number, stream in self._forms():
            shown = self._read(stream, stream.get("/Resources"))
            for text in shown.texts():
                yield Piece(f"{self._prefix}object {number}", text, PAGE_OPERATORS)

    def _forms(self) -> Iterator[tuple[int, Object]]:
        for seen, item in enumerate(self._pdf.objects):
            if seen > _MOST_STREAMS:
                return
            if not isinstance(item, Stream):
                continue
            drawn = item.get("/Subtype") == Name.Form or "/PatternType" in item
            if drawn:
                yield item.objgen[0], item

    def _read(self, source: Object, resources: Object | None) -> _Shown:
        shown = _Shown()
        try:
            instructions = pikepdf.parse_content_stream(source)
        except (PdfError, TypeError, ValueError):
            return shown
        fonts = resources.get("/Font") if isinstance(resources, Dictionary) else None
        current = FontReader(Dictionary())
        kept: list[FontReader] = []
        for instruction in instructions:
            operands, name = instruction.operands, str(instruction.operator)
            if name == "q":
                kept.append(current)
            elif name == "Q" and kept:
                current = kept.pop()
            elif name == "Tf" and operands:
                current = self._font(fonts, operands[0])
            elif name in _SHOW and operands:
                shown.strings.append(current.text(bytes(operands[-1])))
            elif name == "TJ" and operands:
                shown.strings.append(_kerned(current, operands[0]))
            else:
                shown.marked.extend(_strings_in(list(operands)))
        return shown

    def _font(self, fonts: Object | None, name: Object) -> FontReader:
        font = fonts.get(str(name)) if isinstance(fonts, Dictionary) else None
        if font is None:
            return FontReader(Dictionary())
        key = font.objgen
        if key == (0, 0):
            return FontReader(font)
        if key not in self._fonts:
            self._fonts[key] = FontReader(font)
        return self._fonts[key]


def _kerned(font: FontReader, array: Object) -> str:
    if not isinstance(array, Array):
        return ""
    parts: list[str] = []
    for item in array.as_list():
        if isinstance(item, String):
            parts.append(font.text(bytes(item)))
        elif float(item) < _SPACE_KERN:
            parts.append(" ")
    return "".join(parts)


def _strings_in(operands: object) -> Iterator[str]:
    """Return the strings of an operator's operands, such as ActualText of marked content."""
    if isinstance(operands, String):
        yield from in_string(bytes(operands))
    elif isinstance(operands, Dictionary):
        for value in operands.as_dict().values():
            yield from _strings_in(value)
    elif isinstance(operands, Array | list):
        for value in operands:
            yield from _strings_in(value)


def _inherited(page: Object, key: str) -> Object | None:
    node: Object | None = page
    for _ in range(64):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None
