# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a PDF come out as pixels and as text, in two orders."""

from __future__ import annotations

import pytest

from tests.decoding.documents import (
    changed,
    pdf_of,
    pdf_with_lines_interleaved,
    pdf_with_page_size,
    pdf_with_text_off_the_page,
)
from vault.decoding.client import Decoder
from vault.decoding.errors import DecodingFailed, FileEncrypted, FormatNotSupported
from vault.decoding.limits import MAX_PIXELS


def test_pages_are_painted_at_the_resolution_asked_for(decoder: Decoder) -> None:
    painted = decoder.pdf_pages(pdf_of(["one", "two"]), dpi=72)

    assert [(page.width, page.height) for page in painted] == [(596, 842), (596, 842)]
    assert min(painted[0].rgb) < 60
    assert painted[0].rgb.count(255) > len(painted[0].rgb) * 0.99
    assert painted[0].rgb != painted[1].rgb


def test_a_part_of_the_pages_can_be_asked_for(decoder: Decoder) -> None:
    made = pdf_of(["one", "two", "three"])
    all_pages = decoder.pdf_pages(made, dpi=36)

    assert list(decoder.each_pdf_page(made, dpi=36, first=1, last=1)) == all_pages[1:2]
    assert list(decoder.each_pdf_page(made, dpi=36, first=2)) == all_pages[2:]


def test_text_comes_out_page_by_page(decoder: Decoder) -> None:
    made = pdf_of(["first page", "second page"])

    assert decoder.pdf_text(made) == ["first page", "second page"]
    assert decoder.text(made, "application/pdf") == "first page\fsecond page"


def test_letters_drawn_in_any_order_come_together_for_the_eye(decoder: Decoder) -> None:
    made = pdf_with_lines_interleaved("Petrov secret", "Hotel at noon")

    assert "Petrov" not in decoder.pdf_text(made)[0]
    assert decoder.pdf_text(made, laid_out=True) == ["Petrov secret\nHotel at noon"]


def test_text_outside_the_page_is_found(decoder: Decoder) -> None:
    assert decoder.pdf_text(pdf_with_text_off_the_page("hidden witness")) == ["hidden witness"]


def test_what_stands_beside_the_pages_is_told(decoder: Decoder) -> None:
    facts = decoder.pdf_facts(changed(pdf_of(["one"]), attachment="witness.txt"))

    assert facts.pages == 1
    assert "Title: Title of the test" in facts.metadata
    assert facts.bookmarks == ("Bookmark one",)
    assert facts.attachment_names == ("witness.txt",)


def test_a_pdf_with_a_password_is_named_as_such(decoder: Decoder) -> None:
    with pytest.raises(FileEncrypted):
        decoder.pdf_text(changed(pdf_of(["one"]), password="secret"))


def test_a_huge_page_is_painted_smaller(decoder: Decoder) -> None:
    (page,) = decoder.pdf_pages(pdf_with_page_size(14_400, 14_400), dpi=600)

    assert page.width * page.height <= MAX_PIXELS


@pytest.mark.parametrize("kept", [6, 40, 200])
def test_a_truncated_pdf_is_refused(decoder: Decoder, kept: int) -> None:
    with pytest.raises(DecodingFailed):
        decoder.pdf_pages(pdf_of(["one"])[:kept])


def test_what_is_no_pdf_reaches_no_parser(decoder: Decoder) -> None:
    with pytest.raises(FormatNotSupported):
        decoder.pdf_text(b"plain words")
