# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as people remember them: the EDTF subset of the case format.

`2023`, `2023-03`, `2023-03-17`, each with an optional `~` for "approximately", date-times with
minutes or seconds and an offset (`2025-09-11T14:20+05:00`), and `..` for an open end.
Source: the Extended Date/Time Format, ISO 8601-2:2019 level 1, reduced.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from vault.domain.errors import BadDate

OPEN: Final = ".."

_SHAPE: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?P<month>[0-9]{2})"
    r"(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
    r"(?P<approximate>~)?"
)
_LAST_OFFSET_MINUTE: Final = 59


class Precision(Enum):
    """How much of a date is known."""

    OPEN = "open"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One parsed date; `text` is exactly what was written and is what is stored."""

    text: str
    precision: Precision
    approximate: bool = False
    year: int = 0
    month: int = 0
    day: int = 0
    instant: datetime.datetime | None = None

    def earliest(self) -> datetime.date:
        """Return the first day the date can mean; an open end is the last day there is."""
        if self.precision is Precision.OPEN:
            return datetime.date.max
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> datetime.date:
        """Return the last day the date can mean."""
        if self.precision is Precision.OPEN:
            return datetime.date.max
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)

    def sort_key(self) -> tuple[datetime.date, datetime.date, str]:
        """Order by the first possible day, then the last, then as written."""
        return (self.earliest(), self.latest(), self.text)


def parse(text: str) -> EdtfDate:
    """Parse one date of the subset.

    Raises:
        BadDate: the text is of another shape, or names a day or time that does not exist.
    """
    if text == OPEN:
        return EdtfDate(text, Precision.OPEN)
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise BadDate(text=text[:40])
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    approximate = found["approximate"] is not None
    try:
        datetime.date(year, month if found["month"] else 1, day if found["day"] else 1)
        instant = _instant(found)
    except ValueError as error:
        raise BadDate(text=text[:40]) from error
    if instant is not None:
        precision = Precision.TIME
    elif found["day"]:
        precision = Precision.DAY
    else:
        precision = Precision.MONTH if found["month"] else Precision.YEAR
    return EdtfDate(text, precision, approximate, year, month, day, instant)


def _instant(found: re.Match[str]) -> datetime.datetime | None:
    if found["hour"] is None:
        return None
    offset = found["offset"]
    if offset != "Z" and int(offset[4:]) > _LAST_OFFSET_MINUTE:
        raise ValueError(offset)
    stamp = found[0].removesuffix("~")
    return datetime.datetime.fromisoformat(stamp)


def is_valid(text: str) -> bool:
    """Tell whether `parse` accepts the text."""
    try:
        parse(text)
    except BadDate:
        return False
    return True
