# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of records in words; what cannot be read is shown as it was written."""

from __future__ import annotations

import datetime
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTime

from vault.domain import edtf
from vault.i18n import _, current_language, plural

_UNIT: Final = 1024


def locale_now() -> QLocale:
    """Return the formats of dates and numbers for the window's language."""
    return QLocale(current_language())


def date_words(text: str) -> str:
    """Return a date of the case format as people write it."""
    if not text or not edtf.is_valid(text):
        return text
    date = edtf.parse(text)
    if date.precision is edtf.Precision.OPEN:
        return _("to this day")
    shown = _exact(date)
    return _("about {date}").format(date=shown) if date.approximate else shown


def _exact(date: edtf.EdtfDate) -> str:
    locale = locale_now()
    if date.precision is edtf.Precision.YEAR:
        return str(date.year)
    day = QDate(date.year, date.month or 1, date.day or 1)
    if date.precision is edtf.Precision.MONTH:
        return locale.standaloneMonthName(date.month) + f" {date.year}"
    shown = locale.toString(day, QLocale.FormatType.ShortFormat)
    if "yyyy" not in locale.dateFormat(QLocale.FormatType.ShortFormat):
        shown = locale.toString(day, "d MMM yyyy")
    if date.instant is not None:
        time = QTime(date.instant.hour, date.instant.minute)
        # The offset stays in sight: an hour's difference decides a detention deadline.
        offset = date.instant.strftime("%z")
        shown += f", {locale.toString(time, 'HH:mm')} (UTC{offset[:3]}:{offset[3:]})"
    return shown


def period_words(start: str, end: str) -> str:
    """Return a beginning and an end as one phrase."""
    if not end or end == start:
        return date_words(start)
    return f"{date_words(start)} – {date_words(end)}"


def moment_words(moment: str) -> str:
    """Return a UTC time stamp of the vault as local date and time."""
    try:
        parsed = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return moment
    local = parsed.astimezone()
    locale = locale_now()
    day = locale.toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
    return f"{day}, {local:%H:%M}"


def time_left_words(due: str, today: datetime.date) -> str:
    """Return how far away a deadline is, in whole days, or "" when that cannot be told."""
    if not due or not edtf.is_valid(due) or due == edtf.OPEN:
        return ""
    days = (edtf.parse(due).earliest() - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return plural("in {count} day", "in {count} days", days).format(count=days)
    return plural("{count} day ago", "{count} days ago", -days).format(count=-days)


def size_words(size_bytes: int | None) -> str:
    """Return a size in the units people use, of 1024 each."""
    if size_bytes is None:
        return ""
    if size_bytes < _UNIT:
        return plural("{count} byte", "{count} bytes", size_bytes).format(count=size_bytes)
    names = (_("{size} KB"), _("{size} MB"), _("{size} GB"))
    power = 1
    while power < len(names) and size_bytes >= _UNIT ** (power + 1):
        power += 1
    shown = locale_now().toString(size_bytes / _UNIT**power, "f", 1)
    return names[power - 1].format(size=shown)
