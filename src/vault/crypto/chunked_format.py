# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sizes of an encrypted object (C2SP chunked-encryption, Cobblestone-256).

`docs/formats/objects.md` has them with a worked example.
"""

from __future__ import annotations

from typing import Final

from vault.crypto.errors import ObjectTampered
from vault.crypto.secret_bytes import SecretBytes

KEY_BYTES: Final = 32
SALT_BYTES: Final = 24
COMMITMENT_BYTES: Final = 32
HEADER_BYTES: Final = SALT_BYTES + COMMITMENT_BYTES
CHUNK_BYTES: Final = 16 * 1024
TAG_BYTES: Final = 16
SEALED_CHUNK_BYTES: Final = CHUNK_BYTES + TAG_BYTES
BATCH_CHUNKS: Final = 64
"""How much is read or written at once: 1 MiB bounds the memory that any object needs."""
_MOST_CHUNKS: Final = 1 << 38
"""The limit of the specification, 4 PiB; far above any file, it bounds the arithmetic."""


def ciphertext_length(plain: int) -> int:
    """Return the size in bytes of an object that holds `plain` bytes."""
    return HEADER_BYTES + plain + (plain // CHUNK_BYTES + 1) * TAG_BYTES


def plain_length(ciphertext: int) -> int:
    """Return how many bytes an object of this size holds; raise `ObjectTampered` if none can."""
    chunks, last = divmod(ciphertext - HEADER_BYTES, SEALED_CHUNK_BYTES)
    if ciphertext < HEADER_BYTES or last < TAG_BYTES or chunks >= _MOST_CHUNKS:
        raise ObjectTampered(length=ciphertext)
    return chunks * CHUNK_BYTES + last - TAG_BYTES


def check_key(key: SecretBytes) -> None:
    """Stop a key of another length, which is a bug: it could only be of another purpose."""
    if len(key) != KEY_BYTES:
        message = "an object key has 32 bytes"
        raise ValueError(message)
