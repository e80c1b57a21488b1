# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only label of the window: it shows text as text, whoever wrote it."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_REORDERING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN_AS_SPACE: Final = frozenset("\t\n")


class Role(Enum):
    """What a label is for; the theme gives each role its size, weight and colour."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    MUTED = "muted"
    FIELD = "field"
    PROBLEM = "problem"


def made_visible(text: str) -> str:
    """Return `text` with characters that reorder or hide others shown as a sign.

    A file name such as "fdp.exe" written backwards by U+202E must not look like a PDF.
    """
    return "".join(
        character
        if character in _SHOWN_AS_SPACE
        or (character not in _REORDERING and unicodedata.category(character) != "Cc")
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


class PlainLabel(QLabel):
    """A label that never interprets markup and never shows reordered text.

    It wraps when asked to, and takes a mnemonic only through `setBuddy` of a form.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `text`; `selectable` lets it be copied by mouse and keyboard."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text` as it is, with hidden and reordering characters made visible."""
        super().setText(made_visible(text))
