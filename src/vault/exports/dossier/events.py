# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened: the chronology as a table, then every incident in detail."""

from __future__ import annotations

from typing import Final

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from vault.domain.incidents import Incident
from vault.domain.records import OtherRecord
from vault.exports.dossier import style
from vault.exports.dossier.disclosed import Disclosed
from vault.exports.dossier.draft import (
    CHRONOLOGY,
    INCIDENTS,
    Draft,
    exhibit_links,
    incident_key,
    labelled,
    link,
    paragraph,
    part,
    ruled,
)
from vault.exports.dossier.pages import Entry, Target
from vault.exports.dossier.selection import action_of, is_route
from vault.exports.dossier.vocabulary import (
    ACT_TYPES,
    VIOLATION_STATUSES,
    country_name,
    said,
)
from vault.redaction.disclosure import KEEP, category_rule

_ROUTE: Final = "route"


def chronology(draft: Draft) -> list[Flowable]:
    """Return the chronology: number, date in words, what and where, exhibits."""
    _ = draft.texts.text
    if not draft.incidents:
        return []
    rows: list[list[Flowable]] = []
    for number, incident in enumerate(draft.incidents, 1):
        key = incident_key(incident, draft.incidents)
        rows.append(
            [
                Paragraph(link(key, str(number)), style.style("cell_number")),
                paragraph(_period(draft, incident), "cell"),
                _what(draft, incident),
                exhibit_links(draft.exhibits_on(incident)),
            ]
        )
    head = (_("No."), _("Date"), _("Event and place"), _("Exhibits"))
    table = ruled(head, rows, (7, 29, 48, 16), numeric=0)
    return [*part(_("Chronology of events"), CHRONOLOGY, new_page=False), table]


def _period(draft: Draft, incident: Incident) -> str:
    return draft.period(incident.date_start, incident.date_end) or draft.texts.text("date unknown")


def _what(draft: Draft, incident: Incident) -> Paragraph:
    lines = [draft.words.of(incident.title).markup()]
    place = _place(draft, incident, counted=False)
    if place:
        lines.append(f'<font color="#5a646e">{place.markup()}</font>')
    return Paragraph("<br/>".join(lines), style.style("cell"))


def _place(draft: Draft, incident: Incident, *, counted: bool) -> Disclosed:
    place = incident.place
    if place is None:
        return Disclosed()
    if is_route(incident) and not draft.request.redactor.keeps(_ROUTE):
        return Disclosed()
    where = INCIDENTS if counted else ""
    parts = [draft.words.of(place.locality, where), draft.words.of(place.admin, where)]
    if parts[0].text == parts[1].text:
        parts.pop()
    if place.country:
        parts.append(Disclosed(((country_name(place.country, draft.texts), False),)))
    joined: list[tuple[str, bool]] = []
    for text in filter(None, parts):
        joined += [(", ", False), *text.parts] if joined else text.parts
    return Disclosed(tuple(joined))


def incidents(draft: Draft) -> list[Flowable]:
    """Return every incident with its particulars and account."""
    _ = draft.texts.text
    if not draft.incidents:
        return []
    room, *heading = part(_("Events in detail"), INCIDENTS, new_page=False)
    flowables = [room]
    for number, incident in enumerate(draft.incidents, 1):
        opening, *rest = _incident(draft, incident, number)
        # The heading of the part must not stand alone at the foot of a page.
        flowables += [KeepTogether([*heading, *opening]), *rest]
        heading = []
    return flowables


def _incident(
    draft: Draft, incident: Incident, number: int
) -> tuple[list[Flowable], *tuple[Flowable, ...]]:
    key = incident_key(incident, draft.incidents)
    title = draft.words.of(incident.title, INCIDENTS)
    numbered = Disclosed(((f"{number}. ", False), *title.parts))
    paragraphs = [paragraph(line, "body") for line in _account(draft, incident).lines() if line]
    opening: list[Flowable] = [
        Target(key, entry=Entry(1, numbered.text, key)),
        paragraph(numbered, "heading"),
        labelled(_particulars(draft, incident)),
        *paragraphs[:1],
    ]
    return opening, *paragraphs[1:]


