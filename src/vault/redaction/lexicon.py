# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every word that may name a person of the case, in every form, as one table of folded words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from pytrovich.enums import NamePart

from vault.domain.people import Person, PersonName
from vault.redaction import declension, kazakh
from vault.redaction.common_words import is_common
from vault.redaction.declension import Cases
from vault.redaction.diminutives import given_twins, may_be_tender, short_forms
from vault.redaction.folding import cyrillic_key, is_cyrillic, latin_key, word_keys
from vault.redaction.transliteration import (
    back_to_cyrillic,
    english_equivalents,
    plain_latin,
    skeleton,
    skeletons,
    spellings,
)


class Part(Enum):
    """What part of a name a word is."""

    FAMILY = "family"
    FAMILY_PART = "family_part"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    ALIAS = "alias"


class Strength(Enum):
    """How sure a form is, and so how much it counts; the value is the weight."""

    RECORDED = 10
    DECLINED = 9
    RELATIVE = 5
    GUESSED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a folded word: whose name, which part, in which case and gender."""

    person: int
    part: Part
    cases: Cases
    gender: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a written word that was read; `end` leaves a possessive 's outside."""

    start: int
    end: int
    key: str
    entries: tuple[Entry, ...]
    loose: bool = False
    base: int = 0
    unsure: bool = False


