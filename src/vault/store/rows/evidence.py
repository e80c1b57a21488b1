# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence, its files, and the custody events, which are only ever added."""

from __future__ import annotations

from typing import Final

from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.store.connection import Database, Row, Value
from vault.store.rows.columns import (
    flag,
    grouped,
    json_text,
    local_text,
    to_custom,
    to_flag,
    to_local_text,
)

INSERT: Final = """
INSERT INTO evidence (
    id, case_id, exhibit_no, title, category, huridocs_source_type, language, document_date,
    obtained_on, source_person_id, how, sha256, size_bytes, translation_of_id, reliability,
    confidentiality, sensitive, custom
) VALUES (
    :id, :case_id, :exhibit_no, :title, :category, :huridocs_source_type, :language,
    :document_date, :obtained_on, :source_person_id, :how, :sha256, :size_bytes,
    :translation_of_id, :reliability, :confidentiality, :sensitive, :custom
)
"""
INSERT_INCIDENT: Final = """
INSERT INTO evidence_incident (evidence_id, position, case_id, incident_id) VALUES (?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM evidence WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, e.exhibit_no, e.title, e.category, e.huridocs_source_type, e.language,
    e.document_date, e.obtained_on, e.source_person_id, e.how, e.sha256, e.size_bytes,
    e.translation_of_id, e.reliability, e.confidentiality, e.sensitive, e.custom
FROM evidence AS e JOIN record AS r ON r.id = e.id
WHERE e.id IN (SELECT value FROM json_each(?))
"""
SELECT_INCIDENTS: Final = """
SELECT evidence_id, incident_id FROM evidence_incident
WHERE evidence_id IN (SELECT value FROM json_each(?))
ORDER BY evidence_id, position
"""
INSERT_FILE: Final = """
INSERT INTO evidence_file (
    id, case_id, evidence_id, purpose, file_name, media_type, size_bytes, sha256, added_at,
    derived_from_id, custom
) VALUES (
    :id, :case_id, :evidence_id, :purpose, :file_name, :media_type, :size_bytes, :sha256,
    :added_at, :derived_from_id, :custom
)
"""
DELETE_FILE: Final = "DELETE FROM evidence_file WHERE id = ?"
SELECT_FILES: Final = """
SELECT
    r.id, r.case_id, r.ref, f.evidence_id, f.purpose, f.file_name, f.media_type, f.size_bytes,
    f.sha256, f.added_at, f.derived_from_id, f.custom
FROM evidence_file AS f JOIN record AS r ON r.id = f.id
WHERE f.id IN (SELECT value FROM json_each(?))
"""
INSERT_CUSTODY: Final = """
INSERT INTO custody_event (
    id, case_id, evidence_id, action, at, from_person_id, to_person_id, method, seal_or_hash,
    note, custom
) VALUES (
    :id, :case_id, :evidence_id, :action, :at, :from_person_id, :to_person_id, :method,
    :seal_or_hash, :note, :custom
)
"""
DELETE_CUSTODY: Final = "DELETE FROM custody_event WHERE id = ?"
SELECT_CUSTODY: Final = """
SELECT
    r.id, r.case_id, r.ref, c.evidence_id, c.action, c.at, c.from_person_id, c.to_person_id,
    c.method, c.seal_or_hash, c.note, c.custom
FROM custody_event AS c JOIN record AS r ON r.id = c.id
WHERE c.id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[Evidence]:
    """Return the pieces of evidence with these ids."""
    incidents = grouped(db.all(SELECT_INCIDENTS, (wanted,)), str)
    return [_evidence(row, incidents) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Evidence) -> None:
    """Insert a piece of evidence with its links to incidents."""
    db.run(INSERT, to_row(record))
    for position, incident_id in enumerate(record.linked_incident_ids):
        db.run(INSERT_INCIDENT, (record.id, position, record.case_id, incident_id))


def remove(db: Database, record_id: str) -> None:
    """Delete a piece of evidence with its links."""
    db.run(DELETE, (record_id,))


def to_row(record: Evidence) -> dict[str, Value]:
    """Return the columns of a piece of evidence."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "exhibit_no": record.exhibit_no,
        "title": local_text(record.title),
        "category": record.category,
        "huridocs_source_type": record.huridocs_source_type,
        "language": record.language,
        "document_date": record.document_date,
        "obtained_on": record.obtained_on,
        "source_person_id": record.source_person_id or None,
        "how": record.how,
        "sha256": record.sha256,
        "size_bytes": record.size_bytes,
        "translation_of_id": record.translation_of_id or None,
        "reliability": record.reliability,
        "confidentiality": record.confidentiality,
        "sensitive": flag(record.sensitive),
        "custom": json_text(record.custom),
    }


