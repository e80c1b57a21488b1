# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases and their records: list, open, create, change, search."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from vault.domain import edtf
from vault.domain.bodies import from_body
from vault.domain.cases import Case
from vault.domain.dossiers import Deadline
from vault.domain.records import KINDS, Record, kind_of
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import JsonObject
from vault.i18n import current_language
from vault.services.errors import CaseExists, NoSuchRecord, VaultIsReadOnly
from vault.services.session import VaultSession
from vault.store.history import RecordVersion
from vault.store.reader import CaseSummary
from vault.store.record_writer import Change
from vault.store.search import SearchHit


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline with the case it belongs to."""

    case_id: str
    case_reference: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class CaseDescription:
    """What a case holds, by kind, in the order of the case format."""

    reference: str
    title: str
    status: str
    counts: tuple[tuple[str, int], ...]

    def as_json(self) -> JsonObject:
        """Return the description for `--json`."""
        return {
            "reference": self.reference,
            "title": self.title,
            "status": self.status,
            "counts": dict(self.counts),
        }


def list_cases(session: VaultSession) -> list[CaseSummary]:
    """Return every case with its counts, the ones changed last first."""
    with session.store.reader() as reader:
        return reader.cases()


def case_page(session: VaultSession, case_id: str) -> CaseSnapshot:
    """Return one case with everything in it, from one read transaction."""
    with session.store.reader() as reader:
        return reader.snapshot(case_id)


def describe_case(session: VaultSession, reference: str) -> CaseDescription:
    """Count the records of a case; raise `NoSuchCase`."""
    with session.store.reader() as reader:
        case = reader.case_by_reference(reference)
        records = reader.records(case.id)
    counts = counts_by_kind(records)
    return CaseDescription(case.reference, case.title.best(current_language()), case.status, counts)


def counts_by_kind(records: list[Record]) -> tuple[tuple[str, int], ...]:
    """Return how many records there are of each kind, in the order of the case format."""
    found = [kind_of(record) for record in records]
    return tuple((kind, found.count(kind)) for kind in KINDS if kind in found)


def new_case(session: VaultSession, reference: str, body: JsonObject | None = None) -> Case:
    """Create a case; a reference is all it needs.

    Raises:
        CaseExists: the vault has a case of this reference.
        InvalidRecord: a member of `body` is not acceptable.
    """
    _writable(session)
    identity = str(uuid.uuid4())
    full: JsonObject = {"reference": reference, **(body or {})}
    case = from_body("case", full, record_id=identity, case_id=identity, ref="CASE-1")
    assert isinstance(case, Case)  # noqa: S101 - the kind decides the type
    with session.store.writer(session.author()) as writer:
        if any(row.case.reference == case.reference for row in writer.cases()):
            raise CaseExists(reference=reference)
        writer.put(case)
    return case


def new_record(session: VaultSession, kind: str, case_id: str, body: JsonObject) -> Record:
    """Create a record with the next free reference; raise `InvalidRecord`, `BadBody`."""
    _writable(session)
    with session.store.writer(session.author()) as writer:
        record = from_body(
            kind,
            body,
            record_id=str(uuid.uuid4()),
            case_id=case_id,
            ref=writer.new_ref(case_id, kind),
        )
        writer.put(record)
    return record


def save_record(session: VaultSession, record: Record) -> Change:
    """Write a changed record as a new version; unchanged content makes none.

    Raises:
        RecordSealed, InvalidRecord.
    """
    _writable(session)
    with session.store.writer(session.author()) as writer:
        return writer.put(record)


def delete_record(session: VaultSession, record_id: str) -> None:
    """Take a record out of the case; its versions stay in the history."""
    _writable(session)
    with session.store.writer(session.author()) as writer:
        writer.delete(record_id)


def seal_record(session: VaultSession, record_id: str) -> None:
    """Seal a record: from now on it refuses every change."""
    _writable(session)
    with session.store.writer(session.author()) as writer:
        writer.seal(record_id)


def record_history(session: VaultSession, record_id: str) -> list[RecordVersion]:
    """Return the versions of a record, the oldest first."""
    with session.store.reader() as reader:
        return reader.history(record_id)


def record_by_ref(session: VaultSession, case_reference: str, kind: str, ref: str) -> Record:
    """Return a record by its reference in a case; raise `NoSuchCase`, `NoSuchRecord`."""
    with session.store.reader() as reader:
        case = reader.case_by_reference(case_reference)
        if kind == "case":
            return case
        found = next((item for item in reader.records(case.id, kind) if item.ref == ref), None)
    if found is None:
        raise NoSuchRecord(kind=kind, ref=ref[:40])
    return found


def next_reference(session: VaultSession, case_id: str, kind: str) -> str:
    """Return the reference that the next record of this kind will get."""
    with session.store.reader() as reader:
        return reader.new_ref(case_id, kind)


def search(session: VaultSession, words: str, case_reference: str = "") -> list[SearchHit]:
    """Find records by their text, in one case or in all."""
    with session.store.reader() as reader:
        case_id = reader.case_by_reference(case_reference).id if case_reference else None
        return reader.search(words, case_id=case_id)


def deadlines(session: VaultSession, case_reference: str = "") -> list[DeadlineRow]:
    """Return the deadlines of one case or of all: open ones first, then by the day they are due."""
    with session.store.reader() as reader:
        cases = [row.case for row in reader.cases()]
        if case_reference:
            cases = [reader.case_by_reference(case_reference)]
        rows = [
            DeadlineRow(case.id, case.reference, record)
            for case in cases
            for record in reader.records(case.id, "deadline")
            if isinstance(record, Deadline)
        ]
    return sorted(rows, key=_urgency)


def _urgency(row: DeadlineRow) -> tuple[bool, str, str]:
    due = row.deadline.due
    day = edtf.parse(due).earliest().isoformat() if edtf.is_valid(due) else "9999"
    return (row.deadline.status != "open", day, due)


def _writable(session: VaultSession) -> None:
    if session.read_only:
        raise VaultIsReadOnly
