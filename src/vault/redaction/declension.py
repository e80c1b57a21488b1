# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Russian case forms of names, for either gender, with the slips that people make.

The rules for personal names are those of petrovich (through pytrovich). Around them stands a
wider net: stems with every ending of their class, forms for the other gender of a family
name, plurals of families, colloquial patronymics. The net says so of each form it makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from typing import Final

from pytrovich.enums import Case as PetrovichCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker


class Cases(IntFlag):
    """The grammatical cases that a form may stand in."""

    NOMINATIVE = 1
    GENITIVE = 2
    DATIVE = 4
    ACCUSATIVE = 8
    INSTRUMENTAL = 16
    LOCATIVE = 32
    ANY = 63


@dataclass(frozen=True, slots=True)
class Form:
    """One written form; `gender` is "m", "f", "p" (plural of a family) or "" (either)."""

    text: str
    cases: Cases
    gender: str
    guessed: bool = False


_ADJECTIVAL: Final = ("ий", "ый", "ой", "ая", "яя")
FAMILY: Final = NamePart.LASTNAME
GIVEN: Final = NamePart.FIRSTNAME
PATRONYMIC: Final = NamePart.MIDDLENAME

DECLENSION_KEYS: Final = {
    "nomn": Cases.NOMINATIVE,
    "gent": Cases.GENITIVE,
    "datv": Cases.DATIVE,
    "accs": Cases.ACCUSATIVE,
    "ablt": Cases.INSTRUMENTAL,
    "loct": Cases.LOCATIVE,
}
"""The members of a person's own `declension_ru`, as OpenCorpora names the cases."""

_CASES: Final = {
    PetrovichCase.GENITIVE: Cases.GENITIVE,
    PetrovichCase.DATIVE: Cases.DATIVE,
    PetrovichCase.ACCUSATIVE: Cases.ACCUSATIVE,
    PetrovichCase.INSTRUMENTAL: Cases.INSTRUMENTAL,
    PetrovichCase.PREPOSITIONAL: Cases.LOCATIVE,
}
_GENDERS: Final = {"m": Gender.MALE, "f": Gender.FEMALE}
_VOWELS: Final = "аеёиоуыэюяәөұүі"
_SHORTEST_STEM: Final = 3
# Endings by the class of the last letter: what a person writes who declines by ear.
_HARD_NOUN: Final = ("а", "у", "ом", "ем", "ым", "е", "ы", "и", "ов", "ей", "ам", "ами", "ах")
_SOFT_NOUN: Final = ("я", "ю", "ем", "ём", "е", "и", "ев", "ей", "ям", "ями", "ях", "ь")
_A_NOUN: Final = ("а", "ы", "и", "е", "у", "ой", "ою", "ей", "ею", "ам", "ами", "ах", "")
_YA_NOUN: Final = ("я", "и", "е", "ю", "ей", "ею", "ёй", "ям", "ями", "ях", "ь", "й")
_ADJECTIVE: Final = (
    "ий", "ый", "ой", "ого", "его", "ому", "ему", "им", "ым", "ом", "ем", "ая", "яя", "ую",
    "юю", "ей", "ие", "ые", "их", "ых", "ими", "ыми", "ою",
)  # fmt: skip
_KO_NOUN: Final = ("а", "и", "е", "у", "ой", "ою", "о", "ом", "ам", "ами", "ах")
_OTHER_GENDER: Final = (
    ("ский", "ская"), ("цкий", "цкая"), ("ской", "ская"), ("цкой", "цкая"),
    ("ов", "ова"), ("ёв", "ёва"), ("ев", "ева"), ("ин", "ина"), ("ын", "ына"),
    ("ый", "ая"), ("ий", "ая"), ("ой", "ая"),
)  # fmt: skip
_GIVEN_IN_I_LIST: Final = """
анатолий аркадий арсений валерий василий виталий геннадий георгий григорий дмитрий евгений
евстафий игнатий иннокентий климентий леонтий лаврентий мефодий порфирий прокофий савелий
сергий терентий юлий юрий макарий афанасий анисий авксентий майя зоя рая тая аглая пелагея
"""
_GIVEN_IN_I: Final = frozenset(_GIVEN_IN_I_LIST.split())
_maker: Final = PetrovichDeclinationMaker()


