# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Folding: texts that a person takes for the same word become the same letters.

Done here and not by the tokenizer, because SQLite folds ü but neither ł nor ё, and because
the same fold must be applied to what is searched for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Kazakh letters fold to what is typed for them on a Russian keyboard, on both sides, so that
# either spelling finds either.
_LETTERS: Final = str.maketrans(
    {
        "ё": "е",
        "ә": "а",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "ө": "о",
        "ұ": "у",
        "ү": "у",
        "һ": "х",
        "і": "и",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
    }
)
_WORD: Final = re.compile(r"[^\W_]+")
_LATIN_END: Final = 0x250
_MARKS: Final = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return `text` as it is indexed: NFKC, casefolded, without Latin accents, ё as е."""
    compatible = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(map(_without_accent, unicodedata.normalize("NFC", compatible)))
    return _MARKS.sub("", plain.translate(_LETTERS))


def words(text: str) -> list[str]:
    """Return the folded words of a text, in their order."""
    return _WORD.findall(fold(text))


def word_places(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and folded form of each word of a text as it was written."""
    return [(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(text)]


def _without_accent(letter: str) -> str:
    # й and ї are letters of their own: only Latin letters lose their marks.
    decomposed = unicodedata.normalize("NFD", letter)
    if len(decomposed) == 1 or ord(decomposed[0]) >= _LATIN_END:
        return letter
    return decomposed[0]
