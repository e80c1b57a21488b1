# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records and their bodies are two forms of one thing."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from tests.domain import strategies
from vault.domain.bodies import _KEYS, from_body, to_body
from vault.domain.canonical import canonical_bytes
from vault.domain.errors import BadBody, UnknownKind
from vault.domain.evidence import CustodyEvent
from vault.domain.people import Person
from vault.domain.records import KINDS, OtherRecord, Record, kind_of
from vault.domain.values import JsonObject

IDENTITY = {"record_id": "r", "case_id": "c", "ref": "P01"}


@given(strategies.records)
def test_a_record_comes_back_from_its_body(record: Record) -> None:
    body = to_body(record)
    again = from_body(
        kind_of(record), body, record_id=record.id, case_id=record.case_id, ref=record.ref
    )
    assert again == record


@given(strategies.records)
def test_the_body_of_a_body_is_the_same_bytes(record: Record) -> None:
    body = to_body(record)
    again = from_body(
        kind_of(record), body, record_id=record.id, case_id=record.case_id, ref=record.ref
    )
    assert canonical_bytes(to_body(again)) == canonical_bytes(body)


def test_every_type_of_record_has_a_strategy() -> None:
    assert set(strategies.BY_TYPE) == {spec.type for spec in KINDS.values()}


def test_what_a_type_does_not_know_is_kept() -> None:
    body: JsonObject = {"names": [{"full": "А", "note": "x"}], "shoe_size": 43}
    person = from_body("person", body, **IDENTITY)
    assert isinstance(person, Person)
    assert person.custom == {"shoe_size": 43}
    assert person.names[0].custom == {"note": "x"}
    assert to_body(person)["shoe_size"] == 43


def test_a_missing_member_that_is_needed_is_named() -> None:
    with pytest.raises(BadBody) as refused:
        from_body("custody_event", {"evidence": "e", "action": "received"}, **IDENTITY)
    assert refused.value.details == {"field": "at", "reason": "missing"}


@pytest.mark.parametrize(
    "body,field,reason",
    [
        ({"kind": 5}, "kind", "not_str"),
        ({"roles": "client"}, "roles", "not_a_list"),
        ({"names": ["Иван"]}, "names[0]", "not_an_object"),
        ({"names": [{"family": ["x"]}]}, "names[0].family", "not_str"),
        ({"occupation": "engineer"}, "occupation", "not_a_text_by_language"),
        ({"occupation": {"ru": 1}}, "occupation", "not_a_text_by_language"),
        ({"addresses": [{"type": "x", "confidential": 1}]}, "addresses[0].confidential",
         "not_bool"),
    ],
)  # fmt: skip
def test_a_member_of_the_wrong_shape_is_named(body: JsonObject, field: str, reason: str) -> None:
    with pytest.raises(BadBody) as refused:
        from_body("person", body, **IDENTITY)
    assert refused.value.details == {"field": field, "reason": reason}


def test_a_number_is_not_taken_for_true() -> None:
    with pytest.raises(BadBody):
        from_body("evidence", {"size_bytes": True}, **IDENTITY)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        from_body("spaceship", {}, **IDENTITY)


def test_members_of_the_format_land_in_their_fields() -> None:
    body: JsonObject = {
        "evidence": "e1",
        "action": "received",
        "at": "2025-09-14",
        "from": "p2",
        "to": "p8",
    }
    event = from_body("custody_event", body, **IDENTITY)
    assert isinstance(event, CustodyEvent)
    assert (event.evidence_id, event.from_person_id, event.to_person_id) == ("e1", "p2", "p8")
    assert event.custom == {}
    assert to_body(event) == body


def test_no_field_shares_a_member_with_another() -> None:
    for spec in KINDS.values():
        if spec.type is OtherRecord:
            continue
        names = [field.name for field in dataclasses.fields(spec.type)]
        keys = [_KEYS.get(name, name) for name in names]
        assert len(set(keys)) == len(keys), spec.kind
