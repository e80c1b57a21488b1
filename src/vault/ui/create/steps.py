# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of creating a vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from vault.i18n import _
from vault.services.vaults import SUFFIX, Strength
from vault.ui.actions.vaults import VaultActions
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, panel
from vault.ui.widgets.fields import FieldRow, TextField
from vault.ui.widgets.passphrase_field import PassphraseField

_ENOUGH_LOG10: Final = 10.0
_GOOD_LOG10: Final = 14.0
_PAUSE_MILLISECONDS: Final = 200


class Step(QWidget):
    """One step. `problem` is empty when the step is complete.

    Signals:
        finished: Return was pressed in the last field.
    """

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out an empty column."""
        super().__init__(parent)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(scale.MEDIUM)

    def title(self) -> str:
        """Return the heading of the step."""
        return ""

    def problem(self) -> str:
        """Return what is still missing, as a sentence."""
        return ""

    def begin(self) -> None:
        """Put the cursor where typing starts."""


class PlaceStep(Step):
    """Where the vault lies, whose it is, and whose computer this is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the fields out."""
        super().__init__(parent)
        self.parent_folder = TextField(str(Path.home()), name=_("Folder to create it in"))
        browse = button(_("Browse…"), self._browse, icon="folder")
        folder = QWidget()
        across = QHBoxLayout(folder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scale.SMALL)
        across.addWidget(self.parent_folder, 1)
        across.addWidget(browse)
        self.name = TextField(_("Office"), name=_("Name of the vault"))
        self.name.setMaxLength(60)
        self.person = TextField(name=_("Your name"))
        self.organisation = TextField(name=_("Your organisation, if any"))
        self.organisation.returnPressed.connect(self.finished)
        self.lines.addWidget(FieldRow(
            _("Name of the vault"), self.name,
            hint=_("Anyone who sees the disk sees this name; choose one that says nothing."),
        ))  # fmt: skip
        self.lines.addWidget(FieldRow(_("Folder to create it in"), folder))
        people = QHBoxLayout()
        people.setSpacing(scale.MEDIUM)
        people.addWidget(FieldRow(
            _("Your name"), self.person,
            hint=_("Signs your changes and packages; colleagues see it."),
        ), 1)  # fmt: skip
        people.addWidget(FieldRow(_("Your organisation, if any"), self.organisation), 1)
        self.lines.addLayout(people)
        self._add_machines()

    def _add_machines(self) -> None:
        self.own = QRadioButton(_("My own: its keyring may strengthen the passphrase"))
        self.shared = QRadioButton(_("Shared or borrowed: nothing is left in its keyring"))
        self.own.setChecked(True)
        group = QVBoxLayout()
        group.setSpacing(scale.HAIR)
        group.addWidget(PlainLabel(_("Whose computer is this?"), Role.FIELD))
        group.addWidget(self.own)
        group.addWidget(self.shared)
        self.lines.addLayout(group)

    def title(self) -> str:
        """Return the heading of the step."""
        return _("Where the vault lies, and whose it is")

    def begin(self) -> None:
        """Start with the name of the person, which has no usual value."""
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_keyring(self) -> bool:
        """Tell whether the system's keyring may be used."""
        return self.own.isChecked()

    def vault_folder(self) -> Path:
        """Return the folder that the vault will be."""
        name = self.name.text().strip().removesuffix(SUFFIX)
        return Path(self.parent_folder.text().strip()).expanduser() / f"{name}{SUFFIX}"

    def problem(self) -> str:
        """Say what is missing."""
        name = self.name.text().strip()
        if not name or name in {".", ".."} or set(name) & set('/\\:*?"<>|'):
            return _('Give the vault a name without any of / \\ : * ? " < > |')
        if not self.parent_folder.text().strip():
            return _("Say in which folder the vault is to be created.")
        if not self.person.text().strip():
            return _("Write your name: changes are signed with it.")
        return ""

    def _browse(self) -> None:
        start = Path(self.parent_folder.text().strip() or ".")
        file_dialog.choose_folder(
            self,
            _("Folder to create it in"),
            lambda chosen: self.parent_folder.setText(str(chosen)),
            start=start,
        )


