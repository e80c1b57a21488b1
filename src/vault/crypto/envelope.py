# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wrapping of keys: HKDF into a key-encryption key and a commitment, AES-256-GCM-SIV (RFC 8452).

The commitment is there because GCM-SIV alone is not key-committing: a ciphertext can be made
that opens under several keys, which turns an unlock into a test of many passphrases at once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from vault.crypto.errors import Tampered, WrongKey
from vault.crypto.kdf import equal_in_constant_time, framed, hkdf_sha256
from vault.crypto.secret_bytes import SecretBytes

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
COMMITMENT_BYTES: Final = 32
_LABEL: Final = b"panah/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A wrapped secret as stored: 12-byte nonce, secret and 16-byte tag, 32-byte commitment."""

    nonce: bytes
    ciphertext: bytes
    commitment: bytes


def wrap_key(
    input_key: SecretBytes, secret: SecretBytes, *, salt: bytes, context: bytes
) -> WrappedKey:
    """Wrap `secret` under `input_key`; `salt` and `context` must be given again to unwrap it.

    `context` is authenticated and not stored. `salt` should be random and stored beside the
    result, or be fixed where each input key wraps one secret only. The nonce is random.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    commitment = _commitment(input_key, salt)
    with _key_encryption_key(input_key, salt) as kek:
        # The AEAD object holds copies of the key until it is deleted: it lives in this line.
        ciphertext = AESGCMSIV(kek.view()).encrypt(nonce, secret.view(), context)
    return WrappedKey(nonce=nonce, ciphertext=ciphertext, commitment=commitment)


def unwrap_key(
    input_key: SecretBytes, wrapped: WrappedKey, *, salt: bytes, context: bytes
) -> SecretBytes:
    """Return the wrapped secret.

    Raises `WrongKey` when the commitment is not of this key and salt, and `Tampered` when it
    is but the nonce, the ciphertext or the context differ from what was wrapped.
    """
    if not equal_in_constant_time(_commitment(input_key, salt), wrapped.commitment):
        raise WrongKey
    length = len(wrapped.ciphertext) - TAG_BYTES
    if len(wrapped.nonce) != NONCE_BYTES or length < 1:
        raise Tampered
    secret = SecretBytes(bytearray(length))
    with _key_encryption_key(input_key, salt) as kek:
        try:
            AESGCMSIV(kek.view()).decrypt_into(
                wrapped.nonce, wrapped.ciphertext, context, secret.view()
            )
        except InvalidTag as err:
            secret.wipe()
            raise Tampered from err
    return secret


def _key_encryption_key(input_key: SecretBytes, salt: bytes) -> SecretBytes:
    return hkdf_sha256(input_key, salt=salt, info=framed(_LABEL, b"key encryption"))


def _commitment(input_key: SecretBytes, salt: bytes) -> bytes:
    # The commitment is written to disk in clear: it is no secret and may be plain bytes.
    info = framed(_LABEL, b"key commitment")
    with hkdf_sha256(input_key, salt=salt, info=info, length=COMMITMENT_BYTES) as derived:
        return bytes(derived.view())
