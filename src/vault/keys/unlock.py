# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a vault's keys and opening a vault with a credential.

The names that callers need beside these, from `opened` and `slot_changes`, are offered here.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vault.crypto.age_file import Identity
from vault.crypto.kdf import KEY_BYTES, Argon2Params
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.keys import key_file, slots
from vault.keys.errors import (
    AlreadyAVault,
    KeyringSecretAltered,
    KeysError,
    NoSuchSlot,
    WrongIdentity,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vault.keys.header import (
    FORMAT,
    ID_BYTES,
    KEYRING_TYPES,
    NO_ANCHOR,
    Anchor,
    KeySlot,
    SlotType,
    VaultHeader,
    new_id,
)
from vault.keys.header_json import SealedHeader
from vault.keys.opened import (
    CreatedKeys,
    Credential,
    HeaderInfo,
    KeyringCredential,
    PassphraseCredential,
    RecipientCredential,
    RecoveryCredential,
    SlotInfo,
    Unlocked,
)
from vault.keys.os_keyring import KeyStore, secret_of
from vault.keys.recovery import new_recovery_code
from vault.keys.slot_changes import (
    add_keyring_slot,
    add_passphrase_slot,
    add_recipient_slot,
    change_passphrase,
    replace_recovery_code,
    revoke_slot,
    write_anchor,
)

__all__ = [
    "Anchor",
    "CreatedKeys",
    "Credential",
    "HeaderInfo",
    "KeyringCredential",
    "PassphraseCredential",
    "RecipientCredential",
    "RecoveryCredential",
    "SlotInfo",
    "Unlocked",
    "add_keyring_slot",
    "add_passphrase_slot",
    "add_recipient_slot",
    "change_passphrase",
    "create_keys",
    "read_info",
    "replace_recovery_code",
    "revoke_slot",
    "test_slot",
    "unlock",
    "write_anchor",
]

_OPENS: Final[dict[type[Credential], tuple[SlotType, ...]]] = {
    PassphraseCredential: (SlotType.PASSPHRASE_AND_KEYRING, SlotType.PASSPHRASE),
    RecoveryCredential: (SlotType.RECOVERY,),
    KeyringCredential: (SlotType.KEYRING,),
    RecipientCredential: (SlotType.RECIPIENT,),
}
_WRONG: Final[dict[type[Credential], type[KeysError]]] = {
    PassphraseCredential: WrongPassphrase,
    RecoveryCredential: WrongRecoveryCode,
    KeyringCredential: KeyringSecretAltered,
    RecipientCredential: WrongIdentity,
}


def create_keys(
    folder: Path, *, passphrase: bytearray, keyring: KeyStore | None, kdf: Argon2Params
) -> CreatedKeys:
    """Make the keys of a new vault: a passphrase slot and a recovery slot.

    With a keyring the slot is `passphrase+keyring`, and the keyring has its item, read back,
    when this returns. The folder is only looked at: `CreatedKeys.write_header` writes. Raises
    `AlreadyAVault`, the errors of `KeyStore.put` and of `vault.crypto.kdf.argon2id`.
    """
    if key_file.has_header(folder):
        raise AlreadyAVault
    item = new_id()
    key = slots.VaultKey(vmk=SecretBytes.random(KEY_BYTES), vault_id=secrets.token_bytes(ID_BYTES))
    recovery_code = new_recovery_code()
    if keyring is None:
        slot = slots.passphrase_slot(key, passphrase, kdf, keyring_secret=None)
    else:
        with SecretBytes.random(KEY_BYTES) as keyring_secret:
            slot = slots.passphrase_slot(key, passphrase, kdf, keyring_secret=keyring_secret)
            keyring.put(item, keyring_secret)
    header = VaultHeader(
        vault_id=key.vault_id,
        generation=1,
        created=slots.today(),
        slots=(slot, slots.recovery_slot(key, recovery_code)),
        anchor=NO_ANCHOR,
        keyring_item=item,
    )
    return CreatedKeys(folder=folder, vmk=key.vmk, header=header, recovery_code=recovery_code)


def unlock(folder: Path, credential: Credential, keyring: KeyStore | None) -> Unlocked:
    """Open a vault's keys; nothing on the disk is changed.

    Slots are tried in their order, those that do not need the keyring first. Raises the
    errors of `key_file.read_header`, `WrongPassphrase`, `WrongRecoveryCode`, `WrongIdentity`,
    `NoSuchSlot`, `HeaderTampered`, and, when only a slot that needs the keyring could have
    opened, `KeyringUnavailable`, `KeyringSecretMissing` or `KeyringSecretAltered`.
    """
    found = key_file.read_header(folder)
    header = found.sealed.header
    slot, vmk = _open_first(header, _candidates(header, credential), credential, keyring)
    _check_mac(found.sealed, vmk)
    return Unlocked(vmk=vmk, header=header, slot_id=slot.id, from_backup=found.from_backup)


def escrow_slots(folder: Path) -> tuple[bytes, tuple[KeySlot, ...]]:
    """Return the vault's id and its `recipient` slots, without a credential.

    Nothing of it is authenticated. Raises as `key_file.read_header` does.
    """
    header = key_file.read_header(folder).sealed.header
    return header.vault_id, header.slots_of(SlotType.RECIPIENT)


def unlock_with_answer(folder: Path, answer: KeySlot, identities: Sequence[Identity]) -> Unlocked:
    """Open a vault's keys with a `recipient` slot that does not stand in its header.

    The master key in it counts only when it is the one that the header's MAC was made with.
    Raises `WrongIdentity`, `HeaderTampered` and the errors of `key_file.read_header`.
    """
    found = key_file.read_header(folder)
    header = found.sealed.header
    vmk = slots.open_with_identities(answer, header.vault_id, identities)
    if vmk is None:
        raise WrongIdentity
    _check_mac(found.sealed, vmk)
    return Unlocked(vmk=vmk, header=header, slot_id=answer.id, from_backup=found.from_backup)


def test_slot(folder: Path, slot_id: str, credential: Credential, keyring: KeyStore | None) -> None:
    """Prove that the credential opens this very slot; raise as `unlock` does."""
    found = key_file.read_header(folder)
    header = found.sealed.header
    candidates = tuple(slot for slot in _candidates(header, credential) if slot.id == slot_id)
    _slot, vmk = _open_first(header, candidates, credential, keyring)
    with vmk:
        found.sealed.check_mac(vmk)


def read_info(folder: Path) -> HeaderInfo:
    """Return what the header says without a credential; raise as `key_file.read_header` does."""
    found = key_file.read_header(folder)
    header = found.sealed.header
    return HeaderInfo(
        vault_id=header.vault_id,
        format=FORMAT,
        created=header.created,
        generation=header.generation,
        slots=tuple(
            SlotInfo(id=slot.id, type=slot.type, created=slot.created) for slot in header.slots
        ),
        keyring_item=header.keyring_item,
        from_backup=found.from_backup,
    )


def _check_mac(sealed: SealedHeader, vmk: SecretBytes) -> None:
    try:
        sealed.check_mac(vmk)
    except KeysError:
        vmk.wipe()
        raise


def _candidates(header: VaultHeader, credential: Credential) -> tuple[KeySlot, ...]:
    """Return the slots that a credential of this kind could open; raise `NoSuchSlot`."""
    types = _OPENS[type(credential)]
    found = header.slots_of(*types)
    if not found:
        raise NoSuchSlot(type=types[0].value)
    return found


def _open_first(
    header: VaultHeader,
    candidates: Sequence[KeySlot],
    credential: Credential,
    keyring: KeyStore | None,
) -> tuple[KeySlot, SecretBytes]:
    """Try the slots that open by themselves, then those that this machine's keyring knows."""
    for slot in candidates:
        if slot.type in KEYRING_TYPES:
            continue
        vmk = _opened(slot, header.vault_id, credential, None)
        if vmk is not None:
            return slot, vmk
    bound = [slot for slot in candidates if slot.type in KEYRING_TYPES]
    if bound:
        with secret_of(keyring, header.keyring_item) as secret:
            matching = [slot for slot in bound if slots.matches_keyring(slot, secret)]
            if not matching:
                raise KeyringSecretAltered
            for slot in matching:
                vmk = _opened(slot, header.vault_id, credential, secret)
                if vmk is not None:
                    return slot, vmk
    raise _WRONG[type(credential)]


def _opened(
    slot: KeySlot, vault_id: bytes, credential: Credential, secret: SecretBytes | None
) -> SecretBytes | None:
    """Return the master key, or nothing when this slot is not the credential's."""
    if isinstance(credential, PassphraseCredential):
        return slots.open_with_passphrase(slot, vault_id, credential.passphrase, secret)
    if isinstance(credential, RecoveryCredential):
        return slots.open_with_key(slot, vault_id, credential.code)
    if isinstance(credential, RecipientCredential):
        return slots.open_with_identities(slot, vault_id, credential.identities)
    if secret is None:
        raise VaultBug("a keyring slot is opened with the keyring's secret")
    return slots.open_with_key(slot, vault_id, secret)
