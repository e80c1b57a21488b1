# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index of exhibits, and each exhibit on a sheet of its own."""

from __future__ import annotations

import io
from typing import Final

from reportlab.platypus import Flowable, HRFlowable, PageBreak, Paragraph, Spacer

from vault.exports.dossier import style
from vault.exports.dossier.disclosed import Disclosed
from vault.exports.dossier.draft import (
    EXHIBITS,
    Draft,
    incident_key,
    labelled,
    link,
    paragraph,
    part,
    ruled,
)
from vault.exports.dossier.events import withheld
from vault.exports.dossier.exhibits import Picture, PreparedExhibit
from vault.exports.dossier.pages import Entry, PageNumber, Target
from vault.exports.dossier.vocabulary import (
    ACQUISITION,
    EVIDENCE_CATEGORIES,
    language_name,
    said,
)

_SHRINK: Final = 0.98


class PictureOnPage(Flowable):
    """A picture scaled to what is left of the page, but never drawn larger than 150 dpi."""

    _POINTS_PER_PIXEL: Final = 72 / 150
    _LEAST_HEIGHT: Final = 180

    def __init__(self, picture: Picture, name: str) -> None:
        """Draw clean JPEG bytes; `name` is theirs inside the file and says nothing."""
        super().__init__()
        self._source = _EncodedPicture(picture, name)
        self._size = picture.size
        self.hAlign = "LEFT"

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Fit the width and, unless hardly any is left, the height."""
        room = height if height >= self._LEAST_HEIGHT else style.TEXT_HEIGHT
        scale = min(
            self._POINTS_PER_PIXEL,
            width / self._size.width,
            room * _SHRINK / self._size.height,
        )
        self.width = self._size.width * scale
        self.height = self._size.height * scale
        return (self.width, self.height)

    def draw(self) -> None:
        """Draw the picture with a fine frame, so that a light one has an edge."""
        self.canv.drawImage(self._source, 0, 0, self.width, self.height)
        self.canv.setStrokeColor(style.RULE)
        self.canv.setLineWidth(0.4)
        self.canv.rect(0, 0, self.width, self.height)


class _EncodedPicture:
    """What reportlab asks of a picture, without any decoding in this process."""

    def __init__(self, picture: Picture, name: str) -> None:
        self._jpeg = picture.jpeg
        self._name = name

    def __str__(self) -> str:
        return self._name

    def jpeg_fh(self) -> io.BytesIO:
        """Return the bytes to embed; they are already clean."""
        return io.BytesIO(self._jpeg)


def exhibit_words(draft: Draft, exhibit: PreparedExhibit) -> str:
    """Return `Exhibit A-1` in the dossier's language."""
    return draft.texts.text("Exhibit {number}").format(number=exhibit.number)


def index(draft: Draft) -> list[Flowable]:
    """Return the index of exhibits with the page where each starts."""
    _ = draft.texts.text
    if not draft.exhibits:
        return []
    rows: list[list[Flowable]] = [
        [
            Paragraph(link(exhibit.key, exhibit.number), style.style("cell")),
            paragraph(draft.words.of(exhibit.evidence.title), "cell"),
            paragraph(said(EVIDENCE_CATEGORIES, exhibit.evidence.category, draft.texts), "cell"),
            paragraph(draft.period(exhibit.evidence.document_date), "cell"),
            PageNumber(draft.register, exhibit.key),
        ]
        for exhibit in draft.exhibits
    ]
    head = (_("No."), _("Title"), _("Kind"), _("Date"), _("Page"))
    table = ruled(head, rows, (11, 37, 22, 21, 9), numeric=4)
    return [*part(_("Index of exhibits"), EXHIBITS), table]


def sheets(draft: Draft) -> list[Flowable]:
    """Return the sheets of all exhibits, each from a new page on."""
    flowables: list[Flowable] = []
    for exhibit in draft.exhibits:
        flowables += _sheet(draft, exhibit)
    return flowables


