# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking at an evidence file inside the program, straight from its encrypted object."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from vault.domain.evidence import EvidenceFile
from vault.i18n import _
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.dates import size_words
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role, made_visible
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.message_panel import MessagePanel, Tone

LARGEST_TEXT_BYTES: Final = 4 * 1024 * 1024


class FileViewer(QDialog):
    """Shows a text as plain text; other kinds are described, not parsed, in this process."""

    def __init__(self, file: EvidenceFile, actions: EvidenceActions, parent: QWidget) -> None:
        """Open `file`; it is decrypted into memory only."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("File"))
        self.resize(680, 460)
        self._message = MessagePanel()
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(_("Text of the file"))
        self._text.hide()
        about = f"{file.media_type} · {size_words(file.size_bytes)}"
        digest = PlainLabel(f"SHA-256 {file.sha256}", Role.MUTED, wrap=True, selectable=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.MEDIUM, scale.MEDIUM, scale.MEDIUM, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(PlainLabel(file.file_name, Role.HEADING, wrap=True, selectable=True))
        lines.addWidget(PlainLabel(about, Role.MUTED))
        lines.addWidget(digest)
        lines.addWidget(self._message)
        lines.addWidget(self._text, 1)
        lines.addStretch(0)
        lines.addLayout(row(None, button(_("Close"), self.close)))
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        if not file.media_type.startswith("text/"):
            self._message.say(_("Files of this kind are not shown inside the program yet."))
        elif (file.size_bytes or 0) > LARGEST_TEXT_BYTES:
            self._message.say(_("This text is too long to be shown inside the program."))
        else:
            job = actions.open_file(file)
            job.succeeded.connect(self._show_text)
            job.failed.connect(self._fail)

    @Slot(object)
    def _show_text(self, content: Any) -> None:
        self._text.setPlainText(made_visible(bytes(content).decode("utf-8", errors="replace")))
        self._text.show()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._message.say(error_words(error), Tone.DANGER)
