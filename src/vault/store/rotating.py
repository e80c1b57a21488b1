# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A vault copied under a new master key, and the two renames that put the copy in its place.

Evidence files are copied as they are: only the keys that open them are wrapped anew. Every
page of the database is encrypted anew, in the copy.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.progress import Progress
from vault.store import audit, identities, objects
from vault.store.backup import copy_file, digest_of, folders_of
from vault.store.connection import Database, change_key
from vault.store.durable import sync_file, sync_folder
from vault.store.errors import BackupDamaged, VaultExists, VaultInUse, disk_errors
from vault.store.objects import ObjectStore
from vault.store.vault import VaultStore, database_key, keyed, parts_of
from vault.store.vault_folder import VaultFolder
from vault.store.writer_lock import WriterLock

UPDATE_OBJECT: Final = """
UPDATE stored_object SET salt = ?, nonce = ?, wrapped_key = ?, commitment = ? WHERE id = ?
"""
UPDATE_WRAPPED: Final = """
UPDATE identity_secret SET salt = ?, nonce = ?, wrapped = ?, commitment = ? WHERE name = ?
"""


def rotated_copy(
    store: VaultStore,
    vault_id: bytes,
    keys: tuple[SecretBytes, SecretBytes],
    target: Path,
    progress: Progress,
) -> None:
    """Copy an open vault to `target` so that the second of `keys` opens it, not the first.

    The copy has no header yet and is not verified. Reports as a backup does. When it fails
    or is cancelled, nothing is left.

    Raises:
        VaultExists: something is at `target`.
        BackupDamaged: a file could not be copied as it is.
        ObjectKeyDamaged, IdentityDamaged: the vault is damaged; rescue it first.
        DatabaseDamaged, DiskFull, DiskFailed, ReadOnlyFolder.
    """
    made = VaultFolder(target)
    if target.exists():
        raise VaultExists
    with disk_errors():
        made.objects.mkdir(parents=True)
    try:
        progress.report(0, 1, "copying_database")
        with store.parts.db.maintenance():
            store.parts.db.run("VACUUM INTO ?", (str(made.database),))
        old, new = keys
        with database_key(old, vault_id) as before, database_key(new, vault_id) as after:
            change_key(made.database, before, after)
        _wrap_anew(store, made, vault_id, new)
        progress.report(1, 1, "copying_database")
        _copy_objects(store, made, progress)
        with disk_errors():
            with made.database.open("rb+") as file:
                sync_file(file)
            for folder in (*folders_of(made), target.parent):
                sync_folder(folder)
    except BaseException:
        remove(target)
        raise


def remove(target: Path) -> None:
    """Remove a copy that is not wanted; what cannot be removed stays and opens nothing else."""
    shutil.rmtree(target, ignore_errors=True)


def put_in_place(
    rotated: Path, folder: Path, aside: Path, known: tuple[bytes, SecretBytes, tuple[int, str]]
) -> None:
    """Rename `folder` to `aside` and `rotated` to `folder`, in this order.

    `known` are the vault id, the old master key and the audit head when the copy was made: a
    vault that was written to since is left where it is. After a power cut between the two
    renames, `rotated` and `aside` are both whole vaults. When the second rename fails the
    first is taken back.

    Raises:
        VaultInUse: the vault is open somewhere, or has changed since.
        DiskFull, DiskFailed, ReadOnlyFolder.
    """
    place = VaultFolder(folder)
    lock = WriterLock(place.lock)
    lock.take()
    try:
        _refuse_changed(place, *known)
        if sys.platform == "win32":
            # A folder with an open file in it cannot be renamed there; never run on Windows.
            lock.release()
        with disk_errors():
            folder.rename(aside)
            try:
                sync_folder(folder.parent)
                rotated.rename(folder)
            except OSError:
                aside.rename(folder)
                raise
            # Done: a folder that cannot be flushed now may show both after a power cut.
            with contextlib.suppress(OSError):
                sync_folder(folder.parent)
    finally:
        lock.release()


def _refuse_changed(
    place: VaultFolder, vault_id: bytes, vmk: SecretBytes, head: tuple[int, str]
) -> None:
    # Whoever has it open, for reading too, keeps a log beside it.
    if any(path.exists() for path in place.database_files()[1:]):
        raise VaultInUse
    with keyed(place.database, vault_id, vmk, "immutable") as db:
        changed = audit.anchor(db) != head
        db.close()
    if changed:
        raise VaultInUse


def _wrap_anew(store: VaultStore, made: VaultFolder, vault_id: bytes, new: SecretBytes) -> None:
    """Wrap the keys of all objects and the owner's secrets for the new master key."""
    with keyed(made.database, vault_id, new, "rw") as db:
        parts = parts_of(made, db, vault_id, new, store.parts.clock)
        try:
            with db.writing():
                _wrap_objects(db, store.parts.objects, parts.objects)
                _wrap_identity(db, store.parts.secrets, parts.secrets)
        finally:
            parts.objects.wrapping_key.wipe()
            parts.secrets.wrapping_key.wipe()
        db.close()


def _wrap_objects(db: Database, old: ObjectStore, new: ObjectStore) -> None:
    for one in objects.every(db):
        with objects.unwrapped(old, one) as key:
            salt, wrapped = objects.wrap(new, key, one.id, one.version)
        row = (salt, wrapped.nonce, wrapped.ciphertext, wrapped.commitment, one.id)
        db.run(UPDATE_OBJECT, row)


def _wrap_identity(db: Database, old: identities.SecretRows, new: identities.SecretRows) -> None:
    for row in db.all(identities.SELECT_SECRETS):
        with old.unwrap(row) as secret:
            salt, wrapped = new.wrap(row[0], secret)
        values = (salt, wrapped.nonce, wrapped.ciphertext, wrapped.commitment, row[0])
        db.run(UPDATE_WRAPPED, values)


def _copy_objects(store: VaultStore, made: VaultFolder, progress: Progress) -> None:
    source = store.parts.objects
    with store.reader():
        ids = [one.id for one in objects.every(store.parts.db)]
    for done, object_id in enumerate(ids):
        progress.report(done, len(ids), "copying_objects")
        to = made.objects / object_id[:2] / object_id
        label = f"objects/{object_id[:2]}/{object_id}"
        with disk_errors():
            to.parent.mkdir(exist_ok=True)
        if not source.place(object_id).exists():
            raise BackupDamaged(place=label)
        if copy_file(source.place(object_id), to, progress) != digest_of(to):
            raise BackupDamaged(place=label)
    progress.report(len(ids), len(ids), "copying_objects")
