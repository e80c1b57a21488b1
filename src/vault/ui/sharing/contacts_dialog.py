# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The own card, and the colleagues whose cards are known."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from vault.i18n import _
from vault.ui.actions.sharing import SharingActions
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, panel, row
from vault.ui.widgets.clipboard import SecretClipboard
from vault.ui.widgets.fields import FieldRow, TextField
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.value_table import Column, ValueTable


class ContactsDialog(QDialog):
    """Adds cards from files and verifies them by their 40 digits."""

    def __init__(
        self, actions: SharingActions, clipboard: SecretClipboard, parent: QWidget
    ) -> None:
        """Read contacts and the own card through `actions`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Contacts"))
        self.resize(680, 520)
        self._actions = actions
        self._clipboard = clipboard
        self._card: Any = None
        self.message = MessagePanel()
        self.table = ValueTable(
            (
                Column(title=_("Name"), shown=lambda item: item.display_name, stretch=True,
                       strong=True),
                Column(title=_("Organisation"), shown=lambda item: item.organisation),
                Column(title=_("Card"), shown=_state,
                       tone=lambda item: "good" if item.verified else "warning"),
            ),
            name=_("Colleagues"),
        )  # fmt: skip
        self.table.picked.connect(self._show_picked)
        self._add = button(_("Add a card…"), self._choose_card, icon="plus")
        self._add.setEnabled(not actions.read_only)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(self._own_part())
        lines.addLayout(row(PlainLabel(_("Colleagues"), Role.HEADING), None, self._add))
        lines.addWidget(self.table, 1)
        lines.addWidget(self._verify_part())
        lines.addWidget(self.message)
        lines.addLayout(row(None, button(_("Close"), self.close)))
        actions.contacts_changed.connect(self._load)
        own = actions.own_card()
        own.succeeded.connect(self._show_own)
        own.failed.connect(self._fail)
        self._load()

    def _own_part(self) -> QFrame:
        box = panel()
        self._own_name = PlainLabel(role=Role.HEADING)
        self._own_code = PlainLabel(wrap=True, selectable=True)
        self._copy = button(_("Copy the card"), self._copy_card, icon="copy")
        self._save = button(_("Save the card…"), self._save_card)
        for made in (self._copy, self._save):
            made.setEnabled(False)
        lines = QVBoxLayout(box)
        lines.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        lines.setSpacing(scale.TIGHT)
        lines.addWidget(self._own_name)
        lines.addWidget(PlainLabel(
            _("Colleagues add your card and compare these 40 digits with you by voice:"),
            Role.MUTED, wrap=True,
        ))  # fmt: skip
        lines.addWidget(self._own_code)
        lines.addLayout(row(self._copy, self._save, None))
        return box

    def _verify_part(self) -> QFrame:
        self._verify = panel()
        self._verify_title = PlainLabel(role=Role.HEADING, wrap=True)
        self.code_field = TextField(name=_("The 40 digits your colleague reads out"))
        self._verify_button = button(_("Confirm"), self._confirm, kind="primary")
        self.code_field.returnPressed.connect(self._confirm)
        lines = QVBoxLayout(self._verify)
        lines.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        lines.setSpacing(scale.TIGHT)
        lines.addWidget(self._verify_title)
        lines.addWidget(FieldRow(
            _("The 40 digits your colleague reads out"), self.code_field,
            hint=_("Ask by telephone or in person, never through the channel the card came by."),
        ))  # fmt: skip
        lines.addLayout(row(None, self._verify_button))
        self._verify.hide()
        return self._verify

    @Slot()
    def _load(self) -> None:
        job = self._actions.contacts()
        job.succeeded.connect(self._show_contacts)
        job.failed.connect(self._fail)

    @Slot(object)
    def _show_contacts(self, contacts: Any) -> None:
        chosen = self.table.current()
        self.table.set_rows(contacts)
        if chosen is not None:
            self.table.select(lambda item: item.id == chosen.id)
        self._show_picked(self.table.current())

    @Slot(object)
    def _show_own(self, card: Any) -> None:
        self._card = card
        self._own_name.setText(_("Your card: {name}").format(name=card.display_name))
        self._own_code.setText(card.code)
        for made in (self._copy, self._save):
            made.setEnabled(True)

    @Slot(object)
    def _show_picked(self, contact: Any) -> None:
        waiting = contact is not None and not contact.verified and not self._actions.read_only
        self._verify.setVisible(waiting)
        self.code_field.clear()
        if waiting:
            self._verify_title.setText(
                _("Verify the card of {name}").format(name=contact.display_name)
            )

    def _confirm(self) -> None:
        contact = self.table.current()
        if contact is None or not self.code_field.text().strip():
            return
        self.message.clear()
        job = self._actions.verify_contact(contact.id, self.code_field.text())
        job.succeeded.connect(self._verified)
        job.failed.connect(self._fail)

    @Slot(object)
    def _verified(self, _contact: object) -> None:
        self.message.say(_("The card is verified."), Tone.GOOD)

    def _choose_card(self) -> None:
        file_dialog.choose_file(self, _("A colleague's card"), self.add_card)

    def add_card(self, path: Any) -> None:
        """Take a colleague's card from a file."""
        self.message.clear()
        job = self._actions.add_contact(path)
        job.succeeded.connect(self._added)
        job.failed.connect(self._fail)

    @Slot(object)
    def _added(self, contact: Any) -> None:
        self.message.say(
            _("The card of {name} was added. It is not verified yet: compare the 40 digits.")
            .format(name=contact.display_name),
            Tone.WARNING,
        )  # fmt: skip

    def _copy_card(self) -> None:
        self._clipboard.put(self._card.text)
        self.message.say(_("Copied. The clipboard is emptied in 30 seconds."))

    def _save_card(self) -> None:
        file_dialog.choose_target(
            self, _("Where to put your card"), self.save_card, name="card.txt", suffix="txt"
        )

    def save_card(self, path: Any) -> None:
        """Write the own card to a file."""
        job = self._actions.write_card(self._card.text, path)
        job.succeeded.connect(self._saved)
        job.failed.connect(self._fail)

    @Slot(object)
    def _saved(self, _nothing: object) -> None:
        self.message.say(_("Your card was saved."), Tone.GOOD)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.message.say(error_words(error), Tone.DANGER, title=_("Not done"))


def _state(contact: Any) -> str:
    return _("Verified") if contact.verified else _("Not verified")
