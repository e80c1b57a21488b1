# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain age files, interoperable with the age program; no vault needed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from vault.crypto.age_file import (
    HybridIdentity,
    Identity,
    Recipient,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    encrypt,
    open_age,
    parse_identity_file,
    parse_recipient,
)
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.streams import write_all
from vault.progress import Progress
from vault.services.published_file import new_file

STANDARD_STREAM: Final = "-"
_BLOCK_BYTES: Final = 1024 * 1024


def new_identity(*, post_quantum: bool) -> tuple[SecretBytes, str]:
    """Return a new identity as its secret text, and the recipient that encrypts to it."""
    identity = HybridIdentity.generate() if post_quantum else X25519Identity.generate()
    try:
        return identity.encode(), identity.recipient().encode()
    finally:
        identity.wipe()


def recipients_of(texts: Sequence[str]) -> list[Recipient]:
    """Parse recipients; raise `BadRecipient`."""
    return [parse_recipient(text.strip()) for text in texts]


def passphrase_recipient(passphrase: bytearray) -> Recipient:
    """Return the recipient of a passphrase."""
    return ScryptRecipient(passphrase)


def passphrase_identity(passphrase: bytearray) -> Identity:
    """Return the identity of a passphrase; the work it may ask for is capped."""
    return ScryptIdentity(passphrase)


def identities_of(key_files: Sequence[str]) -> list[Identity]:
    """Read identity files; raise `BadIdentity` with the line."""
    identities: list[Identity] = []
    for name in key_files:
        content = bytearray(Path(name).read_bytes())
        try:
            identities += parse_identity_file(content)
        finally:
            content[:] = bytes(len(content))
    return identities


def encrypt_file(
    recipients: Sequence[Recipient], source: str, target: str, *, armor: bool, progress: Progress
) -> None:
    """Encrypt a file (`-` for the standard streams); nothing is left at `target` on failure."""
    with _source(source) as plain, _target(target) as sealed:
        encrypt(recipients, plain, sealed, armor=armor, progress=progress)


def decrypt_file(
    identities: Sequence[Identity], source: str, target: str, *, progress: Progress
) -> None:
    """Decrypt a file; plaintext appears at `target` only when the last byte was authentic."""
    with _source(source) as sealed, _target(target) as plain:
        reader = open_age(identities, sealed)
        done = 0
        while block := reader.read(_BLOCK_BYTES):
            write_all(plain, block)
            done += len(block)
            progress.report(done, done + 1, "decrypting")


@contextlib.contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD_STREAM:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as stream:
        yield stream


@contextlib.contextmanager
def _target(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD_STREAM:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with new_file(Path(name)) as stream:
        yield stream
