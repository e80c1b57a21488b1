# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDF files made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from reportlab.pdfgen import canvas


def pdf_of(texts: Sequence[str]) -> bytes:
    """A PDF with one page for each text, one bookmark each, and a title in its Info."""
    sink = io.BytesIO()
    drawn = canvas.Canvas(sink, invariant=1)
    drawn.setTitle("Title of the test")
    for number, text in enumerate(texts):
        drawn.bookmarkPage(f"p{number}")
        drawn.addOutlineEntry(f"Bookmark {text}", f"p{number}")
        drawn.drawString(100, 700, text)
        drawn.showPage()
    drawn.save()
    return sink.getvalue()


def pdf_with_lines_interleaved(first: str, second: str) -> bytes:
    """A PDF that draws a letter of one line, then one of the other, and so on."""
    sink = io.BytesIO()
    drawn = canvas.Canvas(sink, invariant=1)
    drawn.setFont("Courier", 12)
    for place, letters in enumerate(zip(first, second, strict=True)):
        for line, letter in enumerate(letters):
            drawn.drawString(100 + place * 7.2, 700 - line * 200, letter)
    drawn.save()
    return sink.getvalue()


def pdf_with_text_off_the_page(text: str) -> bytes:
    sink = io.BytesIO()
    drawn = canvas.Canvas(sink, invariant=1)
    drawn.drawString(-500, 2000, text)
    drawn.save()
    return sink.getvalue()


def pdf_with_page_size(width: float, height: float) -> bytes:
    sink = io.BytesIO()
    drawn = canvas.Canvas(sink, pagesize=(width, height), invariant=1)
    drawn.showPage()
    drawn.save()
    return sink.getvalue()


def changed(made: bytes, *, attachment: str = "", password: str = "") -> bytes:
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as opened:
        if attachment:
            opened.attachments[attachment] = b"content"
        locked = pikepdf.Encryption(owner="o", user=password) if password else False
        opened.save(sink, encryption=locked)
    return sink.getvalue()
