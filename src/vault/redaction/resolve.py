# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose name a mention is, and whether it is a name at all.

What grammar and neighbourhood cannot settle stays open: then all who may be meant are
returned, and the strictest of what applies to them is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vault.domain.people import Person
from vault.redaction import context
from vault.redaction.common_words import NAME_PARTICLES, PARTICLES, is_common
from vault.redaction.declension import Cases
from vault.redaction.diminutives import SHORT_FORMS
from vault.redaction.folding import cyrillic_key
from vault.redaction.lexicon import Part, Strength
from vault.redaction.mentions import Hit, Mention, Reading


@dataclass(frozen=True, slots=True)
class Resolved:
    """The persons (indexes) that a mention may be of, and why a person should look at it."""

    persons: tuple[int, ...]
    doubt: str = ""
    other_bearer: bool = False


COMMON_WORD: Final = "common_word"
NAMESAKE: Final = "namesake"
_CLOSE: Final = 1
_SHORT_KEY: Final = 3
_FAMILY_ENDINGS: Final = ("ов", "ев", "ова", "ева", "ин", "ина", "ову", "еву", "овым", "овои")
_LOOSE_BASE: Final = 6
_WRONG_INITIALS: Final = 12
_RIGHT_INITIALS: Final = 6
_GIVEN_NAMES: Final = frozenset(cyrillic_key(name) for name in SHORT_FORMS)
_OBLIQUE_MALE: Final = Cases.GENITIVE | Cases.ACCUSATIVE
_FAMILY: Final = frozenset({Part.FAMILY, Part.FAMILY_PART})
_CALLED: Final = frozenset({Part.GIVEN, Part.ALIAS})


