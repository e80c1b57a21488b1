# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of a day in every form in which people write them, in Russian, English and Kazakh.

Numbers of cases, articles and durations are not dates: a date has a year, is bounded by
something that is neither digit nor separator, and names a day that exists.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vault.redaction.folding import Folded, as_cyrillic, cyrillic_key

MONTH_NAMES: Final = {
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
           "октябрь", "ноябрь", "декабрь"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз",
           "қыркүйек", "қазан", "қараша", "желтоқсан"),
}  # fmt: skip
_RUSSIAN: Final = ("янв", "фев", "март мар", "апр", "мая май мае маю", "июн", "июл", "авг", "сен",
                   "окт", "ноя", "дек")  # fmt: skip
_ENGLISH: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                   "dec")  # fmt: skip


_MAY: Final = 5


def _month_pattern() -> str:
    kazakh = [cyrillic_key(name) for name in MONTH_NAMES["kk"]]
    groups = []
    for number, (russian, english, name) in enumerate(
        zip(_RUSSIAN, _ENGLISH, kazakh, strict=True), 1
    ):
        # «май» has too few letters to let any ending follow.
        tail = "" if number == _MAY else "[а-я]*"
        stems = "|".join(cyrillic_key(stem) for stem in russian.split())
        groups.append(f"(?P<m{number}>(?:{stems}){tail}|{name}[а-я]*|{english}[a-z]*)")
    return "(?:" + "|".join(groups) + r")\.?"


_MONTH: Final = _month_pattern()
_SPACE: Final = r"[\s\-]{0,3}"
_SEP: Final = r"\s?[.\-/ ,]\s?"
_YEAR_WORD: Final = r"(?:\s?(?:год[а-я]*|г(?!\.?\s?р)\.?|жылгы|жыл[а-я]*|ж\.(?!\s?т)|year))?"
_EDGE_BEFORE: Final = r"(?<![\d])(?<!\d[.\-/])"
_EDGE_AFTER: Final = r"(?!\d)(?![.\-/]\d)"
_ORDINAL: Final = r"(?:-?(?:го|е|ое|st|nd|rd|th|шы|ши))?"
_QUOTE: Final = r"[«\"“”»']?"

