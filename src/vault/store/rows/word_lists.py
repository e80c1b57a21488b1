# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of words that belong to a record: roles, languages, purposes, citizenships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from vault.store.connection import Database

INSERT: Final = """
INSERT INTO record_list (record_id, list, position, value) VALUES (?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM record_list WHERE record_id = ?"
SELECT: Final = """
SELECT record_id, list, value FROM record_list
WHERE record_id IN (SELECT value FROM json_each(?))
ORDER BY record_id, list, position
"""


class WordLists:
    """The word lists of some records, read at once."""

    def __init__(self, db: Database, wanted: str) -> None:
        """Read all lists of the records whose ids are in the JSON array `wanted`."""
        self._found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for record_id, name, word in db.all(SELECT, (wanted,)):
            self._found[record_id, name].append(word)

    def of(self, record_id: str, name: str) -> tuple[str, ...]:
        """Return one list, empty when there is none."""
        return tuple(self._found.get((record_id, name), ()))


def add(db: Database, record_id: str, **lists: Sequence[str]) -> None:
    """Insert the lists of one record, each under its name."""
    rows = [
        (record_id, name, position, word)
        for name, words in lists.items()
        for position, word in enumerate(words)
    ]
    db.many(INSERT, rows)


def remove(db: Database, record_id: str) -> None:
    """Delete all lists of one record."""
    db.run(DELETE, (record_id,))
