# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Migrations: whole or not at all, after a copy, never of a newer file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.casework import Keys, case_of, file_hashes
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.store import migrate as migrate_module
from vault.store import vault
from vault.store.author import KeyAuthor
from vault.store.connection import Database, connect
from vault.store.errors import DatabaseTooNew, MigrationFailed
from vault.store.migrate import Migration, in_order, migrate, shipped, statements
from vault.store.vault import VaultStore

SCHEMA = Path(__file__).parents[2] / "src" / "vault" / "store" / "schema.sql"
FIRST = Migration(
    1,
    "persons",
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE note (person INTEGER NOT NULL REFERENCES person (id)) STRICT;\n",
)
REBUILD = Migration(
    2,
    "persons_have_a_kind",
    "-- A table that others point at is rebuilt with its children present.\n"
    "CREATE TABLE person_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT) STRICT;\n"
    "INSERT INTO person_new SELECT id, name, 'individual' FROM person;\n"
    "DROP TABLE person;\n"
    "ALTER TABLE person_new RENAME TO person;\n",
)


class _Copies:
    """Remembers before which version a copy was asked for."""

    def __init__(self) -> None:
        self.versions: list[int] = []

    def __call__(self, version: int) -> None:
        self.versions.append(version)


@pytest.fixture
def copies() -> _Copies:
    return _Copies()


@pytest.fixture
def db(tmp_path: Path, copies: _Copies) -> Database:
    made = connect(tmp_path / "vault.db", SecretBytes.random(), mode="rwc")
    migrate(made, [FIRST], back_up=copies)
    made.run("INSERT INTO person VALUES (1, 'Анна')")
    made.run("INSERT INTO note VALUES (1)")
    return made


def _schema(db: Database) -> str:
    rows = db.all(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search_text_%'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
    )
    return "\n\n".join(f"{sql};" for (sql,) in rows) + "\n"


def test_the_dumped_schema_is_what_the_migrations_make(store: VaultStore) -> None:
    made = _schema(store.parts.db)

    assert SCHEMA.read_text(encoding="utf-8") == made, "write it again: make schema"


def test_a_new_database_needs_no_copy(copies: _Copies, db: Database) -> None:
    assert copies.versions == []
    assert db.value("PRAGMA user_version") == 1


def test_a_migration_keeps_the_rows_and_what_points_at_them(copies: _Copies, db: Database) -> None:
    applied = migrate(db, [FIRST, REBUILD], back_up=copies)

    assert [migration.version for migration in applied] == [2]
    assert copies.versions == [1]
    assert db.all("SELECT id, name, kind FROM person") == [(1, "Анна", "individual")]
    assert db.value("PRAGMA user_version") == 2
    assert db.value("PRAGMA foreign_keys") == 1


def test_migrating_twice_does_nothing(copies: _Copies, db: Database) -> None:
    migrate(db, [FIRST, REBUILD], back_up=copies)

    assert migrate(db, [FIRST, REBUILD], back_up=copies) == []
    assert copies.versions == [1]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE half (a INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n",
        "CREATE TABLE half (a INTEGER) STRICT;\nDELETE FROM person;\n",
        "CREATE TABLE half (a INTEGER) STRICT;\nINSERT INTO person VALUES (1, 'twice');\n",
        "CREATE TABLE half (a INTEGER) STRICT;\nCREATE TABLE",
    ],
    ids=["an unknown table", "an orphan", "a constraint", "a statement without its end"],
)
def test_a_failing_migration_leaves_no_trace(db: Database, sql: str) -> None:
    before = _schema(db)

    with pytest.raises(MigrationFailed) as caught:
        migrate(db, [FIRST, Migration(2, "bad", sql)], back_up=lambda version: None)

    assert caught.value.details == {"version": 2}
    assert _schema(db) == before
    assert db.all("SELECT name FROM person") == [("Анна",)]
    assert db.value("PRAGMA user_version") == 1
    assert db.value("PRAGMA foreign_keys") == 1


def test_a_newer_database_is_refused(db: Database) -> None:
    with pytest.raises(DatabaseTooNew) as caught:
        migrate(db, [], back_up=lambda version: None)

    assert caught.value.details == {"found": 1, "known": 0}


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (1, 1)])
def test_numbers_must_be_consecutive(numbers: tuple[int, ...]) -> None:
    with pytest.raises(VaultBug):
        in_order([Migration(number, "x", "") for number in numbers])


def test_triggers_and_comments_do_not_break_the_splitting() -> None:
    script = (
        "-- one; two\n"
        "CREATE TRIGGER t BEFORE DELETE ON a BEGIN\n  SELECT RAISE(ABORT, 'no; never');\nEND;\n"
        "SELECT 1;\n"
    )

    assert [found.count(";") for found in statements(script)] == [4, 1]


def test_the_shipped_migrations_begin_with_one() -> None:
    assert [migration.version for migration in shipped()] == list(range(1, len(shipped()) + 1))


def test_other_files_beside_the_migrations_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (b TEXT);\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a migration", encoding="utf-8")
    monkeypatch.setattr(migrate_module, "package_data", lambda *names: tmp_path)

    found = migrate_module.shipped.__wrapped__()

    assert [(migration.version, migration.name) for migration in found] == [(1, "first")]


def test_a_vault_is_copied_before_it_is_migrated(
    store: VaultStore,
    folder: Path,
    keys: Keys,
    author: KeyAuthor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = case_of()
    with store.writer(author) as writer:
        writer.put(case)
    store.close()
    before = file_hashes(folder)["vault.db"]
    newer = (*shipped(), Migration(len(shipped()) + 1, "more", "CREATE TABLE more (a TEXT);\n"))
    monkeypatch.setattr(vault, "shipped", lambda: newer)

    with keys.open(folder) as opened, opened.reader() as reader:
        assert reader.record(case.id) == case

    (copy,) = folder.glob(f"vault.db.version-{len(shipped())}.*")
    monkeypatch.undo()
    assert file_hashes(folder)["vault.db"] != before
    copy.replace(folder / "vault.db")
    with keys.open(folder) as opened, opened.reader() as reader:
        assert reader.record(case.id) == case


def test_a_migration_that_fails_at_opening_changes_no_row(
    store: VaultStore, folder: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    bad = (*shipped(), Migration(len(shipped()) + 1, "bad", "INSERT INTO nowhere VALUES (1);\n"))
    monkeypatch.setattr(vault, "shipped", lambda: bad)
    with pytest.raises(MigrationFailed):
        keys.open(folder)
    monkeypatch.undo()

    keys.open(folder).close()
