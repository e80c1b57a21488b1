# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rescue: what can still be read of a damaged vault, written into a new one.

Nothing leaves the encryption: the new database and objects have the same keys. The damaged
vault is only read. The audit trail begins anew and names the last head that could be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.domain.evidence import EvidenceFile
from vault.progress import Progress
from vault.store import audit, history
from vault.store.author import Author
from vault.store.connection import Database, Row
from vault.store.errors import DatabaseDamaged, StoreError
from vault.store.history import RecordVersion
from vault.store.reader import Reader
from vault.store.vault import VaultStore
from vault.store.writer import Writer

FORWARD: Final = """
SELECT number, id, ref, head, sealed_at, deleted_at FROM record WHERE number > ?
ORDER BY number LIMIT 1
"""
BACKWARD: Final = """
SELECT number, id, ref, head, sealed_at, deleted_at FROM record WHERE number < ?
ORDER BY number DESC LIMIT 1
"""
_BEYOND: Final = 2**62
_READ_BYTES: Final = 1 << 20


@dataclass(slots=True)
class RescueReport:
    """What was saved, and the references of what was not."""

    records: int = 0
    files: int = 0
    lost_records: list[str] = field(default_factory=list)
    lost_files: list[str] = field(default_factory=list)
    lost_parts: list[str] = field(default_factory=list)


def rescue(
    damaged: VaultStore,
    target: Path,
    *,
    vault_id: bytes,
    vmk: SecretBytes,
    author: Author,
    progress: Progress,
) -> RescueReport:
    """Write everything readable of an open vault into a new one at `target`.

    Open the damaged vault for reading only. Reports "rescuing_records" and "rescuing_files".
    The header is not copied; that is the matter of the keys room.

    Raises:
        VaultExists, ReadOnlyFolder, DiskFull, DiskFailed: of the target.
    """
    report = RescueReport()
    with (
        VaultStore.create(target, vault_id, vmk, clock=damaged.parts.clock) as made,
        made.writer(author) as writer,
        damaged.reader() as reader,
    ):
        db = damaged.parts.db
        writer.note("rescued", vault_id.hex(), **_last_anchor(db))
        _rescue_rest(reader, writer, report)
        rows = list(_record_rows(db))
        for done, row in enumerate(rows):
            progress.report(done, len(rows), "rescuing_records")
            _rescue_record(db, row, writer, report)
        progress.report(len(rows), len(rows), "rescuing_records")
        _rescue_files(reader, writer, report, progress)
        writer.note("rescue_ended", vault_id.hex(), records=report.records, files=report.files)
    return report


def _record_rows(db: Database) -> Iterator[Row]:
    """Give rows from the front as far as they read, then from the back towards the damage."""
    last = 0
    seen: set[int] = set()
    try:
        while (row := db.one(FORWARD, (last,))) is not None:
            last = row[0]
            seen.add(last)
            yield row
    except DatabaseDamaged:
        pass
    else:
        return
    first = _BEYOND
    behind: list[Row] = []
    try:
        while (row := db.one(BACKWARD, (first,))) is not None and row[0] not in seen:
            first = row[0]
            behind.append(row)
    except DatabaseDamaged:
        pass
    yield from reversed(behind)


def _rescue_record(db: Database, row: Row, writer: Writer, report: RescueReport) -> None:
    _, record_id, ref, head, sealed_at, deleted_at = row
    if not head:
        return
    try:
        versions = history.of_record(db, record_id)
    except DatabaseDamaged:
        versions = _only_head(db, head)
    tail, rest = _unbroken_tail(versions, head)
    saved = 0
    for version in (*tail, *rest):
        try:
            writer.receive_version(version, ref)
            saved += 1
        except StoreError:
            report.lost_records.append(ref)
    if not saved:
        report.lost_records.append(ref)
        return
    report.records += 1
    if sealed_at and not deleted_at:
        writer.seal(record_id)


def _only_head(db: Database, head: str) -> list[RecordVersion]:
    try:
        found = history.by_hash(db, head)
    except DatabaseDamaged:
        return []
    return [] if found is None else [found]


def _unbroken_tail(
    versions: list[RecordVersion], head: str
) -> tuple[list[RecordVersion], list[RecordVersion]]:
    """Return the chain that ends in the head, oldest first, and what is not in it."""
    known = {version.hash: version for version in versions}
    tail: list[RecordVersion] = []
    wanted: str | None = head
    while wanted in known:
        version = known.pop(wanted)
        tail.insert(0, version)
        wanted = version.parents[0] if version.parents else None
    return tail, [version for version in versions if version.hash in known]


def _rescue_files(reader: Reader, writer: Writer, report: RescueReport, progress: Progress) -> None:
    files = [
        record
        for case in writer.cases()
        for record in writer.records(case.case.id, "evidence_file")
        if isinstance(record, EvidenceFile)
    ]
    for done, file in enumerate(files):
        progress.report(done, len(files), "rescuing_files")
        try:
            if reader.has_object(file):
                _copy_object(reader, writer, file)
                report.files += 1
        except StoreError:
            report.lost_files.append(file.ref)
    progress.report(len(files), len(files), "rescuing_files")


def _copy_object(reader: Reader, writer: Writer, file: EvidenceFile) -> None:
    with reader.open_object(file) as source:
        sink = writer.stage_object(file.size_bytes or 0, file.sha256)
        while piece := source.read(_READ_BYTES):
            sink.write(piece)
    writer.publish_object(sink, file)


def _rescue_rest(reader: Reader, writer: Writer, report: RescueReport) -> None:
    """Save identity and contacts."""
    try:
        identity = reader.identity()
        if identity is not None:
            writer.save_identity(identity)
            identity.wipe()
    except StoreError:
        report.lost_parts.append("identity")
    try:
        for contact in reader.contacts():
            writer.save_contact(contact)
    except StoreError:
        report.lost_parts.append("contacts")


def _last_anchor(db: Database) -> dict[str, str | int]:
    try:
        sequence, head = audit.anchor(db)
    except DatabaseDamaged:
        return {"head": "", "sequence": 0}
    return {"head": head, "sequence": sequence}