class PassphraseStep(Step):
    """The passphrase, twice, with the guesses it withstands."""

    def __init__(self, actions: VaultActions, parent: QWidget | None = None) -> None:
        """Estimate through `actions`."""
        super().__init__(parent)
        self._actions = actions
        self.first = PassphraseField(_("Passphrase"))
        self.second = PassphraseField(_("The same again"))
        self._strength = PlainLabel(role=Role.MUTED, wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._estimate)
        self.lines.addWidget(PlainLabel(
            _("Several words that do not belong together are strong and can be remembered. "
              "Nobody can restore a forgotten passphrase; the recovery code of the next step "
              "is the only other way in."),
            Role.MUTED, wrap=True,
        ))  # fmt: skip
        self.lines.addWidget(FieldRow(_("Passphrase"), self.first))
        self.lines.addWidget(self._strength)
        self.lines.addWidget(FieldRow(_("The same again"), self.second))
        self.first.changed.connect(self._pause.start)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.finished)

    def title(self) -> str:
        """Return the heading of the step."""
        return _("A passphrase")

    def begin(self) -> None:
        """Start with the first field."""
        self.first.setFocus()

    def problem(self) -> str:
        """Say what is missing; a weak passphrase is named, not forbidden."""
        if self.first.is_empty():
            return _("Choose a passphrase.")
        if self.first.text() != self.second.text():
            return _("The two are not the same.")
        return ""

    def take(self) -> bytearray:
        """Return the passphrase and empty both fields."""
        self.second.clear()
        return self.first.take()

    @Slot()
    def _estimate(self) -> None:
        if self.first.is_empty():
            self._strength.setText("")
            return
        job = self._actions.strength(self.first.text())
        job.succeeded.connect(self._show_strength)

    @Slot(object)
    def _show_strength(self, strength: Any) -> None:
        if not self.first.is_empty():
            self._strength.setText(strength_words(strength))


class CodeStep(Step):
    """The recovery code, shown once, to be copied by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the sheet out."""
        super().__init__(parent)
        self._code = PlainLabel(role=Role.TITLE, wrap=True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * scale.TITLE_FACTOR)
        self._code.setProperty("role", "")
        self._code.setFont(fixed)
        self._code.setAccessibleName(_("Recovery code"))
        self._keyring = PlainLabel(role=Role.MUTED, wrap=True)
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(scale.LARGE, scale.LARGE, scale.LARGE, scale.LARGE)
        inside.addWidget(self._code)
        self.lines.addWidget(PlainLabel(
            _("Write this code on paper, by hand, and keep the sheet away from this computer. "
              "It opens the vault when the passphrase is forgotten or the computer is lost, for "
              "you and for anyone else who has it. It is shown only now."),
            wrap=True,
        ))  # fmt: skip
        self.lines.addWidget(sheet)
        self.lines.addWidget(self._keyring)

    def title(self) -> str:
        """Return the heading of the step."""
        return _("The recovery code")

    def show_code(self, code: Any, keyring: str) -> None:
        """Show the code, in lines of four groups, and what the keyring contributes."""
        groups = code.view().decode("ascii").split("-")
        lines = ["-".join(groups[start : start + 4]) for start in range(0, len(groups), 4)]
        self._code.setText("-\n".join(lines))
        self._keyring.setText(keyring)

    def forget(self) -> None:
        """Take the code off the screen for good."""
        self._code.setText("")


class ProofStep(Step):
    """The code once more, from the paper: a sheet that does not open the vault is worthless."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the field out."""
        super().__init__(parent)
        self.field = TextField(placeholder="XXXX-XXXX-XXXX-…", name=_("Recovery code"))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.field.returnPressed.connect(self.finished)
        self.lines.addWidget(PlainLabel(
            _("Type the code from your sheet. The vault is really opened with it now, so that "
              "you know the sheet works."),
            wrap=True,
        ))  # fmt: skip
        self.lines.addWidget(FieldRow(
            _("Recovery code"), self.field,
            hint=_("Case, spaces and hyphens do not matter; O counts as 0, I and L as 1."),
        ))  # fmt: skip

    def title(self) -> str:
        """Return the heading of the step."""
        return _("Prove the code")

    def begin(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> str:
        """Say what is missing."""
        return "" if self.field.text().strip() else _("Type the code from your sheet.")

    def take(self) -> bytearray:
        """Return what was typed and empty the field."""
        typed = bytearray(self.field.text(), "utf-8")
        self.field.clear()
        return typed


def strength_words(strength: Strength) -> str:
    """Return the guesses in words, with what they mean against the vault's slow derivation."""
    if strength.guesses_log10 < _ENOUGH_LOG10:
        verdict = _("Weak: someone with a copy of the vault could find it.")
    elif strength.guesses_log10 < _GOOD_LOG10:
        verdict = _("Fair: enough together with the keyring.")
    else:
        verdict = _("Strong.")
    guesses = _("About 10^{power} guesses.").format(power=round(strength.guesses_log10))
    return f"{verdict} {guesses}"
