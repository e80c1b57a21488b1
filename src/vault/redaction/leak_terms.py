# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must not be found in a finished document: a second, broader way to look for it.

Names are matched by their stems in rough letters, numbers by their digits, dates by their
three numbers. What a reader is shown anyway (an official, a client who is named) explains a
hit of the same stem and is not reported. Hits in other cases of the vault say only that.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from vault.domain import edtf
from vault.domain.edtf import Precision
from vault.domain.errors import BadDate
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.redaction.addresses import street_names
from vault.redaction.common_words import is_common
from vault.redaction.context import begins_sentence
from vault.redaction.disclosure import KEEP, is_official
from vault.redaction.folding import word_keys
from vault.redaction.leak_shapes import ShapedWord, shaped_words, shapes, squeezed
from vault.redaction.marks import Marks
from vault.redaction.shown import ShownPersons


@dataclass(frozen=True, slots=True)
class LeakHit:
    """A place in a text where something hidden stands; it never holds what it is.

    `category` is person, identifier, contact, address, date_of_birth or other_case;
    `form_kind` is by what it was recognised: stem, part, digits, letters, date, street.
    """

    start: int
    end: int
    category: str
    person_ref: str
    form_kind: str


@dataclass(frozen=True, slots=True)
class _Stem:
    ref: str
    shape: str
    exact: frozenset[str]
    common: bool
    female_only: bool = False


@dataclass(slots=True)
class _Words:
    stems: dict[str, list[_Stem]] = field(default_factory=dict)
    inner: list[_Stem] = field(default_factory=list)


