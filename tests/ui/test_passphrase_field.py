# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The passphrase field warns of the keyboard's traps and gives its text away only once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import type_text
from vault.ui.speech import Speech
from vault.ui.widgets.passphrase_field import PassphraseField


@pytest.fixture
def field(qtbot: QtBot, speech: Speech) -> PassphraseField:
    made = PassphraseField("Passphrase")
    qtbot.addWidget(made)
    made.show()
    return made


def press(field: PassphraseField, letter: str, *, shift: bool) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, held, letter)
    QApplication.sendEvent(field.line, key)


def test_what_is_typed_is_hidden_and_taken_once(field: PassphraseField) -> None:
    type_text(field.line, "пароль x")
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    assert field.take() == bytearray("пароль x", "utf-8")
    assert field.is_empty()
    assert field.take() == bytearray()


def test_taking_hides_what_was_revealed(field: PassphraseField) -> None:
    field._reveal.click()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    type_text(field.line, "x")
    field.take()
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    "letter,shift,warned",
    [("A", False, True), ("a", True, True), ("a", False, False), ("A", True, False),
     ("Ж", False, True), ("7", False, False)],
)  # fmt: skip
def test_a_capital_without_shift_means_caps_lock(
    letter: str,
    shift: bool,  # noqa: FBT001 - a column of the table above
    warned: bool,  # noqa: FBT001 - as above
    field: PassphraseField,
) -> None:
    press(field, letter, shift=shift)
    assert field._caps_hint.isVisible() == warned


def test_the_script_of_the_letters_is_named(field: PassphraseField) -> None:
    press(field, "ж", shift=False)
    assert field._layout_hint.text() == "Typing Cyrillic letters"
    press(field, "z", shift=False)
    assert field._layout_hint.text() == "Typing Latin letters"


def test_no_menu_offers_to_copy_a_passphrase(field: PassphraseField) -> None:
    assert field.line.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    hints = field.line.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
