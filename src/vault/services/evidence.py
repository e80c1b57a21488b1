# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence files: taken in, listed, verified, written out."""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vault.decoding import media_types
from vault.domain.errors import UnknownReference
from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.values import LocalText
from vault.errors import VaultError
from vault.progress import Progress
from vault.services.errors import FileChanged, NoSuchRecord, VaultIsReadOnly
from vault.services.published_file import new_file
from vault.services.session import VaultSession
from vault.store.reader import Reader
from vault.store.writer import Writer

_BLOCK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class AddedFile:
    """One file that was taken in; `duplicate_of` is the reference of evidence that has it too."""

    evidence_id: str
    evidence_ref: str
    file_name: str
    sha256: str
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence with its files and the history of who held it."""

    evidence: Evidence
    files: tuple[EvidenceFile, ...]
    custody: tuple[CustodyEvent, ...]


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """The outcome of hashing one file again; `reason` is an error code when it is not ok."""

    evidence_ref: str
    file_name: str
    ok: bool
    reason: str = ""


def now() -> str:
    """Return this moment with its offset, to the second, in the form of the case format."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().isoformat(timespec="seconds")


def list_evidence(session: VaultSession, case_reference: str) -> list[EvidenceRow]:
    """Return the evidence of a case in the order of its references."""
    with session.store.reader() as reader:
        case_id = reader.case_by_reference(case_reference).id
        return _rows(reader, case_id)


def evidence_rows(session: VaultSession, case_id: str) -> list[EvidenceRow]:
    """Return the evidence of a case by the case's id."""
    with session.store.reader() as reader:
        return _rows(reader, case_id)


def _rows(reader: Reader, case_id: str) -> list[EvidenceRow]:
    files = [r for r in reader.records(case_id, "evidence_file") if isinstance(r, EvidenceFile)]
    events = [r for r in reader.records(case_id, "custody_event") if isinstance(r, CustodyEvent)]
    return [
        EvidenceRow(
            item,
            tuple(file for file in files if file.evidence_id == item.id),
            tuple(event for event in events if event.evidence_id == item.id),
        )
        for item in reader.records(case_id, "evidence")
        if isinstance(item, Evidence)
    ]


def add_file_to_case(
    session: VaultSession,
    case_reference: str,
    path: Path,
    *,
    to: str | None,
    received_from: str,
    method: str,
    progress: Progress,
) -> AddedFile:
    """Take one file in: to the evidence `to` (a reference or exhibit number), else to a new one.

    `received_from` is a person's reference. See `add_file`.
    """
    with session.store.reader() as reader:
        case_id = reader.case_by_reference(case_reference).id
        evidence = _by_ref(reader, case_id, to) if to else None
        person_id = _person_id(reader, case_id, received_from)
    return add_file(
        session,
        case_id,
        path,
        evidence=evidence,
        received_from=person_id,
        method=method,
        progress=progress,
    )


def add_file(
    session: VaultSession,
    case_id: str,
    path: Path,
    *,
    evidence: Evidence | None,
    received_from: str,
    method: str,
    progress: Progress,
) -> AddedFile:
    """Take one file in, hashed and encrypted as it is read, with its custody event.

    A file that is in the case already is taken in all the same and `duplicate_of` says so.

    Raises:
        OSError when the file cannot be read; FileChanged when it changed meanwhile; DiskFull
        and the other errors of the store. On any error nothing is added.
    """
    if session.read_only:
        raise VaultIsReadOnly
    at = now()
    before = path.stat()
    with path.open("rb") as source, session.store.writer(session.author()) as writer:
        media_type = media_types.media_type(source.read(media_types.PEEK_BYTES), path.name)
        source.seek(0)
        if evidence is None:
            evidence = Evidence(
                id=str(uuid.uuid4()),
                case_id=case_id,
                ref=writer.new_ref(case_id, "evidence"),
                title=LocalText.of(ru=path.name, en=path.name),
                source_person_id=received_from,
                obtained_on=at[:10],
                how=method,
            )
            writer.put(evidence)
        file = writer.add_file(
            evidence,
            path.name,
            media_type,
            source,
            purpose="evidentiary",
            at=at,
            progress=progress,
        )
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise FileChanged(evidence=evidence.ref)
        duplicate = _duplicate(writer, file)
        if not evidence.sha256:
            evidence = replace(evidence, sha256=file.sha256, size_bytes=file.size_bytes)
            writer.put(evidence)
        _custody(writer, file, "received", at=at, method=method, from_person_id=received_from)
    return AddedFile(evidence.id, evidence.ref, file.file_name, file.sha256, duplicate)


def _custody(
    writer: Writer,
    file: EvidenceFile,
    action: str,
    *,
    at: str,
    method: str,
    from_person_id: str = "",
) -> None:
    writer.put(
        CustodyEvent(
            id=str(uuid.uuid4()),
            case_id=file.case_id,
            ref=writer.new_ref(file.case_id, "custody_event"),
            evidence_id=file.evidence_id,
            action=action,
            at=at,
            from_person_id=from_person_id,
            method=method,
            seal_or_hash=file.sha256,
        )
    )


