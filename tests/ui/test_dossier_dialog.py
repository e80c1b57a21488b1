# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dossier dialog: who is hidden, building, stopping, and a file that is already there."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from vault.domain.snapshot import CaseSnapshot
from vault.services import casework
from vault.ui.actions.desk import Desk
from vault.ui.dossier.dossier_dialog import DossierDialog
from vault.ui.jobs import Lane
from vault.ui.widgets.message_panel import Tone


@pytest.fixture
def stored(desk: Desk, qtbot: QtBot) -> CaseSnapshot:
    reader = desk.vault.reader

    def read(_progress: object) -> Any:
        (row,) = casework.list_cases(reader)
        return casework.case_page(reader, row.case.id)

    job = desk.cases._jobs.start(read, Lane.READER)
    with qtbot.waitSignal(job.succeeded, timeout=10_000) as done:
        pass
    assert done.args is not None
    found = done.args[0]
    assert isinstance(found, CaseSnapshot)
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def prepared(
    stored: CaseSnapshot, ref: str, desk: Desk, window: QWidget, qtbot: QtBot
) -> DossierDialog:
    dialog = DossierDialog(stored, ref, desk.dossiers, desk.evidence, window)
    dialog.show()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.at() == 1, timeout=20_000)
    return dialog


def test_who_is_hidden_for_want_of_a_consent_is_named_with_the_reason(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = prepared(stored, "DS2", desk, window, qtbot)
    model = dialog.people.table.model()
    shown = {
        model.index(row, 0).data(): model.index(row, 2).data() for row in range(model.rowCount())
    }
    assert shown["P02"] == "This purpose was forbidden"
    assert shown["P11"] == "The consent was withdrawn"
    assert {model.index(row, 3).data() for row in range(model.rowCount())} == {"Hidden here"}
    dialog.close()


def test_building_can_be_stopped_and_leaves_no_file(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = prepared(stored, "DS1", desk, window, qtbot)
    dialog.build(tmp_path / "filed.pdf")
    assert dialog.progress.isVisible()
    dialog.progress._stop.click()
    qtbot.waitUntil(dialog.message.isVisible, timeout=60_000)
    assert dialog.message.text() == "Stopped. Nothing was written."
    assert list(tmp_path.glob("*.pdf")) == []
    assert dialog.next_button.isEnabled(), "it may be tried again"
    dialog.close()


def test_a_file_that_is_there_is_left_alone(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "filed.pdf"
    there.write_bytes(b"mine")
    dialog = prepared(stored, "DS2", desk, window, qtbot)
    dialog.build(there)
    qtbot.waitUntil(dialog.message.isVisible, timeout=90_000)
    assert dialog.message.tone is Tone.DANGER
    assert there.read_bytes() == b"mine"
    dialog.close()


def test_the_outcome_stays_readable_with_place_hash_and_check(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = prepared(stored, "DS2", desk, window, qtbot)
    out = tmp_path / "filed.pdf"
    dialog.build(out)
    qtbot.waitUntil(lambda: dialog.at() == 2 or dialog.message.isVisible(), timeout=120_000)
    assert dialog.at() == 2, dialog.message.text()
    assert dialog.outcome.message.tone is Tone.GOOD
    import hashlib

    assert hashlib.sha256(out.read_bytes()).hexdigest() in dialog.outcome.facts.text()
    assert str(out) in dialog.outcome.facts.text()
    dialog.close()


def test_closing_the_dialog_stops_the_work(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = prepared(stored, "DS1", desk, window, qtbot)
    dialog.build(tmp_path / "filed.pdf")
    dialog.close()
    qtbot.waitUntil(lambda: desk.cases._jobs.in_flight() == 0, timeout=60_000)
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_adverse_reader_is_named_as_such_and_a_new_dossier_needs_a_title(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = DossierDialog(stored, "DS2", desk.dossiers, desk.evidence, window)
    dialog.show()
    assert "country of origin" in dialog.choice._note.text()
    dialog.choice._which.set_value("+")
    dialog.choice._show_choice()
    dialog.next_button.click()
    assert dialog.message.tone is Tone.WARNING
    assert dialog.at() == 0
    dialog.close()


def test_pictures_are_looked_at_before_a_place_is_chosen(
    stored: CaseSnapshot, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = prepared(stored, "DS2", desk, window, qtbot)
    assert not dialog.people.pictures_seen.isVisible(), "this one shows no picture"
    dialog.people.show_plan(dataclasses.replace(dialog._plan, pictures=("C-1",)))
    assert dialog.people.pictures_seen.isVisible()
    dialog.next_button.click()
    assert dialog.message.text() == "Look at the pictures first, and confirm it."
    assert dialog.findChildren(QFileDialog) == []
    dialog.people.pictures_seen.click()
    dialog.next_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.reject()
    dialog.close()
