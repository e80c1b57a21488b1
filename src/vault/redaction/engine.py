# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The redactor: one case, one disclosure profile, one language of tokens.

What must be hidden is known beforehand: the case's own people, numbers, contacts, addresses
and dates. The redactor makes every form of them once and then reads any number of texts.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vault.domain import edtf
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.redaction.addresses import AddressBook
from vault.redaction.codes import CodeTrie, codes_of
from vault.redaction.dated import DateFinder
from vault.redaction.disclosure import KEEP, category_rule, strictness
from vault.redaction.errors import ForeignProfile, NoSuchPerson
from vault.redaction.folding import Folded, fold
from vault.redaction.lexicon import Lexicon
from vault.redaction.linked import names_inside
from vault.redaction.marks import Marks
from vault.redaction.mentions import add_initials, find_hits, group, is_kazakh
from vault.redaction.patterns import (
    find_addresses_of_mail,
    find_machine_readable,
    find_patterns,
    find_urls,
)
from vault.redaction.phrases import PhraseBook
from vault.redaction.resolve import COMMON_WORD, Resolved, Resolver
from vault.redaction.shown import ShownPersons
from vault.redaction.spans import RedactedText, Review, Span, apply, settle

COMMON_WORD_REASON: Final = "COMMON_WORD"
"""The reason of a span whose word may be no name at all; a person has to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PseudonymRow:
    """One line of the schedule of what was hidden (`token`, `reason`) and of the key (`name`)."""

    person_id: str
    ref: str
    name: str
    token: str
    action: str
    reason: str


class Redactor:
    """Finds and hides; immutable once made, to be used by one thread at a time."""

    def __init__(
        self,
        snapshot: CaseSnapshot,
        profile: DisclosureProfile,
        language: str,
        *,
        as_of: datetime.date,
    ) -> None:
        """Prepare for texts of this case and readers of `profile`; tokens are in `language`.

        Raises:
            ForeignProfile: the profile belongs to another case.
        """
        if profile.case_id and profile.case_id != snapshot.case.id:
            raise ForeignProfile
        self._persons = snapshot.persons
        self._profile = profile
        self._marks = Marks(language, profile.audience)
        self._shown = ShownPersons(snapshot, profile, self._marks, as_of)
        self._lexicon = Lexicon(snapshot.persons)
        self._letters = self._lexicon.initials()
        self._codes = CodeTrie(codes_of(snapshot.persons))
        self._addresses = AddressBook(snapshot.persons, hide_detention=profile.audience == "public")
        self._phrases = PhraseBook(snapshot.persons)
        self._dates = DateFinder(snapshot.persons, profile, self._marks, self._shown)

    # --- finding ----------------------------------------------------------------------------

    def find(self, text: str, *, language: str = "") -> tuple[Span, ...]:
        """Return what the profile does not show as it stands, in order, without overlaps.

        `language` is that of the text; when it is not given, Kazakh is known by its letters.
        Positions count code points of `text`.
        """
        folded = fold(text) if _has_codes(text) else None
        found = [*self._names(text, language), *self._bodies(text), *self._places(text)]
        if folded is not None:
            found.extend(self._numbers(folded))
            found.extend(self._dates.spans(text, folded))
            found.extend(self._shapes(text, found))
            found.extend(self._names_in_links(text))
        return settle(text, found)

    def redact(self, text: str, *, language: str = "", review: Review = "mask") -> RedactedText:
        """Return the text with tokens in place of what `find` returns.

        What waits for review is hidden too (`mask`) or left as it stands (`leave`).
        """
        spans = self.find(text, language=language)
        return RedactedText(text=apply(text, spans, review), spans=spans)

    def _names(self, text: str, language: str) -> Iterator[Span]:
        hits = find_hits(text, self._lexicon, kazakh_text=is_kazakh(language, text))
        if not hits:
            return
        resolver = Resolver(text, self._persons, self._letters, hits)
        mentions = group(text, hits)
        starts = [mention.start for mention in mentions[1:]] + [len(text)]
        end = 0
        for mention, following in zip(mentions, starts, strict=True):
            add_initials(text, mention, self._letters, (end, following))
            end = mention.end
            resolved = resolver.resolve(mention)
            if resolved is not None:
                span = self._person_span(mention.start, mention.end, resolved)
                if span is not None:
                    yield span

    def _person_span(self, start: int, end: int, resolved: Resolved) -> Span | None:
        shown = [self._shown.of(index) for index in resolved.persons]
        hidden = [one for one in shown if one.disclosure.action != KEEP]
        if not hidden:
            return None
        worst = min(hidden, key=lambda one: (-strictness(one.disclosure.action), one.person.ref))
        several = len(shown) > 1
        kept = len(hidden) < len(shown)
        doubt = resolved.doubt or ("ambiguous" if kept else "")
        common = resolved.doubt == COMMON_WORD
        distinct = {one.token for one in hidden}
        token = worst.token
        if len(distinct) > 1:
            token = self._marks.several(worst.disclosure.reason)
        return Span(
            start=start,
            end=end,
            person_id=worst.person.id,
            category="person",
            action=worst.disclosure.action,
            reason=COMMON_WORD_REASON if common else worst.disclosure.reason,
            review=bool(doubt),
            token=token,
            doubt=doubt or ("ambiguous" if several and len(distinct) > 1 else ""),
            candidates=tuple(one.person.id for one in shown) if several else (),
        )

    def _bodies(self, text: str) -> Iterator[Span]:
        for start, end, index in self._phrases.search(text):
            span = self._person_span(start, end, Resolved((index,)))
            if span is not None:
                yield span

    def _places(self, text: str) -> Iterator[Span]:
        for hit in self._addresses.search(text):
            span = self._data_span(hit.start, hit.end, "address", hit.person)
            if span is not None:
                yield span

    def _numbers(self, folded: Folded) -> Iterator[Span]:
        for start, end, codes in self._codes.search(folded):
            found = [
                span
                for code in codes
                if (span := self._data_span(start, end, code.category, code.person)) is not None
            ]
            if found:
                yield max(found, key=lambda span: strictness(span.action))

    def _data_span(self, start: int, end: int, category: str, person: int) -> Span | None:
        rule = self._shown.data_rule(category, person)
        if rule.action == KEEP:
            return None
        return Span(
            start=start,
            end=end,
            person_id=self._persons[person].id,
            category=category,
            action=rule.action,
            reason=rule.reason,
            review=False,
            token=self._marks.data(rule.reason),
        )

    def _shapes(self, text: str, known: list[Span]) -> Iterator[Span]:
        """What looks like a number or contact but is nobody's of the case goes to review."""
        taken = sorted(
            (s for s in known if s.category in {"identifier", "contact", "address"}),
            key=lambda span: span.start,
        )
        starts = [span.start for span in taken]
        for hit in find_patterns(text):
            rule = category_rule(self._profile, hit.category)
            if rule.action == KEEP:
                continue
            place = bisect.bisect_left(starts, hit.end) - 1
            if place >= 0 and taken[place].end > hit.start:
                # The registry knows a part of it; the whole of it is what the case knows.
                inside = taken[place]
                yield Span(
                    start=min(hit.start, inside.start), end=max(hit.end, inside.end),
                    person_id=inside.person_id, category=inside.category, action=inside.action,
                    reason=inside.reason, review=False, token=inside.token,
                )  # fmt: skip
                continue
            person = self._named_in(text[hit.start : hit.end])
            yield Span(
                start=hit.start,
                end=hit.end,
                person_id=self._persons[person].id if person is not None else "",
                category=hit.category,
                action=rule.action,
                reason=rule.reason,
                review=person is None,
                token=self._marks.data(rule.reason),
                doubt="pattern" if person is None else "",
            )

    def _named_in(self, link: str) -> int | None:
        hidden = [i for i in names_inside(link, self._lexicon) if self._shown.hides(i)]
        return hidden[0] if hidden else None

    def _names_in_links(self, text: str) -> Iterator[Span]:
        """A web address, handle or e-mail with a hidden name in it is hidden as a whole."""
        rule = category_rule(self._profile, "contact")
        machine_readable = find_machine_readable(text)
        for start, end in (*find_urls(text), *find_addresses_of_mail(text), *machine_readable):
            person = self._named_in(text[start:end])
            if person is None:
                continue
            shown = self._shown.of(person)
            hide = rule if rule.action != KEEP else shown.disclosure
            yield Span(
                start=start, end=end, person_id=shown.person.id, category="contact",
                action="mask", reason=hide.reason, review=False,
                token=self._marks.data(rule.reason or "CONTACT"),
            )  # fmt: skip

    # --- single values ----------------------------------------------------------------------

    def shown_person(self, person_id: str) -> str:
        """Return how the reader sees a person: the name, the initials, or the token.

        Raises:
            NoSuchPerson: the case has no such person.
        """
        for index, person in enumerate(self._persons):
            if person_id in {person.id, person.ref}:
                shown = self._shown.of(index)
                kept = shown.disclosure.action == KEEP
                return person.shown(self._marks.language) if kept else shown.token
        raise NoSuchPerson

    def shown_date(self, edtf_text: str) -> str:
        """Return a date of an event as the profile shows dates; EDTF in, EDTF or a token out.

        Raises:
            BadDate: the text is not of the EDTF subset.
        """
        rule = category_rule(self._profile, "date")
        date = edtf.parse(edtf_text)
        if rule.action == KEEP or date.precision is edtf.Precision.OPEN:
            return edtf_text
        finer = date.precision in {edtf.Precision.DAY, edtf.Precision.TIME}
        if rule.action == "generalise_month" and not finer:
            return edtf_text
        if rule.action == "generalise_year" and date.precision is edtf.Precision.YEAR:
            return edtf_text
        return self._marks.date(date, rule.action, rule.reason)

    def hidden_file_name(self, name: str) -> str:
        """Return a file's name without what is hidden; tokens in it may stand in a path."""
        redacted = self.redact(name).text
        return "".join("_" if c in '<>:"/\\|?*' or ord(c) < ord(" ") else c for c in redacted)

    def keeps(self, category: str) -> bool:
        """Tell whether records of a category (medical, route, privileged) come in whole."""
        return category_rule(self._profile, category).action == KEEP

    def pseudonym_table(self) -> tuple[PseudonymRow, ...]:
        """Return the hidden persons in the order of the case; `name` is for the key alone."""
        rows = []
        for index, person in enumerate(self._persons):
            shown = self._shown.of(index)
            if shown.disclosure.action != KEEP:
                rows.append(
                    PseudonymRow(
                        person_id=person.id,
                        ref=person.ref,
                        name=person.shown(self._marks.language),
                        token=shown.token,
                        action=shown.disclosure.action,
                        reason=shown.disclosure.reason,
                    )
                )
        return tuple(rows)


_PLAIN: Final = frozenset("_.<")


def _has_codes(text: str) -> bool:
    return (
        "@" in text or "://" in text or any(map(str.isdigit, text)) or not _PLAIN.isdisjoint(text)
    )
