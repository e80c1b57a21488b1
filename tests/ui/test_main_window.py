# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window locks from everywhere, keeps nothing, and changes language and colours in place."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.template_vault import PASSPHRASE, TemplateVault
from tests.ui.keyboard import type_text
from vault.services import casework
from vault.ui.case.case_page import CasePage
from vault.ui.cases.cases_page import CasesPage
from vault.ui.lock import IdleWatch, LockReason
from vault.ui.main_window import MainWindow
from vault.ui.speech import Speech
from vault.ui.theme.look import Scheme
from vault.ui.unlock.unlock_page import UnlockPage
from vault.ui.widgets import file_dialog
from vault.ui.widgets.fields import TextField


@dataclass
class Desktop:
    """A window on an open vault, and the clocks of its idle watch."""

    window: MainWindow
    qtbot: QtBot
    doors: list[dict[str, str]] = field(default_factory=list)
    passed: list[float] = field(default_factory=lambda: [0.0])

    def enter(self) -> CasesPage:
        page = self.window.page
        assert isinstance(page, UnlockPage)
        type_text(page.passphrase.line, PASSPHRASE)
        page.open_button.click()
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, CasesPage), timeout=20_000)
        cases = self.window.page
        assert isinstance(cases, CasesPage)
        self.qtbot.waitUntil(lambda: bool(cases.table.values.rows()), timeout=10_000)
        return cases

    def open_case(self) -> CasePage:
        cases = self.enter()
        self.window.show_case(cases.table.values.rows()[0].case.id)
        page = self.window.page
        assert isinstance(page, CasePage)
        self.qtbot.waitUntil(lambda: page._snapshot is not None, timeout=10_000)
        return page

    def everything_shown(self) -> str:
        """Return every text that any widget of ours holds now, shown or not."""
        said: list[str] = []
        for widget in QApplication.allWidgets():
            if isinstance(widget, QLabel | QLineEdit):
                said.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                said.append(widget.toPlainText())
            elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
                model = widget.model()
                said += [
                    str(model.index(row, column).data())
                    for row in range(model.rowCount())
                    for column in range(model.columnCount())
                ]
        return "\n".join(said)


@pytest.fixture
def desktop(
    vault: TemplateVault, speech: Speech, qtbot: QtBot, qapp: QApplication
) -> Generator[Desktop]:
    doors: list[dict[str, str]] = []
    passed = [1000.0]
    watch = IdleWatch(qapp, limit_seconds=300, monotonic=lambda: passed[0], wall=lambda: passed[0])
    window = MainWindow(speech, doors.append, folder=vault.folder, watch=watch)
    qtbot.addWidget(window)
    window.resize(1366, 720)
    window.show()
    yield Desktop(window, qtbot, doors, passed)
    window.close()
    qapp.removeEventFilter(watch)
    watch.deleteLater()


def focus_of_the_page(desktop: Desktop) -> QWidget:
    page = desktop.open_case()
    page.show_tab("people")
    page.people.table.setFocus()
    return page.people.table


def a_dialog_of_ours(desktop: Desktop) -> QWidget:
    page = desktop.open_case()
    page._dossier.click()
    return _active_dialog(desktop)


def a_file_dialog(desktop: Desktop) -> QWidget:
    page = desktop.open_case()
    page.show_tab("evidence")
    page.evidence.choose_files()
    return _active_dialog(desktop)


def _active_dialog(desktop: Desktop) -> QWidget:
    dialog = desktop.window.findChildren(QDialog)[-1]
    dialog.activateWindow()
    desktop.qtbot.waitUntil(dialog.isActiveWindow)
    focus: QWidget | None = dialog.focusWidget()
    return dialog if focus is None else focus


