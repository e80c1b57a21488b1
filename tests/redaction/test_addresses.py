# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Streets with and without the word for one, in three languages; cities and months stay."""

from __future__ import annotations

import pytest

from tests.redaction.invented import person
from vault.domain.people import Address
from vault.domain.values import LocalText
from vault.redaction.addresses import AddressBook, street_names

HOME = Address(
    type="current",
    text=LocalText.of(
        ru="Тестовая обл., г. Тестов, ул. Академика Кленовского, д. 5, кв. 9",
        en="Testov, 8 Marta St. 14",
    ),
)
HELD = Address(type="place_of_detention", text=LocalText.of(ru="г. Тестов, ул. Острожная, 1"))
BOOK = AddressBook((person("P1", addresses=(HOME, HELD)),), hide_detention=False)


def found(text: str, book: AddressBook = BOOK) -> list[str]:
    return [text[hit.start : hit.end] for hit in book.search(text)]


def test_an_address_is_taken_apart() -> None:
    assert list(street_names(HOME)) == ["Академика Кленовского", "8 Marta"]


@pytest.mark.parametrize(
    "text,part",
    [
        ("жил на ул. Академика Кленовского, д. 5, кв. 9, потом", "Кленовского, д. 5, кв. 9"),
        ("улица Кленовского", "улица Кленовского"),
        ("Ак. Кленовского 5-9", "Кленовского 5-9"),
        ("приехал на Кленовского вечером", "Кленовского"),
        ("Кленовский көшесі, 5-үй, 9-пәтер", "Кленовский көшесі, 5-үй, 9-пәтер"),
        ("at 5 Klenovskogo Street, apt. 9", "5 Klenovskogo Street, apt. 9"),
        ("ул. 8 Марта, 14", "ул. 8 Марта, 14"),
    ],
)
def test_a_street_is_found_with_its_house(text: str, part: str) -> None:
    assert any(part in hit for hit in found(text)), found(text)


@pytest.mark.parametrize(
    "text",
    ["в марте 2024 года", "Март 2024 года", "[март 2024 г.]", "8 марта подарили цветы",
     "г. Тестов", "Тестовая область", "кленовый лист 5", "ул. Острожная, 1"],
)  # fmt: skip
def test_months_cities_and_the_place_of_detention_stay(text: str) -> None:
    assert found(text) == []


def test_the_public_does_not_learn_where_somebody_is_held() -> None:
    book = AddressBook((person("P1", addresses=(HELD,)),), hide_detention=True)
    assert found("ул. Острожная, 1", book) == ["ул. Острожная, 1"]
