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
_BROKEN: Final = re.compile(
    rf"(?P<left>[^\W\d_](?:{_INSIDE}*[^\W\d_])*){_INSIDE}*"
    rf"(?:[{HYPHENS}][ \t]*(?:\r\n|[\n\r\f\u2028\u0085])\s*|\u00ad\s+)"
    rf"(?P<right>[^\W\d_](?:{_INSIDE}*[^\W\d_])*)"
)
_WRAPPED: Final = re.compile(
    r"(?P<left>[^\W\d_]{2,})(?:\r\n|[\n\r\f\u2028])[ \t]*(?P<right>[^\W\d_]{2,})"
)
_GAP: Final = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]"
_SPACED: Final = re.compile(
    rf"(?<![^\W_])[^\W_]{_INSIDE}*(?P<gap>{_GAP}{{1,2}}|[.\-_*·•~+/|]|[.\-_*·•]{_GAP}|{_INSIDE}+{_GAP})"
    rf"[^\W_]{_INSIDE}*(?:(?P=gap)[^\W_]{_INSIDE}*){{2,}}(?![^\W_])"
)
LETTERS_ONLY: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Joined:
    """Letters that belong together although something stands between them."""

    start: int
    end: int
    word: str
    origin: tuple[int, ...]


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, one match each."""
    return WORD.finditer(text)


def broken_words(text: str) -> Iterator[tuple[Joined, re.Match[str]]]:
    """Yield words that a line's end cuts in two, with or without a hyphen."""
    for pattern in (_BROKEN, _WRAPPED):
        position = 0
        while (found := pattern.search(text, position)) is not None:
            yield (
                Joined(found.start(), found.end(), found["left"] + found["right"], ()),
                found,
            )
            position = found.start("right")


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
        for stop in range(len(word), at + _SHORTEST_IN_RUN - 1, -1):
            if known(word[at:stop]):
                yield joined.origin[at], joined.origin[stop - 1] + 1, word[at:stop]
                at = stop
                break
        else:
            at += 1
