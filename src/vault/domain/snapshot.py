# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole case at one moment, as plain values: what exporters and bundles are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from vault.domain.cases import Case
from vault.domain.consents import Consent
from vault.domain.dossiers import Deadline, Dossier
from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.incidents import Incident
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.records import OtherRecord, Record

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSnapshot:
    """Everything of one case, taken in one read transaction, in the order of references.

    `audit_anchor` is the head of the audit chain at that moment, in hex ("" without a vault).
    """

    case: Case
    persons: tuple[Person, ...] = ()
    incidents: tuple[Incident, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    files: tuple[EvidenceFile, ...] = ()
    custody: tuple[CustodyEvent, ...] = ()
    consents: tuple[Consent, ...] = ()
    profiles: tuple[DisclosureProfile, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    others: tuple[OtherRecord, ...] = ()
    audit_anchor: str = ""

    @classmethod
    def of_records(cls, records: list[Record], audit_anchor: str = "") -> CaseSnapshot:
        """Sort the records of one case by type; exactly one of them is the case itself."""

        def all_of(type_: type[R]) -> tuple[R, ...]:
            return tuple(record for record in records if isinstance(record, type_))

        (case,) = all_of(Case)
        return cls(
            case=case,
            persons=all_of(Person),
            incidents=all_of(Incident),
            evidence=all_of(Evidence),
            files=all_of(EvidenceFile),
            custody=all_of(CustodyEvent),
            consents=all_of(Consent),
            profiles=all_of(DisclosureProfile),
            dossiers=all_of(Dossier),
            deadlines=all_of(Deadline),
            others=all_of(OtherRecord),
            audit_anchor=audit_anchor,
        )

    def records(self) -> tuple[Record, ...]:
        """Return every record, the case first."""
        return (
            self.case,
            *self.persons,
            *self.incidents,
            *self.evidence,
            *self.files,
            *self.custody,
            *self.consents,
            *self.profiles,
            *self.dossiers,
            *self.deadlines,
            *self.others,
        )

    def person(self, person_id: str) -> Person | None:
        """Return the person with this id, or None."""
        return next((person for person in self.persons if person.id == person_id), None)

    def of_kind(self, kind: str) -> tuple[OtherRecord, ...]:
        """Return the records of a kind without a type of its own."""
        return tuple(record for record in self.others if record.kind == kind)