@pytest.mark.parametrize("where", [focus_of_the_page, a_dialog_of_ours, a_file_dialog])
def test_the_key_closes_the_vault_from_everywhere(
    where: Callable[[Desktop], QWidget], desktop: Desktop
) -> None:
    focus = where(desktop)
    QTest.keyClick(focus, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desktop.qtbot.waitUntil(lambda: isinstance(desktop.window.page, UnlockPage))
    assert [door["reason"] for door in desktop.doors] == ["asked"]
    desktop.qtbot.waitUntil(lambda: not desktop.window.findChildren(QDialog))


def test_after_a_lock_no_widget_holds_a_word_of_the_case(desktop: Desktop) -> None:
    page = desktop.open_case()
    for tab in ("people", "evidence", "proceedings", "history"):
        page.show_tab(tab)
    page.people.table.selectRow(0)
    assert "Vershkov" in desktop.everything_shown()
    desktop.window.clipboard.put("card")
    desktop.window.lock(LockReason.IDLE)
    desktop.qtbot.waitUntil(lambda: not desktop.window.findChildren(CasePage))
    shown = desktop.everything_shown()
    for word in ("Vershkov", "Вершков", "FIC-2025-017"):
        assert word not in shown
    assert QApplication.clipboard().text() == ""


def test_what_was_typed_is_in_the_vault_before_the_process_is_ended(desktop: Desktop) -> None:
    stored: list[str] = []

    def end_the_process(_door: dict[str, str]) -> None:
        # A supervised process dies inside this call; what is not written now is lost.
        assert desktop.window._desk is not None
        with desktop.window._desk.vault.writer.reader_session() as session:
            (summary,) = casework.list_cases(session)
            incidents = casework.case_page(session, summary.case.id).incidents
        stored.extend(item.title.get("en") for item in incidents if item.ref == "I02")

    page = desktop.open_case()
    page.show_tab("incidents")
    page.incidents.table.select(lambda item: item.ref == "I02")
    title = next(each.row.field for each in page.incidents.form._bindings if each.member == "title")
    assert isinstance(title, TextField)
    title.clear()
    type_text(title, "Search of the flat")
    desktop.window._on_lock = end_the_process
    desktop.window.lock(LockReason.ASKED)
    assert stored == ["Search of the flat"]


def test_a_long_intake_is_dropped_so_that_the_last_word_is_saved(
    desktop: Desktop, tmp_path: Path
) -> None:
    recording = tmp_path / "recording.bin"
    with recording.open("wb") as stream:
        stream.truncate(600 * 1024 * 1024)
    stored: list[tuple[str, int]] = []

    def end_the_process(_door: dict[str, str]) -> None:
        assert desktop.window._desk is not None
        with desktop.window._desk.vault.writer.reader_session() as session:
            (summary,) = casework.list_cases(session)
            found = casework.case_page(session, summary.case.id)
        (title,) = (item.title.get("en") for item in found.incidents if item.ref == "I02")
        stored.append((title, len(found.evidence)))

    page = desktop.open_case()
    page.show_tab("evidence")
    page.evidence.take_in([recording])
    page.show_tab("incidents")
    page.incidents.table.select(lambda item: item.ref == "I02")
    title = next(each.row.field for each in page.incidents.form._bindings if each.member == "title")
    assert isinstance(title, TextField)
    title.clear()
    type_text(title, "Search of the flat")
    assert page.evidence._job is not None, "the intake is still under way"
    desktop.window._on_lock = end_the_process
    desktop.window.lock(LockReason.ASKED)
    assert stored == [("Search of the flat", 14)]


def test_idleness_closes_the_vault_and_says_so(desktop: Desktop) -> None:
    desktop.enter()
    assert desktop.window._watch is not None
    desktop.passed[0] += 301
    desktop.window._watch.check()
    desktop.qtbot.waitUntil(lambda: isinstance(desktop.window.page, UnlockPage))
    assert [door["reason"] for door in desktop.doors] == ["idle"]
    page = desktop.window.page
    assert isinstance(page, UnlockPage)
    assert "nobody was working" in page.message.text()


def test_nothing_is_locked_while_nothing_is_open(desktop: Desktop) -> None:
    desktop.window.lock(LockReason.IDLE)
    QTest.keyClick(desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desktop.doors == []
    assert desktop.window._watch is not None
    desktop.passed[0] += 10_000
    desktop.window._watch.check()
    assert desktop.doors == []


def test_the_title_never_says_what_is_open(desktop: Desktop) -> None:
    assert desktop.window.windowTitle() == "Panah"
    desktop.open_case()._dossier.click()
    assert desktop.window.windowTitle() == "Panah"
    for dialog in desktop.window.findChildren(QDialog):
        assert "FIC-2025-017" not in dialog.windowTitle()
        assert "Vershkov" not in dialog.windowTitle()


def test_the_language_changes_at_the_same_place_without_losing_a_word(desktop: Desktop) -> None:
    page = desktop.open_case()
    page.show_tab("incidents")
    page.incidents.table.select(lambda item: item.ref == "I02")
    date = next(
        each.row.field for each in page.incidents.form._bindings if each.member == "date_start"
    )
    assert isinstance(date, TextField)
    date.clear()
    type_text(date, "last week")
    desktop.window.speak("ru")
    again = desktop.window.page
    assert isinstance(again, CasePage)
    assert again is not page
    desktop.qtbot.waitUntil(lambda: again._snapshot is not None, timeout=10_000)
    assert again._bar.tabText(1) == "Люди"
    assert again._bar.currentWidget() is again.incidents
    fields = {each.member: each.row.field for each in again.incidents.form._bindings}
    typed = fields["date_start"]
    assert isinstance(typed, TextField)
    assert typed.text() == "last week"
    assert desktop.window.menuBar().actions()[0].text() == "&Хранилище"


def test_the_colours_change_at_the_same_place(desktop: Desktop) -> None:
    desktop.enter()
    before = desktop.window.grab().toImage().pixelColor(5, 400).lightness()
    desktop.window.wear(Scheme.DARK)
    assert isinstance(desktop.window.page, CasesPage)
    after = desktop.window.grab().toImage().pixelColor(5, 400).lightness()
    assert before > 200
    assert after < 60


def test_closing_the_window_saves_and_closes_the_vault(desktop: Desktop) -> None:
    page = desktop.open_case()
    page.show_tab("incidents")
    page.incidents.table.select(lambda item: item.ref == "I02")
    title = next(each.row.field for each in page.incidents.form._bindings if each.member == "title")
    assert isinstance(title, TextField)
    title.clear()
    type_text(title, "Search of the flat")
    folder = desktop.window._folder
    assert folder is not None
    desktop.window.close()
    assert desktop.doors == [], "an ordinary end is no lock"
    with TemplateVault(folder, "").opened() as session:
        (summary,) = casework.list_cases(session)
        incidents = casework.case_page(session, summary.case.id).incidents
    titles = [item.title.get("en") for item in incidents if item.ref == "I02"]
    assert titles == ["Search of the flat"]


def test_a_file_dialog_is_never_modal(desktop: Desktop) -> None:
    dialog = file_dialog.choose_folder(desktop.window, "x", lambda _path: None)
    assert not dialog.isModal()
    dialog.reject()
