# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rendering one dossier: from a request to finished bytes in memory.

Nothing is written anywhere: the bytes go to the leak check first, see `vault.exports.leak_scan`.
"""

from __future__ import annotations

import hashlib
import io
from typing import Final

from vault.exports.dossier import back, events, exhibit_sheets, front
from vault.exports.dossier.disclosed import DisclosedTexts
from vault.exports.dossier.draft import Draft
from vault.exports.dossier.exhibit_sheets import picture_key
from vault.exports.dossier.exhibits import PreparedExhibit, prepare
from vault.exports.dossier.finish import finish
from vault.exports.dossier.pages import DossierTemplate
from vault.exports.dossier.request import (
    DossierRequest,
    ExhibitEntry,
    NeedsConfirmation,
    RenderedDossier,
)
from vault.exports.dossier.selection import (
    chosen_evidence,
    incidents_in_order,
    permissions,
)
from vault.exports.fonts.registration import register
from vault.i18n import Translator, translator
from vault.progress import Progress

STAGE_EXHIBITS: Final = "dossier.exhibits"
STAGE_PAGES: Final = "dossier.pages"
_MOST_PASSES: Final = 8


def render_dossier(
    request: DossierRequest, progress: Progress, *, texts: Translator | None = None
) -> RenderedDossier:
    """Render a dossier. Runs on any thread; cancels at each exhibit and each page.

    `texts` replaces the catalogue of the request's language, for a pseudo-language.

    Raises:
        ExhibitUnreadable, PictureNotClean: an exhibit cannot be shown; the error names it.
        Cancelled: the user stopped it.
    """
    register()
    speaking = texts or labels_in(request.language)
    words = DisclosedTexts(request.redactor, request.language)
    permitted = permissions(request)
    evidence, left_out = chosen_evidence(request, permitted)
    exhibits: list[PreparedExhibit] = []
    for index, item in enumerate(evidence, 1):
        progress.report(index - 1, len(evidence), STAGE_EXHIBITS)
        exhibits.append(prepare(item, index, request, words))
    progress.report(len(evidence), len(evidence), STAGE_EXHIBITS)
    draft = Draft(
        request=request,
        permitted=permitted,
        texts=speaking,
        words=words,
        exhibits=tuple(exhibits),
        incidents=tuple(incidents_in_order(request.snapshot.incidents)),
    )
    laid_out = _lay_out(draft, progress)
    pdf = finish(
        laid_out,
        title=front.title_of(draft),
        language=request.language,
        day=request.as_of,
        neutral=request.neutral,
    )
    return RenderedDossier(
        pdf=pdf,
        pages=draft.register.total,
        sha256=hashlib.sha256(pdf).hexdigest(),
        exhibits=tuple(_entry(draft, exhibit) for exhibit in exhibits),
        schedule=words.schedule(),
        manifest=tuple(row for exhibit in exhibits for row in exhibit.manifest),
        left_out=left_out,
        needs_confirmation=_to_confirm(draft),
        blocked_person_ids=tuple(sorted(permitted.blocked)),
        to_review=words.to_review,
        second_checked=request.second_checked,
    )


def labels_in(language: str) -> Translator:
    """Return the words of a dossier; a Kazakh one has Russian labels until ours are reviewed.

    Courts in Kazakhstan take papers in both languages; names, texts and dates are Kazakh.
    """
    return translator("ru" if language == "kk" else language)


def _lay_out(draft: Draft, progress: Progress) -> bytes:
    # The parts are written before the cover, which tells whether anything is hidden.
    middle = [
        *front.summary(draft),
        *front.persons(draft),
        *events.chronology(draft),
        *events.incidents(draft),
        *exhibit_sheets.index(draft),
        *exhibit_sheets.sheets(draft),
        *back.schedule(draft),
        *back.manifest(draft),
    ]
    story = [*front.cover(draft), *front.contents(draft), *middle]
    footer = draft.texts.text("page {page} of {pages}")

    def foot(page: int, total: int) -> str:
        # One more than there are, so that only the last pass says that it is done.
        progress.report(page, max(total, page) + 1, STAGE_PAGES)
        return footer.format(page=page, pages=total)

    sink = io.BytesIO()
    template = DossierTemplate(
        sink, draft.register, header=front.title_of(draft), footer=foot, check=progress.check
    )
    template.multiBuild(story, maxPasses=_MOST_PASSES)
    progress.report(draft.register.total, draft.register.total, STAGE_PAGES)
    return sink.getvalue()


def _entry(draft: Draft, exhibit: PreparedExhibit) -> ExhibitEntry:
    return ExhibitEntry(
        evidence_id=exhibit.evidence.id,
        exhibit_no=exhibit.number,
        form=exhibit.form,
        first_page=draft.register.targets.get(exhibit.key, 0),
        hidden=sum(text.hidden for text in exhibit.texts),
        to_review=sum(text.to_review for text in exhibit.texts),
        unprintable=sum(text.unprintable for text in exhibit.texts),
    )


def _to_confirm(draft: Draft) -> tuple[NeedsConfirmation, ...]:
    return tuple(
        NeedsConfirmation(
            evidence_id=exhibit.evidence.id,
            exhibit_no=exhibit.number,
            part=number,
            page=draft.register.targets.get(picture_key(exhibit, number), 0),
        )
        for exhibit in draft.exhibits
        for number in range(1, len(exhibit.pictures) + 1)
    )
