# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases in table `case_file`."""

from __future__ import annotations

from typing import Final

from vault.domain.cases import Case
from vault.store.connection import Database, Row, Value
from vault.store.rows import word_lists
from vault.store.rows.columns import json_text, local_text, to_custom, to_local_text
from vault.store.rows.word_lists import WordLists

INSERT: Final = """
INSERT INTO case_file (
    id, reference, title, client_id, opened_on, status, risk_level, monitoring, summary,
    country_of_origin, host_country, lead_lawyer_id, as_of, default_timezone, custom
) VALUES (
    :id, :reference, :title, :client_id, :opened_on, :status, :risk_level, :monitoring, :summary,
    :country_of_origin, :host_country, :lead_lawyer_id, :as_of, :default_timezone, :custom
)
"""
DELETE: Final = "DELETE FROM case_file WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, c.reference, c.title, c.client_id, c.opened_on, c.status,
    c.risk_level, c.monitoring, c.summary, c.country_of_origin, c.host_country,
    c.lead_lawyer_id, c.as_of, c.default_timezone, c.custom
FROM case_file AS c JOIN record AS r ON r.id = c.id
WHERE c.id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[Case]:
    """Return the cases with these ids."""
    lists = WordLists(db, wanted)
    return [_case(row, lists) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Case) -> None:
    """Insert a case."""
    db.run(INSERT, to_row(record))
    word_lists.add(db, record.id, languages=record.languages)


def remove(db: Database, record_id: str) -> None:
    """Delete a case's own row."""
    word_lists.remove(db, record_id)
    db.run(DELETE, (record_id,))


def to_row(record: Case) -> dict[str, Value]:
    """Return the columns of one case."""
    return {
        "id": record.id,
        "reference": record.reference,
        "title": local_text(record.title),
        "client_id": record.client_id or None,
        "opened_on": record.opened_on,
        "status": record.status,
        "risk_level": record.risk_level,
        "monitoring": record.monitoring,
        "summary": local_text(record.summary),
        "country_of_origin": record.country_of_origin,
        "host_country": record.host_country,
        "lead_lawyer_id": record.lead_lawyer_id or None,
        "as_of": record.as_of,
        "default_timezone": record.default_timezone,
        "custom": json_text(record.custom),
    }


def _case(row: Row, lists: WordLists) -> Case:
    return Case(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        reference=row[3],
        title=to_local_text(row[4]),
        client_id=row[5] or "",
        opened_on=row[6],
        status=row[7],
        risk_level=row[8],
        monitoring=row[9],
        summary=to_local_text(row[10]),
        country_of_origin=row[11],
        host_country=row[12],
        languages=lists.of(row[0], "languages"),
        lead_lawyer_id=row[13] or "",
        as_of=row[14],
        default_timezone=row[15],
        custom=to_custom(row[16]),
    )
