# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The hybrid post-quantum recipient of age: ML-KEM-768 with X25519 (X-Wing) under HPKE.

From C2SP `age.md`, "The MLKEM768-X25519 hybrid post-quantum recipient type": HPKE SealBase
with HKDF-SHA256 and ChaCha20-Poly1305. A recorded file must stay secret when one of the two
problems is solved, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from vault.crypto.age_stanzas import Stanza, from_base64, to_base64
from vault.crypto.age_wrapping import (
    check_body,
    decoded_identity,
    decoded_recipient,
    encoded_identity,
    encoded_recipient,
)
from vault.crypto.errors import BadIdentity, BadRecipient, HeaderTampered
from vault.crypto.secret_bytes import SecretBytes

SEED_BYTES: Final = 32
PUBLIC_PREFIX: Final = "age1pq"
IDENTITY_PREFIX: Final = "age-secret-key-pq-"
_KIND: Final = "mlkem768x25519"
_INFO: Final = b"age-encryption.org/mlkem768x25519"
_MLKEM_SEED_BYTES: Final = 64
_MLKEM_PUBLIC_BYTES: Final = 1184
_PUBLIC_BYTES: Final = _MLKEM_PUBLIC_BYTES + 32
_ENCAPSULATED_BYTES: Final = 1088 + 32
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """An `age1pq1…` public key: 1184 bytes of ML-KEM-768 and 32 of X25519."""

    raw: bytes
    family: ClassVar[str] = "hybrid"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a recipient and check both of its keys; raise `BadRecipient`."""
        recipient = cls(decoded_recipient(PUBLIC_PREFIX, text))
        recipient._public_key()
        return recipient

    def encode(self) -> str:
        """Return the recipient as text, 1959 characters."""
        return encoded_recipient(PUBLIC_PREFIX, self.raw)

    def wrap(self, file_key: SecretBytes) -> Stanza:
        """Return a stanza under a fresh encapsulation."""
        sealed = _SUITE.encrypt(file_key.view(), self._public_key(), info=_INFO)
        share = to_base64(sealed[:_ENCAPSULATED_BYTES]).decode("ascii")
        return Stanza((_KIND, share), sealed[_ENCAPSULATED_BYTES:])

    def _public_key(self) -> MLKEM768X25519PublicKey:
        if len(self.raw) != _PUBLIC_BYTES:
            raise BadRecipient(reason="length")
        try:
            # The driver checks the ML-KEM key as FIPS 203 section 7.2 asks.
            mlkem = MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC_BYTES])
            x25519 = X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC_BYTES:])
        except ValueError as err:
            raise BadRecipient(reason="point") from err
        return MLKEM768X25519PublicKey(mlkem, x25519)


class HybridIdentity:
    """An `AGE-SECRET-KEY-PQ-1…` private key: a 32-byte seed, held as a secret."""

    __slots__ = ("_recipient", "_seed")

    def __init__(self, seed: SecretBytes) -> None:
        """Take ownership of 32 random bytes."""
        if len(seed) != SEED_BYTES:
            raise BadIdentity(reason="length")
        self._seed = seed
        mlkem, x25519 = _expanded(seed)
        self._recipient = HybridRecipient(
            mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls) -> Self:
        """Return a new random identity."""
        return cls(SecretBytes.random(SEED_BYTES))

    @classmethod
    def parse(cls, text: bytearray) -> Self:
        """Read an identity; the text is left for the caller to zero. Raise `BadIdentity`."""
        return cls(decoded_identity(IDENTITY_PREFIX, text))

    def recipient(self) -> HybridRecipient:
        """Return the public half; it outlives `wipe`."""
        return self._recipient

    def encode(self) -> SecretBytes:
        """Return the identity as text in capitals, the caller's to wipe."""
        return encoded_identity(IDENTITY_PREFIX, self._seed)

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretBytes | None:
        """Return the file key if a stanza is for this key; raise `HeaderTampered`."""
        sealed = [_sealed(stanza) for stanza in stanzas if stanza.kind == _KIND]
        if not sealed:
            return None
        private = MLKEM768X25519PrivateKey(*_expanded(self._seed))
        for one in sealed:
            try:
                # The driver gives the 16-byte file key as bytes; the copy is taken at once.
                return SecretBytes.copy_of(_SUITE.decrypt(one, private, info=_INFO))
            except InvalidTag:
                continue
        return None

    def wipe(self) -> None:
        """Zero the seed."""
        self._seed.wipe()

    def __repr__(self) -> str:
        """Show which identity it is by the start of its public half."""
        return f"<HybridIdentity of {self._recipient.encode()[:24]}…>"


def _expanded(seed: SecretBytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Expand the seed into both private keys: SHAKE256, 64 bytes and 32 bytes."""
    shake = hashes.Hash(hashes.SHAKE256(_MLKEM_SEED_BYTES + 32))
    shake.update(seed.view())
    with SecretBytes.copy_of(shake.finalize()) as expanded:
        material = memoryview(expanded.view())
        mlkem = MLKEM768PrivateKey.from_seed_bytes(material[:_MLKEM_SEED_BYTES])
        return mlkem, X25519PrivateKey.from_private_bytes(material[_MLKEM_SEED_BYTES:])


def _sealed(stanza: Stanza) -> bytes:
    check_body(stanza)
    if len(stanza.arguments) != 2:  # noqa: PLR2004 - the kind and one argument, by the specification
        raise HeaderTampered(reason="arguments")
    share = from_base64(stanza.arguments[1].encode("ascii"), reason="share")
    if len(share) != _ENCAPSULATED_BYTES:
        raise HeaderTampered(reason="share")
    return share + stanza.body
