# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The classical recipients of age: X25519 keys and passphrases (scrypt)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from vault.crypto import bech32
from vault.crypto.age_stanzas import FILE_KEY_BYTES, Stanza, from_base64, to_base64
from vault.crypto.errors import (
    BadIdentity,
    BadRecipient,
    HeaderTampered,
    NotEnoughMemory,
    WorkFactorTooHigh,
)
from vault.crypto.kdf import hkdf_sha256
from vault.crypto.secret_bytes import SecretBytes

KEY_BYTES: Final = 32
BODY_BYTES: Final = FILE_KEY_BYTES + 16
IDENTITY_PREFIX: Final = "age-secret-key-"
_PUBLIC_PREFIX: Final = "age"
_X25519_KIND: Final = "X25519"
_X25519_INFO: Final = b"age-encryption.org/v1/X25519"
_SCRYPT_KIND: Final = "scrypt"
_SCRYPT_LABEL: Final = b"age-encryption.org/v1/scrypt"
_SCRYPT_SALT_BYTES: Final = 16
_SCRYPT_BLOCK_SIZE: Final = 8
_WORK_FACTOR: Final = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
# The key of each wrapping is used once, so that age fixes its nonce.
_ZERO_NONCE: Final = bytes(12)


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
        with _x25519_wrapping_key(shared, share, self.raw) as key:
            body = ChaCha20Poly1305(key.view()).encrypt(_ZERO_NONCE, file_key.view(), None)
        return Stanza((_X25519_KIND, to_base64(share).decode("ascii")), body)


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
        shares = [(_x25519_share(stanza), stanza.body) for stanza in stanzas if _is_x25519(stanza)]
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
        with _x25519_wrapping_key(shared, share, self._recipient.raw) as key:
            return opened_body(key, body)

    def wipe(self) -> None:
        """Zero the secret."""
        self._secret.wipe()

    def __repr__(self) -> str:
        """Show which identity it is by its public half."""
        return f"<X25519Identity of {self._recipient.encode()}>"


class ScryptRecipient:
    """A passphrase to encrypt to; it must be the only recipient of its file."""

    family: ClassVar[str] = "passphrase"
    __slots__ = ("_log_n", "_passphrase")

    def __init__(self, passphrase: bytearray, log_n: int = 18) -> None:
        """Keep a copy of the passphrase; 2^18 rounds take 256 MiB and about a second."""
        self._passphrase = SecretBytes.copy_of(passphrase)
        self._log_n = log_n

    def wrap(self, file_key: SecretBytes) -> Stanza:
        """Return a stanza under a fresh salt; raise `NotEnoughMemory`."""
        salt = secrets.token_bytes(_SCRYPT_SALT_BYTES)
        with _scrypt_key(self._passphrase, salt, self._log_n) as key:
            body = ChaCha20Poly1305(key.view()).encrypt(_ZERO_NONCE, file_key.view(), None)
        arguments = (_SCRYPT_KIND, to_base64(salt).decode("ascii"), str(self._log_n))
        return Stanza(arguments, body)

    def wipe(self) -> None:
        """Zero the copy of the passphrase."""
        self._passphrase.wipe()


class ScryptIdentity:
    """A passphrase to open a file with."""

    __slots__ = ("_max_log_n", "_passphrase")

    def __init__(self, passphrase: bytearray, max_log_n: int = 20) -> None:
        """Keep a copy of the passphrase; the cap of 2^20 rounds bounds the memory to 1 GiB."""
        self._passphrase = SecretBytes.copy_of(passphrase)
        self._max_log_n = max_log_n

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretBytes | None:
        """Return the file key if the passphrase is right.

        Raises `HeaderTampered`, `NotEnoughMemory`, and `WorkFactorTooHigh` before anything is
        derived or allocated.
        """
        if not any(stanza.kind == _SCRYPT_KIND for stanza in stanzas):
            return None
        check_passphrase_is_alone(stanzas)
        stanza = stanzas[0]
        salt, log_n = _scrypt_arguments(stanza)
        if log_n > self._max_log_n:
            raise WorkFactorTooHigh(log_n=log_n, cap=self._max_log_n)
        with _scrypt_key(self._passphrase, salt, log_n) as key:
            return opened_body(key, stanza.body)

    def wipe(self) -> None:
        """Zero the copy of the passphrase."""
        self._passphrase.wipe()


