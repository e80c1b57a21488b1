# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A passphrase field that shows the keyboard's traps and keeps nothing."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from vault.i18n import _
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now


class _Line(QLineEdit):
    """The line itself; it tells its field about each key before it takes it."""

    pressed = Signal(str, bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Report the letter and whether Shift is held, then type it."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.text():
            self.pressed.emit(event.text()[0], shift)
        super().keyPressEvent(event)


class PassphraseField(QWidget):
    """A hidden line with a reveal button, the keyboard's layout, and a Caps Lock warning.

    Qt does not say whether Caps Lock is on; a capital letter typed without Shift does. The
    layout is named from the input method and, where that is silent, from the letters typed.

    Signals:
        changed: something was typed.
        entered: Return was pressed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty and hidden; `name` is what a screen reader says."""
        super().__init__(parent)
        self.line = _Line()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._reveal = QToolButton()
        self._reveal.setCheckable(True)
        self._reveal.setProperty("kind", "quiet")
        self._reveal.setAccessibleName(_("Show what is typed"))
        self._reveal.setToolTip(_("Show what is typed"))
        self._layout_hint = PlainLabel(role=Role.MUTED)
        self._caps_hint = PlainLabel(role=Role.PROBLEM)
        self._caps_hint.hide()
        self._script = ""
        self._arrange()
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.line.pressed.connect(self._learn_from_key)
        self._reveal.toggled.connect(self._show_or_hide)
        QGuiApplication.inputMethod().localeChanged.connect(self._say_layout)
        self._show_or_hide(shown=False)
        self._say_layout()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(scale.TIGHT)
        line.addWidget(self.line, 1)
        line.addWidget(self._reveal)
        hints = QHBoxLayout()
        hints.addWidget(self._layout_hint)
        hints.addStretch(1)
        hints.addWidget(self._caps_hint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(scale.HAIR)
        whole.addLayout(line)
        whole.addLayout(hints)

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not self.line.text()

    def text(self) -> str:
        """Return what is typed, for the estimate of its strength only."""
        return self.line.text()

    def take(self) -> bytearray:
        """Return what is typed as UTF-8 and empty the field; the caller zeroes the buffer."""
        taken = bytearray(self.line.text(), "utf-8")
        self.clear()
        return taken

    def clear(self) -> None:
        """Forget what is typed."""
        self.line.clear()
        self._reveal.setChecked(False)
        self._caps_hint.hide()
        self._script = ""
        self._say_layout()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the window's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_reveal"):
            self._show_or_hide(shown=self._reveal.isChecked())

    def _show_or_hide(self, shown: bool) -> None:  # noqa: FBT001 - Qt passes the state by position
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.setIcon(icons.icon("hide" if shown else "show", colours_now().muted))

    def _learn_from_key(self, letter: str, shift: bool) -> None:  # noqa: FBT001 - a signal's values
        if letter.isalpha():
            capital = letter.isupper()
            self._caps_hint.setText(_("Caps Lock seems to be on"))
            self._caps_hint.setVisible(capital != shift and letter.upper() != letter.lower())
            self._script = unicodedata.name(letter, "").partition(" ")[0]
            self._say_layout()

    def _say_layout(self) -> None:
        self._layout_hint.setText(_layout_sentence(self._script))


def _layout_sentence(script: str) -> str:
    typed = {
        "CYRILLIC": _("Typing Cyrillic letters"),
        "LATIN": _("Typing Latin letters"),
    }.get(script)
    if typed:
        return typed
    language = QGuiApplication.inputMethod().locale()
    if language.language() is QLocale.Language.C:
        return ""
    return _("Keyboard: {language}").format(language=language.nativeLanguageName())
