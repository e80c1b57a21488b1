# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration case, rendered for its readers, is the document a court expects."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from tests.exports import sample
from vault.decoding.client import Decoder
from vault.domain.evidence import EvidenceFile
from vault.exports.dossier.build import render_dossier
from vault.exports.dossier.request import RenderedDossier
from vault.exports.dossier.vocabulary import REASONS
from vault.exports.errors import ExhibitUnreadable, PictureNotClean
from vault.i18n import translator
from vault.progress import Cancelled, Progress, Step

_RENDER_ELSEWHERE = """
from tests.exports import sample
from vault.decoding.client import Decoder
from vault.exports.dossier.build import render_dossier
from vault.progress import Progress

with Decoder() as decoder:
    print(render_dossier(sample.request(decoder, "RP-KZ-COURT", "ru"), Progress()).sha256)
"""


def pages_of(dossier: RenderedDossier, decoder: Decoder) -> list[str]:
    return decoder.pdf_text(dossier.pdf)


def opened(dossier: RenderedDossier) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(dossier.pdf))


def bookmarks(dossier: RenderedDossier) -> list[str]:
    with opened(dossier) as pdf, pdf.open_outline() as outline:
        titles: list[str] = []
        pending = list(outline.root)
        while pending:
            item = pending.pop(0)
            titles.append(item.title)
            pending = [*item.children, *pending]
    return titles


@pytest.mark.parametrize("reader, words", [("court", "стр. {} из {}"), ("unhcr", "page {} of {}")])
def test_pages_are_numbered_through_from_the_first(
    dossiers: dict[str, RenderedDossier], decoder: Decoder, reader: str, words: str
) -> None:
    pages = pages_of(dossiers[reader], decoder)

    assert len(pages) == dossiers[reader].pages
    for number, text in enumerate(pages, 1):
        assert words.format(number, len(pages)) in text


def test_each_exhibit_starts_a_page_of_its_own_under_its_number(
    court: RenderedDossier, decoder: Decoder
) -> None:
    pages = pages_of(court, decoder)
    firsts = [exhibit.first_page for exhibit in court.exhibits]

    assert len(set(firsts)) == len(firsts) == 12
    for exhibit in court.exhibits:
        assert pages[exhibit.first_page - 1].count(f"Приложение № {exhibit.exhibit_no}") >= 2


def test_the_index_of_exhibits_gives_the_pages_where_they_are(
    court: RenderedDossier, decoder: Decoder
) -> None:
    title = translator("ru").text("Index of exhibits")
    pages = decoder.pdf_text(court.pdf, laid_out=True)
    index = next(page for page in pages[2:] if title in page)
    rows = [line.split() for line in index.splitlines() if re.match(r"[A-E]-\d", line)]

    assert {row[0]: int(row[-1]) for row in rows} == {
        exhibit.exhibit_no: exhibit.first_page for exhibit in court.exhibits
    }


def test_exhibit_numbers_do_not_depend_on_the_order_or_the_pages(decoder: Decoder) -> None:
    request = sample.request(decoder, "RP-UNHCR", "en")
    chosen = request.dossier.evidence_ids
    swapped = dataclasses.replace(
        request, dossier=dataclasses.replace(request.dossier, evidence_ids=chosen[::-1])
    )
    numbers = {
        exhibit.evidence_id: exhibit.exhibit_no
        for exhibit in render_dossier(request, Progress()).exhibits
    }

    for exhibit in render_dossier(swapped, Progress()).exhibits:
        assert numbers[exhibit.evidence_id] == exhibit.exhibit_no


def test_bookmarks_lead_to_every_part_event_and_exhibit(court: RenderedDossier) -> None:
    titles = bookmarks(court)

    assert titles[0] == "Жалоба на постановление о выдаче"
    said = translator("ru").text
    for part in ("Summary", "Persons", "Chronology of events", "Index of exhibits"):
        assert said(part) in titles
    assert sum(title.startswith("Приложение № ") for title in titles) == len(court.exhibits)
    assert sum(bool(re.match(r"\d+\. ", title)) for title in titles) == 16


def test_every_link_stays_inside_and_arrives(court: RenderedDossier) -> None:
    with opened(court) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        links = [
            annotation
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", pikepdf.Array()).as_list()
        ]

        assert len(links) > 60
        assert {str(link.Subtype) for link in links} == {"/Link"}
        assert not any("/A" in link for link in links)
        assert {link.Dest[0].objgen for link in links} <= pages


def test_only_the_chosen_metadata_are_in_the_file(unhcr: RenderedDossier) -> None:
    with opened(unhcr) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/CreationDate"}
        assert str(pdf.docinfo["/Producer"]) == "Panah"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260212"
        assert str(pdf.Root.Lang) == "en"
    lowered = unhcr.pdf.lower()
    assert b"reportlab" not in lowered
    assert b"pikepdf" not in lowered
    assert unhcr.pdf.count(b"%%EOF") == 1


def test_a_neutral_file_names_no_product_and_no_day(
    court: RenderedDossier, decoder: Decoder
) -> None:
    with opened(court) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title"}
        metadata = pdf.Root.Metadata.read_bytes()
    assert b"Panah" not in court.pdf
    assert b"Panah" not in metadata
    assert b"Date" not in metadata
    assert "Panah" not in "".join(pages_of(court, decoder))


def test_a_neutral_file_prints_no_hashes_and_no_reasons(
    court: RenderedDossier, decoder: Decoder
) -> None:
    text = "\n".join(pages_of(court, decoder))

    assert "SHA-256" not in text
    assert not re.search(r"[0-9a-f]{32}", text)
    for reason in REASONS.values():
        assert f"[{translator('ru').text(reason)}" not in text
    assert translator("ru").text("Reason") not in text


