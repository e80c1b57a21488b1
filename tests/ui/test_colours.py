# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both palettes reach the contrast of WCAG 2.2 AA, by computation."""

from __future__ import annotations

import dataclasses
import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from vault.ui.speech import Speech
from vault.ui.theme import icons
from vault.ui.theme.colours import DARK, EDGE_PAIRS, LIGHT, TEXT_PAIRS, Colours, contrast
from vault.ui.theme.look import Scheme, colours_now
from vault.ui.theme.style_sheet import style_sheet

PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_the_contrast_of_known_pairs_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@PALETTES
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_can_be_read(colours: Colours, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(colours, name) for name in pair)
    assert contrast(ink, ground) >= 4.5


@PALETTES
@pytest.mark.parametrize("pair", EDGE_PAIRS, ids="-on-".join)
def test_fields_and_focus_can_be_seen(colours: Colours, pair: tuple[str, str]) -> None:
    edge, ground = (getattr(colours, name) for name in pair)
    assert contrast(edge, ground) >= 3.0


@PALETTES
def test_the_style_sheet_uses_named_colours_only(colours: Colours) -> None:
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*\{)", style_sheet(colours, 10.0)))
    assert used <= set(dataclasses.asdict(colours).values())


def test_the_application_wears_what_was_chosen(qapp: QApplication, speech: Speech) -> None:
    speech.wear(Scheme.DARK)
    assert colours_now() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    speech.wear(Scheme.LIGHT)
    assert colours_now() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def test_an_icon_is_drawn_in_the_colour_that_was_asked_for(qapp: QApplication) -> None:
    drawn = icons.pixmap("lock", "#ff0000", size=16, density=2.0).toImage()
    inks = {
        drawn.pixelColor(x, y).name()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}
