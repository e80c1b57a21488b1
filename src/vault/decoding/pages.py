# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a PDF to pixels and text. Runs in the decoding process."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vault.decoding.errors import (
    DecodingFailed,
    DecodingTooLarge,
    FileEncrypted,
    FormatNotSupported,
)
from vault.decoding.limits import MAX_PAGES, MAX_PIXELS, MAX_SIDE
from vault.decoding.media_types import PDF, media_type

_POINTS_PER_INCH: Final = 72
_LINE_OVERLAP: Final = 0.5
_WORD_GAP: Final = 0.1


@contextmanager
def opened(untrusted: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for reading, without running anything in it.

    Raises:
        FormatNotSupported: it is no PDF.
        FileEncrypted: it asks for a password.
        DecodingFailed: damaged.
        DecodingTooLarge: more than `MAX_PAGES` pages.
    """
    kind = media_type(untrusted)
    if kind != PDF:
        raise FormatNotSupported(kind=kind, reason="not_a_pdf")
    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as err:
        if getattr(err, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise FileEncrypted(kind=PDF, reason="password") from err
        raise DecodingFailed(kind=PDF, reason="damaged") from err
    try:
        if len(document) > MAX_PAGES:
            raise DecodingTooLarge(what="pages", limit=MAX_PAGES)
        yield document
    except pypdfium2.PdfiumError as err:
        raise DecodingFailed(kind=PDF, reason="damaged") from err
    finally:
        document.close()


def picture_of(document: pypdfium2.PdfDocument, index: int, *, dpi: int) -> Image.Image:
    """Paint one page on white at `dpi`, or less where the page would be over the pixel limits."""
    page = _page(document, index)
    try:
        scale = _scale(page.get_size(), dpi)
        bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=False)
        try:
            return bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()
    finally:
        page.close()


def _page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    if not 0 <= index < len(document):
        raise DecodingFailed(kind=PDF, reason="no_such_page")
    return document[index]


def _scale(size: tuple[float, float], dpi: int) -> float:
    width, height = size
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise DecodingFailed(kind=PDF, reason="page_size")
    by_area = math.sqrt(MAX_PIXELS / 2 / (width * height))
    by_side = MAX_SIDE / max(width, height)
    return min(dpi / _POINTS_PER_INCH, by_area, by_side)


def text_of(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return all text of a page in the order of the file, outside the page's edge included."""
    page = _page(document, index)
    try:
        text_page = page.get_textpage()
        try:
            return text_page.get_text_range()
        finally:
            text_page.close()
    finally:
        page.close()


def laid_out_text_of(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return the text of a page in the order of the eye: by line, then from left to right.

    Glyphs drawn one by one in any order come together again, which the order of the file hides.
    """
    page = _page(document, index)
    try:
        text_page = page.get_textpage()
        try:
            return _in_reading_order(_glyphs(text_page))
        finally:
            text_page.close()
    finally:
        page.close()


_Glyph = tuple[float, float, float, float, str]


def _glyphs(text_page: pypdfium2.PdfTextPage) -> list[_Glyph]:
    glyphs: list[_Glyph] = []
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        # Generated characters are pdfium's own guesses at spaces and line ends in file order.
        if code < 0x21 or code > 0x10FFFF or raw.FPDFText_IsGenerated(text_page, index) == 1:  # noqa: PLR2004  # printable, in Unicode's range
            continue
        # The loose box is as wide as the pen moves on, so that letters of one word touch.
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        glyphs.append((left, right, bottom, top, chr(code)))
    return glyphs


def _in_reading_order(glyphs: list[_Glyph]) -> str:
    lines: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -(one[2] + one[3])):
        if lines and _on_line(lines[-1][0], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return "\n".join(_line_text(sorted(line)) for line in lines)


def _on_line(first: _Glyph, glyph: _Glyph) -> bool:
    overlap = min(first[3], glyph[3]) - max(first[2], glyph[2])
    return overlap > _LINE_OVERLAP * min(first[3] - first[2], glyph[3] - glyph[2])


def _line_text(line: list[_Glyph]) -> str:
    height = max(top - bottom for _, _, bottom, top, _ in line)
    written = line[0][4]
    for before, after in itertools.pairwise(line):
        if after[0] - before[1] > _WORD_GAP * height:
            written += " "
        written += after[4]
    return written


def metadata_of(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """Return the entries of the Info dictionary that are not empty."""
    return dict(document.get_metadata_dict(skip_empty=True))


def bookmarks_of(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the titles of the outline."""
    titles = []
    for bookmark in document.get_toc():
        titles.append(bookmark.get_title())
        if len(titles) > MAX_PAGES:
            raise DecodingTooLarge(what="bookmarks", limit=MAX_PAGES)
    return titles


def attachment_names_of(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the names of embedded files."""
    count = min(document.count_attachments(), MAX_PAGES)
    return [document.get_attachment(index).get_name() for index in range(count)]
