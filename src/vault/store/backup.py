# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups: a whole vault copied to a dated folder, read back before it counts as one.

A backup is a vault folder like any other and opens with the same slots. It is built under a
name that ends in `.partial` and renamed when it has been verified.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.progress import Progress
from vault.store import audit, objects
from vault.store.connection import Database
from vault.store.durable import sync_file, sync_folder
from vault.store.errors import (
    BackupDamaged,
    NotAVaultFolder,
    StoreError,
    VaultExists,
    disk_errors,
)
from vault.store.objects import ObjectStore
from vault.store.vault import VaultStore, keyed
from vault.store.vault_folder import SUFFIX, VaultFolder

PARTIAL: Final = ".partial"
_READ_BYTES: Final = 1 << 20
_BESIDE: Final = ("header.json", "header.bak")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A verified copy: where it is, and how many encrypted files and bytes it has."""

    path: Path
    objects: int
    total_bytes: int


def back_up(
    store: VaultStore, vault_id: bytes, vmk: SecretBytes, parent: Path, progress: Progress
) -> BackupReport:
    """Copy an open vault into a new dated folder below `parent` and verify the copy.

    Reports "copying_database", "copying_objects" and "verifying_copy". When it fails or is
    cancelled, nothing is left.

    Raises:
        BackupDamaged: the copy does not read back as what was copied.
        VaultExists, DiskFull, DiskFailed, ReadOnlyFolder.
    """
    place = store.folder
    stamp = store.parts.clock().astimezone(datetime.UTC).strftime("%Y-%m-%d-%H%M%S")
    target = parent / f"{place.path.name.removesuffix(SUFFIX)}-{stamp}{SUFFIX}"
    with store.reader() as reader:
        head = reader.audit_head()
        ids = [one.id for one in objects.every(store.parts.db)]

    def copy_database(to: Path) -> None:
        with store.parts.db.maintenance():
            store.parts.db.run("VACUUM INTO ?", (str(to),))

    copying = _Copying(place, target, vault_id, vmk, progress)
    return copying.run(copy_database, ids, head)


def restore(
    backup: Path, target: Path, vault_id: bytes, vmk: SecretBytes, progress: Progress
) -> BackupReport:
    """Copy a backup to `target`, where nothing may be, and verify the copy.

    Reports as `back_up` does. The backup itself is only read.

    Raises:
        NotAVaultFolder: there is no backup.
        BackupDamaged: it lacks a file, or the copy does not read back as the backup.
        VaultExists, WrongDatabaseKey, DatabaseDamaged, DiskFull, DiskFailed, ReadOnlyFolder.
    """
    place = VaultFolder(backup)
    if not place.database.is_file():
        raise NotAVaultFolder(missing=place.database.name)
    with keyed(place.database, vault_id, vmk, "immutable") as db:
        head = audit.anchor(db)
        ids = [one.id for one in objects.every(db)]
        db.close()

    def copy_database(to: Path) -> None:
        copy_file(place.database, to, progress)

    return _Copying(place, target, vault_id, vmk, progress).run(copy_database, ids, head)


class _Copying:
    """One copy of a vault in the making."""

    def __init__(
        self,
        source: VaultFolder,
        target: Path,
        vault_id: bytes,
        vmk: SecretBytes,
        progress: Progress,
    ) -> None:
        self._source = source
        self._target = target
        self._vault_id = vault_id
        self._vmk = vmk
        self._progress = progress
        self._made = VaultFolder(target.with_name(target.name + PARTIAL))
        self._digests: dict[Path, str] = {}

    def run(self, copy_database: object, ids: list[str], head: tuple[int, str]) -> BackupReport:
        assert callable(copy_database)  # noqa: S101 - both callers pass a function
        if self._target.exists() or self._made.path.exists():
            raise VaultExists
        with disk_errors():
            self._made.path.mkdir(parents=True)
        try:
            self._progress.report(0, 1, "copying_database")
            copy_database(self._made.database)
            self._progress.report(1, 1, "copying_database")
            with disk_errors():
                for name in _BESIDE:
                    if (self._source.path / name).exists():
                        copy_file(self._source.path / name, self._made.path / name, self._progress)
            total = self._copy_objects(ids)
            self._verify(ids, head)
            with disk_errors():
                self._sync()
                self._made.path.rename(self._target)
                sync_folder(self._target.parent)
        except BaseException:
            shutil.rmtree(self._made.path, ignore_errors=True)
            raise
        size = (self._target / self._made.database.name).stat().st_size
        return BackupReport(self._target, len(ids), total + size)

    def _copy_objects(self, ids: list[str]) -> int:
        total = 0
        source, made = self._object_store(self._source), self._object_store(self._made)
        with disk_errors():
            self._made.objects.mkdir()
        for done, object_id in enumerate(ids):
            self._progress.report(done, len(ids), "copying_objects")
            to = made.place(object_id)
            with disk_errors():
                to.parent.mkdir(exist_ok=True)
            if not source.place(object_id).exists():
                raise BackupDamaged(place=f"objects/{object_id[:2]}/{object_id}")
            self._digests[to] = copy_file(source.place(object_id), to, self._progress)
            total += to.stat().st_size
        self._progress.report(len(ids), len(ids), "copying_objects")
        return total

    def _verify(self, ids: list[str], head: tuple[int, str]) -> None:
        for done, (path, digest) in enumerate(self._digests.items()):
            self._progress.report(done, len(ids) + 1, "verifying_copy")
            if digest != digest_of(path):
                raise BackupDamaged(place=f"objects/{path.parent.name}/{path.name}")
        self._progress.report(len(ids), len(ids) + 1, "verifying_copy")
        try:
            with keyed(self._made.database, self._vault_id, self._vmk, "immutable") as db:
                fault = database_fault(db, ids, head)
                db.close()
        except StoreError as err:
            raise BackupDamaged(place=self._made.database.name) from err
        if fault:
            raise BackupDamaged(place=fault)
        self._progress.report(len(ids) + 1, len(ids) + 1, "verifying_copy")

    def _object_store(self, folder: VaultFolder) -> ObjectStore:
        # Only places are asked of it; whole ciphertexts are copied and no key is needed.
        return ObjectStore(
            folder=folder.objects, vault_id=self._vault_id, wrapping_key=SecretBytes(bytearray(32))
        )

    def _sync(self) -> None:
        with self._made.database.open("rb+") as file:
            sync_file(file)
        for folder in folders_of(self._made):
            sync_folder(folder)


def folders_of(place: VaultFolder) -> Iterator[Path]:
    """Yield every folder of a vault, its own last: what is synced after a copy."""
    yield from (part for part in place.objects.iterdir() if part.is_dir())
    yield place.objects
    yield place.path


def database_fault(db: Database, ids: list[str], head: tuple[int, str]) -> str:
    """Return what in a copied database differs from what was copied, or nothing."""
    if db.all("PRAGMA cipher_integrity_check") or db.all("PRAGMA integrity_check") != [("ok",)]:
        return "vault.db: integrity"
    if audit.anchor(db) != head:
        return "vault.db: audit head"
    if [one.id for one in objects.every(db)] != ids:
        return "vault.db: objects"
    return ""


def copy_file(source: Path, to: Path, progress: Progress) -> str:
    """Copy and sync a file and return the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with disk_errors(), source.open("rb") as read, to.open("xb") as write:
        while piece := read.read(_READ_BYTES):
            progress.check()
            digest.update(piece)
            write.write(piece)
        sync_file(write)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as it reads now."""
    with disk_errors(), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
