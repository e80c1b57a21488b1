# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How each person of a case appears to one reader, worked out once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.redaction.disclosure import (
    KEEP,
    Disclosure,
    category_rule,
    effective,
    role_reason,
    strictness,
)
from vault.redaction.marks import Marks, pseudonyms

_DATA_OF_HIDDEN: Final = {
    "identifier": ("mask", "ID"),
    "contact": ("mask", "CONTACT"),
    "address": ("mask", "ADDR"),
    "date_of_birth": ("generalise_year", "DOB"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A person, what is done to the name, and what stands in its place."""

    person: Person
    disclosure: Disclosure
    token: str


class ShownPersons:
    """Every person of one case under one profile."""

    def __init__(
        self,
        snapshot: CaseSnapshot,
        profile: DisclosureProfile,
        marks: Marks,
        as_of: datetime.date,
    ) -> None:
        """Settle profile, consents and own rules for every person on the day `as_of`."""
        self._profile = profile
        persons = snapshot.persons
        names = pseudonyms(persons, {person.id: role_reason(person) for person in persons})
        self._shown = []
        for person in persons:
            disclosure = effective(
                person,
                profile,
                snapshot.consents,
                as_of,
                counsel_id=snapshot.case.lead_lawyer_id,
            )
            token = marks.person(person, disclosure.action, disclosure.reason, names[person.id])
            self._shown.append(Shown(person, disclosure, token))

    def of(self, index: int) -> Shown:
        """Return how the person with this index in the case appears."""
        return self._shown[index]

    def hides(self, index: int) -> bool:
        """Tell whether the person's name is not shown as it is."""
        return self._shown[index].disclosure.action != KEEP

    def data_rule(self, category: str, index: int) -> Disclosure:
        """Return what is done to a datum of a person: the category's rule, or a stricter one.

        Numbers, contacts and an exact date of birth name a person as surely as the name does,
        so none of them stays where the name is not shown.
        """
        rule = category_rule(self._profile, category)
        own = self._shown[index].disclosure
        if strictness(own.action) < strictness("pseudonym") or category not in _DATA_OF_HIDDEN:
            return rule
        action, reason = _DATA_OF_HIDDEN[category]
        if rule.action != KEEP:
            return rule
        return Disclosure(action=action, reason=rule.reason or reason, basis=own.basis)
