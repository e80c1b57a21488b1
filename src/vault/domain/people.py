# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Persons as HURIDOCS counts them: individuals, groups, organisations, the unidentified."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.values import JsonObject, LocalText

PERSON_KINDS: Final = ("individual", "group", "organisation", "unidentified")
PERSON_ROLES: Final = (
    "client",
    "victim",
    "applicant",
    "source",
    "family_member",
    "minor",
    "witness",
    "official",
    "perpetrator",
    "lawyer",
    "expert",
    "organisation",
    "interpreter",
    "other",
)
NAME_TYPES: Final = (
    "legal",
    "maiden",
    "variant",
    "transliteration",
    "diminutive",
    "nickname",
    "call_sign",
    "online_handle",
    "descriptor",
)
SEXES: Final = ("male", "female", "other")
CONFIDENTIALITY: Final = ("public", "internal", "restricted", "secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """One name of a person, in one script. `full` is used when a name has no parts."""

    type: str = "legal"
    lang: str = "ru"
    script: str = "Cyrl"
    family: str = ""
    given: str = ""
    patronymic: str = ""
    full: str = ""
    scheme: str = ""
    custom: JsonObject = field(default_factory=dict)

    def shown(self) -> str:
        """Return the name as one line: family name, given name, patronymic."""
        parts = " ".join(part for part in (self.family, self.given, self.patronymic) if part)
        return parts or self.full


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number by which an office knows the person."""

    type: str
    value: str
    issuer: LocalText = LocalText()
    issued_on: str = ""
    expires_on: str = ""
    status: str = ""
    missing_reason: LocalText = LocalText()
    note: LocalText = LocalText()
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """A telephone number, an address of e-mail, a handle."""

    type: str
    value: str
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place where the person lives, lived or is held."""

    type: str
    text: LocalText = LocalText()
    confidential: bool | None = None
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person, group or organisation of a case (HURIDOCS format 09)."""

    id: str
    case_id: str
    ref: str
    kind: str = "individual"
    roles: tuple[str, ...] = ()
    names: tuple[PersonName, ...] = ()
    sex: str = ""
    date_of_birth: str = ""
    place_of_birth: LocalText = LocalText()
    citizenships: tuple[str, ...] = ()
    civil_status: str = ""
    occupation: LocalText = LocalText()
    position: LocalText = LocalText()
    rank: LocalText = LocalText()
    identifiers: tuple[Identifier, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    declension_ru: tuple[tuple[str, str], ...] = ()
    reliability: str = ""
    confidentiality: str = "internal"
    protection: LocalText = LocalText()
    default_pseudonym: LocalText = LocalText()
    custom: JsonObject = field(default_factory=dict)

    def shown(self, language: str = "ru") -> str:
        """Return the name to show in lists: legal in the language's script, else any, else ref."""
        script = "Latn" if language == "en" else "Cyrl"
        ranked = sorted(
            (
                name
                for name in self.names
                if name.type in {"legal", "variant", "transliteration", "descriptor"}
            ),
            key=lambda name: (name.script != script, name.type != "legal"),
        )
        return next((name.shown() for name in ranked if name.shown()), self.ref)
