# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The store of one vault: created, opened, read, written and closed here."""

from __future__ import annotations

import contextlib
import datetime
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Self

from vault.crypto.kdf import Purpose, purpose_key
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.store import audit, objects
from vault.store.author import Author
from vault.store.connection import Database, connect
from vault.store.durable import remove_quietly, sync_folder
from vault.store.errors import (
    DatabaseDamaged,
    ForeignDatabase,
    NotAVaultFolder,
    ReadOnlyFolder,
    ReadOnlyVault,
    VaultExists,
    disk_errors,
)
from vault.store.identities import SecretRows
from vault.store.migrate import migrate, refuse_newer, shipped
from vault.store.objects import ObjectStore
from vault.store.reader import Parts, Reader
from vault.store.record_writer import timestamp
from vault.store.vault_folder import VaultFolder, refuse_plain_database
from vault.store.writer import Writer
from vault.store.writer_lock import WriterLock

INSERT_FACT: Final = "INSERT INTO vault_fact (name, value) VALUES ('vault_id', ?)"
SELECT_FACT: Final = "SELECT value FROM vault_fact WHERE name = 'vault_id'"

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """Return the time of the system's clock."""
    return datetime.datetime.now(datetime.UTC)


class VaultStore:
    """An open vault database with its objects; for the thread that opened it.

    `folder` says where its files are; `parts` is for the other modules of this room.

    Keys are derived from the vault master key, which stays the caller's. `close` wipes them
    and lets go of the writer lock; leaving a `with` block does the same. A second store of
    the same vault may be open for reading only, in another thread or process.
    """

    def __init__(self, folder: VaultFolder, parts: Parts, lock: WriterLock | None) -> None:
        """Hold what `create` or `open` made; `lock` is None for a store that only reads."""
        self.folder = folder
        self.parts = parts
        self._lock = lock
        self._busy = False

    @classmethod
    def create(
        cls, folder: Path, vault_id: bytes, vmk: SecretBytes, *, clock: Clock = utc_now
    ) -> Self:
        """Make a new, empty database in a folder, which is made too if it is not there.

        Raises:
            VaultExists: there is a database already.
            ReadOnlyFolder, DiskFull, DiskFailed: nothing is left behind.
        """
        place = VaultFolder(folder)
        was_there = folder.exists()
        with disk_errors():
            # Names and sizes are nobody else's matter on a shared machine (not on Windows).
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.database.exists():
            raise VaultExists
        lock = WriterLock(place.lock)
        lock.take()
        try:
            with disk_errors():
                place.objects.mkdir(mode=0o700, exist_ok=True)
            with keyed(place.database, vault_id, vmk, "rwc") as db:
                _fill(db, vault_id, clock)
                with disk_errors():
                    sync_folder(folder)
                return cls(place, parts_of(place, db, vault_id, vmk, clock), lock)
        except BaseException:
            lock.release()
            _remove_new(place, with_folder=not was_there)
            raise

    @classmethod
    def open(
        cls,
        folder: Path,
        vault_id: bytes,
        vmk: SecretBytes,
        *,
        read_only: bool = False,
        clock: Clock = utc_now,
    ) -> Self:
        """Open a vault's database; a refusal changes nothing on the disk.

        To write, the writer lock is taken, an older database is migrated after a verified
        copy was made beside it, and leftovers of a crash are collected.

        Raises:
            NotAVaultFolder, PlainDatabase, WrongDatabaseKey, ForeignDatabase,
            DatabaseDamaged, DatabaseTooNew, VaultInUse, ReadOnlyFolder, DiskFull, DiskFailed.
        """
        place = VaultFolder(folder)
        if not place.database.is_file():
            raise NotAVaultFolder(missing=place.database.name)
        refuse_plain_database(place.database)
        if read_only:
            return cls._open_to_read(place, vault_id, vmk, clock)
        _refuse_unwritable(folder)
        lock = WriterLock(place.lock)
        lock.take()
        try:
            _probe(place, vault_id, vmk)
            with keyed(place.database, vault_id, vmk, "rw") as db:
                migrate(
                    db,
                    shipped(),
                    back_up=lambda version: _copy_before(db, vmk, vault_id, version, clock),
                )
                parts = parts_of(place, db, vault_id, vmk, clock)
                objects.collect_leftovers(db, parts.objects)
                return cls(place, parts, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_to_read(
        cls, place: VaultFolder, vault_id: bytes, vmk: SecretBytes, clock: Clock
    ) -> Self:
        with keyed(place.database, vault_id, vmk, reading_mode(place)) as db:
            _refuse_unknown(db, vault_id)
            return cls(place, parts_of(place, db, vault_id, vmk, clock), None)

    @property
    def read_only(self) -> bool:
        """Whether this store was opened for reading only."""
        return self._lock is None

    @contextlib.contextmanager
    def reader(self) -> Iterator[Reader]:
        """Give a reader of one unchanging state for the length of the block."""
        with self._alone(), self.parts.db.reading():
            yield Reader(self.parts)

    @contextlib.contextmanager
    def writer(self, author: Author) -> Iterator[Writer]:
        """Give a writer; what it did is committed at the end of the block, or undone.

        Raises:
            ReadOnlyVault: the store was opened for reading only.
        """
        if self.read_only:
            raise ReadOnlyVault
        with self._alone():
            writer = Writer(self.parts, author)
            try:
                with self.parts.db.writing():
                    yield writer
            except BaseException:
                writer.discard_objects()
                raise
            writer.close_objects()

    def audit_head(self) -> tuple[int, str]:
        """Return the last sequence number and the head of the audit trail, in hex."""
        return audit.anchor(self.parts.db)

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the database file."""
        self.parts.db.all("PRAGMA wal_checkpoint(TRUNCATE)")

    def interrupt(self) -> None:
        """Stop the statement that is running with `Cancelled`; safe from any thread."""
        self.parts.db.interrupt()

    def close(self) -> None:
        """Close the database, wipe the keys, let go of the lock; may be called again."""
        self.parts.objects.wrapping_key.wipe()
        self.parts.secrets.wrapping_key.wipe()
        try:
            self.parts.db.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the store."""
        self.close()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if self._busy:
            raise VaultBug("a reader or writer of this store is still open")
        self._busy = True
        try:
            yield
        finally:
            self._busy = False


@contextlib.contextmanager
def keyed(path: Path, vault_id: bytes, vmk: SecretBytes, mode: str) -> Iterator[Database]:
    """Connect with the vault's database key; close again when the block fails."""
    with database_key(vmk, vault_id) as key:
        db = connect(path, key, mode=mode)
    try:
        yield db
    except BaseException:
        db.close()
        raise


def database_key(vmk: SecretBytes, vault_id: bytes) -> SecretBytes:
    """Return the raw key of a vault's database, the caller's to wipe."""
    return purpose_key(vmk, vault_id, Purpose.DATABASE)


def parts_of(
    place: VaultFolder, db: Database, vault_id: bytes, vmk: SecretBytes, clock: Clock
) -> Parts:
    """Return an open database with the keys that belong to it, for this room's modules."""
    return Parts(
        db=db,
        objects=ObjectStore(
            folder=place.objects,
            vault_id=vault_id,
            wrapping_key=purpose_key(vmk, vault_id, Purpose.OBJECT_WRAPPING),
        ),
        secrets=SecretRows(vault_id, purpose_key(vmk, vault_id, Purpose.SIGNING_WRAPPING)),
        clock=clock,
    )


def _fill(db: Database, vault_id: bytes, clock: Clock) -> None:
    migrate(db, shipped(), back_up=_no_back_up)
    with db.writing():
        db.run(INSERT_FACT, (vault_id.hex(),))
        audit.append(
            db,
            at=timestamp(clock()),
            actor="",
            actor_key="",
            action="vault_created",
            subject=vault_id.hex(),
        )


def _no_back_up(version: int) -> None:
    raise VaultBug(f"a new database has version {version}")


def _probe(place: VaultFolder, vault_id: bytes, vmk: SecretBytes) -> None:
    """Refuse what must not be opened, without leaving a trace beside the database."""
    files = place.database_files()
    before = {path for path in files if path.exists()}
    mode = "ro" if any(path in before for path in files[1:]) else "immutable"
    try:
        with keyed(place.database, vault_id, vmk, mode) as db:
            _refuse_unknown(db, vault_id)
            db.close()
    finally:
        for path in files:
            if path not in before:
                remove_quietly(path)


def _refuse_unknown(db: Database, vault_id: bytes) -> None:
    """Raise `DatabaseTooNew` or `ForeignDatabase` for a database that is not ours to open."""
    if refuse_newer(db, shipped()) == 0:
        raise ForeignDatabase
    row = db.one(SELECT_FACT)
    if row is None or row[0] != vault_id.hex():
        raise ForeignDatabase


def _refuse_unwritable(folder: Path) -> None:
    """Raise `ReadOnlyFolder` unless a file can be made in the folder; it is removed again."""
    trial = folder / f".{secrets.token_hex(8)}"
    with disk_errors():
        trial.touch(exist_ok=False)
        trial.unlink()


def reading_mode(place: VaultFolder) -> str:
    """Return how to open for reading: without any file beside where none can be made."""
    try:
        _refuse_unwritable(place.path)
    except ReadOnlyFolder:
        log = place.database.with_name("vault.db-wal")
        if log.exists() and log.stat().st_size:
            # What a crash left in the log would silently be missing.
            raise ReadOnlyFolder(reason="unfinished_log") from None
        return "immutable"
    return "ro"


def _copy_before(
    db: Database, vmk: SecretBytes, vault_id: bytes, version: int, clock: Clock
) -> None:
    """Copy the database beside itself before a migration, and read the copy back."""
    stamp = clock().astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = db.path.with_name(f"vault.db.version-{version}.{stamp}")
    with db.maintenance():
        db.run("VACUUM INTO ?", (str(copy),))
    with keyed(copy, vault_id, vmk, "immutable") as reopened:
        faults = reopened.all("PRAGMA integrity_check")
        same = int(reopened.value("PRAGMA user_version")) == version
        reopened.close()
    if faults != [("ok",)] or not same:
        raise DatabaseDamaged(reason="copy_before_migration")
    with disk_errors():
        sync_folder(copy.parent)


def _remove_new(place: VaultFolder, *, with_folder: bool) -> None:
    """Remove what a failed creation left, and the folder if it was made for it."""
    for path in (*place.database_files(), place.lock):
        remove_quietly(path)
    with contextlib.suppress(OSError):
        place.objects.rmdir()
        if with_folder:
            place.path.rmdir()
