# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Colleagues: their cards, and the comparison of codes that makes them trusted."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, replace

from vault.services.errors import (
    CodeDoesNotMatch,
    ContactKeyChanged,
    NoSuchContact,
    VaultIsReadOnly,
)
from vault.services.session import VaultSession
from vault.sharing import contact_card
from vault.sharing.contact_card import ContactCard
from vault.sharing.verification_code import same_code
from vault.store.identities import StoredContact


@dataclass(frozen=True, slots=True)
class CardShown:
    """A contact card as text, with the code that its owner reads out."""

    display_name: str
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A colleague as a list shows them; one who is not verified is marked wherever they appear."""

    id: str
    display_name: str
    organisation: str
    verified: bool
    code: str
    opens_with: str


def own_card(session: VaultSession, opens_with: str = contact_card.PANAH) -> CardShown:
    """Return the card of this vault's identity; raise `NoIdentity`.

    `opens_with` is one of `contact_card.OPENS_WITH`: with an older age program, colleagues
    are given no post-quantum key, and the 40 digits differ.
    """
    identity = session.identity
    return CardShown(
        identity.display_name,
        identity.card_text(opens_with),
        contact_card.verification_code(identity.card(opens_with)),
    )


def list_contacts(session: VaultSession) -> list[ContactRow]:
    """Return the contacts in the order in which they were added."""
    with session.store.reader() as reader:
        return [_row(contact) for contact in reader.contacts()]


def add_contact(session: VaultSession, untrusted_card: str) -> ContactRow:
    """Add a colleague's card, not verified yet; adding the same card again changes nothing.

    Raises:
        NotACard, CardTooNew, CardMalformed, CardSignatureBad: the card is not what it says.
        ContactKeyChanged: a contact of this name has other keys. Nothing was replaced.
    """
    card = contact_card.parse(untrusted_card)
    if session.read_only:
        raise VaultIsReadOnly
    with session.store.writer(session.author()) as writer:
        for known in writer.contacts():
            if known.verify_key == card.verify_key.raw and known.recipients == card.recipients:
                return _row(known)
            same_name = known.display_name.casefold() == card.display_name.casefold()
            if same_name or known.verify_key == card.verify_key.raw:
                raise ContactKeyChanged
        contact = StoredContact(
            id=str(uuid.uuid4()),
            display_name=card.display_name,
            organisation=card.organisation,
            verify_key=card.verify_key.raw,
            recipients=card.recipients,
            opens_with=card.opens_with,
            card=untrusted_card,
            added_at=_today(),
        )
        writer.save_contact(contact)
    return _row(contact)


def verify_contact(session: VaultSession, contact: str, untrusted_code: str) -> ContactRow:
    """Trust a contact whose 40 digits, got through another channel, are those of the card.

    Raises:
        NoSuchContact, CodeDoesNotMatch: the contact stays as it was.
    """
    stored = contact_named(session, contact)
    if not same_code(contact_card.verification_code(card_of(stored)), untrusted_code):
        raise CodeDoesNotMatch
    verified = replace(stored, verified_at=_today())
    with session.store.writer(session.author()) as writer:
        writer.save_contact(verified)
    return _row(verified)


def contact_named(session: VaultSession, wanted: str) -> StoredContact:
    """Return a contact by id or display name; raise `NoSuchContact`."""
    with session.store.reader() as reader:
        for contact in reader.contacts():
            if wanted in {contact.id, contact.display_name}:
                return contact
    raise NoSuchContact(contact=wanted[:80])


def card_of(contact: StoredContact) -> ContactCard:
    """Return the contact's card, its own signature checked again."""
    return contact_card.parse(contact.card)


def _row(contact: StoredContact) -> ContactRow:
    return ContactRow(
        id=contact.id,
        display_name=contact.display_name,
        organisation=contact.organisation,
        verified=bool(contact.verified_at),
        code=contact_card.verification_code(card_of(contact)),
        opens_with=contact.opens_with,
    )


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")
