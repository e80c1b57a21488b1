# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Locking: when it happens by itself, and what the process is told then."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

IDLE_SECONDS: Final = 300.0
_TICK_MILLISECONDS: Final = 1000
_JUMP_SECONDS: Final = 60.0

_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Drop,
    }
)


class LockReason(Enum):
    """Why the vault was locked."""

    ASKED = "asked"
    IDLE = "idle"
    SLEPT = "slept"
    CLOSED = "closed"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockNotice:
    """What a fresh session needs to stand at the same door; nothing of a case is in it."""

    reason: LockReason
    folder: Path | None
    language: str
    scheme: str

    def door(self) -> dict[str, str]:
        """Return the notice as the supervisor carries it to the next session."""
        folder = {"folder": str(self.folder)} if self.folder is not None else {}
        return {
            **folder,
            "reason": self.reason.value,
            "language": self.language,
            "scheme": self.scheme,
        }


OnLock = Callable[[dict[str, str]], None]
"""Called last on every lock, when no page with data is left; it need not return."""


class IdleWatch(QObject):
    """Notices that nobody has worked for a while, or that the machine slept.

    Two clocks are watched. The monotonic one cannot be set back, but stands still on Linux
    while the machine sleeps; the wall clock shows the sleep. Whichever says that the limit
    has passed decides.

    Signals:
        expired: a `LockReason`, once, until `restart`.
    """

    expired = Signal(object)

    def __init__(
        self,
        parent: QObject,
        *,
        limit_seconds: float = IDLE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Watch the events of `parent`, the application."""
        super().__init__(parent)
        self._limit = limit_seconds
        self._monotonic = monotonic
        self._wall = wall
        self._seen_monotonic = self._seen_wall = 0.0
        self._ticked_monotonic = self._ticked_wall = 0.0
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.check)
        parent.installEventFilter(self)

    def restart(self) -> None:
        """Begin to watch, or begin again, from now."""
        self._watching = True
        self._saw_activity()
        self._ticked_monotonic, self._ticked_wall = self._seen_monotonic, self._seen_wall
        self._timer.start()

    def stop(self) -> None:
        """Stop watching: there is nothing to lock."""
        self._watching = False
        self._timer.stop()

    def check(self) -> None:
        """Compare the clocks with the limit now."""
        if not self._watching:
            return
        monotonic, wall = self._monotonic(), self._wall()
        jumped = (wall - self._ticked_wall) - (monotonic - self._ticked_monotonic)
        self._ticked_monotonic, self._ticked_wall = monotonic, wall
        idle = max(monotonic - self._seen_monotonic, wall - self._seen_wall)
        if jumped >= _JUMP_SECONDS:
            self._expire(LockReason.SLEPT)
        elif idle >= self._limit:
            self._expire(LockReason.IDLE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of keys, mouse, touch and drops; let every event pass."""
        if self._watching and event.type() in _ACTIVITY:
            self.check()
            if self._watching:
                self._saw_activity()
        return super().eventFilter(watched, event)

    def _saw_activity(self) -> None:
        self._seen_monotonic, self._seen_wall = self._monotonic(), self._wall()

    def _expire(self, reason: LockReason) -> None:
        self.stop()
        self.expired.emit(reason)