_SKIPPED: Final = frozenset({"online_handle", "descriptor"})
_ALIASES: Final = frozenset({"diminutive", "nickname", "call_sign"})
_SHORTEST_SKELETON: Final = 5
_SHORTEST_LOWER_SKELETON: Final = 7
_SHORTEST_CYRILLIC_SKELETON: Final = 7
_BEGINNING: Final = 3
_SHORTEST_IN_LINK: Final = 4
_SHORTEST_INSIDE: Final = 5
_PART_OF: Final = {
    Part.FAMILY: declension.FAMILY,
    Part.FAMILY_PART: declension.FAMILY,
    Part.GIVEN: declension.GIVEN,
    Part.PATRONYMIC: declension.PATRONYMIC,
    Part.ALIAS: declension.GIVEN,
}
_SPLIT: Final = re.compile(r"[\s\-\u2010-\u2015]+")
_CAMEL: Final = re.compile(r"[^\W\d_](?:[^\W\d_](?<![A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]))+|[^\W\d_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class Lexicon:
    """The table for the persons of one case; reads one written word at a time."""

    def __init__(self, persons: tuple[Person, ...]) -> None:
        """Make the table. Groups and organisations have phrases, not names, and are left out."""
        self._forms: dict[str, dict[tuple[int, Part, str], Entry]] = {}
        self._bases: dict[str, dict[tuple[int, Part, str], Entry]] = {}
        self._skeletons: dict[str, dict[tuple[int, Part, str], Entry]] = {}
        self._given: dict[str, list[tuple[str, Entry]]] = {}
        self._latin_only = False
        self._read: dict[tuple[str, bool], tuple[Piece, ...]] = {}
        self.persons = persons
        for index, person in enumerate(persons):
            if person.kind in {"individual", "unidentified"}:
                self._add_person(index, person)

    def _add_person(self, index: int, person: Person) -> None:
        gender = {"male": "m", "female": "f"}.get(person.sex, "")
        has_cyrillic = any(_is_cyrillic_name(name) for name in person.names)
        for name in person.names:
            if name.type in _SKIPPED:
                continue
            for part, text in _parts(name):
                if any(map(is_cyrillic, text)):
                    self._add_cyrillic(index, part, text, gender)
                else:
                    self._add_latin(index, part, text, gender)
                    if not has_cyrillic:
                        self._add_guessed(index, part, text, gender)
        self._add_declension(index, person)

    def _add_cyrillic(self, index: int, part: Part, text: str, gender: str) -> None:
        words = [word for word in _SPLIT.split(text) if word]
        if len(words) > 1 and part in {Part.FAMILY, Part.GIVEN}:
            joined = "".join(words)
            self._put_forms(index, part, joined, gender)
            part = Part.FAMILY_PART if part is Part.FAMILY else part
        for word in words:
            self._put_forms(index, part, word, gender)
            if part is Part.PATRONYMIC:
                for twin in declension.patronymic_twins(word):
                    self._put_forms(index, part, twin, gender)
            if part is Part.GIVEN:
                for twin in given_twins(word):
                    self._put_forms(index, part, twin, gender, guessed=True)
                self._given.setdefault(cyrillic_key(word)[:_BEGINNING], []).append(
                    (
                        cyrillic_key(word),
                        Entry(index, Part.ALIAS, Cases.ANY, gender, Strength.GUESSED),
                    )
                )
                for english in english_equivalents(word):
                    entry = Entry(index, part, Cases.ANY, gender, Strength.GUESSED)
                    self._put(self._forms, english, entry)
                for short in short_forms(word):
                    self._put_forms(index, Part.ALIAS, short, gender, guessed=True)

    def _put_forms(
        self, index: int, part: Part, word: str, gender: str, *, guessed: bool = False
    ) -> None:
        base = Strength.GUESSED if guessed else Strength.RECORDED
        self._put(
            self._forms, cyrillic_key(word), Entry(index, part, Cases.NOMINATIVE, gender, base)
        )
        self._put(self._bases, cyrillic_key(word), Entry(index, part, Cases.ANY, gender, base))
        relatives: set[str] = set()
        for form in _forms_of(word, _PART_OF[part], gender):
            strength = _strength(form, gender, guessed=guessed)
            entry = Entry(index, part, form.cases, form.gender, strength)
            self._put(self._forms, cyrillic_key(form.text), entry)
            if strength is not Strength.GUESSED:
                relatives.add(form.text)
        for key in spellings(word):
            self._put(self._forms, key, Entry(index, part, Cases.ANY, gender, base))
        for spelling in {word, *relatives}:
            sure = spelling == word
            keys = skeletons(spelling) if sure else {skeleton(plain_latin(spelling))}
            strength = base if sure else Strength.GUESSED
            for key in keys:
                self._put(self._skeletons, key, Entry(index, part, Cases.ANY, gender, strength))

    def _add_latin(self, index: int, part: Part, text: str, gender: str) -> None:
        words = [word for word in _SPLIT.split(text) if word]
        if len(words) > 1 and part is Part.FAMILY:
            entry = Entry(index, part, Cases.ANY, gender, Strength.RECORDED)
            self._put(self._forms, latin_key("".join(words)), entry)
            part = Part.FAMILY_PART
        for word in words:
            entry = Entry(index, part, Cases.ANY, gender, Strength.RECORDED)
            self._put(self._forms, latin_key(word), entry)
            self._put(self._skeletons, skeleton(latin_key(word)), entry)

    def _add_guessed(self, index: int, part: Part, text: str, gender: str) -> None:
        """Make Cyrillic forms of a name that was only recorded in Latin letters."""
        self._latin_only = True
        for word in _SPLIT.split(text):
            if word:
                self._put_forms(index, part, back_to_cyrillic(word), gender)

    def _add_declension(self, index: int, person: Person) -> None:
        given = dict(person.declension_ru)
        nominative = [word for word in given.get("nomn", "").split() if word]
        parts = _parts_of_words(person, nominative)
        for key, cases in declension.DECLENSION_KEYS.items():
            words = given.get(key, "").split()
            if len(words) != len(nominative):
                continue
            for part, word in zip(parts, words, strict=True):
                self._put_declined(index, part, word, cases, person.sex)

    def _put_declined(self, index: int, part: Part, word: str, cases: Cases, sex: str) -> None:
        gender = {"male": "m", "female": "f"}.get(sex, "")
        pieces = [piece for piece in _SPLIT.split(word) if piece]
        if len(pieces) > 1 and part is Part.FAMILY:
            joined = Entry(index, part, cases, gender, Strength.DECLINED)
            self._put(self._forms, cyrillic_key("".join(pieces)), joined)
            part = Part.FAMILY_PART
        for piece in pieces:
            entry = Entry(index, part, cases, gender, Strength.DECLINED)
            self._put(self._forms, cyrillic_key(piece), entry)

    @staticmethod
    def _put(table: dict[str, dict[tuple[int, Part, str], Entry]], key: str, entry: Entry) -> None:
        if len(key) <= 1:
            return
        known = table.setdefault(key, {})
        place = (entry.person, entry.part, entry.gender)
        old = known.get(place)
        if old is None:
            known[place] = entry
        elif entry.strength is not Strength.GUESSED or old.strength is Strength.GUESSED:
            # A name that does not decline has one form and all cases.
            strongest = max(old.strength, entry.strength, key=lambda one: one.value)
            both = entry.cases if old.strength is Strength.GUESSED else old.cases | entry.cases
            known[place] = replace(entry, strength=strongest, cases=both)

    def initials(self) -> dict[int, frozenset[str]]:
        """Return the initials of each person in lower case, in every script and spelling."""
        found: dict[int, set[str]] = {index: set() for index in range(len(self.persons))}
        for index, person in enumerate(self.persons):
            for name in person.names:
                if name.type in _SKIPPED | _ALIASES:
                    continue
                for part, text in _parts(name):
                    if part in {Part.GIVEN, Part.PATRONYMIC}:
                        for word in _SPLIT.split(text):
                            found[index] |= _initials_of(word)
        return {index: frozenset(letters) for index, letters in found.items()}

    def persons_in_link(self, word: str) -> set[int]:
        """Return the persons whose names a run of letters from a link consists of or holds."""
        sure = set()
        for candidate in {word, word.capitalize()}:
            for piece in self._read_word(candidate, kazakh_text=False):
                if len(piece.key) >= _SHORTEST_IN_LINK:
                    sure |= {entry.person for entry in piece.entries}
        if sure or len(word) <= _SHORTEST_IN_LINK:
            return sure
        key = latin_key(word) if word.isascii() else cyrillic_key(word)
        for start in range(len(key) - _SHORTEST_INSIDE + 1):
            for stop in range(len(key), start + _SHORTEST_INSIDE - 1, -1):
                entries = self._forms.get(key[start:stop])
                if entries and not is_common(key[start:stop]):
                    return {entry.person for entry in entries.values()}
        return set()

    # --- reading ----------------------------------------------------------------------------

    def read(self, word: str, *, kazakh_text: bool = False) -> tuple[Piece, ...]:
        """Return what in a written word names a person: usually nothing, or the whole word."""
        key = (word, kazakh_text)
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self._read_word(word, kazakh_text=kazakh_text)
        return known

    def _read_word(self, word: str, *, kazakh_text: bool) -> tuple[Piece, ...]:
        whole = self._read_whole(word, kazakh_text=kazakh_text)
        if whole is not None:
            return (whole,)
        pieces = []
        if not word.isalpha() or not (word.islower() or word.isupper() or word.istitle()):
            for pattern in (_LETTERS, _CAMEL):
                for found in pattern.finditer(word):
                    if found[0] == word:
                        continue
                    piece = self._read_whole(found[0], kazakh_text=kazakh_text)
                    if piece is not None:
                        at = found.start()
                        pieces.append(replace(piece, start=at + piece.start, end=at + piece.end))
                if pieces:
                    break
        return tuple(pieces)

    def _read_whole(self, word: str, *, kazakh_text: bool) -> Piece | None:
        keys = word_keys(word)
        for key in (keys.cyrillic, keys.latin):
            if key and key in self._forms:
                return Piece(0, len(word), key, tuple(self._forms[key].values()))
        if keys.latin:
            found = self._read_latin(word)
            if found is not None:
                return found
        if keys.cyrillic:
            return self._read_cyrillic(word, keys.cyrillic, kazakh_text=kazakh_text)
        return None

    def _read_latin(self, word: str) -> Piece | None:
        trimmed = re.search(r"['’ʼ`´][sS]$|['’ʼ`´]$", word)
        end = trimmed.start() if trimmed else len(word)
        bare = latin_key(word[:end])
        for candidate in (bare, bare.removesuffix("s"), bare.removesuffix("es")):
            if candidate in self._forms:
                return Piece(0, end, candidate, tuple(self._forms[candidate].values()))
        shortest = _SHORTEST_SKELETON if word[0].isupper() else _SHORTEST_LOWER_SKELETON
        for candidate in (bare, bare.removesuffix("s")):
            shape = skeleton(candidate)
            if len(shape) >= shortest and shape in self._skeletons:
                return Piece(0, end, bare, tuple(self._skeletons[shape].values()), loose=True)
        return None

    def _read_cyrillic(self, word: str, key: str, *, kazakh_text: bool) -> Piece | None:
        kazakh_text = kazakh_text or kazakh.looks_kazakh(word)
        shortest = kazakh.SHORTEST_BASE_IN_KAZAKH if kazakh_text else kazakh.SHORTEST_BASE
        for cut in range(len(key) - 1, shortest - 1, -1):
            entries = self._bases.get(key[:cut])
            if entries is None:
                continue
            fitting = tuple(e for e in entries.values() if _suffix_fits(e, key[cut:]))
            if fitting:
                return Piece(0, len(word), key, fitting, loose=not kazakh_text, base=cut)
        if word[0].isupper():
            shape = skeleton(plain_latin(key))
            shortest = _SHORTEST_SKELETON if self._latin_only else _SHORTEST_CYRILLIC_SKELETON
            if len(shape) >= shortest and shape in self._skeletons:
                return Piece(0, len(word), key, tuple(self._skeletons[shape].values()), loose=True)
            return self._read_tender(word, key)
        return None

    def _read_tender(self, word: str, key: str) -> Piece | None:
        """Read a form that looks made from a given name; whoever reads it must decide."""
        entries = tuple(
            entry
            for given, entry in self._given.get(key[:_BEGINNING], ())
            if may_be_tender(key, given)
        )
        return Piece(0, len(word), key, entries, loose=True, unsure=True) if entries else None


def _initials_of(word: str) -> set[str]:
    if not word:
        return set()
    found = {word[0].lower(), cyrillic_key(word[0])}
    if is_cyrillic(word[0]):
        for key in spellings(word):
            found |= {key[0], key[:2]}
        found.add(plain_latin(word[0]))
        if word.lower().startswith("дж"):
            found.add("дж")
    else:
        found |= {latin_key(word)[:1], latin_key(word)[:2]}
    return {letters for letters in found if letters}


def _suffix_fits(entry: Entry, suffix: str) -> bool:
    if entry.part in {Part.GIVEN, Part.ALIAS}:
        return suffix in kazakh.GIVEN_SUFFIXES
    return suffix in kazakh.SUFFIXES


def _forms_of(word: str, part: NamePart, gender: str) -> tuple[declension.Form, ...]:
    return declension.forms(word, part, gender)


def _strength(form: declension.Form, gender: str, *, guessed: bool) -> Strength:
    if form.gender == "p" or (gender and form.gender not in {gender, ""}):
        return Strength.RELATIVE
    if guessed or form.guessed:
        return Strength.GUESSED
    return Strength.DECLINED


def _is_cyrillic_name(name: PersonName) -> bool:
    return name.type not in _SKIPPED | _ALIASES and any(map(is_cyrillic, name.shown()))


def _parts(name: PersonName) -> list[tuple[Part, str]]:
    if name.family or name.given or name.patronymic:
        parts = ((Part.FAMILY, name.family), (Part.GIVEN, name.given),
                 (Part.PATRONYMIC, name.patronymic))  # fmt: skip
        return [(part, text) for part, text in parts if text]
    words = [word for word in re.split(r"[\s,;«»\"()]+", name.full) if word]
    if name.type in _ALIASES:
        return [(Part.ALIAS, word) for word in words]
    found = []
    for position, word in enumerate(words):
        if declension.patronymic_gender(word):
            found.append((Part.PATRONYMIC, word))
        elif position == 0:
            found.append((Part.FAMILY, word))
            found.append((Part.GIVEN, word))
        else:
            found.append((Part.GIVEN, word))
            found.append((Part.FAMILY, word))
    return found


def _parts_of_words(person: Person, words: list[str]) -> list[Part]:
    known: dict[str, Part] = {}
    for name in person.names:
        for part, text in _parts(name):
            for word in text.split():
                known.setdefault(cyrillic_key(word), part)
    guesses = (Part.FAMILY, Part.GIVEN, Part.PATRONYMIC)
    return [
        known.get(cyrillic_key(word), guesses[min(position, 2)])
        for position, word in enumerate(words)
    ]
