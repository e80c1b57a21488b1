# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clipboard, for text that must not stay there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

LIFETIME_MILLISECONDS: Final = 30_000

# Clipboard histories leave an entry out when it carries one of these marks: Klipper's, and
# the two documented by Microsoft for Windows 10 (never run there).
_MARKS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
}


class SecretClipboard(QObject):
    """Puts text on the clipboard and takes it away again, if it is still ours."""

    def __init__(self, parent: QObject, *, lifetime: int = LIFETIME_MILLISECONDS) -> None:
        """Clear what was put after `lifetime` milliseconds."""
        super().__init__(parent)
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lifetime)
        self._timer.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Put `text` on the clipboard, marked as a secret."""
        data = QMimeData()
        data.setText(text)
        for kind, mark in _MARKS.items():
            data.setData(kind, QByteArray(mark))
        QGuiApplication.clipboard().setMimeData(data)
        self._ours = text
        self._timer.start()

    def clear(self) -> None:
        """Take our text away; what another program put there since stays."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._ours and clipboard.text() == self._ours:
            clipboard.clear()
        self._ours = ""
