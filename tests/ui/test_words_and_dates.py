# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes and dates become words, in the window's language, and unknown ones stay as they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import i18n
from vault.domain import cases, consents, edtf, evidence, incidents, people, profiles
from vault.ui import words
from vault.ui.dates import date_words, moment_words, period_words, size_words, time_left_words
from vault.ui.speech import Speech

TODAY = datetime.date(2026, 2, 10)


@pytest.mark.parametrize(
    "table,codes",
    [
        (words.CASE_STATUS, cases.CASE_STATUSES),
        (words.RISK, cases.RISK_LEVELS),
        (words.PERSON_KIND, people.PERSON_KINDS),
        (words.PERSON_ROLE, people.PERSON_ROLES),
        (words.NAME_TYPE, people.NAME_TYPES),
        (words.SEX, people.SEXES),
        (words.CONFIDENTIALITY, people.CONFIDENTIALITY),
        (words.VIOLATION_STATUS, incidents.VIOLATION_STATUSES),
        (words.EVIDENCE_CATEGORY, evidence.EVIDENCE_CATEGORIES),
        (words.CUSTODY_ACTION, evidence.CUSTODY_ACTIONS),
        (words.CONSENT_FORM, consents.CONSENT_FORMS),
        (words.PURPOSE, consents.PURPOSES),
        (words.IDENTITY_USE, consents.IDENTITY_USES),
        (words.AUDIENCE, profiles.AUDIENCE_PURPOSE),
    ],
)
def test_every_code_of_the_domain_has_a_name(table: words.Words, codes: tuple[str, ...]) -> None:
    assert set(codes) <= set(table)
    assert len(set(table.values())) == len(table)


def test_a_code_without_a_name_is_shown_as_it_is() -> None:
    assert words.word(words.SEX, "unheard_of") == "unheard_of"


@pytest.mark.parametrize(
    "language,text,shown",
    [
        ("en", "2023", "2023"),
        ("en", "2023-03", "March 2023"),
        ("en", "2023-03-17", "17 Mar 2023"),
        ("en", "2023~", "about 2023"),
        ("en", "..", "to this day"),
        ("en", "2025-09-11T14:20+05:00", "11 Sep 2025, 14:20 (UTC+05:00)"),
        ("ru", "2023-03-17", "17.03.2023"),
        ("ru", "2025-09-11T14:20+05:00", "11.09.2025, 14:20 (UTC+05:00)"),
    ],
)
def test_a_date_is_written_as_people_write_it(
    language: str, text: str, shown: str, speech: Speech
) -> None:
    speech.speak(language)
    assert date_words(text) == shown


@given(st.text(max_size=30))
def test_what_is_no_date_is_shown_as_it_was_written(text: str) -> None:
    if not edtf.is_valid(text):
        assert date_words(text) == text


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_keeps_its_year(day: datetime.date) -> None:
    i18n.set_language("en")
    assert str(day.year) in date_words(day.isoformat())


def test_a_period_of_one_day_is_one_day(speech: Speech) -> None:
    assert period_words("2023-03-17", "2023-03-17") == date_words("2023-03-17")
    assert period_words("2023-03-17", "") == date_words("2023-03-17")
    assert period_words("2023", "..") == "2023 – to this day"


@pytest.mark.parametrize(
    "due,left",
    [
        ("2026-02-10", "today"),
        ("2026-02-11", "in 1 day"),
        ("2026-02-15", "in 5 days"),
        ("2026-02-09", "1 day ago"),
        ("2026-02-01", "9 days ago"),
        ("..", ""),
        ("", ""),
        ("soon", ""),
    ],
)
def test_the_time_left_is_said_in_days(due: str, left: str, speech: Speech) -> None:
    assert time_left_words(due, TODAY) == left


def test_a_time_stamp_that_is_none_is_shown_as_it_is() -> None:
    assert moment_words("not a moment") == "not a moment"


def test_sizes_have_units(speech: Speech) -> None:
    assert size_words(None) == ""
    assert size_words(384) == "384 bytes"
    assert size_words(5_000_000_000) == "4.7 GB"
    assert size_words(5_000_000_000_000) == "4,656.6 GB"
    assert size_words(1024) == "1.0 KB"
    assert size_words(1_048_576) == "1.0 MB"
    speech.speak("ru")
    assert size_words(969) == "969 байт"
    assert size_words(1) == "1 байт"
    assert size_words(1536) == "1,5 КБ"
