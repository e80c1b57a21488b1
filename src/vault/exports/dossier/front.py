# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first pages: cover, contents, summary, persons."""

from __future__ import annotations

import re
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
)

from vault.domain.people import Person
from vault.exports.dossier import dates, style
from vault.exports.dossier.disclosed import Disclosed
from vault.exports.dossier.draft import (
    PERSONS,
    SUMMARY,
    Draft,
    labelled,
    paragraph,
    part,
    ruled,
)
from vault.exports.dossier.pages import Contents, Entry, Target, inner_pages
from vault.exports.dossier.selection import action_of
from vault.exports.dossier.vocabulary import (
    KEPT_ROLES,
    ROLES,
    country_name,
    language_name,
    said,
)
from vault.i18n import mark

_SEPARATOR: Final = "; "
_SHORT_WORD: Final = re.compile(r"(?<!\S)(\w{1,2}) ")


def title_of(draft: Draft) -> str:
    """Return the title of the dossier, redacted, or the plain word for a dossier."""
    title = draft.words.of(draft.request.dossier.title).text
    return title or draft.texts.text(mark("Dossier"))


def cover(draft: Draft) -> list[Flowable]:
    """Return the cover: what is filed, in which case, as of when, by whom. No addressee."""
    _ = draft.texts.text
    rule = HRFlowable(width="100%", thickness=1.2, color=style.ACCENT, spaceAfter=18)
    return [
        Target("cover", entry=Entry(0, title_of(draft), "cover", listed=False)),
        Spacer(1, 62 * mm),
        paragraph(_("Dossier"), "cover_kind"),
        paragraph(_tied(title_of(draft)), "cover_title"),
        rule,
        labelled(_particulars(draft), label_width=125, label="cover_label", value="cover_cell"),
        Spacer(1, 14 * mm),
        *[paragraph(note, "note") for note in _notes(draft)],
        NextPageTemplate(inner_pages()),
    ]


def _tied(title: str) -> str:
    """Keep prepositions with the word after them: none hangs at the end of a line."""
    return _SHORT_WORD.sub("\\1\u00a0", title)


def _particulars(draft: Draft) -> list[tuple[str, Flowable | str | Disclosed]]:
    _ = draft.texts.text
    request = draft.request
    case = request.snapshot.case
    rows: list[tuple[str, Flowable | str | Disclosed]] = [
        (_("File reference"), draft.words.written(case.reference)),
    ]
    if case.client_id in draft.permitted.shown_in_full:
        rows.append((_("Applicant"), request.redactor.shown_person(case.client_id)))
    if request.snapshot.person(case.lead_lawyer_id) is not None:
        rows.append((_("Filed by"), _who_files(draft, case.lead_lawyer_id)))
    rows += [
        (_("As of"), dates.day_in_words(request.as_of, request.language)),
        (_("Language"), language_name(request.language, draft.texts)),
        (_("Exhibits"), str(len(draft.exhibits))),
    ]
    return rows


def _who_files(draft: Draft, person_id: str) -> str:
    """Return name and position; only the role where the profile does not name the lawyer."""
    person = draft.request.snapshot.person(person_id)
    if person is None or person_id not in draft.permitted.shown_in_full:
        return said(ROLES, "lawyer", draft.texts)
    name = draft.request.redactor.shown_person(person_id)
    position = draft.words.of(person.position).text
    return f"{name}, {position}" if position else name


def _notes(draft: Draft) -> list[str]:
    _ = draft.texts.text
    notes = [
        _(
            "Pages are numbered through from the cover. The number of an exhibit does not depend"
            " on the page where it stands."
        )
    ]
    if draft.words.hides_anything():
        notes.append(
            _(
                "Words on a grey ground in square brackets or in place of a name stand for"
                " information that is not disclosed in this copy. Exhibits are reproduced in a"
                " new layout; the originals are with the representative."
            )
        )
    return notes


