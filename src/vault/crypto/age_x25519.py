# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The X25519 recipient of age: `age1…` and `AGE-SECRET-KEY-1…`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from vault.crypto.age_stanzas import Stanza, from_base64, to_base64
from vault.crypto.age_wrapping import (
    KEY_BYTES,
    check_body,
    decoded_identity,
    decoded_recipient,
    encoded_identity,
    encoded_recipient,
    opened_body,
    sealed_body,
)
from vault.crypto.errors import BadIdentity, BadRecipient, HeaderTampered
from vault.crypto.kdf import hkdf_sha256
from vault.crypto.secret_bytes import SecretBytes

IDENTITY_PREFIX: Final = "age-secret-key-"
_PUBLIC_PREFIX: Final = "age"
_KIND: Final = "X25519"
_INFO: Final = b"age-encryption.org/v1/X25519"


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """An `age1…` public key, 32 bytes."""

    raw: bytes
    family: ClassVar[str] = "classical"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a recipient; raise `BadRecipient`, also for a point that gives no secret."""
        recipient = cls(decoded_recipient(_PUBLIC_PREFIX, text))
        if len(recipient.raw) != KEY_BYTES:
            raise BadRecipient(reason="length")
        try:
            X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(recipient.raw))
        except ValueError as err:
            raise BadRecipient(reason="point") from err
        return recipient

    def encode(self) -> str:
        """Return the recipient as text."""
        return encoded_recipient(_PUBLIC_PREFIX, self.raw)

    def wrap(self, file_key: SecretBytes) -> Stanza:
        """Return a stanza under a fresh ephemeral key."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.raw))
        except ValueError as err:
            raise BadRecipient(reason="point") from err
        with _wrapping_key(shared, share, self.raw) as key:
            body = sealed_body(key, file_key)
        return Stanza((_KIND, to_base64(share).decode("ascii")), body)


class X25519Identity:
    """An `AGE-SECRET-KEY-1…` private key, held as a secret."""

    __slots__ = ("_recipient", "_secret")

    def __init__(self, secret: SecretBytes) -> None:
        """Take ownership of 32 random bytes."""
        if len(secret) != KEY_BYTES:
            raise BadIdentity(reason="length")
        self._secret = secret
        public = X25519PrivateKey.from_private_bytes(secret.view()).public_key()
        self._recipient = X25519Recipient(public.public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """Return a new random identity."""
        return cls(SecretBytes.random(KEY_BYTES))

    @classmethod
    def parse(cls, text: bytearray) -> Self:
        """Read an identity; the text is left for the caller to zero. Raise `BadIdentity`."""
        return cls(decoded_identity(IDENTITY_PREFIX, text))

    def recipient(self) -> X25519Recipient:
        """Return the public half; it outlives `wipe`."""
        return self._recipient

    def encode(self) -> SecretBytes:
        """Return the identity as text in capitals, the caller's to wipe."""
        return encoded_identity(IDENTITY_PREFIX, self._secret)

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretBytes | None:
        """Return the file key if a stanza is for this key; raise `HeaderTampered`."""
        shares = [(_share(stanza), stanza.body) for stanza in stanzas if stanza.kind == _KIND]
        for share, body in shares:
            file_key = self._opened(share, body)
            if file_key is not None:
                return file_key
        return None

    def _opened(self, share: bytes, body: bytes) -> SecretBytes | None:
        private = X25519PrivateKey.from_private_bytes(self._secret.view())
        try:
            shared = private.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as err:
            raise HeaderTampered(reason="share") from err
        with _wrapping_key(shared, share, self._recipient.raw) as key:
            return opened_body(key, body)

    def wipe(self) -> None:
        """Zero the secret."""
        self._secret.wipe()

    def __repr__(self) -> str:
        """Show which identity it is by its public half."""
        return f"<X25519Identity of {self._recipient.encode()}>"


def _share(stanza: Stanza) -> bytes:
    check_body(stanza)
    if len(stanza.arguments) != 2:  # noqa: PLR2004 - the kind and one argument, by the specification
        raise HeaderTampered(reason="arguments")
    share = from_base64(stanza.arguments[1].encode("ascii"), reason="share")
    if len(share) != KEY_BYTES:
        raise HeaderTampered(reason="share")
    return share


def _wrapping_key(shared: bytes, share: bytes, public: bytes) -> SecretBytes:
    with SecretBytes.copy_of(shared) as secret:
        return hkdf_sha256(secret, salt=share + public, info=_INFO)