_STEM_LETTERS: Final = 3
_INNER_LETTERS: Final = 6
_LONGEST_TAIL: Final = 6
_SHORT_STEM: Final = 4
_SHORT_TAIL: Final = 2
_FEWEST_DIGITS: Final = 6
_NATIONAL: Final = 10
_SKIPPED: Final = frozenset({"descriptor", "online_handle"})
_VOWELS: Final = "aeiou"
_SHE: Final = ("oi", "ou", "ei", "eu")
_SPLIT: Final = re.compile(r"[\s\-\u2010-\u2015«»\"()]+")
_STREET_WORD: Final = re.compile(
    r"ул|просп|пр-т|пр\.|пер\.|переул|бульв|шоссе|наб|мкр|микрор|көше|даңғ|street|st\.|ave|lane|road|"
    r"blvd|с\.|село|селе|пос|аул|ауыл|деревн|village",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(r"\s?,?\s?(?:д\.?|дом|№|house|apt\.?|кв\.?)?\s?\d")
_NEAR: Final = 14


class LeakTerms:
    """Everything that one profile hides of one case, and what other cases must not see here."""

    def __init__(
        self,
        snapshot: CaseSnapshot,
        profile: DisclosureProfile,
        as_of: datetime.date,
        other_cases: Iterable[CaseSnapshot] = (),
    ) -> None:
        """Collect the terms; `other_cases` are all other cases of the vault."""
        marks = Marks("en", profile.audience)
        shown = ShownPersons(snapshot, profile, marks, as_of)
        self._words = _Words()
        self._letters: dict[str, tuple[str, str]] = {}
        self._streets: dict[str, str] = {}
        self._births: dict[datetime.date, str] = {}
        kept = [p for i, p in enumerate(snapshot.persons) if not shown.hides(i)]
        known = {stem for person in kept for stem in _all_stems(person)}
        for index, person in enumerate(snapshot.persons):
            if shown.hides(index):
                self._add_names(person, known, kept)
            self._add_data(person, index, shown, hide_detention=profile.audience == "public")
        self._others = _OtherCases(snapshot, other_cases)

    def _add_names(self, person: Person, known: set[str], kept: list[Person]) -> None:
        if person.kind in {"group", "organisation", "unidentified"}:
            return
        for word, kind in _name_words(person):
            for shape in shapes(word):
                stem = _stem(shape)
                if len(stem) < _STEM_LETTERS:
                    continue
                shared = stem in known
                men = all(one.sex == "male" for one in kept if stem in _all_stems(one))
                if shared and not (person.sex == "female" and men and kind == "family"):
                    continue
                forms = _short_forms(shape, stem)
                entry = _Stem(person.ref, stem, forms, _is_common(word), shared)
                for beginning in {form[:_STEM_LETTERS] for form in (stem, *forms)}:
                    entries = self._words.stems.setdefault(beginning, [])
                    if entry not in entries:
                        entries.append(entry)
                if len(stem) >= _INNER_LETTERS and not shared:
                    self._words.inner.append(entry)

    def _add_data(
        self, person: Person, index: int, shown: ShownPersons, *, hide_detention: bool
    ) -> None:
        if shown.data_rule("identifier", index).action != KEEP:
            for identifier in person.identifiers:
                self._add_letters(identifier.value, "identifier", person.ref)
        if shown.data_rule("contact", index).action != KEEP:
            handles = [name.full for name in person.names if name.type == "online_handle"]
            for value in [*(contact.value for contact in person.contacts), *handles]:
                self._add_letters(value, "contact", person.ref)
        if shown.data_rule("address", index).action != KEEP:
            for address in person.addresses:
                held = "detention" in address.type and not address.confidential
                for name in () if held and not hide_detention else street_names(address):
                    self._add_street(name, person.ref)
        if shown.data_rule("date_of_birth", index).action != KEEP:
            self._add_birth(person)

    def _add_letters(self, value: str, category: str, ref: str) -> None:
        key = squeezed(value).text
        if key.isdigit() and len(key) > _NATIONAL and category == "contact":
            key = key[-_NATIONAL:]
        if len(key) >= _FEWEST_DIGITS:
            self._letters.setdefault(key, (category, ref))

    def _add_street(self, name: str, ref: str) -> None:
        for word in _SPLIT.split(name):
            for shape in shapes(word):
                stem = _stem(_stem(shape))
                if len(stem) > _SHORT_STEM:
                    self._streets.setdefault(stem, ref)

    def _add_birth(self, person: Person) -> None:
        try:
            born = edtf.parse(person.date_of_birth)
        except BadDate:
            return
        if born.precision in {Precision.DAY, Precision.TIME}:
            self._births[born.earliest()] = person.ref

    # --- looking ----------------------------------------------------------------------------

    def search(self, text: str) -> list[LeakHit]:
        """Return every place where something hidden stands, in order."""
        words = shaped_words(text)
        found = [
            *self._names(text, words),
            *self._codes(text),
            *self._addresses(text, words),
            *self._dates(text),
            *self._others.search(text, words),
        ]
        return sorted(set(found), key=lambda hit: (hit.start, hit.end, hit.category))

    def _names(self, text: str, words: list[ShapedWord]) -> Iterator[LeakHit]:
        for word in words:
            for shape in word.shapes:
                for stem in self._words.stems.get(shape[:_STEM_LETTERS], ()):
                    if _bears(stem, shape) and not _is_plain(stem, word, text):
                        yield LeakHit(word.start, word.end, "person", stem.ref, "stem")
                if len(shape) > _INNER_LETTERS:
                    for stem in self._words.inner:
                        if shape.find(stem.shape, 1) > 0:
                            yield LeakHit(word.start, word.end, "person", stem.ref, "part")

    def _codes(self, text: str) -> Iterator[LeakHit]:
        if not self._letters:
            return
        flat = squeezed(text)
        for key, (category, ref) in self._letters.items():
            at = flat.text.find(key)
            while at >= 0:
                start, end = flat.origin[at], flat.origin[at + len(key) - 1] + 1
                if _holds_together(text, flat.origin[at : at + len(key)]):
                    kind = "digits" if key.isdigit() else "letters"
                    yield LeakHit(start, end, category, ref, kind)
                at = flat.text.find(key, at + 1)

    def _addresses(self, text: str, words: list[ShapedWord]) -> Iterator[LeakHit]:
        if not self._streets:
            return
        for word in words:
            for shape in word.shapes:
                ref = self._streets.get(_stem(_stem(shape)))
                if ref is not None and _is_street(text, word):
                    yield LeakHit(word.start, word.end, "address", ref, "street")

    def _dates(self, text: str) -> Iterator[LeakHit]:
        if not self._births:
            return
        for start, end, date in _days(text):
            if date in self._births:
                yield LeakHit(start, end, "date_of_birth", self._births[date], "date")


def _name_words(person: Person) -> Iterator[tuple[str, str]]:
    for name in person.names:
        if name.type in _SKIPPED:
            continue
        for kind in ("family", "given", "patronymic", "full"):
            for word in _SPLIT.split(getattr(name, kind)):
                if word:
                    yield word, kind


def _all_stems(person: Person) -> set[str]:
    return {_stem(shape) for word, _ in _name_words(person) for shape in shapes(word)}


def _stem(shape: str) -> str:
    """Take the last vowels off, as far as three letters remain."""
    while len(shape) > _STEM_LETTERS and shape[-1] in _VOWELS:
        shape = shape[:-1]
    return shape


_ENDINGS_OF_A: Final = ("a", "i", "e", "u", "ei", "eu", "oi")


def _short_forms(shape: str, stem: str) -> frozenset[str]:
    """Return the forms of a name that is too short for a stem: «Зоя», «Зое», «Зоей»."""
    if len(stem) > _STEM_LETTERS or not shape.endswith("a"):
        return frozenset({shape})
    return frozenset(shape[:-1] + ending for ending in _ENDINGS_OF_A)


def _bears(stem: _Stem, shape: str) -> bool:
    if stem.female_only:
        return shape.startswith(stem.shape) and shape[len(stem.shape) :] in _SHE
    if shape in stem.exact:
        return True
    if not shape.startswith(stem.shape):
        return False
    tail = len(shape) - len(stem.shape)
    if len(stem.shape) <= _SHORT_STEM:
        return tail <= _SHORT_TAIL and all(c in "aeioumi" for c in shape[len(stem.shape) :])
    return tail <= _LONGEST_TAIL


def _is_plain(stem: _Stem, word: ShapedWord, text: str) -> bool:
    """Tell whether a word is more likely an ordinary one: «зимой», «роман», or any short word."""
    short = len(stem.shape) <= _SHORT_STEM
    if not (short or stem.common):
        return False
    if not word.capital:
        return True
    return short and (word.shouted or begins_sentence(text, word.start))


def _is_common(word: str) -> bool:
    keys = word_keys(word)
    return is_common(keys.cyrillic) or is_common(keys.latin)


_FARTHEST: Final = 4


def _holds_together(text: str, places: tuple[int, ...]) -> bool:
    """Tell whether letters stand next to each other but for a few separators."""
    for left, right in itertools.pairwise(places):
        if right - left > _FARTHEST or "\n\n" in text[left:right]:
            return False
    return True


def _is_street(text: str, word: ShapedWord) -> bool:
    before = text[max(0, word.start - _NEAR) : word.start]
    after = text[word.end : word.end + _NEAR]
    typed = _STREET_WORD.search(before) or _STREET_WORD.search(after)
    return word.capital and not word.shouted and bool(typed or _HOUSE.match(after))


_MONTH_STARTS: Final = (
    ("янв", "jan", "қаң"), ("фев", "feb", "ақп"), ("мар", "mar", "нау"), ("апр", "apr", "сәу"),
    ("мая", "may", "мам"), ("июн", "jun", "мау"), ("июл", "jul", "шіл"), ("авг", "aug", "там"),
    ("сен", "sep", "қыр"), ("окт", "oct", "қаз"), ("ноя", "nov", "қар"), ("дек", "dec", "жел"),
)  # fmt: skip
_MONTH_NUMBER: Final = {
    start: number for number, starts in enumerate(_MONTH_STARTS, 1) for start in starts
}
_ITEM: Final = re.compile(r"\d+|[^\W\d_]{3,}")
_WINDOW: Final = 30


def _days(text: str) -> Iterator[tuple[int, int, datetime.date]]:
    """Yield every three neighbouring numbers, one of them perhaps a month, that make a day."""
    items = []
    for match in _ITEM.finditer(text):
        value = _value(match[0])
        if value is not None:
            items.append((match.start(), match.end(), *value))
    for a, b, c in zip(items, items[1:], items[2:], strict=False):
        if c[1] - a[0] > _WINDOW:
            continue
        for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (1, 2, 0)):
            day, month, year = ((a, b, c)[i] for i in order)
            date = _date(day[2], month[2], year[2], named=(day[3], month[3], year[3]))
            if date is not None:
                yield a[0], c[1], date


