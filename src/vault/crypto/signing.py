# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ed25519 (RFC 8032) keys that sign, and their public halves in the form OpenSSH uses."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from vault.crypto.errors import BadPublicKey, BadSignature
from vault.crypto.secret_bytes import SecretBytes

SEED_BYTES: Final = 32
PUBLIC_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_SSH_TYPE: Final = b"ssh-ed25519"
_BLOB_START: Final = len(_SSH_TYPE).to_bytes(4, "big") + _SSH_TYPE + PUBLIC_BYTES.to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public half: 32 bytes that check signatures."""

    raw: bytes

    def __post_init__(self) -> None:
        """Raise `BadPublicKey` unless there are exactly 32 bytes."""
        if len(self.raw) != PUBLIC_BYTES:
            raise BadPublicKey(length=len(self.raw))

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return when `signature` is this key's over `data`, else raise `BadSignature`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError) as err:
            raise BadSignature from err

    def ssh_blob(self) -> bytes:
        """Return the key in SSH wire form (RFC 8709): 51 bytes."""
        return _BLOB_START + self.raw

    def openssh(self) -> str:
        """Return the key as one line of an OpenSSH file, without a comment."""
        return f"ssh-ed25519 {base64.b64encode(self.ssh_blob()).decode('ascii')}"

    def fingerprint(self) -> str:
        """Return what `ssh-keygen -l` shows: "SHA256:" and unpadded base64."""
        digest = base64.b64encode(hashlib.sha256(self.ssh_blob()).digest())
        return "SHA256:" + digest.decode("ascii").rstrip("=")

    @classmethod
    def from_ssh_blob(cls, blob: bytes) -> Self:
        """Read a key in SSH wire form; raise `BadPublicKey` for anything else."""
        if not blob.startswith(_BLOB_START):
            raise BadPublicKey(length=len(blob))
        return cls(blob[len(_BLOB_START) :])

    @classmethod
    def parse_openssh(cls, line: str) -> Self:
        """Read "ssh-ed25519 AAAA…", with or without a comment; raise `BadPublicKey`."""
        words = line.split(maxsplit=2)
        if words[:1] != ["ssh-ed25519"] or words[1:] == []:
            raise BadPublicKey(length=len(line))
        try:
            # 51 bytes fill their last group of base64: a key has no second spelling.
            blob = base64.b64decode(words[1], validate=True)
        except (binascii.Error, ValueError) as err:
            raise BadPublicKey(length=len(line)) from err
        return cls.from_ssh_blob(blob)


class SigningKey:
    """The private half: a 32-byte seed, held as a secret and expanded for each signature only."""

    __slots__ = ("_public", "_seed")

    def __init__(self, seed: SecretBytes) -> None:
        """Take ownership of the seed; `wipe` ends it."""
        if len(seed) != SEED_BYTES:
            message = "an Ed25519 seed has 32 bytes"
            raise ValueError(message)
        self._seed = seed
        private = Ed25519PrivateKey.from_private_bytes(seed.view())
        self._public = VerifyKey(private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """Return a new random key."""
        return cls(SecretBytes.random(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: SecretBytes) -> Self:
        """Return the key of a stored seed, of which a copy is kept."""
        return cls(seed.copy())

    def seed(self) -> SecretBytes:
        """Return a copy of the seed, the caller's to wipe; raise `SecretGone`."""
        return self._seed.copy()

    @property
    def public(self) -> VerifyKey:
        """The key that checks what this one signs; it outlives `wipe`."""
        return self._public

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature, always the same for the same data; raise `SecretGone`."""
        return Ed25519PrivateKey.from_private_bytes(self._seed.view()).sign(data)

    def wipe(self) -> None:
        """Zero the seed; signing raises `SecretGone` from now on."""
        self._seed.wipe()

    def __repr__(self) -> str:
        """Show which key it is by its public half."""
        return f"<SigningKey {self._public.fingerprint()}>"
