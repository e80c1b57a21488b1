# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence files as encrypted objects: `objects/ab/<random id>`, one random key each.

Inside the encryption stand the length in 8 bytes, the file, and zeros up to a Padmé length.
The object is complete, synced and renamed before its row is committed; what a crash leaves
behind is collected at the next opening (docs/formats/vault.md, "Objects").
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from vault.crypto.chunked import ChunkedReader, ciphertext_length
from vault.crypto.chunked_writer import ChunkedWriter
from vault.crypto.envelope import WrappedKey, unwrap_key, wrap_key
from vault.crypto.errors import ObjectTampered, Tampered, WrongKey
from vault.crypto.kdf import framed
from vault.crypto.padding import padded_length
from vault.crypto.secret_bytes import SecretBytes
from vault.store.connection import Database, Row
from vault.store.durable import put_in_place, remove_quietly, sync_file, sync_folder
from vault.store.errors import (
    ObjectDamaged,
    ObjectKeyDamaged,
    ObjectMissing,
    ObjectSwapped,
    ObjectTruncated,
    SourceChanged,
    disk_errors,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ID_BYTES: Final = 16
SALT_BYTES: Final = 32
LENGTH_BYTES: Final = 8
VERSION: Final = 1
PARTIAL: Final = ".partial"
_ZEROS: Final = bytes(64 * 1024)
_LABEL: Final = b"panah/v1"

INSERT: Final = """
INSERT INTO stored_object (
    id, version, salt, nonce, wrapped_key, commitment, size_bytes, stored_bytes, sha256
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
LINK: Final = "INSERT INTO file_object (file_id, object_id) VALUES (?, ?)"
SELECT: Final = """
SELECT
    o.id, o.version, o.salt, o.nonce, o.wrapped_key, o.commitment, o.size_bytes, o.stored_bytes,
    o.sha256
FROM stored_object AS o JOIN file_object AS f ON f.object_id = o.id
WHERE f.file_id = ?
"""
SELECT_ALL: Final = """
SELECT
    id, version, salt, nonce, wrapped_key, commitment, size_bytes, stored_bytes, sha256
FROM stored_object ORDER BY id
"""
SELECT_IDS: Final = "SELECT id FROM stored_object"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """What the vault knows of one object; `sha256` and `size_bytes` are those of the file."""

    id: str
    version: int
    salt: bytes
    wrapped: WrappedKey
    size_bytes: int
    stored_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStore:
    """Where objects are, of which vault, and the key that wraps their keys."""

    folder: Path
    vault_id: bytes
    wrapping_key: SecretBytes

    def place(self, object_id: str) -> Path:
        """Return where an object is."""
        return self.folder / object_id[:2] / object_id

    def context(self, object_id: str, version: int = VERSION) -> bytes:
        """Return what binds an object to its vault, its row and its version."""
        parts = (self.vault_id, bytes.fromhex(object_id), version.to_bytes(4, "big"))
        return framed(_LABEL, b"object", *parts)


class ObjectSink:
    """Takes the bytes of one file as they come; `finish` makes the object last.

    Needs to know the length from the start, because it stands first. Until `finish` there is
    only a file whose name ends in `.partial`; `discard` removes whatever there is. When
    `sha256` is given, other content is refused at the end.
    """

    def __init__(self, store: ObjectStore, size: int, sha256: str = "") -> None:
        """Begin an object of exactly `size` bytes."""
        self._store = store
        self._size = size
        self._expected = sha256
        self._taken = 0
        self._digest = hashlib.sha256()
        self._key = SecretBytes.random()
        self.id = secrets.token_hex(ID_BYTES)
        self._target = store.place(self.id)
        self._partial = self._target.with_name(self._target.name + PARTIAL)
        with disk_errors():
            if not self._target.parent.exists():
                self._target.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(store.folder)
            # Unbuffered: the writer passes on pieces of 1 MiB, and nothing is left to flush
            # when the disk is full.
            self._file: BinaryIO = self._partial.open("xb", buffering=0)
        self._writer = ChunkedWriter(self._key, store.context(self.id), self._file)
        self.write_length()

    def write_length(self) -> None:
        """Write the length that stands before the file."""
        with disk_errors():
            self._writer.write(self._size.to_bytes(LENGTH_BYTES, "big"))

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take the next bytes; raise `SourceChanged` when they are more than announced."""
        self._taken += len(data)
        if self._taken > self._size:
            raise SourceChanged(reason="longer", expected=self._size)
        self._digest.update(data)
        with disk_errors():
            return self._writer.write(data)

    def finish(self) -> StoredObject:
        """Pad, sync and rename the object and return its row, which is not written here."""
        if self._taken != self._size:
            raise SourceChanged(reason="shorter", expected=self._size, found=self._taken)
        sha256 = self._digest.hexdigest()
        if self._expected and sha256 != self._expected:
            raise SourceChanged(reason="content")
        with disk_errors():
            inside = padded_length(LENGTH_BYTES + self._size)
            self._pad(inside - LENGTH_BYTES - self._size)
            self._writer.finish()
            sync_file(self._file)
            self._file.close()
            put_in_place(self._partial, self._target)
        return self._row(sha256, ciphertext_length(inside))

    def discard(self) -> None:
        """Remove the object, finished or not, and forget its key."""
        self._key.wipe()
        self._file.close()
        remove_quietly(self._partial)
        remove_quietly(self._target)

    def close(self) -> None:
        """Forget the key of a finished object."""
        self._key.wipe()

    def _pad(self, count: int) -> None:
        while count:
            piece = _ZEROS[: min(count, len(_ZEROS))]
            self._writer.write(piece)
            count -= len(piece)

    def _row(self, sha256: str, stored_bytes: int) -> StoredObject:
        salt, wrapped = wrap(self._store, self._key, self.id, VERSION)
        return StoredObject(
            id=self.id,
            version=VERSION,
            salt=salt,
            wrapped=wrapped,
            size_bytes=self._size,
            stored_bytes=stored_bytes,
            sha256=sha256,
        )


class ObjectReader(io.RawIOBase):
    """The file inside an object: without length and padding, seekable, authenticated."""

    def __init__(self, inner: ChunkedReader, size: int, ref: str) -> None:
        """Read `size` bytes that follow the length; `ref` names the file in errors."""
        super().__init__()
        self._inner = inner
        self._size = size
        self._ref = ref
        self._position = 0

    def readable(self) -> bool:
        """Return True: this is a reader."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position of the next byte."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; a position past the end is allowed and reads as empty."""
        bases = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}
        position = bases[whence] + offset
        if position < 0:
            message = "a position is not negative"
            raise ValueError(message)
        self._position = position
        return position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer; raise `ObjectDamaged`."""
        wanted = memoryview(buffer).cast("B")
        wanted = wanted[: max(0, min(len(wanted), self._size - self._position))]
        try:
            self._inner.seek(LENGTH_BYTES + self._position)
            filled = self._inner.readinto(wanted)
        except ObjectTampered as err:
            raise ObjectDamaged(ref=self._ref) from err
        self._position += filled
        return filled

    def close(self) -> None:
        """Close the object's file and wipe what was decrypted last."""
        if not self.closed:
            self._inner.close()
        super().close()


