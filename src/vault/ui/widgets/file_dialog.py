# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""File dialogs that are drawn by us and leave no trace of what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QSettings, QUrl
from PySide6.QtWidgets import QFileDialog, QSplitter, QToolButton, QTreeView, QWidget

from vault.i18n import _
from vault.ui.theme import icons
from vault.ui.theme.look import colours_now

_NOWHERE: Final = "/dev/null/panah"
_GROUP: Final = "FileDialog"
_SIZE: Final = (760, 480)
_SIDE: Final = 130
_NAMES: Final = 270
# The names that Qt gives to the parts of its dialog.
_ICONS: Final = {
    "backButton": "back",
    "forwardButton": "forward",
    "toParentButton": "up",
    "newFolderButton": "newfolder",
}
_NEEDLESS: Final = ("listModeButton", "detailModeButton")

Chosen = Callable[[Path], None]


def forget_choices(_destroyed: object = None) -> None:
    """Keep Qt from writing the folders and files of its dialog into its settings.

    `QFileDialog` stores its history, and the folder last visited, under the organisation
    "QtProject" when it is destroyed. On Linux and macOS that file is sent to a place that
    cannot exist; on Windows (never run there) the registry key is emptied instead, because
    Qt does not let its path be changed.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, _NOWHERE)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, _NOWHERE)
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    if settings.isWritable():
        settings.beginGroup(_GROUP)
        for key in ("history", "lastVisited"):
            settings.remove(key)
        settings.endGroup()


class _Dialog(QFileDialog):
    """One dialog, never the system's, which keeps lists of recent files."""

    def __init__(self, parent: QWidget, title: str, start: Path | None, chosen: Chosen) -> None:
        super().__init__(parent, title)
        # A modal dialog would keep the key that closes the vault from its menu.
        self.setModal(False)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        home = Path(QDir.homePath())
        self.setDirectory(str(start if start is not None and start.is_dir() else home))
        self.setSidebarUrls([QUrl.fromLocalFile(path) for path in _places()])
        self.setHistory([])
        self._dress()
        self._chosen = chosen
        self.fileSelected.connect(self._take_one)
        self.finished.connect(self._close)

    def _dress(self) -> None:
        """Name in the window's language what Qt's own translation leaves in English."""
        self.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, _("Show:"))
        self.resize(*_SIZE)
        sides = self.findChild(QSplitter, "splitter")
        if isinstance(sides, QSplitter):
            sides.setSizes([_SIDE, _SIZE[0] - _SIDE])
        columns = self.findChild(QTreeView, "treeView")
        if isinstance(columns, QTreeView):
            columns.header().resizeSection(0, _NAMES)
        colours = colours_now()
        for name, icon in _ICONS.items():
            tool = self.findChild(QToolButton, name)
            if isinstance(tool, QToolButton):
                tool.setIcon(icons.icon(icon, colours.text, disabled=colours.line))
        for name in _NEEDLESS:
            tool = self.findChild(QToolButton, name)
            if isinstance(tool, QToolButton):
                tool.hide()

    def _take_one(self, path: str) -> None:
        if path:
            self._chosen(Path(path))

    def _close(self) -> None:
        self.setHistory([])
        self.setDirectory(QDir.homePath())
        # What is stored is stored when the dialog is destroyed.
        self.destroyed.connect(forget_choices)
        self.deleteLater()


def _places() -> list[str]:
    return [QDir.homePath(), QDir.rootPath()]


def choose_folder(
    parent: QWidget, title: str, chosen: Chosen, *, start: Path | None = None
) -> QFileDialog:
    """Let the user choose a folder; `chosen` is called with it, later."""
    dialog = _Dialog(parent, title, start, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.show()
    return dialog


def choose_file(parent: QWidget, title: str, chosen: Chosen, *, filters: str = "") -> QFileDialog:
    """Let the user choose a file that exists."""
    dialog = _Dialog(parent, title, None, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if filters:
        dialog.setNameFilter(filters)
    dialog.show()
    return dialog


def choose_files(parent: QWidget, title: str, chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Let the user choose one or more files that exist."""
    dialog = _Dialog(parent, title, None, lambda _path: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    dialog.show()
    return dialog


def choose_target(
    parent: QWidget, title: str, chosen: Chosen, *, name: str, suffix: str = ""
) -> QFileDialog:
    """Let the user say where a new file goes; `name` is only proposed."""
    dialog = _Dialog(parent, title, None, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.show()
    return dialog