def check_passphrase_is_alone(stanzas: Sequence[Stanza]) -> None:
    """Raise `HeaderTampered` when a scrypt stanza stands beside any other.

    Who knows the passphrase expects that whoever wrote the file knew it too; a second way of
    opening the file would break that.
    """
    if len(stanzas) > 1 and any(stanza.kind == _SCRYPT_KIND for stanza in stanzas):
        raise HeaderTampered(reason="passphrase not alone")


def opened_body(key: SecretBytes, body: bytes) -> SecretBytes | None:
    """Return the 16-byte file key of a body that was checked to have 32 bytes, or None."""
    file_key = SecretBytes(bytearray(FILE_KEY_BYTES))
    try:
        ChaCha20Poly1305(key.view()).decrypt_into(_ZERO_NONCE, body, None, file_key.view())
    except InvalidTag:
        return None
    return file_key


def check_body(stanza: Stanza) -> None:
    """Raise `HeaderTampered` unless the body can hold a file key and nothing else.

    A longer body could be made to open under many keys (partitioning oracle).
    """
    if len(stanza.body) != BODY_BYTES:
        raise HeaderTampered(reason="body length")


def decoded_identity(prefix: str, text: bytearray) -> SecretBytes:
    """Return the secret of a Bech32 identity; raise `BadIdentity`, which carries no text."""
    try:
        return SecretBytes(bech32.decode(prefix, text))
    except bech32.NotBech32:
        raise BadIdentity(reason="encoding") from None


def encoded_identity(prefix: str, secret: SecretBytes) -> SecretBytes:
    """Return a secret as a Bech32 identity in capitals."""
    lower = SecretBytes(bech32.encode(prefix, secret.view()))
    with lower:
        return SecretBytes(lower.view().upper())


def decoded_recipient(prefix: str, text: str) -> bytes:
    """Return the bytes of a Bech32 recipient; raise `BadRecipient`."""
    try:
        return bytes(bech32.decode(prefix, text.encode("ascii")))
    except (UnicodeEncodeError, bech32.NotBech32) as err:
        raise BadRecipient(reason="encoding") from err


def encoded_recipient(prefix: str, raw: bytes) -> str:
    """Return a public key as a Bech32 recipient."""
    return bech32.encode(prefix, raw).decode("ascii")


def _is_x25519(stanza: Stanza) -> bool:
    return stanza.kind == _X25519_KIND


def _x25519_share(stanza: Stanza) -> bytes:
    check_body(stanza)
    if len(stanza.arguments) != 2:  # noqa: PLR2004 - the kind and one argument, by the specification
        raise HeaderTampered(reason="arguments")
    share = from_base64(stanza.arguments[1].encode("ascii"), reason="share")
    if len(share) != KEY_BYTES:
        raise HeaderTampered(reason="share")
    return share


def _x25519_wrapping_key(shared: bytes, share: bytes, public: bytes) -> SecretBytes:
    with SecretBytes.copy_of(shared) as secret:
        return hkdf_sha256(secret, salt=share + public, info=_X25519_INFO)


def _scrypt_arguments(stanza: Stanza) -> tuple[bytes, int]:
    check_body(stanza)
    if len(stanza.arguments) != 3:  # noqa: PLR2004 - kind, salt and cost, by the specification
        raise HeaderTampered(reason="arguments")
    salt = from_base64(stanza.arguments[1].encode("ascii"), reason="salt")
    if len(salt) != _SCRYPT_SALT_BYTES:
        raise HeaderTampered(reason="salt")
    if not _WORK_FACTOR.fullmatch(stanza.arguments[2]):
        raise HeaderTampered(reason="work factor")
    return salt, int(stanza.arguments[2])


def _scrypt_key(passphrase: SecretBytes, salt: bytes, log_n: int) -> SecretBytes:
    key = SecretBytes(bytearray(KEY_BYTES))
    try:
        derivation = Scrypt(_SCRYPT_LABEL + salt, KEY_BYTES, 1 << log_n, _SCRYPT_BLOCK_SIZE, 1)
        derivation.derive_into(passphrase.view(), key.view())
    except MemoryError as err:
        raise NotEnoughMemory(memory_kib=1 << log_n) from err
    return key