@lru_cache(maxsize=8192)
def forms(word: str, part: NamePart, gender: str) -> tuple[Form, ...]:
    """Return every form of one word of a name in the nominative, for "m", "f" or "" (both)."""
    found: dict[tuple[str, str], Form] = {}
    genders = (gender,) if gender else ("m", "f")
    if part is GIVEN and word.lower().endswith(_ADJECTIVAL) and word.lower() not in _GIVEN_IN_I:
        # «Кривой» as a nickname declines like an adjective, not like «Сергей».
        part = FAMILY
    for form in _exact(word, part, genders):
        _merge(found, form)
    if part is FAMILY:
        for form in _relatives(word, genders):
            _merge(found, form)
    if part is PATRONYMIC:
        for form in _colloquial(word, genders):
            _merge(found, form)
    for form in _by_stem(word, part, genders):
        _merge(found, form)
    return tuple(found.values())


def _merge(found: dict[tuple[str, str], Form], form: Form) -> None:
    key = (form.text.lower(), form.gender)
    known = found.get(key)
    if known is None:
        found[key] = form
    elif known.guessed == form.guessed:
        found[key] = Form(known.text, known.cases | form.cases, form.gender, known.guessed)


def _exact(word: str, part: NamePart, genders: tuple[str, ...]) -> Iterator[Form]:
    for gender in genders:
        yield Form(word, Cases.NOMINATIVE, gender)
        for case, flag in _CASES.items():
            yield Form(_maker.make(part, _GENDERS[gender], case, word), flag, gender)


def other_gender(family: str) -> tuple[str, str] | None:
    """Return a family name as a relative of the other gender bears it, and that gender."""
    lowered = family.lower()
    for male, female in _OTHER_GENDER:
        if lowered.endswith(male):
            return family[: len(family) - len(male)] + female, "f"
    for male, female in _OTHER_GENDER:
        if lowered.endswith(female) and len(lowered) > len(female) + 1:
            return family[: len(family) - len(female)] + male, "m"
    return None


def _relatives(word: str, genders: tuple[str, ...]) -> Iterator[Form]:
    turned = other_gender(word)
    male = word
    if turned is not None:
        relative, gender = turned
        if gender == "m":
            male = relative
        for form in _exact(relative, FAMILY, (gender,)):
            yield Form(form.text, form.cases, gender, gender not in genders)
    yield from _plural(male)


def _plural(male: str) -> Iterator[Form]:
    lowered = male.lower()
    endings: tuple[tuple[str, int], ...]
    if lowered.endswith(("ов", "ев", "ёв", "ин", "ын")):
        endings = (("ы", 1), ("ых", 2 | 8 | 32), ("ым", 4), ("ыми", 16))
        stem = male
    elif lowered.endswith(("ий", "ый", "ой")):
        stem = male[:-2]
        vowel = "и" if stem.lower().endswith(("к", "г", "х", "н", "ж", "ш", "щ", "ч")) else "ы"
        endings = (
            (f"{vowel}е", 1),
            (f"{vowel}х", 2 | 8 | 32),
            (f"{vowel}м", 4),
            (f"{vowel}ми", 16),
        )
    elif lowered[-1:] not in _VOWELS and not lowered.endswith(("ых", "их", "ь", "й")):
        stem = male
        vowel = "и" if lowered.endswith(("к", "г", "х", "ж", "ш", "щ", "ч")) else "ы"
        endings = ((vowel, 1), ("ов", 2 | 8), ("ей", 2 | 8), ("ам", 4), ("ами", 16), ("ах", 32))
    elif lowered.endswith(("ь", "й")):
        stem = male[:-1]
        endings = (("и", 1), ("ей", 2 | 8), ("ев", 2 | 8), ("ям", 4), ("ями", 16), ("ях", 32))
    else:
        return
    for ending, flags in endings:
        yield Form(stem + ending, Cases(flags), "p")


