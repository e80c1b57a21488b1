# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""File dialogs, the clipboard and the title leave nothing of a case outside the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from vault.ui.widgets.clipboard import SecretClipboard

CHOOSES_FILES = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from vault.ui.widgets import file_dialog

application = QApplication([])
if sys.argv[2] == "ours":
    file_dialog.forget_choices()
window = QWidget()
secret = Path(sys.argv[1])
chosen = []

def accept():
    dialog = window.findChildren(QDialog)[0]
    dialog.setDirectory(str(secret.parent))
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(secret))
    QTimer.singleShot(100, dialog.accept)
    QTimer.singleShot(400, application.quit)

if sys.argv[2] == "ours":
    file_dialog.choose_file(window, "x", chosen.append)
else:
    from PySide6.QtWidgets import QFileDialog
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen.append)
    dialog.open()
QTimer.singleShot(100, accept)
application.exec()
for dialog in window.findChildren(QDialog):
    dialog.deleteLater()
del window
print(len(chosen))
"""


def _choose_in_a_fresh_home(tmp_path: Path, whose: str) -> tuple[str, bytes]:
    """Choose a file in a dialog of a fresh process; return what it said and all it wrote."""
    home = tmp_path / "home"
    secret = tmp_path / "evidence" / "Вершков-medical.pdf"
    secret.parent.mkdir()
    secret.write_bytes(b"x")
    home.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", CHOOSES_FILES, str(secret), whose],
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
             "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    return ran.stdout.strip(), written


def test_our_file_dialog_writes_no_history(tmp_path: Path) -> None:
    said, written = _choose_in_a_fresh_home(tmp_path, "ours")
    assert said == "1"
    assert b"evidence" not in written
    assert b"medical" not in written
    assert not list((tmp_path / "home" / ".config").rglob("*.conf"))


def test_the_plain_dialog_of_qt_would_have_written_it(tmp_path: Path) -> None:
    """Show that the test above looks in the right place."""
    said, written = _choose_in_a_fresh_home(tmp_path, "theirs")
    assert said == "1"
    assert b"evidence" in written


@pytest.fixture
def clipboard(qapp: QApplication) -> SecretClipboard:
    owner = QObject(qapp)
    return SecretClipboard(owner, lifetime=50)


def test_the_clipboard_is_emptied_after_its_time(clipboard: SecretClipboard, qtbot: QtBot) -> None:
    clipboard.put("the card")
    assert QApplication.clipboard().text() == "the card"
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "")


def test_what_is_copied_is_marked_as_a_secret(clipboard: SecretClipboard) -> None:
    clipboard.put("the card")
    data = QApplication.clipboard().mimeData()
    assert isinstance(data, QMimeData)
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_what_another_program_copied_since_is_left_alone(
    clipboard: SecretClipboard, qtbot: QtBot
) -> None:
    clipboard.put("the card")
    QApplication.clipboard().setText("of another program")
    qtbot.wait(120)
    clipboard.clear()
    assert QApplication.clipboard().text() == "of another program"


def test_no_dialog_of_the_system_is_used(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QWidget

    from vault.ui.widgets import file_dialog

    window = QWidget()
    qtbot.addWidget(window)
    for dialog in (
        file_dialog.choose_folder(window, "x", lambda _path: None),
        file_dialog.choose_file(window, "x", lambda _path: None),
        file_dialog.choose_files(window, "x", lambda _paths: None),
        file_dialog.choose_target(window, "x", lambda _path: None, name="a.pdf"),
    ):
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        assert str(tmp_path) not in dialog.history()
        dialog.reject()
