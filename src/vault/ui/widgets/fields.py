# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fields of forms: they look alike, know when they are wrong, and take text as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now

_NARROWEST: Final = 64


def mark_wrong(widget: QWidget, *, wrong: bool) -> None:
    """Give a field the border of a field with a problem, or take it away."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class TextField(QLineEdit):
    """One line of text."""

    def __init__(
        self, text: str = "", *, placeholder: str = "", name: str, parent: QWidget | None = None
    ) -> None:
        """Hold `text`; `name` is what a screen reader says."""
        super().__init__(text, parent)
        self.setMinimumWidth(_NARROWEST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)


class LongText(QPlainTextEdit):
    """Several lines of text; Tab leaves the field instead of writing a tab."""

    def __init__(
        self, text: str = "", *, name: str, lines: int = 4, parent: QWidget | None = None
    ) -> None:
        """Hold `text`, showing about `lines` lines of it."""
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 2 * scale.SMALL)


class ChoiceField(QComboBox):
    """One of several values; `value` is a code, what is shown is its name.

    Signals:
        chosen: the code, when the user chose.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        value: str = "",
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Offer `(code, name)` pairs."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices, value)
        self.activated.connect(self._announce)

    def set_choices(self, choices: Sequence[tuple[str, str]], value: str = "") -> None:
        """Offer other pairs."""
        self.clear()
        for code, shown in choices:
            self.addItem(shown, code)
        self.set_value(value)

    def value(self) -> str:
        """Return the code of what is chosen, or ""."""
        return str(self.currentData() or "")

    def set_value(self, code: str) -> None:
        """Choose by code; a code that is not offered is offered from now on, as it is."""
        position = self.findData(code)
        if position < 0 and code:
            # A record of another program may hold a value we have no name for: never drop it.
            self.addItem(code, code)
            position = self.count() - 1
        self.setCurrentIndex(position)

    def _announce(self, _position: int) -> None:
        self.chosen.emit(self.value())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field with its text shortened to fit, and our own arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - 2 * scale.ICON - 3 * scale.SMALL
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        styled = QStylePainter(self)
        styled.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        styled.end()
        arrow = icons.pixmap("chevron", colours_now().muted, density=self.devicePixelRatioF())
        painter = QPainter(self)
        top = (self.height() - scale.ICON) // 2
        left = (
            scale.TIGHT
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            else self.width() - scale.ICON - scale.TIGHT
        )
        painter.drawPixmap(left, top, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past a field must not change it."""
        event.ignore()


class TickBox(QCheckBox):
    """A yes or no, with a tick of our own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the tick over it."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box: QRect = self.style().subElementRect(
            QStyle.SubElement.SE_CheckBoxIndicator, option, self
        )
        tick = icons.pixmap(
            "tick", colours_now().on_accent, size=12, density=self.devicePixelRatioF()
        )
        painter = QPainter(self)
        painter.drawPixmap(box.center().x() - 5, box.center().y() - 5, tick)
        painter.end()


class FieldRow(QWidget):
    """A field under its name, with help, and the place where its problem is shown."""

    def __init__(
        self, label: str, field: QWidget, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        """Stack the label, the field, the help and the problem."""
        super().__init__(parent)
        self.field = field
        self.label = PlainLabel(label, Role.FIELD, wrap=True)
        self.label.setBuddy(field)
        self._hint = PlainLabel(hint, Role.MUTED, wrap=True)
        if not hint:
            # Never shown here: a widget without a parent would become a window for a moment.
            self._hint.hide()
        self._problem = PlainLabel(role=Role.PROBLEM, wrap=True)
        self._problem.hide()
        if not field.accessibleName():
            field.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale.HAIR)
        for widget in (self.label, field, self._hint, self._problem):
            column.addWidget(widget)
        # Beside a taller neighbour the label must stay above its field.
        column.addStretch(1)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the field, or that nothing is."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence or self._hint.text())
        mark_wrong(self.field, wrong=bool(sentence))

    def show_hint(self, sentence: str) -> None:
        """Replace the help under the field."""
        self._hint.setText(sentence)
        self._hint.setVisible(bool(sentence))

    def problem(self) -> str:
        """Return the sentence shown, or ""."""
        return self._problem.text()
