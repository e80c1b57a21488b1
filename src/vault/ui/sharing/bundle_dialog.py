# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making an encrypted package of a case for colleagues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _
from vault.ui.actions.sharing import SharingActions
from vault.ui.case.tick_list import TickList
from vault.ui.dates import size_words
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, row, scrolled
from vault.ui.widgets.fields import FieldRow, TextField
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel


class BundleDialog(QDialog):
    """Chooses colleagues and a purpose, encrypts the case to them, and shows the outcome."""

    def __init__(self, snapshot: CaseSnapshot, actions: SharingActions, parent: QWidget) -> None:
        """Share the case of `snapshot`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Encrypted package"))
        self.resize(560, 460)
        self._snapshot = snapshot
        self._actions = actions
        self._plan: Any = None
        self._names: dict[str, str] = {}
        self._unverified: set[str] = set()
        self._build()
        job = actions.contacts()
        job.succeeded.connect(self._show_contacts)
        job.failed.connect(self._fail)

    def _build(self) -> None:
        self.recipients = TickList(_("For whom"), (), columns=1)
        self.recipients.edited.connect(self._warn)
        self.purpose = TextField(name=_("What they need it for"))
        self.message = MessagePanel()
        self.progress = ProgressPanel()
        self.make_button = button(_("Choose where to put it…"), self._choose, kind="primary")
        inside = QWidget()
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(0, 0, scale.SMALL, 0)
        middle.setSpacing(scale.MEDIUM)
        middle.addWidget(PlainLabel(
            _("The whole case, with its files and history, readable only by the colleagues "
              "chosen here. They can open it without this program too."),
            Role.MUTED, wrap=True,
        ))  # fmt: skip
        middle.addWidget(self.recipients)
        middle.addWidget(FieldRow(_("What they need it for"), self.purpose))
        middle.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        title = _("Encrypted package of {case}").format(case=self._snapshot.case.reference)
        lines.addWidget(PlainLabel(title, Role.TITLE, wrap=True))
        lines.addWidget(scrolled(inside), 1)
        lines.addWidget(self.message)
        lines.addWidget(self.progress)
        lines.addLayout(row(None, button(_("Close"), self.close), self.make_button))

    @Slot(object)
    def _show_contacts(self, contacts: Any) -> None:
        self._names = {item.id: item.display_name for item in contacts}
        self._unverified = {item.id for item in contacts if not item.verified}
        self.recipients.set_choices([(item.id, _contact_words(item)) for item in contacts])
        self.recipients.setVisible(bool(contacts))
        self.make_button.setEnabled(bool(contacts))
        if not contacts:
            self.message.say(
                _("There is no colleague yet. Add a card under Vault → Contacts first.")
            )

    @Slot()
    def _warn(self) -> None:
        doubtful = [self._names[each] for each in self.recipients.values()
                    if each in self._unverified]  # fmt: skip
        self.message.say(
            _("Not verified: {names}. Someone else may hold the keys of this card; compare the "
              "40 digits by voice first.").format(names=", ".join(doubtful))
            if doubtful
            else "",
            Tone.WARNING,
        )  # fmt: skip

    def _choose(self) -> None:
        if not self.recipients.values():
            self.message.say(_("Choose at least one colleague."), Tone.WARNING)
            return
        file_dialog.choose_target(
            self, _("Where to put the package"), self.make, name="package.panah.age"
        )

    def make(self, out: Path) -> None:
        """Make the package at `out`."""
        self._out = out
        job = self._actions.prepare_bundle(
            self._snapshot.case.reference, self.recipients.values(), self.purpose.text().strip()
        )
        self._set_busy(busy=True)
        self._follow(job, _("Reading the case…"))
        job.succeeded.connect(self._prepared)

    @Slot(object)
    def _prepared(self, plan: Any) -> None:
        self._plan = plan
        job = self._actions.write_bundle(plan, self._out)
        self._follow(job, _("Encrypting…"))
        job.succeeded.connect(self._written)

    @Slot(object)
    def _written(self, result: Any) -> None:
        self._set_busy(busy=False)
        self.make_button.hide()
        self.message.say(
            "\n".join((
                _("File: {path}").format(path=result.path),
                _("Size: {size}").format(size=size_words(result.size)),
                _("Encrypted with: {kind}").format(kind=result.encryption),
            )),
            Tone.GOOD,
            title=_("The package is ready"),
        )  # fmt: skip
        job = self._actions.record_bundle(self._plan, result)
        job.failed.connect(self._fail)

    def _follow(self, job: Job, what: str) -> None:
        self.progress.follow(job, what)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._stopped)

    @Slot()
    def _stopped(self) -> None:
        self._set_busy(busy=False)
        self.message.say(_("Stopped. Nothing was written."))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.message.say(error_words(error), Tone.DANGER, title=_("Not done"))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.recipients, self.purpose, self.make_button):
            widget.setEnabled(not busy)


def _contact_words(contact: Any) -> str:
    name = f"{contact.display_name}, {contact.organisation}".rstrip(", ")
    if contact.verified:
        return name
    return _("{name}: not verified").format(name=name)
