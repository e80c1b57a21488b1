# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small vault folder with known credentials, made once per process at Argon2's floor."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from vault.crypto.kdf import at_floor
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import unlock
from vault.keys.os_keyring import KeyStore, MemoryKeyring

PASSPHRASE = bytearray("тихая вода 17", "utf-8")


@dataclass(frozen=True, kw_only=True)
class Made:
    """A vault's header files as bytes, and what opens it."""

    files: dict[str, bytes]
    vmk: bytes
    code: bytes
    keyring_secret: bytes
    keyring_item: str
    vault_id: bytes

    def write(self, folder: Path) -> Path:
        """Lay the vault into a folder."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        return folder

    def keyring(self) -> MemoryKeyring:
        """Return the keyring of the machine that made it."""
        keyring = MemoryKeyring()
        if self.keyring_secret:
            keyring.put(self.keyring_item, SecretBytes.copy_of(self.keyring_secret))
        return keyring

    def recovery(self) -> unlock.RecoveryCredential:
        """Return its recovery code as a credential."""
        return unlock.RecoveryCredential(code=SecretBytes.copy_of(self.code))


def passphrase() -> unlock.PassphraseCredential:
    """Return the right passphrase."""
    return unlock.PassphraseCredential(passphrase=bytearray(PASSPHRASE))


def wrong_passphrase() -> unlock.PassphraseCredential:
    """Return a wrong passphrase."""
    return unlock.PassphraseCredential(passphrase=bytearray(b"not the passphrase"))


def made(folder: Path, keyring: KeyStore | None) -> Made:
    """Make a vault in a folder."""
    created = unlock.create_keys(
        folder, passphrase=bytearray(PASSPHRASE), keyring=keyring, kdf=at_floor()
    )
    created.write_header()
    secret = keyring.get(created.header.keyring_item) if keyring else None
    return Made(
        files={path.name: path.read_bytes() for path in sorted(folder.iterdir())},
        vmk=bytes(created.vmk.view()),
        code=bytes(created.recovery_code.view()),
        keyring_secret=bytes(secret.view()) if secret else b"",
        keyring_item=created.header.keyring_item,
        vault_id=created.header.vault_id,
    )


@functools.cache
def _once(folder: Path, *, with_keyring: bool) -> Made:
    folder.mkdir()
    return made(folder, MemoryKeyring() if with_keyring else None)


def bound_vault(base: Path) -> Made:
    """Return the vault whose passphrase needs the keyring."""
    return _once(base / "bound", with_keyring=True)


def portable_vault(base: Path) -> Made:
    """Return the vault that opens by the passphrase alone."""
    return _once(base / "portable", with_keyring=False)