class Resolver:
    """Settles the mentions of one text, in order; remembers who was named in full before."""

    def __init__(
        self,
        text: str,
        persons: tuple[Person, ...],
        letters: dict[int, frozenset[str]],
        hits: list[Hit],
    ) -> None:
        """Begin a text; `letters` has the initials of each person, `hits` what was read."""
        self._text = text
        self._hits_at = {hit.start: hit for hit in hits} | {-hit.end: hit for hit in hits}
        self._persons = persons
        self._letters = letters
        self._named: list[int] = []

    def resolve(self, mention: Mention) -> Resolved | None:
        """Return who is meant, or None when the words are no name."""
        doubt = self._doubt(mention)
        if doubt is None:
            return None
        scores = self._scores(mention)
        best = max(scores.values())
        close = [person for person, score in scores.items() if score >= best - _CLOSE]
        tops = {p: max(r.score for r in mention.readings if r.person == p) for p in close}
        readings = [r for r in mention.readings if r.score == tops.get(r.person)]
        persons = self._narrowed(mention, readings, tuple(dict.fromkeys(close)))
        other = self._another_bearer(mention, persons)
        if len(persons) == 1 and not doubt and not other and len(mention.hits) > 1:
            self._named.append(persons[0])
        if other and not doubt and not mention.parts & _FAMILY:
            doubt = NAMESAKE
        return Resolved(persons, doubt, other)

    # --- is it a name? ----------------------------------------------------------------------

    def _doubt(self, mention: Mention) -> str | None:
        """Return "" for a sure name, a doubt, or None for what is certainly no name."""
        hit = mention.hits[0]
        if len(mention.hits) > 1 or mention.initials:
            small = all(one.piece.key in PARTICLES and one.word.islower() for one in mention.hits)
            return None if small else ""
        if hit.piece.key in NAME_PARTICLES:
            return None
        if hit.word.islower() and not hit.joined:
            return self._doubt_of_lower_case(mention, hit)
        starts = context.begins_sentence(self._text, hit.start)
        if hit.piece.key in PARTICLES and starts:
            acts = context.acts_like_a_person(self._text, hit.end)
            return COMMON_WORD if acts else None
        return COMMON_WORD if self._may_be_a_word(mention, hit) else ""

    def _may_be_a_word(self, mention: Mention, hit: Hit) -> bool:
        """Tell whether a single capitalised word may owe its capital to its place alone."""
        key = hit.piece.key
        if hit.piece.unsure:
            return True
        shouted = hit.word.isupper() and len(hit.word) > 1
        if shouted:
            unmarked = context.shouts(self._text, hit.start, hit.end)
        else:
            unmarked = context.begins_sentence(self._text, hit.start)
        if hit.piece.loose and hit.piece.base and hit.piece.base < _LOOSE_BASE:
            return unmarked
        if not is_common(key) and key not in PARTICLES:
            return False
        if mention.parts & _FAMILY and key.endswith(_FAMILY_ENDINGS):
            return False
        if mention.parts & _CALLED and context.acts_like_a_person(self._text, hit.end):
            return False
        # «Ли» of «Гроссман-Ли», standing alone, is anybody's.
        small_part = mention.parts == {Part.FAMILY_PART} and len(key) <= _SHORT_KEY
        return unmarked or small_part

    def _doubt_of_lower_case(self, mention: Mention, hit: Hit) -> str | None:
        key = hit.piece.key
        if key in PARTICLES:
            return None
        if hit.piece.loose and hit.piece.base and hit.piece.base < _LOOSE_BASE:
            return None
        guessed = all(e.strength is Strength.GUESSED for e in hit.piece.entries)
        if is_common(key) or guessed or len(key) <= _SHORT_KEY or hit.piece.loose:
            return COMMON_WORD
        if not mention.parts & _FAMILY:
            return ""
        # A family name without the ending of one is mostly a word: «крюк», «кравец».
        bare = not any(map(self._ends_like_a_family, mention.readings))
        return COMMON_WORD if bare or context.follows_a_number(self._text, hit.start) else ""

    def _ends_like_a_family(self, reading: Reading) -> bool:
        return any(
            context.like_a_surname(name.family) for name in self._persons[reading.person].names
        )

    # --- whose name is it? ------------------------------------------------------------------

    def _scores(self, mention: Mention) -> dict[int, int]:
        scores: dict[int, int] = {}
        for reading in mention.readings:
            score = reading.score + self._initials_score(mention, reading.person)
            scores[reading.person] = max(score, scores.get(reading.person, -100))
        return scores

    def _initials_score(self, mention: Mention, person: int) -> int:
        if not mention.initials:
            return 0
        known = self._letters[person]
        right = all(initial in known for initial in mention.initials)
        return _RIGHT_INITIALS if right else -_WRONG_INITIALS

    def _narrowed(
        self, mention: Mention, readings: list[Reading], persons: tuple[int, ...]
    ) -> tuple[int, ...]:
        if len(persons) == 1:
            return persons
        plural = context.names_a_family(self._text, mention.start)
        if plural and any(r.gender == "p" for r in mention.readings):
            family = {r.person for r in mention.readings if r.gender == "p"}
            return tuple(sorted(family))
        if mention.initials or mention.parts & _CALLED:
            return self._by_memory(persons)
        if context.names_the_client(self._text, mention.start):
            clients = tuple(p for p in persons if "client" in self._persons[p].roles)
            persons = clients or persons
        persons = self._by_age(mention, persons)
        if len(persons) > 1:
            persons = self._by_gender(mention, readings, persons)
        return self._by_memory(persons)

    def _by_age(self, mention: Mention, persons: tuple[int, ...]) -> tuple[int, ...]:
        """A child is not called by the bare family name, unless the words before speak of one."""
        children = tuple(p for p in persons if "minor" in self._persons[p].roles)
        adults = tuple(p for p in persons if p not in children)
        if not children or not adults:
            return persons
        if context.names_a_child(self._text, mention.start):
            return children
        return adults

    def _by_gender(
        self, mention: Mention, readings: list[Reading], persons: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Let the sentence decide between his name and hers in one form.

        «Вершкова» is her in the nominative and him in the genitive; «Вершкову» is her in the
        accusative and him in the dative.
        """
        she = {r.person for r in readings if r.gender == "f"} & set(persons)
        he = {r.person for r in readings if r.gender == "m"} & set(persons)
        if not she or not he or she & he:
            return persons
        hers = [r.cases for r in readings if r.gender == "f"]
        his = [r.cases for r in readings if r.gender == "m"]
        gender = ""
        if any(Cases.NOMINATIVE in c for c in hers) and any(c & _OBLIQUE_MALE for c in his):
            gender = context.gender_of(self._text, mention.start, mention.end)
        elif any(Cases.ACCUSATIVE in c for c in hers) and any(Cases.DATIVE in c for c in his):
            gender = context.gender_of_object(self._text, mention.start, mention.end)
        chosen = {"f": she, "m": he}.get(gender)
        return persons if chosen is None else tuple(p for p in persons if p in chosen)

    def _by_memory(self, persons: tuple[int, ...]) -> tuple[int, ...]:
        """Among several of one kind, the only one whom the text named in full is meant."""
        genders = {self._persons[p].sex for p in persons}
        named = [p for p in persons if p in self._named]
        if len(genders) == 1 and len(named) == 1:
            return (named[0],)
        return persons

    def _another_bearer(self, mention: Mention, persons: tuple[int, ...]) -> bool:
        """Tell whether the words beside it make it the name of somebody not of the case."""
        if mention.initials:
            return not any(
                all(initial in self._letters[p] for initial in mention.initials) for p in persons
            )
        before, after = self._strangers_beside(mention)
        parts = mention.parts
        if parts & _FAMILY:
            beside = {cyrillic_key(word) for word in (before, after) if word}
            return not parts & _CALLED and bool(beside & _GIVEN_NAMES)
        if parts == {Part.PATRONYMIC}:
            starts = before and context.begins_sentence(self._text, mention.start - len(before) - 1)
            return bool(before) and (not starts or cyrillic_key(before) in _GIVEN_NAMES)
        return bool(after) or context.like_a_surname(before)

    def _strangers_beside(self, mention: Mention) -> tuple[str, str]:
        """Return the capitalised neighbours that are no names of the same persons."""
        before, after = context.neighbours(self._text, mention.start, mention.end)
        own = {reading.person for reading in mention.readings}

        def is_own(hit: Hit | None) -> bool:
            return hit is not None and any(e.person in own for e in hit.piece.entries)

        if is_own(self._hits_at.get(-(mention.start - 1))):
            before = ""
        if is_own(self._hits_at.get(mention.end + 1)):
            after = ""
        return before, after
