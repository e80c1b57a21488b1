# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work away from the window: three lanes, and one object for each piece of work in flight."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from vault.progress import Cancelled, Progress

Work = Callable[[Progress], object]
"""A plain function of `services` with its arguments bound; it knows nothing of Qt."""

_NEVER: Final = -1
_STOP_MILLISECONDS: Final = 5000


class Lane(Enum):
    """Where a piece of work runs.

    The writer lane is one thread that lives as long as the runner and owns the writing
    connection; the reader lane is another with its own read-only connection; the free lane
    takes work that holds only values and bytes.
    """

    WRITER = "writer"
    READER = "reader"
    FREE = "free"


class Job(QObject):
    """One piece of work in flight. It lives on the main thread; its signals arrive there.

    Signals:
        progressed: a `Step`, at most ten a second.
        succeeded: what the work returned.
        failed: the exception it raised.
        cancelled: it stopped because it was asked to.
        ended: the job itself, last, after exactly one of the three above.
    """

    # Values travel as objects: an int of a signal has 32 bits, and videos are longer.
    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal(object)
    _outcome = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        """Hold `work` for a lane; `JobRunner` is what makes jobs."""
        super().__init__(parent)
        self._work: Work | None = work
        self._progress = Progress(self.progressed.emit)
        self._outcome.connect(self._finish)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next report; one that has not begun never will."""
        self._progress.cancel()

    def run_here(self) -> None:
        """Do the work on the calling thread and carry its outcome to the main thread."""
        result: object = None
        error: BaseException | None = None
        try:
            self._progress.check()
            if self._work is not None:
                result = self._work(self._progress)
        except BaseException as caught:  # noqa: BLE001 - an exception that leaves a runnable is lost
            error = caught
        self._work = None  # what the work was given must not outlive it, secrets least of all
        self._outcome.emit(result, error)

    @Slot(object, object)
    def _finish(self, result: object, error: BaseException | None) -> None:
        if error is None:
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            self.failed.emit(error)
        self.ended.emit(self)


class _Runnable(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run_here()


class JobRunner(QObject):
    """Starts jobs on their lanes and keeps each alive until its last signal was delivered.

    Signals:
        busy_changed: whether any job is in flight.
    """

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the lanes; their threads start with the first job."""
        super().__init__(parent)
        self._jobs: set[Job] = set()
        self._must_finish: set[Job] = set()
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane in (Lane.WRITER, Lane.READER):
            # A connection may be used only by the thread that opened it, so that thread stays.
            self._pools[lane].setMaxThreadCount(1)
            self._pools[lane].setExpiryTimeout(_NEVER)

    def start(self, work: Work, lane: Lane, *, must_finish: bool = False) -> Job:
        """Queue `work` on a lane; connect to the returned job before returning to Qt.

        Work that `must_finish`, such as a save, is not stopped by `cancel_all`.
        """
        job = Job(work, self)
        self._jobs.add(job)
        if must_finish:
            self._must_finish.add(job)
        job.ended.connect(self._forget)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._pools[lane].start(_Runnable(job))
        return job

    def in_flight(self) -> int:
        """Return how many jobs have not ended."""
        return len(self._jobs)

    def wait_for_writer(self, milliseconds: int) -> bool:
        """Wait until the writer lane is empty, at most so long: for the last save before a lock.

        Nothing is delivered meanwhile; the outcome signals come when Qt runs again.
        """
        return self._pools[Lane.WRITER].waitForDone(milliseconds)

    def wait_until_idle(self, milliseconds: int) -> bool:
        """Wait until every lane is empty, at most so long for each."""
        empty = [pool.waitForDone(milliseconds) for pool in self._pools.values()]
        return all(empty)

    def cancel_all(self) -> None:
        """Ask every job to stop that may, without waiting."""
        for job in self._jobs - self._must_finish:
            job.cancel()

    def stop(self, milliseconds: int = _STOP_MILLISECONDS) -> bool:
        """Cancel what may be cancelled and wait; tell whether all lanes became empty in time."""
        self.cancel_all()
        return self.wait_until_idle(milliseconds)

    @Slot(object)
    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        self._must_finish.discard(job)
        job.deleteLater()
        if not self._jobs:
            self.busy_changed.emit(False)
