# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates in words, in the language of the dossier and the style of its courts.

Russian `5 февраля 2026 г.`, English `5 February 2026`, Kazakh `2026 жылғы 5 ақпан`.
The tables are our own, so that the same dossier does not change with a library's data.
"""

from __future__ import annotations

import datetime
from typing import Final

from vault.domain import edtf
from vault.domain.edtf import EdtfDate, Precision

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
_MONTHS_OF: Final = {
    **_MONTHS,
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAY: Final = {"en": "{d}~{m} {y}", "ru": "{d}~{m} {y}~г.", "kk": "{y}~жылғы {d}~{m}"}
_MONTH: Final = {"en": "{m} {y}", "ru": "{m} {y}~г.", "kk": "{y}~жылғы {m}"}
_YEAR: Final = {"en": "{y}", "ru": "{y}~г.", "kk": "{y}~жыл"}
_ABOUT: Final = {"en": "about {date}", "ru": "примерно {date}", "kk": "шамамен {date}"}
_SINCE: Final = {
    "en": "since {date}",
    "ru": "с {date} по настоящее время",
    "kk": "{date} – қазіргі уақытқа дейін",
}
_GENERALISED: Final = {"generalise_year": 4, "generalise_month": 7}
_NBSP: Final = "\u00a0"


def generalised(text: str, action: str) -> str:
    """Return the EDTF text with no more precision than a disclosure action allows.

    An open end stays open; an action that keeps dates returns the text as it is. An action
    that hides dates altogether gives "".
    """
    if action in {"mask", "remove"}:
        return ""
    width = _GENERALISED.get(action)
    if width is None or text in {"", edtf.OPEN}:
        return text
    bare = text.removesuffix("~")
    return bare[:width] + text[len(bare) :]


def in_words(text: str, language: str) -> str:
    """Return one EDTF date in words; "" for no date and for an open end."""
    if not text or not edtf.is_valid(text):
        return ""
    return _words(edtf.parse(text), _known(language), genitive=False)


def day_in_words(day: datetime.date, language: str) -> str:
    """Return a calendar day in words."""
    return in_words(day.isoformat(), language)


def period_in_words(start: str, end: str, language: str) -> str:
    """Return a period in words, as short as it can be said: `26–27 September 2022`."""
    language = _known(language)
    if not edtf.is_valid(start):
        return in_words(end, language)
    first = edtf.parse(start)
    if end == edtf.OPEN:
        return _SINCE[language].format(date=_words(first, language, genitive=True))
    if not edtf.is_valid(end):
        return _words(first, language, genitive=False)
    last = edtf.parse(end)
    if _same_day(first, last):
        exact = first if first.instant or last.approximate else last
        return _words(exact, language, genitive=False)
    if _same_month(first, last):
        return _fill(_DAY, last, language, _MONTHS_OF, days=f"{first.day}–{last.day}")
    return " – ".join(_words(date, language, genitive=False) for date in (first, last))


def _same_day(first: EdtfDate, last: EdtfDate) -> bool:
    same = (first.year, first.month, first.day) == (last.year, last.month, last.day)
    # Two months that are the same month say nothing new by one of them being approximate.
    return same and (first.approximate == last.approximate or not first.day)


def _same_month(first: EdtfDate, last: EdtfDate) -> bool:
    both_days = first.precision is last.precision is Precision.DAY
    exact = not first.approximate and not last.approximate
    return both_days and exact and (first.year, first.month) == (last.year, last.month)


def _words(date: EdtfDate, language: str, *, genitive: bool) -> str:
    if date.precision is Precision.OPEN:
        return ""
    if date.precision is Precision.YEAR:
        words = _fill(_YEAR, date, language, _MONTHS)
    elif date.precision is Precision.MONTH:
        words = _fill(_MONTH, date, language, _MONTHS_OF if genitive else _MONTHS)
    else:
        words = _fill(_DAY, date, language, _MONTHS_OF)
    if date.instant is not None:
        words = f"{words}, {date.instant:%H:%M}"
    return _ABOUT[language].format(date=words) if date.approximate else words


def _fill(
    forms: dict[str, str],
    date: EdtfDate,
    language: str,
    months: dict[str, str],
    *,
    days: str = "",
) -> str:
    month = months[language].split()[date.month - 1] if date.month else ""
    text = forms[language].format(d=days or date.day, m=month, y=date.year)
    # A day never stands apart from its month, nor a year from its mark.
    return text.replace("~", _NBSP)


def _known(language: str) -> str:
    return language if language in _MONTHS else "en"
