# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ways of opening a vault: listed, added, revoked, tested."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from vault.crypto.kdf import Argon2Params, calibrated
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import recovery, slot_changes, unlock
from vault.keys.os_keyring import KeyStore, system_keyring
from vault.services.contacts import contact_named
from vault.services.errors import PassphraseEmpty, VaultIsReadOnly
from vault.services.session import VaultSession
from vault.services.vaults import (
    Credential,
    passphrase_credential,
    unlock_keys,
    wipe_credential,
)
from vault.store.identities import StoredContact


class NewSlot(Enum):
    """The kinds of slot that can be added; a new recovery slot replaces the old one."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a slot type
    PASSPHRASE_AND_KEYRING = "passphrase+keyring"  # noqa: S105 - as above
    KEYRING = "keyring"
    RECOVERY = "recovery"
    RECIPIENT = "recipient"


def add_passphrase(
    session: VaultSession,
    passphrase: bytearray,
    *,
    with_keyring: bool,
    kdf: Argon2Params | None = None,
    keyring: KeyStore | None = None,
) -> str:
    """Add a passphrase slot and return its id; zeroes `passphrase`.

    Raises:
        PassphraseEmpty, KeyringUnavailable, TooManySlots, HeaderNotWritten.
    """
    _writable(session)
    if not passphrase:
        raise PassphraseEmpty
    with SecretBytes(passphrase_credential(passphrase).passphrase) as secret:
        store = (keyring or system_keyring()) if with_keyring else None
        slot = slot_changes.add_passphrase_slot(
            session.folder, session.keys, secret.view(), kdf or calibrated(), store
        )
    _note(session, "slot_added", slot.type.value)
    return slot.id


def add_keyring(session: VaultSession, keyring: KeyStore | None = None) -> str:
    """Let this machine's keyring alone open the vault; return the slot's id."""
    _writable(session)
    slot = slot_changes.add_keyring_slot(session.folder, session.keys, keyring or system_keyring())
    _note(session, "slot_added", slot.type.value)
    return slot.id


def add_recipient(session: VaultSession, contact: str) -> str:
    """Let a verified or unverified contact open the vault; return the slot's id."""
    _writable(session)
    slot = slot_changes.add_recipient_slot(
        session.folder, session.keys, _escrow_recipient(contact_named(session, contact))
    )
    _note(session, "slot_added", slot.type.value)
    return slot.id


def _escrow_recipient(contact: StoredContact) -> str:
    hybrid = [text for text in contact.recipients if text.startswith("age1pq1")]
    return (hybrid or list(contact.recipients))[0]


def replace_recovery_code(session: VaultSession) -> SecretBytes:
    """Replace the recovery slot; return the new code as it is shown, the caller's to wipe."""
    _writable(session)
    with slot_changes.replace_recovery_code(session.folder, session.keys) as code:
        shown = SecretBytes(recovery.shown(code))
    _note(session, "slot_added", "recovery")
    return shown


def revoke(session: VaultSession, slot_id: str) -> None:
    """Take a slot out of both copies of the header; raise `NoSuchSlot`, `SlotNeeded`."""
    _writable(session)
    slot_changes.revoke_slot(session.folder, session.keys, slot_id)
    _note(session, "slot_revoked", slot_id)


def prove(
    folder: Path, credential: Credential, *, slot_id: str = "", keyring: KeyStore | None = None
) -> str:
    """Prove that the credential opens the vault (by this very slot, when named); change nothing.

    Returns the id of the slot. The credential is wiped. Raises as `vaults.open_vault` does.
    """
    try:
        if slot_id:
            unlock.test_slot(folder, slot_id, credential, keyring)
            return slot_id
        unlocked = unlock_keys(folder, credential, keyring)
        unlocked.vmk.wipe()
        return unlocked.slot_id
    finally:
        wipe_credential(credential)


def _note(session: VaultSession, action: str, what: str) -> None:
    with session.store.writer(session.author()) as writer:
        writer.note(action, "vault", slot=what)


def _writable(session: VaultSession) -> None:
    if session.read_only:
        raise VaultIsReadOnly
