# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as people remember them, and nothing that only looks like one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.domain import edtf
from vault.domain.edtf import Precision
from vault.domain.errors import BadDate


@pytest.mark.parametrize(
    "text,precision,earliest,latest",
    [
        ("2023", Precision.YEAR, "2023-01-01", "2023-12-31"),
        ("2024-02", Precision.MONTH, "2024-02-01", "2024-02-29"),
        ("2023-03-17", Precision.DAY, "2023-03-17", "2023-03-17"),
        ("2023-03-17~", Precision.DAY, "2023-03-17", "2023-03-17"),
        ("2025-09-11T14:20+05:00", Precision.TIME, "2025-09-11", "2025-09-11"),
        ("2025-09-11T14:20:09Z", Precision.TIME, "2025-09-11", "2025-09-11"),
    ],
)
def test_a_date_covers_the_days_it_can_mean(
    text: str, precision: Precision, earliest: str, latest: str
) -> None:
    parsed = edtf.parse(text)
    assert parsed.precision is precision
    assert parsed.earliest() == datetime.date.fromisoformat(earliest)
    assert parsed.latest() == datetime.date.fromisoformat(latest)
    assert parsed.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-13",
        "2023-02-29",
        "2023-00-10",
        "0000",
        "17.03.2023",
        "2023-03-17T14:20",
        "2023-03-17T24:61+05:00",
        "2023-03-17T10:00+05:77",
        "2023~~",
        "2023-03-17 ",
        "２０２３",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(BadDate):
        edtf.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_parsed_or_refused_by_name(text: str) -> None:
    try:
        parsed = edtf.parse(text)
    except BadDate:
        return
    assert parsed.earliest() <= parsed.latest()


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_known_day_sorts_inside_its_month_and_year(day: datetime.date) -> None:
    exact = edtf.parse(day.isoformat())
    month = edtf.parse(day.isoformat()[:7])
    assert month.earliest() <= exact.earliest() <= month.latest()
    assert edtf.parse("..").sort_key() > exact.sort_key()


def test_an_instant_keeps_its_offset() -> None:
    instant = edtf.parse("2025-09-11T14:20+05:00").instant
    assert instant is not None
    assert instant.utcoffset() == datetime.timedelta(hours=5)
