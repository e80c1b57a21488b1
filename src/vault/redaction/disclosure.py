# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one reader may learn of one person: the strictest of profile, consent and own rule.

Officials keep their names by default, everyone else does not. Officials, lawyers, experts,
interpreters and bodies that act as such need no consent, unless their record is secret.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vault.domain import consents as consent_rules
from vault.domain.consents import Consent, Coverage
from vault.domain.people import Person
from vault.domain.profiles import ACTIONS, AUDIENCE_PURPOSE, DisclosureProfile, DisclosureRule
from vault.domain.snapshot import CaseSnapshot

KEEP: Final = "keep"
OWN_RULE: Final = "disclosure"
"""The member of a person's `custom` map with that person's own rule, one of `ACTIONS`."""

GIVEN_BY: Final = "given_by"
"""The member of a consent's `custom` map that names who gave it: a guardian, for a minor."""

_STRICTNESS: Final = {action: number for number, action in enumerate(ACTIONS)}
_IDENTITY_USE: Final = {
    "full_name": "keep",
    "initials": "initials",
    "pseudonym_only": "pseudonym",
    "role_only": "role",
}
_NEEDS_CONSENT: Final = frozenset(
    {"client", "victim", "applicant", "family_member", "minor", "witness", "source"}
)
_ACTS_AS_SUCH: Final = frozenset({"official", "lawyer", "expert", "interpreter", "organisation"})
_BODIES: Final = frozenset({"group", "organisation"})
# The reason that is printed for a person whose rule has none, by the first role that fits.
_ROLE_REASON: Final = (
    ("minor", "MINOR"),
    ("witness", "WIT"),
    ("client", "CLIENT"),
    ("applicant", "CLIENT"),
    ("family_member", "FAM"),
)
_OTHER_REASON: Final = "TP"
_HIDDEN_BY_DEFAULT: Final = {
    "identifier": ("mask", "ID"),
    "contact": ("mask", "CONTACT"),
    "address": ("mask", "ADDR"),
    "date_of_birth": ("mask", "DOB"),
    "medical": ("remove", "MED"),
    "route": ("mask", "ROUTE"),
    "privileged": ("remove", "PRIV"),
    "no_consent": ("mask", "NOCONS"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What is done to a person's name, the reason that is printed, and where it comes from.

    `basis` is "profile", "consent", "own_rule" or "default".
    """

    action: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedPerson:
    """A person who may not appear under a profile, and what their consents say."""

    person_id: str
    ref: str
    coverage: Coverage


def strictness(action: str) -> int:
    """Return how much an action hides; a greater number hides more, an unknown one most."""
    return _STRICTNESS.get(action, len(ACTIONS))


def is_official(person: Person) -> bool:
    """Tell whether a person's name is kept by default: officials and bodies of power."""
    if "official" in person.roles:
        return True
    return "perpetrator" in person.roles and person.kind in _BODIES


def needs_consent(person: Person) -> bool:
    """Tell whether a person may only appear by consent."""
    if person.kind == "unidentified":
        return False
    if person.confidentiality == "secret" and person.kind not in _BODIES:
        return True
    roles = set(person.roles)
    private = roles & (_NEEDS_CONSENT - {"source"})
    if private - {"victim"}:
        return True
    if roles & _ACTS_AS_SUCH or person.kind in _BODIES:
        return False
    return bool(roles & _NEEDS_CONSENT)


def effective(
    person: Person,
    profile: DisclosureProfile,
    consents: Iterable[Consent],
    as_of: datetime.date,
    *,
    counsel_id: str = "",
) -> Disclosure:
    """Return what `profile` shows of `person` on the day `as_of`: the strictest rule there is.

    `counsel_id` is the lawyer who leads the case: the filings bear that name, so it stays
    where the profile has no rule for lawyers.
    """
    found = [_by_profile(person, profile, counsel_id)]
    by_consent = _by_consent(person, profile, consents, as_of)
    if by_consent is not None:
        found.append(by_consent)
    own = person.custom.get(OWN_RULE)
    if isinstance(own, str) and own in _STRICTNESS:
        found.append(Disclosure(action=own, reason=role_reason(person), basis="own_rule"))
    return max(found, key=lambda one: (strictness(one.action), one.basis == "consent"))


def role_reason(person: Person) -> str:
    """Return the reason code that a person's roles suggest."""
    return next((code for role, code in _ROLE_REASON if role in person.roles), _OTHER_REASON)


def _by_profile(person: Person, profile: DisclosureProfile, counsel_id: str) -> Disclosure:
    own = [
        rule
        for rule in profile.rules
        if rule.category in {f"person:{person.id}", f"person:{person.ref}"}
    ]
    matching = own or _role_rules(person, profile)
    if matching:
        rule = max(matching, key=lambda one: strictness(one.action))
        return Disclosure(
            action=rule.action, reason=rule.reason or role_reason(person), basis="profile"
        )
    kept = is_official(person) or person.kind == "unidentified" or person.id == counsel_id
    if kept or profile.audience == "internal":
        return Disclosure(action=KEEP, reason="", basis="default")
    action = "pseudonym" if person.default_pseudonym else "mask"
    return Disclosure(action=action, reason=role_reason(person), basis="default")


def _role_rules(person: Person, profile: DisclosureProfile) -> list[DisclosureRule]:
    by_role: dict[str, list[DisclosureRule]] = {}
    for rule in profile.rules:
        kind, _, role = rule.category.partition(":")
        if kind == "person" and role in person.roles and person.id not in rule.except_person_ids:
            by_role.setdefault(role, []).append(rule)
    if "minor" in by_role:
        by_role.pop("family_member", None)
    return [rule for rules in by_role.values() for rule in rules]


def person_coverage(
    person: Person, profile: DisclosureProfile, consents: Iterable[Consent], as_of: datetime.date
) -> tuple[Coverage, Consent | None]:
    """Tell what a person's consents say of a profile's purpose; a minor's own does not count."""
    purpose = AUDIENCE_PURPOSE.get(profile.audience, profile.audience)
    counted = [one for one in consents if _counts(one, person)]
    return consent_rules.coverage(counted, person.id, purpose, as_of)


def _counts(consent: Consent, person: Person) -> bool:
    if consent.person_id != person.id:
        return False
    # A record of consent in a minor's name is taken as the guardian's, unless it says that
    # the child gave it.
    given_by = consent.custom.get(GIVEN_BY)
    own = isinstance(given_by, str) and given_by in {person.id, person.ref}
    return not ("minor" in person.roles and own)


def _by_consent(
    person: Person, profile: DisclosureProfile, consents: Iterable[Consent], as_of: datetime.date
) -> Disclosure | None:
    if not needs_consent(person):
        return None
    covered, consent = person_coverage(person, profile, consents, as_of)
    if covered is Coverage.COVERED and consent is not None:
        action = _IDENTITY_USE.get(consent.identity_use, "pseudonym")
        return Disclosure(action=action, reason=role_reason(person), basis="consent")
    withheld = category_rule(profile, "no_consent")
    action = max(("mask", withheld.action), key=strictness)
    return Disclosure(action=action, reason=withheld.reason or "NOCONS", basis="consent")


def category_rule(profile: DisclosureProfile, category: str) -> Disclosure:
    """Return what a profile does to a kind of data, such as `identifier` or `medical`.

    Without a rule, what could identify or harm is hidden, and dates of events stay; a
    colleague of the same case (`internal`) sees everything that no rule hides.
    """
    matching = [rule for rule in profile.rules if rule.category == category]
    if matching:
        rule = max(matching, key=lambda one: strictness(one.action))
        default = _HIDDEN_BY_DEFAULT.get(category, ("", ""))[1]
        return Disclosure(action=rule.action, reason=rule.reason or default, basis="profile")
    if profile.audience == "internal" and category != "no_consent":
        return Disclosure(action=KEEP, reason="", basis="default")
    action, reason = _HIDDEN_BY_DEFAULT.get(category, (KEEP, ""))
    return Disclosure(action=action, reason=reason, basis="default")


def strictest(found: Iterable[Disclosure]) -> Disclosure:
    """Return the disclosure that hides most; among equals the one whose reason sorts first."""
    return min(found, key=lambda one: (-strictness(one.action), one.reason, one.basis))


def blocked(
    snapshot: CaseSnapshot,
    profile: DisclosureProfile,
    as_of: datetime.date,
    person_ids: Iterable[str] | None = None,
) -> list[BlockedPerson]:
    """List the persons (all, or the given ones) without a consent that covers the profile."""
    wanted = None if person_ids is None else frozenset(person_ids)
    found = []
    for person in snapshot.persons:
        if (wanted is not None and person.id not in wanted) or not needs_consent(person):
            continue
        covered, _ = person_coverage(person, profile, snapshot.consents, as_of)
        if covered is not Coverage.COVERED:
            found.append(BlockedPerson(person_id=person.id, ref=person.ref, coverage=covered))
    return found
