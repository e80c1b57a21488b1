# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that can be wrong with a vault's database, objects and folder.

Driver and system errors are translated here, once: `named` goes by SQLite's symbolic error
name, never by message text, and `disk_errors` by errno. The driver names primary results only
(every constraint is SQLITE_CONSTRAINT), so what a person may cause is checked before.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from typing import ClassVar, Final

from sqlcipher3 import dbapi2

from vault.errors import VaultBug, VaultError
from vault.progress import Cancelled


class StoreError(VaultError):
    """The root of this room's errors."""

    code: ClassVar[str] = "store.error"


class NotAVaultFolder(StoreError):
    """The folder does not hold a vault (`missing` names the file that is not there)."""

    code: ClassVar[str] = "store.not_a_vault_folder"


class VaultExists(StoreError):
    """There is a vault already where one was to be created or restored."""

    code: ClassVar[str] = "store.vault_exists"


class VaultInUse(StoreError):
    """Another process, or another window of this one, has the vault open for writing."""

    code: ClassVar[str] = "store.vault_in_use"


class PlainDatabase(StoreError):
    """An unencrypted SQLite file stands in the place of the vault's database."""

    code: ClassVar[str] = "store.plain_database"


class WrongDatabaseKey(StoreError):
    """The key does not open the database, or the beginning of the file is damaged."""

    code: ClassVar[str] = "store.wrong_database_key"


class ForeignDatabase(StoreError):
    """The database belongs to another vault than the header beside it."""

    code: ClassVar[str] = "store.foreign_database"


class DatabaseDamaged(StoreError):
    """A page of the database is not what had been written (`reason` is SQLite's name).

    The connection that met it gives nothing more: close the store.
    """

    code: ClassVar[str] = "store.database_damaged"


class DatabaseTooNew(StoreError):
    """A newer Panah wrote the database (`found`, `known`); nothing was changed."""

    code: ClassVar[str] = "store.database_too_new"


class DatabaseBusy(StoreError):
    """Another connection holds the database for longer than this one waits."""

    code: ClassVar[str] = "store.database_busy"


class DiskFull(StoreError):
    """There is no room left; what was being saved was not, all else is as before."""

    code: ClassVar[str] = "store.disk_full"


class DiskFailed(StoreError):
    """The disk refused to read or write (`reason`); a pulled drive looks like this."""

    code: ClassVar[str] = "store.disk_failed"


class ReadOnlyFolder(StoreError):
    """The folder, or the disk it is on, does not let itself be written to."""

    code: ClassVar[str] = "store.read_only_folder"


class ReadOnlyVault(StoreError):
    """The vault was opened for reading only."""

    code: ClassVar[str] = "store.read_only_vault"


class MigrationFailed(StoreError):
    """The database could not be brought to the newest form (`version`); it is as before."""

    code: ClassVar[str] = "store.migration_failed"


class NoSuchCase(StoreError):
    """No case has this reference or id."""

    code: ClassVar[str] = "store.no_such_case"


class AmbiguousCase(StoreError):
    """Several cases have this reference (`count`)."""

    code: ClassVar[str] = "store.ambiguous_case"


class NoSuchRecord(StoreError):
    """No record has this id or this reference in its case."""

    code: ClassVar[str] = "store.no_such_record"


class InvalidRecord(StoreError):
    """A record breaks a rule of the case file (`kind`, `field`, `reason`)."""

    code: ClassVar[str] = "store.invalid_record"


class RecordSealed(StoreError):
    """The record is sealed and changes no more (`kind`, `ref`)."""

    code: ClassVar[str] = "store.record_sealed"


class AppendOnlyRecord(StoreError):
    """Records of this kind are never changed or deleted (`kind`)."""

    code: ClassVar[str] = "store.append_only_record"


class ReferenceTaken(StoreError):
    """Another record of the case has this reference (`kind`, `ref`)."""

    code: ClassVar[str] = "store.reference_taken"


class DanglingReference(StoreError):
    """A record points at one that is not in its case (`table`, `count`)."""

    code: ClassVar[str] = "store.dangling_reference"


class RefusedByDatabase(StoreError):
    """A constraint or a trigger of the schema refused a row; all else is as before."""

    code: ClassVar[str] = "store.refused_by_database"


class CaseNotEmpty(StoreError):
    """A case with records in it is not deleted (`count`)."""

    code: ClassVar[str] = "store.case_not_empty"


class ForgedVersion(StoreError):
    """A received version is not what its hash says (`kind`, `reason`)."""

    code: ClassVar[str] = "store.forged_version"


class ObjectMissing(StoreError):
    """The vault does not hold the bytes of this file (`ref`)."""

    code: ClassVar[str] = "store.object_missing"


class ObjectDamaged(StoreError):
    """The encrypted file was changed on disk (`ref`)."""

    code: ClassVar[str] = "store.object_damaged"


class ObjectTruncated(StoreError):
    """The encrypted file is shorter or longer than it was written (`ref`, `found`, `expected`)."""

    code: ClassVar[str] = "store.object_truncated"


class ObjectSwapped(StoreError):
    """Another encrypted file stands in this one's place, or its beginning was changed (`ref`)."""

    code: ClassVar[str] = "store.object_swapped"


class ObjectKeyDamaged(StoreError):
    """The wrapped key of a file is not what had been written (`ref`)."""

    code: ClassVar[str] = "store.object_key_damaged"


class SourceChanged(StoreError):
    """The file being added is not as long, or not the one, that it was said to be (`reason`)."""

    code: ClassVar[str] = "store.source_changed"


class IdentityDamaged(StoreError):
    """The stored secret keys of the vault's owner cannot be unwrapped."""

    code: ClassVar[str] = "store.identity_damaged"


class BackupDamaged(StoreError):
    """A backup is not a faithful copy (`place`); it must not be relied on."""

    code: ClassVar[str] = "store.backup_damaged"


class UnexpectedDatabaseError(VaultBug):
    """SQLite refused a statement of ours; the name of its error is the message."""


_BY_NAME: Final[dict[str, type[StoreError]]] = {
    "SQLITE_NOTADB": WrongDatabaseKey,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskFailed,
    "SQLITE_CANTOPEN": DiskFailed,
    "SQLITE_READONLY": ReadOnlyVault,
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_CONSTRAINT": RefusedByDatabase,
}
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def named(error: dbapi2.Error) -> Exception:
    """Return our error for the driver's: to be raised `from` it, at the room's edge."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return Cancelled()
    found = _BY_NAME.get(name)
    if found is None:
        return UnexpectedDatabaseError(name or type(error).__name__)
    return found(reason=name)


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """Turn the system's refusals to read and write files into this room's errors."""
    try:
        yield
    except OSError as err:
        if err.errno in _NO_SPACE:
            raise DiskFull(reason=errno.errorcode.get(err.errno or 0, "")) from err
        if err.errno in _NO_WRITING:
            raise ReadOnlyFolder(reason=errno.errorcode.get(err.errno or 0, "")) from err
        raise DiskFailed(reason=errno.errorcode.get(err.errno or 0, "")) from err