def contents(draft: Draft) -> list[Flowable]:
    """Return the table of contents; it is not listed in itself."""
    title = draft.texts.text(mark("Contents"))
    return [
        PageBreak(),
        Target("contents"),
        paragraph(title, "part"),
        Contents(draft.register),
        draft.register,
    ]


def summary(draft: Draft) -> list[Flowable]:
    """Return the summary of the case with its main particulars; nothing without a summary."""
    _ = draft.texts.text
    case = draft.request.snapshot.case
    text = draft.words.of(case.summary, SUMMARY)
    if not text:
        return []
    rows: list[tuple[str, Flowable | str | Disclosed]] = []
    if case.country_of_origin:
        rows.append((_("Country of origin"), country_name(case.country_of_origin, draft.texts)))
    if case.host_country:
        rows.append((_("Country of stay"), country_name(case.host_country, draft.texts)))
    if draft.incidents:
        first = draft.incidents[0].date_start
        last = draft.incidents[-1].date_end or draft.incidents[-1].date_start
        rows.append((_("Period of the events"), draft.period(first, last)))
    flowables = part(_("Summary"), SUMMARY)
    flowables.append(paragraph(text, "body"))
    if rows:
        flowables += [Spacer(1, 6), labelled(rows, label_width=135)]
    return flowables


def persons(draft: Draft) -> list[Flowable]:
    """Return the table of persons as the profile shows them."""
    _ = draft.texts.text
    rows = [_person_row(draft, person) for person in _listed(draft)]
    if not rows:
        return []
    head = (_("Person"), _("Role in the case"), _("Particulars"))
    return [*part(_("Persons"), PERSONS, new_page=False), ruled(head, rows, (34, 28, 38))]


def _listed(draft: Draft) -> list[Person]:
    """Return who is listed: for readers who may be adverse only who is named in full.

    A line for a hidden person would tell such a reader that there is a witness or a source.
    """
    request = draft.request

    def is_listed(person: Person) -> bool:
        if person.id in draft.permitted.blocked or not _role_of(person):
            return False
        return not request.neutral or person.id in draft.permitted.shown_in_full

    def rank(person: Person) -> tuple[int, str]:
        return (KEPT_ROLES.index(_role_of(person)), person.ref)

    return sorted(filter(is_listed, request.snapshot.persons), key=rank)


def _role_of(person: Person) -> str:
    return next((role for role in KEPT_ROLES if role in person.roles), "")


def _person_row(draft: Draft, person: Person) -> list[Flowable]:
    name = Disclosed(((draft.request.redactor.shown_person(person.id), False),))
    in_full = person.id in draft.permitted.shown_in_full
    particulars = _particulars_of(draft, person) if in_full else []
    markup = _SEPARATOR.join(text.markup() for text in particulars if text)
    return [
        paragraph(name, "cell"),
        paragraph(said(ROLES, _role_of(person), draft.texts), "cell"),
        Paragraph(markup, style.style("cell")),
    ]


def _particulars_of(draft: Draft, person: Person) -> list[Disclosed]:
    _ = draft.texts.text
    born = _birth(draft, person)
    countries = ", ".join(country_name(code, draft.texts) for code in person.citizenships)
    return [
        draft.words.of(person.position, PERSONS),
        _own(_("born {date}").format(date=born)) if born else Disclosed(),
        _own(_("citizenship: {country}").format(country=countries)) if countries else Disclosed(),
        draft.words.of(person.occupation, PERSONS),
    ]


def _birth(draft: Draft, person: Person) -> str:
    action = action_of(draft.request.profile, "date_of_birth")
    if not person.date_of_birth:
        return ""
    if draft.request.redactor.keeps("date_of_birth"):
        return dates.in_words(person.date_of_birth, draft.request.language)
    if not action.startswith("generalise"):
        return ""
    generalised = dates.generalised(person.date_of_birth, action)
    return dates.in_words(generalised, draft.request.language)


def _own(text: str) -> Disclosed:
    return Disclosed(((text, False),))
