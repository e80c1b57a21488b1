# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole path through the window, by real events on real services."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import type_text
from vault.domain.snapshot import CaseSnapshot
from vault.ui.case.case_page import CasePage
from vault.ui.cases.cases_page import CasesPage
from vault.ui.create.create_page import CreatePage
from vault.ui.dossier.dossier_dialog import DossierDialog
from vault.ui.main_window import MainWindow
from vault.ui.speech import Speech
from vault.ui.unlock.unlock_page import UnlockPage
from vault.ui.widgets.fields import TextField
from vault.ui.widgets.message_panel import Tone

P = TypeVar("P", bound=QWidget)

WORDS = "лодка семь забор полынь чайник"
STATEMENT = "Меня зовут Орлова Вера Игоревна. Меня задержали 5 марта 2025 года."


class Journey:
    """One lawyer at one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def wait(self, condition: object, seconds: float = 30) -> None:
        assert callable(condition)
        self.qtbot.waitUntil(condition, timeout=int(seconds * 1000))

    def wait_for(self, kind: type[P]) -> P:
        self.wait(lambda: isinstance(self.window.page, kind))
        page = self.window.page
        assert isinstance(page, kind)
        return page

    def snapshot(self) -> CaseSnapshot:
        page = self.window.page
        assert isinstance(page, CasePage)
        self.wait(lambda: page._snapshot is not None)
        assert page._snapshot is not None
        return page._snapshot

    def until_saved(self) -> None:
        self.wait(lambda: self.window.jobs.in_flight() == 0)


@pytest.fixture
def doors() -> list[dict[str, str]]:
    return []


@pytest.fixture
def journey(speech: Speech, qtbot: QtBot, doors: list[dict[str, str]]) -> Generator[Journey]:
    speech.speak("ru")
    window = MainWindow(speech, doors.append)
    qtbot.addWidget(window)
    window.resize(1366, 720)
    window.show()
    yield Journey(window, qtbot)
    window.close()


def test_from_a_new_vault_to_a_dossier_and_through_a_lock(
    journey: Journey, tmp_path: Path, doors: list[dict[str, str]]
) -> None:
    create_the_vault(journey, tmp_path)
    start_a_case(journey)
    add_a_person(journey)
    add_an_incident(journey)
    add_evidence(journey, tmp_path)
    record_a_consent(journey)
    find_it_again(journey)
    prepare_the_dossier(journey, tmp_path)
    lock_and_come_back(journey, doors)
    assert [door["reason"] for door in doors] == ["asked"]
    assert (tmp_path / "filed.pdf").stat().st_size > 0


def create_the_vault(journey: Journey, tmp_path: Path) -> None:
    journey.window.show_create()
    page = journey.wait_for(CreatePage)
    page.place.parent_folder.setText(str(tmp_path))
    page.place.name.setText("office")
    page.next_button.click()
    assert page.message.text() != "", "a name is asked for"
    type_text(page.place.person, "Айжан Тестовая")
    page.place.shared.click()
    page.next_button.click()
    type_text(page.passphrase.first.line, WORDS)
    type_text(page.passphrase.second.line, WORDS[:-1])
    page.next_button.click()
    assert page.at() == 1, "the two are not the same yet"
    type_text(page.passphrase.second.line, WORDS[-1])
    journey.wait(lambda: page.passphrase._strength.text() != "")
    page.next_button.click()
    journey.wait(lambda: page.at() == 2)
    code = page.code._code.text().replace("\n", "")
    page.next_button.click()
    type_text(page.proof.field, code[:-1] + ("A" if code[-1] != "A" else "B"))
    page.next_button.click()
    journey.wait(lambda: page.message.tone is Tone.DANGER)
    assert isinstance(journey.window.page, CreatePage), "an unproved code opens nothing"
    page.proof.field.clear()
    type_text(page.proof.field, code.lower())
    page.next_button.click()
    cases = journey.wait_for(CasesPage)
    journey.wait(lambda: cases._stack.currentIndex() == 2)


def start_a_case(journey: Journey) -> None:
    cases = journey.wait_for(CasesPage)
    QTest.keyClick(cases, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    cases.new_case.create_button.click()
    assert cases.new_case.isVisible(), "a label is needed"
    type_text(cases.new_case.reference, "2026-01")
    type_text(cases.new_case.title, "Орлова")
    QTest.keyClick(cases.new_case.title, Qt.Key.Key_Return)
    journey.wait_for(CasePage)
    assert journey.snapshot().case.reference == "2026-01"


def add_a_person(journey: Journey) -> None:
    page = journey.wait_for(CasePage)
    page.show_tab("people")
    page.people.add_button.click()
    form = page.people.form
    block = form._names._blocks[0]  # type: ignore[attr-defined] # a person's form
    type_text(block._fields["family"][0], "Орлова")
    type_text(block._fields["given"][0], "Вера")
    type_text(block._fields["patronymic"][0], "Игоревна")
    form._roles._boxes["client"].click()  # type: ignore[attr-defined] # as above
    page.show_tab("overview")
    journey.wait(lambda: [p.shown("ru") for p in journey.snapshot().persons]
                 == ["Орлова Вера Игоревна"])  # fmt: skip


def add_an_incident(journey: Journey) -> None:
    page = journey.wait_for(CasePage)
    page.show_tab("incidents")
    page.incidents.add_button.click()
    fields = {binding.member: binding.row.field for binding in page.incidents.form._bindings}
    type_text(fields["title"], "Задержание")
    date = fields["date_start"]
    assert isinstance(date, TextField)
    type_text(date, "5 марта")
    assert page.incidents.form.check()
    date.clear()
    type_text(date, "2025-03-05")
    page.show_tab("overview")
    journey.wait(lambda: [i.date_start for i in journey.snapshot().incidents] == ["2025-03-05"])


def add_evidence(journey: Journey, tmp_path: Path) -> None:
    page = journey.wait_for(CasePage)
    page.show_tab("evidence")
    statement = tmp_path / "показания.txt"
    statement.write_text(STATEMENT, encoding="utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(statement))])
    held = (dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, *held)
    QApplication.sendEvent(page.evidence, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *held)
    QApplication.sendEvent(page.evidence, drop)
    journey.wait(lambda: len(journey.snapshot().files) == 1)
    (file,) = journey.snapshot().files
    (event,) = journey.snapshot().custody
    assert file.size_bytes == len(STATEMENT.encode())
    assert event.action == "received"
    assert event.seal_or_hash == file.sha256
    assert page.evidence.intake_message.tone is Tone.GOOD
    assert statement.read_text(encoding="utf-8") == STATEMENT


def record_a_consent(journey: Journey) -> None:
    page = journey.wait_for(CasePage)
    page.show_tab("consents")
    page.consents.add_button.click()
    form = page.consents.form
    person = next(each.row.field for each in form._bindings if each.member == "person")
    person.setFocus()
    QTest.keyClick(person, Qt.Key.Key_Down)
    form._purposes._boxes["unhcr"].click()  # type: ignore[attr-defined] # a consent's form
    page.show_tab("overview")
    journey.wait(lambda: [c.purposes for c in journey.snapshot().consents] == [("unhcr",)])


def find_it_again(journey: Journey) -> None:
    journey.window.show_cases()
    cases = journey.wait_for(CasesPage)
    QTest.keyClick(cases, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(cases.search_field, "Орлов")
    journey.wait(lambda: {hit.kind for hit in cases.hits.values.rows()} >= {"person"})
    cases.hits.select(lambda hit: hit.kind == "person")
    QTest.keyClick(cases.hits, Qt.Key.Key_Return)
    page = journey.wait_for(CasePage)
    journey.wait(lambda: page.people.chosen_id() == journey.snapshot().persons[0].id)
    assert page._bar.currentWidget() is page.people


def prepare_the_dossier(journey: Journey, tmp_path: Path) -> None:
    page = journey.wait_for(CasePage)
    page._dossier.click()
    dialog = journey.window.findChild(DossierDialog)
    assert dialog is not None
    type_text(dialog.choice.title_field, "Представление")
    next(iter(dialog.choice.exhibits._boxes.values())).click()
    dialog.next_button.click()
    journey.wait(lambda: dialog.at() == 1)
    out = tmp_path / "filed.pdf"
    dialog.build(out)
    journey.wait(lambda: dialog.at() == 2 or dialog.message.isVisible(), seconds=120)
    assert dialog.at() == 2, dialog.message.text()
    assert out.read_bytes().startswith(b"%PDF-")
    assert str(out) in dialog.outcome.facts.text()
    dialog.close()


def lock_and_come_back(journey: Journey, doors: list[dict[str, str]]) -> None:
    page = journey.wait_for(CasePage)
    page.show_tab("incidents")
    page.incidents.table.selectRow(0)
    fields = {binding.member: binding.row.field for binding in page.incidents.form._bindings}
    title = fields["title"]
    assert isinstance(title, TextField)
    title.clear()
    type_text(title, "Задержание у дома")
    journey.window.activateWindow()
    journey.wait(journey.window.isActiveWindow)
    QTest.keyClick(title, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    unlock = journey.wait_for(UnlockPage)
    assert [door["reason"] for door in doors] == ["asked"]
    assert set(doors[0]) == {"folder", "reason", "language", "scheme"}
    journey.until_saved()
    assert not journey.window.findChildren(CasePage)
    type_text(unlock.passphrase.line, WORDS)
    QTest.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    cases = journey.wait_for(CasesPage)
    journey.wait(lambda: len(cases.table.values.rows()) == 1)
    place = cases.table.viewport()
    QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    QTest.mouseDClick(place, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    journey.wait_for(CasePage)
    titles = [item.title.get("ru") for item in journey.snapshot().incidents]
    assert titles == ["Задержание у дома"], "what was typed before the lock was saved"