def test_checksums_are_those_of_what_is_printed_and_never_of_an_original(
    unhcr: RenderedDossier, decoder: Decoder
) -> None:
    text = re.sub(r"\s", "", "".join(pages_of(unhcr, decoder)))

    assert unhcr.manifest
    for row in unhcr.manifest:
        assert row.sha256 in text
    request = sample.request(decoder, "RP-UNHCR", "en")
    (statement,) = (file for file in request.snapshot.files if file.ref == "EF-E05")
    redacted = request.redactor.redact(
        sample.CONTENTS[statement.id].decode().strip("\n"), language="ru"
    )
    expected = hashlib.sha256(redacted.text.encode()).hexdigest()
    assert expected in {row.sha256 for row in unhcr.manifest if row.exhibit_no == "B-2"}
    hiding = {exhibit.evidence_id for exhibit in unhcr.exhibits if exhibit.hidden}
    originals = [item.sha256 for item in sample.snapshot().evidence if item.id in hiding]
    assert len(originals) > 3
    assert not any(original in text for original in originals)


def test_the_same_request_gives_the_same_bytes(court: RenderedDossier, decoder: Decoder) -> None:
    again = render_dossier(sample.request(decoder, "RP-KZ-COURT", "ru"), Progress())

    assert again.pdf == court.pdf


def test_another_process_gives_the_same_bytes(court: RenderedDossier, project_root: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Almaty"}
    environment["PYTHONPATH"] = os.pathsep.join((str(project_root / "src"), str(project_root)))
    found = subprocess.run(
        [sys.executable, "-c", _RENDER_ELSEWHERE],
        cwd=project_root, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert found.stdout.strip() == court.sha256


def test_a_second_reading_is_recorded_and_not_printed(
    court: RenderedDossier, decoder: Decoder
) -> None:
    request = sample.request(decoder, "RP-KZ-COURT", "ru")
    checked = render_dossier(dataclasses.replace(request, second_checked=True), Progress())

    assert checked.second_checked
    assert not court.second_checked
    assert checked.pdf == court.pdf


def test_pictures_come_in_anew_upright_and_wait_for_a_person(unhcr: RenderedDossier) -> None:
    photographs = [content for content in sample.CONTENTS.values() if content[:2] == b"\xff\xd8"]
    with opened(unhcr) as pdf:
        (picture,) = (
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image
        )
        embedded = picture.read_raw_bytes()
        # The photograph lies on its side: 900 by 675 pixels and "turn right" in its data.
        assert (int(picture.Width), int(picture.Height)) == (675, 900)
    assert embedded not in photographs
    assert b"Exif" not in embedded
    assert b"Zimovchenko" not in unhcr.pdf
    (waiting,) = unhcr.needs_confirmation
    assert waiting.exhibit_no == "C-1"
    assert waiting.page == next(
        exhibit.first_page for exhibit in unhcr.exhibits if exhibit.exhibit_no == "C-1"
    )


def test_progress_counts_exhibits_and_pages_and_can_be_cancelled(decoder: Decoder) -> None:
    steps: list[Step] = []
    request = sample.request(decoder, "RP-UNHCR", "en")
    render_dossier(request, Progress(steps.append, min_interval=0))

    assert {step.what for step in steps} == {"dossier.exhibits", "dossier.pages"}
    assert (steps[-1].done, steps[-1].what) == (steps[-1].total, "dossier.pages")
    stopped = Progress(lambda step: stopped.cancel() if step.done == 5 else None, min_interval=0)
    with pytest.raises(Cancelled):
        render_dossier(request, stopped)


def test_an_exhibit_that_cannot_be_read_is_named(decoder: Decoder) -> None:
    def broken(file: EvidenceFile) -> io.BytesIO:
        return io.BytesIO(b"\0\1\2" if file.ref == "EF-E05" else sample.CONTENTS[file.id])

    request = dataclasses.replace(sample.request(decoder, "RP-UNHCR", "en"), open_file=broken)
    with pytest.raises(ExhibitUnreadable) as refused:
        render_dossier(request, Progress())
    assert refused.value.details["exhibit"] == "B-2"


def test_a_picture_that_was_not_encoded_anew_is_refused(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "jpeg", lambda data, **_sizes: data)

    with pytest.raises(PictureNotClean):
        render_dossier(sample.request(decoder, "RP-UNHCR", "en"), Progress())


def test_two_hundred_exhibits_make_one_dossier(
    decoder: Decoder, capsys: pytest.CaptureFixture[str]
) -> None:
    request = sample.many_exhibits(decoder, 200)
    started = time.perf_counter()
    rendered = render_dossier(request, Progress())
    seconds = time.perf_counter() - started
    with capsys.disabled():
        print(f"\n200 exhibits, {rendered.pages} pages: {seconds:.1f} s to render")  # noqa: T201 - the figure is the point

    pages = decoder.pdf_text(rendered.pdf, laid_out=True)
    index = [page for page in pages if len(re.findall(r"^X-\d+ ", page, re.MULTILINE)) > 5]
    head = translator("ru").text("Title")
    assert [exhibit.exhibit_no for exhibit in rendered.exhibits][::199] == ["X-1", "X-200"]
    assert len(index) > 5
    assert all(head in page for page in index), "the head of the table is repeated"
    assert f"стр. {rendered.pages} из {rendered.pages}" in pages[-1]
