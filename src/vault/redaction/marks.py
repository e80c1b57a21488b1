# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands where something was hidden: fixed tokens, in the language of the output.

A token tells the reason and a stable pseudonym, and nothing of what was there: neither its
length nor its form. Readers on the other side of the case (`ADVERSE_AUDIENCES`) get neutral
tokens, because a reason tells that a source or a route exists.

The words are messages of the catalogues. A filing must not fall back to English because a
catalogue is missing, so the same words stand here too and are used where it has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vault.domain.edtf import EdtfDate, Precision
from vault.domain.people import Person
from vault.domain.profiles import ADVERSE_AUDIENCES
from vault.i18n import Translator, mark, translator
from vault.redaction.dates import MONTH_NAMES
from vault.redaction.folding import is_cyrillic
from vault.redaction.transliteration import plain_latin

_REASONS: Final = {
    "CLIENT": mark("applicant"),
    "FAM": mark("family member"),
    "MINOR": mark("minor"),
    "WIT": mark("witness, identity withheld"),
    "TP": mark("third party"),
    "SRC": mark("source of information"),
    "ID": mark("document number"),
    "CONTACT": mark("contact details"),
    "ADDR": mark("address"),
    "DOB": mark("date of birth"),
    "MED": mark("medical information"),
    "ROUTE": mark("route"),
    "PRIV": mark("legal privilege"),
    "SEC": mark("security"),
    "NOCONS": mark("no consent"),
}
_HIDDEN: Final = mark("[REDACTED – {what}]")
_HIDDEN_PLAIN: Final = mark("[REDACTED]")
_PERSON_N: Final = mark("[Person {number}]")
_WITHHELD: Final = mark("[information withheld]")
_IN_YEAR: Final = mark("[{year}]")
_IN_MONTH: Final = mark("[{month} {year}]")
_OWN_WORDS: Final[dict[str, dict[str, str]]] = {
    "ru": {
        "applicant": "заявитель",
        "family member": "член семьи",
        "minor": "несовершеннолетний",
        "witness, identity withheld": "свидетель, данные скрыты",
        "third party": "третье лицо",
        "source of information": "источник сведений",
        "document number": "номер документа",
        "contact details": "контактные данные",
        "address": "адрес",
        "date of birth": "дата рождения",
        "medical information": "медицинские сведения",
        "route": "маршрут",
        "legal privilege": "адвокатская тайна",
        "security": "безопасность",
        "no consent": "нет согласия",
        _HIDDEN: "[СКРЫТО – {what}]",
        _HIDDEN_PLAIN: "[СКРЫТО]",
        _PERSON_N: "[Лицо {number}]",
        _WITHHELD: "[сведения скрыты]",
        _IN_YEAR: "[{year} г.]",
        _IN_MONTH: "[{month} {year} г.]",
    },
    "kk": {
        "applicant": "өтініш беруші",
        "family member": "отбасы мүшесі",
        "minor": "кәмелетке толмаған",
        "witness, identity withheld": "куә, деректері жасырылған",
        "third party": "үшінші тұлға",
        "source of information": "ақпарат көзі",
        "document number": "құжат нөмірі",
        "contact details": "байланыс деректері",
        "address": "мекенжай",
        "date of birth": "туған күні",
        "medical information": "медициналық мәліметтер",
        "route": "бағыт",
        "legal privilege": "адвокаттық құпия",
        "security": "қауіпсіздік",
        "no consent": "келісім жоқ",
        _HIDDEN: "[ЖАСЫРЫЛДЫ – {what}]",
        _HIDDEN_PLAIN: "[ЖАСЫРЫЛДЫ]",
        _PERSON_N: "[{number}-тұлға]",
        _WITHHELD: "[мәліметтер жасырылды]",
        _IN_YEAR: "[{year} ж.]",
        _IN_MONTH: "[{year} ж. {month}]",
    },
}  # fmt: skip
_CODE: Final = re.compile(r"\b[A-ZА-ЯЁ]{1,2}-?\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The stable pseudonyms of one case: `number` counts its persons, `code` one role's."""

    number: int
    code: str


_LETTER: Final = (("WIT", "W"), ("FAM", "F"), ("MINOR", "C"), ("CLIENT", "A"))


def pseudonyms(persons: tuple[Person, ...], reasons: dict[str, str]) -> dict[str, Pseudonyms]:
    """Give every person of the case a number and a code such as W2, in the order of the file.

    A code that the lawyer already wrote into a person's own pseudonym is that person's, and
    nobody else's.
    """
    own = {person.id: _own_code(person) for person in persons}
    taken = {code for code in own.values() if code}
    found = {}
    for number, person in enumerate(persons, 1):
        letter = dict(_LETTER).get(reasons.get(person.id, ""), "P")
        code = own[person.id] or _free(letter, taken)
        taken.add(code)
        found[person.id] = Pseudonyms(number, code)
    return found


def _own_code(person: Person) -> str:
    for text in person.default_pseudonym:
        if found := _CODE.search(text):
            return found[0]
    return ""


def _free(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


class Marks:
    """The tokens of one output: one language, one audience."""

    def __init__(self, language: str, audience: str) -> None:
        """Make tokens in `language`; `audience` is that of the disclosure profile."""
        self._texts: Translator = translator(language)
        self._own = _OWN_WORDS.get(self._texts.language, {})
        self._neutral = audience in ADVERSE_AUDIENCES

    @property
    def language(self) -> str:
        """The code of the language of the tokens."""
        return self._texts.language

    def _word(self, message: str) -> str:
        said = self._texts.text(message)
        return self._own.get(message, said) if said == message else said

    def reason(self, code: str) -> str:
        """Return the words for a reason code, "" for one that the program does not know."""
        return self._word(_REASONS[code]) if code in _REASONS else ""

    def data(self, reason: str) -> str:
        """Return the token for a number, an address, a date that is masked."""
        return self._word(_WITHHELD) if self._neutral else self._hidden(self.reason(reason))

    def _hidden(self, what: str) -> str:
        if not what:
            return self._word(_HIDDEN_PLAIN)
        return self._word(_HIDDEN).format(what=what)

    def person(self, person: Person, action: str, reason: str, known: Pseudonyms) -> str:
        """Return the token for a person, by what is done to the name."""
        if action == "initials":
            return self.initials(person)
        own = person.default_pseudonym.get(self.language)
        if self._neutral:
            if action == "role" and own:
                return f"[{own}]"
            return self._word(_PERSON_N).format(number=known.number)
        label = self.reason(reason)
        if action not in {"pseudonym", "role"}:
            return self._hidden(label)
        if own and not _CODE.search(own):
            return self._hidden(own)
        return self._hidden(f"{label}, {known.code}" if label else known.code)

    def several(self, reason: str) -> str:
        """Return the token where it is open which of several hidden persons is meant."""
        return self._word(_WITHHELD) if self._neutral else self._hidden(self.reason(reason))

    def initials(self, person: Person) -> str:
        """Return a person's initials, family name first; every part of a double name counts."""
        latin = self.language == "en"
        names = sorted(
            (name for name in person.names if name.family or name.given),
            key=lambda name: ((name.script == "Latn") is not latin, name.type != "legal"),
        )
        if not names:
            return self._word(_HIDDEN_PLAIN)
        chosen = names[0]
        full = next((name for name in names if name.patronymic), chosen)
        parts = (chosen.family, chosen.given, chosen.patronymic or full.patronymic)
        return " ".join(_initial(part, latin=latin) for part in parts if part)

    def date(self, date: EdtfDate, action: str, reason: str) -> str:
        """Return what is left of a date, or the token when nothing is."""
        if action == "generalise_year" and date.year:
            return self._word(_IN_YEAR).format(year=date.year)
        if action == "generalise_month" and date.precision is not Precision.YEAR and date.month:
            month = MONTH_NAMES[self.language][date.month - 1]
            return self._word(_IN_MONTH).format(month=month, year=date.year)
        if action == "generalise_month" and date.year:
            return self._word(_IN_YEAR).format(year=date.year)
        return self.data(reason)


def _initial(part: str, *, latin: bool) -> str:
    letters = []
    for piece in re.split(r"[-\s]+", part):
        if not piece:
            continue
        if latin and is_cyrillic(piece[0]):
            letters.append(plain_latin(piece[0]).capitalize() or piece[0])
        else:
            letters.append(piece[0].upper())
    return "-".join(f"{letter}." for letter in letters)
