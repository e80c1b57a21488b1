# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions about parts of a text, and how those that meet are settled."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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


def settle(text: str, found: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans that never overlap and cover everything that was found.

    Of those that meet, one that needs no review wins over one that does, so that leaving the
    doubtful never shows the sure; then the longest, then the strictest, then the first. What a
    loser covered beyond the winner stays a span of its own, unless nothing but spaces and
    punctuation is left there.
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
    first = meeting[0].start
    covered = bytearray(max(span.end for span in meeting) - first)
    taken: list[Span] = []
    for span in sorted(meeting, key=_rank):
        for start, end in _uncovered(covered, span.start - first, span.end - first):
            left, right = start + first, end + first
            if (left, right) != (span.start, span.end):
                if not any(c.isalnum() for c in text[left:right]):
                    continue
                left, right = _trimmed(text, left, right)
            taken.append(dataclasses.replace(span, start=left, end=right))
        covered[span.start - first : span.end - first] = b"\1" * (span.end - span.start)
    return sorted(taken, key=lambda span: span.start)


def _rank(span: Span) -> tuple[bool, int, int, int, str, str, str]:
    length = span.end - span.start
    hides = strictness(span.action)
    return (span.review, -length, -hides, span.start, span.category, span.person_id, span.token)


def _start(span: Span) -> int:
    return span.start


def _uncovered(covered: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    free = []
    while start < end:
        left = covered.find(0, start, end)
        if left < 0:
            break
        right = covered.find(1, left, end)
        start = end if right < 0 else right
        free.append((left, start))
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
