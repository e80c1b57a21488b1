# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a vault's keys and opening it by each kind of slot; what is refused, and how."""

from __future__ import annotations

import base64
import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.keys import vaults
from tests.keys.resealed import Change, resealed
from vault.crypto.age_file import HybridIdentity, X25519Identity
from vault.crypto.kdf import Argon2Params, argon2id, at_floor
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.keys import header_json, recovery, slots, unlock
from vault.keys.errors import (
    AlreadyAVault,
    HeaderTampered,
    KeyringSecretAltered,
    KeyringSecretMissing,
    KeyringUnavailable,
    KeysError,
    NoSuchSlot,
    WrongIdentity,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vault.keys.header import SlotType
from vault.keys.os_keyring import MemoryKeyring


class LockedKeyring(MemoryKeyring):
    """A keyring whose collection is locked."""

    def get(self, item: str) -> SecretBytes | None:
        raise KeyringUnavailable(reason="locked", item=len(item))

    def put(self, item: str, secret: SecretBytes) -> None:
        raise KeyringUnavailable(reason="locked", item=len(item), secret=len(secret))


def _types(folder: Path) -> list[SlotType]:
    return [slot.type for slot in unlock.read_info(folder).slots]


def test_with_a_keyring_the_passphrase_slot_is_bound_to_it(bound_folder: Path) -> None:
    assert _types(bound_folder) == [SlotType.PASSPHRASE_AND_KEYRING, SlotType.RECOVERY]


def test_without_a_keyring_the_passphrase_opens_by_itself(
    portable: vaults.Made, portable_folder: Path
) -> None:
    assert _types(portable_folder) == [SlotType.PASSPHRASE, SlotType.RECOVERY]
    opened = unlock.unlock(portable_folder, vaults.passphrase(), None)
    assert bytes(opened.vmk.view()) == portable.vmk
    assert opened.header.vault_id == portable.vault_id
    assert opened.slot_id == opened.header.slots[0].id


def test_the_passphrase_and_the_keyring_together_open_a_bound_vault(
    bound: vaults.Made, bound_folder: Path
) -> None:
    opened = unlock.unlock(bound_folder, vaults.passphrase(), bound.keyring())
    assert bytes(opened.vmk.view()) == bound.vmk


def test_the_recovery_code_opens_both_without_a_keyring(
    bound: vaults.Made, portable: vaults.Made, bound_folder: Path, tmp_path: Path
) -> None:
    assert bytes(unlock.unlock(bound_folder, bound.recovery(), None).vmk.view()) == bound.vmk
    other = tmp_path / "other"
    other.mkdir()
    opened = unlock.unlock(portable.write(other), portable.recovery(), None)
    assert bytes(opened.vmk.view()) == portable.vmk


def test_the_recovery_code_opens_as_it_is_shown_and_typed_back(
    portable: vaults.Made, portable_folder: Path
) -> None:
    shown = recovery.shown(SecretBytes.copy_of(portable.code)).decode("ascii")
    typed = unlock.RecoveryCredential(code=recovery.parse(shown.lower().replace("-", " ")))
    assert bytes(unlock.unlock(portable_folder, typed, None).vmk.view()) == portable.vmk


def test_no_secret_stands_in_the_folder(bound: vaults.Made, bound_folder: Path) -> None:
    everything = b"".join(path.read_bytes() for path in bound_folder.iterdir())
    for secret in (bound.vmk, bound.code, bound.keyring_secret, bytes(vaults.PASSPHRASE)):
        assert secret not in everything
        assert secret.hex().encode() not in everything


def test_making_keys_writes_nothing_until_it_is_told_to(tmp_path: Path) -> None:
    created = unlock.create_keys(tmp_path, passphrase=bytearray(b"p"), keyring=None, kdf=at_floor())
    assert not list(tmp_path.iterdir())
    created.write_header()
    assert {path.name for path in tmp_path.iterdir()} == {"header.json", "header.bak"}


def test_a_second_vault_is_not_made_over_the_first(portable_folder: Path) -> None:
    (portable_folder / "header.json").unlink()
    keyring = MemoryKeyring()
    with pytest.raises(AlreadyAVault):
        unlock.create_keys(
            portable_folder, passphrase=bytearray(b"p"), keyring=keyring, kdf=at_floor()
        )
    assert not keyring._secrets


def test_without_a_working_keyring_no_bound_vault_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyringUnavailable):
        unlock.create_keys(
            tmp_path, passphrase=bytearray(b"p"), keyring=LockedKeyring(), kdf=at_floor()
        )


def test_two_vaults_share_nothing(bound: vaults.Made, portable: vaults.Made) -> None:
    one = json.loads(bound.files["header.json"])
    two = json.loads(portable.files["header.json"])
    assert one["vault_id"] != two["vault_id"]
    assert one["keyring_item"] != two["keyring_item"]
    assert bound.vmk != portable.vmk
    assert bound.code != portable.code


