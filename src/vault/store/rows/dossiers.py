# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dossiers with the order of their exhibits, and deadlines."""

from __future__ import annotations

from typing import Final

from vault.domain.dossiers import Deadline, Dossier
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
INSERT INTO dossier (id, case_id, template, language, profile_id, title, status, custom)
VALUES (:id, :case_id, :template, :language, :profile_id, :title, :status, :custom)
"""
INSERT_EXHIBIT: Final = """
INSERT INTO dossier_exhibit (dossier_id, position, case_id, evidence_id) VALUES (?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM dossier WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, d.template, d.language, d.profile_id, d.title, d.status, d.custom
FROM dossier AS d JOIN record AS r ON r.id = d.id
WHERE d.id IN (SELECT value FROM json_each(?))
"""
SELECT_EXHIBITS: Final = """
SELECT dossier_id, evidence_id FROM dossier_exhibit
WHERE dossier_id IN (SELECT value FROM json_each(?))
ORDER BY dossier_id, position
"""
INSERT_DEADLINE: Final = """
INSERT INTO deadline (
    id, case_id, proceeding_id, template, trigger_event_id, starts, due, title, status,
    user_verified, calc_note, custom
) VALUES (
    :id, :case_id, :proceeding_id, :template, :trigger_event_id, :starts, :due, :title, :status,
    :user_verified, :calc_note, :custom
)
"""
DELETE_DEADLINE: Final = "DELETE FROM deadline WHERE id = ?"
SELECT_DEADLINES: Final = """
SELECT
    r.id, r.case_id, r.ref, d.proceeding_id, d.template, d.trigger_event_id, d.starts, d.due,
    d.title, d.status, d.user_verified, d.calc_note, d.custom
FROM deadline AS d JOIN record AS r ON r.id = d.id
WHERE d.id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[Dossier]:
    """Return the dossiers with these ids."""
    exhibits = grouped(db.all(SELECT_EXHIBITS, (wanted,)), str)
    return [_dossier(row, exhibits) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Dossier) -> None:
    """Insert a dossier with its exhibits in their order."""
    db.run(INSERT, to_row(record))
    for position, evidence_id in enumerate(record.evidence_ids):
        db.run(INSERT_EXHIBIT, (record.id, position, record.case_id, evidence_id))


def remove(db: Database, record_id: str) -> None:
    """Delete a dossier's plan."""
    db.run(DELETE, (record_id,))


def to_row(record: Dossier) -> dict[str, Value]:
    """Return the columns of one dossier."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "template": record.template,
        "language": record.language,
        "profile_id": record.profile_id or None,
        "title": local_text(record.title),
        "status": record.status,
        "custom": json_text(record.custom),
    }


def _dossier(row: Row, exhibits: dict[str, tuple[str, ...]]) -> Dossier:
    return Dossier(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        template=row[3],
        language=row[4],
        profile_id=row[5] or "",
        title=to_local_text(row[6]),
        status=row[7],
        evidence_ids=exhibits.get(row[0], ()),
        custom=to_custom(row[8]),
    )


def load_deadlines(db: Database, wanted: str) -> list[Deadline]:
    """Return the deadlines with these ids."""
    return [_deadline(row) for row in db.all(SELECT_DEADLINES, (wanted,))]


def add_deadline(db: Database, record: Deadline) -> None:
    """Insert a deadline."""
    db.run(INSERT_DEADLINE, deadline_to_row(record))


def remove_deadline(db: Database, record_id: str) -> None:
    """Delete a deadline."""
    db.run(DELETE_DEADLINE, (record_id,))


def deadline_to_row(record: Deadline) -> dict[str, Value]:
    """Return the columns of one deadline."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "proceeding_id": record.proceeding_id or None,
        "template": record.template,
        "trigger_event_id": record.trigger_event_id or None,
        "starts": record.starts,
        "due": record.due,
        "title": local_text(record.title),
        "status": record.status,
        "user_verified": flag(record.user_verified),
        "calc_note": local_text(record.calc_note),
        "custom": json_text(record.custom),
    }


def _deadline(row: Row) -> Deadline:
    return Deadline(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        proceeding_id=row[3] or "",
        template=row[4],
        trigger_event_id=row[5] or "",
        starts=row[6],
        due=row[7],
        title=to_local_text(row[8]),
        status=row[9],
        user_verified=to_flag(row[10]),
        calc_note=to_local_text(row[11]),
        custom=to_custom(row[12]),
    )
