# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking at an evidence file inside the program, straight from its encrypted object."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from vault.domain.evidence import EvidenceFile
from vault.i18n import _
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.dates import size_words
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role, made_visible
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel


class FileViewer(QDialog):
    """Shows texts, pictures and the pages of a PDF; they are decoded in another process."""

    def __init__(self, file: EvidenceFile, actions: EvidenceActions, parent: QWidget) -> None:
        """Open `file`; it is decrypted into memory only."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("File"))
        self.resize(720, 520)
        self._file = file
        self._actions = actions
        self.message = MessagePanel()
        self.progress = ProgressPanel()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the file"))
        self.text.hide()
        self.pages = QWidget()
        self._page_column = QVBoxLayout(self.pages)
        self._page_column.setSpacing(scale.MEDIUM)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.pages)
        self._area.setAccessibleName(_("Pictures of the file"))
        self._area.hide()
        about = f"{file.media_type} · {size_words(file.size_bytes)}"
        digest = PlainLabel(f"SHA-256 {file.sha256}", Role.MUTED, wrap=True, selectable=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.MEDIUM, scale.MEDIUM, scale.MEDIUM, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(PlainLabel(file.file_name, Role.HEADING, wrap=True, selectable=True))
        lines.addWidget(PlainLabel(about, Role.MUTED))
        lines.addWidget(digest)
        lines.addWidget(self.message)
        lines.addWidget(self.progress)
        lines.addWidget(self.text, 1)
        lines.addWidget(self._area, 1)
        lines.addStretch(0)
        lines.addLayout(row(None, button(_("Close"), self.close)))
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        self._ask_for_content()

    def _ask_for_content(self) -> None:
        if not self._actions.can_show(self._file):
            self.message.say(_("Files of this kind are not shown inside the program yet."))
            return
        job = self._actions.open_file(self._file)
        self.progress.follow(job, _("Decrypting…"), can_stop=False)
        job.succeeded.connect(self._decode)
        job.failed.connect(self._fail)

    @Slot(object)
    def _decode(self, content: Any) -> None:
        job = self._actions.look_at(content, self._file)
        self.progress.follow(job, _("Decoding…"))
        job.succeeded.connect(self._show)
        job.failed.connect(self._fail)

    @Slot(object)
    def _show(self, seen: Any) -> None:
        if seen.text or not seen.pictures:
            self.text.setPlainText(made_visible(seen.text))
            self.text.show()
            return
        width = self.width() - 4 * scale.LARGE
        for picture in seen.pictures:
            self._page_column.addWidget(_shown(picture, width, self.devicePixelRatioF()))
        self._area.show()
        if seen.pages > len(seen.pictures):
            self.message.say(
                _("Only the first {shown} of {count} pages are shown.").format(
                    shown=len(seen.pictures), count=seen.pages
                )
            )

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.message.say(error_words(error), Tone.DANGER)


def _shown(picture: Any, width: int, density: float) -> PlainLabel:
    """Return a picture no wider than the dialog."""
    image = QImage(
        picture.rgb, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888
    )
    wanted = min(round(width * density), picture.width)
    fitted = image.scaled(
        QSize(wanted, picture.height * wanted // max(picture.width, 1) + 1),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    drawn = QPixmap.fromImage(fitted)
    drawn.setDevicePixelRatio(density)
    label = PlainLabel()
    label.setPixmap(drawn)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setAccessibleName(_("Picture"))
    return label
