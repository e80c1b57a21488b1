# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts made to keep a reader busy: the time must grow with the length, not with its square."""

from __future__ import annotations

import time

import pytest

from tests.redaction.invented import AS_OF, GORYACHEV, named, person, profile, snapshot
from vault.domain.people import Address, ContactPoint, Identifier
from vault.domain.values import LocalText
from vault.redaction.engine import Redactor
from vault.redaction.leak_terms import LeakTerms

WITNESS = person(
    "P2",
    "witness",
    names=(named("Ежов-Лунин", "Клим", "Ааронович"),),
    identifiers=(Identifier(type="other", value="11 11 111111"),),
    contacts=(ContactPoint(type="email", value="a.a.a.a@a.example"),),
    addresses=(Address(type="current", text=LocalText.of(ru="ул. Дальняя, д. 1")),),
    date_of_birth="2001-01-01",
)
CASE = snapshot(GORYACHEV, WITNESS)
ENGINE = Redactor(CASE, profile(date="generalise_month"), "ru", as_of=AS_OF)
TERMS = LeakTerms(CASE, profile(), AS_OF)
UNITS = (
    "а", " ", "1-", "1", "1 ", "1.1.", "а.", "А. ", "-\n", "'а", "@a.", "а ", "а-", "Ежов ",
    "Ежов-", "Ежов, ", "a@b.cc ", "ул. ", "ул. Дальняя, 1, ", "http://", "\u00ad", "а\u0301",
    "\u0301", "<", "A<", "паспорт ", "_", "мая ", "1 мая ", "родился ", "слово\n", "«", ",1",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_a_repeated_unit_is_read_in_little_time(unit: str) -> None:
    text = unit * (24_000 // len(unit))
    started = time.perf_counter()
    ENGINE.find(text)
    TERMS.search(text)
    # Linear work takes about 0.2 s; a step that grows with the square took minutes.
    assert time.perf_counter() - started < 5


def test_one_long_word_after_an_accent_is_read_in_little_time() -> None:
    started = time.perf_counter()
    ENGINE.find("а" + "\u0301" * 24_000 + "а" * 24_000)
    assert time.perf_counter() - started < 5
