# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, telephones and handles of the case, found by their letters and digits alone.

A trie walks the text from every place where a run of letters or digits begins, and steps over
whatever separates them: spaces, hyphens, brackets, full stops, slashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vault.domain.people import Person
from vault.redaction.folding import Folded, code_character, code_key


@dataclass(frozen=True, slots=True)
class Code:
    """One number or handle: whose, of which category, and its folded letters and digits.

    `needs_word` is a pattern that must stand near, for a part of a number that means nothing
    alone, such as a document's number without its series.
    """

    person: int
    category: str
    key: str
    needs_word: re.Pattern[str] | None = None


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)


_SEPARATORS: Final = frozenset(" \t\n\r\u00a0\u2009\u202f-–—‑−.,/\\()[]_'’·№#+:*|")
_LONGEST_GAP: Final = 3
_SHORTEST: Final = 5
_SHORTEST_WITH_LETTERS: Final = 4
_LOCAL_PHONE: Final = 7
_NATIONAL_PHONE: Final = 10
_LOOK: Final = 60
PHONES: Final = frozenset({"phone", "mobile", "telephone", "whatsapp", "signal", "viber", "fax"})
_PHONE_PREFIXES: Final = ("", "7", "8", "007", "9907", "8107", "997", "007")
_DOCUMENT: Final = re.compile(
    r"паспорт|удостоверени|свидетельств|билет|документ|серия|номер|№|куалик|кужат|passport|document|"
    r"id card|certificate|military",
)


def codes_of(persons: tuple[Person, ...]) -> list[Code]:
    """Return everything about the persons that is found by its letters and digits."""
    found: list[Code] = []
    for index, person in enumerate(persons):
        for identifier in person.identifiers:
            found.extend(_identifier(index, identifier.value))
        for contact in person.contacts:
            found.extend(_contact(index, contact.type, contact.value))
        for name in person.names:
            if name.type == "online_handle":
                found.extend(_contact(index, "handle", name.full))
    return found


def _identifier(index: int, value: str) -> Iterator[Code]:
    key = code_key(value)
    if not _long_enough(key):
        return
    yield Code(index, "identifier", key)
    letters = re.match(r"^[^\W\d]+", "".join(c for c in value if c.isalnum()))
    chunks = re.findall(r"\d+", value)
    if (letters or len(chunks) > 1) and len(chunks[-1]) >= 6:  # noqa: PLR2004 - numbers of documents
        yield Code(index, "identifier", code_key(chunks[-1]), _DOCUMENT)


def _long_enough(key: str) -> bool:
    if key.isdigit():
        return len(key) >= _SHORTEST
    return len(key) >= _SHORTEST_WITH_LETTERS and any(c.isdigit() for c in key)


def _contact(index: int, kind: str, value: str) -> Iterator[Code]:
    digits = "".join(c for c in value if c.isdigit())
    looks_like_phone = len(digits) >= _LOCAL_PHONE and not re.search(r"[^\W\d]", value)
    if kind == "imei" or (looks_like_phone and len(digits) > 13):  # noqa: PLR2004 - E.164 and more
        yield Code(index, "identifier", code_key(value))
    elif kind in PHONES or looks_like_phone:
        national = digits[-_NATIONAL_PHONE:]
        if len(digits) in {10, 11, 12, 13} and len(national) == _NATIONAL_PHONE:
            for prefix in _PHONE_PREFIXES:
                yield Code(index, "contact", code_key(prefix + national))
            yield Code(index, "contact", code_key(national[-_LOCAL_PHONE:]))
        if len(digits) >= 12:  # noqa: PLR2004 - countries whose national numbers have nine figures
            for prefix in ("", "0"):
                yield Code(index, "contact", code_key(prefix + digits[-9:]))
        yield Code(index, "contact", code_key(digits))
    else:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", value.strip().lower())
        for spelling in {
            value,
            bare,
            re.sub(r"^(?:t\.me|vk\.com|instagram\.com|facebook\.com)/", "", bare),
        }:
            key = code_key(spelling)
            if len(key) >= _SHORTEST_WITH_LETTERS + 1:
                yield Code(index, "contact", key)


class CodeTrie:
    """All codes of a case; walks any text in one pass."""

    def __init__(self, codes: list[Code]) -> None:
        """Make the trie; several codes may have the same letters and digits."""
        self._root = _Node()
        for code in codes:
            if not code.key:
                continue
            node = self._root
            for character in code.key:
                node = node.next.setdefault(character, _Node())
            if code not in node.codes:
                node.codes.append(code)

    def search(self, folded: Folded) -> Iterator[tuple[int, int, tuple[Code, ...]]]:
        """Yield the longest code at each place where one begins, by position in the original."""
        text = code_character(folded.text)
        root = self._root.next
        for found in re.finditer(r"\d+|[^\W\d_]+", folded.text):
            at = found.start()
            if text[at] in root:
                end, codes = self._walk(text, folded.text, at)
                if end:
                    before = at
                    while before and folded.text[before - 1] in "+(":
                        before -= 1
                    start, stop = folded.span(before, end)
                    yield start, stop, codes

    def _walk(self, text: str, plain: str, at: int) -> tuple[int, tuple[Code, ...]]:
        node, best, codes, gap = self._root, 0, (), 0
        best_codes: tuple[Code, ...] = codes
        position, length = at, len(text)
        while position < length:
            character = text[position]
            if character.isalnum():
                following = node.next.get(character)
                if following is None:
                    break
                node, gap = following, 0
                position += 1
                if node.codes and _bounded(plain, position):
                    fitting = tuple(c for c in node.codes if _has_word(c, plain, at))
                    if fitting:
                        best, best_codes = position, fitting
            elif (gap < _LONGEST_GAP and character in _SEPARATORS) or character in "@:":
                gap += 1
                position += 1
                if gap > _LONGEST_GAP:
                    break
            else:
                break
        return best, best_codes


def _bounded(plain: str, end: int) -> bool:
    if end >= len(plain):
        return True
    last, following = plain[end - 1], plain[end]
    if last.isdigit():
        return not following.isdigit()
    return not (following.isalpha() and last.isalpha())


def _has_word(code: Code, plain: str, at: int) -> bool:
    if code.needs_word is None:
        return True
    # What a token says is no context: the result must not change when it is read again.
    before = plain[max(0, at - _LOOK) : at].rpartition("]")[2]
    return code.needs_word.search(before) is not None
