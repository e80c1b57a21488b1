# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Progress of one piece of long work: what, how much, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from vault.i18n import _
from vault.progress import Step
from vault.sentences import stage
from vault.ui.jobs import Job
from vault.ui.plain_label import PlainLabel
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button


class ProgressPanel(QWidget):
    """Follows a job from its start to its end; hidden in between.

    Signals:
        stop_asked: the user wants the work to stop.
    """

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._what = PlainLabel(wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = button(_("Stop"), self._ask_to_stop)
        texts = QVBoxLayout()
        texts.setSpacing(scale.TIGHT)
        texts.addWidget(self._what)
        texts.addWidget(self._bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scale.MEDIUM)
        across.addLayout(texts, 1)
        across.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self, what: str, *, can_stop: bool = True) -> None:
        """Say that work began, before its first report."""
        self._what.setText(what)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._stop.setText(_("Stop"))
        self._stop.setVisible(can_stop)
        self.show()

    def follow(self, job: Job, what: str, *, can_stop: bool = True) -> None:
        """Show the progress of `job` until it ended."""
        self.begin(what, can_stop=can_stop)
        job.progressed.connect(self.show_step)
        job.ended.connect(self._end)
        self.stop_asked.connect(job.cancel)

    @Slot(object)
    def show_step(self, step: Step) -> None:
        """Show how far the work is."""
        what = stage(step.what)
        # Sizes pass two thousand million, and Qt's bar counts in 32 bits: show per mille.
        known = step.total > 0
        self._bar.setRange(0, 1000 if known else 0)
        if known:
            self._bar.setValue(min(1000, step.done * 1000 // step.total))
        if 1 < step.total <= 9999:
            what = _("{what} ({done} of {total})").format(
                what=what, done=step.done, total=step.total
            )
        self._what.setText(what)

    @Slot()
    def finish(self) -> None:
        """Hide: the work has ended."""
        self.hide()

    @Slot(object)
    def _end(self, job: Job) -> None:
        self.stop_asked.disconnect(job.cancel)
        self.hide()

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText(_("Stopping…"))
        self.stop_asked.emit()
