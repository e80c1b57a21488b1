# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evidence of a case: list, form, and files taken in by button or by drag and drop."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from vault.domain.evidence import Evidence
from vault.domain.records import Record
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language, plural
from vault.ui import words
from vault.ui.actions.casework import CaseActions
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.case.consent_form import person_choices
from vault.ui.case.evidence_form import EvidenceForm
from vault.ui.case.record_tab import RecordTab
from vault.ui.case.record_tabs import natural_ref
from vault.ui.dates import date_words
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.fields import ChoiceField
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel
from vault.ui.widgets.value_table import Column


class EvidenceTab(RecordTab):
    """The evidence of a case.

    Signals:
        file_asked: an `EvidenceFile` to be looked at.
    """

    file_asked = Signal(object)

    def __init__(
        self, actions: CaseActions, evidence: EvidenceActions, parent: QWidget | None = None
    ) -> None:
        """Lay the list, the form and the place for drops out."""
        form = EvidenceForm()
        super().__init__(
            actions,
            form,
            (
                Column(title=_("Exhibit"), shown=_number, sort=_number_order),
                Column(title=_("What it is"), shown=_title, stretch=True, strong=True),
                Column(title=_("Category"), optional=2, shown=lambda item: words.word(
                    words.EVIDENCE_CATEGORY, item.category), widest=120),
                Column(title=_("Date"), optional=1,
                       shown=lambda item: date_words(item.document_date),
                       sort=lambda item: item.document_date, widest=120),
            ),
            name=_("Evidence"),
            add=_("New evidence"),
            empty=_("Choose a piece of evidence on the left, or drop files here."),
            new=_new_evidence,
            parent=parent,
        )  # fmt: skip
        self._evidence = evidence
        self._case_id = ""
        self._waiting: list[Path] = []
        self._added = 0
        self._duplicates = 0
        self._job: Job | None = None
        self._target: Evidence | None = None
        self.setAcceptDrops(not actions.read_only)
        self._build_intake()
        form.file_asked.connect(self.file_asked)

    def _build_intake(self) -> None:
        self._drop = QFrame()
        self._drop.setObjectName("drop")
        self._from = ChoiceField(name=_("Received from"))
        self._method = ChoiceField(
            words.choices(words.CUSTODY_METHOD), value="original", name=_("In what way")
        )
        add = button(_("Add files…"), self.choose_files, icon="plus")
        add.setEnabled(not self.cases.read_only)
        self.progress = ProgressPanel()
        self.intake_message = MessagePanel()
        lines = QVBoxLayout(self._drop)
        lines.setContentsMargins(scale.SMALL, scale.SMALL, scale.SMALL, scale.SMALL)
        lines.setSpacing(scale.TIGHT)
        lines.addLayout(row(PlainLabel(_("Received from"), Role.FIELD), self._from))
        lines.addLayout(row(PlainLabel(_("In what way"), Role.FIELD), self._method))
        lines.addLayout(row(PlainLabel(_("Drop files here, or"), Role.MUTED), add, None))
        lines.addWidget(self.progress)
        lines.addWidget(self.intake_message)
        self.left_column.addWidget(self._drop)

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the evidence of `snapshot`."""
        self._case_id = snapshot.case.id
        self._from.set_choices(person_choices(snapshot.persons), self._from.value())
        self.show_records(snapshot.evidence, snapshot)

    def choose_files(self) -> None:
        """Let the user choose files to take in."""
        file_dialog.choose_files(self, _("Files to take into the vault"), self.take_in)

    def take_in(self, paths: list[Path]) -> None:
        """Take files in one after the other: to the chosen evidence if it has none, else to new."""
        if self.cases.read_only:
            return
        self.leave()
        self.intake_message.clear()
        self._waiting.extend(path for path in paths if path.is_file())
        self._added = self._duplicates = 0
        if self._job is None:
            self._target = self._evidence_without_file() if len(self._waiting) == 1 else None
            self._next()

    def _evidence_without_file(self) -> Evidence | None:
        shown = self.form.shown_record()
        chosen = self.chosen_id()
        if isinstance(shown, Evidence) and shown.id == chosen and not self.has_files(chosen):
            return shown if shown.ref else None
        return None

    def has_files(self, evidence_id: str) -> bool:
        """Tell whether a piece of evidence has a file already."""
        files = self._snapshot.files if self._snapshot is not None else ()
        return any(file.evidence_id == evidence_id for file in files)

    def _next(self) -> None:
        if not self._waiting:
            self._report()
            return
        path = self._waiting.pop(0)
        job = self._evidence.add_file(
            self._case_id,
            path,
            to=self._target,
            received_from=self._from.value(),
            method=self._method.value(),
        )
        self._target = None
        self._job = job
        self.progress.follow(job, _("Taking in {name}").format(name=path.name))
        job.succeeded.connect(self._one_added)
        job.failed.connect(self._one_failed)
        job.cancelled.connect(self._waiting.clear)
        job.ended.connect(self._one_ended)

    @Slot(object)
    def _one_added(self, added: Any) -> None:
        self._added += 1
        self._duplicates += bool(added.duplicate_of)
        self._wanted = added.evidence_id

    @Slot(object)
    def _one_failed(self, error: Exception) -> None:
        self._waiting.clear()
        self.intake_message.say(
            error_words(error), Tone.DANGER, title=_("The file was not taken in")
        )

    @Slot(object)
    def _one_ended(self, _job: Job) -> None:
        self._job = None
        self._next()

    def _report(self) -> None:
        if not self._added:
            return
        said = plural(
            "{count} file was taken in, hashed and encrypted.",
            "{count} files were taken in, hashed and encrypted.",
            self._added,
        ).format(count=self._added)
        if self._duplicates:
            said += " " + plural(
                "{count} of them is in the case already.",
                "{count} of them are in the case already.",
                self._duplicates,
            ).format(count=self._duplicates)
        said += " " + _("The originals are still where they were.")
        self.intake_message.say(said, Tone.WARNING if self._duplicates else Tone.GOOD)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files that have a path."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark_drop(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop showing that a drop would be taken."""
        super().dragLeaveEvent(event)
        self._mark_drop(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files in."""
        self._mark_drop(over=False)
        urls = event.mimeData().urls()
        event.acceptProposedAction()
        self.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _mark_drop(self, *, over: bool) -> None:
        self._drop.setProperty("over", over)
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)


def _number(item: Evidence) -> str:
    return item.exhibit_no or item.ref


def _number_order(item: Evidence) -> str:
    prefix = item.exhibit_no.rstrip("0123456789")
    number = item.exhibit_no[len(prefix) :]
    return f"{prefix}{int(number):012d}" if number else f"~{natural_ref(item)}"


def _title(item: Evidence) -> str:
    return item.title.best(current_language()) or _("New evidence")


def _new_evidence(snapshot: CaseSnapshot) -> Record:
    return Evidence(id=str(uuid.uuid4()), case_id=snapshot.case.id, ref="")
