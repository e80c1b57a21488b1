# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new case: a label is all it needs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vault.domain.values import JsonObject
from vault.i18n import _, current_language
from vault.ui.actions.casework import CaseActions
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.fields import FieldRow, TextField
from vault.ui.widgets.message_panel import MessagePanel, Tone


class NewCasePanel(QFrame):
    """Asks for a label and, if wished, a title; opens above the list.

    Signals:
        created: the id of the new case.
        dismissed: nothing is to be created after all.
    """

    created = Signal(str)
    dismissed = Signal()

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Create through `actions`."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._actions = actions
        self.reference = TextField(name=_("Label of the case"))
        self.reference.setMaxLength(60)
        self.title = TextField(name=_("Title, if you like"))
        self._label_row = FieldRow(_("Label of the case"), self.reference)
        title_row = FieldRow(_("Title, if you like"), self.title)
        self.create_button = button(_("Create"), self.create, kind="primary")
        self._message = MessagePanel()
        fields = QHBoxLayout()
        fields.setSpacing(scale.MEDIUM)
        fields.addWidget(self._label_row, 1)
        fields.addWidget(title_row, 2)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(PlainLabel(_("New case"), Role.HEADING))
        lines.addLayout(fields)
        lines.addWidget(self._message)
        lines.addLayout(row(None, button(_("Cancel"), self.dismissed.emit), self.create_button))
        for field in (self.reference, self.title):
            field.returnPressed.connect(self.create_case)

    def begin(self) -> None:
        """Ask anew."""
        self.reference.clear()
        self.title.clear()
        self._message.clear()
        self._label_row.show_problem("")
        self.show()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def create_case(self) -> None:
        """Create the case, unless it has no label."""
        reference = self.reference.text().strip()
        if not reference:
            self._label_row.show_problem(_("Write a label, for example the number of your file."))
            return
        title = self.title.text().strip()
        body: JsonObject = {"title": {current_language(): title}} if title else {}
        self.create_button.setEnabled(False)
        job = self._actions.new_case(reference, body)
        job.succeeded.connect(self._created)
        job.failed.connect(self._fail)
        job.ended.connect(self._ended)

    @Slot(object)
    def _created(self, case: Any) -> None:
        self.hide()
        self.created.emit(case.id)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._message.say(error_words(error), Tone.DANGER)

    @Slot(object)
    def _ended(self, _job: object) -> None:
        self.create_button.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape dismiss the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)