def _evidence(row: Row, incidents: dict[str, tuple[str, ...]]) -> Evidence:
    return Evidence(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        exhibit_no=row[3],
        title=to_local_text(row[4]),
        category=row[5],
        huridocs_source_type=row[6],
        language=row[7],
        document_date=row[8],
        obtained_on=row[9],
        source_person_id=row[10] or "",
        linked_incident_ids=incidents.get(row[0], ()),
        how=row[11],
        sha256=row[12],
        size_bytes=row[13],
        translation_of_id=row[14] or "",
        reliability=row[15],
        confidentiality=row[16],
        sensitive=to_flag(row[17]),
        custom=to_custom(row[18]),
    )


def load_files(db: Database, wanted: str) -> list[EvidenceFile]:
    """Return the files with these ids."""
    return [_file(row) for row in db.all(SELECT_FILES, (wanted,))]


def add_file(db: Database, record: EvidenceFile) -> None:
    """Insert the record of a file; its bytes are the matter of `objects`."""
    db.run(INSERT_FILE, file_to_row(record))


def remove_file(db: Database, record_id: str) -> None:
    """Delete the record of a file."""
    db.run(DELETE_FILE, (record_id,))


def file_to_row(record: EvidenceFile) -> dict[str, Value]:
    """Return the columns of a file."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "evidence_id": record.evidence_id,
        "purpose": record.purpose,
        "file_name": record.file_name,
        "media_type": record.media_type,
        "size_bytes": record.size_bytes,
        "sha256": record.sha256,
        "added_at": record.added_at,
        "derived_from_id": record.derived_from_id or None,
        "custom": json_text(record.custom),
    }


def _file(row: Row) -> EvidenceFile:
    return EvidenceFile(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        evidence_id=row[3],
        purpose=row[4],
        file_name=row[5],
        media_type=row[6],
        size_bytes=row[7],
        sha256=row[8],
        added_at=row[9],
        derived_from_id=row[10] or "",
        custom=to_custom(row[11]),
    )


def load_custody(db: Database, wanted: str) -> list[CustodyEvent]:
    """Return the custody events with these ids."""
    return [_custody(row) for row in db.all(SELECT_CUSTODY, (wanted,))]


def add_custody(db: Database, record: CustodyEvent) -> None:
    """Insert a custody event; a trigger refuses every later change."""
    db.run(INSERT_CUSTODY, custody_to_row(record))


def remove_custody(db: Database, record_id: str) -> None:
    """Try to delete a custody event, which a trigger refuses once there is one."""
    db.run(DELETE_CUSTODY, (record_id,))


def custody_to_row(record: CustodyEvent) -> dict[str, Value]:
    """Return the columns of a custody event."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "evidence_id": record.evidence_id,
        "action": record.action,
        "at": record.at,
        "from_person_id": record.from_person_id,
        "to_person_id": record.to_person_id,
        "method": record.method,
        "seal_or_hash": record.seal_or_hash,
        "note": local_text(record.note),
        "custom": json_text(record.custom),
    }


def _custody(row: Row) -> CustodyEvent:
    return CustodyEvent(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        evidence_id=row[3],
        action=row[4],
        at=row[5],
        from_person_id=row[6],
        to_person_id=row[7],
        method=row[8],
        seal_or_hash=row[9],
        note=to_local_text(row[10]),
        custom=to_custom(row[11]),
    )
