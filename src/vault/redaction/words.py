# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a text as a reader sees them, whatever was put between their letters.

A word may hold invisible characters, be broken at the end of a line, or be spaced letter by
letter. Positions are those of the original, so that nothing needs to be mapped back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vault.redaction.folding import ACCENTS, HYPHENS, INVISIBLE

_INSIDE: Final = f"[{INVISIBLE}{ACCENTS}]"
WORD: Final = re.compile(
    rf"[^\W_](?:{_INSIDE}*[^\W_])*(?:{_INSIDE}*['’ʼ`´]{_INSIDE}*[^\W\d_]+)*{_INSIDE}*(?<!['])"
)
_LINE_END: Final = re.compile(
    rf"(?P<hyphen>[{HYPHENS}][ \t]*)?(?:\r\n|[\n\r\f\u2028\u0085])\s{{0,40}}|\u00ad\s{{1,40}}"
)
_LEFT: Final = re.compile(rf"(?<![^\W\d_])[^\W\d_](?:{_INSIDE}{{0,3}}[^\W\d_])*{_INSIDE}{{0,3}}$")
_RIGHT: Final = re.compile(rf"[^\W\d_](?:{_INSIDE}{{0,3}}[^\W\d_]){{0,40}}")
_LONGEST_WORD: Final = 48
_GAP: Final = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]"
_FEW: Final = f"{_INSIDE}{{0,3}}"
_SPACED: Final = re.compile(
    rf"(?<![^\W_])[^\W_]{_FEW}"
    rf"(?P<gap>{_GAP}{{1,2}}|[.\-_*·•~+/|]|[.\-_*·•]{_GAP}|{_INSIDE}{{1,3}}{_GAP})"
    rf"[^\W_]{_FEW}(?:(?P=gap)[^\W_]{_FEW}){{2,}}(?![^\W_])"
)
LETTERS_ONLY: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Joined:
    """Letters that belong together although something stands between them."""

    start: int
    end: int
    word: str
    origin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A word in two halves, at the end of one line and the beginning of the next."""

    start: int
    end: int
    left: str
    right: str


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, one match each."""
    return WORD.finditer(text)


def broken_words(text: str) -> Iterator[Broken]:
    """Yield words that a line's end cuts in two, with or without a hyphen."""
    for cut in _LINE_END.finditer(text):
        left = _LEFT.search(text[max(0, cut.start() - _LONGEST_WORD) : cut.start()])
        right = _RIGHT.match(text, cut.end())
        if left is None or right is None:
            continue
        hyphen = cut["hyphen"] is not None or cut[0][0] == "\u00ad"
        if hyphen or (len(left[0]) > 1 and len(right[0]) > 1):
            yield Broken(cut.start() - len(left[0]), right.end(), left[0], right[0])


def spaced_words(text: str) -> Iterator[Joined]:
    """Yield runs of four and more letters that stand apart from each other."""
    for found in _SPACED.finditer(text):
        letters = [(m.start(), m[0]) for m in LETTERS_ONLY.finditer(text, *found.span())]
        word = "".join(letter for _, letter in letters)
        yield Joined(found.start(), found.end(), word, tuple(at for at, _ in letters))


_SHORTEST_IN_RUN: Final = 4


def inside_run(joined: Joined, known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield the longest known words inside a run of spaced letters, from left to right.

    Positions are those of the original text.
    """
    word, at = joined.word, 0
    while at <= len(word) - _SHORTEST_IN_RUN:
        longest = min(len(word), at + _LONGEST_WORD)
        for stop in range(longest, at + _SHORTEST_IN_RUN - 1, -1):
            if known(word[at:stop]):
                yield joined.origin[at], joined.origin[stop - 1] + 1, word[at:stop]
                at = stop
                break
        else:
            at += 1
