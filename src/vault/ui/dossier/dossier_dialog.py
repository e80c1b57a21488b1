# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Preparing a dossier for filing: choose, see who is hidden, build, read the outcome."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _
from vault.ui.actions.dossiers import DossierActions
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.case.file_viewer import FileViewer
from vault.ui.dossier.choice import DossierChoice
from vault.ui.dossier.outcome import DossierOutcome, HiddenPeople
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, scrolled
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel


class _At(IntEnum):
    CHOICE = 0
    PEOPLE = 1
    OUTCOME = 2


class DossierDialog(QDialog):
    """Beside the window and not over it: the case can be read on while the dossier is built."""

    def __init__(
        self,
        snapshot: CaseSnapshot,
        ref: str,
        actions: DossierActions,
        evidence: EvidenceActions,
        parent: QWidget,
    ) -> None:
        """Prepare a dossier of `snapshot`; `ref` is the one chosen already, or ""."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Dossier for filing"))
        self.resize(640, 520)
        self._snapshot = snapshot
        self._actions = actions
        self._evidence = evidence
        self._plan: Any = None
        self._job: Job | None = None
        self.choice = DossierChoice(snapshot, ref)
        self.people = HiddenPeople()
        self.outcome = DossierOutcome()
        self._arrange()
        self.people.pictures_asked.connect(self._look_at_pictures)
        self._show(_At.CHOICE)

    def _arrange(self) -> None:
        self._title = PlainLabel(role=Role.TITLE, wrap=True)
        self._stack = QStackedWidget()
        for part in (self.choice, self.people, self.outcome):
            self._stack.addWidget(scrolled(part))
        self.message = MessagePanel()
        self.progress = ProgressPanel()
        self.back_button = button(_("Back"), self._go_back)
        self.next_button = button(_("Next"), self._go_on, kind="primary")
        self.close_button = button(_("Close"), self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.next_button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(self._title)
        lines.addWidget(self._stack, 1)
        lines.addWidget(self.message)
        lines.addWidget(self.progress)
        lines.addLayout(buttons)

    def at(self) -> int:
        """Return which of the three parts is shown."""
        return self._stack.currentIndex()

    def _show(self, part: _At) -> None:
        self._stack.setCurrentIndex(part)
        self._title.setText({
            _At.CHOICE: _("What is to be filed"),
            _At.PEOPLE: _("Who is hidden in it"),
            _At.OUTCOME: _("The dossier"),
        }[part])  # fmt: skip
        self.back_button.setVisible(part is _At.PEOPLE)
        self.next_button.setVisible(part is not _At.OUTCOME)
        self.next_button.setText(_("Choose where to put it…") if part is _At.PEOPLE else _("Next"))

    def _go_on(self) -> None:
        self.message.clear()
        if self.at() == _At.PEOPLE and not self.people.may_go_on():
            self.message.say(_("Look at the pictures first, and confirm it."), Tone.WARNING)
        elif self.at() == _At.PEOPLE:
            file_dialog.choose_target(
                self,
                _("Where to put the dossier"),
                self.build,
                name=f"{self._plan.dossier.ref}.pdf",
                suffix="pdf",
            )
        elif self.choice.is_new():
            self._plan_new()
        else:
            self._prepare(self.choice.dossier_ref())

    def _go_back(self) -> None:
        self.message.clear()
        self._show(_At.CHOICE)

    def _plan_new(self) -> None:
        problem = self.choice.problem()
        if problem:
            self.message.say(problem, Tone.WARNING)
            return
        job = self._actions.plan_new(self.choice.new_dossier())
        self._set_busy(busy=True)
        job.succeeded.connect(self._planned)
        job.failed.connect(self._fail)

    @Slot(object)
    def _planned(self, dossier: Any) -> None:
        self.choice.add_planned(dossier)
        self._prepare(dossier.ref)

    def _prepare(self, ref: str) -> None:
        job = self._actions.prepare(
            self._snapshot.case.reference,
            ref,
            profile_ref=self.choice.profile_ref(),
            language=self.choice.language(),
        )
        self._set_busy(busy=True)
        self.progress.follow(job, _("Reading the case…"), can_stop=False)
        job.succeeded.connect(self._prepared)
        job.failed.connect(self._fail)

    @Slot(object)
    def _prepared(self, plan: Any) -> None:
        self._plan = plan
        self._set_busy(busy=False)
        self.people.show_plan(plan)
        self._show(_At.PEOPLE)

    def _look_at_pictures(self) -> None:
        chosen = set(self._plan.dossier.evidence_ids)
        for file in self._plan.snapshot.files:
            if file.evidence_id in chosen and file.media_type.startswith("image/"):
                FileViewer(file, self._evidence, self).show()

    def build(self, out: Path) -> None:
        """Build the dossier at `out`."""
        job = self._actions.build(
            self._plan, out, pictures_confirmed=self.people.pictures_seen.isChecked()
        )
        self._job = job
        self._set_busy(busy=True)
        self.progress.follow(job, _("Building the dossier…"))
        job.succeeded.connect(self._built)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._stopped)

    @Slot(object)
    def _built(self, result: Any) -> None:
        self._set_busy(busy=False)
        self.outcome.show_result(result, self._plan)
        self._show(_At.OUTCOME)
        job = self._actions.record(self._plan, result)
        job.failed.connect(self._fail)

    @Slot()
    def _stopped(self) -> None:
        self._set_busy(busy=False)
        self.message.say(_("Stopped. Nothing was written."), Tone.INFO)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.progress.finish()
        self.message.say(error_words(error), Tone.DANGER, title=_("Not done"))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._stack, self.back_button, self.next_button):
            widget.setEnabled(not busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work: a dossier that nobody waits for should not appear later."""
        if self._job is not None and self.at() != _At.OUTCOME and not self.next_button.isEnabled():
            self.progress.stop_asked.emit()
        super().closeEvent(event)
