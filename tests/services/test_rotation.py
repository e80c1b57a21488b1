# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rotated vault is the same vault under other keys, and a crash leaves one that opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.template_vault import (
    PASSPHRASE,
    REFERENCE,
    TemplateVault,
    fingerprints,
    new_vault,
    passphrase,
)
from vault.crypto.kdf import at_floor
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultError
from vault.keys import unlock
from vault.keys.errors import WrongPassphrase, WrongRecoveryCode
from vault.keys.os_keyring import MemoryKeyring
from vault.progress import Cancelled, Progress, Step
from vault.services import case_files, casework, contacts, rotation, slots, upkeep, vaults
from vault.services.errors import (
    PassphraseEmpty,
    RotationInterrupted,
    RotationLeftover,
    RotationUnfaithful,
)
from vault.store import objects, rotating
from vault.store.errors import (
    DiskFailed,
    IdentityDamaged,
    ObjectKeyDamaged,
    VaultInUse,
    WrongDatabaseKey,
)
from vault.store.identities import SELECT_SECRETS
from vault.store.vault import VaultStore


def rotated(folder: Path, keyring: MemoryKeyring | None = None) -> rotation.Rotated:
    return rotation.rotate(folder, bytearray(PASSPHRASE.encode()), Progress(), keyring=keyring)


def master_key(folder: Path) -> tuple[bytes, SecretBytes]:
    unlocked = vaults.unlock_keys(folder, passphrase())
    return unlocked.header.vault_id, unlocked.vmk


def is_sound(folder: Path) -> bool:
    with vaults.open_vault(folder, passphrase(), Progress()) as session:
        return upkeep.check_vault(session, Progress()).ok


def opens_with_code(folder: Path, code: bytes) -> bool:
    credential = vaults.recovery_credential(bytearray(code))
    try:
        vaults.unlock_keys(folder, credential).vmk.wipe()
    except WrongRecoveryCode:
        return False
    return True


def test_a_rotated_vault_holds_what_it_held_under_another_master_key(
    filled: TemplateVault,
) -> None:
    with filled.opened() as session:
        before = case_files.export_case(session, REFERENCE)
    old_id, old_key = master_key(filled.folder)
    done = rotated(filled.folder)
    new_id, new_key = master_key(filled.folder)
    assert (old_id, done.folder) == (new_id, filled.folder)
    assert not old_key.equals(new_key)
    assert is_sound(filled.folder)
    with filled.opened() as session:
        assert case_files.export_case(session, REFERENCE) == before
        with session.store.reader() as reader:
            assert "keys_rotated" in [entry.action for entry in reader.audit_entries()]
    assert {path.name for path in filled.folder.parent.iterdir()} == {
        filled.folder.name,
        done.before.name,
    }
    assert done.before.name.startswith("desk.before-rotation-20")


def test_evidence_files_are_copied_byte_by_byte(filled: TemplateVault) -> None:
    before = fingerprints(filled.folder / "objects")
    done = rotated(filled.folder)
    assert len(before) == 13
    assert fingerprints(filled.folder / "objects") == before
    assert fingerprints(done.before / "objects") == before


def test_the_old_master_key_opens_nothing_of_the_new_vault(filled: TemplateVault) -> None:
    vault_id, old_key = master_key(filled.folder)
    done = rotated(filled.folder)
    with pytest.raises(WrongDatabaseKey):
        VaultStore.open(filled.folder, vault_id, old_key)
    with VaultStore.open(done.before, vault_id, old_key) as before, filled.opened() as session:
        old, new = before.parts, session.store.parts
        stored = objects.every(new.db)
        assert len(stored) == 13
        for one in stored:
            objects.unwrapped(new.objects, one).wipe()
            with pytest.raises(ObjectKeyDamaged):
                objects.unwrapped(old.objects, one)
        rows = new.db.all(SELECT_SECRETS)
        assert len(rows) == 3
        for row in rows:
            new.secrets.unwrap(row).wipe()
            with pytest.raises(IdentityDamaged):
                old.secrets.unwrap(row)


def test_each_folder_opens_with_its_own_recovery_code_only(filled: TemplateVault) -> None:
    old = filled.recovery_code.encode()
    done = rotated(filled.folder)
    with done.recovery_code as code:
        new = bytes(code.view())
    assert opens_with_code(filled.folder, new)
    assert opens_with_code(done.before, old)
    assert not opens_with_code(filled.folder, old)
    assert not opens_with_code(done.before, new)


