# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The leak check of one finished PDF.

Several readers that share no code look for everything the profile hides; the matching is
broader than the engine's that redacted. What a reader finds is a leak unless a recorded
decision explains it. The file may only be published when nothing is left.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from pikepdf import Pdf, PdfError

from vault.errors import VaultError
from vault.exports.errors import NotAPdf
from vault.exports.leak_scan import images, objects, revisions
from vault.exports.leak_scan.content import OperatorReader
from vault.exports.leak_scan.report import (
    FILE_NAME,
    PAGE_LAYOUT,
    PAGE_TEXT,
    READERS,
    Explanation,
    Finding,
    LeakReport,
    Piece,
    TermSearch,
)
from vault.exports.ports import PageTextReader
from vault.progress import Progress

STAGE_LEAK_CHECK: Final = "dossier.leak_check"
_WORD_BREAKS: Final = re.compile(r"[_\-.,+%()\[\]]+")
_MOST_FINDINGS: Final = 2_000


class _Search:
    """Looks up each text once and gathers what was found."""

    def __init__(self, terms: TermSearch) -> None:
        self._terms = terms
        self._known: dict[str, tuple[tuple[str, str, str], ...]] = {}
        self.findings: dict[Finding, None] = {}

    def read(self, piece: Piece) -> None:
        if piece.text not in self._known:
            hits = self._terms.search(piece.text)
            self._known[piece.text] = tuple(
                dict.fromkeys((hit.category, hit.person_ref, hit.form_kind) for hit in hits)
            )
        for category, person_ref, form_kind in self._known[piece.text]:
            self.found(Finding(piece.place, piece.reader, category, person_ref, form_kind))

    def found(self, finding: Finding) -> None:
        if len(self.findings) < _MOST_FINDINGS:
            self.findings[finding] = None


def scan_pdf(
    pdf: bytes,
    terms: TermSearch,
    decoder: PageTextReader,
    *,
    file_name: str = "",
    explained: Sequence[Explanation] = (),
    progress: Progress | None = None,
) -> LeakReport:
    """Look for `terms` in every part of the bytes, and in the name the file is to have.

    Runs on any thread; cancels between readers and between pages. The report never holds
    what was found.

    Raises:
        NotAPdf: the bytes cannot be read as a PDF, so nothing can be said of them.
        Cancelled, and the decoder's errors: then nothing may be published either.
    """
    watch = progress or Progress()
    search = _Search(terms)
    done = 0
    try:
        with Pdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            pages = len(document.pages)
            for group in _readers(pdf, document, decoder, file_name):
                watch.report(done, len(READERS) + 1, STAGE_LEAK_CHECK)
                done += 1
                for item in group:
                    watch.check()
                    if isinstance(item, Finding):
                        search.found(item)
                    else:
                        search.read(item)
    except PdfError as error:
        raise NotAPdf from error
    watch.report(1, 1, STAGE_LEAK_CHECK)
    leaks = [one for one in search.findings if not any(why.fits(one) for why in explained)]
    return LeakReport(
        findings=tuple(sorted(leaks)),
        pages=pages,
        readers_used=READERS,
        explained=tuple(sorted(set(search.findings) - set(leaks))),
    )


def _readers(
    pdf: bytes, document: Pdf, decoder: PageTextReader, file_name: str
) -> Iterator[Iterator[Piece | Finding]]:
    yield _page_texts(decoder.pdf_text(pdf), PAGE_TEXT)
    yield _page_texts(decoder.pdf_text(pdf, laid_out=True), PAGE_LAYOUT)
    yield OperatorReader(document).pieces()
    yield objects.pieces(document)
    yield images.read(document)
    yield revisions.pieces(pdf)
    for number, earlier in enumerate(revisions.earlier_revisions(pdf), 1):
        yield _revision(earlier, f"revision {number}, ", decoder)
    yield _file_name(file_name)


def _page_texts(texts: Sequence[str], reader: str) -> Iterator[Piece]:
    for number, text in enumerate(texts, 1):
        yield Piece(f"page {number}", text, reader)


def _revision(earlier: bytes, prefix: str, decoder: PageTextReader) -> Iterator[Piece | Finding]:
    """Read an earlier state of the file with the same readers, as far as it can be opened."""
    try:
        with Pdf.open(io.BytesIO(earlier), suppress_warnings=True) as document:
            yield from OperatorReader(document, prefix).pieces()
            yield from objects.pieces(document, prefix)
            yield from images.read(document, prefix)
    except PdfError:
        return
    try:
        for number, text in enumerate(decoder.pdf_text(earlier), 1):
            yield Piece(f"{prefix}page {number}", text, PAGE_TEXT)
    except VaultError:
        # The first part of a linearised file ends like a revision and is none.
        return


def _file_name(file_name: str) -> Iterator[Piece]:
    if file_name:
        stem = PurePath(file_name).stem
        for text in (file_name, stem, _WORD_BREAKS.sub(" ", stem)):
            yield Piece("file name", text, FILE_NAME)
