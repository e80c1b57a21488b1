# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists inside a person's form: names in every script, and numbers of documents."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vault.domain.people import Identifier, PersonName
from vault.i18n import _
from vault.ui import words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row, rule
from vault.ui.widgets.fields import ChoiceField, TextField, mark_wrong

_WHOLE_NAMES: Final = frozenset(
    {"diminutive", "nickname", "call_sign", "online_handle", "descriptor"}
)
_DATE_MEMBERS: Final = ("issued_on", "expires_on")


class _Block(QWidget):
    """One item of a list: a few fields in a grid, and a button that takes it away."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, value: Any) -> None:
        super().__init__()
        self._value = value
        self._fields: dict[str, tuple[TextField | ChoiceField, str]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, scale.TIGHT, 0, scale.TIGHT)
        self._grid.setHorizontalSpacing(scale.SMALL)
        for place in range(3):
            self._grid.setColumnStretch(place, 1)
        self._grid.setVerticalSpacing(scale.HAIR)

    def add(self, name: str, field: TextField | ChoiceField, line: int, place: int) -> None:
        """Place a field for the member `name`."""
        self._fields[name] = (field, _shown(field))
        self._grid.addWidget(field, line, place)
        if isinstance(field, TextField):
            field.textEdited.connect(self.edited)
        else:
            field.chosen.connect(self.edited)

    def add_remove(self, line: int, place: int, tip: str) -> None:
        """Place the button that takes the item away."""
        remove = button("", lambda: self.removed.emit(self), icon="minus", kind="quiet", tip=tip)
        self._grid.addWidget(remove, line, place)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self._fields.values()))[0].setFocus()

    def value(self) -> Any:
        """Return the item as it is typed now; an untouched member is as it was."""
        changed = {
            name: _shown(field)
            for name, (field, before) in self._fields.items()
            if _shown(field) != before
        }
        return dataclasses.replace(self._value, **changed)

    def mark_dates(self, bad: frozenset[str]) -> None:
        """Mark the date fields whose text cannot be read."""
        for name in _DATE_MEMBERS:
            if name in self._fields:
                field = self._fields[name][0]
                mark_wrong(field, wrong=_shown(field) in bad)


def _shown(field: TextField | ChoiceField) -> str:
    return field.value() if isinstance(field, ChoiceField) else field.text()


class NameBlock(_Block):
    """One name: its type and script, and its parts or its whole."""

    def __init__(self, name: PersonName) -> None:
        """Show `name`."""
        super().__init__(name)
        self._types = ChoiceField(
            words.choices(words.NAME_TYPE), value=name.type, name=_("Type of the name")
        )
        scripts = ChoiceField(words.choices(words.SCRIPT), value=name.script, name=_("Script"))
        self.add("type", self._types, 0, 0)
        self.add("script", scripts, 0, 1)
        self.add_remove(0, 3, _("Remove this name"))
        self._parts: list[TextField] = []
        for place, (member, label) in enumerate((
            ("family", _("Family name")),
            ("given", _("Given name")),
            ("patronymic", _("Patronymic")),
        )):  # fmt: skip
            part = TextField(getattr(name, member), placeholder=label, name=label)
            part.setToolTip(label)
            self.add(member, part, 1, place)
            self._parts.append(part)
        self._whole = TextField(name.full, placeholder=_("Name"), name=_("The name as a whole"))
        self.add("full", self._whole, 0, 2)
        self._types.chosen.connect(self._show_fitting)
        self._show_fitting()

    def _show_fitting(self) -> None:
        """Ask for what such a name has: parts, or one word; what is filled in always shows."""
        whole = self._types.value() in _WHOLE_NAMES
        self._whole.setVisible(whole or bool(self._whole.text()))
        for part in self._parts:
            part.setVisible(not whole or any(each.text() for each in self._parts))


class IdentifierBlock(_Block):
    """One number by which an office knows the person."""

    def __init__(self, identifier: Identifier) -> None:
        """Show `identifier`."""
        super().__init__(identifier)
        types = ChoiceField(
            words.choices(words.IDENTIFIER_TYPE),
            value=identifier.type,
            name=_("Type of the number"),
        )
        self.add("type", types, 0, 0)
        for place, (member, label) in enumerate(
            (
                ("value", _("Number")),
                ("issued_on", _("Issued on")),
                ("expires_on", _("Expires on")),
            ),
            start=1,
        ):
            text = TextField(getattr(identifier, member), placeholder=label, name=label)
            text.setToolTip(label)
            self.add(member, text, 0, place)
        self.add_remove(0, 4, _("Remove this number"))


class ItemList(QWidget):
    """Any number of blocks under a heading, with a button that adds one.

    Signals:
        edited: an item was changed, added or taken away.
    """

    edited = Signal()

    def __init__(self, title: str, add: str, block: type[_Block], empty: Any) -> None:
        """Make items of `block`; a new one starts as `empty`."""
        super().__init__()
        self._block = block
        self._empty = empty
        self._blocks: list[_Block] = []
        self._problem = PlainLabel(role=Role.PROBLEM, wrap=True)
        self._problem.hide()
        self._items = QVBoxLayout()
        self._items.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, scale.SMALL, 0, 0)
        whole.setSpacing(scale.HAIR)
        whole.addWidget(rule())
        heading = PlainLabel(title, Role.HEADING)
        whole.addLayout(row(heading, None, button(add, self._add, icon="plus", kind="quiet")))
        whole.addLayout(self._items)
        whole.addWidget(self._problem)

    def show_items(self, items: Sequence[Any]) -> None:
        """Replace every block."""
        for block in list(self._blocks):
            self._take_away(block)
        for item in items:
            self._append(item)

    def items(self) -> tuple[Any, ...]:
        """Return the items as they are typed now."""
        return tuple(block.value() for block in self._blocks)

    def show_problem(self, sentence: str, bad_dates: frozenset[str] = frozenset()) -> None:
        """Say what is wrong with the list, and mark the dates that are."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        for block in self._blocks:
            block.mark_dates(bad_dates)

    def _append(self, item: Any) -> _Block:
        block = self._block(item)
        block.edited.connect(self.edited)
        block.removed.connect(self._remove)
        self._blocks.append(block)
        self._items.addWidget(block)
        return block

    def _add(self) -> None:
        block = self._append(self._empty)
        self.edited.emit()
        block.focus_first()

    def _remove(self, block: _Block) -> None:
        self._take_away(block)
        self.edited.emit()

    def _take_away(self, block: _Block) -> None:
        self._blocks.remove(block)
        self._items.removeWidget(block)
        block.hide()
        block.deleteLater()


def names_list() -> ItemList:
    """Make the list of names."""
    return ItemList(_("Names"), _("Add a name"), NameBlock, PersonName())


def identifiers_list() -> ItemList:
    """Make the list of numbers."""
    return ItemList(
        _("Numbers of documents"),
        _("Add a number"),
        IdentifierBlock,
        Identifier(type="ru_passport_internal", value=""),
    )
