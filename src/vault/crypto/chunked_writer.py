# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing encrypted objects: C2SP chunked-encryption, instantiated as Cobblestone-256.

The cipher and its framing are the driver's own implementation; `chunked.ChunkedReader` reads.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from cryptography.cobblestone import Cobblestone256Encryptor

from vault.crypto.chunked_format import (
    BATCH_CHUNKS,
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    check_key,
)
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.streams import ByteSink, write_all
from vault.progress import Progress

_BATCH_BYTES: Final = BATCH_CHUNKS * CHUNK_BYTES


class ChunkedWriter:
    """Encrypts what is written into a sink; `finish` writes the last chunk.

    Needs about 1 MiB of memory whatever the length. For one thread; the sink stays open.
    """

    def __init__(self, key: SecretBytes, context: bytes, sink: ByteSink) -> None:
        """Begin an object; `key` is 32 random bytes, `context` must be given again to read."""
        check_key(key)
        self._encryptor = Cobblestone256Encryptor(key.view(), context)
        self._sink = sink
        # The first batch carries the header and any batch one chunk kept back from before.
        self._sealed = memoryview(bytearray(HEADER_BYTES + (BATCH_CHUNKS + 1) * SEALED_CHUNK_BYTES))

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Encrypt and pass on; return how many bytes were taken, which is all of them."""
        plain = memoryview(data).cast("B")
        for start in range(0, len(plain), _BATCH_BYTES):
            written = self._encryptor.update_into(plain[start : start + _BATCH_BYTES], self._sealed)
            write_all(self._sink, self._sealed[:written])
        return len(plain)

    def finish(self) -> None:
        """Write the last chunk, without which nobody can read the object."""
        write_all(self._sink, self._encryptor.finalize())


def encrypt_stream(
    key: SecretBytes,
    context: bytes,
    source: BinaryIO,
    sink: BinaryIO,
    *,
    progress: Progress | None = None,
) -> int:
    """Encrypt all of `source` into `sink` and return how many bytes it held.

    `key` is 32 random bytes; `context` must be given again to read. Needs about 3 MiB of
    memory whatever the length. `progress` is told bytes done, as "encrypting", with a total
    of 0 while it is not known, and is where the work is cancelled; what reached the sink by
    then is the caller's to remove.
    """
    writer = ChunkedWriter(key, context, sink)
    done = 0
    while block := source.read(_BATCH_BYTES):
        done += writer.write(block)
        if progress is not None:
            progress.report(done, 0, "encrypting")
    writer.finish()
    if progress is not None:
        progress.report(done, done, "encrypting")
    return done