_SHORT_PATRONYMIC: Final = (
    ("еевич", "еич"), ("аевич", "аич"), ("ьевич", "ьич"), ("евич", "ич"), ("ович", "ыч"),
    ("овна", "на"), ("еевна", "евна"),
)  # fmt: skip


def _colloquial(word: str, genders: tuple[str, ...]) -> Iterator[Form]:
    lowered = word.lower()
    for ending, short in _SHORT_PATRONYMIC:
        if lowered.endswith(ending):
            text = word[: len(word) - len(ending)] + short
            for form in _exact(text, PATRONYMIC, genders):
                yield Form(form.text, form.cases, form.gender, guessed=True)
            return


def _by_stem(word: str, part: NamePart, genders: tuple[str, ...]) -> Iterator[Form]:
    gender = genders[0] if len(genders) == 1 else ""
    for stem, endings in _stems(word, word.lower(), part):
        if len(stem) >= _SHORTEST_STEM:
            for ending in endings:
                yield Form(stem + ending, Cases.ANY, gender, guessed=True)


def _stems(word: str, lowered: str, part: NamePart) -> Iterator[tuple[str, tuple[str, ...]]]:
    if part is FAMILY and lowered.endswith(("ий", "ый", "ой", "ая", "яя")):
        yield word[:-2], _ADJECTIVE
    elif part is FAMILY and lowered.endswith("ко"):
        yield word[:-1], _KO_NOUN
    elif lowered.endswith(("а", "ә")):
        yield word[:-1], _A_NOUN
    elif lowered.endswith("я"):
        yield word[:-1], _YA_NOUN
    elif lowered.endswith(("ь", "й")):
        yield word[:-1], _SOFT_NOUN
        if lowered.endswith(("ей", "ень")):
            yield (
                _without_fleeting(word, "ь").removesuffix("ь"),
                ("ья", "ью", "ьем", "ье", "ьи", *_SOFT_NOUN),
            )
    elif lowered[-1:] not in _VOWELS and not lowered.endswith(("ых", "их")):
        yield word, _HARD_NOUN
        if re.search(r"[еёо][кцлрн]$|яц$", lowered):
            yield _without_fleeting(word, ""), _HARD_NOUN


def _without_fleeting(word: str, instead: str) -> str:
    """Drop the vowel that goes in oblique cases: «Кравец» to «Кравц», «Заяц» to «Зайц»."""
    if word.lower().endswith("яц"):
        return word[:-2] + "й" + word[-1]
    if word.lower().endswith("ей"):
        return word[:-2] + "ь"[: len(instead)]
    return word[:-2] + word[-1]


PATRONYMIC_ENDINGS: Final = (
    ("ұлы", "m"), ("улы", "m"), ("қызы", "f"), ("кызы", "f"), ("вич", "m"), ("ич", "m"),
    ("вна", "f"), ("ична", "f"), ("инична", "f"), ("оглы", "m"),
)  # fmt: skip


def patronymic_gender(word: str) -> str:
    """Return "m" or "f" when a word is shaped like a patronymic, else ""."""
    lowered = word.lower()
    for ending, gender in PATRONYMIC_ENDINGS:
        if lowered.endswith(ending) and len(lowered) > len(ending) + 1:
            return gender
    return ""


def patronymic_twins(word: str) -> tuple[str, ...]:
    """Return the same patronymic as the other language forms it: «-ұлы» and «-ович»."""
    lowered = word.lower()
    for ending, russian in (("ұлы", "ович"), ("улы", "ович"), ("қызы", "овна"), ("кызы", "овна")):
        if lowered.endswith(ending) and len(lowered) > len(ending) + 1:
            stem = word[: len(word) - len(ending)]
            soft = russian.replace("о", "е", 1)
            return stem + russian, stem + soft
    for ending, kazakh in (("ович", "ұлы"), ("евич", "ұлы"), ("овна", "қызы"), ("евна", "қызы")):
        if lowered.endswith(ending):
            return (word[: len(word) - len(ending)] + kazakh,)
    return ()
