# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""After a travel lock nobody who is present opens the vault; it is refused where nobody could."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.services.travellers import (
    People,
    lock,
    new_people,
    opens_with_code,
    secret,
    with_contact,
)
from tests.template_vault import PASSPHRASE, passphrase
from vault.crypto.kdf import at_floor
from vault.keys import key_file, slot_changes
from vault.keys.errors import NoSuchSlot, SlotNeeded
from vault.keys.os_keyring import MemoryKeyring
from vault.progress import Progress
from vault.services import rotation, slots, travel, upkeep, vaults
from vault.services.errors import NoEscrow, OneEscrowOnly, VaultIsReadOnly
from vault.services.session import VaultSession
from vault.store.identities import StoredContact


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return new_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def people(_made: People, tmp_path: Path) -> People:
    """Return three vaults of this test's own."""
    return _made.copied_to(tmp_path)


def test_after_a_travel_lock_nothing_present_opens_the_vault(people: People) -> None:
    done = lock(people.folder)
    assert done.plan.holders == ("first", "second")
    assert [slot.type for slot in done.plan.drops] == ["passphrase", "recovery"]
    assert done.keyring == "not_used"
    with pytest.raises(NoSuchSlot):
        people.traveller.opened()
    assert not opens_with_code(people.traveller, people.folder)
    for name in (key_file.HEADER, key_file.BACKUP):
        header = json.loads((people.folder / name).read_bytes())
        assert [slot["type"] for slot in header["slots"]] == ["recipient", "recipient"]


def test_the_previous_copy_of_the_header_does_not_open_either(people: People) -> None:
    lock(people.folder)
    (people.folder / key_file.HEADER).unlink()
    with pytest.raises(NoSuchSlot):
        people.traveller.opened()


def test_both_copies_of_the_header_are_locked_before_the_vault_is_closed(people: People) -> None:
    with people.traveller.opened() as session:
        plan = travel.travel_lock_plan(session, sheet_elsewhere=False)
        travel.travel_lock(session, plan)
        for name in (key_file.HEADER, key_file.BACKUP):
            header = json.loads((people.folder / name).read_bytes())
            assert {slot["type"] for slot in header["slots"]} == {"recipient"}


def test_a_recovery_sheet_elsewhere_goes_on_opening(people: People) -> None:
    done = lock(people.folder, sheet_elsewhere=True)
    assert done.plan.keeps_recovery
    assert opens_with_code(people.traveller, people.folder)
    with pytest.raises(NoSuchSlot):
        people.traveller.opened()


def test_a_vault_without_a_colleague_is_not_locked(people: People) -> None:
    with people.first.opened() as session:
        with pytest.raises(NoEscrow):
            travel.travel_lock_plan(session, sheet_elsewhere=True)
        with pytest.raises(SlotNeeded):
            slot_changes.drop_local_slots(session.folder, session.keys, keep_recovery=True)
    people.first.opened().close()


def test_the_vaults_own_key_is_no_colleague(people: People) -> None:
    with people.first.opened() as session:
        own = session.identity.recipients()[1]
        slot_changes.add_recipient_slot(session.folder, session.keys, own)
        with pytest.raises(NoEscrow):
            travel.travel_lock_plan(session, sheet_elsewhere=True)


def test_one_colleague_with_two_keys_is_one_colleague(people: People) -> None:
    with people.first.opened() as session:
        with_contact(session, people.second)
        (contact,) = _contacts(session)
        slot_changes.add_recipient_slot(session.folder, session.keys, contact.recipients[0])
        with pytest.raises(OneEscrowOnly):
            travel.travel_lock_plan(session, sheet_elsewhere=False)
        plan = travel.travel_lock_plan(session, sheet_elsewhere=True)
    assert plan.holders == ("second",)
    assert [slot.type for slot in plan.drops] == ["passphrase"]


def _contacts(session: VaultSession) -> list[StoredContact]:
    with session.store.reader() as reader:
        return reader.contacts()


def test_a_vault_opened_for_reading_is_not_locked(people: People) -> None:
    with (
        people.traveller.opened(read_only=True) as session,
        pytest.raises(VaultIsReadOnly),
    ):
        travel.travel_lock_plan(session, sheet_elsewhere=False)


def test_the_keyrings_item_is_deleted(people: People, tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    folder = tmp_path / "bound.panah"
    vaults.create_vault(
        folder,
        passphrase=secret(PASSPHRASE),
        display_name="bound",
        organisation="",
        keyring=keyring,
        progress=Progress(),
        kdf=at_floor(),
    )
    with vaults.open_vault(folder, passphrase(), Progress(), keyring=keyring) as session:
        with_contact(session, people.first)
        with_contact(session, people.second)
        slots.add_keyring(session, keyring)
        item = session.keys.header.keyring_item
    done = lock(folder, keyring=keyring)
    assert sorted(slot.type for slot in done.plan.drops) == [
        "keyring",
        "passphrase+keyring",
        "recovery",
    ]
    assert done.keyring == "deleted"
    assert keyring.get(item) is None


def test_copies_that_still_open_are_named(people: People, tmp_path: Path) -> None:
    with people.traveller.opened() as session:
        backup = upkeep.back_up(session, tmp_path / "backups", Progress())
    before = rotation.rotate(people.folder, secret(PASSPHRASE), Progress()).before
    done = lock(people.folder)
    assert done.plan.copies == (before.name,)
    assert len(done.plan.backups) == 1
    for folder in (backup, before):
        vaults.open_vault(folder, passphrase(), Progress()).close()
