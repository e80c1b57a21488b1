# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A traveller, two colleagues, and the files that go between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.template_vault import TemplateVault, new_vault, passphrase
from vault.crypto.kdf import at_floor
from vault.keys.errors import NoSuchSlot
from vault.keys.os_keyring import MemoryKeyring
from vault.progress import Progress
from vault.services import contacts, slots, travel, travel_unlock, vaults
from vault.services.session import VaultSession

KEY_PHRASE = "ключ в дорогу"
NEXT = "новая фраза после поездки"


def secret(text: str) -> bytearray:
    return bytearray(text.encode())


def with_contact(session: VaultSession, colleague: TemplateVault) -> str:
    """Make a colleague a contact who may open the vault; return the colleague's name."""
    with colleague.opened() as theirs:
        card = contacts.own_card(theirs)
    contacts.add_contact(session, card.text)
    slots.add_recipient(session, card.display_name)
    return card.display_name


@dataclass(frozen=True)
class People:
    """A traveller whose vault two colleagues can open, and the two."""

    traveller: TemplateVault
    first: TemplateVault
    second: TemplateVault

    @property
    def folder(self) -> Path:
        return self.traveller.folder

    def card(self) -> str:
        with self.first.opened() as theirs:
            return contacts.own_card(theirs).text

    def copied_to(self, folder: Path) -> People:
        three = (self.traveller, self.first, self.second)
        return People(*(one.copied_to(folder / one.folder.name) for one in three))


def new_people(base: Path) -> People:
    traveller, first, second = (
        new_vault(base / f"{name}.panah", name) for name in ("traveller", "first", "second")
    )
    with traveller.opened() as session:
        with_contact(session, first)
        with_contact(session, second)
    return People(traveller, first, second)


def lock(
    folder: Path, *, sheet_elsewhere: bool = False, keyring: MemoryKeyring | None = None
) -> travel.TravelLocked:
    with vaults.open_vault(folder, passphrase(), Progress(), keyring=keyring) as session:
        plan = travel.travel_lock_plan(session, sheet_elsewhere=sheet_elsewhere)
        return travel.travel_lock(session, plan, keyring=keyring)


def opens_with_code(vault: TemplateVault, folder: Path) -> bool:
    credential = vaults.recovery_credential(bytearray(vault.recovery_code.encode()))
    try:
        vaults.unlock_keys(folder, credential).vmk.wipe()
    except NoSuchSlot:
        return False
    return True


@dataclass(frozen=True)
class Exchange:
    """A locked vault, a request for it and a colleague's answer."""

    people: People
    request: Path
    response: Path
    code: str

    def finish(self, *, key: str = KEY_PHRASE, new: str = NEXT) -> travel_unlock.TravelUnlocked:
        return travel_unlock.finish(
            self.people.folder,
            self.response,
            self.request,
            key_passphrase=secret(key),
            new_passphrase=secret(new),
            kdf=at_floor(),
        )

    def copied_to(self, folder: Path) -> Exchange:
        people = self.people.copied_to(folder)
        for path in (self.request, travel_unlock.key_path(self.request), self.response):
            (folder / path.name).write_bytes(path.read_bytes())
        return Exchange(people, folder / "request", folder / "response", self.code)


def ask(people: People, *, card: str = "", name: str = "request") -> travel_unlock.RequestMade:
    request = people.folder.with_name(name)
    return travel_unlock.make_request(
        people.folder, request, secret(KEY_PHRASE), untrusted_card=card, log_n=10
    )


def new_exchange(people: People) -> Exchange:
    """Lock the traveller's vault, and let the first colleague answer a request to them."""
    lock(people.folder)
    asked = ask(people, card=people.card())
    response = people.folder.with_name("response")
    with people.first.opened() as theirs:
        travel_unlock.answer(theirs, asked.request, response, untrusted_code=asked.code)
    return Exchange(people, asked.request, response, asked.code)
