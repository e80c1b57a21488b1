# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyed connection: opened in one fixed order, guarded by an authorizer, errors translated.

Why each step: a wrong key length silently becomes a passphrase; without a key SQLite writes a
plain file without complaint; temporary tables would spill plaintext; ATTACH can copy the vault
into an unencrypted file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.store.errors import DanglingReference, named
from vault.store.vault_folder import refuse_plain_database

KEY_BYTES: Final = 32
BUSY_SECONDS: Final = 5.0
Value = str | bytes | int | None
Row = tuple[Any, ...]

# Action codes of sqlite3_set_authorizer that the driver does not name.
_PRAGMA: Final = 19
_ATTACH: Final = 24
_DETACH: Final = 25
_FUNCTION: Final = 31

_PRAGMAS: Final = frozenset(
    {
        "query_only",
        "foreign_key_check",
        "data_version",  # FTS5 asks for it
        "page_size",  # FTS5 asks for it
        "cipher_integrity_check",
        "integrity_check",
        "wal_checkpoint",
    }
)
_READABLE_PRAGMAS: Final = frozenset({"user_version", "foreign_keys", "journal_mode"})
_FUNCTIONS_DENIED: Final = frozenset(
    {"load_extension", "sqlcipher_export", "readfile", "writefile"}
)
_OPENING: Final = (
    "PRAGMA temp_store = 2",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that REPLACE cannot delete past the triggers
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
)


class Database:
    """One keyed SQLCipher connection; used and closed in the thread that opened it.

    Every method raises this room's errors, never the driver's. Rows are tuples in the order
    of the columns as written in the statement.
    """

    def __init__(self, connection: dbapi2.Connection, path: Path) -> None:
        """Take a connection that `connect` has keyed and checked."""
        self._connection = connection
        self._maintaining = False
        self.path = path
        connection.set_authorizer(self._authorize)

    def run(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> int:
        """Execute one statement and return how many rows it changed."""
        with _translated():
            return self._connection.execute(sql, parameters).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Execute one statement for every row."""
        with _translated():
            self._connection.executemany(sql, rows)

    def all(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> list[Row]:
        """Return every row."""
        with _translated():
            return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> Row | None:
        """Return the first row, or None."""
        with _translated():
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
            return row

    def value(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> Any:
        """Return the first column of the only row."""
        row = self.one(sql, parameters)
        if row is None:
            raise VaultBug("a statement that must give a row gave none")
        return row[0]

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock for the block; commit at its end, roll back when it fails."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self._commit()
        except BaseException:
            self._roll_back()
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """See one unchanging state for the block; every write in it is refused."""
        self.run("PRAGMA query_only = ON")
        try:
            self.run("BEGIN")
            try:
                yield
            finally:
                self._roll_back()
        finally:
            self.run("PRAGMA query_only = OFF")

    @contextlib.contextmanager
    def maintenance(self) -> Iterator[None]:
        """Allow what the authorizer denies: copies of the database, and settings."""
        self._maintaining = True
        try:
            yield
        finally:
            self._maintaining = False

    def interrupt(self) -> None:
        """Stop the running statement with `Cancelled`; safe from any thread."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection; what is committed stays, the rest is rolled back."""
        with _translated():
            self._connection.close()

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except dbapi2.Error as err:
            # The only constraints that wait for the end are foreign keys.
            if err.sqlite_errorname != "SQLITE_CONSTRAINT":
                raise named(err) from err
            broken = self.all("PRAGMA foreign_key_check")
            tables = sorted({str(row[0]) for row in broken})
            raise DanglingReference(table=", ".join(tables), count=len(broken)) from err

    def _roll_back(self) -> None:
        # Some errors (a full disk, for one) have rolled back already.
        if self._connection.in_transaction:
            self.run("ROLLBACK")

    def _authorize(
        self,
        action: int,
        first: str | None,
        second: str | None,
        database: str | None,
        trigger: str | None,
    ) -> int:
        del database, trigger
        if self._maintaining:
            return dbapi2.SQLITE_OK
        if action in {_ATTACH, _DETACH}:
            return dbapi2.SQLITE_DENY
        if action == _FUNCTION and second in _FUNCTIONS_DENIED:
            return dbapi2.SQLITE_DENY
        if action == _PRAGMA:
            allowed = first in _PRAGMAS or (first in _READABLE_PRAGMAS and second is None)
            return dbapi2.SQLITE_OK if allowed else dbapi2.SQLITE_DENY
        return dbapi2.SQLITE_OK


def connect(path: Path, key: SecretBytes, *, mode: str = "rw") -> Database:
    """Open the database in the fixed order and prove that it is encrypted and readable.

    `mode` is "rwc" to create, "rw", "ro", or "immutable" for a file that nobody writes and
    beside which no other file may appear. The key is 32 bytes and is not kept.

    Raises:
        PlainDatabase: the file is an unencrypted SQLite file.
        WrongDatabaseKey: the key does not open it, or its first page is damaged.
        DatabaseDamaged, DiskFull, DiskFailed, ReadOnlyFolder: as their names say.
    """
    if path.exists():
        refuse_plain_database(path)
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    with _translated():
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?{query}",
            timeout=BUSY_SECONDS,
            isolation_level=None,
            uri=True,
        )
    try:
        with _translated():
            _key(connection, key)
            _prepare(connection, writable=mode in {"rw", "rwc"})
        refuse_plain_database(path)
        return Database(connection, path)
    except BaseException:
        connection.close()
        raise


def change_key(path: Path, old: SecretBytes, new: SecretBytes) -> None:
    """Encrypt every page of a closed database anew; the keys are not kept.

    A power cut in the middle leaves a journal that only the driver can finish: this is for a
    copy that nothing depends on yet. Raises as `connect` does.
    """
    refuse_plain_database(path)
    with _translated():
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            timeout=BUSY_SECONDS,
            isolation_level=None,
            uri=True,
        )
    try:
        with _translated():
            _key(connection, old)
            _prepare(connection, writable=False)
            with _literal(new) as literal:
                connection.reset_key(literal)
    finally:
        connection.close()


def _key(connection: dbapi2.Connection, key: SecretBytes) -> None:
    # SQLCipher prints its own lines to standard error unless told before the key.
    connection.execute("PRAGMA cipher_log_level = NONE")
    with _literal(key) as literal:
        connection.set_key(literal)


@contextlib.contextmanager
def _literal(key: SecretBytes) -> Iterator[bytearray]:
    """Give a raw key in the form that the driver takes; it is zeroed after the block."""
    if len(key) != KEY_BYTES:
        raise VaultBug("a database key has 32 bytes")
    literal = bytearray(2 * KEY_BYTES + 3)
    literal[:2] = b"x'"
    digits = b"0123456789abcdef"
    for position, octet in enumerate(key.view()):
        literal[2 + 2 * position] = digits[octet >> 4]
        literal[3 + 2 * position] = digits[octet & 15]
    literal[-1:] = b"'"
    try:
        yield literal
    finally:
        literal[:] = bytes(len(literal))


def _prepare(connection: dbapi2.Connection, *, writable: bool) -> None:
    status = connection.execute("PRAGMA cipher_status").fetchone()
    if status is None or str(status[0]) != "1":
        raise VaultBug("the connection is not encrypted")
    for statement in _OPENING:
        connection.execute(statement)
    # Keying never fails; only reading shows whether the key is right.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if writable:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode is None or mode[0] != "wal":
            raise VaultBug("the database does not take a write-ahead log")


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except dbapi2.Error as err:
        raise named(err) from err
