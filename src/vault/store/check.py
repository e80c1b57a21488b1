# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The full check: every page, every row against its signed version, the audit trail, every file.

Nothing is repaired and nothing is changed. What SQLCipher cannot see (an older page or file put
back) shows as a row or a history that no longer agrees with the audit trail or an anchor.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vault.domain.bodies import to_body
from vault.domain.canonical import content_hash
from vault.domain.records import KINDS
from vault.errors import VaultError
from vault.progress import Progress
from vault.store import audit, history, objects
from vault.store.connection import Database
from vault.store.errors import DatabaseDamaged, StoreError
from vault.store.objects import StoredObject
from vault.store.reader import Parts
from vault.store.rows.columns import ids_json
from vault.store.rows.tables import TABLES
from vault.store.vault import VaultStore

RECORDS: Final = "SELECT id, kind, ref, head, sealed_at, deleted_at FROM record ORDER BY number"
NEWEST_ENTRIES: Final = """
SELECT subject, version, action, coalesce(facts ->> '$.ref', ''), max(sequence)
FROM audit_entry
WHERE action IN ('created', 'changed', 'deleted') GROUP BY subject
"""
SEALED: Final = "SELECT DISTINCT subject FROM audit_entry WHERE action = 'sealed'"
FILES_OF_OBJECTS: Final = """
SELECT f.object_id, r.ref, e.sha256
FROM file_object AS f
JOIN record AS r ON r.id = f.file_id
LEFT JOIN evidence_file AS e ON e.id = f.file_id
"""
_BATCH: Final = 200
_READ_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class CheckFault:
    """One thing that is wrong: in "database", "audit", "record", "history" or "object".

    `place` is a reference, a sequence number or the database's own words; `fault` is a code.
    """

    area: str
    place: str
    fault: str


@dataclass(slots=True)
class CheckReport:
    """What the check went through and what it found."""

    faults: list[CheckFault] = field(default_factory=list)
    records: int = 0
    versions: int = 0
    entries: int = 0
    objects: int = 0
    object_bytes: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def add(self, area: str, place: str, fault: str) -> None:
        """Note a fault."""
        self.faults.append(CheckFault(area, place, fault))

    @contextlib.contextmanager
    def reading(self, area: str) -> Iterator[None]:
        """Note a page that cannot be read as a fault, and end the block there."""
        try:
            yield
        except DatabaseDamaged as err:
            self.add(area, str(err.details.get("reason", "")), "unreadable")


def check(
    store: VaultStore, progress: Progress, *, known: tuple[int, str] | None = None
) -> CheckReport:
    """Check everything and return what was found; `known` is an anchor from outside.

    Reports "checking_database", "checking_records" and "checking_objects"; cancelling is safe
    at any moment. Raises no error for what it finds, however damaged the database is.
    """
    report = CheckReport()
    parts = store.parts
    with store.reader():
        _check_pages(parts.db, report, progress)
        with report.reading("audit"):
            _check_audit(parts.db, report, known)
        with report.reading("record"):
            _check_records(parts.db, report, progress)
        stored: list[StoredObject] = []
        labels: dict[str, str] = {}
        with report.reading("object"):
            stored = _objects(parts.db, report)
            labels = _labels(parts.db, stored, report)
    _check_objects(parts, stored, labels, report, progress)
    return report


def _check_pages(db: Database, report: CheckReport, progress: Progress) -> None:
    for done, pragma in enumerate(("cipher_integrity_check", "integrity_check")):
        progress.report(done, 2, "checking_database")
        try:
            found = db.all(f"PRAGMA {pragma}")
        except DatabaseDamaged as err:
            report.add("database", str(err.details.get("reason", "")), pragma)
            continue
        for (line,) in found:
            if line != "ok":
                report.add("database", str(line)[:200], pragma)
    progress.report(2, 2, "checking_database")


def _check_audit(db: Database, report: CheckReport, known: tuple[int, str] | None) -> None:
    found = audit.verify(audit.entries(db), known)
    report.entries = found.entries
    if not found.ok:
        report.add("audit", str(found.first_bad), found.fault)


@dataclass(frozen=True, slots=True)
class _Newest:
    """What the audit trail says last of each record."""

    entries: dict[str, tuple[str, str, str]]
    sealed: frozenset[str]


