# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The real terms against the real dossiers: nothing hidden is left, and a slip is caught."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest

from tests.exports import sample
from tests.exports.conftest import READERS
from vault.decoding.client import Decoder
from vault.domain.evidence import EvidenceFile
from vault.domain.people import Person, PersonName
from vault.domain.snapshot import CaseSnapshot
from vault.exports.dossier.build import render_dossier
from vault.exports.dossier.request import RenderedDossier
from vault.exports.leak_scan.scan import scan_pdf
from vault.progress import Progress
from vault.redaction.disclosure import KEEP, effective
from vault.redaction.engine import Redactor
from vault.redaction.leak_terms import LeakTerms


def terms(profile_ref: str) -> LeakTerms:
    return LeakTerms(sample.snapshot(), sample.profile(profile_ref), as_of=sample.DAY)


def is_hidden(person: Person, profile_ref: str) -> bool:
    case = sample.snapshot()
    profile = sample.profile(profile_ref)
    if person.id == case.case.lead_lawyer_id:
        return profile_ref == "RP-PUBLIC"
    return effective(person, profile, case.consents, sample.DAY).action != KEEP


def words_of(person: Person) -> set[str]:
    """Every word of every case form and spelling of a person's names."""
    forms = [form for _, form in person.declension_ru]
    forms += [name.shown() for name in person.names if name.type != "online_handle"]
    return {word for form in forms for word in re.split(r"[\s\-]", form) if len(word) > 2}


@pytest.mark.parametrize("reader", READERS)
def test_a_dossier_has_nothing_that_its_profile_hides(
    dossiers: dict[str, RenderedDossier], decoder: Decoder, reader: str
) -> None:
    profile_ref, _ = READERS[reader]
    report = scan_pdf(dossiers[reader].pdf, terms(profile_ref), decoder, file_name="dossier.pdf")

    assert report.findings == ()


@pytest.mark.parametrize("reader", READERS)
def test_hidden_persons_are_absent_in_every_case_form(
    dossiers: dict[str, RenderedDossier], decoder: Decoder, reader: str
) -> None:
    profile_ref, _ = READERS[reader]
    persons = [person for person in sample.snapshot().persons if person.kind == "individual"]
    hidden = [person for person in persons if is_hidden(person, profile_ref)]
    kept = {
        word.lower()
        for person in persons
        if not is_hidden(person, profile_ref)
        for word in words_of(person)
    }
    text = "\n".join(decoder.pdf_text(dossiers[reader].pdf))

    assert len(hidden) >= 5
    for person in hidden:
        for word in words_of(person):
            if word.lower() not in kept:
                shapes = f"{word}|{word.upper()}"
                assert not re.search(rf"\b(?:{shapes})\b", text), (person.ref, reader)


def test_numbers_and_contacts_of_everyone_are_absent(
    dossiers: dict[str, RenderedDossier], decoder: Decoder
) -> None:
    persons = sample.snapshot().persons
    values = [one.value for person in persons for one in person.identifiers]
    values += [one.value for person in persons for one in person.contacts]
    digits = {re.sub(r"\D", "", value) for value in values}
    for dossier in dossiers.values():
        text = re.sub(r"[\s().+-]", "", "".join(decoder.pdf_text(dossier.pdf)))
        for number in digits:
            if len(number) >= 8:
                assert number not in text


def test_a_dossier_for_the_wrong_reader_is_caught_by_several_readers(
    unhcr: RenderedDossier, decoder: Decoder
) -> None:
    report = scan_pdf(unhcr.pdf, terms("RP-PUBLIC"), decoder, file_name="Vershkov.pdf")

    assert {finding.person_ref for finding in report.findings} >= {"P01"}
    assert {finding.reader for finding in report.findings} >= {
        "page_text", "page_layout", "page_operators", "objects", "file_name",
    }  # fmt: skip


def test_one_name_that_slips_through_the_redactor_is_caught(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sample.request(decoder, "RP-KZ-COURT", "ru")
    redact = Redactor.redact

    def careless(self: Redactor, text: str, *, language: str = "") -> object:
        redacted = redact(self, text, language=language)
        if "Зимовченко" not in text:
            return redacted
        return dataclasses.replace(redacted, text=f"{redacted.text} (Зимовченко)")

    monkeypatch.setattr(Redactor, "redact", careless)
    rendered = render_dossier(request, Progress())
    report = scan_pdf(rendered.pdf, terms("RP-KZ-COURT"), decoder)

    assert {finding.person_ref for finding in report.findings} == {"P04"}


def test_the_page_of_another_client_is_caught_without_naming_the_case(decoder: Decoder) -> None:
    def mixed_up(file: EvidenceFile) -> io.BytesIO:
        page = "Журавлёвой Нине Аркадьевне отказано." if file.ref == "EF-E02" else ""
        return io.BytesIO(page.encode() or sample.CONTENTS[file.id])

    case = sample.snapshot()
    name = PersonName(family="Журавлёва", given="Нина", patronymic="Аркадьевна")
    stranger = Person(id="s", case_id="o", ref="P77", roles=("client",), names=(name,))
    other = CaseSnapshot(
        case=dataclasses.replace(case.case, id="o", case_id="o", reference="SECRET-2"),
        persons=(stranger,),
    )
    request = sample.request(decoder, "RP-KZ-COURT", "ru")
    rendered = render_dossier(dataclasses.replace(request, open_file=mixed_up), Progress())
    own = terms("RP-KZ-COURT")
    every = LeakTerms(case, sample.profile("RP-KZ-COURT"), as_of=sample.DAY, other_cases=[other])

    assert scan_pdf(rendered.pdf, own, decoder).clean
    found = scan_pdf(rendered.pdf, every, decoder).findings
    assert {finding.category for finding in found} == {"other_case"}
    assert "SECRET-2" not in repr(found)
    assert "P77" not in repr(found)
