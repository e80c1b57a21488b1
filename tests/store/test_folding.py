# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Folding: what a person takes for the same word is the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.store.folding import fold, word_places, words

texts = st.text(
    alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("ёЁәғқңөұүһіІЇйЙłŁøıİßﬁ①"),
    max_size=20,
)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Ёлкин", "Елкин"),
        ("Қасымов", "Касымов"),
        ("Өскемен", "Оскемен"),
        ("Әлихан", "алихан"),
        ("Ұлытау", "УЛЫТАУ"),
        ("Үміт", "умит"),
        ("Ғалым", "галым"),
        ("Жаңа", "жана"),
        ("Һәкім", "хаким"),
        ("Władysław", "wladyslaw"),
        ("Müller", "muller"),
        ("Đorđe", "dorde"),
        ("ﬁle", "file"),
        ("STRASSE", "straße"),
        ("İzmir", "izmir"),
        ("елка\u0301", "елка"),
    ],
)
def test_two_spellings_of_a_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("one, other", [("май", "маи"), ("Київ", "Киив"), ("дом", "том")])
def test_unlike_letters_stay_unlike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_upper_and_lower_case_fold_alike(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(texts)
def test_the_places_of_words_are_where_they_stand(text: str) -> None:
    for start, end, folded in word_places(text):
        assert fold(text[start:end]) == folded
        assert 0 <= start < end <= len(text)


def test_words_are_split_at_everything_that_is_no_letter_or_digit() -> None:
    assert words("Вершков, Т. А. – «пикет» №5/6_a") == [
        "вершков",
        "т",
        "а",
        "пикет",
        "no5",
        "6",
        "a",
    ]
