# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every section of a dossier is written from, and the small pieces they share."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Table

from vault.domain.evidence import Evidence
from vault.domain.incidents import Incident
from vault.exports.dossier import dates, style
from vault.exports.dossier.disclosed import Disclosed, DisclosedTexts
from vault.exports.dossier.exhibits import PreparedExhibit
from vault.exports.dossier.pages import Entry, Gap, PageRegister, Target
from vault.exports.dossier.request import DossierRequest
from vault.exports.dossier.selection import Permissions, action_of
from vault.i18n import Translator

SUMMARY = "summary"
PERSONS = "persons"
CHRONOLOGY = "chronology"
INCIDENTS = "incidents"
EXHIBITS = "exhibits"
SCHEDULE = "schedule"
MANIFEST = "manifest"
_LEAST_OF_A_PART = 170


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One dossier while it is being laid out."""

    request: DossierRequest
    permitted: Permissions
    texts: Translator
    words: DisclosedTexts
    exhibits: tuple[PreparedExhibit, ...]
    incidents: tuple[Incident, ...]
    register: PageRegister = field(default_factory=PageRegister)

    def period(self, start: str, end: str = "") -> str:
        """Return a period in words, no more exactly than the profile allows."""
        action = action_of(self.request.profile, "date")
        first, last = (dates.generalised(text, action) for text in (start, end))
        return dates.period_in_words(first, last, self.request.language)

    def exhibits_on(self, incident: Incident) -> list[PreparedExhibit]:
        """Return the exhibits of this dossier that belong to an incident."""
        return [
            exhibit
            for exhibit in self.exhibits
            if incident.id in exhibit.evidence.linked_incident_ids
        ]


def exhibit_no(evidence: Evidence) -> str:
    """Return the number by which an exhibit is cited; it never depends on a page."""
    return evidence.exhibit_no or evidence.ref


def incident_key(incident: Incident, incidents: Sequence[Incident]) -> str:
    """Return the link target of an incident; it says nothing of the incident."""
    return f"incident-{incidents.index(incident) + 1}"


def escaped(text: str) -> str:
    """Return words of our own as paragraph markup."""
    return html.escape(text, quote=False)


def paragraph(text: str | Disclosed, style_name: str) -> Paragraph:
    """Return a paragraph of our own words, or of disclosed ones."""
    markup = text.markup() if isinstance(text, Disclosed) else escaped(text)
    return Paragraph(markup, style.style(style_name))


def link(key: str, text: str) -> str:
    """Return the markup of a link inside the dossier."""
    return f'<a href="#{key}" color="#22384f">{escaped(text)}</a>'


def exhibit_links(exhibits: Sequence[PreparedExhibit]) -> Paragraph:
    """Return the numbers of exhibits as links; empty without any."""
    links = [link(exhibit.key, exhibit_no(exhibit.evidence)) for exhibit in exhibits]
    return Paragraph(", ".join(links), style.style("cell"))


def part(title: str, key: str, *, new_page: bool = True) -> list[Flowable]:
    """Start a part of the dossier, in contents and bookmarks.

    Without `new_page` it follows the part before it when enough of the page is left.
    """
    start = [PageBreak()] if new_page else [CondPageBreak(_LEAST_OF_A_PART), Gap(1, 22)]
    return [*start, Target(key, entry=Entry(0, title, key)), paragraph(title, "part")]


def ruled(
    head: Sequence[str],
    rows: Sequence[Sequence[Flowable]],
    widths: Sequence[float],
    *,
    numeric: int | None = None,
) -> Table:
    """Return a table whose head is repeated on every page; `widths` are shares of the text.

    `numeric` is the column of numbers, if any, whose head is set to the right like them.
    """
    unit = style.TEXT_WIDTH / sum(widths)
    titles = [
        paragraph(words, "cell_head_right" if column == numeric else "cell_head")
        for column, words in enumerate(head)
    ]
    return Table(
        [titles, *map(list, rows)],
        colWidths=[share * unit for share in widths],
        repeatRows=1,
        style=style.ruled_table(),
        hAlign="LEFT",
    )


def labelled(
    rows: Sequence[tuple[str, Flowable | str | Disclosed]],
    *,
    label_width: float = 146,
    label: str = "label",
    value: str = "cell",
) -> Table:
    """Return a list of labels and values; a value may be a flowable of its own."""
    cells = [
        [
            paragraph(name, label),
            content if isinstance(content, Flowable) else paragraph(content, value),
        ]
        for name, content in rows
    ]
    return Table(
        cells,
        colWidths=(label_width, style.TEXT_WIDTH - label_width),
        style=style.plain_table(),
        hAlign="LEFT",
        spaceAfter=6,
    )
