# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last hand on the bytes: written whole and new, with no trace but the ones we choose.

The file is rewritten from its reachable objects, never updated in place, so it has one
revision and nothing left behind. Metadata are what this module sets and nothing else.
"""

from __future__ import annotations

import datetime
import html
import io
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

PRODUCT: Final = "Panah"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{more}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_XMP_MORE: Final = """
<pdf:Producer>{product}</pdf:Producer>
<xmp:CreateDate>{day}</xmp:CreateDate>"""
# The comment after the version only has to be four bytes above 127; these are the ones that
# most writers use, so that they do not name the library that wrote the file.
_BINARY_MARK: Final = b"%\xe2\xe3\xcf\xd3"
_ALL_PAGES: Final = Name.UseOutlines


def finish(
    laid_out: bytes, *, title: str, language: str, day: datetime.date, neutral: bool
) -> bytes:
    """Return the finished file: title, language and viewer preferences set, nothing else.

    `day` is the only date in it; a neutral file carries neither a date nor a product name.
    The same input gives the same bytes.
    """
    with Pdf.open(io.BytesIO(laid_out)) as pdf:
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        root = pdf.Root
        root.Lang = String(language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = _ALL_PAGES
        root.Metadata = _metadata(pdf, title, language, day, neutral=neutral)
        _describe(pdf, title, day, neutral=neutral)
        sink = io.BytesIO()
        pdf.save(
            sink,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            fix_metadata_version=False,
        )
    return _with_common_mark(sink.getvalue())


def _metadata(
    pdf: Pdf, title: str, language: str, day: datetime.date, *, neutral: bool
) -> pikepdf.Object:
    more = "" if neutral else _XMP_MORE.format(product=PRODUCT, day=day.isoformat())
    xmp = _XMP.format(
        title=html.escape(title, quote=False), language=html.escape(language), more=more
    )
    return Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _describe(pdf: Pdf, title: str, day: datetime.date, *, neutral: bool) -> None:
    information = Dictionary(Title=String(title))
    if not neutral:
        information.Producer = String(PRODUCT)
        # A day without an hour has no time zone to give away.
        information.CreationDate = String(f"D:{day:%Y%m%d}")
    pdf.trailer.Info = pdf.make_indirect(information)


def _with_common_mark(finished: bytes) -> bytes:
    start = finished.index(b"\n") + 1
    if finished[start : start + 1] != b"%":
        return finished
    return finished[:start] + _BINARY_MARK + finished[start + len(_BINARY_MARK) :]
