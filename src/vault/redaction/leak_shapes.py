# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The leak check's own way of reading letters and digits, apart from the engine's.

Both scripts become one rough Latin alphabet in which spellings of a name meet. Nothing here
uses the engine's folding, forms or transliteration, so that a fault there is not repeated.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_CYRILLIC: Final = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e",
    "ё": "e", "є": "e", "э": "e", "ж": "Z", "з": "s", "и": "i", "й": "i", "і": "i", "ї": "i",
    "ы": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ў": "u", "ф": "f",
    "х": "k", "һ": "k", "ц": "s", "ч": "Z", "ш": "Z", "щ": "Z", "ъ": "", "ь": "", "ю": "u",
    "я": "a",
}  # fmt: skip
_LATIN_STEPS: Final = (
    ("shch", "Z"), ("tsch", "Z"), ("sch", "Z"), ("tch", "Z"), ("dzh", "dZ"), ("dj", "dZ"),
    ("zh", "Z"), ("sh", "Z"), ("ch", "Z"), ("cz", "Z"), ("sz", "Z"), ("kh", "k"), ("ck", "k"),
    ("ph", "f"), ("gh", "g"), ("ts", "s"), ("tz", "s"), ("ou", "u"), ("ks", "k"), ("x", "k"),
    ("q", "k"), ("h", "k"), ("w", "v"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
    ("c", "k"),
)  # fmt: skip
_CARON: Final = {"š": "Z", "ž": "Z", "č": "Z", "ş": "Z", "ç": "Z", "ŝ": "Z", "ć": "Z", "ś": "Z",
                 "ż": "Z", "ș": "Z", "ł": "l", "ı": "i", "ß": "s", "ə": "a"}  # fmt: skip
_TWINS: Final = str.maketrans("abcehkmoptxy", "авсенкмортху")
_BACK_TWINS: Final = str.maketrans("авсенкмортху", "abcehkmoptxy")
_GLIDE: Final = re.compile(r"[ij]+(?=[aeou])")
_DOUBLE: Final = re.compile(r"(.)\1+")
LETTER_RUN: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ShapedWord:
    """A word of a text: where it stands, and the shapes it may be read as."""

    start: int
    end: int
    shapes: tuple[str, ...]
    capital: bool
    shouted: bool


@lru_cache(maxsize=65536)
def shapes(word: str) -> tuple[str, ...]:
    """Return how a word may sound, in rough letters; homoglyphs give it a second reading."""
    plain = unicodedata.normalize("NFKC", word).lower()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Mn", "Lm", "Sk"})
    cyrillic = any("\u0400" <= c <= "\u052f" for c in plain)
    latin = any("a" <= c <= "z" for c in plain)
    if cyrillic and not latin:
        return (_shape_of_cyrillic(plain),)
    readings = [] if cyrillic else [_shape_of_latin(plain)]
    turned = plain.translate(_TWINS)
    if not any("a" <= c <= "z" for c in turned):
        readings.append(_shape_of_cyrillic(turned))
    if cyrillic:
        readings.append(_shape_of_latin(plain.translate(_BACK_TWINS)))
    return tuple(dict.fromkeys(readings))


def _shape_of_cyrillic(word: str) -> str:
    digits = word.replace("0", "о").replace("3", "з").replace("6", "б")
    decomposed = "".join(
        c for c in unicodedata.normalize("NFD", digits) if unicodedata.category(c) != "Mn"
    )
    return _settled("".join(_CYRILLIC.get(c, "") for c in decomposed))


def _shape_of_latin(word: str) -> str:
    spelt = "".join(_CARON.get(c, c) for c in unicodedata.normalize("NFC", word))
    bare = "".join(c for c in unicodedata.normalize("NFD", spelt) if c.isascii() and c.isalpha())
    for written, rough in _LATIN_STEPS:
        bare = bare.replace(written, rough)
    return _settled(bare.replace("y", "i").replace("j", "i"))


def _settled(rough: str) -> str:
    plain = rough.replace("f", "v").replace("ks", "k")
    return _DOUBLE.sub(r"\1", _GLIDE.sub("", _DOUBLE.sub(r"\1", plain)))


_WORD: Final = re.compile(r"[^\W_](?:[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f'’ʼ]*[^\W_])*")


def shaped_words(text: str) -> list[ShapedWord]:
    """Return the words of a text, and those that spaces or a line's end took apart."""
    found = []
    matches = list(_WORD.finditer(text))
    for match in matches:
        word = match[0]
        found.append(
            ShapedWord(match.start(), match.end(), shapes(word), word[0].isupper(), word.isupper())
        )
    found.extend(_rejoined(text, matches))
    return found


_CUT: Final = re.compile(r"[\-\u00ad\u2010-\u2015]?[ \t]*[\r\n\f\u2028]+[ \t]*|[\-\u2010-\u2015]")
_LETTER_GAP: Final = re.compile(r"[\s.\-_*·•~+/|]{1,3}")
_FEWEST_LETTERS: Final = 4


def _rejoined(text: str, matches: list[re.Match[str]]) -> list[ShapedWord]:
    found = []
    run: list[re.Match[str]] = []
    for before, match in zip([None, *matches], [*matches, None], strict=True):
        if before is not None and match is not None:
            gap = text[before.end() : match.start()]
            if _CUT.fullmatch(gap):
                found.append(_joined([before, match]))
            single = len(before[0]) == 1 and len(match[0]) == 1
            if single and _LETTER_GAP.fullmatch(gap):
                run = [*(run or [before]), match]
                continue
        if len(run) >= _FEWEST_LETTERS:
            found.append(_joined(run))
        run = []
    return found


def _joined(parts: list[re.Match[str]]) -> ShapedWord:
    word = "".join(part[0] for part in parts)
    return ShapedWord(
        parts[0].start(), parts[-1].end(), shapes(word), word[0].isupper(), word.isupper()
    )


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The letters and digits of a text without anything between them, and where each was."""

    text: str
    origin: tuple[int, ...]


def squeezed(text: str) -> Squeezed:
    """Return all letters and digits in lower case, look-alikes of both scripts as Latin."""
    out: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for plain in _squeeze_character(character):
            out.append(plain)
            origin.append(position)
    return Squeezed("".join(out), tuple(origin))


@lru_cache(maxsize=4096)
def _squeeze_character(character: str) -> str:
    if character == "№":
        return ""
    plain = unicodedata.normalize("NFKC", character).lower().translate(_BACK_TWINS)
    kept = []
    for c in plain:
        if c.isdecimal():
            kept.append(str(unicodedata.decimal(c)))
        elif c.isalpha():
            kept.append("0" if c == "o" else c)
    return "".join(kept)