# Wrong credentials.


def test_a_wrong_passphrase_is_refused(
    bound: vaults.Made, bound_folder: Path, portable: vaults.Made, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        unlock.unlock(bound_folder, vaults.wrong_passphrase(), bound.keyring())
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(WrongPassphrase):
        unlock.unlock(portable.write(other), vaults.wrong_passphrase(), None)


def test_a_wrong_recovery_code_is_refused(portable_folder: Path) -> None:
    wrong = unlock.RecoveryCredential(code=recovery.new_recovery_code())
    with pytest.raises(WrongRecoveryCode):
        unlock.unlock(portable_folder, wrong, None)


@pytest.mark.parametrize(
    "keyring, refused",
    [
        (None, KeyringUnavailable),
        (LockedKeyring(), KeyringUnavailable),
        (MemoryKeyring(), KeyringSecretMissing),
    ],
    ids=["none", "locked", "empty"],
)
def test_a_bound_vault_without_its_keyring_says_what_is_missing(
    bound: vaults.Made,
    bound_folder: Path,
    keyring: MemoryKeyring | None,
    refused: type[KeysError],
) -> None:
    with pytest.raises(refused):
        unlock.unlock(bound_folder, vaults.passphrase(), keyring)
    opened = unlock.unlock(bound_folder, bound.recovery(), keyring)
    assert bytes(opened.vmk.view()) == bound.vmk


@pytest.mark.parametrize("length", [32, 31, 0])
def test_another_secret_under_the_vaults_name_is_told_from_a_wrong_passphrase(
    bound: vaults.Made, bound_folder: Path, length: int
) -> None:
    keyring = MemoryKeyring()
    keyring.put(bound.keyring_item, SecretBytes.random(length))
    with pytest.raises(KeyringSecretAltered):
        unlock.unlock(bound_folder, vaults.passphrase(), keyring)
    opened = unlock.unlock(bound_folder, bound.recovery(), keyring)
    assert bytes(opened.vmk.view()) == bound.vmk


@pytest.mark.parametrize(
    "credential",
    [
        unlock.KeyringCredential(),
        unlock.RecipientCredential(identities=(X25519Identity.generate(),)),
    ],
)
def test_a_way_for_which_there_is_no_slot_is_named(
    portable_folder: Path, credential: unlock.Credential
) -> None:
    with pytest.raises(NoSuchSlot):
        unlock.unlock(portable_folder, credential, MemoryKeyring())


# Every other kind of slot.


def test_a_keyring_slot_opens_by_the_keyring_alone(bound: vaults.Made, bound_folder: Path) -> None:
    keyring = bound.keyring()
    opened = unlock.unlock(bound_folder, bound.recovery(), None)
    unlock.add_keyring_slot(bound_folder, opened, keyring)
    again = unlock.unlock(bound_folder, unlock.KeyringCredential(), keyring)
    assert bytes(again.vmk.view()) == bound.vmk
    # The passphrase slot of this machine goes on working: the keyring's secret was kept.
    by_passphrase = unlock.unlock(bound_folder, vaults.passphrase(), keyring)
    assert bytes(by_passphrase.vmk.view()) == bound.vmk


@pytest.mark.parametrize("kind", [X25519Identity, HybridIdentity])
def test_a_recipient_slot_opens_with_the_colleagues_key_and_no_other(
    portable: vaults.Made,
    portable_folder: Path,
    kind: type[X25519Identity | HybridIdentity],
) -> None:
    identity, stranger = kind.generate(), kind.generate()
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    unlock.add_recipient_slot(portable_folder, opened, identity.recipient().encode())
    credential = unlock.RecipientCredential(identities=(stranger, identity))
    again = unlock.unlock(portable_folder, credential, None)
    assert bytes(again.vmk.view()) == portable.vmk
    with pytest.raises(WrongIdentity):
        unlock.unlock(portable_folder, unlock.RecipientCredential(identities=(stranger,)), None)


def test_a_recipient_slot_moved_from_another_vault_or_damaged_is_tampering(
    portable: vaults.Made, portable_folder: Path
) -> None:
    identity = X25519Identity.generate()
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    slot = unlock.add_recipient_slot(portable_folder, opened, identity.recipient().encode())
    assert isinstance(slot.wrapped, bytes)
    with pytest.raises(HeaderTampered):
        slots.open_with_identities(slot, b"x" * 16, [identity])
    damaged = bytearray(slot.wrapped)
    damaged[-1] ^= 1
    sealed = base64.b64encode(damaged).decode()
    header = (portable_folder / "header.json").read_bytes()
    (portable_folder / "header.json").write_bytes(
        resealed(header, lambda m: m["slots"][-1].__setitem__("sealed", sealed))
    )
    with pytest.raises(HeaderTampered):
        unlock.unlock(portable_folder, unlock.RecipientCredential(identities=(identity,)), None)


def test_each_slot_function_refuses_slots_of_another_kind(portable: vaults.Made) -> None:
    key = slots.VaultKey(vmk=SecretBytes.random(), vault_id=portable.vault_id)
    code_slot = slots.recovery_slot(key, recovery.new_recovery_code())
    age_slot = slots.recipient_slot(key, X25519Identity.generate().recipient().encode())
    for misuse in (
        lambda: slots.open_with_passphrase(code_slot, key.vault_id, bytearray(b"p"), None),
        lambda: slots.open_with_key(age_slot, key.vault_id, SecretBytes.random()),
        lambda: slots.open_with_identities(code_slot, key.vault_id, []),
        lambda: slots.matches_keyring(age_slot, SecretBytes.random()),
        lambda: unlock._opened(code_slot, key.vault_id, unlock.KeyringCredential(), None),
    ):
        with pytest.raises(VaultBug):
            misuse()


# Proving a slot.


def test_a_slot_is_proved_by_its_own_credential_only(
    bound: vaults.Made, bound_folder: Path
) -> None:
    info = unlock.read_info(bound_folder)
    passphrase_id, recovery_id = (slot.id for slot in info.slots)
    unlock.test_slot(bound_folder, recovery_id, bound.recovery(), None)
    unlock.test_slot(bound_folder, passphrase_id, vaults.passphrase(), bound.keyring())
    with pytest.raises(WrongRecoveryCode):
        unlock.test_slot(bound_folder, passphrase_id, bound.recovery(), None)
    other = unlock.RecoveryCredential(code=recovery.new_recovery_code())
    with pytest.raises(WrongRecoveryCode):
        unlock.test_slot(bound_folder, recovery_id, other, None)


def test_proving_a_slot_of_a_tampered_header_is_refused(
    portable: vaults.Made, portable_folder: Path
) -> None:
    slot_id = unlock.read_info(portable_folder).slots[1].id
    tampered = resealed(portable.files["header.json"], lambda m: m.__setitem__("generation", 2))
    (portable_folder / "header.json").write_bytes(tampered)
    with pytest.raises(HeaderTampered):
        unlock.test_slot(portable_folder, slot_id, portable.recovery(), None)


# What anyone sees.


def test_what_anyone_sees_needs_no_credential_and_names_no_person(
    bound: vaults.Made, bound_folder: Path
) -> None:
    info = unlock.read_info(bound_folder)
    assert info.vault_id == bound.vault_id
    assert (info.format, info.generation, info.from_backup) == (1, 1, False)
    assert info.keyring_item == bound.keyring_item
    assert len(info.created) == len("2026-01-01")


def test_no_secret_shows_in_a_credential_or_an_open_vault(
    bound: vaults.Made, bound_folder: Path
) -> None:
    opened = unlock.unlock(bound_folder, bound.recovery(), None)
    shown = repr((vaults.passphrase(), bound.recovery(), opened))
    for secret in (bound.vmk, bound.code, bytes(vaults.PASSPHRASE)):
        assert repr(secret)[2:-1] not in shown
        assert secret.hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(opened)


# Tampering by someone without a key.


def _swap(members: dict[str, Any]) -> None:
    members["slots"].reverse()


def _copy_slot(members: dict[str, Any]) -> None:
    members["slots"].append(members["slots"][0] | {"id": "ab" * 16})


TAMPERED: dict[str, Change] = {
    "a slot removed": lambda m: m["slots"].pop(0),
    "a slot added": _copy_slot,
    "slots in another order": _swap,
    "an older generation": lambda m: m.__setitem__("generation", 5),
    "another anchor": lambda m: m["anchor"].__setitem__("sequence", 9),
    "another anchor hash": lambda m: m["anchor"].__setitem__("head", "cd" * 32),
    "another date": lambda m: m.__setitem__("created", "1999-01-01"),
    "another keyring item": lambda m: m.__setitem__("keyring_item", "ab" * 16),
    "a slot's date": lambda m: m["slots"][0].__setitem__("created", "1999-01-01"),
    "another slot cheaper to guess": lambda m: m["slots"][0]["kdf"].__setitem__("lanes", 1),
    "another slot with fewer passes": lambda m: m["slots"][0]["kdf"].__setitem__("iterations", 4),
    "another slot's commitment": lambda m: m["slots"][0].__setitem__("commitment", "ab" * 32),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_tampered_header_is_refused_and_nothing_is_changed(
    portable: vaults.Made, portable_folder: Path, change: Change
) -> None:
    tampered = resealed(portable.files["header.json"], change)
    (portable_folder / "header.json").write_bytes(tampered)
    with pytest.raises(HeaderTampered) as caught:
        unlock.unlock(portable_folder, portable.recovery(), None)
    assert caught.value.details["reason"] == "mac"
    assert (portable_folder / "header.json").read_bytes() == tampered
    assert (portable_folder / "header.bak").read_bytes() == portable.files["header.bak"]


def test_the_master_key_of_a_tampered_header_is_wiped(
    portable: vaults.Made, portable_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_out: list[SecretBytes] = []
    real = slots.open_with_key

    def noted(*arguments: Any) -> SecretBytes | None:
        vmk = real(*arguments)
        assert vmk is not None
        handed_out.append(vmk)
        return vmk

    monkeypatch.setattr(slots, "open_with_key", noted)
    tampered = resealed(portable.files["header.json"], TAMPERED["another date"])
    (portable_folder / "header.json").write_bytes(tampered)
    with pytest.raises(HeaderTampered):
        unlock.unlock(portable_folder, portable.recovery(), None)
    assert [repr(vmk) for vmk in handed_out] == ["<SecretBytes wiped>"]


SLOT_TAMPERED: dict[str, Change] = {
    "its nonce": lambda m: m["slots"][1].__setitem__("nonce", "ab" * 12),
    "its wrapped key": lambda m: m["slots"][1].__setitem__("wrapped", "ab" * 48),
    "its id": lambda m: m["slots"][1].__setitem__("id", "ab" * 16),
    "the vault's id": lambda m: m.__setitem__("vault_id", "ab" * 16),
}


@pytest.mark.parametrize("change", SLOT_TAMPERED.values(), ids=SLOT_TAMPERED.keys())
def test_a_tampered_slot_is_refused_by_its_own_authentication(
    portable: vaults.Made, portable_folder: Path, change: Change
) -> None:
    tampered = resealed(portable.files["header.json"], change)
    (portable_folder / "header.json").write_bytes(tampered)
    with pytest.raises(HeaderTampered) as caught:
        unlock.unlock(portable_folder, portable.recovery(), None)
    assert caught.value.details["reason"] == "slot"


def test_a_weakened_passphrase_slot_does_not_open_with_the_right_passphrase(
    portable: vaults.Made, portable_folder: Path
) -> None:
    def weaken(members: dict[str, Any]) -> None:
        members["slots"][0]["kdf"]["lanes"] = 1

    header = portable.files["header.json"]
    (portable_folder / "header.json").write_bytes(resealed(header, weaken))
    with pytest.raises(WrongPassphrase):
        unlock.unlock(portable_folder, vaults.passphrase(), None)


@pytest.mark.parametrize(
    "weaker",
    [{"lanes": 1}, {"iterations": 4}, {"memory_kib": 65_537}],
    ids=lambda weaker: next(iter(weaker)),
)
def test_the_cost_of_a_slot_is_authenticated_apart_from_the_key_that_it_gives(
    portable: vaults.Made, weaker: dict[str, int]
) -> None:
    header = header_json.parse(portable.files["header.json"]).header
    slot = header.slots[0]
    assert isinstance(slot.kdf, Argon2Params)
    weakened = replace(slot, kdf=replace(slot.kdf, **weaker))  # type: ignore[arg-type]  # mypy sees the salt among the names
    with argon2id(bytearray(vaults.PASSPHRASE), slot.kdf) as input_key:
        opened = slots.open_with_key(slot, header.vault_id, input_key)
        assert opened is not None
        assert bytes(opened.view()) == portable.vmk
        with pytest.raises(HeaderTampered):
            slots.open_with_key(weakened, header.vault_id, input_key)


@pytest.mark.parametrize("slot_type", [SlotType.KEYRING, SlotType.PASSPHRASE])
def test_the_type_of_a_slot_is_authenticated(portable: vaults.Made, slot_type: SlotType) -> None:
    header = header_json.parse(portable.files["header.json"]).header
    retyped = replace(header.slots[1], type=slot_type)
    with pytest.raises(HeaderTampered):
        slots.open_with_key(retyped, header.vault_id, SecretBytes.copy_of(portable.code))


def test_a_slot_of_another_vault_gives_nothing(
    bound: vaults.Made, portable: vaults.Made, portable_folder: Path
) -> None:
    foreign = json.loads(bound.files["header.json"])["slots"][1]
    header = resealed(portable.files["header.json"], lambda m: m["slots"].append(foreign))
    (portable_folder / "header.json").write_bytes(header)
    with pytest.raises(HeaderTampered):
        unlock.unlock(portable_folder, bound.recovery(), None)
