# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that together name one person: «Т. А. Вершкова», "Vershkov, Timofey", «Галина Петровна»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from vault.redaction import kazakh
from vault.redaction.declension import Cases
from vault.redaction.folding import HYPHENS, INVISIBLE
from vault.redaction.lexicon import Entry, Lexicon, Part, Piece
from vault.redaction.words import broken_words, inside_run, spaced_words, words


@dataclass(frozen=True, slots=True)
class Hit:
    """One word of a text that may name somebody; positions are those of the original."""

    start: int
    end: int
    word: str
    piece: Piece
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the words of a mention: as these parts of this person's name."""

    person: int
    parts: tuple[Part, ...]
    cases: Cases
    gender: str
    score: int


@dataclass(slots=True)
class Mention:
    """Neighbouring hits that fit one person, all ways to read them, and initials beside them."""

    start: int
    end: int
    hits: list[Hit]
    readings: list[Reading]
    initials: list[str] = field(default_factory=list)

    @property
    def parts(self) -> frozenset[Part]:
        """The parts that the best reading has."""
        best = max(self.readings, key=lambda reading: reading.score)
        return frozenset(best.parts)


_GAP: Final = re.compile(
    rf"[\s\u00a0]{{1,6}}|[\s\u00a0]{{0,2}}[{HYPHENS}][\s\u00a0]{{0,3}}"
    r"|(?P<comma>[\s\u00a0]?,[\s\u00a0]{1,3}|[ \u00a0]?/[ \u00a0]?)"
)
_HYPHEN: Final = re.compile(rf"[\s\u00a0]*[{HYPHENS}][\s\u00a0]*")
_LONGEST_GAP: Final = 8
_MOST_WORDS: Final = 8


