# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of an open vault's header: slots added, replaced, revoked; the anchor moved.

Every function writes the header and then updates `Unlocked.header`; when it raises,
`Unlocked` is as before and the vault opens as before. What takes a slot away writes both
copies of the header. Copies of the folder made earlier still open with the old slot: that
is the caller's to tell.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vault.crypto.kdf import KEY_BYTES, Argon2Params
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import key_file, slots
from vault.keys.errors import KeyringSecretAltered, NoSuchSlot, SlotNeeded, TooManySlots
from vault.keys.header import (
    KEYRING_TYPES,
    MOST_SLOTS,
    PASSPHRASE_TYPES,
    Anchor,
    KeySlot,
    SlotType,
    VaultHeader,
)
from vault.keys.opened import Unlocked
from vault.keys.os_keyring import KeyStore
from vault.keys.recovery import new_recovery_code


def write_anchor(folder: Path, unlocked: Unlocked, anchor: Anchor) -> VaultHeader:
    """Write a checkpoint with the newest audit entry; return the new header.

    Raises `HeaderNotWritten`, which must not fail what the checkpoint was for.
    """
    return _checkpoint(folder, unlocked, replace(unlocked.header, anchor=anchor))


def add_passphrase_slot(
    folder: Path,
    unlocked: Unlocked,
    passphrase: bytearray,
    kdf: Argon2Params,
    keyring: KeyStore | None,
) -> KeySlot:
    """Add a `passphrase+keyring` slot of this machine, or a `passphrase` slot without a keyring.

    An earlier slot of this machine's keyring secret goes on working. Raises `TooManySlots`,
    `HeaderNotWritten`, the errors of `KeyStore` and of `argon2id`.
    """
    slot = _new_passphrase_slot(unlocked, passphrase, kdf, keyring)
    _add(folder, unlocked, slot)
    return slot


def add_keyring_slot(folder: Path, unlocked: Unlocked, keyring: KeyStore) -> KeySlot:
    """Let this machine's keyring alone open the vault: convenient and weak, so off by default.

    Raises as `add_passphrase_slot` does.
    """
    with _machine_secret(unlocked.header, keyring) as secret:
        slot = slots.keyring_slot(unlocked.key, secret)
    _add(folder, unlocked, slot)
    return slot


def add_recipient_slot(folder: Path, unlocked: Unlocked, recipient: str) -> KeySlot:
    """Let the owner of an age key open the vault; raise `BadRecipient` and as above."""
    slot = slots.recipient_slot(unlocked.key, recipient)
    _add(folder, unlocked, slot)
    return slot


def revoke_slot(folder: Path, unlocked: Unlocked, slot_id: str) -> None:
    """Take a slot out of both copies of the header.

    Raises `NoSuchSlot`, `SlotNeeded` when a recovery or the last passphrase slot would go,
    and `HeaderNotWritten`.
    """
    if unlocked.header.slot(slot_id) is None:
        raise NoSuchSlot(type="")
    kept = tuple(slot for slot in unlocked.header.slots if slot.id != slot_id)
    _replace_slots(folder, unlocked, kept)


def change_passphrase(
    folder: Path,
    unlocked: Unlocked,
    passphrase: bytearray,
    kdf: Argon2Params,
    keyring: KeyStore | None,
) -> KeySlot:
    """Replace every passphrase slot by one new slot, in both copies of the header.

    After it the old passphrase opens nothing here, on no machine; other machines are bound
    again with the new one or the recovery code. Raises as `add_passphrase_slot` does.
    """
    slot = _new_passphrase_slot(unlocked, passphrase, kdf, keyring)
    others = (other for other in unlocked.header.slots if other.type not in PASSPHRASE_TYPES)
    _replace_slots(folder, unlocked, (slot, *others))
    if unlocked.header.slot(unlocked.slot_id) is None:
        unlocked.slot_id = slot.id
    return slot


def replace_recovery_code(folder: Path, unlocked: Unlocked) -> SecretBytes:
    """Replace every recovery slot by a new one; return its code, which is shown once.

    Raises `HeaderNotWritten`.
    """
    code = new_recovery_code()
    slot = slots.recovery_slot(unlocked.key, code)
    others = (other for other in unlocked.header.slots if other.type is not SlotType.RECOVERY)
    _replace_slots(folder, unlocked, (*others, slot))
    if unlocked.header.slot(unlocked.slot_id) is None:
        unlocked.slot_id = slot.id
    return code