def add(db: Database, stored: StoredObject) -> None:
    """Insert the row of a finished object."""
    wrapped = stored.wrapped
    db.run(
        INSERT,
        (
            stored.id,
            stored.version,
            stored.salt,
            wrapped.nonce,
            wrapped.ciphertext,
            wrapped.commitment,
            stored.size_bytes,
            stored.stored_bytes,
            stored.sha256,
        ),
    )


def link(db: Database, object_id: str, file_id: str) -> None:
    """Make an object the bytes of a file; several files may have the same bytes."""
    db.run(LINK, (file_id, object_id))


def of_file(db: Database, file_id: str) -> StoredObject | None:
    """Return the object that holds the bytes of a file, or None."""
    row = db.one(SELECT, (file_id,))
    return None if row is None else _stored(row)


def every(db: Database) -> list[StoredObject]:
    """Return every object there is."""
    return [_stored(row) for row in db.all(SELECT_ALL)]


def open_stored(store: ObjectStore, stored: StoredObject, ref: str) -> BinaryIO:
    """Open an object for reading anywhere in it; `ref` names the file in errors.

    Raises:
        ObjectMissing, ObjectTruncated, ObjectSwapped, ObjectDamaged, ObjectKeyDamaged.
    """
    context = store.context(stored.id, stored.version)
    with unwrapped(store, stored, ref) as key:
        try:
            file = store.place(stored.id).open("rb")
        except FileNotFoundError as err:
            raise ObjectMissing(ref=ref) from err
        try:
            return _opened(key, context, file, stored, ref)
        except BaseException:
            file.close()
            raise