def find_hits(text: str, lexicon: Lexicon, *, kazakh_text: bool) -> list[Hit]:
    """Return every word that the lexicon can read, in order, without overlaps."""
    plain: list[Hit] = []
    for found in words(text):
        for piece in lexicon.read(found[0], kazakh_text=kazakh_text):
            at = found.start()
            word = text[at + piece.start : at + piece.end]
            plain.append(Hit(at + piece.start, at + piece.end, word, piece))
    joined = _joined_hits(text, lexicon, kazakh_text=kazakh_text)
    if not joined:
        return plain
    covered = sorted(joined, key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in covered:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    rest = [h for h in plain if not any(j.start < h.end and h.start < j.end for j in kept)]
    return sorted(kept + rest, key=lambda hit: hit.start)


def _joined_hits(text: str, lexicon: Lexicon, *, kazakh_text: bool) -> list[Hit]:
    found = []
    for broken in broken_words(text):
        word = broken.left + broken.right
        pieces = lexicon.read(word, kazakh_text=kazakh_text)
        if len(pieces) != 1 or pieces[0].end != len(word) or pieces[0].loose:
            continue
        if not (lexicon.read(broken.left) and lexicon.read(broken.right)):
            found.append(Hit(broken.start, broken.end, word, pieces[0], joined=True))

    def known(word: str) -> bool:
        pieces = lexicon.read(word, kazakh_text=kazakh_text)
        return len(pieces) == 1 and pieces[0].end == len(word) and not pieces[0].loose

    for joined in spaced_words(text):
        for start, end, word in inside_run(joined, known):
            piece = lexicon.read(word, kazakh_text=kazakh_text)[0]
            found.append(Hit(start, end, word, piece, joined=True))
    return found


def group(text: str, hits: Iterable[Hit]) -> list[Mention]:
    """Put neighbouring hits together as far as they can name one person."""
    mentions: list[Mention] = []
    for hit in hits:
        if mentions:
            last = mentions[-1]
            readings = _extended(text, last, hit)
            if readings:
                last.hits.append(hit)
                last.end = hit.end
                last.readings = readings
                continue
        mentions.append(Mention(hit.start, hit.end, [hit], _first(hit)))
    return mentions


def _first(hit: Hit) -> list[Reading]:
    return [Reading(e.person, (e.part,), e.cases, e.gender, _weight(e)) for e in hit.piece.entries]


def _weight(entry: Entry) -> int:
    # A part of a double name stands for the whole less readily than the whole of another's.
    return entry.strength.value - (2 if entry.part is Part.FAMILY_PART else 0)


def _extended(text: str, last: Mention, hit: Hit) -> list[Reading]:
    if hit.start - last.end > _LONGEST_GAP or len(last.hits) >= _MOST_WORDS:
        return []
    between = text[last.end : hit.start]
    gap = _GAP.fullmatch(between)
    if gap is None or between.count("\n") > 1:
        return []
    hyphen = _HYPHEN.fullmatch(between) is not None
    found: dict[tuple[object, ...], Reading] = {}
    for reading in last.readings:
        for entry in hit.piece.entries:
            if entry.person != reading.person:
                continue
            if not _fits(reading, entry, hyphen=hyphen, comma=gap["comma"] is not None):
                continue
            longer = _with(reading, entry)
            key = (longer.person, longer.parts, longer.cases, longer.gender)
            if key not in found or found[key].score < longer.score:
                found[key] = longer
    return list(found.values())


def _with(reading: Reading, entry: Entry) -> Reading:
    return Reading(
        reading.person,
        (*reading.parts, entry.part),
        reading.cases & entry.cases,
        reading.gender or entry.gender,
        reading.score + _weight(entry),
    )


def _fits(reading: Reading, entry: Entry, *, hyphen: bool, comma: bool) -> bool:
    if not reading.cases & entry.cases or len({reading.gender, entry.gender} - {""}) > 1:
        return False
    if comma:
        return reading.parts in {(Part.FAMILY,), (Part.FAMILY_PART,)} and entry.part is Part.GIVEN
    if entry.part is Part.FAMILY_PART:
        return hyphen or Part.FAMILY_PART not in reading.parts or reading.parts[-1] is entry.part
    if entry.part in {Part.GIVEN, Part.ALIAS}:
        taken = {Part.GIVEN, Part.ALIAS} & set(reading.parts)
        return not taken or (
            reading.parts[-1] is entry.part and (hyphen or entry.part is Part.GIVEN)
        )
    doubled = entry.part is Part.FAMILY and Part.FAMILY_PART in reading.parts
    return not doubled and entry.part not in reading.parts


# --- initials ----------------------------------------------------------------------------------

_I: Final = rf"[{INVISIBLE}]*"
_LETTER: Final = r"(?:Дж|дж|[SSs][Hh][Cc][Hh]|[ZzKkCcSsTt][Hhs]|[YyIiJj][aueo]|[^\W\d_])"
_SP: Final = r"[ \t\u00a0\u2009\u202f]{0,2}\n?[ \t]{0,4}"
_AFTER: Final = re.compile(
    rf"{_SP}\(?(?P<a>{_LETTER})(?P<ad>\.|(?![^\W_]))"
    rf"(?:{_SP}-?{_SP}(?P<b>{_LETTER})(?P<bd>\.|(?![^\W_])))?"
)
_AFTER_COMMA: Final = re.compile(r",\s{1,2}" + _AFTER.pattern)
_AFTER_TIGHT: Final = re.compile(
    r"[ \u00a0](?P<a>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])(?P<b>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])(?!\w)"
)
_BEFORE: Final = re.compile(
    rf"(?<![^\W_])(?P<a>{_LETTER})(?P<ad>\.|(?=[ \u00a0]))"
    rf"(?:{_SP}-?{_SP}(?P<b>{_LETTER})(?P<bd>\.?))?{_SP}$"
)
_BEFORE_TIGHT: Final = re.compile(
    r"(?<!\w)(?P<a>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])(?P<b>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])[ \u00a0]$"
)
_LOOK: Final = 14


def add_initials(
    text: str,
    mention: Mention,
    letters: dict[int, frozenset[str]],
    between: tuple[int, int],
) -> None:
    """Widen a mention of a family name by the initials that stand on either side of it.

    `letters` has the possible initials of each person; `between` are the end of the mention
    before and the start of the one after, whose initials are not taken. Letters without a full
    stop only count when they are the initials of somebody who may be meant: «Вершков Я» may go
    on with «видел».
    """
    if not mention.parts & {Part.FAMILY, Part.FAMILY_PART}:
        return
    if mention.parts & {Part.GIVEN, Part.ALIAS}:
        return
    possible = frozenset[str]().union(*(letters[r.person] for r in mention.readings))
    lower = mention.hits[0].word.islower()
    if _initials_after(text, mention, (_AFTER, _AFTER_TIGHT), possible, between[1], lower=lower):
        return
    window = text[max(between[0], mention.start - _LOOK) : mention.start]
    for pattern in (_BEFORE, _BEFORE_TIGHT):
        found = _search_before(pattern, window, lower=lower)
        taken = _taken(found, possible, lower=lower)
        if found is not None and taken and (len(taken) > 1 or found["b"] is None):
            mention.start -= len(window) - found.start()
            mention.initials = taken
            return
    _initials_after(text, mention, (_AFTER_COMMA,), possible, between[1], lower=lower)


def _search_before(pattern: re.Pattern[str], window: str, *, lower: bool) -> re.Match[str] | None:
    found = pattern.search(window)
    if found is None or lower or found["a"][0].isupper():
        return found
    if found["b"] is not None and found["b"][0].islower():
        return found
    # «10 января 2024 г. Вершков», «в с. Т. Вершков»: an abbreviation is no initial of the name.
    return pattern.search(window, found.end("a"))


def _initials_after(
    text: str,
    mention: Mention,
    patterns: tuple[re.Pattern[str], ...],
    possible: frozenset[str],
    next_start: int,
    *,
    lower: bool,
) -> bool:
    for pattern in patterns:
        found = pattern.match(text, mention.end)
        taken = _taken(found, possible, lower=lower)
        if found is None or not taken:
            continue
        end = found.end("b") if len(taken) > 1 else found.end("a")
        end += text[end : end + 1] == "."
        if not text[end:next_start].strip() and next_start < len(text):
            # «с Горячевой Р. И. Горячев»: the letters belong to the name that follows.
            continue
        mention.end = end
        mention.initials = taken
        return True
    return False


def _taken(found: re.Match[str] | None, possible: frozenset[str], *, lower: bool) -> list[str]:
    if found is None:
        return []
    groups = found.groupdict()
    tight = "ad" not in groups
    taken = []
    for name in ("a", "b"):
        letter = groups.get(name)
        if not letter:
            break
        dotted = bool(groups.get(f"{name}d"))
        fits = letter.lower() in possible
        upper = letter[0].isupper()
        if not (fits or (dotted and upper)) or not (dotted or upper or lower):
            break
        taken.append(letter.lower())
    # One letter without a stop, or a pair of capitals, says nothing unless it fits.
    plain = tight or not any(groups.get(f"{name}d") for name in ("a", "b"))
    if plain and (len(taken) < 2 or not all(t in possible for t in taken)):  # noqa: PLR2004 - a pair
        return []
    return taken


def is_kazakh(language: str, text: str) -> bool:
    """Tell whether Kazakh endings are to be expected: by the caller's word, else by letters."""
    return language == "kk" or (not language and kazakh.looks_kazakh(text))
