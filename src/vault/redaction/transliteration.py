# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names in Latin letters: every named scheme, Kazakh letters, and a skeleton for the rest.

The schemes are those of iuliia. It leaves Kazakh letters as they are, so these are replaced
before by the spellings in use. The skeleton merges what schemes differ in: hushing sounds, the
letters y, j and i, k and h and x, double letters; two spellings of one name meet in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import iuliia

from vault.redaction.folding import latin_key

_SCHEMES: Final = (
    iuliia.ALA_LC, iuliia.BGN_PCGN, iuliia.BS_2979, iuliia.GOST_16876, iuliia.GOST_52290,
    iuliia.GOST_52535, iuliia.GOST_7034, iuliia.GOST_779, iuliia.GOST_779_ALT,
    iuliia.ICAO_DOC_9303, iuliia.ISO_9_1954, iuliia.ISO_9_1968, iuliia.MVD_310,
    iuliia.MVD_310_FR, iuliia.MVD_782, iuliia.SCIENTIFIC, iuliia.TELEGRAM,
    iuliia.UNGEGN_1987, iuliia.UZ, iuliia.WIKIPEDIA, iuliia.YANDEX_MAPS, iuliia.YANDEX_MONEY,
)  # fmt: skip
_KAZAKH_AS_RUSSIAN: Final = str.maketrans(
    {
        "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х",
        "і": "и", "Ә": "А", "Ғ": "Г", "Қ": "К", "Ң": "Н", "Ө": "О", "Ұ": "У", "Ү": "У",
        "Һ": "Х", "І": "И",
    }
)  # fmt: skip
_KAZAKH_LATIN: Final = (
    # The spellings of passports, of English papers, and of the alphabet of 2021.
    {"ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"},
    {"ә": "ae", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "oe", "ұ": "u", "ү": "ue", "һ": "h",
     "і": "i", "ж": "j", "х": "h", "у": "u", "й": "i", "ы": "y", "и": "i", "ш": "sh"},
    {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
     "ж": "j", "х": "h", "у": "w", "й": "i", "ы": "y", "и": "i", "ш": "sh"},
    # The scientific scheme typed without its carons.
    {"ж": "z", "ч": "c", "ш": "s", "щ": "sc", "ц": "c", "х": "h", "й": "j", "ю": "ju",
     "я": "ja", "ё": "e", "э": "e"},
)  # fmt: skip
_PLAIN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip


def plain_latin(word: str) -> str:
    """Transliterate one Cyrillic word as passports do, lower case, Kazakh letters included."""
    lowered = word.lower().translate(_KAZAKH_AS_RUSSIAN)
    return "".join(_PLAIN.get(character, character) for character in lowered)


_HABITS: Final = {
    "ё": ("e", "yo", "io", "jo"), "ж": ("zh", "j", "z"), "х": ("kh", "h", "ch", "x"),
    "ц": ("ts", "c", "tz"), "ч": ("ch", "tch", "cz"), "ш": ("sh", "sch", "ch"),
    "щ": ("shch", "sch"), "ю": ("yu", "iu", "ju", "u", "you"), "я": ("ya", "ia", "ja", "a"),
    "й": ("y", "i", "j", ""), "в": ("v", "w"), "к": ("k", "c"), "г": ("g", "h"),
    "у": ("u", "ou"), "ы": ("y", "i"), "ь": ("", "i", "y"), "е": ("e", "ye", "ie"),
    "и": ("i", "y", "ee"), "ә": ("a", "e"), "ғ": ("g", "gh"), "қ": ("k", "q"),
    "ө": ("o", "u"), "ұ": ("u", "y"), "ү": ("u", "i"), "і": ("i", "y"), "һ": ("h", "kh"),
}  # fmt: skip
_SHORT_NAME: Final = 6
_MOST_HABITS: Final = 128


def _by_habit(word: str) -> set[str]:
    """Spell a short name as people do without a scheme; long ones meet in their skeleton."""
    lowered = word.lower()
    if len(lowered) > _SHORT_NAME:
        return set()
    found = {""}
    for character in lowered:
        choices = _HABITS.get(character, (_PLAIN.get(character, character),))
        if len(found) * len(choices) > _MOST_HABITS:
            choices = choices[:1]
        found = {begun + choice for begun in found for choice in choices}
    doubled = {re.sub(r"(?<=[aeiou])s(?=[aeiou])", "ss", one) for one in found}
    return {one.replace("ks", "x") for one in found} | found | doubled


