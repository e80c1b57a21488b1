# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The watch for idleness looks at two clocks and is fooled by neither."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from vault.ui.lock import IdleWatch, LockNotice, LockReason


class Clocks:
    def __init__(self) -> None:
        self.monotonic = 1000.0
        self.wall = 1_700_000_000.0

    def pass_by(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += seconds
        if not asleep:
            self.monotonic += seconds


class Watched:
    """A watch with clocks of its own, and what it said."""

    def __init__(self, application: QObject) -> None:
        self.clocks = Clocks()
        self.reasons: list[object] = []
        self.watch = IdleWatch(
            application,
            limit_seconds=300,
            monotonic=lambda: self.clocks.monotonic,
            wall=lambda: self.clocks.wall,
        )
        self.watch.expired.connect(self.reasons.append)
        self.watch.restart()

    def live(self, seconds: float, *, step: float = 10.0) -> None:
        passed = 0.0
        while passed < seconds:
            self.clocks.pass_by(step)
            self.watch.check()
            passed += step


@pytest.fixture
def watched(qapp: QApplication) -> Generator[Watched]:
    made = Watched(qapp)
    yield made
    qapp.removeEventFilter(made.watch)
    made.watch.deleteLater()


def test_nothing_happens_before_the_limit(watched: Watched) -> None:
    watched.live(290)
    assert watched.reasons == []


def test_the_limit_without_a_key_or_a_mouse_locks_once(watched: Watched) -> None:
    watched.live(400)
    assert watched.reasons == [LockReason.IDLE]


def test_a_key_press_starts_the_time_anew(watched: Watched, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watched.live(200)
    QTest.keyClick(field, Qt.Key.Key_A)
    watched.live(200)
    assert watched.reasons == []
    watched.live(110)
    assert watched.reasons == [LockReason.IDLE]


def test_a_sleep_is_noticed_by_the_wall_clock_alone(watched: Watched) -> None:
    watched.clocks.pass_by(120, asleep=True)
    watched.watch.check()
    assert watched.reasons == [LockReason.SLEPT]


def test_the_first_key_after_a_sleep_locks_instead_of_waking(
    watched: Watched, qtbot: QtBot
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watched.clocks.pass_by(3600, asleep=True)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert watched.reasons == [LockReason.SLEPT]


def test_setting_the_wall_clock_back_gives_no_more_time(watched: Watched) -> None:
    watched.clocks.wall -= 86_400
    watched.live(310)
    assert watched.reasons == [LockReason.IDLE]


def test_a_stopped_watch_says_nothing(watched: Watched) -> None:
    watched.watch.stop()
    watched.live(1000)
    assert watched.reasons == []


def test_the_door_carries_a_folder_and_looks_and_nothing_else() -> None:
    notice = LockNotice(
        reason=LockReason.IDLE, folder=Path("office.panah"), language="ru", scheme="dark"
    )
    assert notice.door() == {
        "folder": "office.panah",
        "reason": "idle",
        "language": "ru",
        "scheme": "dark",
    }
