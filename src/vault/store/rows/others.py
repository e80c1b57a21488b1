# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records of the kinds that have no type yet: the body whole, as canonical JSON.

Each of these kinds gets a table of its own together with its type (docs/decisions).
"""

from __future__ import annotations

import json
from typing import Final

from vault.domain.records import OtherRecord
from vault.store.connection import Database, Row
from vault.store.rows.columns import json_text

INSERT: Final = "INSERT INTO other_record (id, body) VALUES (?, ?)"
DELETE: Final = "DELETE FROM other_record WHERE id = ?"
SELECT: Final = """
SELECT r.id, r.case_id, r.ref, r.kind, o.body
FROM other_record AS o JOIN record AS r ON r.id = o.id
WHERE o.id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[OtherRecord]:
    """Return the records with these ids."""
    return [_other(row) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: OtherRecord) -> None:
    """Insert a record with its whole body."""
    db.run(INSERT, (record.id, json_text(record.body)))


def remove(db: Database, record_id: str) -> None:
    """Delete a record's body."""
    db.run(DELETE, (record_id,))


def _other(row: Row) -> OtherRecord:
    return OtherRecord(id=row[0], case_id=row[1], ref=row[2], kind=row[3], body=json.loads(row[4]))
