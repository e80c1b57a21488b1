# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Persons in table `person`, with names, identifiers, contact points and addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from vault.domain.people import Address, ContactPoint, Identifier, Person, PersonName
from vault.store.connection import Database, Row, Value
from vault.store.rows import word_lists
from vault.store.rows.columns import (
    flag,
    grouped,
    json_text,
    local_text,
    to_custom,
    to_flag,
    to_local_text,
)
from vault.store.rows.word_lists import WordLists

INSERT: Final = """
INSERT INTO person (
    id, kind, sex, date_of_birth, place_of_birth, civil_status, occupation, position, rank,
    declension_ru, reliability, confidentiality, protection, default_pseudonym, custom
) VALUES (
    :id, :kind, :sex, :date_of_birth, :place_of_birth, :civil_status, :occupation, :position,
    :rank, :declension_ru, :reliability, :confidentiality, :protection, :default_pseudonym, :custom
)
"""
INSERT_NAME: Final = """
INSERT INTO person_name (
    person_id, position, type, lang, script, family, given, patronymic, full_name, scheme, custom
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_IDENTIFIER: Final = """
INSERT INTO identifier (
    person_id, position, type, value, issuer, issued_on, expires_on, status, missing_reason,
    note, custom
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_CONTACT: Final = """
INSERT INTO contact_point (person_id, position, type, value, custom) VALUES (?, ?, ?, ?, ?)
"""
INSERT_ADDRESS: Final = """
INSERT INTO address (person_id, position, type, text, confidential, custom)
VALUES (?, ?, ?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM person WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, p.kind, p.sex, p.date_of_birth, p.place_of_birth, p.civil_status,
    p.occupation, p.position, p.rank, p.declension_ru, p.reliability, p.confidentiality,
    p.protection, p.default_pseudonym, p.custom
FROM person AS p JOIN record AS r ON r.id = p.id
WHERE p.id IN (SELECT value FROM json_each(?))
"""
SELECT_NAMES: Final = """
SELECT person_id, type, lang, script, family, given, patronymic, full_name, scheme, custom
FROM person_name WHERE person_id IN (SELECT value FROM json_each(?))
ORDER BY person_id, position
"""
SELECT_IDENTIFIERS: Final = """
SELECT
    person_id, type, value, issuer, issued_on, expires_on, status, missing_reason, note, custom
FROM identifier WHERE person_id IN (SELECT value FROM json_each(?))
ORDER BY person_id, position
"""
SELECT_CONTACTS: Final = """
SELECT person_id, type, value, custom
FROM contact_point WHERE person_id IN (SELECT value FROM json_each(?))
ORDER BY person_id, position
"""
SELECT_ADDRESSES: Final = """
SELECT person_id, type, text, confidential, custom
FROM address WHERE person_id IN (SELECT value FROM json_each(?))
ORDER BY person_id, position
"""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on the persons being read, by the person's id."""

    lists: WordLists
    names: dict[str, tuple[PersonName, ...]]
    identifiers: dict[str, tuple[Identifier, ...]]
    contacts: dict[str, tuple[ContactPoint, ...]]
    addresses: dict[str, tuple[Address, ...]]


def load(db: Database, wanted: str) -> list[Person]:
    """Return the persons with these ids."""
    parts = _Parts(
        lists=WordLists(db, wanted),
        names=grouped(db.all(SELECT_NAMES, (wanted,)), _name),
        identifiers=grouped(db.all(SELECT_IDENTIFIERS, (wanted,)), _identifier),
        contacts=grouped(db.all(SELECT_CONTACTS, (wanted,)), _contact),
        addresses=grouped(db.all(SELECT_ADDRESSES, (wanted,)), _address),
    )
    return [_person(row, parts) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Person) -> None:
    """Insert a person with everything that hangs on them."""
    db.run(INSERT, to_row(record))
    for position, name in enumerate(record.names):
        db.run(INSERT_NAME, (record.id, position, *_name_row(name)))
    for position, identifier in enumerate(record.identifiers):
        db.run(INSERT_IDENTIFIER, (record.id, position, *_identifier_row(identifier)))
    for position, contact in enumerate(record.contacts):
        columns = (contact.type, contact.value, json_text(contact.custom))
        db.run(INSERT_CONTACT, (record.id, position, *columns))
    for position, address in enumerate(record.addresses):
        db.run(INSERT_ADDRESS, (record.id, position, *_address_row(address)))
    word_lists.add(
        db,
        record.id,
        roles=record.roles,
        citizenships=record.citizenships,
        vulnerabilities=record.vulnerabilities,
    )


def remove(db: Database, record_id: str) -> None:
    """Delete a person; what hangs on them goes by cascade."""
    word_lists.remove(db, record_id)
    db.run(DELETE, (record_id,))


def to_row(record: Person) -> dict[str, Value]:
    """Return the person's own columns."""
    return {
        "id": record.id,
        "kind": record.kind,
        "sex": record.sex,
        "date_of_birth": record.date_of_birth,
        "place_of_birth": local_text(record.place_of_birth),
        "civil_status": record.civil_status,
        "occupation": local_text(record.occupation),
        "position": local_text(record.position),
        "rank": local_text(record.rank),
        "declension_ru": json_text(record.declension_ru),
        "reliability": record.reliability,
        "confidentiality": record.confidentiality,
        "protection": local_text(record.protection),
        "default_pseudonym": local_text(record.default_pseudonym),
        "custom": json_text(record.custom),
    }


def _name_row(name: PersonName) -> tuple[Value, ...]:
    return (
        name.type,
        name.lang,
        name.script,
        name.family,
        name.given,
        name.patronymic,
        name.full,
        name.scheme,
        json_text(name.custom),
    )


def _identifier_row(identifier: Identifier) -> tuple[Value, ...]:
    return (
        identifier.type,
        identifier.value,
        local_text(identifier.issuer),
        identifier.issued_on,
        identifier.expires_on,
        identifier.status,
        local_text(identifier.missing_reason),
        local_text(identifier.note),
        json_text(identifier.custom),
    )


def _address_row(address: Address) -> tuple[Value, ...]:
    return (
        address.type,
        local_text(address.text),
        flag(address.confidential),
        json_text(address.custom),
    )


def _person(row: Row, parts: _Parts) -> Person:
    own = row[0]
    return Person(
        id=own,
        case_id=row[1],
        ref=row[2],
        kind=row[3],
        roles=parts.lists.of(own, "roles"),
        names=parts.names.get(own, ()),
        sex=row[4],
        date_of_birth=row[5],
        place_of_birth=to_local_text(row[6]),
        citizenships=parts.lists.of(own, "citizenships"),
        civil_status=row[7],
        occupation=to_local_text(row[8]),
        position=to_local_text(row[9]),
        rank=to_local_text(row[10]),
        identifiers=parts.identifiers.get(own, ()),
        contacts=parts.contacts.get(own, ()),
        addresses=parts.addresses.get(own, ()),
        vulnerabilities=parts.lists.of(own, "vulnerabilities"),
        declension_ru=tuple((case, form) for case, form in json.loads(row[11])),
        reliability=row[12],
        confidentiality=row[13],
        protection=to_local_text(row[14]),
        default_pseudonym=to_local_text(row[15]),
        custom=to_custom(row[16]),
    )


def _name(*columns: str) -> PersonName:
    type_, lang, script, family, given, patronymic, full, scheme, custom = columns
    return PersonName(
        type=type_,
        lang=lang,
        script=script,
        family=family,
        given=given,
        patronymic=patronymic,
        full=full,
        scheme=scheme,
        custom=to_custom(custom),
    )


def _identifier(*columns: str) -> Identifier:
    type_, value, issuer, issued_on, expires_on, status, missing_reason, note, custom = columns
    return Identifier(
        type=type_,
        value=value,
        issuer=to_local_text(issuer),
        issued_on=issued_on,
        expires_on=expires_on,
        status=status,
        missing_reason=to_local_text(missing_reason),
        note=to_local_text(note),
        custom=to_custom(custom),
    )


def _contact(type_: str, value: str, custom: str) -> ContactPoint:
    return ContactPoint(type=type_, value=value, custom=to_custom(custom))


def _address(type_: str, text: str, confidential: int | None, custom: str) -> Address:
    return Address(
        type=type_,
        text=to_local_text(text),
        confidential=to_flag(confidential),
        custom=to_custom(custom),
    )
