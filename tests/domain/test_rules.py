# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every rule refuses what it is there to refuse, and names the field."""

from __future__ import annotations

from typing import Any

import pytest

from vault.domain.bodies import from_body
from vault.domain.rules import Problem, problems

GOOD: dict[str, dict[str, Any]] = {
    "case": {"reference": "2026-1"},
    "person": {"names": [{"family": "Вымышленный"}]},
    "incident": {"title": {"ru": "Событие"}},
    "evidence": {"title": {"ru": "Материал"}},
    "evidence_file": {"evidence": "e"},
    "custody_event": {"evidence": "e", "action": "received", "at": "2025"},
    "consent": {"person": "p"},
    "disclosure_profile": {"rules": [{"category": "contact", "action": "mask"}]},
    "deadline": {"due": "2026-02-12"},
    "dossier": {"profile": "r"},
    "task": {},
}

BAD = [
    ("case", {"reference": "  "}, "reference", "missing"),
    ("case", {"status": "lost"}, "status", "not_one_of"),
    ("case", {"opened_on": "12.09.2025"}, "opened_on", "bad_date"),
    ("person", {"names": []}, "names", "missing"),
    ("person", {"names": [{"family": "А", "type": "alias"}]}, "names.type", "not_one_of"),
    ("person", {"kind": "robot"}, "kind", "not_one_of"),
    ("person", {"date_of_birth": "1994-13"}, "date_of_birth", "bad_date"),
    ("person", {"confidentiality": "shared"}, "confidentiality", "not_one_of"),
    ("person", {"identifiers": [{"type": "x", "value": "1", "issued_on": "soon"}]},
     "identifiers.issued_on", "bad_date"),
    ("incident", {"title": {}}, "title", "missing"),
    ("incident", {"date_start": "2023-05", "date_end": "2023-04"}, "date_end", "before_start"),
    ("incident", {"violation_status": "sure"}, "violation_status", "not_one_of"),
    ("evidence", {"category": "rumour"}, "category", "not_one_of"),
    ("evidence_file", {"purpose": "spare"}, "purpose", "not_one_of"),
    ("custody_event", {"action": "lost"}, "action", "not_one_of"),
    ("consent", {"purposes": ["unhcr"], "not_allowed": ["unhcr"]}, "purposes",
     "allowed_and_forbidden"),
    ("consent", {"withdrawn_on": "yesterday"}, "withdrawn_on", "bad_date"),
    ("disclosure_profile", {"rules": [{"category": "contact", "action": "blur"}]},
     "rules.action", "not_one_of"),
    ("deadline", {"due": "next week"}, "due", "bad_date"),
    ("dossier", {"profile": ""}, "profile", "missing"),
]  # fmt: skip


def found(kind: str, body: dict[str, Any]) -> tuple[Problem, ...]:
    return problems(from_body(kind, body, record_id="r", case_id="c", ref="X1"))


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_record_has_no_problem(kind: str) -> None:
    assert found(kind, GOOD[kind]) == ()


@pytest.mark.parametrize("kind,change,field,reason", BAD)
def test_a_bad_member_is_named(kind: str, change: dict[str, Any], field: str, reason: str) -> None:
    wrong = found(kind, GOOD[kind] | change)
    assert (field, reason) in {(problem.field, problem.reason) for problem in wrong}


def test_an_end_in_the_month_of_the_start_is_not_before_it() -> None:
    body = {"title": {"ru": "x"}, "date_start": "2023-05-20", "date_end": "2023-05"}
    assert found("incident", body) == ()
