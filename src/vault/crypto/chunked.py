# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Encrypted objects: C2SP chunked-encryption, instantiated as Cobblestone-256.

<https://c2sp.org/chunked-encryption>: HKDF-Expand with SHA-512 from a 32-byte key, a 24-byte
salt and a context gives an AES-256-GCM key, a base nonce and a 32-byte commitment; 16 KiB
chunks, the last one always shorter. `docs/formats/objects.md` has sizes and a worked example.
Writing is the driver's own implementation; reading is ours, because it must be able to seek,
so that each object written and read back has passed two implementations.
"""

from __future__ import annotations

import hmac
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from vault.crypto.chunked_format import (
    BATCH_CHUNKS,
    CHUNK_BYTES,
    COMMITMENT_BYTES,
    HEADER_BYTES,
    KEY_BYTES,
    SALT_BYTES,
    SEALED_CHUNK_BYTES,
    TAG_BYTES,
    check_key,
    ciphertext_length,
    plain_length,
)
from vault.crypto.chunked_writer import ChunkedWriter, encrypt_stream
from vault.crypto.errors import ObjectTampered, WrongKey
from vault.crypto.secret_bytes import SecretBytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "CHUNK_BYTES",
    "KEY_BYTES",
    "ChunkedReader",
    "ChunkedWriter",
    "ciphertext_length",
    "encrypt_stream",
    "plain_length",
]

_NONCE_BYTES: Final = 12
_INFO_PREFIX: Final = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"


class ChunkedReader(io.RawIOBase):
    """The plaintext of an encrypted object, readable and seekable anywhere.

    Opening checks the commitment and decrypts the last chunk, so that the length is
    authentic from the start; each chunk is authenticated before a byte of it is given out.
    For one thread at a time. Closing wipes what was decrypted last and closes the source.
    """

    def __init__(self, key: SecretBytes, context: bytes, source: BinaryIO) -> None:
        """Open a seekable ciphertext; the key is used here and not kept.

        Raises `WrongKey` when key, context or the object's first 56 bytes do not belong
        together, and `ObjectTampered` for every other fault.
        """
        super().__init__()
        check_key(key)
        self._source = source
        self._position = 0
        self._cached_chunk = -1
        self._cache = bytearray(CHUNK_BYTES)
        size = source.seek(0, io.SEEK_END)
        self._length = plain_length(size)
        self._last_chunk = self._length // CHUNK_BYTES
        source.seek(0)
        header = _read_exactly(source, HEADER_BYTES)
        self._aead, self._base_nonce = _opened(key, context, header)
        self._load(self._last_chunk)

    @property
    def plain_length(self) -> int:
        """How many bytes there are, authenticated."""
        return self._length

    def readable(self) -> bool:
        """Return True: this is a reader."""
        return True

    def seekable(self) -> bool:
        """Return True: every position costs one chunk."""
        return True

    def tell(self) -> int:
        """Return the position of the next byte."""
        self._check_open()
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; a position past the end is allowed and reads as empty."""
        self._check_open()
        bases = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}
        position = bases[whence] + offset
        if position < 0:
            message = "a position is not negative"
            raise ValueError(message)
        self._position = position
        return position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as there are bytes; raise `ObjectTampered`."""
        self._check_open()
        wanted = memoryview(buffer).cast("B")
        wanted = wanted[: max(0, min(len(wanted), self._length - self._position))]
        filled = 0
        while filled < len(wanted):
            rest = wanted[filled:]
            whole = min(len(rest) // CHUNK_BYTES, BATCH_CHUNKS)
            if self._position % CHUNK_BYTES == 0 and whole:
                filled += self._decrypt_whole_chunks(rest[: whole * CHUNK_BYTES])
            else:
                filled += self._copy_from_cache(rest)
        return filled

    def close(self) -> None:
        """Forget the key, wipe the last chunk and close the source; may be called again."""
        if not self.closed:
            self._cache[:] = bytes(CHUNK_BYTES)
            self._cached_chunk = -1
            # The AEAD object holds the key until it is gone.
            self.__dict__.pop("_aead", None)
            self._source.close()
        super().close()

    def _check_open(self) -> None:
        if self.closed:
            message = "the object is closed"
            raise ValueError(message)

    def _copy_from_cache(self, wanted: memoryview) -> int:
        chunk, start = divmod(self._position, CHUNK_BYTES)
        self._load(chunk)
        count = min(len(wanted), CHUNK_BYTES - start)
        wanted[:count] = self._cache[start : start + count]
        self._position += count
        return count

    def _load(self, chunk: int) -> None:
        if self._cached_chunk == chunk:
            return
        last = self._length % CHUNK_BYTES
        plain = CHUNK_BYTES if chunk < self._last_chunk else last
        self._cached_chunk = -1
        self._source.seek(HEADER_BYTES + chunk * SEALED_CHUNK_BYTES)
        sealed = _read_exactly(self._source, plain + TAG_BYTES)
        self._open_chunk(chunk, memoryview(sealed), memoryview(self._cache)[:plain])
        self._cached_chunk = chunk

    def _decrypt_whole_chunks(self, wanted: memoryview) -> int:
        first = self._position // CHUNK_BYTES
        count = len(wanted) // CHUNK_BYTES
        self._source.seek(HEADER_BYTES + first * SEALED_CHUNK_BYTES)
        sealed = memoryview(_read_exactly(self._source, count * SEALED_CHUNK_BYTES))
        for number in range(count):
            self._open_chunk(
                first + number,
                sealed[number * SEALED_CHUNK_BYTES : (number + 1) * SEALED_CHUNK_BYTES],
                wanted[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES],
            )
        self._position += len(wanted)
        return len(wanted)

    def _open_chunk(self, chunk: int, sealed: memoryview, plain: memoryview) -> None:
        nonce = (self._base_nonce ^ chunk).to_bytes(_NONCE_BYTES, "big")
        try:
            self._aead.decrypt_into(nonce, sealed, None, plain)
        except InvalidTag as err:
            raise ObjectTampered(chunk=chunk) from err


def _opened(key: SecretBytes, context: bytes, header: bytes) -> tuple[AESGCM, int]:
    """Derive the message's AEAD and base nonce, after comparing the commitment."""
    salt, commitment = header[:SALT_BYTES], header[SALT_BYTES:]
    nonce_end = KEY_BYTES + _NONCE_BYTES
    with SecretBytes(bytearray(nonce_end + COMMITMENT_BYTES)) as derived:
        material = derived.view()
        expand = HKDFExpand(hashes.SHA512(), len(material), _INFO_PREFIX + salt + context)
        expand.derive_into(key.view(), material)
        if not hmac.compare_digest(memoryview(material)[nonce_end:], commitment):
            raise WrongKey
        aead = AESGCM(memoryview(material)[:KEY_BYTES])
        return aead, int.from_bytes(material[KEY_BYTES:nonce_end], "big")


def _read_exactly(source: BinaryIO, count: int) -> bytes:
    data = source.read(count)
    # Only a file that shrinks while it is open gives less than was measured.
    if data is None or len(data) != count:
        raise ObjectTampered(length=0 if data is None else len(data))
    return data
