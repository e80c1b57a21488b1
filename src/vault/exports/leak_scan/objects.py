# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The object reader: every string, name and stream of every object, reachable or not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from vault.exports.leak_scan.content import OperatorReader
from vault.exports.leak_scan.readable import (
    in_binary,
    in_codes,
    in_string,
    in_text,
    inflated,
    members,
    unescaped,
)
from vault.exports.leak_scan.report import OBJECTS, Piece

_HEX_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_DEEPEST: Final = 200
_PDF_MARK: Final = b"%PDF-"
_MOST_NESTED: Final = 3
# What the keys of ISO 32000 mean to a person who has to find the place.
_KEY_WORDS: Final = {
    "/ActualText": "alternative text",
    "/Alt": "alternative text",
    "/E": "alternative text",
    "/Contents": "annotation",
    "/T": "annotation",
    "/Subj": "annotation",
    "/RC": "annotation",
    "/TU": "form field",
    "/V": "form field",
    "/DV": "form field",
    "/URI": "link target",
    "/JS": "script",
    "/F": "file name inside",
    "/UF": "file name inside",
    "/Desc": "attachment",
    "/Title": "title or bookmark",
    "/Author": "document information",
    "/Subject": "document information",
    "/Keywords": "document information",
    "/Creator": "document information",
    "/Producer": "document information",
    "/Dest": "link target",
    "/D": "link target",
    "/Names": "name tree",
}
_FONT_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_BINARY_TYPES: Final = frozenset({"/Image", "/Type1C", "/CIDFontType0C", "/OpenType"})
_UNREAD_TYPES: Final = frozenset({"/ObjStm", "/XRef"})


def pieces(pdf: Pdf, prefix: str = "") -> Iterator[Piece]:
    """Return everything readable in every object of the cross-reference table."""
    fonts = _font_files(pdf)
    for item in pdf.objects:
        if not isinstance(item, Dictionary | Array | Stream | String | Name):
            continue
        number = item.objgen[0]
        yield from _direct(item, f"{prefix}object {number}", "", 0)
        if isinstance(item, Stream):
            yield from _stream(item, f"{prefix}object {number}", is_font=number in fonts)
    yield from _direct(pdf.trailer, f"{prefix}trailer", "", 0)


def _font_files(pdf: Pdf) -> frozenset[int]:
    found: set[int] = set()
    for item in pdf.objects:
        if isinstance(item, Dictionary):
            found |= {
                item[key].objgen[0] for key in _FONT_FILES if isinstance(item.get(key), Stream)
            }
    return frozenset(found)


def _direct(item: Object, place: str, key: str, depth: int) -> Iterator[Piece]:
    """Read an object without following references: each indirect object has its own turn."""
    if depth > _DEEPEST:
        return
    if isinstance(item, String):
        if key == "/ID":
            return
        for text in in_string(bytes(item)):
            yield Piece(_named(place, key), text, OBJECTS)
    elif isinstance(item, Name):
        yield Piece(_named(place, key), _name_text(str(item)), OBJECTS)
    elif isinstance(item, Dictionary | Stream):
        for name, value in item.items():
            yield Piece(place, _name_text(name), OBJECTS)
            if isinstance(value, Object) and not value.is_indirect:
                yield from _direct(value, place, name, depth + 1)
    elif isinstance(item, Array):
        for value in item.as_list():
            if isinstance(value, Object) and not value.is_indirect:
                yield from _direct(value, place, key, depth + 1)


def _named(place: str, key: str) -> str:
    words = _KEY_WORDS.get(key)
    return f"{place} ({words})" if words else place


def _name_text(name: str) -> str:
    raw = name.removeprefix("/").encode("utf-8", "surrogateescape")
    raw = _HEX_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1251", "replace")


def _stream(item: Object, place: str, *, is_font: bool) -> Iterator[Piece]:
    kinds = {str(item.get(key, "")) for key in ("/Type", "/Subtype")}
    if kinds & _UNREAD_TYPES or (kinds & _BINARY_TYPES and not is_font):
        return
    try:
        data = item.read_bytes()
    except PdfError:
        data = item.read_raw_bytes()
    if is_font:
        texts = in_binary(data)
    elif "/EmbeddedFile" in kinds:
        place = f"{place} (attachment)"
        texts = attachment_texts(data)
        yield from _attached_pdf(data, f"{place}, ")
    elif "/Metadata" in kinds or "/XML" in kinds:
        place = f"{place} (XMP)"
        texts = [unescaped(text) for text in in_text(data)]
    elif "/Form" in kinds or _is_content(data):
        texts = in_codes(data)
    else:
        texts = in_text(data)
    for text in texts:
        yield Piece(place, text, OBJECTS)


def _attached_pdf(data: bytes, prefix: str) -> Iterator[Piece]:
    """Read a PDF inside the PDF like the file around it; one inside that is deep enough."""
    if _PDF_MARK not in data[:1024] or prefix.count("attachment") > _MOST_NESTED:
        return
    try:
        with Pdf.open(io.BytesIO(data), suppress_warnings=True) as attached:
            yield from OperatorReader(attached, prefix).pieces()
            yield from pieces(attached, prefix)
    except PdfError:
        return


def attachment_texts(data: bytes) -> list[str]:
    """Return what an embedded file says: its bytes, unpacked, and the members of an archive."""
    texts = in_text(data)
    unpacked = inflated(data)
    if unpacked:
        texts += in_text(unpacked)
    for name, content in members(data):
        texts += [name, *(unescaped(text) for text in in_text(content))]
    return texts


def _is_content(data: bytes) -> bool:
    # Codes of a subset font look like one-byte Cyrillic; the operator reader decodes them.
    return b"BT" in data or b" re" in data or b"begincmap" in data or b" Do" in data
