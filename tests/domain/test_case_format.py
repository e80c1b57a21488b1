# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sample case goes in and comes out whole; broken files are refused by place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vault.domain.canonical import canonical_bytes
from vault.domain.case_format import case_file_of_records, records_of_case_file
from vault.domain.errors import BadBody, CaseFileTooNew, NotACaseFile, UnknownReference
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.records import kind_of
from vault.domain.rules import problems
from vault.domain.values import JsonObject
from vault.paths import demonstration_case


@pytest.fixture
def sample() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(demonstration_case().read_text(encoding="utf-8"))
    return document


def new_id(kind: str, ref: str) -> str:
    return f"id-of-{kind}-{ref}"


def test_the_sample_case_comes_back_equal(sample: JsonObject) -> None:
    records = records_of_case_file(sample, new_id)
    assert canonical_bytes(case_file_of_records(records)) == canonical_bytes(sample)


def test_every_member_of_every_section_becomes_a_record(sample: dict[str, Any]) -> None:
    expected = 1 + sum(len(section) for section in sample.values() if isinstance(section, list))
    assert len(records_of_case_file(sample, new_id)) == expected


def test_no_record_of_the_sample_has_a_problem(sample: JsonObject) -> None:
    found = {record.ref: problems(record) for record in records_of_case_file(sample, new_id)}
    assert {ref: wrong for ref, wrong in found.items() if wrong} == {}


def test_references_become_ids_everywhere(sample: JsonObject) -> None:
    records = {record.ref: record for record in records_of_case_file(sample, new_id)}
    profile = records["RP-UNHCR"]
    assert isinstance(profile, DisclosureProfile)
    assert profile.rules[1].except_person_ids == ("id-of-person-P10",)
    assert profile.rules[2].category == "person:id-of-person-P10"
    assert profile.rules[0].category == "person:client"


def test_an_id_is_given_once_for_each_record(sample: JsonObject) -> None:
    asked: list[tuple[str, str]] = []

    def counting(kind: str, ref: str) -> str:
        asked.append((kind, ref))
        return new_id(kind, ref)

    records = records_of_case_file(sample, counting)
    assert len(asked) == len(set(asked)) == len(records)
    assert {kind_of(record) for record in records} == {kind for kind, _ in asked}


def test_a_reference_to_nothing_is_refused_by_place(sample: dict[str, Any]) -> None:
    sample["acts"][2]["victim"] = "P99"
    with pytest.raises(UnknownReference) as refused:
        records_of_case_file(sample, new_id)
    assert refused.value.details == {"kind": "act", "field": "victim", "reference": "P99"}


def test_two_records_of_one_reference_are_refused(sample: dict[str, Any]) -> None:
    sample["persons"].append(sample["persons"][0])
    with pytest.raises(BadBody) as refused:
        records_of_case_file(sample, new_id)
    assert refused.value.details["reason"] == "twice"


def test_a_malformed_record_is_refused_by_section_and_field(sample: dict[str, Any]) -> None:
    sample["persons"][3]["names"] = "Зимовченко"
    with pytest.raises(BadBody) as refused:
        records_of_case_file(sample, new_id)
    assert refused.value.details["field"] == "persons.P04.names"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "photo-album"},
        {"format_version": "1"},
        {"case": None},
    ],
)
def test_another_kind_of_json_is_refused(sample: dict[str, Any], change: JsonObject) -> None:
    with pytest.raises(NotACaseFile):
        records_of_case_file(sample | change, new_id)


def test_a_newer_version_is_refused_by_name(sample: dict[str, Any]) -> None:
    with pytest.raises(CaseFileTooNew) as refused:
        records_of_case_file(sample | {"format_version": 2}, new_id)
    assert refused.value.details == {"found": 2, "known": 1}


@pytest.mark.parametrize(
    "section,value,field",
    [
        ("persons", {}, "persons"),
        ("persons", ["P01"], "persons[0]"),
        ("persons", [{"kind": "individual"}], "persons[0].id"),
    ],
)
def test_a_section_of_the_wrong_shape_is_named(
    sample: dict[str, Any], section: str, value: Any, field: str
) -> None:
    with pytest.raises(BadBody) as refused:
        records_of_case_file(sample | {section: value}, new_id)
    assert refused.value.details["field"] == field


def test_people_are_shown_in_the_language_asked_for(sample: JsonObject) -> None:
    people = {r.ref: r for r in records_of_case_file(sample, new_id) if isinstance(r, Person)}
    assert people["P01"].shown("ru") == "Вершков Тимофей Андреевич"
    assert people["P01"].shown("en") == "Vershkov Timofei Andreevich"
    assert people["P14"].shown("ru") == "Неустановленное лицо № 1"
