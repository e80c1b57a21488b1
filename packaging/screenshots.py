# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the pictures of the window in `docs/images/` from the demonstration vault.

`python packaging/screenshots.py WORK OUT` builds the demonstration in the folder WORK and
writes `{unlock,case-list,case-page}-{en,ru}.png` to OUT. No display is needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from vault.progress import Progress
from vault.services import demonstration
from vault.ui.case.case_page import CasePage
from vault.ui.cases.cases_page import CasesPage
from vault.ui.main_window import MainWindow
from vault.ui.speech import Speech
from vault.ui.theme.look import Scheme
from vault.ui.unlock.unlock_page import UnlockPage

LANGUAGES: Final = ("en", "ru")
WIDTH: Final = 1366
HEIGHT: Final = 728
_TICK_MILLISECONDS: Final = 50
_LONGEST_TICKS: Final = 1200
_SETTLED_TICKS: Final = 8

Ready = Callable[[], bool]


class Photographer:
    """Leads one window from page to page, by a timer, and draws each."""

    def __init__(self, application: QApplication, folder: Path, out: Path) -> None:
        """Photograph the vault at `folder` into `out`."""
        self._application = application
        self._folder = folder
        self._out = out
        self._ticks = 0
        self._ready: Ready = lambda: True
        self._steps = self._journey()
        self.written: list[Path] = []
        self._timer = QTimer(application)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MILLISECONDS)

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks > _LONGEST_TICKS:
            sys.exit("screenshots: a page did not appear")
        if self._ticks < _SETTLED_TICKS or not self._ready():
            return
        self._ticks = 0
        try:
            self._ready = next(self._steps)
        except StopIteration:
            self._timer.stop()
            self._application.quit()

    def _journey(self) -> Iterator[Ready]:
        for language in LANGUAGES:
            speech = Speech(self._application, language, Scheme.LIGHT)
            window = MainWindow(speech, lambda _door: None, folder=self._folder)
            window.resize(WIDTH, HEIGHT)
            window.show()
            yield lambda: True
            self._draw(window, f"unlock-{language}")
            page = window.page
            if isinstance(page, UnlockPage):
                page.passphrase.line.setText(demonstration.PASSPHRASE)
                page.open_vault()
            yield partial(_lists_cases, window)
            self._draw(window, f"case-list-{language}")
            cases = window.page
            if isinstance(cases, CasesPage):
                window.show_case(cases.table.values.rows()[0].case.id)
            yield partial(_shows_case, window)
            page = window.page
            if isinstance(page, CasePage):
                page.show_tab("evidence")
                page.evidence.table.selectRow(0)
            yield lambda: True
            self._draw(window, f"case-page-{language}")
            window.close()
            yield window.isHidden

    def _draw(self, window: MainWindow, name: str) -> None:
        target = self._out / f"{name}.png"
        if not window.grab().save(str(target)):
            sys.exit(f"screenshots: {target} could not be written")
        self.written.append(target)


def _lists_cases(window: MainWindow) -> bool:
    page = window.page
    return isinstance(page, CasesPage) and bool(page.table.values.rows())


def _shows_case(window: MainWindow) -> bool:
    page = window.page
    return isinstance(page, CasePage) and page.is_loaded()


def main(work: Path, out: Path) -> int:
    """Build the demonstration in `work` and draw its pictures into `out`."""
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    report = demonstration.build_demonstration(work / "demonstration", Progress())
    # A short path without names of folders of this machine is what the pictures should show.
    os.chdir(report.vault.parent)
    application = QApplication(["Panah"])
    application.setQuitOnLastWindowClosed(False)
    photographer = Photographer(application, Path(report.vault.name), out)
    application.exec()
    for path in photographer.written:
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
