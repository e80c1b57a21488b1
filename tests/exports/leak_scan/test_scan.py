# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One planted leak per place: each must be found, and the clean file must be clean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.exports.leak_scan import planted
from vault.decoding.client import Decoder
from vault.exports.errors import NotAPdf
from vault.exports.leak_scan.report import READERS, Explanation
from vault.exports.leak_scan.scan import scan_pdf
from vault.progress import Cancelled, Progress


@dataclass(frozen=True)
class Hit:
    category: str = "person"
    person_ref: str = "P04"
    form_kind: str = "stem"


class Stem:
    """Finds one surname in two scripts, whatever its ending."""

    def search(self, text: str) -> list[Hit]:
        return [Hit()] if re.search(r"зимовч|zimovch", text.lower()) else []


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as running:
        yield running


@pytest.mark.parametrize("place", planted.LEAKS)
def test_a_name_is_found_in(place: str, decoder: Decoder) -> None:
    report = scan_pdf(planted.LEAKS[place](), Stem(), decoder)

    assert {finding.person_ref for finding in report.findings} >= {"P04"}
    assert not report.clean


def test_a_clean_page_has_no_finding(decoder: Decoder) -> None:
    report = scan_pdf(planted.clean(), Stem(), decoder, file_name="dossier.pdf")

    assert report.findings == ()
    assert report.clean
    assert report.pages == 1
    assert report.readers_used == READERS


@pytest.mark.parametrize(
    "leak, reader, place",
    [
        ("glyphs in reverse order", "page_layout", "page 1"),
        ("glyphs all over the page", "page_operators", "page 1"),
        ("an undrawn form", "page_operators", "object "),
        ("a bookmark", "objects", "title or bookmark"),
        ("a link target", "objects", "link target"),
        ("an attached document", "objects", "attachment"),
        ("an actual text in the page", "page_operators", "page 1"),
        ("an orphan object", "objects", "object 900"),
        ("an object in no table", "raw_bytes", "between the objects"),
        ("an earlier revision", "page_text", "revision 1, page 1"),
        ("bytes after the end", "raw_bytes", "after the end"),
        ("camera data under ASCII85", "images", "picture"),
    ],
)
def test_a_finding_names_its_place(leak: str, reader: str, place: str, decoder: Decoder) -> None:
    report = scan_pdf(planted.LEAKS[leak](), Stem(), decoder)

    assert any(
        finding.reader == reader and place in finding.place for finding in report.findings
    ), report.findings


def test_a_report_never_holds_the_words_themselves(decoder: Decoder) -> None:
    for leak in ("plain text", "a link target", "the name of an attachment"):
        report = scan_pdf(planted.LEAKS[leak](), Stem(), decoder)
        shown = " ".join([repr(report), *(finding.shown() for finding in report.findings)])
        assert not Stem().search(shown)


def test_camera_data_are_a_leak_even_without_a_name(decoder: Decoder) -> None:
    report = scan_pdf(planted.pictured(planted.jpeg(exif=planted.exif("x"))), Stem(), decoder)

    assert [finding.category for finding in report.findings] == ["camera_data"]


def test_a_picture_without_metadata_is_clean(decoder: Decoder) -> None:
    assert scan_pdf(planted.pictured(planted.jpeg()), Stem(), decoder).clean


@pytest.mark.parametrize(
    "name", ["Zimovchenko.pdf", "appeal_ЗИМОВЧЕНКО-2026.pdf", "Зимовченко.И.Р.pdf"]
)
def test_the_file_name_is_read(name: str, decoder: Decoder) -> None:
    report = scan_pdf(planted.clean(), Stem(), decoder, file_name=name)

    assert {finding.place for finding in report.findings} == {"file name"}


def test_a_recorded_decision_explains_a_finding_without_hiding_it(decoder: Decoder) -> None:
    pdf = planted.LEAKS["a bookmark"]()
    report = scan_pdf(pdf, Stem(), decoder, explained=[Explanation(person_ref="P04")])

    assert report.clean
    assert {finding.person_ref for finding in report.explained} == {"P04"}


def test_a_decision_about_another_person_explains_nothing(decoder: Decoder) -> None:
    pdf = planted.LEAKS["a bookmark"]()

    assert not scan_pdf(pdf, Stem(), decoder, explained=[Explanation(person_ref="P05")]).clean


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n%%EOF\n"])
def test_bytes_that_are_no_document_are_refused_rather_than_called_clean(
    data: bytes, decoder: Decoder
) -> None:
    with pytest.raises(NotAPdf):
        scan_pdf(data, Stem(), decoder)


def test_a_check_can_be_cancelled(decoder: Decoder) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        scan_pdf(planted.clean(), Stem(), decoder, progress=progress)
