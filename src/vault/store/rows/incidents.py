# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Incidents in table `incident`, with their place."""

from __future__ import annotations

from typing import Final

from vault.domain.incidents import Incident, Place
from vault.store.connection import Database, Row, Value
from vault.store.rows import word_lists
from vault.store.rows.columns import (
    flag,
    grouped,
    json_text,
    local_text,
    to_custom,
    to_flag,
    to_local_text,
)
from vault.store.rows.word_lists import WordLists

INSERT: Final = """
INSERT INTO incident (
    id, title, date_start, date_end, date_note, description, violation_status, confidentiality,
    is_contextual, custom
) VALUES (
    :id, :title, :date_start, :date_end, :date_note, :description, :violation_status,
    :confidentiality, :is_contextual, :custom
)
"""
INSERT_PLACE: Final = """
INSERT INTO incident_place (incident_id, country, admin, locality, custom) VALUES (?, ?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM incident WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, i.title, i.date_start, i.date_end, i.date_note, i.description,
    i.violation_status, i.confidentiality, i.is_contextual, i.custom
FROM incident AS i JOIN record AS r ON r.id = i.id
WHERE i.id IN (SELECT value FROM json_each(?))
"""
SELECT_PLACES: Final = """
SELECT incident_id, country, admin, locality, custom FROM incident_place
WHERE incident_id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[Incident]:
    """Return the incidents with these ids."""
    lists = WordLists(db, wanted)
    places = grouped(db.all(SELECT_PLACES, (wanted,)), _place)
    return [_incident(row, lists, places) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Incident) -> None:
    """Insert an incident with its place."""
    db.run(INSERT, to_row(record))
    place = record.place
    if place is not None:
        columns = (place.country, local_text(place.admin), local_text(place.locality))
        db.run(INSERT_PLACE, (record.id, *columns, json_text(place.custom)))
    word_lists.add(db, record.id, act_types_summary=record.act_types_summary)


def remove(db: Database, record_id: str) -> None:
    """Delete an incident with its place."""
    word_lists.remove(db, record_id)
    db.run(DELETE, (record_id,))


def to_row(record: Incident) -> dict[str, Value]:
    """Return the incident's own columns."""
    return {
        "id": record.id,
        "title": local_text(record.title),
        "date_start": record.date_start,
        "date_end": record.date_end,
        "date_note": local_text(record.date_note),
        "description": local_text(record.description),
        "violation_status": record.violation_status,
        "confidentiality": record.confidentiality,
        "is_contextual": flag(record.is_contextual),
        "custom": json_text(record.custom),
    }


def _incident(row: Row, lists: WordLists, places: dict[str, tuple[Place, ...]]) -> Incident:
    own = row[0]
    return Incident(
        id=own,
        case_id=row[1],
        ref=row[2],
        title=to_local_text(row[3]),
        date_start=row[4],
        date_end=row[5],
        date_note=to_local_text(row[6]),
        place=next(iter(places.get(own, ())), None),
        description=to_local_text(row[7]),
        violation_status=row[8],
        confidentiality=row[9],
        is_contextual=to_flag(row[10]),
        act_types_summary=lists.of(own, "act_types_summary"),
        custom=to_custom(row[11]),
    )


def _place(country: str, admin: str, locality: str, custom: str) -> Place:
    return Place(
        country=country,
        admin=to_local_text(admin),
        locality=to_local_text(locality),
        custom=to_custom(custom),
    )
