# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the vault: one unchanging state for as long as the reader is held."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from vault.domain import edtf
from vault.domain.cases import Case
from vault.domain.evidence import EvidenceFile
from vault.domain.records import Record
from vault.domain.snapshot import CaseSnapshot
from vault.store import audit, history, identities, objects, record_rows, search
from vault.store.audit import AuditEntry
from vault.store.connection import Database
from vault.store.errors import AmbiguousCase, NoSuchCase, NoSuchRecord, ObjectMissing
from vault.store.history import RecordVersion
from vault.store.identities import SecretRows, StoredContact, StoredIdentity
from vault.store.objects import ObjectStore
from vault.store.search import SearchHit

COUNTS: Final = """
SELECT case_id, kind, count(*) FROM record
WHERE kind IN ('person', 'incident', 'evidence') AND head <> '' AND deleted_at = ''
GROUP BY case_id, kind
"""
UPDATED: Final = "SELECT case_id, max(updated_at) FROM record GROUP BY case_id"
OPEN_DEADLINES: Final = """
SELECT r.case_id, d.due FROM deadline AS d JOIN record AS r ON r.id = d.id
WHERE d.due <> '' AND d.status = 'open'
"""
CASE_IDS: Final = """
SELECT c.id FROM case_file AS c JOIN record AS r ON r.id = c.id
WHERE c.reference = ? AND r.deleted_at = ''
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """One line of the list of cases. Times are UTC, ISO 8601; `next_deadline` is EDTF or ""."""

    case: Case
    persons: int
    incidents: int
    evidence: int
    updated_at: str
    next_deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHead:
    """Where a record stands: its newest version, and whether it is sealed or deleted."""

    version: str
    updated_at: str
    author: str
    sealed_at: str
    deleted_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What readers and writers of one vault share."""

    db: Database
    objects: ObjectStore
    secrets: SecretRows
    clock: Callable[[], datetime.datetime]


class Reader:
    """What may be asked of the vault; used in the thread that opened the store.

    Every answer is of one state, that of the moment when the reader was made. Records come in
    the order in which they were entered. Every method may raise `DatabaseDamaged`.
    """

    def __init__(self, parts: Parts) -> None:
        """Read through an open transaction; made by `VaultStore.reader`."""
        self._parts = parts
        self._db = parts.db

    def cases(self) -> list[CaseSummary]:
        """Return every case with its counts."""
        counts = {(row[0], row[1]): row[2] for row in self._db.all(COUNTS)}
        updated: dict[str, str] = {row[0]: row[1] for row in self._db.all(UPDATED)}
        due = self._next_deadlines()
        return [
            CaseSummary(
                case=case,
                persons=counts.get((case.id, "person"), 0),
                incidents=counts.get((case.id, "incident"), 0),
                evidence=counts.get((case.id, "evidence"), 0),
                updated_at=updated[case.id],
                next_deadline=due.get(case.id, ""),
            )
            for case in record_rows.cases(self._db)
            if isinstance(case, Case)
        ]

    def case_by_reference(self, reference: str) -> Case:
        """Return the case with this label; raise `NoSuchCase` or `AmbiguousCase`."""
        ids = [row[0] for row in self._db.all(CASE_IDS, (reference,))]
        if not ids:
            raise NoSuchCase
        if len(ids) > 1:
            raise AmbiguousCase(count=len(ids))
        return self.case(ids[0])

    def case(self, case_id: str) -> Case:
        """Return a case by its id; raise `NoSuchCase`."""
        for record in record_rows.of_ids(self._db, [case_id]):
            if isinstance(record, Case):
                return record
        raise NoSuchCase

    def records(self, case_id: str, kind: str | None = None) -> list[Record]:
        """Return the records of a case, the case itself included, of one kind or of all."""
        return record_rows.of_case(self._db, case_id, kind or "")

    def record(self, record_id: str) -> Record:
        """Return a record that is not deleted; raise `NoSuchRecord`."""
        found = record_rows.of_ids(self._db, [record_id])
        if not found:
            raise NoSuchRecord
        return found[0]

    def find(self, case_id: str, ref: str) -> Record:
        """Return a record by its reference in its case; raise `NoSuchRecord`."""
        record_id = record_rows.by_ref(self._db, case_id, ref)
        if record_id is None:
            raise NoSuchRecord(ref=ref[:40])
        return self.record(record_id)

    def head(self, record_id: str) -> RecordHead:
        """Return where a record stands, deleted or not; raise `NoSuchRecord`."""
        row = record_rows.row_of(self._db, record_id)
        if row is None or row.is_stub:
            raise NoSuchRecord
        return RecordHead(
            version=row.head,
            updated_at=row.updated_at,
            author=row.author_name,
            sealed_at=row.sealed_at,
            deleted_at=row.deleted_at,
        )

    def history(self, record_id: str) -> list[RecordVersion]:
        """Return every version of a record in the order in which this vault learnt of them."""
        return history.of_record(self._db, record_id)

    def has_version(self, version_hash: str) -> bool:
        """Tell whether this vault has a version."""
        return history.is_known(self._db, version_hash)

    def new_ref(self, case_id: str, kind: str) -> str:
        """Return the next free reference of a kind in a case (a case's own in the vault)."""
        return record_rows.new_ref(self._db, case_id, kind)

    def search(self, words: str, case_id: str | None = None, limit: int = 50) -> list[SearchHit]:
        """Return records with all the words, or words beginning with them, best first."""
        return search.search(self._db, words, case_id or "", limit)

    def snapshot(self, case_id: str) -> CaseSnapshot:
        """Return everything of one case at this moment; raise `NoSuchCase`."""
        self.case(case_id)
        return CaseSnapshot.of_records(self.records(case_id), audit.anchor(self._db)[1])

    def open_object(self, file: EvidenceFile) -> BinaryIO:
        """Open the bytes of a file, decrypted as they are read; may outlive the reader.

        Raises:
            ObjectMissing, ObjectTruncated, ObjectSwapped, ObjectDamaged, ObjectKeyDamaged.
        """
        stored = objects.of_file(self._db, file.id)
        if stored is None:
            raise ObjectMissing(ref=file.ref)
        return objects.open_stored(self._parts.objects, stored, file.ref)

    def has_object(self, file: EvidenceFile) -> bool:
        """Tell whether the vault was given the bytes of a file."""
        return objects.of_file(self._db, file.id) is not None

    def audit_entries(self) -> list[AuditEntry]:
        """Return the audit trail."""
        return audit.entries(self._db)

    def audit_head(self) -> tuple[int, str]:
        """Return the last sequence number and the head of the audit trail, in hex."""
        return audit.anchor(self._db)

    def audit_head_at(self, sequence: int) -> str | None:
        """Return the head after an entry, or None when the trail is shorter."""
        return audit.head_at(self._db, sequence)

    def identity(self) -> StoredIdentity | None:
        """Return the owner's identity, whose secrets the caller wipes, or None."""
        return identities.identity(self._db, self._parts.secrets)

    def contacts(self) -> list[StoredContact]:
        """Return every contact."""
        return identities.contacts(self._db)

    def setting(self, name: str) -> str | None:
        """Return a setting that belongs to this vault, or None."""
        return identities.setting(self._db, name)

    def _next_deadlines(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for case_id, due in self._db.all(OPEN_DEADLINES):
            known = found.get(case_id)
            if known is None or edtf.parse(due).sort_key() < edtf.parse(known).sort_key():
                found[case_id] = due
        return found