def _check_records(db: Database, report: CheckReport, progress: Progress) -> None:
    rows = db.all(RECORDS)
    newest = _Newest(
        {row[0]: (row[1], row[2], row[3]) for row in db.all(NEWEST_ENTRIES)},
        frozenset(row[0] for row in db.all(SEALED)),
    )
    known = {row[0] for row in rows}
    for subject, (_, _, ref) in newest.entries.items():
        if subject not in known:
            report.add("record", ref, "missing_record")
    for start in range(0, len(rows), _BATCH):
        progress.report(start, len(rows), "checking_records")
        batch = rows[start : start + _BATCH]
        contents: dict[str, str] | None = None
        with report.reading("record"):
            contents = _contents(db, batch)
        for row in batch:
            with report.reading("record"):
                _check_one(db, row, newest, contents, report)
    progress.report(len(rows), len(rows), "checking_records")


def _contents(db: Database, batch: list[tuple[str, ...]]) -> dict[str, str]:
    """Return the content hashes of what the typed rows say now."""
    found: dict[str, str] = {}
    for kind in {row[1] for row in batch if row[1] in KINDS}:
        ids = ids_json(row[0] for row in batch if row[1] == kind)
        for record in TABLES[kind].load(db, ids):
            found[record.id] = content_hash(to_body(record))
    return found


def _check_one(
    db: Database,
    row: tuple[str, ...],
    newest: _Newest,
    contents: dict[str, str] | None,
    report: CheckReport,
) -> None:
    record_id, _, ref, head, sealed_at, deleted_at = row
    versions = history.of_record(db, record_id)
    report.records += bool(head)
    report.versions += len(versions)
    for version in versions:
        fault = _version_fault(version)
        if fault:
            report.add("history", ref, fault)
    if not head:
        if record_id in newest.entries:
            report.add("record", ref, "missing_head")
        return
    current = next((version for version in versions if version.hash == head), None)
    if current is None:
        report.add("record", ref, "missing_head")
        return
    entry = newest.entries.get(record_id)
    if entry is None:
        report.add("record", ref, "not_in_audit")
    elif entry != (head, "deleted" if deleted_at else entry[1], ref) or (
        entry[1] == "deleted" and not deleted_at
    ):
        report.add("record", ref, "not_the_newest")
    if bool(sealed_at) != (record_id in newest.sealed):
        report.add("record", ref, "seal_differs")
    if contents is not None and not deleted_at and contents.get(record_id) != current.content:
        report.add("record", ref, "row_differs")


def _version_fault(version: history.RecordVersion) -> str:
    if content_hash(version.body) != version.content:
        return "content_differs"
    if history.version_hash(version.statement()) != version.hash:
        return "hash_differs"
    if not version.relayed and not version.signature_holds():
        return "signature_differs"
    return ""


def _objects(db: Database, report: CheckReport) -> list[StoredObject]:
    stored = objects.every(db)
    report.objects = len(stored)
    return stored


def _labels(db: Database, stored: list[StoredObject], report: CheckReport) -> dict[str, str]:
    """Return the reference by which each object is named; note files with another hash."""
    hashes = {one.id: one.sha256 for one in stored}
    labels: dict[str, str] = {}
    for object_id, ref, sha256 in db.all(FILES_OF_OBJECTS):
        labels[object_id] = ref
        if sha256 is not None and sha256 != hashes.get(object_id):
            report.add("object", ref, "hash_differs")
    return labels


def _check_objects(
    parts: Parts,
    stored: list[StoredObject],
    labels: dict[str, str],
    report: CheckReport,
    progress: Progress,
) -> None:
    for done, one in enumerate(stored):
        progress.report(done, len(stored), "checking_objects")
        ref = labels.get(one.id, "")
        try:
            digest = hashlib.sha256()
            with objects.open_stored(parts.objects, one, ref) as file:
                while piece := file.read(_READ_BYTES):
                    digest.update(piece)
                    progress.check()
        except VaultError as err:
            report.add("object", ref, err.code if isinstance(err, StoreError) else "unreadable")
            continue
        report.object_bytes += one.size_bytes
        if digest.hexdigest() != one.sha256:
            report.add("object", ref, "hash_differs")
    progress.report(len(stored), len(stored), "checking_objects")
