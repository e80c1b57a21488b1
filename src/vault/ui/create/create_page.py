# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Creating a vault, step by step, up to a recovery code that was proved to work."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vault.i18n import _
from vault.services.vaults import CreatedVault, keyring_text
from vault.ui.actions.vaults import NewVault, VaultActions
from vault.ui.create.steps import CodeStep, PassphraseStep, PlaceStep, ProofStep, Step
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row, rule, scrolled
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel

_COLUMN_WIDTH = 560


class _At(IntEnum):
    PLACE = 0
    PASSPHRASE = 1
    CODE = 2
    PROOF = 3


class CreatePage(QWidget):
    """Asks where, who and with what passphrase; shows the recovery code and has it proved.

    The passphrase is kept in a buffer from the creation to the proof, to open the new vault
    with it, and is zeroed then.

    Signals:
        opened: the `OpenVault` of the new vault.
        dismissed: the user wants to go back to the unlock page.
    """

    opened = Signal(object)
    dismissed = Signal()

    def __init__(self, actions: VaultActions, parent: QWidget | None = None) -> None:
        """Create through `actions`."""
        super().__init__(parent)
        self.setObjectName("page")
        self._actions = actions
        self._created: CreatedVault | None = None
        self._passphrase = bytearray()
        self.place = PlaceStep()
        self.passphrase = PassphraseStep(actions)
        self.code = CodeStep()
        self.proof = ProofStep()
        self._steps: tuple[Step, ...] = (self.place, self.passphrase, self.code, self.proof)
        self._arrange()
        for step in self._steps:
            step.finished.connect(self.go_on)
        self._show(_At.PLACE)

    def _arrange(self) -> None:
        self._where = PlainLabel(role=Role.MUTED)
        self._title = PlainLabel(role=Role.TITLE)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        self.message = MessagePanel()
        self.progress = ProgressPanel()
        self.back_button = button(_("Back"), self._go_back)
        self.next_button = button(_("Next"), self.go_on, kind="primary")
        column = QWidget()
        column.setMaximumWidth(_COLUMN_WIDTH)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(scale.LARGE, scale.LARGE, scale.LARGE, scale.LARGE)
        lines.setSpacing(scale.MEDIUM)
        for widget in (self._where, self._title, self._stack, self.message, self.progress, rule()):
            lines.addWidget(widget)
        lines.addLayout(row(self.back_button, None, self.next_button))
        middle = QWidget()
        across = QHBoxLayout(middle)
        down = QVBoxLayout()
        down.addStretch(1)
        down.addWidget(column)
        down.addStretch(2)
        across.addStretch(1)
        across.addLayout(down, 6)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(middle))

    def at(self) -> int:
        """Return the number of the step, from 0."""
        return self._stack.currentIndex()

    @Slot()
    def go_on(self) -> None:
        """Leave the step, if it is complete."""
        problem = self._steps[self.at()].problem()
        if problem:
            self.message.say(problem, Tone.WARNING)
            return
        self.message.clear()
        if self.at() == _At.PLACE:
            self._show(_At.PASSPHRASE)
        elif self.at() == _At.PASSPHRASE:
            self._create()
        elif self.at() == _At.CODE:
            self._show(_At.PROOF)
        else:
            self._prove()

    def _go_back(self) -> None:
        self.message.clear()
        if self.at() in {_At.PASSPHRASE, _At.PROOF}:
            self._show(_At(self.at() - 1))
        else:
            self.dismissed.emit()

    def _show(self, step: _At) -> None:
        self._stack.setCurrentIndex(step)
        # Hidden steps must not make the page taller than what is shown of it.
        for number, each in enumerate(self._steps):
            each.setVisible(number == step)
        self._title.setText(self._steps[step].title())
        self._where.setText(
            _("New vault: step {number} of {count}").format(number=step + 1, count=len(self._steps))
        )
        # From here on the vault exists; leaving now would leave it without a proved code.
        self.back_button.setVisible(step is not _At.CODE)
        self.next_button.setText({
            _At.PASSPHRASE: _("Create the vault"),
            _At.CODE: _("I have written it down"),
            _At.PROOF: _("Check the code"),
        }.get(step, _("Next")))  # fmt: skip
        self._steps[step].begin()

    def _create(self) -> None:
        typed = self.passphrase.take()
        self._passphrase = bytearray(typed)
        job = self._actions.create(
            NewVault(
                folder=self.place.vault_folder(),
                passphrase=typed,
                display_name=self.place.person.text().strip(),
                organisation=self.place.organisation.text().strip(),
                use_keyring=self.place.use_keyring(),
            )
        )
        self._set_busy(busy=True)
        self.progress.follow(job, _("Creating the vault…"), can_stop=False)
        job.succeeded.connect(self._made)
        job.failed.connect(self._failed)

    @Slot(object)
    def _made(self, created: Any) -> None:
        self._created = created
        self._set_busy(busy=False)
        self.code.show_code(created.recovery_code, keyring_text(created.keyring_state))
        self._show(_At.CODE)

    def _prove(self) -> None:
        job = self._actions.prove_recovery_code(self._folder(), self.proof.take())
        self._set_busy(busy=True)
        self.progress.follow(job, _("Opening the vault with the code, as a proof…"), can_stop=False)
        job.succeeded.connect(self._proved)
        job.failed.connect(self._failed)

    @Slot(object)
    def _proved(self, _nothing: object) -> None:
        self.code.forget()
        if self._created is not None:
            self._created.recovery_code.wipe()
        self.progress.begin(_("Opening the vault…"), can_stop=False)
        opening = self._actions.open_by_passphrase(self._folder(), self._passphrase)
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
        self.message.say(error_words(error), Tone.DANGER)
        self._steps[self.at()].begin()

    def _folder(self) -> Path:
        return self._created.folder if self._created is not None else self.place.vault_folder()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._stack, self.back_button, self.next_button):
            widget.setEnabled(not busy)
