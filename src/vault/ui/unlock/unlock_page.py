# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a vault: its folder, a passphrase or the recovery code, and what the keyring adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vault.i18n import _
from vault.services.vaults import VaultInfo, keyring_text
from vault.ui import words
from vault.ui.actions.vaults import VaultActions
from vault.ui.jobs import Job
from vault.ui.lock import LockReason
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, row, rule, scrolled
from vault.ui.widgets.fields import FieldRow, TextField
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.passphrase_field import PassphraseField
from vault.ui.widgets.progress_panel import ProgressPanel

_PAUSE_MILLISECONDS: Final = 250
_COLUMN_WIDTH: Final = 500


class UnlockPage(QWidget):
    """The first page. It remembers no folder: what is written there came with the door.

    Signals:
        opened: the `OpenVault`.
        create_asked: the user wants a new vault.
    """

    opened = Signal(object)
    create_asked = Signal()

    def __init__(
        self,
        actions: VaultActions,
        *,
        folder: Path | None,
        reason: LockReason | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Stand at `folder`; `reason` says why the vault was closed just now."""
        super().__init__(parent)
        self.setObjectName("page")
        self._actions = actions
        self._look_job: Job | None = None
        self._by_code = False
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_PAUSE_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        self._build()
        self._arrange()
        self.folder_field.textChanged.connect(self._note_folder)
        if reason is not None and reason is not LockReason.CLOSED:
            self.message.say(_reason_words(reason))
        if folder is not None:
            self.folder_field.setText(str(folder))

    def _build(self) -> None:
        self.folder_field = TextField(
            placeholder=_("Folder of the vault"), name=_("Folder of the vault")
        )
        self._browse = button(_("Browse…"), self._choose_folder, icon="folder")
        self._about = PlainLabel(role=Role.MUTED, wrap=True)
        self.passphrase = PassphraseField(_("Passphrase"))
        self.passphrase.entered.connect(self.open_vault)
        self.code_field = TextField(placeholder="XXXX-XXXX-XXXX-…", name=_("Recovery code"))
        self.code_field.returnPressed.connect(self.open_vault)
        self._passphrase_row = FieldRow(_("Passphrase"), self.passphrase)
        self._code_row = FieldRow(
            _("Recovery code"),
            self.code_field,
            hint=_("From the sheet you wrote by hand. Case and hyphens do not matter."),
        )
        self._code_row.hide()
        self.open_button = button(_("Open the vault"), self.open_vault, kind="primary")
        self.switch_button = button(_("Use the recovery code instead"), self._switch, kind="quiet")
        self.message = MessagePanel()
        self.progress = ProgressPanel()
        self._create = button(_("Create a new vault"), self.create_asked.emit, icon="plus")

    def _arrange(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_COLUMN_WIDTH)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(scale.LARGE, scale.LARGE, scale.LARGE, scale.LARGE)
        lines.setSpacing(scale.MEDIUM)
        lines.addWidget(PlainLabel(_("Open a vault"), Role.TITLE))
        folder = QWidget()
        across = QHBoxLayout(folder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scale.SMALL)
        across.addWidget(self.folder_field, 1)
        across.addWidget(self._browse)
        lines.addWidget(FieldRow(_("Folder of the vault"), folder))
        lines.addWidget(self._about)
        lines.addWidget(self._passphrase_row)
        lines.addWidget(self._code_row)
        lines.addWidget(self.message)
        lines.addLayout(row(self.open_button, self.switch_button, None))
        lines.addWidget(self.progress)
        lines.addWidget(rule())
        lines.addWidget(
            PlainLabel(
                _("No vault yet? A new one takes about three minutes."), Role.MUTED, wrap=True
            )
        )
        lines.addLayout(row(self._create, None))
        self._about.hide()
        middle = QWidget()
        around = QHBoxLayout(middle)
        around.addStretch(1)
        down = QVBoxLayout()
        down.addStretch(2)
        down.addWidget(column)
        down.addStretch(3)
        around.addLayout(down, 6)
        around.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(middle))

    def folder(self) -> Path | None:
        """Return the folder that is written there, or None."""
        text = self.folder_field.text().strip()
        return Path(text).expanduser() if text else None

    @Slot()
    def open_vault(self) -> None:
        """Open the vault with what is typed."""
        folder = self.folder()
        if folder is None:
            self.message.say(_("Say first which vault to open."), Tone.WARNING)
            self.folder_field.setFocus()
            return
        if self._by_code:
            code = bytearray(self.code_field.text(), "utf-8")
            if not code:
                self.code_field.setFocus()
                return
            self.code_field.clear()
            opening = self._actions.open_by_recovery_code(folder, code)
        else:
            if self.passphrase.is_empty():
                self.passphrase.setFocus()
                return
            opening = self._actions.open_by_passphrase(folder, self.passphrase.take())
        self._set_busy(busy=True)
        self.message.clear()
        self.progress.begin(_("Opening the vault…"), can_stop=False)
        opening.progressed.connect(self.progress.show_step)
        opening.opened.connect(self._opened)
        opening.failed.connect(self._failed)

    @Slot(object)
    def _opened(self, vault: Any) -> None:
        self.progress.finish()
        self.opened.emit(vault)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.progress.finish()
        self._set_busy(busy=False)
        self.message.say(error_words(error), Tone.DANGER, title=_("The vault was not opened"))
        (self.code_field if self._by_code else self.passphrase).setFocus()

    @Slot(str)
    def _note_folder(self, _text: str) -> None:
        self._about.hide()
        self._looking.start()

    @Slot()
    def _look(self) -> None:
        folder = self.folder()
        if folder is None:
            return
        self._look_job = self._actions.look_at(folder)
        self._look_job.succeeded.connect(self._show_info)
        self._look_job.failed.connect(self._show_no_info)

    @Slot(object)
    def _show_info(self, info: Any) -> None:
        if self.sender() is self._look_job:
            self._about.setText(info_words(info))
            self._about.show()

    @Slot(object)
    def _show_no_info(self, error: Exception) -> None:
        if self.sender() is self._look_job:
            self._about.setText(error_words(error))
            self._about.show()

    def _switch(self) -> None:
        self._by_code = not self._by_code
        self._passphrase_row.setVisible(not self._by_code)
        self._code_row.setVisible(self._by_code)
        self.passphrase.clear()
        self.code_field.clear()
        self.switch_button.setText(
            _("Use the passphrase instead") if self._by_code else _("Use the recovery code instead")
        )
        (self.code_field if self._by_code else self.passphrase).setFocus()

    def _choose_folder(self) -> None:
        file_dialog.choose_folder(
            self, _("Folder of the vault"), self._take_folder, start=self.folder()
        )

    def _take_folder(self, folder: Path) -> None:
        self.folder_field.setText(str(folder))
        self.passphrase.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (
            self.folder_field,
            self._browse,
            self.passphrase,
            self.code_field,
            self.open_button,
            self.switch_button,
            self._create,
        ):
            widget.setEnabled(not busy)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor where typing starts."""
        super().showEvent(event)
        first: QWidget = self.passphrase if self.folder_field.text() else self.folder_field
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def info_words(info: VaultInfo) -> str:
    """Return what shows of a vault without a key, in one or two sentences."""
    ways = ", ".join(dict.fromkeys(words.word(words.SLOT, slot.type) for slot in info.slots))
    said = _("“{name}”. Ways to open it: {ways}.").format(name=info.name, ways=ways)
    if any("keyring" in slot.type for slot in info.slots):
        said += " " + keyring_text(info.keyring_state)
    return said


def _reason_words(reason: LockReason) -> str:
    return {
        LockReason.ASKED: _("The vault is closed. What was saved is safe."),
        LockReason.IDLE: _("The vault closed itself because nobody was working."),
        LockReason.SLEPT: _("The vault closed itself because the computer was asleep."),
        LockReason.SYSTEM: _("The vault closed itself because the screen was locked."),
    }.get(reason, "")