def _sheet(draft: Draft, exhibit: PreparedExhibit) -> list[Flowable]:
    title = draft.words.of(exhibit.evidence.title, exhibit.number)
    named = exhibit_words(draft, exhibit)
    entry = Entry(1, f"{named}. {title.text}", exhibit.key)
    return [
        PageBreak(),
        Target(exhibit.key, entry=entry, running=named),
        paragraph(named, "exhibit_number"),
        paragraph(title, "exhibit_title"),
        labelled(_particulars(draft, exhibit)),
        HRFlowable(width="100%", thickness=0.6, color=style.RULE, spaceBefore=2, spaceAfter=12),
        *_content(draft, exhibit),
    ]


def _particulars(
    draft: Draft, exhibit: PreparedExhibit
) -> list[tuple[str, Flowable | str | Disclosed]]:
    _ = draft.texts.text
    evidence = exhibit.evidence
    rows: list[tuple[str, Flowable | str | Disclosed]] = []
    for label, value in (
        (_("Kind"), said(EVIDENCE_CATEGORIES, evidence.category, draft.texts)),
        (_("Date of document"), draft.period(evidence.document_date)),
        (_("Received"), draft.period(evidence.obtained_on)),
        (_("Form of the copy"), said(ACQUISITION, evidence.how, draft.texts)),
        (_("Language"), language_name(evidence.language, draft.texts)),
    ):
        if value:
            rows.append((label, value))
    links = [
        link(incident_key(incident, draft.incidents), str(number))
        for number, incident in enumerate(draft.incidents, 1)
        if incident.id in evidence.linked_incident_ids
    ]
    if links:
        rows.append((_("Events"), Paragraph(", ".join(links), style.style("cell"))))
    return rows


def _content(draft: Draft, exhibit: PreparedExhibit) -> list[Flowable]:
    _ = draft.texts.text
    if exhibit.form == "summary":
        return [paragraph(withheld(draft, "medical", exhibit.number), "body")]
    if exhibit.form == "no_file":
        return [paragraph(_("No file of this exhibit is attached to this copy."), "note")]
    if exhibit.form == "described":
        return [paragraph(_described(draft, exhibit), "note")]
    flowables: list[Flowable] = []
    for text in exhibit.texts:
        flowables += _text(draft, text)
    for number, picture in enumerate(exhibit.pictures, 1):
        flowables += _picture(draft, exhibit, picture, number)
    return flowables


def _text(draft: Draft, text: Disclosed) -> list[Flowable]:
    lines: list[Flowable] = [
        paragraph(line, "exhibit") if line else Spacer(1, 6) for line in text.lines()
    ]
    if text.hidden:
        note = draft.texts.plural(
            "In this exhibit {count} place is not disclosed.",
            "In this exhibit {count} places are not disclosed.",
            text.hidden,
        )
        lines += [Spacer(1, 8), paragraph(note.format(count=text.hidden), "note")]
    return lines


def _picture(
    draft: Draft, exhibit: PreparedExhibit, picture: Picture, number: int
) -> list[Flowable]:
    words = draft.texts.text("Picture {number} of {count}")
    caption = words.format(number=number, count=len(exhibit.pictures))
    key = picture_key(exhibit, number)
    flowables: list[Flowable] = [Target(key, running=exhibit_words(draft, exhibit))]
    if number > 1:
        flowables.insert(0, PageBreak())
    if len(exhibit.pictures) > 1:
        flowables.append(paragraph(caption, "note"))
    return [*flowables, PictureOnPage(picture, key)]


def picture_key(exhibit: PreparedExhibit, number: int) -> str:
    """Return the link target of one picture of an exhibit."""
    return f"{exhibit.key}-{number}"


def _described(draft: Draft, exhibit: PreparedExhibit) -> str:
    _ = draft.texts.text
    kinds = sorted({kind.partition("/")[0] for kind in exhibit.media_types})
    words = {
        "audio": _("an audio recording"),
        "video": _("a video recording"),
        "application": _("a computer file"),
    }
    named = ", ".join(dict.fromkeys(words.get(kind, _("a computer file")) for kind in kinds))
    return _("This exhibit is {kind}. It is handed over separately from this document.").format(
        kind=named
    )
