# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases as `panah-case` JSON: import into a vault, export out of it."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from pathlib import Path

from vault.domain.case_format import case_file_of_records, records_of_case_file
from vault.domain.cases import Case
from vault.domain.evidence import Evidence
from vault.domain.records import Record, kind_of, kind_spec
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.services.casework import counts_by_kind
from vault.services.errors import CaseExists, VaultIsReadOnly
from vault.services.published_file import new_file
from vault.services.session import VaultSession
from vault.store.writer import Writer


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """What an import brought in."""

    case_id: str
    reference: str
    counts: tuple[tuple[str, int], ...]
    files: int


def import_case(session: VaultSession, document: JsonObject, progress: Progress) -> ImportedCase:
    """Import a whole case file in one transaction: everything, or nothing.

    The text that a demonstration file carries for its evidence becomes an evidence file.

    Raises:
        NotACaseFile, CaseFileTooNew, BadBody, UnknownReference, InvalidRecord, CaseExists.
    """
    if session.read_only:
        raise VaultIsReadOnly
    records = records_of_case_file(document, lambda _kind, _ref: str(uuid.uuid4()))
    case = records[0]
    assert isinstance(case, Case)  # noqa: S101 - the first record of a case file is its case
    files = 0
    with session.store.writer(session.author()) as writer:
        if any(row.case.reference == case.reference for row in writer.cases()):
            raise CaseExists(reference=case.reference)
        for number, record in enumerate(records, 1):
            progress.report(number, len(records), "importing_records")
            writer.put(record)
            if isinstance(record, Evidence):
                files += _carried_file(writer, record, progress)
        writer.note("case_imported", case.id, records=len(records))
    return ImportedCase(case.id, case.reference, counts_by_kind(records), files)


def _carried_file(writer: Writer, evidence: Evidence, progress: Progress) -> int:
    fixture = evidence.custom.get("fixture")
    if not isinstance(fixture, dict) or not isinstance(fixture.get("content"), str):
        return 0
    writer.add_file(
        evidence,
        str(fixture.get("file_name") or f"{evidence.ref}.txt"),
        str(fixture.get("media_type") or "text/plain"),
        io.BytesIO(str(fixture["content"]).encode("utf-8")),
        purpose="evidentiary",
        at=evidence.obtained_on,
        progress=progress,
    )
    return 1


def export_case(session: VaultSession, reference: str) -> JsonObject:
    """Return a case as a case file; what has no section there (evidence files) stays behind."""
    with session.store.reader() as reader:
        case = reader.case_by_reference(reference)
        records = reader.records(case.id)
    return case_file_of_records(_in_format(records))


def _in_format(records: list[Record]) -> list[Record]:
    return [record for record in records if kind_spec(kind_of(record)).section]


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file that was not there, completely or not at all; raise `TargetExists`."""
    with new_file(path) as stream:
        stream.write(content)