def _account(draft: Draft, incident: Incident) -> Disclosed:
    if is_route(incident) and not draft.request.redactor.keeps(_ROUTE):
        return withheld(draft, _ROUTE, INCIDENTS)
    return draft.words.of(incident.description, INCIDENTS)


def withheld(draft: Draft, category: str, place: str) -> Disclosed:
    """Return the mark for a whole field that the profile hides; neutral readers get no reason."""
    _ = draft.texts.text
    reason = category_rule(draft.request.profile, category).reason
    if draft.request.neutral or category != _ROUTE:
        token = _("[not disclosed in this copy]")
    else:
        token = _("[not disclosed in this copy: route and helpers]")
    return draft.words.withheld(token, category, reason, place)


def _particulars(draft: Draft, incident: Incident) -> list[tuple[str, Flowable | str | Disclosed]]:
    _ = draft.texts.text
    rows: list[tuple[str, Flowable | str | Disclosed]] = [(_("Date"), _dated(draft, incident))]
    place = _place(draft, incident, counted=True)
    if place:
        rows.append((_("Place"), place))
    acts = [said(ACT_TYPES, code, draft.texts) for code in incident.act_types_summary]
    if any(acts):
        rows.append((_("Violations"), ", ".join(filter(None, acts))))
    for label, person_ids in (
        (_("Against"), _victims(draft, incident)),
        (_("Alleged perpetrators"), _perpetrators(draft, incident)),
    ):
        names = _names(draft, person_ids)
        if names:
            rows.append((label, names))
    status = said(VIOLATION_STATUSES, incident.violation_status, draft.texts)
    # Our own doubts are not for a reader who may be adverse.
    if status and not draft.request.neutral:
        rows.append((_("Assessment"), status))
    if incident.is_contextual:
        rows.append((_("Note"), _("context: another person's case that shows the risk")))
    exhibits = draft.exhibits_on(incident)
    if exhibits:
        rows.append((_("Exhibits"), exhibit_links(exhibits)))
    return rows


def _dated(draft: Draft, incident: Incident) -> Disclosed:
    period = Disclosed(((_period(draft, incident), False),))
    exact = action_of(draft.request.profile, "date") == KEEP
    # A note may say more of the day than a profile that keeps only months.
    note = draft.words.of(incident.date_note, INCIDENTS) if exact else Disclosed()
    if not note:
        return period
    return Disclosed((*period.parts, (" (", False), *note.parts, (")", False)))


def _acts(draft: Draft, incident: Incident) -> list[OtherRecord]:
    acts = draft.request.snapshot.of_kind("act")
    return [act for act in acts if act.body.get("incident") == incident.id]


def _victims(draft: Draft, incident: Incident) -> list[str]:
    return [str(act.body.get("victim", "")) for act in _acts(draft, incident)]


def _perpetrators(draft: Draft, incident: Incident) -> list[str]:
    acts = {act.id for act in _acts(draft, incident)}
    involvements = draft.request.snapshot.of_kind("involvement")
    return [
        str(involvement.body.get("perpetrator", ""))
        for involvement in involvements
        if involvement.body.get("act") in acts
    ]


def _names(draft: Draft, person_ids: list[str]) -> str:
    """Return the persons as shown, without repetition.

    A reader who may be adverse is told only of persons who are named in full: that there
    is another one may be what has to stay unknown.
    """
    request = draft.request
    names = [
        request.redactor.shown_person(person_id)
        for person_id in person_ids
        if request.snapshot.person(person_id) is not None
        and (person_id in draft.permitted.shown_in_full or not request.neutral)
    ]
    return ", ".join(dict.fromkeys(names))
