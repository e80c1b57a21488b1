# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""New keys for a vault that stays the same vault: a new master key under its old id."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vault.crypto.kdf import KEY_BYTES, SALT_BYTES, Argon2Params
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import key_file, slots
from vault.keys.errors import NoSuchSlot
from vault.keys.header import (
    PASSPHRASE_TYPES,
    AgeParams,
    Anchor,
    KeySlot,
    SlotType,
    VaultHeader,
    new_id,
)
from vault.keys.opened import Unlocked
from vault.keys.os_keyring import KeyStore, secret_of
from vault.keys.recovery import new_recovery_code

_REPLACED: Final = frozenset({SlotType.RECOVERY, SlotType.RECIPIENT})


@dataclass(slots=True, kw_only=True)
class RotatedKeys:
    """The new keys, not on the disk yet; the secrets are the caller's to wipe.

    `dropped` are the slots of the old header that have no successor: they need a secret that
    is not here (another passphrase, another machine's keyring).
    """

    vmk: SecretBytes
    header: VaultHeader
    recovery_code: SecretBytes
    dropped: tuple[KeySlot, ...]

    def write_header(self, folder: Path, anchor: Anchor) -> None:
        """Write both copies of the new header into `folder`; raise `HeaderNotWritten`."""
        self.header = replace(self.header, anchor=anchor)
        key_file.write_both(folder, self.header, self.vmk)

    def wipe(self) -> None:
        """Zero both secrets."""
        self.vmk.wipe()
        self.recovery_code.wipe()


def rotated_keys(
    unlocked: Unlocked, passphrase: bytearray, keyring: KeyStore | None
) -> RotatedKeys:
    """Make a new master key with new slots for the same people; nothing of the old changes.

    The passphrase slot that opened the vault is made again at the same cost, under a new item
    of the keyring if it had one, so that the old folder goes on opening. The recovery code is
    new; `recipient` slots are made again for the same keys.

    Raises `NoSuchSlot` when the vault was not opened by a passphrase, and the errors of
    `KeyStore` and of `argon2id`.
    """
    opened = unlocked.header.slot(unlocked.slot_id)
    if opened is None or not isinstance(opened.kdf, Argon2Params):
        raise NoSuchSlot(type=min(PASSPHRASE_TYPES).value)
    item = new_id()
    key = slots.VaultKey(vmk=SecretBytes.random(KEY_BYTES), vault_id=unlocked.header.vault_id)
    code = new_recovery_code()
    params = replace(opened.kdf, salt=secrets.token_bytes(SALT_BYTES))
    try:
        bound = opened.type is SlotType.PASSPHRASE_AND_KEYRING
        first = (
            _bound_slot(key, passphrase, params, keyring, item)
            if bound
            else slots.passphrase_slot(key, passphrase, params, keyring_secret=None)
        )
        again = tuple(
            slots.recipient_slot(key, slot.kdf.recipient)
            for slot in unlocked.header.slots
            if isinstance(slot.kdf, AgeParams)
        )
        header = replace(
            unlocked.header,
            generation=unlocked.header.generation + 1,
            keyring_item=item,
            slots=(first, slots.recovery_slot(key, code), *again),
        )
    except BaseException:
        key.vmk.wipe()
        code.wipe()
        raise
    dropped = tuple(
        slot
        for slot in unlocked.header.slots
        if slot.id != opened.id and slot.type not in _REPLACED
    )
    return RotatedKeys(vmk=key.vmk, header=header, recovery_code=code, dropped=dropped)


def _bound_slot(
    key: slots.VaultKey,
    passphrase: bytearray,
    params: Argon2Params,
    keyring: KeyStore | None,
    item: str,
) -> KeySlot:
    with SecretBytes.random(KEY_BYTES) as fresh:
        slot = slots.passphrase_slot(key, passphrase, params, keyring_secret=fresh)
        if keyring is None:
            # Says why in the same words as an unlock that lacks the keyring.
            secret_of(None, item).wipe()
        else:
            keyring.put(item, fresh)
    return slot
