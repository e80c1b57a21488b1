# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buttons, rules, columns: the few arrangements that pages repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vault.ui.plain_label import PlainLabel
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now

LayoutT = TypeVar("LayoutT", bound=QBoxLayout)


def button(
    text: str,
    action: Callable[[], object] | None = None,
    *,
    icon: str = "",
    kind: str = "",
    tip: str = "",
) -> QPushButton:
    """Make a button; `kind` is "primary" (one per page), "quiet" or plain."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setAccessibleName(text or tip)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    if icon:
        colours = colours_now()
        ink = {"primary": colours.on_accent, "quiet": colours.accent}.get(kind, colours.text)
        made.setIcon(icons.icon(icon, ink, disabled=colours.muted))
        made.setIconSize(QSize(scale.ICON, scale.ICON))
    if action is not None:
        made.clicked.connect(lambda _on: action())
    return made


def row(*widgets: QWidget | None, spacing: int = scale.SMALL) -> QHBoxLayout:
    """Lay widgets side by side; None is a stretch."""
    return _fill(QHBoxLayout(), widgets, spacing)


def column(*widgets: QWidget | None, spacing: int = scale.SMALL) -> QVBoxLayout:
    """Lay widgets one under the other; None is a stretch."""
    return _fill(QVBoxLayout(), widgets, spacing)


def _fill(layout: LayoutT, widgets: tuple[QWidget | None, ...], spacing: int) -> LayoutT:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def rule() -> QFrame:
    """Make a thin line."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def panel() -> QFrame:
    """Make a quiet box for a group of things."""
    made = QFrame()
    made.setObjectName("panel")
    return made


def chip(text: str, tone: str = "") -> PlainLabel:
    """Make a small mark for a state; `tone` colours it besides its words."""
    made = PlainLabel(text)
    made.setProperty("chip", True)
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """Let a tall column scroll instead of being clipped on a small screen."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName("column")
    area.setWidget(content)
    return area