def _value(item: str) -> tuple[int, bool] | None:
    if item.isdecimal():
        return (int(item), False) if len(item) <= 4 else None  # noqa: PLR2004 - a year at most
    number = _MONTH_NUMBER.get(item[:3].lower())
    return None if number is None else (number, True)


def _date(
    day: int, month: int, year: int, *, named: tuple[bool, bool, bool]
) -> datetime.date | None:
    if named[0] or named[2]:
        return None
    if year < 100:  # noqa: PLR2004 - two figures
        year += 1900 if year > 30 else 2000  # noqa: PLR2004 - people alive today
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


class _OtherCases:
    """Full names and numbers of the other cases; a hit tells nothing but that it is one."""

    def __init__(self, own: CaseSnapshot, others: Iterable[CaseSnapshot]) -> None:
        own_stems = {stem for person in own.persons for stem in _all_stems(person)}
        own_codes = {squeezed(value).text for p in own.persons for value in _values(p)}
        self._pairs: dict[str, set[str]] = {}
        self._codes: set[str] = set()
        for case in others:
            for person in case.persons:
                if is_official(person) or person.kind != "individual":
                    continue
                self._add(person, own_stems)
                self._codes |= {
                    code
                    for value in _values(person)
                    if len(code := squeezed(value).text) >= _FEWEST_DIGITS + 2
                } - own_codes

    def _add(self, person: Person, own_stems: set[str]) -> None:
        for name in person.names:
            given = {_stem(shape) for word in _SPLIT.split(name.given) for shape in shapes(word)}
            for word in _SPLIT.split(name.family):
                for shape in shapes(word):
                    stem = _stem(shape)
                    if len(stem) > _STEM_LETTERS and stem not in own_stems and given:
                        self._pairs.setdefault(stem, set()).update(given)

    def search(self, text: str, words: list[ShapedWord]) -> Iterator[LeakHit]:
        if self._pairs:
            yield from self._full_names(words)
        if self._codes:
            flat = squeezed(text)
            for key in self._codes:
                at = flat.text.find(key)
                if at >= 0 and _holds_together(text, flat.origin[at : at + len(key)]):
                    end = flat.origin[at + len(key) - 1] + 1
                    yield LeakHit(flat.origin[at], end, "other_case", "", "digits")

    def _full_names(self, words: list[ShapedWord]) -> Iterator[LeakHit]:
        for number, word in enumerate(words):
            if not word.capital:
                continue
            for shape in word.shapes:
                for length in range(_STEM_LETTERS + 1, len(shape) + 1):
                    given = self._pairs.get(shape[:length])
                    if given is None or len(shape) - length > _SHORT_TAIL + 1:
                        continue
                    near = words[max(0, number - 2) : number + 3]
                    if any(
                        near_shape.startswith(stem)
                        for other in near
                        if other is not word and other.capital
                        for near_shape in other.shapes
                        for stem in given
                        if len(stem) >= _STEM_LETTERS
                    ):
                        yield LeakHit(word.start, word.end, "other_case", "", "stem")


def _values(person: Person) -> list[str]:
    handles = [name.full for name in person.names if name.type == "online_handle"]
    return [
        *(identifier.value for identifier in person.identifiers),
        *(contact.value for contact in person.contacts),
        *handles,
    ]
