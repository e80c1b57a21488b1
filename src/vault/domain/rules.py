# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes a record acceptable: every rule that a form and an import must hold to.

Rules return problems; they never raise and never change a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vault.domain import cases, consents, edtf, evidence, incidents, people, profiles
from vault.domain.cases import Case
from vault.domain.consents import Consent
from vault.domain.dossiers import Deadline, Dossier
from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.incidents import Incident
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.records import Record


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field; `reason` is a code the window has a sentence for."""

    field: str
    reason: str
    value: str = ""


def problems(record: Record) -> tuple[Problem, ...]:
    """Return everything that is wrong with the record; empty when it may be saved."""
    check = _CHECKS.get(type(record))
    return tuple(check(record)) if check else ()


def _case(record: Case) -> Iterator[Problem]:
    if not record.reference.strip():
        yield Problem("reference", "missing")
    yield from _one_of("status", record.status, cases.CASE_STATUSES)
    yield from _date("opened_on", record.opened_on)


def _person(record: Person) -> Iterator[Problem]:
    yield from _one_of("kind", record.kind, people.PERSON_KINDS)
    yield from _one_of("confidentiality", record.confidentiality, people.CONFIDENTIALITY)
    yield from _date("date_of_birth", record.date_of_birth)
    if not any(name.shown() for name in record.names):
        yield Problem("names", "missing")
    for name in record.names:
        yield from _one_of("names.type", name.type, people.NAME_TYPES)
    for identifier in record.identifiers:
        yield from _date("identifiers.issued_on", identifier.issued_on)
        yield from _date("identifiers.expires_on", identifier.expires_on)


def _incident(record: Incident) -> Iterator[Problem]:
    if not record.title:
        yield Problem("title", "missing")
    yield from _date("date_start", record.date_start)
    yield from _date("date_end", record.date_end)
    if edtf.is_valid(record.date_start) and edtf.is_valid(record.date_end):
        start, end = edtf.parse(record.date_start), edtf.parse(record.date_end)
        if end.latest() < start.earliest():
            yield Problem("date_end", "before_start", record.date_end)
    yield from _one_of("confidentiality", record.confidentiality, people.CONFIDENTIALITY)
    if record.violation_status:
        yield from _one_of(
            "violation_status", record.violation_status, incidents.VIOLATION_STATUSES
        )


def _evidence(record: Evidence) -> Iterator[Problem]:
    if not record.title:
        yield Problem("title", "missing")
    yield from _one_of("category", record.category, evidence.EVIDENCE_CATEGORIES)
    yield from _date("document_date", record.document_date)
    yield from _date("obtained_on", record.obtained_on)


def _consent(record: Consent) -> Iterator[Problem]:
    if not record.person_id:
        yield Problem("person", "missing")
    yield from _one_of("form", record.form, consents.CONSENT_FORMS)
    yield from _one_of("identity_use", record.identity_use, consents.IDENTITY_USES)
    for name in ("given_on", "review_on", "withdrawn_on"):
        yield from _date(name, getattr(record, name))
    for purpose in set(record.purposes) & set(record.not_allowed):
        yield Problem("purposes", "allowed_and_forbidden", purpose)


def _file(record: EvidenceFile) -> Iterator[Problem]:
    yield from _one_of("purpose", record.purpose, evidence.FILE_PURPOSES)


def _custody(record: CustodyEvent) -> Iterator[Problem]:
    yield from _one_of("action", record.action, evidence.CUSTODY_ACTIONS)
    yield from _date("at", record.at)


def _profile(record: DisclosureProfile) -> Iterator[Problem]:
    for rule in record.rules:
        yield from _one_of("rules.action", rule.action, profiles.ACTIONS)


def _deadline(record: Deadline) -> Iterator[Problem]:
    yield from _date("due", record.due)


def _dossier(record: Dossier) -> Iterator[Problem]:
    if not record.profile_id:
        yield Problem("profile", "missing")


def _one_of(field: str, value: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if value not in allowed:
        yield Problem(field, "not_one_of", value)


def _date(field: str, value: str) -> Iterator[Problem]:
    if value and not edtf.is_valid(value):
        yield Problem(field, "bad_date", value)


_CHECKS: Final[dict[type, Callable[..., Iterator[Problem]]]] = {
    Case: _case,
    Person: _person,
    Incident: _incident,
    Evidence: _evidence,
    EvidenceFile: _file,
    CustodyEvent: _custody,
    Consent: _consent,
    DisclosureProfile: _profile,
    Deadline: _deadline,
    Dossier: _dossier,
}