_ENGLISH: Final = """
Александр:Alexander,Alex Александра:Alexandra Алексей:Alexis,Alex Анастасия:Anastasia Анна:Anne,Ann
Андрей:Andrew Антон:Anthony,Antony Валентин:Valentine Василий:Basil Вероника:Veronica
Виктор:Victor Виктория:Victoria Владимир:Vladimir Гавриил:Gabriel Георгий:George Даниил:Daniel
Дарья:Daria Давид:David Дмитрий:Demetrius Евгений:Eugene Евгения:Eugenia
Екатерина:Catherine,Katherine,Kate Елена:Helen,Helena Елизавета:Elizabeth Захар:Zachary
Иван:John Илья:Elijah,Elias Иосиф:Joseph Ирина:Irene Кирилл:Cyril Константин:Constantine
Ксения:Xenia Лев:Leo,Leon Любовь:Luba Максим:Maxim,Max Маргарита:Margaret Мария:Mary,Maria
Марк:Mark,Marc Матвей:Matthew Михаил:Michael Надежда:Nadia,Hope Наталья:Natalie Николай:Nicholas
Павел:Paul Пётр:Peter Роза:Rose,Rosa Семён:Simon Сергей:Serge Софья:Sophia,Sophie София:Sophia
Степан:Stephen,Stephan,Steven Тимофей:Timothy Фёдор:Theodore Филипп:Philip Юлия:Julia Юрий:George
Яков:Jacob,James Нурлан:Nourlan Магомед:Mohammed,Muhammad Мухаммад:Mohammed,Muhammad Юсуф:Joseph
Ибрагим:Ibrahim,Abraham Муса:Moses Исмаил:Ishmael
"""
_EQUIVALENTS: Final[dict[str, tuple[str, ...]]] = {
    name.lower().replace("ё", "е"): tuple(english.lower().split(","))
    for name, english in (pair.split(":") for pair in _ENGLISH.split())
}


def english_equivalents(given: str) -> tuple[str, ...]:
    """Return the English names that a Russian given name is rendered by: «Пётр», Peter."""
    return _EQUIVALENTS.get(given.lower().replace("ё", "е"), ())


@lru_cache(maxsize=4096)
def spellings(word: str) -> frozenset[str]:
    """Return the folded Latin spellings of one Cyrillic word under every scheme known here."""
    plain = word.translate(_KAZAKH_AS_RUSSIAN)
    sources = {word, plain, plain.replace("ё", "е").replace("Ё", "Е")}
    found = {scheme.translate(source) for source in sources for scheme in _SCHEMES}
    found |= _by_habit(word)
    lowered = word.lower()
    for table in _KAZAKH_LATIN:
        found.add("".join(table.get(c, _PLAIN.get(c, c)) for c in lowered))
    return frozenset(key for key in map(latin_key, found) if key.isascii() and key.isalpha())


_SKELETON_STEPS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"s?h?tsch|shtch|szcz|shch|tch|sch|dzh|dj|sh|ch|cz|sz|zh", "S"),
        (r"kh|ck|ks|[xqhk]", "k"),
        (r"ts|tz|c(?=[eiy])|[sz]", "s"),
        (r"c", "k"),
        (r"gh", "g"),
        (r"ph|[fw]", "v"),
        (r"ou|oo", "u"),
        (r"[yij]+(?=[aeou])", ""),
        (r"[yij]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """Return what a folded Latin spelling shares with other spellings of the same name."""
    for pattern, replacement in _SKELETON_STEPS:
        key = pattern.sub(replacement, key)
    return key


def skeletons(word: str) -> frozenset[str]:
    """Return the skeletons of a Cyrillic word: those of its schemes and of uncommon habits."""
    keys = set(spellings(word))
    plain = plain_latin(word)
    keys |= {
        plain,
        plain.replace("zh", "j"),
        plain.replace("dzh", "j"),
        plain.replace("kh", "ch"),
        plain.replace("kh", "h"),
        plain_latin(word.lower().replace("ё", "йо")).replace("io", "yo"),
    }
    return frozenset(skeleton(key) for key in keys)


_BACK: Final = (
    ("shch", "щ"), ("sch", "щ"), ("tch", "ч"), ("yeva", "ева"), ("zh", "ж"), ("kh", "х"),
    ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("ya", "я"), ("ia", "я"), ("ja", "я"), ("yu", "ю"),
    ("iu", "ю"), ("ju", "ю"), ("yo", "ё"), ("ye", "е"), ("iy", "ий"), ("yy", "ый"), ("ou", "у"),
    ("x", "кс"), ("w", "в"), ("q", "к"), ("h", "х"), ("c", "к"), ("j", "дж"), ("a", "а"),
    ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("i", "и"), ("k", "к"),
    ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"),
    ("t", "т"), ("u", "у"), ("v", "в"), ("y", "ы"), ("z", "з"),
)  # fmt: skip
_BACK_PATTERN: Final = re.compile("|".join(latin for latin, _ in _BACK))
_BACK_TABLE: Final = dict(_BACK)


def back_to_cyrillic(word: str) -> str:
    """Guess the Cyrillic spelling of a name that was only recorded in Latin letters."""
    key = latin_key(word)
    key = re.sub(r"(?<=[aeou])[yi](?![aeiouy])", "й", re.sub(r"([sc])k(?:y|iy|i)$", r"\1кий", key))
    return _BACK_PATTERN.sub(lambda found: _BACK_TABLE[found[0]], key).capitalize()
