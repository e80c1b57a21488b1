# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fonts in the package draw every letter of our languages, and nothing else slips in."""

from __future__ import annotations

import importlib.resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.exports.fonts.registration import REPLACEMENT, has_glyph, printable

RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
KAZAKH = "ӘҒҚҢӨҰҮҺІ"
SIGNS = "№«»„“”’–—…₸§©°%/@\u00a0" + REPLACEMENT


@pytest.mark.parametrize(
    "letters", [RUSSIAN, RUSSIAN.lower(), KAZAKH, KAZAKH.lower(), SIGNS, "ABCXYZabcxyzÀéøŁšž"]
)
def test_both_families_draw_every_letter(letters: str) -> None:
    assert [letter for letter in letters if not has_glyph(letter)] == []


def test_a_letter_that_the_fonts_lack_is_known_to_be_lacking() -> None:
    assert not has_glyph("漢")
    assert not has_glyph("ش")


def test_the_licence_lies_beside_the_fonts() -> None:
    folder = importlib.resources.files("vault.exports.fonts")
    licence = folder.joinpath("OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE" in licence
    assert "Copyright 2015 Google" in licence
    assert sum(entry.name.endswith(".ttf") for entry in folder.iterdir()) == 6


def test_what_cannot_be_drawn_is_replaced_and_counted() -> None:
    assert printable("имя 漢字") == (f"имя {REPLACEMENT}{REPLACEMENT}", 2)


def test_marks_that_turn_or_hide_text_are_dropped() -> None:
    assert printable("a\u202eb\u200bc\u00add\x07e\ufefff") == ("abcdef", 0)


def test_line_breaks_of_every_system_become_one() -> None:
    assert printable("a\r\nb\rc\n") == ("a\nb\nc\n", 0)


@given(st.text())
def test_the_printable_text_is_drawable_throughout(text: str) -> None:
    shown, replaced = printable(text)

    assert all(letter in "\n\t" or has_glyph(letter) for letter in shown)
    assert shown.count(REPLACEMENT) >= replaced
    assert printable(shown)[0] == shown
