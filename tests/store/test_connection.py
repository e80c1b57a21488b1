# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyed connection: encrypted from the first byte, strict, and denying what could leak."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.progress import Cancelled
from vault.store import connection
from vault.store.connection import Database, connect
from vault.store.errors import (
    DanglingReference,
    DatabaseDamaged,
    DiskFailed,
    PlainDatabase,
    ReadOnlyVault,
    RefusedByDatabase,
    UnexpectedDatabaseError,
    WrongDatabaseKey,
    named,
)
from vault.store.vault_folder import SQLITE_MAGIC

CANARY = "Вершков-канарейка"


@pytest.fixture
def key() -> SecretBytes:
    return SecretBytes.random()


@pytest.fixture
def db(tmp_path: Path, key: SecretBytes) -> Iterator[Database]:
    made = connect(tmp_path / "vault.db", key, mode="rwc")
    yield made
    made.close()


def test_nothing_readable_reaches_any_file(db: Database, tmp_path: Path) -> None:
    db.run("CREATE TABLE word (text TEXT) STRICT")
    for _ in range(300):
        db.run("INSERT INTO word VALUES (?)", (CANARY,))

    contents = [path.read_bytes() for path in tmp_path.iterdir()]

    assert len(contents) == 3
    assert not any(CANARY.encode() in content for content in contents)
    assert not any(content.startswith(SQLITE_MAGIC) for content in contents)


def test_the_settings_of_the_checklist_are_in_force(db: Database) -> None:
    wanted = {
        "temp_store": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "synchronous": 2,
        "journal_mode": "wal",
        "cipher_page_size": "4096",
    }

    with db.maintenance():
        found = {name: db.value(f"PRAGMA {name}") for name in wanted}

    assert found == wanted


def test_the_key_is_32_bytes_and_never_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(VaultBug):
        connect(tmp_path / "vault.db", SecretBytes.random(31), mode="rwc")


def test_another_key_does_not_open_it(db: Database, tmp_path: Path) -> None:
    db.run("CREATE TABLE word (text TEXT) STRICT")

    with pytest.raises(WrongDatabaseKey):
        connect(tmp_path / "vault.db", SecretBytes.random())


def test_the_same_key_opens_what_a_raw_key_made(
    db: Database, tmp_path: Path, key: SecretBytes
) -> None:
    # Another way of keying proves that the 32 bytes went in as they are, not as a passphrase.
    db.run("CREATE TABLE word (text TEXT) STRICT")
    other = dbapi2.connect(str(tmp_path / "vault.db"))
    other.execute(f"PRAGMA key = \"x'{key.view().hex()}'\"")

    assert other.execute("SELECT count(*) FROM word").fetchone() == (0,)
    other.close()


def test_a_plain_sqlite_file_is_named(tmp_path: Path, key: SecretBytes) -> None:
    plain = dbapi2.connect(str(tmp_path / "vault.db"))
    plain.execute("CREATE TABLE word (text TEXT)")
    plain.close()

    with pytest.raises(PlainDatabase):
        connect(tmp_path / "vault.db", key)


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH ':memory:' AS other",
        "ATTACH 'plain.db' AS plain KEY ''",
        "DETACH main",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "PRAGMA temp_store = 1",
        "PRAGMA rekey = 'x'",
        "PRAGMA key = 'x'",
        "PRAGMA cipher_log = 'log.txt'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA user_version = 7",
        "PRAGMA foreign_keys = OFF",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_what_could_leak_or_weaken_is_denied(db: Database, statement: str) -> None:
    with pytest.raises(UnexpectedDatabaseError):
        db.run(statement)


def test_maintenance_is_for_its_block_only(db: Database, tmp_path: Path) -> None:
    with db.maintenance():
        db.run("VACUUM INTO ?", (str(tmp_path / "copy.db"),))

    with pytest.raises(UnexpectedDatabaseError):
        db.run("VACUUM INTO ?", (str(tmp_path / "second.db"),))


def test_a_reader_cannot_write(db: Database) -> None:
    db.run("CREATE TABLE word (text TEXT) STRICT")

    with db.reading(), pytest.raises(ReadOnlyVault):
        db.run("INSERT INTO word VALUES ('x')")
    db.run("INSERT INTO word VALUES ('x')")

    assert db.value("SELECT count(*) FROM word") == 1


def test_a_failing_block_leaves_nothing(db: Database) -> None:
    db.run("CREATE TABLE word (text TEXT) STRICT")

    with contextlib.suppress(KeyError), db.writing():
        db.run("INSERT INTO word VALUES ('x')")
        raise KeyError

    assert db.value("SELECT count(*) FROM word") == 0


def test_a_reference_that_leads_nowhere_is_found_at_the_end(db: Database) -> None:
    db.run("CREATE TABLE word (id INTEGER PRIMARY KEY) STRICT")
    db.run(
        "CREATE TABLE use (word INTEGER REFERENCES word (id) DEFERRABLE INITIALLY DEFERRED) STRICT"
    )

    with pytest.raises(DanglingReference) as caught, db.writing():
        db.run("INSERT INTO use VALUES (1)")

    assert caught.value.details == {"table": "use", "count": 1}
    assert not db.in_transaction


@pytest.mark.parametrize(
    "name, expected",
    [
        ("SQLITE_CORRUPT", DatabaseDamaged),
        ("SQLITE_IOERR", DiskFailed),
        ("SQLITE_CONSTRAINT", RefusedByDatabase),
        ("SQLITE_INTERRUPT", Cancelled),
        ("SQLITE_ERROR", UnexpectedDatabaseError),
    ],
)
def test_driver_errors_go_by_their_symbolic_name(name: str, expected: type[Exception]) -> None:
    error = dbapi2.DatabaseError("a message that says something else")
    error.sqlite_errorname = name

    assert type(named(error)) is expected


CHILD = """
import sys
from pathlib import Path
from vault.crypto.secret_bytes import SecretBytes
from vault.store.connection import connect

key = SecretBytes(bytearray(sys.stdin.buffer.read(32)))
db = connect(Path(sys.argv[1]), key, mode="rwc")
db.run("CREATE TABLE word (text TEXT) STRICT")
sys.stdout.write("ready")
sys.stdout.flush()
sys.stdin.buffer.read(1)
"""


def test_the_key_literal_is_zeroed_after_its_use() -> None:
    with connection._literal(SecretBytes.copy_of(bytes(range(32)))) as literal:
        kept = literal
        assert bytes(kept) == b"x'" + bytes(range(32)).hex().encode() + b"'"

    assert kept == bytes(67)


@pytest.mark.skipif(sys.platform != "linux", reason="reads another process's memory by /proc")
def test_no_copy_of_the_key_literal_stays_in_memory(tmp_path: Path) -> None:
    key = os.urandom(32)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path / "vault.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(key)
        child.stdin.flush()
        assert child.stdout.read(5) == b"ready"
        memory = _memory_of(child.pid)
        child.stdin.write(b"x")

    assert memory.count(key), "the raw key is there, or the search finds nothing at all"
    assert not memory.count(key.hex().encode()[:40])


def _memory_of(pid: int) -> bytes:
    process = Path(f"/proc/{pid}")
    found = []
    with (process / "mem").open("rb") as memory:
        for line in (process / "maps").read_text(encoding="ascii").splitlines():
            span, rights = line.split()[:2]
            if not rights.startswith("rw") or "[v" in line:
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            found.append(memory.read(end - start))
    return b"".join(found)
