# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The strictest of profile, consent and own rule decides; officials stay by default."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.redaction.invented import AS_OF, CASE, consent, named, person, profile, snapshot
from vault.domain.consents import Consent, Coverage
from vault.domain.people import Person
from vault.domain.profiles import ACTIONS, DisclosureProfile, DisclosureRule
from vault.domain.values import LocalText
from vault.redaction.disclosure import (
    Disclosure,
    blocked,
    category_rule,
    effective,
    needs_consent,
    strictest,
    strictness,
)

WITNESS = person("P4", "witness", names=(named("Тестов", "Тест"),))
OFFICIAL = person("P5", "official", "perpetrator", names=(named("Тестов", "Тест"),))


def action(
    someone: Person, rules: DisclosureProfile, *consents: Consent, day: datetime.date = AS_OF
) -> str:
    return effective(someone, rules, consents, day).action


@pytest.mark.parametrize(
    "use,expected",
    [
        ("full_name", "keep"),
        ("initials", "initials"),
        ("pseudonym_only", "pseudonym"),
        ("role_only", "role"),
    ],
)
def test_a_consent_narrows_what_the_profile_keeps(use: str, expected: str) -> None:
    assert action(WITNESS, profile(witness="keep"), consent("P4", use=use)) == expected


def test_a_profile_narrows_what_the_consent_allows() -> None:
    assert action(WITNESS, profile(witness="role WIT"), consent("P4")) == "role"


@pytest.mark.parametrize(
    "given_consent",
    [
        (),
        (consent("P4", "kz_asylum"),),
        (consent("P4", "kz_asylum", not_allowed=("unhcr",)),),
        (consent("P4", withdrawn_on="2026-01-15"),),
        (consent("somebody"),),
    ],
    ids=["none", "other purpose", "forbidden", "withdrawn", "of another person"],
)
def test_without_a_covering_consent_a_witness_is_masked(given_consent: tuple[Consent, ...]) -> None:
    found = effective(WITNESS, profile(witness="keep"), given_consent, AS_OF)
    assert (found.action, found.reason, found.basis) == ("mask", "NOCONS", "consent")


def test_a_withdrawal_counts_from_its_day() -> None:
    given_consent = consent("P4", withdrawn_on="2026-01-15")
    before, after = datetime.date(2026, 1, 14), datetime.date(2026, 1, 15)
    assert action(WITNESS, profile(witness="keep"), given_consent, day=before) == "keep"
    assert action(WITNESS, profile(witness="keep"), given_consent, day=after) == "mask"


def test_the_profile_may_remove_whoever_has_not_consented() -> None:
    assert action(WITNESS, profile(witness="keep", no_consent="remove NOCONS")) == "remove"


def test_an_own_rule_narrows_further() -> None:
    careful = person("P4", "witness", names=(named("Тестов"),), custom={"disclosure": "initials"})
    assert action(careful, profile(witness="keep"), consent("P4")) == "initials"
    bold = person("P4", "witness", names=(named("Тестов"),), custom={"disclosure": "keep"})
    assert action(bold, profile(witness="role WIT"), consent("P4")) == "role"


@pytest.mark.parametrize("role", ["official", "lawyer", "expert", "interpreter"])
def test_whoever_acts_as_such_needs_no_consent_unless_secret(role: str) -> None:
    assert not needs_consent(person("P5", role, "source"))
    assert needs_consent(person("P5", role, confidentiality="secret"))


def test_a_minor_needs_a_guardian() -> None:
    child = person("P3", "family_member", "minor", names=(named("Тестов"),))
    own = consent("P3", custom={"given_by": "P3"})
    guardian = consent("P3", custom={"given_by": "P2"})
    rules = profile(minor="keep")
    assert action(child, rules, own) == "mask"
    assert action(child, rules, guardian) == "keep"


def test_the_rule_for_a_minor_goes_before_that_for_the_family() -> None:
    child = person("P3", "family_member", "minor", names=(named("Тестов"),))
    rules = profile(family_member="mask FAM", minor="role MINOR")
    found = effective(child, rules, (consent("P3"),), AS_OF)
    assert (found.action, found.reason) == ("role", "MINOR")


