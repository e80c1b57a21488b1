# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a damaged database: around the pages that do not read.

SQLCipher gives nothing more on a connection that met a page it could not authenticate. So the
connection is opened anew after each, and tables are walked by their row numbers, because any
index may be what is damaged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Self, TypeVar

from vault.crypto.secret_bytes import SecretBytes
from vault.store import history
from vault.store.connection import Database, Row, Value
from vault.store.errors import DatabaseDamaged
from vault.store.history import RecordVersion
from vault.store.reader import Reader
from vault.store.vault import VaultStore, keyed, reading_mode

RECORD_AFTER: Final = """
SELECT number, id, case_id, kind, ref, head, sealed_at, deleted_at FROM record WHERE number > ?
ORDER BY number LIMIT 1
"""
VERSION_AFTER: Final = """
SELECT number, record_id, hash FROM record_version WHERE number > ? ORDER BY number LIMIT 1
"""
VERSION: Final = """
SELECT hash, content, at, author_name, author_key, body, signature, relayed, deleted
FROM record_version WHERE number = ?
"""
PARENTS: Final = "SELECT parent FROM version_parent WHERE version = ? ORDER BY position"
MOST_FAILURES: Final = 500
"""How many numbers are tried one by one where a page does not read; each costs an opening."""

T = TypeVar("T")


class DamagedVault:
    """A vault whose database may fail at any page; a context manager."""

    def __init__(self, store: VaultStore, vault_id: bytes, vmk: SecretBytes) -> None:
        """Read beside an open store, whose own connection is left alone."""
        self._store = store
        self._vault_id = vault_id
        self._vmk = vmk
        self._db = self._connected()
        self._failures = 0

    @property
    def reader(self) -> Reader:
        """Reads by the connection as it is now; take it anew for every attempt."""
        return Reader(replace(self._store.parts, db=self._db))

    def attempt(self, read: Callable[[Reader], T]) -> T:
        """Return what `read` returns; after `DatabaseDamaged` the connection is a new one."""
        try:
            return read(self.reader)
        except DatabaseDamaged:
            self._connect_again()
            raise

    def rows(self, statement: str) -> Iterator[Row]:
        """Give every row that reads, by number, stepping over what does not."""
        last = 0
        while self._failures < MOST_FAILURES:
            try:
                found = self._all(statement, (last,))
            except DatabaseDamaged:
                last += 1
                self._failures += 1
                continue
            if not found:
                return
            last = found[0][0]
            yield found[0]

    def versions(self, row: Row, numbers: Sequence[int]) -> list[RecordVersion]:
        """Return the versions with these numbers that read; `row` is from `RECORD_AFTER`."""
        found: list[RecordVersion] = []
        for number in numbers:
            try:
                rows = self._all(VERSION, (number,))
            except DatabaseDamaged:
                continue
            found.extend(self._version(row, columns, found) for columns in rows)
        return found

    def _version(self, row: Row, columns: Row, before: Sequence[RecordVersion]) -> RecordVersion:
        _, record_id, case_id, kind, *_ = row
        version = RecordVersion(
            hash=columns[0],
            record_id=record_id,
            case_id=case_id,
            kind=kind,
            content=columns[1],
            parents=(),
            at=columns[2],
            author_name=columns[3],
            author_key=columns[4],
            body=json.loads(columns[5]),
            signature=columns[6],
            relayed=bool(columns[7]),
            deleted=bool(columns[8]),
        )
        try:
            parents = tuple(parent for (parent,) in self._all(PARENTS, (version.hash,)))
        except DatabaseDamaged:
            # The hash tells which: nearly always the version before.
            parents = tuple(one.hash for one in before[-1:])
        with_parents = replace(version, parents=parents)
        if history.version_hash(with_parents.statement()) == version.hash:
            return with_parents
        return version

    def _all(self, statement: str, parameters: Sequence[Value]) -> list[Row]:
        try:
            return self._db.all(statement, parameters)
        except DatabaseDamaged:
            self._connect_again()
            raise

    def _connect_again(self) -> None:
        self._db.close()
        self._db = self._connected()

    def _connected(self) -> Database:
        place = self._store.folder
        with keyed(place.database, self._vault_id, self._vmk, reading_mode(place)) as db:
            return db

    def __enter__(self) -> Self:
        """Return the vault."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the connection."""
        self._db.close()