def test_a_colleague_goes_on_opening_and_another_passphrase_is_named_as_dropped(
    filled: TemplateVault, tmp_path: Path
) -> None:
    colleague = new_vault(tmp_path / "colleague.panah", "Коллега")
    with colleague.opened() as theirs:
        with filled.opened() as session:
            contacts.add_contact(session, contacts.own_card(theirs).text)
            slots.add_recipient(session, "Коллега")
            other = slots.add_passphrase(
                session, bytearray(b"another"), with_keyring=False, kdf=at_floor()
            )
        done = rotated(filled.folder)
        credential = unlock.RecipientCredential(identities=theirs.identity.age_identities())
        with unlock.unlock(filled.folder, credential, None).vmk as opened:
            assert opened.equals(master_key(filled.folder)[1])
    assert [(slot.id, slot.type) for slot in done.dropped] == [(other, "passphrase")]
    types = [slot.type for slot in vaults.vault_info(filled.folder).slots]
    assert types == ["passphrase", "recovery", "recipient"]


def test_a_vault_bound_to_the_keyring_gets_an_item_of_its_own(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    folder = tmp_path / "bound.panah"
    vaults.create_vault(
        folder,
        passphrase=bytearray(PASSPHRASE.encode()),
        display_name="Тест",
        organisation="",
        keyring=keyring,
        progress=Progress(),
        kdf=at_floor(),
    )
    done = rotated(folder, keyring)
    items = {path: unlock.read_info(path).keyring_item for path in (folder, done.before)}
    assert len(set(items.values())) == 2
    for path in items:
        vaults.open_vault(path, passphrase(), Progress(), keyring=keyring).close()
    assert vaults.vault_info(folder).slots[0].type == "passphrase+keyring"


def test_the_cost_of_the_passphrase_stays_and_its_salt_does_not(filled: TemplateVault) -> None:
    done = rotated(filled.folder)
    old, new = (
        vaults.unlock_keys(folder, passphrase()).header.slots[0].kdf
        for folder in (done.before, filled.folder)
    )
    assert (old.memory_kib, old.iterations) == (new.memory_kib, new.iterations)  # type: ignore[union-attr] # the first slot of these vaults is a passphrase's
    assert old.salt != new.salt  # type: ignore[union-attr] # as above


@pytest.mark.parametrize("typed,error", [("не та", WrongPassphrase), ("", PassphraseEmpty)])
def test_a_wrong_passphrase_changes_nothing(
    filled: TemplateVault, typed: str, error: type[VaultError]
) -> None:
    before = fingerprints(filled.folder.parent)
    given = bytearray(typed.encode())
    with pytest.raises(error):
        rotation.rotate(filled.folder, given, Progress())
    assert fingerprints(filled.folder.parent) == before
    assert not any(given)


def test_a_damaged_file_stops_the_rotation_and_leaves_no_copy(filled: TemplateVault) -> None:
    damaged = next(path for path in (filled.folder / "objects").rglob("*") if path.is_file())
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    old_id, old_key = master_key(filled.folder)
    with pytest.raises(RotationUnfaithful) as refused:
        rotated(filled.folder)
    assert refused.value.details == {"problems": 1}
    assert [path.name for path in filled.folder.parent.iterdir()] == [filled.folder.name]
    assert old_key.equals(master_key(filled.folder)[1])
    assert old_id


def test_a_failed_rotation_forgets_the_new_item_of_the_keyring(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    folder = tmp_path / "bound.panah"
    vaults.create_vault(
        folder,
        passphrase=bytearray(PASSPHRASE.encode()),
        display_name="Тест",
        organisation="",
        keyring=keyring,
        progress=Progress(),
        kdf=at_floor(),
    )
    with pytest.raises(Cancelled):
        rotation.rotate(
            folder, bytearray(PASSPHRASE.encode()), stopping_at("checking_database"),
            keyring=keyring,
        )  # fmt: skip
    assert list(keyring._secrets) == [unlock.read_info(folder).keyring_item]


def stopping_at(stage: str) -> Progress:
    def listen(step: Step) -> None:
        if step.what == stage:
            progress.cancel()

    progress = Progress(listen, min_interval=0)
    return progress


@pytest.mark.parametrize("stage", ["copying_database", "copying_objects", "checking_objects"])
def test_a_cancelled_rotation_leaves_nothing(filled: TemplateVault, stage: str) -> None:
    with pytest.raises(Cancelled):
        rotation.rotate(filled.folder, bytearray(PASSPHRASE.encode()), stopping_at(stage))
    assert [path.name for path in filled.folder.parent.iterdir()] == [filled.folder.name]
    assert is_sound(filled.folder)


def test_a_copy_that_is_not_finished_is_taken_away(filled: TemplateVault) -> None:
    vault_id, key = master_key(filled.folder)
    copy = filled.folder.with_name("copy")
    with filled.opened() as session, pytest.raises(Cancelled):
        rotating.rotated_copy(
            session.store,
            vault_id,
            (key, SecretBytes.random()),
            copy,
            stopping_at("copying_objects"),
        )
    assert not copy.exists()


def test_a_vault_that_is_open_is_not_rotated(filled: TemplateVault) -> None:
    with filled.opened(), pytest.raises(VaultInUse):
        rotated(filled.folder)


def test_a_vault_that_is_open_for_reading_is_not_rotated(filled: TemplateVault) -> None:
    with filled.opened(read_only=True), pytest.raises(VaultInUse):
        rotated(filled.folder)
    assert [path.name for path in filled.folder.parent.iterdir()] == [filled.folder.name]
    assert is_sound(filled.folder)


def test_what_was_written_since_the_copy_is_not_lost(filled: TemplateVault) -> None:
    vault_id, key = master_key(filled.folder)
    copy, aside = filled.folder.with_name("copy"), filled.folder.with_name("aside")
    with filled.opened() as session:
        head = session.store.audit_head()
        rotating.rotated_copy(
            session.store, vault_id, (key, SecretBytes.random()), copy, Progress()
        )
    with filled.opened() as session:
        casework.new_case(session, "2026-2")
    with pytest.raises(VaultInUse):
        rotating.put_in_place(copy, filled.folder, aside, (vault_id, key, head))
    assert not aside.exists()
    with filled.opened() as session:
        assert len(casework.list_cases(session)) == 2
        with pytest.raises(VaultInUse):
            rotating.put_in_place(copy, filled.folder, aside, (vault_id, key, head))
    assert not aside.exists()


def test_a_failed_second_rename_takes_the_first_back(filled: TemplateVault) -> None:
    vault_id, key = master_key(filled.folder)
    with filled.opened() as session:
        head = session.store.audit_head()
    missing, aside = filled.folder.with_name("missing"), filled.folder.with_name("aside")
    with pytest.raises(DiskFailed):
        rotating.put_in_place(missing, filled.folder, aside, (vault_id, key, head))
    assert not aside.exists()
    assert is_sound(filled.folder)


def test_a_second_rotation_of_the_day_keeps_both_old_folders(filled: TemplateVault) -> None:
    first, second = rotated(filled.folder), rotated(filled.folder)
    assert not first.recovery_code.equals(second.recovery_code)
    assert second.before.name == first.before.name.replace(".panah", "-2.panah")
    assert is_sound(first.before)
    assert is_sound(second.before)
    assert is_sound(filled.folder)


DIES_AT = """
import os, sys
from pathlib import Path
from tests.template_vault import PASSPHRASE
from vault.progress import Progress
from vault.services import rotation

folder, wanted = Path(sys.argv[1]), int(sys.argv[2])
seen = 0

def hook(event, given):
    global seen
    if event in ("os.rename", "os.remove", "os.mkdir") and str(folder.parent) in str(given[0]):
        seen += 1
        if seen == wanted:
            os._exit(77)

sys.addaudithook(hook)
rotation.rotate(folder, bytearray(PASSPHRASE.encode()), Progress())
print(seen)
"""


def run_until(folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", DIES_AT, str(folder), str(step)],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": "src:.", "PATH": os.environ["PATH"]},
    )


def test_a_power_cut_at_any_change_of_a_folder_leaves_a_vault_that_opens(tmp_path: Path) -> None:
    made = new_vault(tmp_path / "made.panah")
    rehearsal = made.copied_to(tmp_path / "rehearsal" / "desk.panah")
    steps = int(run_until(rehearsal.folder, 10_000).stdout)
    assert steps >= 10
    between = 0
    # The last changes are the ones that matter; of the copying before them a few are enough.
    for step in sorted({1, steps // 2, *range(steps - 5, steps + 1)}):
        folder = made.copied_to(tmp_path / str(step) / "desk.panah").folder
        assert run_until(folder, step).returncode == 77
        rotating_folder = folder.with_name("desk.rotating")
        if folder.exists():
            assert is_sound(folder)
            if rotating_folder.exists():
                with pytest.raises(RotationLeftover):
                    rotated(folder)
            continue
        between += 1
        (before,) = folder.parent.glob("desk.before-rotation-*.panah")
        assert is_sound(before)
        assert is_sound(rotating_folder)
        with pytest.raises(RotationInterrupted) as said:
            rotated(folder)
        assert said.value.details == {
            "new": "desk.rotating",
            "old": before.name,
            "name": "desk.panah",
        }
        rotating_folder.rename(folder)
        assert is_sound(folder)
    assert between == 1
