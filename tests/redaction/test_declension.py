# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Case forms of names that textbooks and clerks decline, and Kazakh endings behind them."""

from __future__ import annotations

from typing import Any

import pytest

from vault.redaction.declension import (
    FAMILY,
    GIVEN,
    PATRONYMIC,
    Cases,
    forms,
    other_gender,
    patronymic_gender,
    patronymic_twins,
)
from vault.redaction.diminutives import short_forms
from vault.redaction.kazakh import SUFFIXES


def written(word: str, part: Any, gender: str) -> set[str]:
    return {form.text for form in forms(word, part, gender)}


@pytest.mark.parametrize(
    "word,gender,expected",
    [
        ("Вершков", "m", "Вершкова Вершкову Вершковым Вершкове Вершковых Вершковыми Вершковой"),
        ("Толстой", "m", "Толстого Толстому Толстым Толстая Толстую Толстых"),
        ("Черных", "m", "Черных"),
        ("Дзюба", "f", "Дзюбы Дзюбе Дзюбу Дзюбой"),
        ("Гончаренко", "f", "Гончаренко Гончаренки Гончаренке Гончаренкой"),
        ("Заяц", "m", "Зайца Зайцу Зайцем Заяца"),
        ("Кравец", "m", "Кравца Кравцу Кравцом"),
        ("Соловей", "m", "Соловья Соловью"),
        ("Гончар", "f", "Гончар"),
        ("Троицкая", "f", "Троицкой Троицкую Троицкий Троицкого"),
    ],
)
def test_a_family_name_has_its_forms(word: str, gender: str, expected: str) -> None:
    assert set(expected.split()) <= written(word, FAMILY, gender)


def test_given_names_and_patronymics_have_their_forms() -> None:
    assert {"Льва", "Льву", "Львом", "Льве"} <= written("Лев", GIVEN, "m")
    assert {"Ильи", "Илье", "Илью", "Ильёй"} <= written("Илья", GIVEN, "m")
    assert {"Любови", "Любовью"} <= written("Любовь", GIVEN, "f")
    assert {"Андреевича", "Андреич", "Андреича"} <= written("Андреевич", PATRONYMIC, "m")
    assert {"Кривого", "Кривому"} <= written("Кривой", GIVEN, "m"), "a nickname is an adjective"


def test_both_genders_are_made_when_the_gender_is_unknown() -> None:
    either = written("Оганесян", FAMILY, "")
    assert {"Оганесян", "Оганесяна", "Оганесяну"} <= either


def test_a_form_knows_its_cases() -> None:
    (form,) = (f for f in forms("Вершков", FAMILY, "m") if f.text == "Вершкову" and f.gender == "m")
    assert form.cases == Cases.DATIVE
    (hers,) = (f for f in forms("Вершков", FAMILY, "m") if f.text == "Вершкову" and f.gender == "f")
    assert hers.cases == Cases.ACCUSATIVE


def test_relatives_bear_the_other_form() -> None:
    assert other_gender("Вершков") == ("Вершкова", "f")
    assert other_gender("Вершкова") == ("Вершков", "m")
    assert other_gender("Троицкая") is not None
    assert other_gender("Черных") is None


def test_patronymics_are_known_by_their_endings_in_both_languages() -> None:
    words = ("Ильич", "Ильинична", "Серікұлы", "Маратқызы", "Илья")
    assert [patronymic_gender(word) for word in words] == ["m", "f", "m", "f", ""]
    assert "Ерболатович" in patronymic_twins("Ерболатұлы")
    assert patronymic_twins("Маратовна") == ("Маратқызы",)
    assert patronymic_twins("Илья") == ()


def test_kazakh_endings_are_there_and_russian_ones_are_not() -> None:
    assert {"нын", "тын", "ка", "га", "дан", "пен", "лар", "тарга", "ларынын"} <= SUFFIXES
    assert not {"", "а", "е", "ов", "ами"} & SUFFIXES


def test_short_forms_come_with_their_tender_ones() -> None:
    assert {"Даша", "Дашка", "Дашенька"} <= set(short_forms("Дарья"))
    assert {"Лёва"} <= set(short_forms("Лев"))
    assert short_forms("Неизвестен") == ()
