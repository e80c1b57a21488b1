# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings that look the same made the same, with the way back to the original.

Two foldings exist, one towards Cyrillic and one towards Latin, because a homoglyph can only
be undone towards the script of the word it hides in. Both lower the case, undo compatibility
forms (NFKC), drop what is invisible, and take accents off.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Characters without a width that may stand inside a word, as part of a character class."""

ACCENTS: Final = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
"""Combining marks, as part of a character class."""

HYPHENS: Final = "\\-\u00ad\u2010-\u2015\u2212\u2e17\ufe58\ufe63\uff0d"
"""Everything that stands for a hyphen or is taken for one, as part of a character class."""

# Letters of Kazakh, Ukrainian and Belarusian come to the Russian letter that a hurried typist
# or a reader of poor print takes them for.
_CYRILLIC: Final = str.maketrans(
    {
        "ё": "е", "й": "и", "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у",
        "ү": "у", "һ": "х", "і": "и", "ї": "и", "є": "е", "ґ": "г", "ў": "у", "ѐ": "е",
        "ѝ": "и", "җ": "ж", "ҳ": "х", "ҷ": "ч", "ӣ": "и", "ӯ": "у", "ѳ": "ф", "ѣ": "е",
    }
)  # fmt: skip
# Hard and soft signs have no sound of their own: «Гүлнар» is written «Гульнар» in Russian.
_SIGNS: Final = {ord("ь"): None, ord("ъ"): None}
_LATIN_LIKE_CYRILLIC: Final = str.maketrans(
    {
        "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "и", "j": "и", "k": "к",
        "m": "м", "n": "п", "o": "о", "p": "р", "r": "г", "s": "с", "t": "т", "u": "и",
        "x": "х", "y": "у", "ı": "и", "α": "а", "ο": "о", "ε": "е", "ρ": "р", "τ": "т",
        "κ": "к", "ν": "у", "υ": "у", "χ": "х", "β": "в", "η": "н", "μ": "м", "ɑ": "а",
        "ɡ": "д", "π": "п", "γ": "г", "λ": "л", "φ": "ф", "σ": "с", "ς": "с", "ι": "и", "ζ": "з",
        "δ": "д", "0": "о", "3": "з", "6": "б", "4": "ч",
    }
)  # fmt: skip
_CYRILLIC_LIKE_LATIN: Final = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "и": "i", "і": "i", "ј": "j",
        "к": "k", "м": "m", "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y", "х": "x",
        "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w", "ё": "e", "α": "a", "ο": "o", "ε": "e",
        "ρ": "p", "τ": "t", "κ": "k", "ν": "v", "υ": "u", "χ": "x", "β": "b", "ι": "i",
        "0": "o", "1": "l", "3": "e", "5": "s",
    }
)  # fmt: skip
# A caron or a cedilla is a letter of its own in scientific, Turkish and Kazakh Latin.
_LATIN_LETTERS: Final = {
    "š": "sh", "ž": "zh", "č": "ch", "ş": "sh", "ç": "ch", "ŝ": "shch", "ĉ": "ch", "ẑ": "zh",
    "ś": "sh", "ź": "zh", "ć": "ch", "ż": "zh", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae",
    "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h", "ə": "a",
    "ș": "sh", "ț": "ts", "ė": "e", "ȟ": "kh",
}  # fmt: skip
_NUMERO: Final = "№"
_NO_LETTER: Final = frozenset("ʹʺʼʻʽˈ‘’'`´ʿʾ")


def is_cyrillic(character: str) -> bool:
    """Tell whether a letter is of the Cyrillic blocks."""
    return "\u0400" <= character <= "\u052f" or "\u1c80" <= character <= "\u1c8f"


def is_latin(character: str) -> bool:
    """Tell whether a letter is of the Latin blocks."""
    return character.isalpha() and (character < "\u0250" or "\u1e00" <= character <= "\u1eff")


@lru_cache(maxsize=4096)
def _plain(cluster: str) -> str:
    """Lower one character with its accents; Latin letters that are digraphs are spelt out."""
    if cluster == _NUMERO:
        # NFKC would spell the numero sign as the letters «No», in the midst of a number.
        return cluster
    lowered = unicodedata.normalize("NFKC", cluster).lower()
    pieces = []
    for character in unicodedata.normalize("NFC", lowered):
        category = unicodedata.category(character)
        if category in {"Mn", "Me", "Cf"} or character in _NO_LETTER:
            continue
        if category == "Nd":
            pieces.append(str(unicodedata.digit(character)))
        elif character in _LATIN_LETTERS:
            pieces.append(_LATIN_LETTERS[character])
        else:
            kept = unicodedata.normalize("NFD", character)
            pieces.append("".join(c for c in kept if unicodedata.category(c) != "Mn"))
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origin[i]` is where its i-th character began in the original."""

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original from which the characters `start` to `end` came.

        The range must not be empty. What is invisible at the edges stays outside.
        """
        return self.origin[start], self.ends[end - 1]


def as_cyrillic(folded: Folded) -> Folded:
    """Return the same text with the letters of Kazakh and others as Russian ones."""
    return Folded(folded.text.translate(_CYRILLIC), folded.origin, folded.ends)


def fold(text: str) -> Folded:
    """Fold a text character by character, each with its accents, and remember where from."""
    out: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    position, length = 0, len(text)
    while position < length:
        stop = position + 1
        while stop < length and unicodedata.category(text[stop]) in {"Mn", "Me"}:
            stop += 1
        plain = _plain(text[position:stop])
        out.append(plain)
        origin.extend([position] * len(plain))
        ends.extend([stop] * len(plain))
        position = stop
    return Folded("".join(out), tuple(origin), tuple(ends))


def _clusters(word: str) -> str:
    return "".join(_plain(cluster) for cluster in unicodedata.normalize("NFC", word))


@dataclass(frozen=True, slots=True)
class WordKeys:
    """The folded spellings of one word; "" where the word cannot be of that script."""

    cyrillic: str
    latin: str
    mixed: bool


@lru_cache(maxsize=65536)
def word_keys(word: str) -> WordKeys:
    """Fold one word towards the scripts that it can belong to.

    A word of pure Cyrillic has no Latin key. A word of pure Latin has a Cyrillic key only
    when every one of its letters has a Cyrillic twin, as in «Bepa» typed on a Latin keyboard.
    """
    composed = unicodedata.normalize("NFKC", word)
    plain = _clusters(word).translate(_SIGNS)
    cyrillic = sum(1 for c in composed if is_cyrillic(c))
    latin = sum(1 for c in composed if is_latin(c) and c.isalpha())
    towards_cyrillic = plain.translate(_CYRILLIC)
    if not latin:
        cyrillic_key = towards_cyrillic.translate(_LATIN_LIKE_CYRILLIC)
        return WordKeys(cyrillic_key if cyrillic else "", "", mixed=False)
    as_cyrillic = towards_cyrillic.translate(_LATIN_LIKE_CYRILLIC)
    fits = all(is_cyrillic(c) for c in as_cyrillic if c.isalpha())
    as_latin = plain.translate(_CYRILLIC_LIKE_LATIN) if cyrillic else plain
    latin_fits = all(is_latin(c) for c in as_latin if c.isalpha())
    return WordKeys(
        as_cyrillic if fits else "", as_latin if latin_fits else "", mixed=bool(cyrillic)
    )


def cyrillic_key(word: str) -> str:
    """Fold a word that is known to be Cyrillic."""
    return _clusters(word).translate(_SIGNS).translate(_CYRILLIC).translate(_LATIN_LIKE_CYRILLIC)


def latin_key(word: str) -> str:
    """Fold a word that is known to be Latin."""
    return _clusters(word).translate(_CYRILLIC_LIKE_LATIN)


_CODE_TWINS: Final = str.maketrans(
    {
        "o": "0", "о": "0", "з": "3", "б": "6", "l": "1", "i": "1", "і": "1", "|": "1",
        "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "k": "к", "m": "м", "p": "р",
        "t": "т", "x": "х", "y": "у",
    }
)  # fmt: skip


def code_key(text: str) -> str:
    """Fold the letters and digits of a number or handle; look-alikes of both scripts meet.

    Characters that are neither letter nor digit are dropped.
    """
    return "".join(c for c in _clusters(text) if c.isalnum()).translate(_CODE_TWINS)


def code_character(plain: str) -> str:
    """Fold one already folded character for comparison with `code_key`."""
    return plain.translate(_CODE_TWINS)
