# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names of organisations and groups: several plain words, each of which may be declined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vault.domain.people import Person
from vault.redaction.folding import cyrillic_key, word_keys

_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_LEGAL_FORM: Final = re.compile(
    r"^(?:оф|оо|ооо|оао|пао|зао|ао|нко|ано|тоо|ип|чу|рбқ|қб|жшс|ақ|общественный|общественное|объединение|"
    r"фонд|public|foundation|association|ngo|npo|llc|llp|ltd|inc|the|of|and|и)$",
    re.IGNORECASE,
)
_ENDINGS: Final = (
    "ского скому ским ском ская ской скую ский ами ями ого его ому ему ыми ими ая яя ой ей ую юю "
    "ый ий ые ие ых их ым им ом ем ам ям ах ях ов ев а у е ы и я ю о ь"
)
_ENDING: Final = re.compile(f"(?:{'|'.join(map(cyrillic_key, _ENDINGS.split()))})$")
_SHORTEST_STEM: Final = 3
_WIDEST_GAP: Final = 4
"""Between two words of a name stand at most a quotation mark and spaces."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The stems of a name's words, in order."""

    person: int
    stems: tuple[str, ...]


class PhraseBook:
    """The names of the organisations and groups of a case, and nicknames of several words."""

    def __init__(self, persons: tuple[Person, ...]) -> None:
        """Take the names of bodies; persons have their names in the lexicon."""
        self._phrases: dict[str, list[Phrase]] = {}
        for index, person in enumerate(persons):
            if person.kind not in {"group", "organisation"}:
                continue
            for name in person.names:
                for words in _spellings(name.shown() or name.full):
                    self._add(index, words)

    def _add(self, person: int, words: list[str]) -> None:
        stems = tuple(_stem(word) for word in words)
        if not stems or (len(stems) == 1 and len(stems[0]) < _SHORTEST_STEM + 1):
            return
        phrase = Phrase(person, stems)
        known = self._phrases.setdefault(stems[0], [])
        if phrase not in known:
            known.append(phrase)
            known.sort(key=lambda one: -len(one.stems))

    def search(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and person of every name of a body in the text."""
        if not self._phrases:
            return
        words = list(_WORD.finditer(text))
        for number, match in enumerate(words):
            for phrase in self._phrases.get(_stem(match[0]), ()):
                last = number + len(phrase.stems) - 1
                if last >= len(words):
                    continue
                run = words[number : last + 1]
                together = all(
                    0 < b.start() - a.end() <= _WIDEST_GAP for a, b in itertools.pairwise(run)
                )
                fits = all(_stem(w[0]) == s for w, s in zip(run, phrase.stems, strict=True))
                alone = len(run) == 1 and match[0].islower()
                if together and fits and not alone:
                    yield (
                        match.start(),
                        _with_quote(text, match.start(), words[last].end()),
                        phrase.person,
                    )
                    break


def _with_quote(text: str, start: int, end: int) -> int:
    """Take in the closing quotation mark of a name whose opening one is inside."""
    inside = text[start:end]
    closing = text[end : end + 1]
    pairs = {"»": "«", "”": "“", '"': '"', "“": "„"}
    return end + (closing in pairs and inside.count(pairs[closing]) % 2)


def _spellings(name: str) -> Iterator[list[str]]:
    name = re.sub(r"\([^)]*\)", " ", name)
    yield [match[0] for match in _WORD.finditer(name)]
    for quoted in re.findall(r"[«\"“„']([^»\"”“']+)[»\"”“']", name):
        yield [match[0] for match in _WORD.finditer(quoted)]
    bare = [match[0] for match in _WORD.finditer(name) if not _LEGAL_FORM.match(match[0])]
    if len(bare) > 1:
        yield bare


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    keys = word_keys(word)
    if not keys.cyrillic:
        return keys.latin.removesuffix("s") or word.lower()
    stem = _ENDING.sub("", keys.cyrillic)
    return stem if len(stem) >= _SHORTEST_STEM else keys.cyrillic
