# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several of a few values, as boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.fields import TickBox


class TickList(QWidget):
    """A labelled group of boxes, each standing for a code, in as many columns as there is room.

    The order in which a record names its codes is kept; new ones come after.

    Signals:
        edited: a box was ticked or cleared by the user.
    """

    edited = Signal()

    def __init__(self, label: str, offered: Sequence[tuple[str, str]], *, columns: int = 2) -> None:
        """Offer `(code, name)` pairs in at most so many columns."""
        super().__init__()
        self._most_columns = columns
        self._columns = 0
        self._before: tuple[str, ...] = ()
        self._boxes: dict[str, TickBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scale.MEDIUM)
        self._grid.setVerticalSpacing(0)
        self.setAccessibleName(label)
        self._problem = PlainLabel(role=Role.PROBLEM, wrap=True)
        self._problem.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(scale.HAIR)
        whole.addWidget(PlainLabel(label, Role.FIELD))
        whole.addLayout(self._grid)
        whole.addWidget(self._problem)
        self.set_choices(offered)

    def set_choices(self, offered: Sequence[tuple[str, str]]) -> None:
        """Offer other pairs, all clear."""
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes.clear()
        for code, shown in offered:
            self._offer(code, shown)
        self._place()

    def set_values(self, codes: Sequence[str]) -> None:
        """Tick these and clear the others; a code without a box gets one."""
        self._before = tuple(codes)
        for code in codes:
            if code not in self._boxes:
                self._offer(code, code)
                self._place()
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    def values(self) -> tuple[str, ...]:
        """Return the codes that are ticked."""
        ticked = {code for code, box in self._boxes.items() if box.isChecked()}
        kept = tuple(code for code in self._before if code in ticked)
        return kept + tuple(code for code in self._boxes if code in ticked - set(kept))

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the choice."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the columns that fit now."""
        super().resizeEvent(event)
        if self._fitting_columns() != self._columns:
            self._place()

    def minimumSizeHint(self) -> QSize:
        """Ask for one column only, so that a narrow window is not widened."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._widest()), hint.height())

    def _offer(self, code: str, shown: str) -> None:
        box = TickBox(shown.replace("&", "&&"))
        self._boxes[code] = box
        box.clicked.connect(self.edited)

    def _place(self) -> None:
        self._columns = self._fitting_columns()
        for position, box in enumerate(self._boxes.values()):
            line, place = divmod(position, self._columns)
            self._grid.addWidget(box, line, place)
        for place in range(self._most_columns):
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)

    def _fitting_columns(self) -> int:
        fitting = (self.width() + scale.MEDIUM) // (self._widest() + scale.MEDIUM)
        return max(1, min(self._most_columns, fitting))

    def _widest(self) -> int:
        return max((box.sizeHint().width() for box in self._boxes.values()), default=1)
