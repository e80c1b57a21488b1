# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that know their numbers: headers, footers, bookmarks, contents and page references.

A dossier is laid out again until every number it prints is right, usually three times.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.doctemplate import IndexingFlowable

from vault.exports.dossier import style as look
from vault.exports.dossier.style import style

_COVER: Final = "cover"
_INNER: Final = "inner"
_NUMBER_WIDTH: Final = 34
_FOOTER_Y: Final = 13 * 2.8346
_HEADER_DROP: Final = 15 * 2.8346


@dataclass(frozen=True, slots=True)
class Entry:
    """One bookmark, and unless not `listed` one line of the contents: level 0 or 1."""

    level: int
    text: str
    key: str
    page: int = 0
    listed: bool = True


class PageRegister(IndexingFlowable):
    """Remembers on which page each target of the previous pass was; occupies no space."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.targets: dict[str, int] = {}
        self.total = 0
        self._now: tuple[list[Entry], dict[str, int], int] = ([], {}, 0)
        self._before: tuple[list[Entry], dict[str, int], int] = ([], {}, 0)

    def isIndexing(self) -> Literal[1]:  # noqa: N802 - reportlab's name
        """Tell reportlab to ask `isSatisfied`."""
        return 1

    def beforeBuild(self) -> None:  # noqa: N802 - reportlab's name
        """Begin a pass: what the last one found becomes what this one prints."""
        self._before = self._now
        self.entries, self.targets, self.total = self._before
        self._now = ([], {}, 0)

    def isSatisfied(self) -> bool:  # noqa: N802 - reportlab's name
        """Tell whether the pass found every target where it had said it would be."""
        return self._now == self._before

    def found(self, entry: Entry | None, key: str, page: int) -> None:
        """Note where a target turned out to be."""
        entries, targets, _ = self._now
        targets[key] = page
        if entry is not None and entry.listed:
            entries.append(Entry(entry.level, entry.text, entry.key, page))

    def ended(self, total: int) -> None:
        """Note how many pages there are."""
        self._now = (*self._now[:2], total)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no space."""
        return (0, 0)

    def draw(self) -> None:
        """Draw nothing."""


class Target(Flowable):
    """A place that links, bookmarks and page references point at; occupies no space."""

    def __init__(self, key: str, *, entry: Entry | None = None, running: str = "") -> None:
        """Mark `key`; with an entry also in contents and bookmarks; `running` is the header."""
        super().__init__()
        self.key = key
        self.entry = entry
        self.running = running
        self.keepWithNext = 1

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no space."""
        return (0, 0)

    def draw(self) -> None:
        """Set the named destination and the bookmark."""
        canvas = self.canv
        canvas.bookmarkHorizontal(self.key, 0, look.style("heading").leading)
        if self.entry is not None:
            canvas.addOutlineEntry(self.entry.text, self.key, self.entry.level, closed=True)


class Gap(Spacer):
    """White space between two parts, but none at the top of a page."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the space unless the whole page is still free."""
        return (width, 0 if height >= look.TEXT_HEIGHT - 1 else self.height)


