# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last pages: what is hidden and why, and checksums of what is shown."""

from __future__ import annotations

from collections import Counter
from typing import Final

from reportlab.platypus import Flowable, Spacer

from vault.exports.dossier.draft import MANIFEST, SCHEDULE, Draft, paragraph, part, ruled
from vault.exports.dossier.request import ScheduleRow
from vault.exports.dossier.vocabulary import REASONS, said
from vault.i18n import mark

_SECTIONS: Final = {
    "summary": mark("Summary"),
    "persons": mark("Persons"),
    "incidents": mark("Events in detail"),
}
_COURT: Final = "kz_court"
_KINDS: Final = {"text/plain": mark("text"), "image/jpeg": mark("picture")}


def schedule(draft: Draft) -> list[Flowable]:
    """Return the schedule of hidden information; nothing when nothing is hidden.

    For readers who may be adverse it says where and how often, never what or why.
    """
    order = [*_SECTIONS, *(exhibit.number for exhibit in draft.exhibits)]
    rows = tuple(sorted(draft.words.schedule(), key=lambda row: order.index(row.place)))
    if not rows:
        return []
    _ = draft.texts.text
    flowables = part(_("Schedule of undisclosed information"), SCHEDULE)
    if draft.request.neutral:
        note = _("In the parts listed here some information is not disclosed.")
        if draft.request.profile.audience == _COURT:
            note += " " + _(
                "The full text of these places can be shown to the court on request,"
                " in a procedure that protects it."
            )
        table = _neutral(draft, rows)
    else:
        note = _(
            "Each mark stands for the same person or kind of information throughout this"
            " document. The table says what is not disclosed, why, and where."
        )
        table = _full(draft, rows)
    return [*flowables, paragraph(note, "body"), Spacer(1, 4), table]


def _neutral(draft: Draft, rows: tuple[ScheduleRow, ...]) -> Flowable:
    _ = draft.texts.text
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.place] += row.count
    cells = [
        [paragraph(_place(draft, place), "cell"), paragraph(str(count), "cell_number")]
        for place, count in counts.items()
    ]
    return ruled((_("Part or exhibit"), _("Undisclosed places")), cells, (72, 28), numeric=1)


def _full(draft: Draft, rows: tuple[ScheduleRow, ...]) -> Flowable:
    _ = draft.texts.text
    places: dict[str, Counter[str]] = {}
    reasons: dict[str, str] = {}
    for row in rows:
        places.setdefault(row.token, Counter())[row.place] += row.count
        # What waits for a decision has no reason of its own to print.
        reasons[row.token] = reasons.get(row.token) or said(REASONS, row.reason, draft.texts)
    cells = [
        [
            paragraph(token, "cell"),
            paragraph(reasons[token], "cell"),
            paragraph(_where(draft, counted), "cell"),
            paragraph(str(counted.total()), "cell_number"),
        ]
        for token, counted in places.items()
    ]
    head = (_("Mark"), _("Reason"), _("Where"), _("Times"))
    return ruled(head, cells, (34, 26, 29, 11), numeric=3)


def _where(draft: Draft, counted: Counter[str]) -> str:
    parts = [_place(draft, place) for place in counted if place in _SECTIONS]
    numbers = [place for place in counted if place not in _SECTIONS]
    if len(numbers) == 1:
        parts.append(_place(draft, numbers[0]))
    elif numbers:
        exhibits = draft.texts.text("Exhibits {numbers}")
        parts.append(exhibits.format(numbers=", ".join(numbers)))
    return "; ".join(parts)


def _place(draft: Draft, place: str) -> str:
    section = said(_SECTIONS, place, draft.texts)
    return section or draft.texts.text("Exhibit {number}").format(number=place)


def manifest(draft: Draft) -> list[Flowable]:
    """Return the checksums of what is shown; none for readers who may be adverse.

    Source: a hash of anything hidden would let a reader test names against it, so only
    the redacted text as printed and the picture as embedded are hashed.
    """
    rows = [row for exhibit in draft.exhibits for row in exhibit.manifest]
    if draft.request.neutral or not rows:
        return []
    _ = draft.texts.text
    note = _(
        "SHA-256 of each exhibit as it is reproduced in this document: of the text in UTF-8"
        " with line feeds, and of the picture in JPEG. Originals are not described by these"
        " values."
    )
    cells = [
        [
            paragraph(row.exhibit_no, "cell"),
            paragraph(said(_KINDS, row.media_type.partition(";")[0], draft.texts), "cell"),
            paragraph(str(row.size_bytes), "cell_number"),
            paragraph(f"{row.sha256[:32]} {row.sha256[32:]}", "digest"),
        ]
        for row in rows
    ]
    head = (_("No."), _("Kind"), _("Bytes"), _("SHA-256"))
    table = ruled(head, cells, (13, 16, 14, 57), numeric=2)
    return [
        *part(_("Checksums"), MANIFEST, new_page=False),
        paragraph(note, "body"),
        Spacer(1, 4),
        table,
    ]
