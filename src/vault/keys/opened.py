# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes into an opening (credentials) and what comes out of it (keys)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault.crypto.age_file import Identity
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import key_file
from vault.keys.header import SlotType, VaultHeader
from vault.keys.slots import VaultKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseCredential:
    """A passphrase as NFC UTF-8 (`normalise_passphrase`); the buffer stays its owner's to zero."""

    passphrase: bytearray

    def __repr__(self) -> str:
        """Show nothing of the passphrase, nor its length."""
        return "<PassphraseCredential>"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCredential:
    """A recovery code of 20 bytes (`recovery.parse`); stays its owner's to wipe."""

    code: SecretBytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringCredential:
    """The keyring alone, for a vault that has a `keyring` slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientCredential:
    """The age identities of a colleague or an organisation, for a `recipient` slot."""

    identities: tuple[Identity, ...]


Credential = PassphraseCredential | RecoveryCredential | KeyringCredential | RecipientCredential


@dataclass(slots=True, kw_only=True)
class CreatedKeys:
    """The keys of a vault that is not on the disk yet; all secrets are the caller's to wipe."""

    folder: Path
    vmk: SecretBytes
    header: VaultHeader
    recovery_code: SecretBytes

    def write_header(self) -> None:
        """Write both copies of the header into the folder; raise `HeaderNotWritten`."""
        key_file.write_both(self.folder, self.header, self.vmk)


@dataclass(slots=True, kw_only=True)
class Unlocked:
    """An open vault's master key, its authentic header and the slot that opened it.

    `header` is brought up to date by each writing function. `from_backup` says that
    `header.json` was damaged or missing and the previous generation was used.
    """

    vmk: SecretBytes
    header: VaultHeader
    slot_id: str
    from_backup: bool

    @property
    def key(self) -> VaultKey:
        """The master key with the id that wrappings bind it to."""
        return VaultKey(vmk=self.vmk, vault_id=self.header.vault_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotInfo:
    """What anyone can see of a slot."""

    id: str
    type: SlotType
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderInfo:
    """What anyone with the folder can see; nothing of it is authenticated."""

    vault_id: bytes
    format: int
    created: str
    generation: int
    slots: tuple[SlotInfo, ...]
    keyring_item: str
    from_backup: bool
