# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers and addresses that no record of the case knows, by their shape, checksum and context.

Checksums tell little by themselves: one random number in ten passes that of the IIN. So each
needs a word near it as well, or a shape that nothing else has. All of it goes to review.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PatternHit:
    """Something shaped like a number or an address, in positions of the text given."""

    start: int
    end: int
    category: str


_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?(?:[\w-]+\.)+[^\W\d_]{2,24}(?![\w-])")
_HANDLE: Final = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{3,40}(?<!\.)")
_MESSENGER: Final = re.compile(
    r"(?:https?://)?(?:t\.me|wa\.me|vk\.com|ok\.ru|instagram\.com|facebook\.com|fb\.com)/[\w.+/-]{2,60}"
    r"(?<![.])",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>«»\"'()]{4,200}", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?<![\d\w.\-/])(?:\+\s?\d{1,3}|8|7)[\s\-(]{1,2}\d{3}[\s\-)]{1,2}\d{3}[\s\-]?\d{2}[\s\-]?\d{2}(?!\d)"
    r"|(?<![\d\w])\+\d{10,13}(?!\d)"
    r"|(?<![\d\w.\-/])8\d{10}(?!\d)|(?<![\d\w.\-/])\(\d{3,4}\)\s?\d{2,3}[\s\-]\d{2}[\s\-]\d{2}(?!\d)"
)
_PHONE_WORD: Final = re.compile(
    r"(?:тел|моб|звон|whatsapp|phone|mobile|call|сотов|уялы)[^\d\n\]]{0,20}$", re.IGNORECASE
)
_BARE_PHONE: Final = re.compile(r"(?<![\d\w.\-/])\d[\d\s\-]{5,14}\d(?!\d)")
_IIN: Final = re.compile(r"(?<!\d)\d{12}(?!\d)")
_IIN_WORD: Final = re.compile(
    r"(?:иин|жсн|iin|жеке сәйкестендіру|инн|inn)[^\d\n\]]{0,20}$", re.IGNORECASE
)
_INN: Final = re.compile(r"(?:инн|inn)\W{0,4}(?P<n>\d{10}|\d{12})(?!\d)", re.IGNORECASE)
_SNILS: Final = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")
_CARD: Final = re.compile(r"(?<![\d\w.\-/])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_IBAN: Final = re.compile(r"(?<!\w)(?:KZ|RU)\d{2}(?:\s?[A-Z0-9]){14,29}(?!\w)")
_PASSPORT: Final = re.compile(
    r"(?:паспорт|загранпаспорт|passport|төлқұжат|удостоверени\w* личности|жеке куәлік|"
    r"identity card|серия|series)[^\d\n\]]{0,30}?"
    r"(?P<n>(?:[A-ZА-Я]{1,2}\s?)?\d{2}[ -]?\d{2}\s?(?:№|N|No\.?)?\s?\d{5,6}"
    r"|[A-ZА-Я]{1,2}\s?№?\s?\d{6,8}|(?<!\d)\d{9}(?!\d))",
    re.IGNORECASE,
)
_HOME: Final = re.compile(
    r"(?:ул(?:\.|ица|ице|ицы)|пр(?:-т|\.|оспект)|пер(?:\.|еулок)|мкр\.?|микрорайон)\s?[^,;\n]{2,40},?\s?"
    r"(?:д(?:\.|ом)\s?)?\d+[а-я]?(?:/\d+)?,?\s?кв(?:\.|артира)\s?\d+",
    re.IGNORECASE,
)
_LUHN_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_IIN_WEIGHTS: Final = tuple(range(1, 12))
_IIN_AGAIN: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_LOOK: Final = 40


def find_patterns(text: str) -> Iterator[PatternHit]:
    """Yield everything in the text that has the shape of a contact or a document number."""
    for pattern in (_EMAIL, _HANDLE, _MESSENGER, _PHONE, _HOME):
        category = "address" if pattern is _HOME else "contact"
        for found in pattern.finditer(text):
            yield PatternHit(*found.span(), category)
    yield from _numbers(text)


def _numbers(text: str) -> Iterator[PatternHit]:
    for found in _IIN.finditer(text):
        if is_iin(found[0]) and (_near(_IIN_WORD, text, found.start()) or has_birth_date(found[0])):
            yield PatternHit(*found.span(), "identifier")
    for found in _CARD.finditer(text):
        if is_luhn(re.sub(r"\D", "", found[0])):
            yield PatternHit(*found.span(), "identifier")
    for found in _SNILS.finditer(text):
        yield PatternHit(*found.span(), "identifier")
    for found in _IBAN.finditer(text):
        if is_iban(re.sub(r"\s", "", found[0])):
            yield PatternHit(*found.span(), "identifier")
    for pattern in (_PASSPORT, _INN):
        for found in pattern.finditer(text):
            yield PatternHit(*found.span("n"), "identifier")
    for found in _BARE_PHONE.finditer(text):
        digits = sum(c.isdigit() for c in found[0])
        if 6 <= digits <= 12 and _near(_PHONE_WORD, text, found.start()):  # noqa: PLR2004 - local to international
            yield PatternHit(*found.span(), "contact")


def find_urls(text: str) -> Iterator[tuple[int, int]]:
    """Yield the web addresses of a text."""
    for found in _URL.finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip(".,;:!?"))


_MACHINE_READABLE: Final = re.compile(r"(?<![A-Z0-9<])(?=[A-Z0-9<]*<<)[A-Z0-9<]{9,}")


def find_machine_readable(text: str) -> Iterator[tuple[int, int]]:
    """Yield the machine-readable lines of passports (ICAO 9303) with a name in them."""
    for found in _MACHINE_READABLE.finditer(text):
        yield found.span()


def find_addresses_of_mail(text: str) -> Iterator[tuple[int, int]]:
    """Yield the e-mail addresses and handles of a text."""
    for pattern in (_EMAIL, _HANDLE, _MESSENGER):
        for found in pattern.finditer(text):
            yield found.span()


def _near(word: re.Pattern[str], text: str, start: int) -> bool:
    return word.search(text[max(0, start - _LOOK) : start]) is not None


def is_luhn(digits: str) -> bool:
    """Tell whether a number passes the check of payment cards (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total += _LUHN_DOUBLED[int(digit)] if place % 2 else int(digit)
    return total % 10 == 0


def is_iin(digits: str) -> bool:
    """Tell whether twelve digits pass the check of the individual number of Kazakhstan.

    The last digit is the sum of the others by weights 1 to 11 modulo 11; when that is 10, the
    weights begin again at 3. A second 10 is never issued.
    """
    numbers = [int(digit) for digit in digits]
    check = sum(n * w for n, w in zip(numbers, _IIN_WEIGHTS, strict=False)) % 11
    if check == 10:  # noqa: PLR2004 - two figures do not fit one place
        check = sum(n * w for n, w in zip(numbers, _IIN_AGAIN, strict=False)) % 11
    return check == numbers[11]


def has_birth_date(digits: str) -> bool:
    """Tell whether an individual number begins with a day that exists and a known century."""
    century = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}.get(digits[6])
    if century is None:
        return False
    try:
        datetime.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def is_iban(text: str) -> bool:
    """Tell whether an account number passes ISO 13616 (modulo 97)."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned.upper())) % 97 == 1