def test_the_rule_for_one_person_goes_before_that_for_the_role() -> None:
    rules = profile(witness="mask WIT", P4="initials WIT")
    assert action(WITNESS, rules, consent("P4")) == "initials"


def test_an_excepted_person_falls_back_to_being_hidden() -> None:
    rule = DisclosureRule(category="person:witness", action="keep", except_person_ids=("P4",))
    rules = DisclosureProfile(id="p", case_id=CASE, ref="p", audience="unhcr", rules=(rule,))
    assert action(WITNESS, rules, consent("P4")) == "mask"
    other = person("P9", "witness", names=(named("Тестов"),))
    assert action(other, rules, consent("P9")) == "keep"


def test_officials_stay_and_everyone_else_is_hidden_without_a_rule() -> None:
    assert action(OFFICIAL, profile()) == "keep"
    for role in ("lawyer", "expert", "other", "client", "perpetrator"):
        someone = person("P7", role, names=(named("Тестов"),))
        assert action(someone, profile(), consent("P7")) == "mask", role


def test_bodies_of_power_and_unknown_men_are_not_hidden() -> None:
    police = person("P8", "perpetrator", kind="group")
    nobody = person("P9", "perpetrator", kind="unidentified")
    assert action(police, profile()) == action(nobody, profile()) == "keep"


def test_counsel_of_the_case_signs_with_her_name_unless_the_profile_speaks_of_lawyers() -> None:
    counsel = person("P7", "lawyer", names=(named("Тестова"),))
    silent, spoken = profile(), profile(lawyer="role TP")
    assert effective(counsel, silent, (), AS_OF, counsel_id="P7").action == "keep"
    assert effective(counsel, spoken, (), AS_OF, counsel_id="P7").action == "role"
    assert effective(counsel, silent, (), AS_OF, counsel_id="P1").action == "mask"


def test_a_colleague_sees_who_consented_and_no_one_else() -> None:
    internal = profile("internal")
    assert action(WITNESS, internal, consent("P4")) == "keep"
    assert action(WITNESS, internal) == "mask"


def test_kinds_of_data_are_hidden_by_default_and_dates_are_not() -> None:
    for category in ("identifier", "contact", "address", "date_of_birth", "medical", "route"):
        assert category_rule(profile(), category).action != "keep"
        assert category_rule(profile("internal"), category).action == "keep"
    assert category_rule(profile(), "date").action == "keep"
    assert category_rule(profile(identifier="keep"), "identifier").action == "keep"


def test_blocked_names_the_persons_and_why() -> None:
    case = snapshot(WITNESS, OFFICIAL, consents=(consent("P4", withdrawn_on="2025-06-01"),))
    (found,) = blocked(case, profile(), AS_OF)
    assert (found.person_id, found.ref, found.coverage) == ("P4", "P4", Coverage.WITHDRAWN)
    assert blocked(case, profile(), AS_OF, ["P5"]) == []


@given(st.lists(st.sampled_from(ACTIONS), min_size=1))
def test_the_strictest_is_never_weaker_than_any(actions: list[str]) -> None:
    found = [Disclosure(action=one, reason="TP", basis="profile") for one in actions]
    assert strictness(strictest(found).action) == max(map(strictness, actions))
    assert strictness("an action of a newer version") > strictness("remove")


@given(
    st.sampled_from(ACTIONS),
    st.sampled_from(["full_name", "initials", "pseudonym_only", "role_only"]),
    st.sampled_from([*ACTIONS, ""]),
)
def test_the_effective_action_is_never_weaker_than_its_sources(
    by_profile: str, use: str, own: str
) -> None:
    someone = person("P4", "witness", custom={"disclosure": own} if own else {})
    result = action(someone, profile(witness=by_profile), consent("P4", use=use))
    assert strictness(result) >= strictness(by_profile)
    assert strictness(result) >= (strictness(own) if own else 0)


def test_a_default_pseudonym_is_used_where_no_rule_speaks() -> None:
    expert = person("P9", "expert", default_pseudonym=LocalText.of(ru="врач"))
    assert action(expert, profile()) == "pseudonym"
