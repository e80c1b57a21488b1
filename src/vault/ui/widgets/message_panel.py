# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A calm panel that says what happened, what is safe, and what to do next."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now


class Tone(Enum):
    """How a message is meant; colour is never its only sign."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


_ICONS: Final = {
    Tone.INFO: "info",
    Tone.GOOD: "good",
    Tone.WARNING: "warning",
    Tone.DANGER: "danger",
}


class MessagePanel(QFrame):
    """One message with an icon; hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty and hidden."""
        super().__init__(parent)
        self.setObjectName("message")
        self._icon = PlainLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = PlainLabel(role=Role.HEADING, wrap=True, selectable=True)
        self._text = PlainLabel(wrap=True, selectable=True)
        column = QVBoxLayout()
        column.setSpacing(scale.HAIR)
        column.addWidget(self._title)
        column.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        row.setSpacing(scale.SMALL)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.tone = Tone.INFO
        self.hide()

    def say(self, text: str, tone: Tone = Tone.INFO, *, title: str = "") -> None:
        """Show a message; an empty one hides the panel."""
        self.tone = tone
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        colours = colours_now()
        inks = {
            Tone.INFO: colours.accent,
            Tone.GOOD: colours.good,
            Tone.WARNING: colours.warning,
            Tone.DANGER: colours.danger,
        }
        self._icon.setPixmap(
            icons.pixmap(_ICONS[tone], inks[tone], density=self.devicePixelRatioF())
        )
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self.setVisible(bool(text or title))

    def clear(self) -> None:
        """Say nothing any more."""
        self.say("")

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()
