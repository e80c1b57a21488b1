# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates are said as each language says them, and never more exactly than allowed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.exports.dossier.dates import day_in_words, generalised, in_words, period_in_words


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text, language, words",
    [
        ("2026-02-05", "ru", "5 февраля 2026 г."),
        ("2026-02-05", "en", "5 February 2026"),
        ("2026-02-05", "kk", "2026 жылғы 5 ақпан"),
        ("2023-03", "ru", "март 2023 г."),
        ("2023", "ru", "2023 г."),
        ("2023", "kk", "2023 жыл"),
        ("2023-06-19~", "ru", "примерно 19 июня 2023 г."),
        ("2023-06-19~", "en", "about 19 June 2023"),
        ("2025-09-11T14:20+05:00", "ru", "11 сентября 2025 г., 14:20"),
        ("..", "ru", ""),
        ("", "ru", ""),
        ("nonsense", "en", ""),
    ],
)
def test_one_date_is_said_in(text: str, language: str, words: str) -> None:
    assert plain(in_words(text, language)) == words


@pytest.mark.parametrize(
    "start, end, language, words",
    [
        ("2022-09-26", "2022-09-27", "ru", "26–27 сентября 2022 г."),
        ("2023-11-20", "2023-11-23", "kk", "2023 жылғы 20–23 қараша"),
        ("2022-10-04", "2022-10-04", "en", "4 October 2022"),
        ("2023-12-15", "2024-01-10", "en", "15 December 2023 – 10 January 2024"),
        ("2023-07-02", "2023-07-11~", "ru", "2 июля 2023 г. – примерно 11 июля 2023 г."),
        ("2026-01", "..", "ru", "с января 2026 г. по настоящее время"),
        ("2026-01", "..", "en", "since January 2026"),
        ("2023-03", "", "en", "March 2023"),
        ("", "2023-03", "en", "March 2023"),
        ("2023-07", "2023-07~", "ru", "июль 2023 г."),
    ],
)
def test_a_period_is_said_shortly(start: str, end: str, language: str, words: str) -> None:
    assert plain(period_in_words(start, end, language)) == words


def test_a_day_never_parts_from_its_month() -> None:
    assert day_in_words(datetime.date(2026, 2, 12), "ru") == "12\u00a0февраля 2026\u00a0г."


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(["", "~"]))
def test_a_generalised_date_keeps_nothing_finer(day: datetime.date, mark: str) -> None:
    text = day.isoformat() + mark

    assert generalised(text, "generalise_month") == f"{day:%Y-%m}{mark}"
    assert generalised(text, "generalise_year") == f"{day:%Y}{mark}"
    assert generalised(text, "mask") == ""
    assert generalised(text, "keep") == text


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(["ru", "en", "kk"]))
def test_every_day_has_words_with_its_year(day: datetime.date, language: str) -> None:
    words = plain(in_words(day.isoformat(), language))

    assert str(day.day) in words.split()
    assert f"{day:%Y}" in words.split() or f"{day:%Y}" in words
