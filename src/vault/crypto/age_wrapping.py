# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the recipient types of age share: the body of a stanza and the text of a key."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vault.crypto import bech32
from vault.crypto.age_stanzas import FILE_KEY_BYTES, Stanza
from vault.crypto.errors import BadIdentity, BadRecipient, HeaderTampered
from vault.crypto.secret_bytes import SecretBytes

KEY_BYTES: Final = 32
_BODY_BYTES: Final = FILE_KEY_BYTES + 16
# The key of each wrapping is used once, so that age fixes its nonce.
_ZERO_NONCE: Final = bytes(12)


def sealed_body(key: SecretBytes, file_key: SecretBytes) -> bytes:
    """Return the body of a stanza: the file key under a key that is used this once."""
    return ChaCha20Poly1305(key.view()).encrypt(_ZERO_NONCE, file_key.view(), None)


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
    if len(stanza.body) != _BODY_BYTES:
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
