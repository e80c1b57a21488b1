# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own small line icons, drawn in whatever colour the palette asks for."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vault.paths import package_data
from vault.ui.theme.scale import ICON

_INK: Final = "#000000"
_DENSITIES: Final = (1.0, 1.5, 2.0, 3.0)


@cache
def _drawing(name: str) -> str:
    return package_data("ui", "theme", "icons", f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str, *, size: int = ICON, density: float | None = None) -> QPixmap:
    """Draw the icon `name` in `colour`, `size` logical pixels wide."""
    if density is None:
        application = QGuiApplication.instance()
        density = (
            application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
        )
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(_INK, colour).encode()))
    side = round(size * density)
    image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn = QPixmap.fromImage(image)
    drawn.setDevicePixelRatio(density)
    return drawn


def icon(name: str, colour: str, *, disabled: str = "", size: int = ICON) -> QIcon:
    """Return the icon `name` for buttons and tabs, sharp at every usual scale."""
    made = QIcon()
    for density in _DENSITIES:
        made.addPixmap(pixmap(name, colour, size=size, density=density))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size=size, density=density), QIcon.Mode.Disabled)
    return made
