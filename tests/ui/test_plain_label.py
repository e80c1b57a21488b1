# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labels and tables show what strangers wrote as text, and nothing hidden in it works."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from vault.ui.plain_label import PlainLabel, made_visible
from vault.ui.widgets.value_table import Column, ValueModel

MARKUP = '<b>bold</b> <img src="file:///etc/passwd"> &amp; <a href="x">y</a>'


def test_a_label_shows_markup_as_it_is_written(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.text() == MARKUP
    assert label.textFormat() is Qt.TextFormat.PlainText
    # Rendered as rich text, the tags would take no room.
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance(MARKUP) * 0.9


def test_a_file_name_written_backwards_does_not_pass_for_another() -> None:
    assert made_visible("photo\u202efdp.exe") == "photo\N{REPLACEMENT CHARACTER}fdp.exe"


def test_a_table_gives_no_markup_to_its_tool_tips(qtbot: QtBot) -> None:
    model = ValueModel((Column(title="x", shown=str),))
    model.set_rows([MARKUP])
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole) == MARKUP


@given(st.text())
def test_what_is_visible_stays_and_what_reorders_goes(text: str) -> None:
    shown = made_visible(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        if unicodedata.category(before)[0] in "LNPSM":
            assert after == before
        assert after not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b"
