# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases and records: created, changed, found, sealed, with every version kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.template_vault import REFERENCE, TemplateVault
from vault.crypto.errors import SecretGone
from vault.domain.errors import BadBody, UnknownReference
from vault.domain.people import Person
from vault.services import casework, record_editing
from vault.services.errors import CaseExists, NoSuchRecord, VaultIsReadOnly
from vault.store.errors import InvalidRecord, NoSuchCase, RecordSealed


def test_a_case_needs_only_a_reference(filled: TemplateVault) -> None:
    with filled.opened() as session:
        casework.new_case(session, "2026-17")
    with filled.opened() as session:
        assert {row.case.reference for row in casework.list_cases(session)} == {
            REFERENCE,
            "2026-17",
        }


def test_two_cases_never_share_a_reference(filled: TemplateVault) -> None:
    with filled.opened() as session, pytest.raises(CaseExists):
        casework.new_case(session, REFERENCE)


def test_a_list_of_cases_counts_what_is_in_them(filled: TemplateVault) -> None:
    with filled.opened() as session:
        (row,) = casework.list_cases(session)
    assert (row.persons, row.incidents, row.evidence) == (14, 16, 14)
    assert row.next_deadline == "2026-02-12"


def test_an_edited_record_has_both_versions_in_its_history(filled: TemplateVault) -> None:
    with filled.opened() as session:
        person = casework.record_by_ref(session, REFERENCE, "person", "P01")
        assert isinstance(person, Person)
        casework.save_record(session, replace(person, civil_status="divorced"))
        versions = casework.record_history(session, person.id)
        again = casework.record_by_ref(session, REFERENCE, "person", "P01")
    assert [version.body["civil_status"] for version in versions] == ["married", "divorced"]
    assert versions[1].parents == (versions[0].hash,)
    assert all(version.signature_holds() for version in versions)
    assert isinstance(again, Person)
    assert again.civil_status == "divorced"


def test_saving_what_is_there_makes_no_version(filled: TemplateVault) -> None:
    with filled.opened() as session:
        person = casework.record_by_ref(session, REFERENCE, "person", "P02")
        casework.save_record(session, person)
        assert len(casework.record_history(session, person.id)) == 1


def test_a_sealed_record_never_changes_again(filled: TemplateVault) -> None:
    with filled.opened() as session:
        record_editing.seal(session, REFERENCE, "incident", "I04")
        with pytest.raises(RecordSealed):
            record_editing.edit_from_json(
                session, REFERENCE, "incident", "I04", {"violation_status": "unlikely"}
            )


def test_a_record_that_breaks_a_rule_is_refused_by_field(filled: TemplateVault) -> None:
    with filled.opened() as session:
        with pytest.raises(InvalidRecord) as refused:
            record_editing.add_from_json(
                session, REFERENCE, "incident", {"title": {"ru": "x"}, "date_start": "вчера"}
            )
        assert refused.value.details["field"] == "date_start"
        assert ("incident", 16) in casework.describe_case(session, REFERENCE).counts


def test_references_are_resolved_and_given_back(filled: TemplateVault) -> None:
    with filled.opened() as session:
        body = {"incident": "I04", "victim": "P01", "type": "threat"}
        ref = record_editing.add_from_json(session, REFERENCE, "act", dict(body))
        (shown,) = record_editing.as_json(session, REFERENCE, "act", ref)
        with pytest.raises(UnknownReference):
            record_editing.add_from_json(session, REFERENCE, "act", {**body, "victim": "P99"})
        with pytest.raises(BadBody):
            record_editing.add_from_json(session, REFERENCE, "act", dict(body), ref="A01")
    assert shown == {"id": ref, **body}


def test_null_clears_a_member(filled: TemplateVault) -> None:
    with filled.opened() as session:
        changed = record_editing.edit_from_json(
            session, REFERENCE, "person", "P01", {"civil_status": None, "sex": "male"}
        )
        (shown,) = record_editing.as_json(session, REFERENCE, "person", "P01")
    assert changed == ("civil_status",)
    assert "civil_status" not in shown


@pytest.mark.parametrize(
    "words,ref",
    [
        ("обыск", "I02"),
        ("ОБЫСК", "I02"),
        ("placard", "I01"),
        ("вершк", "P01"),
        ("490154203237518", "P01"),
        ("Нұрпейісова", "P08"),
        ("нурпейисова", "P08"),
    ],
)
def test_search_finds_records_by_their_words(filled: TemplateVault, words: str, ref: str) -> None:
    with filled.opened() as session:
        hits = casework.search(session, words)
    assert ref in {hit.ref for hit in hits}, words


def test_search_in_another_case_finds_nothing_of_this_one(filled: TemplateVault) -> None:
    with filled.opened() as session:
        casework.new_case(session, "2026-18")
        assert casework.search(session, "обыск", "2026-18") == []


def test_deadlines_come_open_first_and_by_their_day(filled: TemplateVault) -> None:
    with filled.opened() as session:
        rows = casework.deadlines(session)
    statuses = [row.deadline.status for row in rows]
    assert statuses == sorted(statuses, key=lambda status: status != "open")
    open_days = [row.deadline.due[:10] for row in rows if row.deadline.status == "open"]
    assert open_days == sorted(open_days)
    assert len(rows) == 10


def test_nothing_is_written_to_a_vault_opened_for_reading(filled: TemplateVault) -> None:
    with filled.opened(read_only=True) as session:
        with pytest.raises(VaultIsReadOnly):
            casework.new_case(session, "2026-19")
        assert len(casework.list_cases(session)) == 1


def test_what_is_not_there_is_said_by_name(filled: TemplateVault) -> None:
    with filled.opened() as session:
        with pytest.raises(NoSuchCase):
            casework.describe_case(session, "2020-1")
        with pytest.raises(NoSuchRecord):
            casework.record_by_ref(session, REFERENCE, "person", "P99")


def test_a_closed_session_holds_no_key_and_closes_again_without_harm(
    filled: TemplateVault,
) -> None:
    session = filled.opened()
    keys, identity = session.keys, session.identity
    session.close()
    session.close()
    with pytest.raises(SecretGone):
        keys.vmk.view()
    with pytest.raises(SecretGone):
        identity.signing.sign(b"x")