def drop_local_slots(
    folder: Path, unlocked: Unlocked, *, keep_recovery: bool
) -> tuple[KeySlot, ...]:
    """Keep only what opens with somebody else's key, in both copies of the header.

    The travel lock: passphrases and the keyring open nothing any more, and the recovery code
    only when it is kept. Returns what was dropped. Raises `SlotNeeded` when no `recipient`
    slot would remain, and `HeaderNotWritten`.
    """
    staying = {SlotType.RECIPIENT, SlotType.RECOVERY} if keep_recovery else {SlotType.RECIPIENT}
    kept = unlocked.header.slots_of(*staying)
    if not any(slot.type is SlotType.RECIPIENT for slot in kept):
        raise SlotNeeded(type=SlotType.RECIPIENT.value)
    dropped = tuple(slot for slot in unlocked.header.slots if slot not in kept)
    _write_slots(folder, unlocked, kept)
    return dropped


def restore_local_slots(
    folder: Path, unlocked: Unlocked, passphrase: bytearray, kdf: Argon2Params
) -> tuple[KeySlot, SecretBytes | None]:
    """End a travel lock: one new passphrase slot and, where there is none, a recovery slot.

    Returns the slot and the new recovery code, the caller's to wipe, or None. One header is
    written with both. Raises `TooManySlots`, `HeaderNotWritten` and the errors of `argon2id`.
    """
    added = [slots.passphrase_slot(unlocked.key, passphrase, kdf, keyring_secret=None)]
    code = None
    if not unlocked.header.slots_of(SlotType.RECOVERY):
        code = new_recovery_code()
        added.append(slots.recovery_slot(unlocked.key, code))
    try:
        if len(unlocked.header.slots) + len(added) > MOST_SLOTS:
            raise TooManySlots(most=MOST_SLOTS)
        _replace_slots(folder, unlocked, (*added, *unlocked.header.slots))
    except BaseException:
        if code is not None:
            code.wipe()
        raise
    unlocked.slot_id = added[0].id
    return added[0], code


def _new_passphrase_slot(
    unlocked: Unlocked, passphrase: bytearray, kdf: Argon2Params, keyring: KeyStore | None
) -> KeySlot:
    if keyring is None:
        return slots.passphrase_slot(unlocked.key, passphrase, kdf, keyring_secret=None)
    with _machine_secret(unlocked.header, keyring) as secret:
        return slots.passphrase_slot(unlocked.key, passphrase, kdf, keyring_secret=secret)


def _machine_secret(header: VaultHeader, keyring: KeyStore) -> SecretBytes:
    """Return this machine's secret of the vault; make one where there is none that a slot knows."""
    try:
        secret = keyring.get(header.keyring_item)
    except KeyringSecretAltered:
        secret = None
    if secret is not None:
        bound = header.slots_of(*KEYRING_TYPES)
        if len(secret) == KEY_BYTES and any(slots.matches_keyring(slot, secret) for slot in bound):
            return secret
        secret.wipe()
    fresh = SecretBytes.random(KEY_BYTES)
    keyring.put(header.keyring_item, fresh)
    return fresh


def _add(folder: Path, unlocked: Unlocked, slot: KeySlot) -> None:
    if len(unlocked.header.slots) >= MOST_SLOTS:
        raise TooManySlots(most=MOST_SLOTS)
    changed = replace(unlocked.header, slots=(*unlocked.header.slots, slot))
    _checkpoint(folder, unlocked, changed)


def _checkpoint(folder: Path, unlocked: Unlocked, changed: VaultHeader) -> VaultHeader:
    header = replace(changed, generation=unlocked.header.generation + 1)
    key_file.write_checkpoint(folder, header, unlocked.vmk)
    unlocked.header = header
    return header


def _replace_slots(folder: Path, unlocked: Unlocked, kept: tuple[KeySlot, ...]) -> None:
    for needed in ({SlotType.RECOVERY}, PASSPHRASE_TYPES):
        if not any(slot.type in needed for slot in kept):
            raise SlotNeeded(type=min(needed).value)
    _write_slots(folder, unlocked, kept)


def _write_slots(folder: Path, unlocked: Unlocked, kept: tuple[KeySlot, ...]) -> None:
    header = replace(unlocked.header, slots=kept, generation=unlocked.header.generation + 1)
    key_file.write_both(folder, header, unlocked.vmk)
    unlocked.header = header
