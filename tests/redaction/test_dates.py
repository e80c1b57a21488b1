# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day in every form in which it is written, and numbers that are no day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.redaction.dates import MONTH_NAMES, find_dates
from vault.redaction.folding import fold

RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
FORMS = (
    "{d:02}.{m:02}.{y}",
    "{d}.{m}.{y}",
    "{d:02}-{m:02}-{y}",
    "{d:02}/{m:02}/{y}",
    "{y}-{m:02}-{d:02}",
    "{d} {ru} {y} года",
    "{d} {ru} {y} г.",
    "«{d:02}» {ru} {y} года",
    "{d}-го {ru} {y}",
    "{D} {RU} {y}",
    "{d} {en} {y}",
    "{en} {d}, {y}",
    "{d}th of {en} {y}",
    "{y} жылғы {d} {kk}",
    "{y} ж. {d} {kk}да",
    "{d:02} {m:02} {y}",
    "{d:02}.{m:02}.{short:02}",
    "{d}-{m}-{short:02}",
)


def days(text: str) -> set[datetime.date]:
    return {date for hit in find_dates(fold(text)) for date in hit.dates}


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2039, 12, 31)), st.sampled_from(FORMS))
def test_a_day_is_read_from_every_form(day: datetime.date, form: str) -> None:
    written = form.format(
        d=day.day, D=day.day, m=day.month, y=day.year, short=day.year % 100,
        ru=RUSSIAN[day.month - 1], RU=RUSSIAN[day.month - 1].upper(),
        en=MONTH_NAMES["en"][day.month - 1], kk=MONTH_NAMES["kk"][day.month - 1],
    )  # fmt: skip
    assert day in days(f"слово {written} слово"), written


@pytest.mark.parametrize(
    "text",
    [
        "дело № 1117.05.1994", "№ 7-17.05.1994", "7599-25-00-2/17", "статья 17 часть 5, 1994 листа",
        "17.05", "32.05.1994", "17.13.1994", "17.05.19945", "17.05.1994.3", "40 суток", "май 1994",
        "версия 1.2.3", "10.0.0.17",
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert days(text) == set()


def test_a_day_in_words_is_read() -> None:
    assert days("семнадцатого мая 1994 года") == {datetime.date(1994, 5, 17)}
    assert days("двадцать первое июня 1982 г.") == {datetime.date(1982, 6, 21)}
    assert days("седьмого июля 1999") == {datetime.date(1999, 7, 7)}


@given(st.text())
def test_any_text_is_read_without_fault_and_in_its_bounds(text: str) -> None:
    for hit in find_dates(fold(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.dates
