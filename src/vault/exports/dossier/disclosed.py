# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only way by which words of a case reach a page: through the redactor, and counted."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vault.domain.values import LANGUAGES, LocalText
from vault.exports.dossier.request import ScheduleRow
from vault.exports.fonts.registration import SANS, printable
from vault.redaction.engine import Redactor
from vault.redaction.spans import RedactedText, Span

_MARK_COLOUR: Final = "#26323d"
_MARK_GROUND: Final = "#e9ecef"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A text as it may be printed; `tokens` are the parts that stand for something hidden."""

    parts: tuple[tuple[str, bool], ...] = ()
    hidden: int = 0
    to_review: int = 0
    unprintable: int = 0

    @property
    def text(self) -> str:
        """The text without any styling."""
        return "".join(part for part, _ in self.parts)

    def markup(self) -> str:
        """Return the text for a paragraph: escaped, tokens set apart by face and ground.

        A token is styled the same wherever it stands, so nothing of what it replaced shows.
        """
        return "".join(
            _token_markup(part) if token else html.escape(part, quote=False)
            for part, token in self.parts
        )

    def lines(self) -> list[Disclosed]:
        """Return the lines of the text, tokens kept; a token never contains a line break."""
        lines: list[list[tuple[str, bool]]] = [[]]
        for part, token in self.parts:
            pieces = [part] if token else part.split("\n")
            lines[-1].append((pieces[0], token))
            lines.extend([(piece, token)] for piece in pieces[1:])
        return [Disclosed(tuple(line)) for line in lines]

    def __bool__(self) -> bool:
        """Tell whether there is anything to print."""
        return bool(self.text.strip())


def _token_markup(token: str) -> str:
    words = html.escape(token, quote=False)
    return f'<font face="{SANS}" color="{_MARK_COLOUR}" backColor="{_MARK_GROUND}">{words}</font>'


class DisclosedTexts:
    """Redacts every text of one dossier and remembers what was hidden where."""

    def __init__(self, redactor: Redactor, language: str) -> None:
        """Use `redactor`; prefer texts in `language`."""
        self._redactor = redactor
        self._language = language
        self._known: dict[tuple[str, str], Disclosed] = {}
        self._spans: dict[tuple[str, str], tuple[Span, ...]] = {}
        self._counted: Counter[tuple[str, str, str, str]] = Counter()
        self.to_review = 0

    def of(self, texts: LocalText | None, place: str = "") -> Disclosed:
        """Return a text in the dossier's language, or the nearest there is.

        `place` names where it is printed, for the schedule; without one nothing is counted.
        """
        if texts is None or not texts:
            return Disclosed()
        by_language = texts.as_dict()
        order = (self._language, *LANGUAGES, *by_language)
        language = next(code for code in order if by_language.get(code))
        return self.written(by_language[language], language, place)

    def written(self, text: str, language: str = "", place: str = "") -> Disclosed:
        """Return a text as written in `language`."""
        key = (text, language)
        if key not in self._known:
            hidden = self._redactor.redact(text, language=language)
            self._known[key] = _disclosed(text, hidden)
            self._spans[key] = hidden.spans
        if place:
            self.to_review += self._known[key].to_review
            for span in self._spans[key]:
                self._counted[(place, span.token, span.category, span.reason)] += 1
        return self._known[key]

    def withheld(self, token: str, category: str, reason: str, place: str) -> Disclosed:
        """Return a token that stands for a whole field which the profile hides."""
        self._counted[(place, token, category, reason)] += 1
        return Disclosed(((token, True),), hidden=1)

    def hides_anything(self) -> bool:
        """Tell whether anything was hidden so far."""
        return bool(self._counted)

    def schedule(self) -> tuple[ScheduleRow, ...]:
        """Return what was hidden so far, in the order in which it was first met."""
        return tuple(
            ScheduleRow(place=place, token=token, category=category, reason=reason, count=count)
            for (place, token, category, reason), count in self._counted.items()
        )


def _disclosed(original: str, hidden: RedactedText) -> Disclosed:
    parts: list[tuple[str, bool]] = []
    replaced = 0
    for part, token in _parts(original, hidden.text, hidden.spans):
        text, missing = printable(part)
        replaced += missing
        if text:
            parts.append((text, token))
    return Disclosed(
        tuple(parts),
        hidden=len(hidden.spans),
        to_review=sum(span.review for span in hidden.spans),
        unprintable=replaced,
    )


def _parts(original: str, shown: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """Cut the shown text into words of the original and tokens.

    Only what the redactor gave as its text is ever returned: when the spans do not lead
    there (some were left for review), the text is returned whole and without styling.
    """
    parts: list[tuple[str, bool]] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += [(original[position : span.start], False), (span.token, True)]
        position = span.end
    parts.append((original[position:], False))
    if "".join(part for part, _ in parts) != shown:
        return [(shown, False)]
    return parts
