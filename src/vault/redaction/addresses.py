# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where people live: the streets, settlements and houses of the case, in every language.

An address is taken apart. Cities and regions stay; a street, a settlement, a house and a flat
do not. A street is found by its name with the word for a street beside it, or by its name
with a house number, or by its name alone where a capital letter says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vault.domain.people import Address, Person
from vault.redaction.common_words import is_common
from vault.redaction.context import begins_sentence
from vault.redaction.folding import cyrillic_key, is_cyrillic, latin_key, word_keys
from vault.redaction.transliteration import plain_latin, skeleton, skeletons

_STREET: Final = (
    r"ул(?:ица|ицы|ице|ицу|ицей)?|пр-?к?т|просп(?:ект\w*)?|пр|пер(?:еул\w*)?|пр-д|проезд\w*|бульв(?:ар\w*)?|"
    r"б-р|ш(?:оссе)?|наб(?:ережн\w*)?|пл(?:ощад\w*)?|туп(?:ик\w*)?|мкр|мкрн|микрорайон\w*|мкр-н|кварт(?:ал\w*)?|"
    r"көше(?:сі\w*)?|даңғыл\w*|шағын\s?аудан\w*|ы\.?\s?а|тұйығ?\w*|"
    r"st(?:r|reet)?|ave(?:nue)?|road|rd|lane|ln|blvd|boulevard|sq(?:uare)?|drive|microdistrict|mikrorayon|"
    r"ulitsa|ul|prospekt|pereulok|per"
)
_SETTLEMENT: Final = (
    r"с|село|селе|села|аул\w*|ауыл\w*|пос|пос[её]л\w*|дер|деревн\w*|станиц\w*|ст-ца|хутор\w*|кишлак\w*|"
    r"пгт|рп|снт|дачн\w*|village|settlement"
)
_SETTLED: Final = r"аул\w*|ауыл\w*|село|пос[её]л\w*|village|settlement|aul"
"""Words for a settlement that follow its name."""
_CITY: Final = re.compile(
    r"^(?:г|гор|город|қ|қаласы|обл|область|облысы|р-н|район|край|респ|республика|city|region|oblast)\b"
    r"|\b(?:область|облысы|район|край|region|oblast|city|қаласы|обл|р-н|республика)\.?$",
    re.IGNORECASE,
)
_STREET_PART: Final = re.compile(
    rf"^(?:(?P<before>{_STREET}|{_SETTLEMENT})\.?\s+(?P<a>.+)|(?P<b>.+?)\s+(?P<after>{_STREET}|{_SETTLED})\.?(?P<c>\s+\d.*)?)$",
    re.IGNORECASE,
)
_HOUSE: Final = (
    r"(?:(?:д(?:ом)?|дом|үй|корп(?:ус)?|к|стр(?:оение)?|кв(?:артира|артире|артиры)?|пәтер\w*|оф|ком(?:ната)?|"
    r"подъезд|этаж|house|bldg|building|apt|apartment|flat|unit|no|№|#)\.?\s?(?:№\s?)?)?"
    r"\d{1,4}(?:-?(?:үй|пәтер)\w*|\s?[а-яa-z](?![^\W_]))?(?:\s?[/\-]\s?\d{1,4}(?:[а-яa-z](?![^\W_]))?)?"
)
_HOUSES_AFTER: Final = re.compile(rf"(?:,?\s{{0,2}}{_HOUSE}(?!\d|\.\d))+", re.IGNORECASE)
_HOUSES_AT_END: Final = re.compile(rf"(?:,?\s{{0,2}}{_HOUSE})+$", re.IGNORECASE)
_HOUSE_BEFORE: Final = re.compile(r"(?<!\d)\d{1,4}[a-z]?,?\s$", re.IGNORECASE)
_TYPE_BEFORE: Final = re.compile(
    rf"(?<![^\W_])(?:{_STREET}|{_SETTLEMENT})\.?\s{{0,2}}[«\"]?"
    r"(?:\d{1,3}(?:-?[а-я]{1,2})?\s|[А-Я][а-я]{0,9}\.\s?)?$",
    re.IGNORECASE,
)
_TYPE_AFTER: Final = re.compile(rf"[»\"]?\s(?:{_STREET}|{_SETTLED})(?![^\W_])\.?", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_ENDINGS: Final = (
    "ского скому ским ском ская ской скую ский ое ее ые ие ых их ая ой ую ою ый ий ого ому ым ом "
    "его ему ем им а у е ы и я ю о ь"
)
_ENDING: Final = re.compile(f"(?:{'|'.join(map(cyrillic_key, _ENDINGS.split()))})$")
_LOOK: Final = 24
_SHORTEST_STEM: Final = 3
_SHORTEST_ALONE: Final = 5
_HELD: Final = frozenset({"place_of_detention", "detention"})


@dataclass(frozen=True, slots=True)
class Place:
    """One street or settlement: the stems of its words, of whom it is."""

    person: int
    stems: tuple[str, ...]
    latin: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class AddressHit:
    """A part of a text that tells where somebody lives."""

    start: int
    end: int
    person: int


class AddressBook:
    """The streets and settlements of a case."""

    def __init__(self, persons: tuple[Person, ...], *, hide_detention: bool) -> None:
        """Take apart every address; a place of detention only where the reader must not know."""
        self._places: dict[str, list[Place]] = {}
        self._begun: dict[str, tuple[Place, ...]] = {}
        for index, person in enumerate(persons):
            for address in person.addresses:
                if address.type in _HELD and not hide_detention and not address.confidential:
                    continue
                for name in street_names(address):
                    self._add(index, name)

    def _add(self, person: int, name: str) -> None:
        words = [w for w in _WORD.findall(name) if not is_noise(w)]
        if not words:
            return
        self._put(person, words)
        if len(words) > 1 and len(words[-1]) > _SHORTEST_ALONE:
            # «ул. Академика Кленова» is also «Ак. Кленова» and «на Кленова».
            self._put(person, words[-1:])

    def _put(self, person: int, words: list[str]) -> None:
        stems = tuple(_stem(word) for word in words)
        latin = tuple(_latin_shapes(word) for word in words)
        place = Place(person, stems, latin)
        for key in {stems[0], *latin[0]}:
            known = self._places.setdefault(key, [])
            if place not in known:
                known.append(place)

    def search(self, text: str) -> Iterator[AddressHit]:
        """Yield every part of the text that names one of the streets, with house and flat."""
        if not self._places:
            return
        found = list(_WORD.finditer(text))
        for number, match in enumerate(found):
            for place in self._begun_by(match[0]):
                end = _matched(place, found, number, text)
                hit = _hit(text, match.start(), end, place) if end else None
                if hit is not None:
                    yield hit

    def _begun_by(self, word: str) -> tuple[Place, ...]:
        """Return the places whose name may begin with a word; remembered by the word."""
        known = self._begun.get(word)
        if known is None:
            places = [p for key in sorted(_keys(word)) for p in self._places.get(key, ())]
            known = self._begun[word] = tuple(dict.fromkeys(places))
        return known


def street_names(address: Address) -> Iterator[str]:
    """Yield the names of streets and settlements in an address, in every language it has."""
    for text in address.text:
        for part in re.split(r"[,;\n]", text):
            part = re.sub(r"\([^)]*\)", "", part).strip(" .")  # noqa: PLW2901 - the trimmed part
            found = _STREET_PART.match(part)
            if found is None or _CITY.search(part):
                continue
            name = found["a"] or found["b"] or ""
            name = _HOUSES_AT_END.sub("", name).strip(' ."«»')
            if _WORD.search(name):
                yield name


def is_noise(word: str) -> bool:
    """Tell whether a word of an address is a word for a street, not its name."""
    return (
        re.fullmatch(rf"(?:{_STREET}|{_SETTLEMENT}|им|имени|атындағы|the|of)", word, re.IGNORECASE)
        is not None
    )


def _stem(word: str) -> str:
    key = cyrillic_key(word) if any(map(is_cyrillic, word)) else latin_key(word)
    stem = _ENDING.sub("", key)
    return stem if len(stem) >= _SHORTEST_STEM else key


def _latin_shapes(word: str) -> frozenset[str]:
    if any(map(is_cyrillic, word)):
        return frozenset("~" + _bare(shape) for shape in skeletons(word))
    return frozenset({"~" + _bare(skeleton(latin_key(word)))})


def _bare(shape: str) -> str:
    """Take the ending of an adjective off a skeleton, so that -ая and -ой and -aya meet."""
    bare = re.sub(r"(?:aa|a|oi|ui|i|o|u|e)$", "", shape)
    return bare if len(bare) >= _SHORTEST_STEM else shape


def _keys(word: str) -> set[str]:
    keys = word_keys(word)
    found = set()
    if keys.cyrillic:
        stem = _ENDING.sub("", keys.cyrillic)
        found |= {stem, keys.cyrillic}
        if word[0].isupper():
            found.add("~" + _bare(skeleton(plain_latin(keys.cyrillic))))
    if keys.latin:
        found |= {"~" + _bare(skeleton(keys.latin)), keys.latin}
    return {key for key in found if len(key) >= _SHORTEST_STEM}


def _matched(place: Place, found: list[re.Match[str]], number: int, text: str) -> int:
    """Return where the name of the place ends when all its words stand here, else 0."""
    end = 0
    for offset in range(len(place.stems)):
        if number + offset >= len(found):
            return 0
        match = found[number + offset]
        if offset and len(text[end : match.start()].strip()) > 1:
            return 0
        keys = _keys(match[0])
        if place.stems[offset] not in keys and not place.latin[offset] & keys:
            return 0
        end = match.end()
    return end


def _hit(text: str, start: int, end: int, place: Place) -> AddressHit | None:
    before = _TYPE_BEFORE.search(text[max(0, start - _LOOK) : start])
    after = _TYPE_AFTER.match(text, end)
    named = before is not None or after is not None
    left, right = start, end
    if before is not None:
        left = start - (min(start, _LOOK) - before.start())
    elif after is not None:
        right = after.end()
        house = _HOUSE_BEFORE.search(text[max(0, start - 7) : start])
        if house is not None:
            left = start - (min(start, 7) - house.start())
    houses = _HOUSES_AFTER.match(text, right)
    if houses is not None:
        right = houses.end()
    if not named and not _says_itself(
        text[start:end], text, start, place, housed=houses is not None
    ):
        return None
    return AddressHit(left, right, place.person)


def _says_itself(word: str, text: str, start: int, place: Place, *, housed: bool) -> bool:
    """Tell whether a name without the word for a street beside it is a street all the same."""
    if not word[0].isupper() or is_common(cyrillic_key(word)):
        return False
    if housed:
        return True
    long_enough = len(place.stems[0]) >= _SHORTEST_ALONE
    return long_enough and not word.isupper() and not begins_sentence(text, start)
