# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""age files (<https://age-encryption.org/v1>): encrypt to recipients, open with identities.

age tells nothing about who wrote a file: whoever knows a recipient can. The sender is known
by a signature inside the file (`vault.crypto.sshsig`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final, Self

from vault.crypto.age_armor import ArmorReader, ArmorWriter, is_armored
from vault.crypto.age_hybrid import HybridIdentity, HybridRecipient
from vault.crypto.age_payload import AgeReader, PayloadWriter
from vault.crypto.age_scrypt import ScryptIdentity, ScryptRecipient, check_passphrase_is_alone
from vault.crypto.age_stanzas import (
    FILE_KEY_BYTES,
    Identity,
    LineSource,
    Recipient,
    read_header,
    written_header,
)
from vault.crypto.age_x25519 import X25519Identity, X25519Recipient
from vault.crypto.errors import (
    BadIdentity,
    BadRecipient,
    NoMatchingIdentity,
    RecipientsDoNotMix,
)
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.streams import write_all
from vault.progress import Progress

__all__ = [
    "AgeReader",
    "EncryptWriter",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Recipient",
    "ScryptIdentity",
    "ScryptRecipient",
    "X25519Identity",
    "X25519Recipient",
    "encrypt",
    "open_age",
    "parse_identity",
    "parse_identity_file",
    "parse_recipient",
]

_BLOCK_BYTES: Final = 1024 * 1024
_MUST_BE_ALONE: Final = "passphrase"
_LONGEST_IDENTITY_FILE: Final = 1024 * 1024


class EncryptWriter:
    """A sink that encrypts what is written to it; `close` makes the file complete.

    Leaving a `with` block closes it; leaving by an exception abandons it instead: the key is
    forgotten and the file, without its final chunk, can be opened by nobody to its end. The
    sink stays its owner's to close. For one thread at a time.
    """

    def __init__(
        self, recipients: Sequence[Recipient], sink: BinaryIO, *, armor: bool = False
    ) -> None:
        """Write the header for all recipients.

        Raises `RecipientsDoNotMix` and `BadRecipient` before anything is written.
        """
        _check_recipients(recipients)
        with SecretBytes.random(FILE_KEY_BYTES) as file_key:
            stanzas = [recipient.wrap(file_key) for recipient in recipients]
            header = written_header(stanzas, file_key)
            self._armor = ArmorWriter(sink) if armor else None
            outer = self._armor or sink
            write_all(outer, header)
            self._payload = PayloadWriter(file_key, outer)
        self._written = 0

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Encrypt all of the data and return its length."""
        if self.closed:
            raise ValueError("the age file is closed")
        block = memoryview(data).cast("B")
        self._payload.write(block)
        self._written += len(block)
        return len(block)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._written

    def flush(self) -> None:
        """Do nothing: a chunk is written when it is full or last."""

    @property
    def closed(self) -> bool:
        """Whether the file was completed or abandoned."""
        return self._payload.closed

    def close(self) -> None:
        """Write the final chunk; may be called again."""
        if self.closed:
            return
        self._payload.close()
        if self._armor is not None:
            self._armor.close()

    def abandon(self) -> None:
        """Forget the key and leave the file incomplete."""
        self._payload.abandon()

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(self, failed: type[BaseException] | None, *_rest: object) -> None:
        """Complete the file, or abandon it when the block failed."""
        if failed is None:
            self.close()
        else:
            self.abandon()


def encrypt(
    recipients: Sequence[Recipient],
    source: BinaryIO,
    sink: BinaryIO,
    *,
    armor: bool = False,
    progress: Progress | None = None,
) -> None:
    """Encrypt all of `source` to the recipients.

    Refuses hybrid together with classical recipients, and a passphrase with anything, by
    `RecipientsDoNotMix` before anything is written. `progress` is told bytes done, as
    "encrypting", with a total of 0 while it is not known, and is where the work is cancelled.
    """
    done = 0
    with EncryptWriter(recipients, sink, armor=armor) as writer:
        while block := source.read(_BLOCK_BYTES):
            done += writer.write(block)
            if progress is not None:
                progress.report(done, 0, "encrypting")
    if progress is not None:
        progress.report(done, done, "encrypting")


def open_age(identities: Sequence[Identity], source: BinaryIO) -> AgeReader:
    """Open an age file, binary or armored, and return its plaintext as a stream.

    The header is authenticated before this returns. Raises `NotAnAgeFile`,
    `ArmorMalformed`, `HeaderTampered`, `WorkFactorTooHigh` (before anything is derived),
    `NotEnoughMemory` and `NoMatchingIdentity`; the reader raises `PayloadTampered`. The
    source need not be seekable.
    """
    lines = LineSource(source)
    if is_armored(lines):
        lines = LineSource(ArmorReader(lines))
    header = read_header(lines)
    check_passphrase_is_alone(header.stanzas)
    for identity in identities:
        file_key = identity.unwrap(header.stanzas)
        if file_key is not None:
            break
    else:
        raise NoMatchingIdentity(stanzas=len(header.stanzas))
    with file_key:
        header.check(file_key)
        return AgeReader(file_key, lines)


def parse_recipient(text: str) -> X25519Recipient | HybridRecipient:
    """Read an `age1…` or `age1pq1…` recipient; raise `BadRecipient`."""
    stripped = text.strip()
    if stripped.lower().startswith("age1pq1"):
        return HybridRecipient.parse(stripped)
    return X25519Recipient.parse(stripped)


def parse_identity(text: bytearray) -> X25519Identity | HybridIdentity:
    """Read one `AGE-SECRET-KEY-…`; the text is left to be zeroed. Raise `BadIdentity`."""
    if text[:19].upper() == b"AGE-SECRET-KEY-PQ-1":
        return HybridIdentity.parse(text)
    return X25519Identity.parse(text)


def parse_identity_file(data: bytearray) -> list[Identity]:
    """Read what `age-keygen` writes: one identity a line, comments after "#", empty lines.

    The data is left for the caller to zero. Raises `BadIdentity` with the number of the line
    that is wrong, or 0 when there is no identity at all.
    """
    if len(data) > _LONGEST_IDENTITY_FILE:
        raise BadIdentity(line=0)
    identities: list[Identity] = []
    try:
        for number, line in enumerate(data.split(b"\n"), start=1):
            with SecretBytes(line.strip()) as text:
                if text.view() and not text.view().startswith(b"#"):
                    identities.append(_identity_of_line(text.view(), number))
            line[:] = bytes(len(line))
        if not identities:
            raise BadIdentity(line=0)
    except BadIdentity:
        for identity in identities:
            identity.wipe()
        raise
    return identities


def _identity_of_line(text: bytearray, number: int) -> Identity:
    try:
        return parse_identity(text)
    except BadIdentity:
        raise BadIdentity(line=number) from None


def _check_recipients(recipients: Sequence[Recipient]) -> None:
    if not recipients:
        raise BadRecipient(reason="none")
    families = {recipient.family for recipient in recipients}
    if len(families) > 1 or (_MUST_BE_ALONE in families and len(recipients) > 1):
        raise RecipientsDoNotMix(recipients=len(recipients))
