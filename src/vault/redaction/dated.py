# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of birth of the case in every form, and what a profile does to all other dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vault.domain import edtf
from vault.domain.edtf import EdtfDate, Precision
from vault.domain.errors import BadDate
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.redaction.dates import BIRTH_AFTER, BIRTH_BEFORE, BIRTH_YEAR, DateHit, find_dates
from vault.redaction.disclosure import KEEP, Disclosure, category_rule, strictness
from vault.redaction.folding import Folded, as_cyrillic, fold
from vault.redaction.marks import Marks
from vault.redaction.shown import ShownPersons
from vault.redaction.spans import Span

_LOOK = 60


class DateFinder:
    """Finds the dates that one profile does not show as they stand."""

    def __init__(
        self,
        persons: tuple[Person, ...],
        profile: DisclosureProfile,
        marks: Marks,
        shown: ShownPersons,
    ) -> None:
        """Take the dates of birth of the persons; a date that cannot be read is left out."""
        self._marks = marks
        self._shown = shown
        self._persons = persons
        self._event_rule = category_rule(profile, "date")
        self._birth_rule = category_rule(profile, "date_of_birth")
        self._days: dict[datetime.date, list[int]] = {}
        self._years: dict[int, list[int]] = {}
        for index, person in enumerate(persons):
            try:
                born = edtf.parse(person.date_of_birth)
            except BadDate:
                continue
            if born.precision in {Precision.DAY, Precision.TIME}:
                self._days.setdefault(born.earliest(), []).append(index)
            if born.year:
                self._years.setdefault(born.year, []).append(index)

    def spans(self, text: str, folded: Folded) -> Iterator[Span]:
        """Yield what happens to the dates of a text."""
        for hit in find_dates(folded):
            span = self._birthday(hit) or self._unknown_birthday(text, hit) or self._event(hit)
            if span is not None:
                yield span
        yield from self._birth_years(folded)

    def _birthday(self, hit: DateHit) -> Span | None:
        for date in hit.dates:
            found = self._days.get(date)
            if found:
                rules = [(self._shown.data_rule("date_of_birth", index), index) for index in found]
                rule, index = max(rules, key=lambda one: _hides(one[0]))
                person_id = self._persons[index].id
                if rule.action == KEEP:
                    return None
                return self._span(hit, date, "date_of_birth", rule, person_id)
        return None

    def _unknown_birthday(self, text: str, hit: DateHit) -> Span | None:
        if (
            hit.compact
            or self._birth_rule.action == KEEP
            or any(d in self._days for d in hit.dates)
        ):
            return None
        before = as_cyrillic(fold(text[max(0, hit.start - _LOOK) : hit.start])).text
        after = as_cyrillic(fold(text[hit.end : hit.end + _LOOK])).text
        if BIRTH_BEFORE.search(before) is None and BIRTH_AFTER.match(after) is None:
            return None
        return self._span(hit, hit.dates[0], "date_of_birth", self._birth_rule, "", review=True)

    def _event(self, hit: DateHit) -> Span | None:
        if hit.compact or self._event_rule.action == KEEP:
            return None
        if any(date in self._days for date in hit.dates):
            return None
        return self._span(hit, hit.dates[0], "date", self._event_rule, "")

    def _span(
        self,
        hit: DateHit,
        date: datetime.date,
        category: str,
        rule: Disclosure,
        person_id: str,
        *,
        review: bool = False,
    ) -> Span:
        day = EdtfDate(
            date.isoformat(), Precision.DAY, year=date.year, month=date.month, day=date.day
        )
        return Span(
            start=hit.start,
            end=hit.end,
            person_id=person_id,
            category=category,
            action=rule.action,
            reason=rule.reason,
            review=review,
            token=self._marks.date(day, rule.action, rule.reason),
            doubt="pattern" if review else "",
        )

    def _birth_years(self, folded: Folded) -> Iterator[Span]:
        """A year of birth alone is hidden where even the year is not shown."""
        for found in BIRTH_YEAR.finditer(as_cyrillic(folded).text):
            if not (found["before"] or found["after"]):
                continue
            for index in self._years.get(int(found["year"]), ()):
                rule = self._shown.data_rule("date_of_birth", index)
                if rule.action in {"mask", "remove"}:
                    start, end = folded.span(*found.span("year"))
                    yield Span(
                        start=start, end=end, person_id=self._persons[index].id,
                        category="date_of_birth", action=rule.action, reason=rule.reason,
                        review=False, token=self._marks.data(rule.reason),
                    )  # fmt: skip
                    break


def _hides(rule: Disclosure) -> int:
    return strictness(rule.action)
