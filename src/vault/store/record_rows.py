# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table `record`: one row for every record of any kind, naming its newest version."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vault.domain.records import Record, kind_spec
from vault.store.connection import Database, Value
from vault.store.rows.columns import ids_json
from vault.store.rows.tables import TABLES

STUB: Final = "stub"
"""The kind of a record that is pointed at and that this vault was not given."""

INSERT: Final = """
INSERT INTO record (id, case_id, kind, ref, head, updated_at, deleted_at)
VALUES (:id, :case_id, :kind, :ref, :head, :at, :deleted_at)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, ref = excluded.ref, head = excluded.head,
    updated_at = excluded.updated_at, deleted_at = excluded.deleted_at
RETURNING number
"""
INSERT_STUB: Final = """
INSERT INTO record (id, case_id, kind, ref, head, updated_at)
VALUES (?, ?, 'stub', '?' || ?, '', ?) ON CONFLICT (id) DO NOTHING
"""
MOVE_STUB: Final = """
UPDATE record SET number = (SELECT max(number) + 1 FROM record) WHERE id = ? AND head = ''
"""
SEAL: Final = "UPDATE record SET sealed_at = ? WHERE id = ?"
SELECT_ROW: Final = """
SELECT
    r.number, r.case_id, r.kind, r.ref, r.head, r.updated_at, r.sealed_at, r.deleted_at,
    coalesce(v.content, ''), coalesce(v.author_name, '')
FROM record AS r LEFT JOIN record_version AS v ON v.hash = r.head
WHERE r.id = ?
"""
SELECT_OF_CASE: Final = """
SELECT id, kind FROM record
WHERE case_id = ? AND head <> '' AND deleted_at = '' AND (? = '' OR kind = ?)
ORDER BY number
"""
SELECT_OF_IDS: Final = """
SELECT id, kind FROM record
WHERE id IN (SELECT value FROM json_each(?)) AND head <> '' AND deleted_at = ''
ORDER BY number
"""
SELECT_CASES: Final = """
SELECT id, kind FROM record
WHERE kind = 'case' AND head <> '' AND deleted_at = '' ORDER BY number
"""
SELECT_BY_REF: Final = """
SELECT id FROM record WHERE case_id = ? AND ref = ? AND head <> '' AND deleted_at = ''
"""
SELECT_REF_OWNER: Final = "SELECT id FROM record WHERE case_id = ? AND ref = ?"
SELECT_REFS: Final = "SELECT ref FROM record WHERE case_id = ?"
SELECT_CASE_REFS: Final = "SELECT ref FROM record WHERE kind = 'case'"
COUNT_LIVE: Final = """
SELECT count(*) FROM record
WHERE case_id = ? AND id <> case_id AND head <> '' AND deleted_at = ''
"""
_FEWEST_DIGITS: Final = 2
_CASE_DIGITS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """What stands in `record` and in the newest version beside it."""

    number: int
    case_id: str
    kind: str
    ref: str
    head: str
    updated_at: str
    sealed_at: str
    deleted_at: str
    content: str
    author_name: str

    @property
    def is_stub(self) -> bool:
        """Whether only its id is known here."""
        return self.head == ""


def row_of(db: Database, record_id: str) -> RecordRow | None:
    """Return the row of a record, deleted or not, or None."""
    row = db.one(SELECT_ROW, (record_id,))
    if row is None:
        return None
    return RecordRow(
        number=row[0],
        case_id=row[1],
        kind=row[2],
        ref=row[3],
        head=row[4],
        updated_at=row[5],
        sealed_at=row[6],
        deleted_at=row[7],
        content=row[8],
        author_name=row[9],
    )


def set_head(
    db: Database,
    *,
    record_id: str,
    case_id: str,
    kind: str,
    ref: str,
    head: str,
    at: str,
    deleted: bool = False,
) -> int:
    """Make a version the newest of its record and return the record's row number."""
    parameters: dict[str, Value] = {
        "id": record_id,
        "case_id": case_id,
        "kind": kind,
        "ref": ref,
        "head": head,
        "at": at,
        "deleted_at": at if deleted else "",
    }
    # A record that was only pointed at takes its place in the order when it arrives.
    db.run(MOVE_STUB, (record_id,))
    return int(db.value(INSERT, parameters))


def add_stub(db: Database, record_id: str, case_id: str, at: str) -> None:
    """Make room for a record that is pointed at and is not here, unless it is."""
    db.run(INSERT_STUB, (record_id, case_id, record_id, at))


def seal(db: Database, record_id: str, at: str) -> None:
    """Mark a record as sealed."""
    db.run(SEAL, (at, record_id))


def of_case(db: Database, case_id: str, kind: str) -> list[Record]:
    """Return the records of a case, of one kind or of all ("") , in the order of entry."""
    return _loaded(db, db.all(SELECT_OF_CASE, (case_id, kind, kind)))


def of_ids(db: Database, ids: Iterable[str]) -> list[Record]:
    """Return the records with these ids that are there, in the order of entry."""
    return _loaded(db, db.all(SELECT_OF_IDS, (ids_json(ids),)))


def cases(db: Database) -> list[Record]:
    """Return every case."""
    return _loaded(db, db.all(SELECT_CASES))


def by_ref(db: Database, case_id: str, ref: str) -> str | None:
    """Return the id of a record by its reference in its case."""
    row = db.one(SELECT_BY_REF, (case_id, ref))
    return None if row is None else str(row[0])


def owner_of_ref(db: Database, case_id: str, ref: str) -> str | None:
    """Return the id of whoever has the reference, deleted or not."""
    row = db.one(SELECT_REF_OWNER, (case_id, ref))
    return None if row is None else str(row[0])


def live_records(db: Database, case_id: str) -> int:
    """Return how many records a case has besides itself."""
    return int(db.value(COUNT_LIVE, (case_id,)))


def new_ref(db: Database, case_id: str, kind: str) -> str:
    """Return the next free reference of a kind: one above the highest, as wide as the widest.

    References of deleted records are not given again.
    """
    prefix = kind_spec(kind).prefix
    if kind == "case":
        rows, width = db.all(SELECT_CASE_REFS), _CASE_DIGITS
    else:
        rows, width = db.all(SELECT_REFS, (case_id,)), _FEWEST_DIGITS
    shape = re.compile(re.escape(prefix) + r"([0-9]{1,9})")
    highest = 0
    for (ref,) in rows:
        match = shape.fullmatch(ref)
        if match:
            highest = max(highest, int(match[1]))
            width = max(width, len(match[1]))
    return f"{prefix}{highest + 1:0{width}d}"


def _loaded(db: Database, rows: list[tuple[str, str]]) -> list[Record]:
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, kind in rows:
        wanted[kind].append(record_id)
    found: dict[str, Record] = {}
    for kind, ids in wanted.items():
        for record in TABLES[kind].load(db, ids_json(ids)):
            found[record.id] = record
    return [found[record_id] for record_id, _ in rows if record_id in found]
