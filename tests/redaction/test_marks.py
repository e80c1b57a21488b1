# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tokens: fixed, in the language of the output, neutral for adverse readers."""

from __future__ import annotations

import re

import pytest

from tests.redaction.invented import AS_OF, GORYACHEV, named, person, profile, redactor, snapshot
from vault.domain.edtf import parse
from vault.domain.people import Person
from vault.domain.values import LocalText
from vault.redaction.engine import Redactor
from vault.redaction.marks import Marks, pseudonyms

WIFE = person(
    "P2",
    "family_member",
    names=(
        named("Горячева-Лунина", "Жанна", "Олеговна"),
        named("Goryacheva-Lunina", "Zhanna", type="transliteration", lang="en", script="Latn"),
    ),
    sex="female",
    default_pseudonym=LocalText.of(ru="супруга Заявителя", en="the Applicant's wife"),
)
WITNESS = person(
    "P3",
    "witness",
    names=(named("Ежов", "Клим"),),
    sex="male",
    default_pseudonym=LocalText.of(ru="Свидетель W7", en="Witness W7"),
)


def token(someone: Person, language: str, audience: str = "unhcr", **rules: str) -> str:
    engine = Redactor(
        snapshot(GORYACHEV, WIFE, WITNESS), profile(audience, **rules), language, as_of=AS_OF
    )
    return engine.shown_person(someone.id)


def test_a_pseudonym_says_the_reason_and_the_code() -> None:
    assert token(WITNESS, "ru", witness="pseudonym WIT") == (
        "[СКРЫТО – свидетель, данные скрыты, W7]"
    )
    assert token(WITNESS, "en", witness="pseudonym WIT") == (
        "[REDACTED – witness, identity withheld, W7]"
    )
    assert token(WITNESS, "kk", witness="pseudonym WIT") == (
        "[ЖАСЫРЫЛДЫ – куә, деректері жасырылған, W7]"
    )


def test_nobody_is_called_a_protected_witness() -> None:
    for language in ("ru", "en", "kk"):
        shown = token(WITNESS, language, witness="mask WIT").lower()
        assert "защищ" not in shown
        assert "protected" not in shown


def test_a_role_is_said_in_the_lawyers_own_words() -> None:
    assert token(WIFE, "ru", family_member="role FAM") == "[СКРЫТО – супруга Заявителя]"
    assert token(WIFE, "en", family_member="role FAM") == "[REDACTED – the Applicant's wife]"


def test_a_pseudonym_in_another_language_is_not_borrowed() -> None:
    assert "супруга" not in token(WIFE, "kk", family_member="role FAM")
    assert re.fullmatch(
        r"\[ЖАСЫРЫЛДЫ – отбасы мүшесі, F1\]", token(WIFE, "kk", family_member="role FAM")
    )


def test_a_masked_person_has_a_reason_and_no_pseudonym() -> None:
    assert token(WIFE, "ru", family_member="mask FAM") == "[СКРЫТО – член семьи]"


@pytest.mark.parametrize("audience", ["kz_court", "public"])
def test_adverse_readers_get_neutral_tokens(audience: str) -> None:
    assert token(WITNESS, "ru", audience, witness="pseudonym WIT") == "[Лицо 3]"
    assert token(WITNESS, "en", audience, witness="mask WIT") == "[Person 3]"
    assert token(WITNESS, "kk", audience, witness="remove WIT") == "[3-тұлға]"
    assert Marks("ru", audience).data("ROUTE") == "[сведения скрыты]"


def test_initials_take_both_halves_of_a_double_name() -> None:
    assert token(WIFE, "ru", family_member="initials FAM") == "Г.-Л. Ж. О."
    assert token(WIFE, "en", family_member="initials FAM") == "G.-L. Z. O."


def test_a_token_tells_nothing_of_the_length() -> None:
    short = person("P1", "witness", names=(named("Ян", "Ия"),))
    long = person("P1", "witness", names=(named("Переяславцева-Задунайская", "Екатерина"),))
    assert redactor(short).shown_person("P1") == redactor(long).shown_person("P1")
    (one,) = redactor(short).find("видели Ян Ия вчера")
    (other,) = redactor(long).find("видели Переяславцеву-Задунайскую Екатерину вчера")
    assert one.token == other.token


def test_codes_are_stable_and_never_given_twice() -> None:
    persons = (
        person("P1", "witness", default_pseudonym=LocalText.of(ru="Свидетель W2")),
        person("P2", "witness"),
        person("P3", "witness"),
        person("P4", "witness", default_pseudonym=LocalText.of(ru="сосед")),
    )
    given = pseudonyms(persons, dict.fromkeys(("P1", "P2", "P3", "P4"), "WIT"))
    assert [given[ref].code for ref in ("P1", "P2", "P3", "P4")] == ["W2", "W1", "W3", "W4"]
    more = pseudonyms((*persons, person("P5", "witness")), dict.fromkeys(given, "WIT"))
    assert all(more[ref] == given[ref] for ref in given)


def test_dates_keep_what_the_action_leaves() -> None:
    day = parse("1994-05-17")
    assert Marks("ru", "unhcr").date(day, "generalise_year", "DOB") == "[1994 г.]"
    assert Marks("ru", "unhcr").date(day, "generalise_month", "SEC") == "[май 1994 г.]"
    assert Marks("en", "unhcr").date(day, "generalise_month", "SEC") == "[May 1994]"
    assert Marks("kk", "unhcr").date(day, "generalise_month", "SEC") == "[1994 ж. мамыр]"
    assert Marks("ru", "unhcr").date(day, "mask", "DOB") == "[СКРЫТО – дата рождения]"
    assert Marks("ru", "unhcr").date(parse("1994"), "generalise_month", "SEC") == "[1994 г.]"
