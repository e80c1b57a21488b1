# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The payload of an age file: STREAM with ChaCha20-Poly1305 in chunks of 64 KiB.

From C2SP `age.md`, "Payload": the nonce is an 11-byte counter and one byte that is 1 for the
final chunk only, so that shortening, lengthening and reordering are all noticed.
"""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vault.crypto.age_stanzas import LineSource
from vault.crypto.errors import PayloadTampered
from vault.crypto.kdf import hkdf_sha256
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.streams import ByteSink, write_all

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK_BYTES: Final = 64 * 1024
NONCE_BYTES: Final = 16
TAG_BYTES: Final = 16
_COUNTER_BYTES: Final = 11


class PayloadWriter:
    """Encrypts what it is given; `close` writes the final chunk, without which nothing opens."""

    def __init__(self, file_key: SecretBytes, sink: ByteSink) -> None:
        """Write the payload nonce; the file key is used here and not kept."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        self._aead: ChaCha20Poly1305 | None = _payload_cipher(file_key, nonce)
        self._sink = sink
        self._plain = bytearray(CHUNK_BYTES)
        self._filled = 0
        self._chunk = 0
        write_all(sink, nonce)

    @property
    def closed(self) -> bool:
        """Whether nothing more can be written."""
        return self._aead is None

    def write(self, data: memoryview) -> None:
        """Take the data; a full chunk is kept back until it is known not to be the last."""
        while data:
            if self._filled == CHUNK_BYTES:
                self._seal(final=False)
            count = min(len(data), CHUNK_BYTES - self._filled)
            self._plain[self._filled : self._filled + count] = data[:count]
            self._filled += count
            data = data[count:]

    def close(self) -> None:
        """Write the final chunk and forget the key."""
        self._seal(final=True)
        self.abandon()

    def abandon(self) -> None:
        """Forget the key and the plaintext without a final chunk."""
        self._plain[:] = bytes(CHUNK_BYTES)
        self._aead = None

    def _seal(self, *, final: bool) -> None:
        if self._aead is None:
            raise ValueError("the age file is closed")
        plain = memoryview(self._plain)[: self._filled]
        sealed = self._aead.encrypt(_nonce(self._chunk, final=final), plain, None)
        write_all(self._sink, sealed)
        self._chunk += 1
        self._filled = 0


class AgeReader(io.RawIOBase):
    """The plaintext of an age file as a stream; bounded memory, no seeking.

    Every read fills its buffer unless the end is reached. Each chunk is authenticated before
    a byte of it is given out, but only the end of the stream tells that nothing is missing:
    what was read before must not be relied on until then. After a fault every read raises
    `PayloadTampered` again. Closing forgets the key; the source stays its owner's to close.
    For one thread at a time.
    """

    def __init__(self, file_key: SecretBytes, source: LineSource) -> None:
        """Read the payload nonce; the file key is used here and not kept."""
        super().__init__()
        nonce = source.read(NONCE_BYTES)
        if len(nonce) != NONCE_BYTES:
            raise PayloadTampered(chunk=0)
        self._aead: ChaCha20Poly1305 | None = _payload_cipher(file_key, nonce)
        self._source = source
        self._plain = bytearray(CHUNK_BYTES)
        self._ready = memoryview(self._plain)[:0]
        self._chunk = 0
        self._ended = False

    def readable(self) -> bool:
        """Return True: this is a reader."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as the payload goes; raise `PayloadTampered`."""
        if self.closed:
            raise ValueError("the age file is closed")
        wanted = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(wanted):
            if not self._ready and not self._next_chunk(quietly=filled > 0):
                break
            count = min(len(self._ready), len(wanted) - filled)
            wanted[filled : filled + count] = self._ready[:count]
            self._ready = self._ready[count:]
            filled += count
        return filled

    def close(self) -> None:
        """Forget the key and wipe what was decrypted last; may be called again."""
        if not self.closed:
            self._aead = None
            self._ready = memoryview(b"")
            self._plain[:] = bytes(CHUNK_BYTES)
        super().close()

    def _next_chunk(self, *, quietly: bool) -> bool:
        """Decrypt one chunk and say whether there was one.

        `quietly` leaves a fault to the next read: what is authentic is given out before it.
        """
        if self._ended:
            return False
        try:
            self._decrypt_next()
        except PayloadTampered:
            # Without a cipher every later read comes back here.
            self._aead = None
            if quietly:
                return False
            raise
        return True

    def _decrypt_next(self) -> None:
        sealed = self._source.read(CHUNK_BYTES + TAG_BYTES)
        final = self._source.at_end()
        length = len(sealed) - TAG_BYTES
        # An empty final chunk is allowed for an empty payload only.
        if self._aead is None or length < 0 or (length == 0 and self._chunk > 0):
            raise PayloadTampered(chunk=self._chunk)
        plain = memoryview(self._plain)[:length]
        try:
            self._aead.decrypt_into(_nonce(self._chunk, final=final), sealed, None, plain)
        except InvalidTag as err:
            raise PayloadTampered(chunk=self._chunk) from err
        self._chunk += 1
        self._ready = plain
        self._ended = final


def _payload_cipher(file_key: SecretBytes, nonce: bytes) -> ChaCha20Poly1305:
    with hkdf_sha256(file_key, salt=nonce, info=b"payload") as key:
        return ChaCha20Poly1305(key.view())


def _nonce(chunk: int, *, final: bool) -> bytes:
    return chunk.to_bytes(_COUNTER_BYTES, "big") + bytes([final])
