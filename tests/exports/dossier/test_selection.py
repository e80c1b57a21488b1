# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What comes into a dossier and what stays out is decided by profile and consents."""

from __future__ import annotations

import dataclasses

import pytest

from tests.exports import sample
from vault.decoding.client import Decoder
from vault.domain.consents import Coverage
from vault.domain.evidence import EvidenceFile
from vault.domain.incidents import Incident
from vault.exports.dossier.build import render_dossier
from vault.exports.dossier.request import DossierRequest, RenderedDossier
from vault.exports.dossier.selection import files_of, incidents_in_order, is_route
from vault.progress import Progress
from vault.redaction.disclosure import BlockedPerson


def left_out(dossier: RenderedDossier) -> dict[str, str]:
    return {item.ref: item.reason for item in dossier.left_out}


def forms(dossier: RenderedDossier) -> dict[str, str]:
    return {exhibit.exhibit_no: exhibit.form for exhibit in dossier.exhibits}


def with_evidence(request: DossierRequest, ref: str, **changes: object) -> DossierRequest:
    changed = tuple(
        dataclasses.replace(item, **changes) if item.ref == ref else item  # type: ignore[arg-type] # fields by name
        for item in request.snapshot.evidence
    )
    return dataclasses.replace(
        request, snapshot=dataclasses.replace(request.snapshot, evidence=changed)
    )


def test_the_voice_of_a_witness_without_a_consent_stays_out(court: RenderedDossier) -> None:
    assert left_out(court)["E06"] == "no_consent"
    assert "B-3" not in forms(court)


def test_the_same_voice_comes_in_where_the_consent_covers_it(unhcr: RenderedDossier) -> None:
    assert left_out(unhcr) == {}
    assert forms(unhcr)["B-3"] == "text"


def test_blocked_persons_are_listed_and_no_line_of_the_table_is_theirs(
    court: RenderedDossier, decoder: Decoder
) -> None:
    refs = {person.id: person.ref for person in sample.snapshot().persons}

    assert {refs[one] for one in court.blocked_person_ids} == {"P02", "P03", "P04", "P10", "P11"}
    table = decoder.pdf_text(court.pdf)[2]
    assert "Вершков Тимофей Андреевич" in table
    assert "Лицо 4" not in table
    assert "[" not in table.split("Хронология")[0]


def test_a_medical_report_is_a_summary_for_the_court_and_absent_in_public(
    court: RenderedDossier, public: RenderedDossier, unhcr: RenderedDossier
) -> None:
    assert forms(court)["C-2"] == "summary"
    assert left_out(public)["E04"] == "medical"
    assert forms(unhcr)["C-2"] == "text"


@pytest.mark.parametrize("reader", ["court", "unhcr", "public"])
def test_the_route_is_in_no_dossier(
    dossiers: dict[str, RenderedDossier], decoder: Decoder, reader: str
) -> None:
    text = " ".join(" ".join(decoder.pdf_text(dossiers[reader].pdf)).split())

    assert "сухопутной границы" not in text
    assert "land border" not in text
    assert "Западно-Казахстанская" not in text


def test_privileged_material_stays_out(decoder: Decoder) -> None:
    request = with_evidence(
        sample.request(decoder, "RP-UNHCR", "en"), "E02", custom={"privileged": True}
    )

    assert left_out(render_dossier(request, Progress()))["E02"] == "privileged"


def test_a_person_whom_the_user_blocks_is_hidden_too(decoder: Decoder) -> None:
    request = sample.request(decoder, "RP-UNHCR", "en")
    (judge,) = (person for person in request.snapshot.persons if person.ref == "P07")
    (witness,) = (person for person in request.snapshot.persons if person.ref == "P04")
    blocked = [
        BlockedPerson(person_id=person.id, ref=person.ref, coverage=Coverage.WITHDRAWN)
        for person in (judge, witness)
    ]
    rendered = render_dossier(dataclasses.replace(request, blocked=blocked), Progress())

    assert left_out(rendered) == {"E06": "no_consent"}
    assert {judge.id, witness.id} <= set(rendered.blocked_person_ids)
    assert "Abylgazina" not in decoder.pdf_text(rendered.pdf)[2]


def test_the_persons_known_to_a_friendly_reader_stay_in_the_table(
    unhcr: RenderedDossier, decoder: Decoder
) -> None:
    table = decoder.pdf_text(unhcr.pdf)[2]

    assert "Vershkov Timofei Andreevich" in table
    assert "W1" in table
    assert "Zimovchenko" not in table


def test_other_kinds_of_files_are_described_and_missing_ones_said(decoder: Decoder) -> None:
    request = sample.request(decoder, "RP-UNHCR", "en")
    files = tuple(
        dataclasses.replace(file, media_type="video/mp4") if file.ref == "EF-E02" else file
        for file in request.snapshot.files
        if file.ref != "EF-E07"
    )
    changed = dataclasses.replace(
        request, snapshot=dataclasses.replace(request.snapshot, files=files)
    )
    rendered = render_dossier(changed, Progress())
    pages = decoder.pdf_text(rendered.pdf)

    assert forms(rendered)["B-1"] == "described"
    assert forms(rendered)["D-1"] == "no_file"
    first = {exhibit.exhibit_no: exhibit.first_page for exhibit in rendered.exhibits}
    assert "a video recording" in pages[first["B-1"] - 1]
    assert "No file" in pages[first["D-1"] - 1]


def test_a_redacted_file_is_shown_before_a_working_copy_and_that_before_the_original() -> None:
    evidence = sample.snapshot().evidence[0]

    def file(purpose: str) -> EvidenceFile:
        return EvidenceFile(
            id=purpose, case_id="c", ref=purpose, evidence_id=evidence.id, purpose=purpose
        )

    every = [file("evidentiary"), file("working"), file("redacted")]
    assert [one.id for one in files_of(evidence, every)] == ["redacted"]
    assert [one.id for one in files_of(evidence, every[:2])] == ["working"]
    assert files_of(evidence, []) == ()


def test_events_stand_in_the_order_of_their_days_and_undated_ones_last() -> None:
    def incident(ref: str, start: str) -> Incident:
        return Incident(id=ref, case_id="c", ref=ref, date_start=start)

    mixed = [incident("a", ""), incident("b", "2023-06-17"), incident("c", "2022"),
             incident("d", "2023-06"), incident("e", "2025-09-11T14:20+05:00")]  # fmt: skip

    assert [one.ref for one in incidents_in_order(mixed)] == ["c", "d", "b", "e", "a"]


def test_an_account_of_flight_is_a_route() -> None:
    (flight,) = (one for one in sample.snapshot().incidents if one.ref == "I06")
    noted = Incident(id="n", case_id="c", ref="n", custom={"redaction_note": {"en": "ROUTE"}})

    assert is_route(flight)
    assert is_route(noted)
    assert not is_route(sample.snapshot().incidents[0])