_DAY_STEMS: Final = """
перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат
четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат
"""
_DAY_WORDS: Final = tuple(_DAY_STEMS.split())
_DAY_WORD: Final = (
    r"(?:(?P<tens>двадцать|тридцать) )?(?P<word>"
    + "|".join((*sorted(_DAY_WORDS, key=len, reverse=True), "тридцат"))
    + r")(?:ого|ое|ому|ым|ом|ьего|его|ье|ь?е)"
)
_ANY_MONTH: Final = re.sub(r"\?P<m\d+>", "?:", _MONTH)
_DAY_AND_MONTH: Final = (
    _EDGE_BEFORE + _QUOTE + r"(?P<day>\d{1,2})" + _ORDINAL + _QUOTE + _SPACE + r"(?:of\s)?" + _MONTH
)
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # 17.05.1994, 17-05-94, 17/5/1994, 17 05 1994
        _EDGE_BEFORE + r"(?P<day>\d{1,2})(?P<sep>" + _SEP + r")(?P<month>\d{1,2})" + _SEP
        + r"(?P<year>\d{4}|\d{2})" + _EDGE_AFTER + _YEAR_WORD,
        # 1994-05-17, 1994.05.17
        _EDGE_BEFORE + r"(?P<year>\d{4})" + _SEP + r"(?P<month>\d{1,2})" + _SEP
        + r"(?P<day>\d{1,2})(?!\d)(?![.\-/]\d)",
        # 17 мая 1994 года, «17» мая 1994 г., 17-го мая 1994, 17 May 1994, 17th of May, 1994
        _DAY_AND_MONTH + r",?" + _SPACE + r"(?P<year>\d{4})(?!\d)" + _YEAR_WORD,
        # 17 мая 94 г., 17-May-94
        _DAY_AND_MONTH + _SPACE + r"(?P<year>'?\d{2})(?!\d)(?![.\-/]\d)(?!\s?" + _ANY_MONTH + ")"
        + _YEAR_WORD,
        # семнадцатого мая 1994 года
        r"(?<![а-я])" + _DAY_WORD + r"\s" + _MONTH + _SPACE + r"(?P<year>\d{4})(?!\d)" + _YEAR_WORD,
        # May 17, 1994
        r"(?<![a-zа-я])" + _MONTH + r"\s?(?P<day>\d{1,2})" + _ORDINAL
        + r",?\s?(?P<year>\d{4})(?!\d)",
        # 1994 жылғы 17 мамыр, 1994 ж. 17 мамырда, 1994 May 17
        _EDGE_BEFORE + r"(?P<year>\d{4})(?:\s?(?:жылгы|жылы|жыл|ж\.|года|г\.))?,?" + _SPACE
        + r"(?P<day>\d{1,2})" + _SPACE + _MONTH,
        _EDGE_BEFORE + r"(?P<year>\d{4})" + _SPACE + _MONTH + _SPACE + r"(?P<day>\d{1,2})(?!\d)",
        # 17051994 is a date of birth in file names and passwords; only the registry confirms it.
        r"(?<!\d)(?P<compact>\d{8})(?!\d)",
    )
)  # fmt: skip
_CENTURY_PIVOT: Final = 40
_YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date found in a folded text; several when day and month can be exchanged."""

    start: int
    end: int
    dates: tuple[datetime.date, ...]
    compact: bool = False


def find_dates(folded: Folded) -> Iterator[DateHit]:
    """Yield every date of a day, with positions in the original text."""
    folded = as_cyrillic(folded)
    for pattern in _PATTERNS:
        for found in pattern.finditer(folded.text):
            groups = found.groupdict()
            compact = groups.get("compact")
            dates = _compact_dates(compact) if compact else _dates(groups)
            if dates:
                start, end = _without_loose_quotes(found)
                left, right = folded.span(start, end)
                yield DateHit(left, right, dates, compact is not None)


def _without_loose_quotes(found: re.Match[str]) -> tuple[int, int]:
    start, end = found.span()
    text = found[0]
    if text[:1] in "«\"“”'" and not re.search(r"\d\S{0,3}[»\"”']", text):
        start += 1
    return start, end - (len(text) - len(text.rstrip()))


def _dates(groups: dict[str, str | None]) -> tuple[datetime.date, ...]:
    day = _day_of_words(groups) if groups.get("word") else int(groups["day"] or 0)
    years = _years((groups["year"] or "").lstrip("'"))
    named = next((n for n in range(1, 13) if groups.get(f"m{n}")), 0)
    pairs = [(named, day)] if named else [(int(groups["month"] or 0), day)]
    if not named:
        pairs.append((pairs[0][1], pairs[0][0]))
    found = []
    for year in years:
        for month, day_ in pairs:
            try:
                found.append(datetime.date(year, month, day_))
            except ValueError:
                continue
    return tuple(dict.fromkeys(found))


def _day_of_words(groups: dict[str, str | None]) -> int:
    word = groups["word"] or ""
    number = _DAY_WORDS.index(word) + 1 if word in _DAY_WORDS else 30
    tens = {"двадцать": 20, "тридцать": 30}.get(groups["tens"] or "", 0)
    return tens + number


def _years(text: str) -> tuple[int, ...]:
    if len(text) == _YEAR_DIGITS:
        year = int(text)
        return (year,) if 1850 <= year <= 2150 else ()  # noqa: PLR2004 - lives and terms of law
    short = int(text)
    first = 2000 if short < _CENTURY_PIVOT else 1900
    return (first + short, 3900 - first + short)


def _compact_dates(text: str) -> tuple[datetime.date, ...]:
    found = []
    for year, month, day in (
        (text[4:], text[2:4], text[:2]),
        (text[:4], text[4:6], text[6:]),
        (text[4:], text[:2], text[2:4]),
    ):
        try:
            found.append(datetime.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)


_BORN: Final = (
    r"(?:родил[а-я]*|рожден[а-я]?(?![а-я])|(?:год|дата|день|месяц) рожд[а-я]*|уроженец|"
    r"туган (?:кун|жыл)[а-я]*|туылган кун[а-я]*|born|birth|dob|d\.o\.b\.?)"
)
# Neither a bracket nor a number may stand between: a token is no context for the next date.
BIRTH_BEFORE: Final = re.compile(_BORN + r"[^.!?;\d\n\]]{0,24}$")
BIRTH_AFTER: Final = re.compile(
    r"^[\s,)]{0,3}(?:г\.?\s?р\b|года рожд|г\. рожд|рожд|туган|жылы туган|ж\.\s?т)"
)
BIRTH_YEAR: Final = re.compile(
    r"(?P<before>" + _BORN + r"[^.!?;\d\n\]]{0,20})?"
    r"(?<!\d)(?<!\d[.\-/])(?P<year>(?:19|20)\d{2})(?!\d)(?![.\-/]\d)"
    r"(?P<after>\s?(?:года?\s?рожд[а-я]*|г\.?\s?р\.?(?![а-я])|г\.?\s?рожд[а-я]*|-го\s?года?\s?рожд[а-я]*"
    r"|жылы\s?туган|жылгы\s?туган|ж\.\s?т\.?))?"
)
