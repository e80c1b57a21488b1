# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of plain values in a table: a model, its view, and how both look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from vault.ui.plain_label import made_visible
from vault.ui.theme.look import colours_now

Index = QModelIndex | QPersistentModelIndex
VALUE_ROLE: Final = Qt.ItemDataRole.UserRole
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_LEAST_STRETCH: Final = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what is shown, what it is sorted by, and how wide it may be.

    Where there is no room, columns with a number in `optional` give way, the highest first.
    """

    title: str
    shown: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    stretch: bool = False
    strong: bool = False
    right: bool = False
    widest: int = 190
    optional: int = 0


class ValueModel(QAbstractTableModel):
    """Rows of frozen values; the view gets them by `VALUE_ROLE`."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        """Show values by `columns`."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[Any, ...]:
        """Return the rows in their own order."""
        return self._rows

    def columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, sorts by or is."""
        if not index.isValid():
            return None
        value, column = self._rows[index.row()], self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            shown = made_visible(column.shown(value)).replace("\n", " ")
            # A tool tip would otherwise be free to interpret markup of a stranger.
            return shown if role == Qt.ItemDataRole.DisplayRole else _as_plain_tip(shown)
        if role == VALUE_ROLE:
            return value
        if role == SORT_ROLE:
            return (column.sort or column.shown)(value)
        return self._look(value, column, role)

    def _look(self, value: Any, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole and column.strong:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(value)
            return QColor(getattr(colours_now(), tone)) if tone else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = (
                Qt.AlignmentFlag.AlignRight
                if self._columns[section].right
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        return None


def _as_plain_tip(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"


class ValueTable(QTableView):
    """A table of values: whole rows, sortable, by keyboard, wide columns that give way.

    Signals:
        picked: the value of the current row, or None; also when the user moves through rows.
        opened: the value of a row that was double-clicked or entered with Return.
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self, columns: Sequence[Column], *, name: str, parent: QWidget | None = None
    ) -> None:
        """Show values by `columns`; `name` is what a screen reader says."""
        super().__init__(parent)
        self.values = ValueModel(columns, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.values)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setSortLocaleAware(True)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self._size_columns()
        self.activated.connect(self._open)
        self._opened_row: QPersistentModelIndex | None = None

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for position, column in enumerate(self.values.columns()):
            header.setSectionResizeMode(
                position,
                QHeaderView.ResizeMode.Stretch
                if column.stretch
                else QHeaderView.ResizeMode.Interactive,
            )
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 10)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows; the selection is gone afterwards."""
        self.values.set_rows(rows)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column what it needs, within its limit; the stretching one takes the rest."""
        header = self.horizontalHeader()
        columns = self.values.columns()
        needed: dict[int, int] = {}
        for position, column in enumerate(columns):
            self.setColumnHidden(position, False)
            if column.stretch:
                needed[position] = _LEAST_STRETCH
                continue
            wanted = max(self.sizeHintForColumn(position), header.sectionSizeHint(position))
            needed[position] = min(wanted, column.widest)
            header.resizeSection(position, needed[position])
        room = self.viewport().width()
        giving_way = sorted(
            (position for position in needed if columns[position].optional),
            key=lambda position: columns[position].optional,
        )
        while giving_way and sum(needed.values()) > room:
            position = giving_way.pop()
            del needed[position]
            self.setColumnHidden(position, True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_columns()

    def current(self) -> Any:
        """Return the value of the current row, or None."""
        rows = self.selectionModel().selectedRows()
        return rows[0].data(VALUE_ROLE) if rows else None

    def select(self, matches: Callable[[Any], bool]) -> bool:
        """Select the first row whose value `matches`; tell whether there is one."""
        for row in range(self._sorted.rowCount()):
            index = self._sorted.index(row, 0)
            if matches(index.data(VALUE_ROLE)):
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Announce the row that is selected now."""
        super().selectionChanged(selected, deselected)
        self.picked.emit(self.current())

    def _open(self, index: QModelIndex) -> None:
        value = index.data(VALUE_ROLE)
        if value is not None:
            self.opened.emit(value)
