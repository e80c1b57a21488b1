# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases, search as you type over everything, and what to do when there is none."""

from __future__ import annotations

import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from vault.i18n import _, current_language, plural
from vault.ui import words
from vault.ui.actions.casework import CaseActions
from vault.ui.cases.new_case import NewCasePanel
from vault.ui.dates import date_words, moment_words, time_left_words
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now
from vault.ui.widgets.arrange import button, column, row
from vault.ui.widgets.fields import TextField
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.value_table import Column, ValueTable

_PAUSE_MILLISECONDS: Final = 150


class CasesPage(QWidget):
    """Every case of the vault.

    Signals:
        case_asked: the id of a case to open.
        record_asked: the case id, the kind and the id of a record to open.
    """

    case_asked = Signal(str)
    record_asked = Signal(str, str, str)

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Read the list from `actions`."""
        super().__init__(parent)
        self.setObjectName("page")
        self._actions = actions
        self._search_job: Job | None = None
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_PAUSE_MILLISECONDS)
        self._searching.timeout.connect(self._search)
        self._build()
        self._arrange()
        actions.changed.connect(self.load)
        self.load()

    def _build(self) -> None:
        self.search_field = TextField(
            placeholder=_("Search in everything: names, numbers, texts, files"),
            name=_("Search in all cases"),
        )
        self.search_field.setClearButtonEnabled(True)
        self.search_field.addAction(
            icons.icon("search", colours_now().muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search_field.textChanged.connect(self._note_words)
        self.table = ValueTable(_case_columns(), name=_("Cases"))
        self.table.opened.connect(lambda row: self.case_asked.emit(row.case.id))
        self.hits = ValueTable(_hit_columns(), name=_("What was found"))
        self.hits.opened.connect(
            lambda hit: self.record_asked.emit(hit.case_id, hit.kind, hit.record_id)
        )
        self.message = MessagePanel()
        self.new_case = NewCasePanel(self._actions)
        self.new_case.created.connect(self.case_asked)
        self.new_case.dismissed.connect(self._hide_new_case)
        self.new_button = button(_("New case"), self.show_new_case, icon="plus", kind="primary")
        self.new_button.setEnabled(not self._actions.read_only)

    def _arrange(self) -> None:
        self._count = PlainLabel(role=Role.MUTED)
        heading = PlainLabel(_("Cases"), Role.TITLE)
        self.search_field.setMinimumWidth(220)
        head = row(heading, self._count, self.search_field, self.new_button, spacing=scale.MEDIUM)
        head.setStretch(2, 1)
        self._stack = QStackedWidget()
        for part in (self.table, self.hits, self._empty_state(), self._nothing_found()):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        whole.setSpacing(scale.MEDIUM)
        whole.addLayout(head)
        whole.addWidget(self.new_case)
        whole.addWidget(self.message)
        whole.addWidget(self._stack, 1)
        self.new_case.hide()
        QShortcut(QKeySequence.StandardKey.Find, self, self.search_field.setFocus)
        QShortcut(QKeySequence.StandardKey.New, self, self.show_new_case)

    def _empty_state(self) -> QWidget:
        empty = QWidget()
        sentence = PlainLabel(
            _(
                "A case needs only a label to start, for example the number of your file. "
                "Add the people, what happened to them, and the evidence; consents decide what "
                "may be shown to whom."
            ),
            Role.MUTED,
            wrap=True,
        )
        sentence.setMaximumWidth(scale.READING_WIDTH)
        sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        heading = PlainLabel(_("No case yet"), Role.HEADING)
        start = button(_("Start the first case"), self.show_new_case, icon="plus")
        lines = column(None, heading, sentence, start, None)
        for widget in (heading, sentence, start):
            lines.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        empty.setLayout(lines)
        return empty

    def _nothing_found(self) -> QWidget:
        nothing = QWidget()
        sentence = PlainLabel(
            _("Nothing was found. Try the beginning of a word, or a number without spaces."),
            Role.MUTED,
        )
        lines = column(None, sentence, None)
        lines.setAlignment(sentence, Qt.AlignmentFlag.AlignHCenter)
        nothing.setLayout(lines)
        return nothing

    @Slot()
    def load(self) -> None:
        """Read the list anew."""
        job = self._actions.list_cases()
        job.succeeded.connect(self._show_cases)
        job.failed.connect(self._fail)

    @Slot()
    def show_new_case(self) -> None:
        """Ask for the label of a new case."""
        if not self._actions.read_only:
            self.new_case.begin()

    @Slot(object)
    def _show_cases(self, cases: Any) -> None:
        chosen = self.table.current()
        self.table.set_rows(cases)
        if chosen is not None:
            self.table.select(lambda row: row.case.id == chosen.case.id)
        elif cases:
            self.table.selectRow(0)
        self._count.setText(
            plural("{count} case", "{count} cases", len(cases)).format(count=len(cases))
            if cases
            else ""
        )
        self._show_right_part()

    @Slot(str)
    def _note_words(self, text: str) -> None:
        if text.strip():
            self._searching.start()
        else:
            self._searching.stop()
            self._show_right_part()

    @Slot()
    def _search(self) -> None:
        if self._search_job is not None:
            self._search_job.cancel()
        job = self._actions.search(self.search_field.text().strip())
        self._search_job = job
        job.succeeded.connect(self._show_hits)
        job.failed.connect(self._fail)
        job.ended.connect(self._search_ended)

    @Slot(object)
    def _show_hits(self, hits: Any) -> None:
        # Only the newest question is answered; an older answer would flicker past.
        if self.sender() is not self._search_job or not self.search_field.text().strip():
            return
        self.message.clear()
        self.hits.set_rows(hits)
        if hits:
            self.hits.selectRow(0)
        self._stack.setCurrentIndex(1 if hits else 3)

    @Slot(object)
    def _search_ended(self, job: Job) -> None:
        if job is self._search_job:
            self._search_job = None

    def _show_right_part(self) -> None:
        if self.search_field.text().strip():
            return
        self._stack.setCurrentIndex(0 if self.table.values.rows() else 2)

    def _hide_new_case(self) -> None:
        self.new_case.hide()
        self.table.setFocus()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.message.say(error_words(error), Tone.DANGER)


def _case_columns() -> tuple[Column, ...]:
    return (
        Column(title=_("Case"), shown=lambda row: row.case.reference, strong=True),
        Column(title=_("Title"), shown=lambda row: row.case.title.best(current_language()),
               stretch=True),
        Column(title=_("State"), optional=4,
               shown=lambda row: words.word(words.CASE_STATUS, row.case.status)),
        Column(title=_("Next deadline"), shown=_next_deadline, sort=_due, tone=_deadline_tone),
        Column(title=_("People"), optional=3, shown=lambda row: str(row.persons), right=True,
               sort=lambda row: row.persons),
        Column(title=_("Incidents"), optional=3, shown=lambda row: str(row.incidents), right=True,
               sort=lambda row: row.incidents),
        Column(title=_("Evidence"), optional=3, shown=lambda row: str(row.evidence), right=True,
               sort=lambda row: row.evidence),
        Column(title=_("Changed"), optional=5, shown=lambda row: moment_words(row.updated_at),
               sort=lambda row: row.updated_at),
    )  # fmt: skip


def _hit_columns() -> tuple[Column, ...]:
    return (
        Column(title=_("Case"), shown=lambda hit: hit.case_reference),
        Column(title=_("Kind"), shown=lambda hit: words.word(words.KIND, hit.kind)),
        Column(title=_("Ref."), shown=lambda hit: hit.ref),
        Column(title=_("Found"), shown=lambda hit: hit.snippet, stretch=True),
    )


def _due(summary: Any) -> str:
    deadline = summary.next_deadline
    return str(getattr(deadline, "due", deadline) or "")


def _next_deadline(summary: Any) -> str:
    due = _due(summary)
    if not due:
        return ""
    left = time_left_words(due, datetime.datetime.now().astimezone().date())
    return f"{date_words(due)} · {left}" if left else date_words(due)


def _deadline_tone(summary: Any) -> str:
    due = _due(summary)
    soon = datetime.datetime.now().astimezone().date() + datetime.timedelta(days=2)
    return "danger" if due and due[:10] <= soon.isoformat() else ""
