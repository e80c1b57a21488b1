# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbered SQL migrations, forward only: each one whole or not at all.

`migrations/NNNN_what_it_does.sql`, numbers consecutive from 1, one statement per line start,
ending with a statement. The number is kept in `PRAGMA user_version`, inside the transaction.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vault.errors import VaultBug
from vault.paths import package_data
from vault.store.connection import Database
from vault.store.errors import DatabaseTooNew, MigrationFailed, RefusedByDatabase

_NAME: Final = re.compile(r"(?P<number>[0-9]{4})_(?P<name>[a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, its name, its SQL."""

    version: int
    name: str
    sql: str


@cache
def shipped() -> tuple[Migration, ...]:
    """Return the migrations of this program, in order."""
    found = []
    for entry in package_data("store", "migrations").iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            sql = entry.read_text(encoding="utf-8")
            found.append(Migration(int(match["number"]), match["name"], sql))
    return in_order(found)


def in_order(migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Sort by number; numbers that are missing or taken twice are a mistake of ours."""
    ordered = tuple(sorted(migrations, key=lambda migration: migration.version))
    if [migration.version for migration in ordered] != list(range(1, len(ordered) + 1)):
        raise VaultBug("the numbers of the migrations are not consecutive")
    return ordered


def statements(sql: str) -> Iterator[str]:
    """Split a script; `executescript` would commit the open transaction first."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise VaultBug("a migration ends in the middle of a statement")


def refuse_newer(db: Database, migrations: Sequence[Migration]) -> int:
    """Return the version of the database; raise `DatabaseTooNew` if it is not known here."""
    current = int(db.value("PRAGMA user_version"))
    if current > len(migrations):
        raise DatabaseTooNew(found=current, known=len(migrations))
    return current


def migrate(
    db: Database, migrations: Sequence[Migration], *, back_up: Callable[[int], None]
) -> list[Migration]:
    """Apply what is missing and return it; `back_up(version)` is called first if there is data.

    Raises:
        DatabaseTooNew: nothing was touched.
        MigrationFailed: the database is as it was before the step that failed.
    """
    current = refuse_newer(db, migrations)
    pending = [migration for migration in migrations if migration.version > current]
    if not pending:
        return []
    if current > 0:
        back_up(current)
    with db.maintenance():
        db.run("PRAGMA foreign_keys = OFF")  # does nothing inside a transaction
        try:
            for migration in pending:
                _apply(db, migration)
        finally:
            db.run("PRAGMA foreign_keys = ON")
    return pending


def _apply(db: Database, migration: Migration) -> None:
    try:
        with db.writing():
            for statement in statements(migration.sql):
                db.run(statement)
            if db.all("PRAGMA foreign_key_check"):
                raise VaultBug("the migration breaks a foreign key")
            # A PRAGMA takes no bound parameters; `:d` lets nothing but a number through.
            db.run(f"PRAGMA user_version = {migration.version:d}")
    except (VaultBug, RefusedByDatabase) as err:
        raise MigrationFailed(version=migration.version) from err
