# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dressing the application: palette, font and style sheet, and which colours are worn now."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from vault.paths import package_data
from vault.ui.theme.colours import DARK, LIGHT, Colours
from vault.ui.theme.scale import BODY_POINTS
from vault.ui.theme.style_sheet import style_sheet

_PROPERTY: Final = "panah_dark"
_SHIPPED_FAMILY: Final = "Noto Sans"
_USUAL_FAMILIES: Final = ("Segoe UI", _SHIPPED_FAMILY, "DejaVu Sans")
_SMALLEST_POINTS: Final = 9.0


class Scheme(Enum):
    """Which palette to wear."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def dress(application: QApplication, scheme: Scheme) -> None:
    """Give the whole application its look; may be called again to change it."""
    dark = scheme is Scheme.DARK or (
        scheme is Scheme.SYSTEM and application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    colours = DARK if dark else LIGHT
    application.setProperty(_PROPERTY, dark)
    application.setStyle("Fusion")
    font = _font(application)
    application.setFont(font)
    application.setPalette(_palette(colours))
    application.setStyleSheet(style_sheet(colours, font.pointSizeF()))


def colours_now() -> Colours:
    """Return the colours that the application wears."""
    application = QGuiApplication.instance()
    return DARK if application is not None and application.property(_PROPERTY) else LIGHT


def _font(application: QApplication) -> QFont:
    """Keep the system's font; where there is none to speak of, take the one we ship."""
    font = QFont(application.font())
    platform = QGuiApplication.platformName()
    # A bare X server names no interface font and Qt then takes the first it finds. Without any
    # server there is no interface to follow, and pictures should be the same on every machine.
    bare = platform == "xcb" and font.family() not in _USUAL_FAMILIES
    if bare or platform in {"offscreen", "minimal"}:
        _load_shipped_fonts()
        font = QFont(_SHIPPED_FAMILY)
        font.setPointSizeF(BODY_POINTS)
    if font.pointSizeF() < _SMALLEST_POINTS:
        font.setPointSizeF(BODY_POINTS)
    return font


def _load_shipped_fonts() -> None:
    if _SHIPPED_FAMILY in QFontDatabase.families():
        return
    for style in ("Regular", "Bold", "Italic"):
        file = package_data("exports", "fonts", f"NotoSans-{style}.ttf")
        QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.danger,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.selection,
        QPalette.ColorRole.HighlightedText: colours.on_selection,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.Light: colours.raised,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.edge,
        QPalette.ColorRole.Shadow: colours.edge,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette
