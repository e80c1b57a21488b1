# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jobs run away from the window, end exactly once, and leave nothing behind."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from vault.errors import VaultError
from vault.progress import Progress, Step
from vault.ui.jobs import Job, JobRunner, Lane


class Told(QObject):
    """Writes down everything that a job says, and on which thread it was heard."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.said: list[str] = []
        self.threads: set[int] = set()
        self.steps: list[Step] = []
        self.result: object = None
        job.progressed.connect(self.hear_step)
        job.succeeded.connect(self.hear_success)
        job.failed.connect(self.hear_failure)
        job.cancelled.connect(self.hear_cancel)
        job.ended.connect(self.hear_end)

    def hear_step(self, step: Step) -> None:
        self.threads.add(threading.get_ident())
        self.steps.append(step)

    def hear_success(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.said.append("succeeded")
        self.result = result

    def hear_failure(self, error: object) -> None:
        self.said.append("failed")
        self.result = error

    def hear_cancel(self) -> None:
        self.said.append("cancelled")

    def hear_end(self, _job: Job) -> None:
        self.said.append("ended")


def _has_ended(told: Told) -> bool:
    return "ended" in told.said


def _nothing(number: int, _progress: Progress) -> int:
    return number


class Emitter(QObject):
    rang = Signal(object)


def test_a_result_and_its_progress_arrive_on_the_main_thread(jobs: JobRunner, qtbot: QtBot) -> None:
    def work(progress: Progress) -> int:
        assert threading.get_ident() != main
        for done in range(5001):
            progress.report(done, 5000, "counting")
        return 5_000_000_000

    main = threading.get_ident()
    told = Told(jobs.start(work, Lane.FREE))
    qtbot.waitUntil(lambda: "ended" in told.said)
    assert told.said == ["succeeded", "ended"]
    assert told.result == 5_000_000_000
    assert told.threads == {main}
    assert told.steps[0].done == 0
    assert told.steps[-1] == Step(5000, 5000, "counting")
    assert len(told.steps) < 50


def test_an_error_is_carried_over_and_ends_the_job_once(jobs: JobRunner, qtbot: QtBot) -> None:
    def work(_progress: Progress) -> None:
        raise VaultError(count=3)

    told = Told(jobs.start(work, Lane.FREE))
    qtbot.waitUntil(lambda: "ended" in told.said)
    assert told.said == ["failed", "ended"]
    assert isinstance(told.result, VaultError)


def test_cancelling_stops_the_work_at_its_next_report(jobs: JobRunner, qtbot: QtBot) -> None:
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            started.set()
            progress.report(0, 0, "waiting")
            time.sleep(0.001)

    job = jobs.start(work, Lane.FREE)
    told = Told(job)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: "ended" in told.said)
    assert told.said == ["cancelled", "ended"]


def test_a_job_cancelled_before_its_turn_never_begins(jobs: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[int] = []
    first = Told(jobs.start(lambda _progress: gate.wait(5), Lane.WRITER))
    waiting = jobs.start(lambda _progress: begun.append(1), Lane.WRITER)
    told = Told(waiting)
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: "ended" in told.said and "ended" in first.said)
    assert told.said == ["cancelled", "ended"]
    assert begun == []


def test_what_must_finish_does_when_everything_else_is_cancelled(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    gate = threading.Event()
    first = Told(jobs.start(lambda _progress: gate.wait(5), Lane.FREE))
    save = Told(jobs.start(lambda _progress: "saved", Lane.WRITER, must_finish=True))
    jobs.cancel_all()
    gate.set()
    qtbot.waitUntil(lambda: "ended" in save.said and "ended" in first.said)
    assert save.result == "saved"


@pytest.mark.parametrize("lane", [Lane.WRITER, Lane.READER])
def test_a_lane_with_a_connection_is_one_thread_for_good(
    lane: Lane, jobs: JobRunner, qtbot: QtBot
) -> None:
    threads: set[int] = set()

    def work(_progress: Progress) -> None:
        threads.add(threading.get_ident())
        time.sleep(0.02)

    begun = [Told(jobs.start(work, lane)) for _turn in range(5)]
    qtbot.waitUntil(lambda: all("ended" in told.said for told in begun))
    assert len(threads) == 1
    assert jobs._pools[lane].expiryTimeout() == -1, "the default ends an idle thread"


def test_the_reader_does_not_wait_for_a_long_write(jobs: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    writing = Told(jobs.start(lambda _progress: gate.wait(5), Lane.WRITER))
    reading = Told(jobs.start(lambda _progress: "read", Lane.READER))
    qtbot.waitUntil(lambda: "ended" in reading.said)
    assert writing.said == []
    gate.set()
    qtbot.waitUntil(lambda: "ended" in writing.said)


def test_what_a_job_was_given_is_let_go_when_it_is_done(jobs: JobRunner, qtbot: QtBot) -> None:
    job = jobs.start(lambda _progress: None, Lane.FREE)
    told = Told(job)
    qtbot.waitUntil(lambda: "ended" in told.said)
    assert job._work is None


def test_no_job_is_left_after_many(jobs: JobRunner, qtbot: QtBot) -> None:
    for number in range(300):
        jobs.start(partial(_nothing, number), list(Lane)[number % 3])
    qtbot.waitUntil(lambda: jobs.in_flight() == 0)
    qtbot.waitUntil(lambda: not jobs.findChildren(Job))


def test_a_receiver_that_is_gone_drops_the_call(jobs: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    told = Told(jobs.start(lambda _progress: gate.wait(5), Lane.FREE))
    told.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: jobs.in_flight() == 0)
    assert told.said == []


def test_two_hundred_thousand_emits_leave_the_interpreter_whole(qtbot: QtBot) -> None:
    # PySide6 6.12.0 loses a reference to True at each emit on CPython 3.11 and aborts.
    emitter = Emitter()
    heard = 0

    def hear(value: object) -> None:
        nonlocal heard
        heard += value is True

    emitter.rang.connect(hear)
    for _turn in range(200_000):
        emitter.rang.emit(True)
    assert heard == 200_000
