# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions about parts of a text, and how those that meet are settled."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from vault.redaction.disclosure import strictness

Review = Literal["mask", "leave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One part of a text that a profile does not show as it stands.

    `start` and `end` count code points of the input. `person_id` is "" where no person of the
    case is meant. `review` says that a person should decide whether this is a hit at all, and
    `doubt` why: "common_word", "namesake", "ambiguous" or "pattern". `candidates` are the
    persons it may mean when there are several. `token` is what stands there afterwards.
    """

    start: int
    end: int
    person_id: str
    category: str
    action: str
    reason: str
    review: bool
    token: str
    doubt: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedText:
    """A text without what its profile hides, and the decisions that made it so."""

    text: str
    spans: tuple[Span, ...]


_LEAST: Final = 1


def settle(text: str, found: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans that never overlap and cover everything that was found.

    The longest of those that meet wins, then the one that needs no review, then the
    strictest, then the first. What a loser covered beyond the winner stays a span of its own,
    unless nothing but spaces and punctuation is left there.
    """
    settled: list[Span] = []
    meeting: list[Span] = []
    reach = 0
    for span in sorted(found, key=lambda one: one.start):
        if meeting and span.start >= reach:
            settled.extend(_settle_meeting(text, meeting))
            meeting = []
        meeting.append(span)
        reach = max(reach, span.end)
    settled.extend(_settle_meeting(text, meeting))
    return tuple(settled)


def _settle_meeting(text: str, meeting: list[Span]) -> list[Span]:
    """Settle spans that meet each other, directly or through others."""
    if len(meeting) <= 1:
        return meeting
    taken: list[Span] = []
    for span in sorted(meeting, key=_rank):
        for start, end in _uncovered(span.start, span.end, taken):
            whole = start == span.start and end == span.end
            if not whole and not any(c.isalnum() for c in text[start:end]):
                continue
            if whole:
                taken.append(span)
            else:
                left, right = _trimmed(text, start, end)
                taken.append(dataclasses.replace(span, start=left, end=right))
    return sorted(taken, key=lambda span: span.start)


def _rank(span: Span) -> tuple[int, bool, int, int, str, str, str]:
    length = span.end - span.start
    hides = strictness(span.action)
    return (-length, span.review, -hides, span.start, span.category, span.person_id, span.token)


def _uncovered(start: int, end: int, taken: list[Span]) -> list[tuple[int, int]]:
    free = [(start, end)]
    for other in taken:
        free = [
            piece
            for left, right in free
            for piece in ((left, min(right, other.start)), (max(left, other.end), right))
            if piece[1] - piece[0] >= _LEAST
        ]
    return free


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while not text[start].isalnum():
        start += 1
    while not text[end - 1].isalnum():
        end -= 1
    return start, end


def apply(text: str, spans: Iterable[Span], review: Review) -> str:
    """Put the tokens in place; what waits for review is shown when `review` is "leave"."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        if span.review and review == "leave":
            continue
        pieces.extend((text[position : span.start], span.token))
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)