class PageNumber(Flowable):
    """The number of the page where a target is, set to the right, linked to it."""

    def __init__(self, register: PageRegister, key: str, style_name: str = "cell_number") -> None:
        super().__init__()
        self._register = register
        self._key = key
        self._style = style(style_name)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width of the cell and one line."""
        self.width = width
        return (width, self._style.leading)

    def draw(self) -> None:
        """Draw the number found in the previous pass."""
        number = str(self._register.targets.get(self._key, ""))
        self.canv.setFont(self._style.fontName, self._style.fontSize)
        self.canv.setFillColor(self._style.textColor)
        self.canv.drawRightString(self.width, self._style.leading - self._style.fontSize, number)
        rectangle = (self.width - _NUMBER_WIDTH, 0, self.width, self._style.leading)
        if number:
            self.canv.linkRect("", self._key, rectangle, relative=1)


class Contents(Flowable):
    """The table of contents, from what the previous pass found."""

    def __init__(self, register: PageRegister) -> None:
        super().__init__()
        self._register = register
        self._table: Table | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Lay the lines out for this width."""
        size: tuple[float, float] = self._lines(width).wrapOn(self.canv, width, height)
        return size

    def split(self, width: float, height: float) -> list[Flowable]:
        """Go on over the next page."""
        parts: list[Flowable] = self._lines(width).splitOn(self.canv, width, height)
        return parts

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - reportlab's names
        """Draw the lines."""
        if self._table is not None:
            self._table.drawOn(canvas, x, y)

    def _lines(self, width: float) -> Table:
        rows = [self._line(entry) for entry in self._register.entries]
        self._table = Table(
            rows or [["", ""]],
            colWidths=(width - _NUMBER_WIDTH, _NUMBER_WIDTH),
            style=look.plain_table(),
        )
        return self._table

    def _line(self, entry: Entry) -> list[Flowable]:
        face = style("contents_1" if entry.level == 0 else "contents_2")
        words = html.escape(entry.text, quote=False)
        line = Paragraph(f'<a href="#{entry.key}">{words}</a>', face)
        return [line, PageNumber(self._register, entry.key)]


class DossierTemplate(BaseDocTemplate):
    """The document: a cover without header, then pages with header and footer."""

    def __init__(
        self,
        sink: io.BytesIO,
        register: PageRegister,
        *,
        header: str,
        footer: Callable[[int, int], str],
        check: Callable[[], None],
    ) -> None:
        """Write to `sink`; `footer` makes the line of page and total; `check` may cancel."""
        super().__init__(
            sink,
            pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
            leftMargin=look.LEFT,
            rightMargin=look.RIGHT,
            topMargin=look.TOP,
            bottomMargin=look.BOTTOM,
            invariant=1,
            # Every page opens with a font; the library's own would not be embedded.
            initialFontName=look.SERIF_ROMAN,
            pageCompression=1,
        )
        self._register = register
        self._header = header
        self._footer = footer
        self._check = check
        self._running = ""
        frame = Frame(
            look.LEFT, look.BOTTOM, look.TEXT_WIDTH, look.TEXT_HEIGHT,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates(
            [
                PageTemplate(_COVER, [frame], onPage=self._start, onPageEnd=self._foot),
                PageTemplate(_INNER, [frame], onPage=self._start, onPageEnd=self._head_and_foot),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Begin a pass without a running header."""
        self._running = ""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note each target's page, and which exhibit the following pages belong to."""
        if isinstance(flowable, Target):
            self._running = flowable.running
            self._register.found(flowable.entry, flowable.key, self.page)
        self._register.ended(self.page)

    def _start(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        self._check()
        canvas.setLineWidth(0.5)

    def _foot(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.setFont(look.SANS_ROMAN, 8.2)
        canvas.setFillColor(look.QUIET)
        words = self._footer(self.page, self._register.total)
        canvas.drawRightString(look.PAGE_WIDTH - look.RIGHT, _FOOTER_Y, words)

    def _head_and_foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        baseline = look.PAGE_HEIGHT - _HEADER_DROP
        canvas.setFont(look.SANS_ROMAN, 8.2)
        canvas.setFillColor(look.QUIET)
        canvas.drawString(look.LEFT, baseline, self._header)
        if self._running:
            canvas.setFont(look.SANS_BOLD, 8.2)
            canvas.setFillColor(look.ACCENT)
            canvas.drawRightString(look.PAGE_WIDTH - look.RIGHT, baseline, self._running)
        canvas.setStrokeColor(look.RULE)
        canvas.line(look.LEFT, baseline - 6, look.PAGE_WIDTH - look.RIGHT, baseline - 6)
        self._foot(canvas, document)


def inner_pages() -> str:
    """Return the name of the template of every page after the cover."""
    return _INNER
