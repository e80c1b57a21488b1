# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented persons and profiles for the tests of redaction."""

from __future__ import annotations

import datetime
from typing import Any, Final

from vault.domain.cases import Case
from vault.domain.consents import PURPOSES, Consent
from vault.domain.people import Person, PersonName
from vault.domain.profiles import DisclosureProfile, DisclosureRule
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LocalText
from vault.redaction.engine import Redactor

AS_OF: Final = datetime.date(2026, 2, 12)
CASE: Final = "case"


def person(ref: str, *roles: str, names: tuple[PersonName, ...] = (), **fields: Any) -> Person:
    """Make a person whose id is the reference."""
    return Person(id=ref, case_id=CASE, ref=ref, roles=roles, names=names, **fields)


def named(family: str = "", given: str = "", patronymic: str = "", **fields: Any) -> PersonName:
    """Make a legal name in Russian."""
    return PersonName(family=family, given=given, patronymic=patronymic, **fields)


def profile(audience: str = "unhcr", **rules: str) -> DisclosureProfile:
    """Make a profile; `client="keep"` is the rule of a role, `identifier="mask"` of data."""
    data = {"identifier", "contact", "address", "date_of_birth", "date", "medical", "no_consent"}
    made = tuple(
        DisclosureRule(
            category=name if name in data else f"person:{name}",
            action=action.split()[0],
            reason=action.split()[1] if " " in action else "",
        )
        for name, action in rules.items()
    )
    return DisclosureProfile(
        id="profile", case_id=CASE, ref="profile", audience=audience, rules=made
    )


def consent(of: str, *purposes: str, use: str = "full_name", **fields: Any) -> Consent:
    """Make a written consent to everything, or to the given purposes."""
    return Consent(
        id=f"consent-{of}",
        case_id=CASE,
        ref=f"C-{of}",
        person_id=of,
        given_on="2025-01-01",
        purposes=purposes or PURPOSES,
        identity_use=use,
        **fields,
    )


def snapshot(
    *persons: Person, consents: tuple[Consent, ...] | None = None, **case: Any
) -> CaseSnapshot:
    """Make a case of these persons; all of them consent to everything unless said otherwise."""
    given = tuple(consent(one.id) for one in persons) if consents is None else consents
    return CaseSnapshot(
        case=Case(id=CASE, case_id=CASE, ref=CASE, reference="INVENTED-1", **case),
        persons=persons,
        consents=given,
    )


def redactor(*persons: Person, language: str = "ru", **rules: str) -> Redactor:
    """Make a redactor that masks everybody who is not an official, unless rules say otherwise."""
    return Redactor(snapshot(*persons), profile(**rules), language, as_of=AS_OF)


GORYACHEV: Final = person(
    "P1",
    "client",
    names=(named("Горячев", "Тарас", "Ефимович"),),
    sex="male",
    date_of_birth="1979-11-30",
    default_pseudonym=LocalText.of(ru="Заявитель", en="the Applicant"),
)
