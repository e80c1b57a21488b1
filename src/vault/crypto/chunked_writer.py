# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing an encrypted object piece by piece, where the bytes arrive instead of being read.

The same format as `chunked.encrypt_stream`; `chunked.ChunkedReader` reads both.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from cryptography.cobblestone import Cobblestone256Encryptor

from vault.crypto.chunked import (
    CHUNK_BYTES,
    HEADER_BYTES,
    KEY_BYTES,
    SEALED_CHUNK_BYTES,
)
from vault.crypto.secret_bytes import SecretBytes

_PIECE_CHUNKS: Final = 64


class ChunkedWriter:
    """Encrypts what is written into a sink; `finish` writes the last chunk.

    Needs about 1 MiB of memory whatever the length. For one thread; the sink stays open.
    """

    def __init__(self, key: SecretBytes, context: bytes, sink: BinaryIO) -> None:
        """Begin an object; `key` is 32 random bytes, `context` must be given again to read."""
        if len(key) != KEY_BYTES:
            message = "an object key has 32 bytes"
            raise ValueError(message)
        self._encryptor = Cobblestone256Encryptor(key.view(), context)
        self._sink = sink
        # The first piece carries the header and any piece one chunk kept back from before.
        self._sealed = bytearray(HEADER_BYTES + (_PIECE_CHUNKS + 1) * SEALED_CHUNK_BYTES)

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Encrypt and pass on; return how many bytes were taken, which is all of them."""
        view = memoryview(data).cast("B")
        for start in range(0, len(view), _PIECE_CHUNKS * CHUNK_BYTES):
            piece = view[start : start + _PIECE_CHUNKS * CHUNK_BYTES]
            written = self._encryptor.update_into(piece, self._sealed)
            _write_all(self._sink, memoryview(self._sealed)[:written])
        return len(view)

    def finish(self) -> None:
        """Write the last chunk, without which nobody can read the object."""
        _write_all(self._sink, memoryview(self._encryptor.finalize()))


def _write_all(sink: BinaryIO, data: memoryview) -> None:
    while data:
        data = data[sink.write(data) :]
