# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of records beside the form of the chosen one, saved when it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vault.domain.records import Record
from vault.domain.rules import problems
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, plural
from vault.ui.actions.casework import CaseActions
from vault.ui.case.record_form import RecordForm
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, column, row, scrolled
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.value_table import Column, ValueTable


class Saving(Enum):
    """Whether what is on the screen is in the vault."""

    SAVED = "saved"
    PENDING = "pending"
    SAVING = "saving"
    HELD_BACK = "held_back"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Sent:
    """A record on its way into the vault."""

    record: Record
    fresh: bool


class RecordTab(QWidget):
    """One kind of record of a case: its list, and the record that is open.

    A record is written when it is left: by choosing another, another tab, another page, by
    Ctrl+S, or because the vault locks. One with problems is not written; what was typed stays
    with its record until the problems are mended or the case is left.

    Signals:
        saving_changed: a `Saving`.
    """

    saving_changed = Signal(object)

    def __init__(
        self,
        actions: CaseActions,
        form: RecordForm,
        columns: Sequence[Column],
        *,
        name: str,
        add: str,
        empty: str,
        new: Callable[[CaseSnapshot], Record],
        parent: QWidget | None = None,
    ) -> None:
        """Show records by `columns` and edit them in `form`; `new` makes an empty one."""
        super().__init__(parent)
        self.cases = actions
        self.form = form
        self._new = new
        self._snapshot: CaseSnapshot | None = None
        self._typed: dict[str, Record] = {}
        self._unwritten: dict[str, Record] = {}
        self._jobs: dict[Job, _Sent] = {}
        self._wanted = ""
        self.table = ValueTable(columns, name=name)
        self.add_button = button(add, self.begin_new, icon="plus")
        self._state = PlainLabel(role=Role.MUTED)
        self.message = MessagePanel()
        self._nothing = PlainLabel(empty, Role.MUTED, wrap=True)
        self._arrange()
        self.table.picked.connect(self._show_picked)
        form.edited.connect(self._note_edit)
        self.add_button.setEnabled(not actions.read_only)

    def _arrange(self) -> None:
        left = QWidget()
        self.left_column = QVBoxLayout(left)
        self.left_column.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.SMALL, scale.SMALL)
        self.left_column.setSpacing(scale.SMALL)
        self.left_column.addLayout(row(self.add_button, None))
        self.left_column.addWidget(self.table, 1)
        right = QWidget()
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, scale.SMALL, scale.SMALL, 0)
        whole.setSpacing(scale.TIGHT)
        head = row(None, self._state)
        head.setContentsMargins(scale.MEDIUM, 0, scale.MEDIUM, 0)
        whole.addLayout(head)
        whole.addWidget(self.message)
        self._right = QStackedWidget()
        nothing = QWidget()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        nothing.setLayout(column(None, self._nothing, None))
        nothing.layout().setContentsMargins(scale.PAGE, 0, scale.PAGE, 0)  # type: ignore[union-attr] # just set
        self._right.addWidget(nothing)
        self._right.addWidget(scrolled(self.form))
        whole.addWidget(self._right, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 5)
        splitter.setSizes([410, 590])
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(splitter)

    def show_records(self, records: Sequence[Record], snapshot: CaseSnapshot) -> None:
        """Show the records of a case, keeping the chosen one and what was typed into it."""
        chosen = self._wanted or self.chosen_id()
        typing = self.form.is_changed()
        self._snapshot = snapshot
        known = {record.id for record in records}
        fresh = [record for record in self._unwritten.values() if record.id not in known]
        self.table.blockSignals(True)
        self.table.set_rows([*records, *fresh])
        found = bool(chosen) and self.table.select(lambda record: record.id == chosen)
        self.table.blockSignals(False)
        if found:
            self._wanted = ""
            if not typing and self.table.current() != self.form.shown_record():
                self._open(self.table.current())
            self.form.follow(snapshot)
        elif not typing:
            self._close()

    def chosen_id(self) -> str:
        """Return the id of the record in the form, or ""."""
        shown = self.form.shown_record()
        return shown.id if shown is not None and self._right.currentIndex() == 1 else ""

    def choose(self, record_id: str) -> bool:
        """Open a record of the list."""
        return bool(self.table.select(lambda record: record.id == record_id))

    def begin_new(self) -> None:
        """Open an empty form for a new record; it is written when it is left."""
        if self._snapshot is None:
            return
        self.leave()
        record = self._new(self._snapshot)
        self._unwritten[record.id] = record
        self.table.set_rows([*self.table.values.rows(), record])
        self.choose(record.id)
        self._focus_first_field()

    def leave(self) -> Saving:
        """Write what was typed, if it may be written, and tell how that stands."""
        shown = self.form.shown_record()
        if shown is None or self._right.currentIndex() == 0 or self.cases.read_only:
            return Saving.SAVED
        return self._keep(self.form.record(), shown)

    def unsaved(self) -> dict[str, Record]:
        """Return what was typed but not written, by record id: to survive a change of language."""
        shown = self.form.shown_record()
        typed = dict(self._typed)
        if shown is not None and self.form.is_changed():
            typed[shown.id] = self.form.record()
        return typed

    def take_up(self, typed: dict[str, Record]) -> None:
        """Go on with what `unsaved` returned."""
        self._typed.update(typed)

    def has_unwritten(self) -> bool:
        """Tell whether anything typed is not in the vault yet."""
        return bool(self._typed or self._jobs) or self.form.is_changed()

    def _keep(self, record: Record, shown: Record) -> Saving:
        fresh = record.id in self._unwritten
        if record == shown and record.id not in self._typed:
            if fresh:
                # Nothing was typed into the new record: it never was.
                del self._unwritten[record.id]
            return self._say(Saving.SAVED)
        if problems(record):
            self._typed[record.id] = record
            return self._say(Saving.HELD_BACK, len(problems(record)))
        self._typed.pop(record.id, None)
        if fresh:
            del self._unwritten[record.id]
            job = self.cases.create(record)
        else:
            job = self.cases.save(record)
        self._jobs[job] = _Sent(record, fresh)
        # What is shown is what was sent, so that leaving twice does not write twice.
        if self.chosen_id() == record.id:
            self.form.take_as_shown(record)
        job.succeeded.connect(self._saved)
        job.failed.connect(self._not_saved)
        job.ended.connect(self._forget)
        return self._say(Saving.SAVING)

    @Slot(object)
    def _show_picked(self, record: Any) -> None:
        shown = self.form.shown_record()
        if record is not None and shown is not None and record.id == self.chosen_id():
            return
        self.leave()
        if record is None:
            self._close()
        else:
            self._open(record)

    def _open(self, record: Any) -> None:
        self.message.clear()
        self._right.setCurrentIndex(1)
        self.form.show_record(record, self._snapshot)
        typed = self._typed.get(record.id)
        if typed is not None:
            self.form.show_record(typed, self._snapshot)
            self.form.check()
            self._say(Saving.HELD_BACK, len(problems(typed)))
        else:
            self._say(Saving.PENDING if record.id in self._unwritten else Saving.SAVED)
        self.form.set_read_only(read_only=self.cases.read_only)
        self.record_opened(record)

    def record_opened(self, record: Any) -> None:
        """Show what a subclass has besides the form."""

    def _close(self) -> None:
        self._right.setCurrentIndex(0)
        self._say(Saving.SAVED)

    @Slot()
    def _note_edit(self) -> None:
        found = self.form.check()
        if found:
            self._say(Saving.HELD_BACK, len(found))
        else:
            self._say(Saving.PENDING)

    @Slot(object)
    def _saved(self, result: Any) -> None:
        sent = self._sent()
        if sent is None:
            return
        if sent.fresh and self.chosen_id() == sent.record.id:
            self._adopt(result, sent.record)
        if not self.form.is_changed():
            self._say(Saving.SAVED)

    def _adopt(self, made: Any, draft: Record) -> None:
        """Go on with a new record under the identity and reference it got in the vault."""
        self._wanted = made.id
        typed: Any = self.form.record()
        if typed == draft:
            self.form.take_as_shown(made)
        else:
            self.form.rebase(made)

    @Slot(object)
    def _not_saved(self, error: Exception) -> None:
        sent = self._sent()
        if sent is None:
            return
        self._typed[sent.record.id] = sent.record
        if sent.fresh:
            self._unwritten[sent.record.id] = sent.record
        self.message.say(error_words(error), Tone.DANGER, title=_("Not saved"))
        self._say(Saving.FAILED)

    def _sent(self) -> _Sent | None:
        job = self.sender()
        return self._jobs.get(job) if isinstance(job, Job) else None

    @Slot(object)
    def _forget(self, job: Job) -> None:
        self._jobs.pop(job, None)

    def _say(self, saving: Saving, count: int = 0) -> Saving:
        self._state.setText({
            Saving.SAVED: _("Saved") if self._right.currentIndex() == 1 else "",
            Saving.PENDING: _("Will be saved when you leave this record"),
            Saving.SAVING: _("Saving…"),
            Saving.HELD_BACK: plural(
                "Not saved: {count} field needs attention",
                "Not saved: {count} fields need attention",
                count,
            ).format(count=count),
            Saving.FAILED: _("Not saved"),
        }[saving])  # fmt: skip
        self.saving_changed.emit(saving)
        return saving

    def _focus_first_field(self) -> None:
        first = self.form.nextInFocusChain()
        if isinstance(first, QWidget):
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what was typed when another tab or page is shown."""
        super().hideEvent(event)
        self.leave()
