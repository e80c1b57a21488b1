# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kazakh endings behind a name, also behind a Russian surname («Вершковтың»).

Kazakh glues plural, possessive and case to an unchanged name. Vowel harmony is not checked:
papers of courts break it, and a name must be found all the same. Endings are written folded
(`folding.cyrillic_key`), so «ның» stands as «нын».
"""

from __future__ import annotations

from typing import Final

_PLURAL: Final = ("", "лар", "лер", "дар", "дер", "тар", "тер")
_POSSESSIVE: Final = ("", "ы", "и", "сы", "си", "ым", "им", "ымыз", "имиз", "ын", "ин")
_CASE: Final = (
    "", "нын", "нин", "дын", "дин", "тын", "тин", "га", "ге", "ка", "ке", "на", "не", "а", "е",
    "ны", "ни", "ды", "ди", "ты", "ти", "да", "де", "та", "те", "нда", "нде",
    "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "менен", "бенен", "пенен",
    "ники", "дики", "тики", "дай", "дей", "тай", "тей", "ша", "ше", "шы", "ши", "дагы", "деги",
    "сыз", "сиз", "мын", "мин", "гана", "кана",
)  # fmt: skip
_ADDRESS: Final = ("жан", "еке", "тай", "ай")
"""What is added to a given name in affection or respect."""
_TOO_SHORT: Final = frozenset(
    {"", "а", "е", "ы", "и", "им", "ым", "ин", "ын", "ай", "ша", "ше", "шы", "ши"}
)

SUFFIXES: Final[frozenset[str]] = frozenset(
    ending
    for plural in _PLURAL
    for possessive in _POSSESSIVE
    for case in _CASE
    if (ending := plural + possessive + case) not in _TOO_SHORT
    # One ending of each kind is what is met behind a name; all three only behind a plural.
    and (plural or not possessive or not case)
)
GIVEN_SUFFIXES: Final[frozenset[str]] = SUFFIXES | frozenset(
    address + case for address in _ADDRESS for case in _CASE if address + case != "ай"
)

SHORTEST_BASE: Final = 4
"""The shortest name that may carry an ending in a text not known to be Kazakh."""

SHORTEST_BASE_IN_KAZAKH: Final = 2

KAZAKH_LETTERS: Final = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def looks_kazakh(text: str) -> bool:
    """Tell whether a text, or a part of it, is written in Kazakh letters."""
    return not KAZAKH_LETTERS.isdisjoint(text)
