# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking at a file inside the program: pixels and text, made by the decoding process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vault.decoding.client import Decoder, Picture
from vault.decoding.errors import FormatNotSupported
from vault.progress import Progress

MOST_PAGES: Final = 40
"""Pages of a PDF that are painted at once; the rest is said to be missing."""

_LONGEST_SIDE: Final = 1600
_DPI: Final = 96


@dataclass(frozen=True, slots=True)
class SeenFile:
    """What a file looks like: a text, or pictures in their order.

    `pages` is how many there are; `pictures` may be the first of them only.
    """

    text: str
    pictures: tuple[Picture, ...]
    pages: int


def look_at(content: bytes, media_type: str, progress: Progress) -> SeenFile:
    """Decode a file for the eye; nothing of it is parsed in this process.

    Raises:
        FormatNotSupported: there is no viewer for this kind of file.
        DecodingFailed, DecodingTooLarge, DecodingTimeout, WorkerDied, Cancelled.
    """
    kind = media_type.partition(";")[0].strip()
    with Decoder() as decoder:
        progress.check()
        if kind == "text/plain":
            return SeenFile(decoder.text(content, kind), (), 1)
        if kind == "application/pdf":
            return _pages(decoder, content, progress)
        if kind.startswith("image/"):
            picture = decoder.picture(content, max_side=_LONGEST_SIDE)
            return SeenFile("", (picture,), picture.frames)
    raise FormatNotSupported(kind=kind, reason="no_viewer")


def _pages(decoder: Decoder, content: bytes, progress: Progress) -> SeenFile:
    count = decoder.pdf_facts(content).pages
    shown = min(count, MOST_PAGES)
    pictures: list[Picture] = []
    for picture in decoder.each_pdf_page(content, dpi=_DPI, last=shown - 1):
        pictures.append(picture)
        progress.report(len(pictures), shown, "painting_pages")
    return SeenFile("", tuple(pictures), count)
