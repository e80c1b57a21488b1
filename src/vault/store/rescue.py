# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rescue: what can still be read of a damaged vault, written into a new one.

Nothing leaves the encryption: the new database and objects have the same keys. The damaged
vault is only read. Typed rows and search text are made anew from the signed versions. The
audit trail begins anew and names the last head that could be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.domain.cases import Case
from vault.domain.evidence import EvidenceFile
from vault.progress import Progress
from vault.store.author import Author
from vault.store.connection import Row
from vault.store.damaged import RECORD_AFTER, VERSION_AFTER, DamagedVault
from vault.store.errors import (
    DatabaseDamaged,
    ForgedVersion,
    IdentityDamaged,
    InvalidRecord,
    ObjectDamaged,
    ObjectKeyDamaged,
    ObjectMissing,
    ObjectSwapped,
    ObjectTruncated,
    SourceChanged,
)
from vault.store.history import RecordVersion
from vault.store.reader import Reader
from vault.store.vault import VaultStore
from vault.store.writer import Writer

LOST_CASES: Final = "SELECT id FROM record WHERE id = case_id AND head = ''"
_READ_BYTES: Final = 1 << 20
_LABEL_LETTERS: Final = 8
_FILE_LOST: Final = (
    DatabaseDamaged,
    ObjectDamaged,
    ObjectKeyDamaged,
    ObjectMissing,
    ObjectSwapped,
    ObjectTruncated,
    SourceChanged,
)


@dataclass(slots=True)
class RescueReport:
    """What was saved, and the references of what was not.

    Of `older_records` an earlier version than the newest was saved.
    """

    records: int = 0
    files: int = 0
    lost_versions: int = 0
    older_records: list[str] = field(default_factory=list)
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
        DamagedVault(damaged, vault_id, vmk) as source,
        VaultStore.create(target, vault_id, vmk, clock=damaged.parts.clock) as made,
        made.writer(author) as writer,
    ):
        writer.note("rescued", vault_id.hex(), **_last_anchor(source))
        _rescue_rest(source, writer, report)
        _rescue_records(source, writer, report, progress)
        for (case_id,) in made.parts.db.all(LOST_CASES):
            _replace_lost_case(case_id, writer, report)
        _rescue_files(source, writer, report, progress)
        writer.note("rescue_ended", vault_id.hex(), records=report.records, files=report.files)
    return report


def _rescue_records(
    source: DamagedVault, writer: Writer, report: RescueReport, progress: Progress
) -> None:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, record_id, _ in source.rows(VERSION_AFTER):
        numbers[record_id].append(number)
    rows = [row for row in source.rows(RECORD_AFTER) if row[5]]
    for done, row in enumerate(rows):
        progress.report(done, len(rows), "rescuing_records")
        _rescue_record(source.versions(row, numbers.pop(row[1], ())), row, writer, report)
    # A version whose record's row is lost has neither case nor kind any more.
    report.lost_versions += sum(len(left) for left in numbers.values())
    progress.report(len(rows), len(rows), "rescuing_records")


def _rescue_record(
    versions: Sequence[RecordVersion], row: Row, writer: Writer, report: RescueReport
) -> None:
    _, record_id, _, _, ref, head, sealed_at, deleted_at = row
    tail, rest = _unbroken_tail(versions, head)
    saved = False
    for version in (*tail, *rest):
        try:
            saved |= writer.receive_version(version, ref).action != "conflict"
        except (ForgedVersion, InvalidRecord):
            report.lost_versions += 1
    if not saved:
        report.lost_records.append(ref)
        return
    report.records += 1
    if not tail:
        report.older_records.append(ref)
    elif sealed_at and not deleted_at:
        writer.seal(record_id)


def _unbroken_tail(
    versions: Sequence[RecordVersion], head: str
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


def _replace_lost_case(case_id: str, writer: Writer, report: RescueReport) -> None:
    """Give records whose case is lost a case to be found in, labelled by its id."""
    ref = writer.new_ref(case_id, "case")
    writer.put(Case(id=case_id, case_id=case_id, ref=ref, reference=case_id[:_LABEL_LETTERS]))
    report.lost_records.append(ref)


def _rescue_files(
    source: DamagedVault, writer: Writer, report: RescueReport, progress: Progress
) -> None:
    files = [
        record
        for case in writer.cases()
        for record in writer.records(case.case.id, "evidence_file")
        if isinstance(record, EvidenceFile)
    ]
    for done, file in enumerate(files):
        progress.report(done, len(files), "rescuing_files")
        try:
            report.files += source.attempt(
                lambda reader, file=file: _copy_object(reader, writer, file)  # type: ignore[misc]  # a default binds the loop's file
            )
        except _FILE_LOST:
            report.lost_files.append(file.ref)
    progress.report(len(files), len(files), "rescuing_files")


def _copy_object(reader: Reader, writer: Writer, file: EvidenceFile) -> int:
    """Copy the bytes of a file, if the vault had them; return how many files that was."""
    if not reader.has_object(file):
        return 0
    with reader.open_object(file) as opened:
        sink = writer.stage_object(file.size_bytes or 0, file.sha256)
        while piece := opened.read(_READ_BYTES):
            sink.write(piece)
    writer.publish_object(sink, file)
    return 1


def _rescue_rest(source: DamagedVault, writer: Writer, report: RescueReport) -> None:
    """Save identity and contacts."""
    try:
        identity = source.attempt(lambda reader: reader.identity())
        if identity is not None:
            writer.save_identity(identity)
            identity.wipe()
    except (DatabaseDamaged, IdentityDamaged):
        report.lost_parts.append("identity")
    try:
        for contact in source.attempt(lambda reader: reader.contacts()):
            writer.save_contact(contact)
    except DatabaseDamaged:
        report.lost_parts.append("contacts")


def _last_anchor(source: DamagedVault) -> dict[str, str | int]:
    try:
        sequence, head = source.attempt(lambda reader: reader.audit_head())
    except DatabaseDamaged:
        return {"head": "", "sequence": 0}
    return {"head": head, "sequence": sequence}