def _duplicate(reader: Reader, file: EvidenceFile) -> str:
    for other in reader.records(file.case_id, "evidence_file"):
        if isinstance(other, EvidenceFile) and other.sha256 == file.sha256 and other != file:
            return reader.record(other.evidence_id).ref
    return ""


def _by_ref(reader: Reader, case_id: str, wanted: str) -> Evidence:
    for item in reader.records(case_id, "evidence"):
        if isinstance(item, Evidence) and wanted in {item.ref, item.exhibit_no}:
            return item
    raise NoSuchRecord(kind="evidence", ref=wanted[:40])


def _person_id(reader: Reader, case_id: str, ref: str) -> str:
    if not ref:
        return ""
    for person in reader.records(case_id, "person"):
        if person.ref == ref:
            return person.id
    raise UnknownReference(kind="custody_event", field="from", reference=ref[:40])


def open_bytes(session: VaultSession, file: EvidenceFile) -> bytes:
    """Return the whole plaintext of a file, for a viewer; raise `ObjectTampered` and others."""
    with session.store.reader() as reader, reader.open_object(file) as stream:
        return stream.read()


def extract_files(
    session: VaultSession,
    case_reference: str,
    wanted: Sequence[str],
    folder: Path,
    progress: Progress,
) -> list[Path]:
    """Write files out of the vault, decrypted, into `folder`; an audited act.

    The name is the exhibit number or reference and the original name, made harmless. An
    existing file is never overwritten; a file appears only when all of it was authentic.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    chosen = _chosen(session, case_reference, wanted)
    for number, (row, file) in enumerate(chosen, 1):
        target = folder / safe_file_name(f"{row.evidence.exhibit_no or row.evidence.ref} "
                                         f"{file.file_name}")  # fmt: skip
        with (
            session.store.reader() as reader,
            reader.open_object(file) as plain,
            new_file(target) as stream,
        ):
            digest = hashlib.sha256()
            while block := plain.read(_BLOCK_BYTES):
                progress.check()
                digest.update(block)
                stream.write(block)
            if digest.hexdigest() != file.sha256:
                raise FileChanged(evidence=row.evidence.ref)
        written.append(target)
        progress.report(number, len(chosen), "extracting")
    _note_extraction(session, chosen)
    return written


def _note_extraction(session: VaultSession, chosen: list[tuple[EvidenceRow, EvidenceFile]]) -> None:
    if session.read_only or not chosen:
        return
    at = now()
    with session.store.writer(session.author()) as writer:
        for _row, file in chosen:
            _custody(writer, file, "extracted", at=at, method="plain_file")
            writer.note("file_extracted", file.id)


def verify_files(
    session: VaultSession, case_reference: str, wanted: Sequence[str], progress: Progress
) -> list[VerifiedFile]:
    """Decrypt and hash files again; all of the case when none is named."""
    chosen = _chosen(session, case_reference, wanted)
    checked: list[VerifiedFile] = []
    for number, (row, file) in enumerate(chosen, 1):
        reason = _fault(session, file)
        checked.append(VerifiedFile(row.evidence.ref, file.file_name, not reason, reason))
        progress.report(number, len(chosen), "verifying_files")
    return checked


def _fault(session: VaultSession, file: EvidenceFile) -> str:
    digest = hashlib.sha256()
    try:
        with session.store.reader() as reader, reader.open_object(file) as plain:
            while block := plain.read(_BLOCK_BYTES):
                digest.update(block)
    except VaultError as error:
        return error.code
    return "" if digest.hexdigest() == file.sha256 else FileChanged.code


def _chosen(
    session: VaultSession, case_reference: str, wanted: Sequence[str]
) -> list[tuple[EvidenceRow, EvidenceFile]]:
    rows = list_evidence(session, case_reference)
    known = {name for row in rows for name in (row.evidence.ref, row.evidence.exhibit_no)}
    for name in wanted:
        if name not in known:
            raise NoSuchRecord(kind="evidence", ref=name[:40])
    return [
        (row, file)
        for row in rows
        for file in row.files
        if not wanted or {row.evidence.ref, row.evidence.exhibit_no} & set(wanted)
    ]


_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_LONGEST_NAME: Final = 120


def safe_file_name(untrusted_name: str) -> str:
    """Return a name without folders, control characters and what Windows refuses.

    Source of the reserved names: "Naming Files, Paths, and Namespaces", Microsoft.
    """
    last = re.split(r"[/\\]", untrusted_name)[-1]
    kept = "".join(
        character if character.isprintable() and character not in '<>:"/\\|?*' else "_"
        for character in last
    ).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if (stem or ending).partition(".")[0].lower() in _RESERVED:
        kept = f"_{kept}"
    if len(kept) > _LONGEST_NAME:
        kept = f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
    return kept or "_"
