# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Progress of long work, throttled at its source, and the place where cancelling happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """The user asked for the work to stop; raised from `Progress.report`."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a piece of work is. `what` is a code that the window turns into words."""

    done: int
    total: int
    what: str


def _ignore(step: Step) -> None:
    """Drop the step: for callers that do not show progress."""


class Progress:
    """Given to a piece of work; safe to call from any thread, as often as the work likes.

    Reports reach the listener at most every `min_interval` seconds; the first one and each
    that completes a stage (`done == total`) always do. Once `cancel` was called, every
    report raises `Cancelled`.
    """

    def __init__(
        self,
        listener: Callable[[Step], None] = _ignore,
        *,
        min_interval: float = 0.1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Report to `listener`, on whatever thread the work runs."""
        self._listener = listener
        self._min_interval = min_interval
        self._clock = clock
        self._next_report = float("-inf")
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; safe from any thread."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise `Cancelled` once `cancel` was called; tell nobody anything."""
        if self._cancelled.is_set():
            raise Cancelled

    def report(self, done: int, total: int, what: str) -> None:
        """Tell the listener how far the work is, unless it was told just now."""
        self.check()
        now = self._clock()
        if now < self._next_report and done != total:
            return
        self._next_report = now + self._min_interval
        self._listener(Step(done, total, what))
