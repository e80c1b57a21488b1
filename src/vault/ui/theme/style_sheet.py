# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The style sheet of the window, made of the named colours and distances."""

from __future__ import annotations

import dataclasses
from string import Template
from typing import Final

from vault.ui.theme import scale
from vault.ui.theme.colours import Colours

# Fixed heights would clip Cyrillic and scaled fonts, so everything grows with its padding.
_SHEET: Final = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#page { background: $window; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="field"] { color: $muted; }
QLabel[role="problem"] { color: $danger; font-size: ${small}pt; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="danger"] { color: $danger; }
QLabel[chip="true"] {
    background: $hover; border-radius: ${radius}px; padding: 1px 6px; font-size: ${small}pt;
}

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QListView#choices {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
    padding: 4px 6px; selection-background-color: $selection;
    selection-color: $on_selection;
}
QPlainTextEdit { padding: 2px 3px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QListView#choices:focus {
    border: 2px solid $accent; padding: 3px 5px;
}
QPlainTextEdit:focus { padding: 1px 2px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border-color: $danger;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $raised; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $window; color: $muted; border-color: $line;
}
ChoiceField { padding-right: 22px; }
ChoiceField::drop-down { border: none; width: 20px; }
ChoiceField::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $edge; outline: none;
    selection-background-color: $selection; selection-color: $on_selection; padding: 2px;
}

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
    padding: 4px 12px;
}
QToolButton { padding: 4px 6px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 3px 11px; }
QToolButton:focus { padding: 3px 5px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled {
    background: $hover; color: $muted; border-color: $line;
}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
    background: transparent; border-color: transparent; color: $accent;
}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 2px; }
QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 2px;
    background: $surface;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:disabled { background: $window; border-color: $line; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 8px;
    background: $surface;
}
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox:focus, QRadioButton:focus {
    border: 1px dotted $accent; border-radius: 2px; padding: 1px;
}

QTableView, QTreeView, QListView {
    background: $surface; alternate-background-color: $raised; color: $text;
    border: 1px solid $line; border-radius: ${radius}px; gridline-color: $line;
    selection-background-color: $selection; selection-color: $on_selection; outline: none;
}
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView::item, QListView::item { padding: 3px 8px; border: none; }
QTableView::item:selected, QListView::item:selected {
    background: $selection; color: $on_selection;
}
QHeaderView { background: $surface; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 5px 11px; font-weight: 600; font-size: ${small}pt;
}

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; padding: 6px 10px;
    border-bottom: 2px solid transparent; margin-right: 2px;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }

QFrame#panel { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#rule { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame#message { border-radius: ${radius}px; border: 1px solid $line; }
QFrame#message[tone="danger"] { background: $danger_surface; border-left: 3px solid $danger; }
QFrame#message[tone="warning"] { background: $warning_surface; border-left: 3px solid $warning; }
QFrame#message[tone="good"] { background: $good_surface; border-left: 3px solid $good; }
QFrame#message[tone="info"] { background: $info_surface; border-left: 3px solid $accent; }
QFrame#drop { border: 1px dashed $edge; border-radius: ${radius}px; background: $raised; }
QFrame#drop[over="true"] { border-color: $accent; background: $info_surface; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget#column { background: transparent; }
QSplitter::handle { background: transparent; }
QProgressBar {
    border: none; border-radius: ${radius}px; background: $hover; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: ${radius}px; }
QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 1px 4px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: ${radius}px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: ${radius}px; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $window; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QToolTip {
    background: $raised; color: $text; border: 1px solid $edge; padding: 4px;
}
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; min-height: 28px;
    min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(colours: Colours, body_points: float) -> str:
    """Return the style sheet in these colours, for a body text of `body_points`."""
    return _SHEET.substitute(
        dataclasses.asdict(colours),
        title=f"{body_points * scale.TITLE_FACTOR:.1f}",
        heading=f"{body_points * scale.HEADING_FACTOR:.1f}",
        small=f"{body_points * scale.SMALL_FACTOR:.1f}",
        radius=scale.RADIUS,
    )
