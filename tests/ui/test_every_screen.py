# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every screen in both languages, on a small screen: names for readers, nothing clipped."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.template_vault import PASSPHRASE, TemplateVault
from vault.ui.case.case_page import CasePage
from vault.ui.cases.cases_page import CasesPage
from vault.ui.main_window import MainWindow
from vault.ui.speech import Speech
from vault.ui.unlock.unlock_page import UnlockPage

# What is left of 1366×768 at a scale of 150 %, without the bar of a usual desktop.
SMALL = QSize(910, 480)
TABS = (
    "overview",
    "people",
    "incidents",
    "evidence",
    "consents",
    "proceedings",
    "filings",
    "history",
)


class Visit:
    """A window that can be led to each screen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def unlock(self) -> QWidget:
        return self.window

    def create(self) -> QWidget:
        self.window.show_create()
        return self.window

    def cases(self) -> QWidget:
        page = self.window.page
        assert isinstance(page, UnlockPage)
        page.passphrase.line.setText(PASSPHRASE)
        page.open_vault()
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, CasesPage), timeout=20_000)
        cases = self.window.page
        assert isinstance(cases, CasesPage)
        self.qtbot.waitUntil(lambda: bool(cases.table.values.rows()), timeout=10_000)
        cases.show_new_case()
        return self.window

    def case(self) -> CasePage:
        self.cases()
        cases = self.window.page
        assert isinstance(cases, CasesPage)
        self.window.show_case(cases.table.values.rows()[0].case.id)
        page = self.window.page
        assert isinstance(page, CasePage)
        self.qtbot.waitUntil(lambda: page._snapshot is not None, timeout=10_000)
        return page

    def tabs(self) -> Generator[QWidget]:
        page = self.case()
        for name in TABS:
            page.show_tab(name)
            for tab in page._record_tabs().values():
                if tab.isVisible():
                    tab.table.selectRow(0)
            yield self.window

    def dialogs(self) -> Generator[QWidget]:
        page = self.case()
        page._dossier.click()
        page._bundle.click()
        self.window._show_contacts()
        self.window._open_bundle()
        self.qtbot.waitUntil(lambda: self.window.jobs.in_flight() == 0, timeout=10_000)
        dialogs = self.window.findChildren(QDialog)
        assert len(dialogs) == 4
        yield from dialogs


def screens(visit: Visit) -> Generator[QWidget]:
    yield visit.unlock()
    yield visit.create()
    visit.window.show_unlock()
    yield from visit.tabs()
    visit.window.show_cases()
    yield visit.window


def dialogs(visit: Visit) -> Generator[QWidget]:
    yield from visit.dialogs()


@pytest.fixture
def visit(vault: TemplateVault, speech: Speech, qtbot: QtBot) -> Generator[Visit]:
    window = MainWindow(speech, lambda _door: None, folder=vault.folder)
    qtbot.addWidget(window)
    window.resize(SMALL)
    window.show()
    yield Visit(window, qtbot)
    window.close()


def visible(root: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in root.findChildren(kind) if widget.isVisible()]


def without_a_name(root: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name."""
    found = []
    for widget in visible(root, QWidget):
        takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # Parts of Qt's own: the tab bar names its tabs, a list inside a combo box its items.
        if not takes_focus or isinstance(widget, QTabBar) or widget.objectName().startswith("qt_"):
            continue
        named = widget.accessibleName() or (
            widget.text() if isinstance(widget, QAbstractButton) else ""
        )
        if not named:
            found.append(type(widget).__name__)
    return found


def clipped(root: QWidget) -> list[str]:
    """Return the texts that do not fit where they stand."""
    found = []
    for widget in visible(root, QPushButton) + visible(root, QLabel):
        assert isinstance(widget, QPushButton | QLabel)
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        needed = widget.minimumSizeHint().width() if wraps else widget.sizeHint().width()
        short = wraps and widget.height() < widget.heightForWidth(widget.width())
        if widget.text() and (widget.width() < needed or short):
            found.append(f"{widget.text()!r}: {widget.width()} of {needed}")
    return found


def beyond_the_edge(root: QWidget) -> list[str]:
    """Return the controls that stick out of the scroll area or window they are in, sideways."""
    found = []
    for kind in (QPushButton, QLineEdit, QComboBox):
        for widget in visible(root, kind):
            parent = widget.parentWidget()
            while parent is not None and not isinstance(parent, QScrollArea | QDialog):
                parent = None if parent is root else parent.parentWidget()
            room = parent.viewport() if isinstance(parent, QScrollArea) else root
            left = widget.mapTo(room, QPoint(0, 0)).x() if room.isAncestorOf(widget) else 0
            if not QRect(0, 0, room.width() + 1, 1).contains(QRect(left, 0, widget.width(), 1)):
                found.append(f"{type(widget).__name__} {widget.accessibleName()!r}")
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("led", [screens, dialogs])
def test_a_small_screen_holds_everything_and_a_reader_can_name_it(
    led: Callable[[Visit], Generator[QWidget]], language: str, visit: Visit
) -> None:
    visit.window.speak(language)
    seen = 0
    for root in led(visit):
        visit.qtbot.wait(60)
        where = f"{type(visit.window.page).__name__} {root.windowTitle()}"
        assert without_a_name(root) == [], where
        assert clipped(root) == [], where
        assert beyond_the_edge(root) == [], where
        seen += 1
    assert seen >= 4


class Flashes(QObject):
    """Counts widgets that appear as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - an override of Qt
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow | QDialog)
        ):
            self.windows.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_as_a_window(visit: Visit, qapp: QApplication) -> None:
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    for _root in screens(visit):
        visit.qtbot.wait(5)
    qapp.removeEventFilter(flashes)
    assert flashes.windows == []


def test_the_keyboard_reaches_every_field_of_a_form(visit: Visit) -> None:
    page = visit.case()
    page.show_tab("incidents")
    page.incidents.table.selectRow(0)
    page.incidents.table.setFocus()
    reached = set()
    for _step in range(60):
        visit.window.focusNextChild()
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus.accessibleName())
    fields = {each.row.field.accessibleName() for each in page.incidents.form._bindings}
    assert fields <= reached
