# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers and contacts that nobody of the case has: by shape, checksum and a word near by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.redaction.patterns import (
    find_machine_readable,
    find_patterns,
    has_birth_date,
    is_iban,
    is_iin,
    is_luhn,
)


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.category, text[hit.start : hit.end]) for hit in find_patterns(text)]


@pytest.mark.parametrize(
    "text,category,part",
    [
        ("почта ivan.petrov@example.org.", "contact", "ivan.petrov@example.org"),
        ("пиши @some_handle", "contact", "@some_handle"),
        ("https://t.me/some_handle", "contact", "https://t.me/some_handle"),
        ("+7 (701) 222-33-44", "contact", "+7 (701) 222-33-44"),
        ("8 701 222 33 44", "contact", "8 701 222 33 44"),
        ("тел. 222-33-44", "contact", "222-33-44"),
        ("паспорт 45 08 123456", "identifier", "45 08 123456"),
        ("passport N 12345678", "identifier", "N 12345678"),
        ("112-233-445 95", "identifier", "112-233-445 95"),
        ("карта 5555 5555 5555 4444", "identifier", "5555 5555 5555 4444"),
        ("ул. Лесная, д. 5, кв. 9", "address", "ул. Лесная, д. 5, кв. 9"),
    ],
)
def test_a_shape_is_found_whole(text: str, category: str, part: str) -> None:
    assert (category, part) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "дело № 7599-25-00-2/17 от 12.03.2025",
        "статья 338 часть 3, лист 117-119",
        "1 000 000 тенге, 2023-2024 годы",
        "4444 4444 4444 4445",
        "ул. Лесная, д. 5",
        "число 123456789012",
        "звонил 3 раза",
    ],
)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert found(text) == []


def with_check(eleven: str) -> str:
    return next((eleven + d for d in "0123456789" if is_iin(eleven + d)), "")


@given(st.text("0123456789", min_size=11, max_size=11))
def test_at_most_one_last_figure_makes_an_iin(eleven: str) -> None:
    assert sum(is_iin(eleven + last) for last in "0123456789") <= 1


def test_a_birth_date_stands_in_an_iin() -> None:
    assert has_birth_date("900101300017")
    assert not has_birth_date("909901300017")
    assert not has_birth_date("900101900017")


def test_an_iin_needs_its_word_or_a_birth_date() -> None:
    number = with_check("99999999999")
    assert number
    assert found(f"число {number}") == []
    assert found(f"ИИН {number}") == [("identifier", number)]


@given(st.integers(0, 10**15 - 1))
def test_every_number_has_exactly_one_luhn_figure(number: int) -> None:
    digits = f"{number:015}"
    assert sum(is_luhn(digits + last) for last in "0123456789") == 1


def test_an_account_number_is_checked() -> None:
    assert is_iban("KZ86125KZT5004100100")
    assert not is_iban("KZ87125KZT5004100100")


def test_a_machine_readable_line_is_found() -> None:
    text = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<< и текст"
    ((start, end),) = find_machine_readable(text)
    assert text[start:end].startswith("P<UTO")
    assert list(find_machine_readable("a << b и A<B")) == []
