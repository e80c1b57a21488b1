# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slots added, replaced and revoked: what opens afterwards, in both copies, and what does not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.keys import vaults
from vault.crypto.age_file import X25519Identity
from vault.crypto.errors import BadRecipient
from vault.crypto.kdf import at_floor
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import header_json, unlock
from vault.keys.errors import (
    HeaderNotWritten,
    KeyringSecretAltered,
    KeysError,
    NoSuchSlot,
    SlotNeeded,
    TooManySlots,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vault.keys.header import Anchor, SlotType
from vault.keys.os_keyring import MemoryKeyring

NEW = bytearray(b"the new passphrase")


def _new() -> unlock.PassphraseCredential:
    return unlock.PassphraseCredential(passphrase=bytearray(NEW))


def _recovered(made: vaults.Made, folder: Path) -> unlock.Unlocked:
    return unlock.unlock(folder, made.recovery(), None)


def _both_copies_refuse(
    folder: Path, credential: unlock.Credential, refused: type[KeysError]
) -> None:
    """Check that neither copy of the header opens with the credential."""
    for hidden in ("", "header.json"):
        if hidden:
            (folder / hidden).rename(folder / "aside")
        with pytest.raises(refused):
            unlock.unlock(folder, credential, None)
        if hidden:
            (folder / "aside").rename(folder / hidden)


def test_a_changed_passphrase_opens_and_the_old_one_opens_neither_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = unlock.unlock(portable_folder, vaults.passphrase(), None)
    unlock.change_passphrase(portable_folder, opened, bytearray(NEW), at_floor(), None)
    again = unlock.unlock(portable_folder, _new(), None)
    assert bytes(again.vmk.view()) == portable.vmk
    assert again.header == opened.header
    assert again.slot_id == opened.slot_id
    _both_copies_refuse(portable_folder, vaults.passphrase(), WrongPassphrase)
    assert bytes(_recovered(portable, portable_folder).vmk.view()) == portable.vmk


def test_a_changed_passphrase_keeps_the_binding_to_the_keyring(
    bound: vaults.Made, bound_folder: Path
) -> None:
    keyring = bound.keyring()
    opened = unlock.unlock(bound_folder, vaults.passphrase(), keyring)
    slot = unlock.change_passphrase(bound_folder, opened, bytearray(NEW), at_floor(), keyring)
    assert slot.type is SlotType.PASSPHRASE_AND_KEYRING
    assert bytes(unlock.unlock(bound_folder, _new(), keyring).vmk.view()) == bound.vmk
    kept = keyring.get(bound.keyring_item)
    assert kept is not None
    assert bytes(kept.view()) == bound.keyring_secret


def test_a_second_machine_is_bound_beside_the_first(bound: vaults.Made, bound_folder: Path) -> None:
    first, second = bound.keyring(), MemoryKeyring()
    opened = _recovered(bound, bound_folder)
    unlock.add_passphrase_slot(
        bound_folder, opened, bytearray(vaults.PASSPHRASE), at_floor(), second
    )
    for keyring in (first, second):
        again = unlock.unlock(bound_folder, vaults.passphrase(), keyring)
        assert bytes(again.vmk.view()) == bound.vmk
        with pytest.raises(WrongPassphrase):
            unlock.unlock(bound_folder, vaults.wrong_passphrase(), keyring)


@pytest.mark.parametrize("content", [b"x" * 32, b"short"])
def test_an_altered_keyring_item_is_replaced_when_the_vault_is_bound_again(
    bound: vaults.Made, bound_folder: Path, content: bytes
) -> None:
    keyring = MemoryKeyring()
    keyring.put(bound.keyring_item, SecretBytes.copy_of(content))
    opened = _recovered(bound, bound_folder)
    unlock.change_passphrase(bound_folder, opened, bytearray(NEW), at_floor(), keyring)
    assert bytes(unlock.unlock(bound_folder, _new(), keyring).vmk.view()) == bound.vmk


def test_an_unreadable_keyring_item_is_replaced_when_the_vault_is_bound_again(
    bound: vaults.Made, bound_folder: Path
) -> None:
    class Unreadable(MemoryKeyring):
        def get(self, item: str) -> SecretBytes | None:
            kept = super().get(item)
            if kept is None:
                raise KeyringSecretAltered
            return kept

    keyring = Unreadable()
    opened = _recovered(bound, bound_folder)
    unlock.add_passphrase_slot(bound_folder, opened, bytearray(NEW), at_floor(), keyring)
    assert bytes(unlock.unlock(bound_folder, _new(), keyring).vmk.view()) == bound.vmk


def test_a_plain_passphrase_slot_is_tried_before_the_keyring_is_asked(
    bound: vaults.Made, bound_folder: Path
) -> None:
    opened = _recovered(bound, bound_folder)
    unlock.add_passphrase_slot(bound_folder, opened, bytearray(NEW), at_floor(), None)
    assert bytes(unlock.unlock(bound_folder, _new(), None).vmk.view()) == bound.vmk


def test_a_new_recovery_code_opens_and_the_old_one_opens_neither_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = _recovered(portable, portable_folder)
    code = unlock.replace_recovery_code(portable_folder, opened)
    again = unlock.unlock(portable_folder, unlock.RecoveryCredential(code=code), None)
    assert bytes(again.vmk.view()) == portable.vmk
    assert again.slot_id == opened.slot_id
    _both_copies_refuse(portable_folder, portable.recovery(), WrongRecoveryCode)


def test_a_new_recovery_code_leaves_the_slot_that_opened_the_vault(
    portable_folder: Path,
) -> None:
    opened = unlock.unlock(portable_folder, vaults.passphrase(), None)
    before = opened.slot_id
    unlock.replace_recovery_code(portable_folder, opened)
    assert opened.slot_id == before


def test_a_passphrase_changed_after_recovery_leaves_the_slot_that_opened_the_vault(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = _recovered(portable, portable_folder)
    before = opened.slot_id
    unlock.change_passphrase(portable_folder, opened, bytearray(NEW), at_floor(), None)
    assert opened.slot_id == before


def test_a_revoked_slot_opens_neither_copy(portable: vaults.Made, portable_folder: Path) -> None:
    identity = X25519Identity.generate()
    opened = _recovered(portable, portable_folder)
    slot = unlock.add_recipient_slot(portable_folder, opened, identity.recipient().encode())
    credential = unlock.RecipientCredential(identities=(identity,))
    assert unlock.unlock(portable_folder, credential, None).slot_id == slot.id
    unlock.revoke_slot(portable_folder, opened, slot.id)
    _both_copies_refuse(portable_folder, credential, NoSuchSlot)
    assert not list(portable_folder.glob("*.new"))


def test_a_slot_that_is_not_there_cannot_be_revoked(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = _recovered(portable, portable_folder)
    with pytest.raises(NoSuchSlot):
        unlock.revoke_slot(portable_folder, opened, "ab" * 16)


@pytest.mark.parametrize("index, needed", [(0, "passphrase"), (1, "recovery")])
def test_the_last_passphrase_and_the_recovery_slot_cannot_be_revoked(
    portable: vaults.Made, portable_folder: Path, index: int, needed: str
) -> None:
    opened = _recovered(portable, portable_folder)
    before = (portable_folder / "header.json").read_bytes()
    with pytest.raises(SlotNeeded) as caught:
        unlock.revoke_slot(portable_folder, opened, opened.header.slots[index].id)
    assert caught.value.details == {"type": needed}
    assert (portable_folder / "header.json").read_bytes() == before


def test_a_keyring_slot_does_not_stand_in_for_a_passphrase(
    bound: vaults.Made, bound_folder: Path
) -> None:
    opened = _recovered(bound, bound_folder)
    unlock.add_keyring_slot(bound_folder, opened, bound.keyring())
    with pytest.raises(SlotNeeded):
        unlock.revoke_slot(bound_folder, opened, opened.header.slots[0].id)


def test_a_text_that_is_no_recipient_is_refused_before_anything_is_written(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = _recovered(portable, portable_folder)
    with pytest.raises(BadRecipient):
        unlock.add_recipient_slot(portable_folder, opened, "age1nobody")
    assert (portable_folder / "header.json").read_bytes() == portable.files["header.json"]


def test_a_seventeenth_slot_is_refused(portable: vaults.Made, portable_folder: Path) -> None:
    opened = _recovered(portable, portable_folder)
    recipient = X25519Identity.generate().recipient().encode()
    for _ in range(14):
        unlock.add_recipient_slot(portable_folder, opened, recipient)
    with pytest.raises(TooManySlots):
        unlock.add_recipient_slot(portable_folder, opened, recipient)
    assert len(_recovered(portable, portable_folder).header.slots) == 16


def test_each_writing_raises_the_generation_by_one(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = _recovered(portable, portable_folder)
    unlock.write_anchor(portable_folder, opened, Anchor(sequence=3, head="ab" * 32))
    unlock.replace_recovery_code(portable_folder, opened)
    on_disk = header_json.parse((portable_folder / "header.json").read_bytes()).header
    assert on_disk == opened.header
    assert on_disk.generation == 3
    assert on_disk.anchor == Anchor(sequence=3, head="ab" * 32)


def test_a_full_disk_at_a_change_leaves_the_old_passphrase_in_force(
    portable: vaults.Made, portable_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    opened = unlock.unlock(portable_folder, vaults.passphrase(), None)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(HeaderNotWritten) as caught:
            unlock.change_passphrase(portable_folder, opened, bytearray(NEW), at_floor(), None)
    assert caught.value.details["reason"] == "disk_full"
    again = unlock.unlock(portable_folder, vaults.passphrase(), None)
    assert again.header == opened.header
    assert bytes(again.vmk.view()) == portable.vmk