def unwrapped(store: ObjectStore, stored: StoredObject, ref: str = "") -> SecretBytes:
    """Return an object's own key, the caller's to wipe; raise `ObjectKeyDamaged`."""
    context = store.context(stored.id, stored.version)
    try:
        return unwrap_key(store.wrapping_key, stored.wrapped, salt=stored.salt, context=context)
    except (WrongKey, Tampered) as err:
        raise ObjectKeyDamaged(ref=ref) from err


def wrap(
    store: ObjectStore, key: SecretBytes, object_id: str, version: int
) -> tuple[bytes, WrappedKey]:
    """Return a new salt and an object's own key, wrapped under the key of `store`."""
    salt = secrets.token_bytes(SALT_BYTES)
    context = store.context(object_id, version)
    return salt, wrap_key(store.wrapping_key, key, salt=salt, context=context)


def _opened(
    key: SecretBytes, context: bytes, file: BinaryIO, stored: StoredObject, ref: str
) -> BinaryIO:
    found = file.seek(0, io.SEEK_END)
    try:
        inner = ChunkedReader(key, context, file)
    except WrongKey as err:
        raise ObjectSwapped(ref=ref) from err
    except ObjectTampered as err:
        if found != stored.stored_bytes:
            raise ObjectTruncated(ref=ref, found=found, expected=stored.stored_bytes) from err
        raise ObjectDamaged(ref=ref) from err
    try:
        length = int.from_bytes(inner.read(LENGTH_BYTES), "big")
    except ObjectTampered as err:
        raise ObjectDamaged(ref=ref) from err
    if length != stored.size_bytes:
        raise ObjectDamaged(ref=ref)
    return io.BufferedReader(ObjectReader(inner, length, ref), buffer_size=64 * 1024)


def collect_leftovers(db: Database, store: ObjectStore) -> int:
    """Remove object files that no row names, as a crash leaves them; return how many.

    Only for the holder of the writer lock, before it writes anything.
    """
    known = {row[0] for row in db.all(SELECT_IDS)}
    count = 0
    for path in _object_files(store.folder):
        if path.name not in known:
            remove_quietly(path)
            count += 1
    return count


def _object_files(folder: Path) -> Iterator[Path]:
    with disk_errors():
        if not folder.is_dir():
            return
        for part in sorted(folder.iterdir()):
            # What is not shaped as ours was put there by someone else and is left alone.
            if part.is_dir() and len(part.name) == 2:  # noqa: PLR2004 - the first byte of the id in hex
                yield from sorted(path for path in part.iterdir() if _is_object_name(path.name))


def _is_object_name(name: str) -> bool:
    stem = name.removesuffix(PARTIAL)
    return len(stem) == 2 * ID_BYTES and not set(stem) - set("0123456789abcdef")


def _stored(row: Row) -> StoredObject:
    return StoredObject(
        id=row[0],
        version=row[1],
        salt=row[2],
        wrapped=WrappedKey(nonce=row[3], ciphertext=row[4], commitment=row[5]),
        size_bytes=row[6],
        stored_bytes=row[7],
        sha256=row[8],
    )
