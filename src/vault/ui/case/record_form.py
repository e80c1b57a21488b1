# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form for one record: fields bound to members, problems beside them, no Save button."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from vault.domain.records import Record
from vault.domain.rules import Problem, problems
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LANGUAGES, LocalText
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.dates import date_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import row
from vault.ui.widgets.fields import ChoiceField, FieldRow, LongText, TextField

Read = Callable[[Any, str], str]
Write = Callable[[Any, str, str], Any]
DATE_HINT_FIELDS: Final = frozenset({"date_start", "date_end"})


@dataclasses.dataclass(frozen=True, slots=True)
class _Binding:
    """One field and the member of the record it shows; both ways."""

    member: str
    row: FieldRow
    read: Read
    write: Write


def member(name: str) -> tuple[Read, Write]:
    """Bind a plain text member."""
    return (
        lambda record, _language: str(getattr(record, name)),
        lambda record, _language, text: dataclasses.replace(record, **{name: text}),
    )


def local_member(name: str) -> tuple[Read, Write]:
    """Bind a text in several languages; the form's language decides which is edited."""

    def write(record: Any, language: str, text: str) -> Any:
        old: LocalText = getattr(record, name)
        return dataclasses.replace(record, **{name: old.with_text(language, text)})

    return lambda record, language: str(getattr(record, name).get(language)), write


class RecordForm(QWidget):
    """Shows one record and makes the changed one from what was typed.

    A field that was not touched gives back exactly what the record held.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out an empty form; subclasses add their fields with `add_...`."""
        super().__init__(parent)
        self._bindings: list[_Binding] = []
        self._shown: dict[str, str] = {}
        self._record: Record | None = None
        self._base: Any = None
        self._snapshot: CaseSnapshot | None = None
        self._filling = False
        self._language = current_language()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scale.MEDIUM)
        self._grid.setVerticalSpacing(scale.SMALL)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._next_row = 0
        self._language_field = ChoiceField(
            words.choices(words.LANGUAGE), value=self._language, name=_("Language of the texts")
        )
        self._language_field.chosen.connect(self._change_language)
        self._language_row = QWidget()
        label = PlainLabel(_("Language of the texts"), Role.FIELD)
        self._language_row.setLayout(row(label, self._language_field, None))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.MEDIUM)
        whole.setSpacing(scale.SMALL)
        whole.addLayout(self._grid)
        self.below = QVBoxLayout()
        self.below.setSpacing(scale.SMALL)
        whole.addLayout(self.below)
        whole.addStretch(1)

    def add_language_choice(self) -> None:
        """Offer the languages in which texts of this record are written."""
        self._place(self._language_row, span=2)

    def add_text(
        self,
        name: str,
        label: str,
        *,
        local: bool = False,
        lines: int = 1,
        hint: str = "",
        span: int = 1,
        bound: tuple[Read, Write] | None = None,
    ) -> FieldRow:
        """Add a text field for a member."""
        field: TextField | LongText
        if lines == 1:
            field = TextField(name=label)
            field.textEdited.connect(self._note_edit)
        else:
            field = LongText(name=label, lines=lines)
            field.textChanged.connect(self._note_edit)
        read, write = bound or (local_member(name) if local else member(name))
        return self._bind(_Binding(name, FieldRow(label, field, hint=hint), read, write), span)

    def add_date(self, name: str, label: str) -> FieldRow:
        """Add a date of the case format, with its reading in words beneath."""
        added = self.add_text(name, label, hint=date_help())
        field = added.field
        if isinstance(field, TextField):
            field.textChanged.connect(lambda text: added.show_hint(date_help(text)))
        return added

    def add_choice(
        self,
        name: str,
        label: str,
        offered: Sequence[tuple[str, str]],
        *,
        bound: tuple[Read, Write] | None = None,
        span: int = 1,
    ) -> FieldRow:
        """Add a choice for a member that holds a code."""
        field = ChoiceField(offered, name=label)
        field.chosen.connect(self._note_edit)
        read, write = bound or member(name)
        return self._bind(_Binding(name, FieldRow(label, field), read, write), span)

    def add_widget(self, widget: QWidget, *, span: int = 2) -> None:
        """Add a part that reads and writes the record by itself (see `fill` and `taken`)."""
        self._place(widget, span=span)

    def show_record(self, record: Record, snapshot: CaseSnapshot | None) -> None:
        """Fill the form with a record of a case."""
        self._record = self._base = record
        self._snapshot = snapshot
        self._language = _language_of(record)
        self._language_field.set_value(self._language)
        self._refill()

    def take_as_shown(self, record: Record) -> None:
        """Count `record`, which is what is typed, as what was shown; move no cursor."""
        self._record = self._base = record
        for binding in self._bindings:
            self._shown[binding.member] = _text_of(binding.row.field)

    def rebase(self, record: Record) -> None:
        """Go on typing into `record`, which is what was shown under another identity."""
        self._record = record
        self._base = dataclasses.replace(self._base, id=record.id, ref=record.ref)

    def follow(self, snapshot: CaseSnapshot) -> None:
        """Show what changed around the record, without touching what can be typed into."""
        self._snapshot = snapshot

    def shown_record(self) -> Record | None:
        """Return the record as it was shown."""
        return self._record

    def record(self) -> Record:
        """Return the record as it is typed now."""
        assert self._base is not None  # noqa: S101 - a form is asked only after it was filled
        changed: Any = self._base
        for binding in self._bindings:
            text = _text_of(binding.row.field)
            # Compared with what the field made of the text when it was filled: an untouched
            # field must not change a record because Qt shows a character differently.
            if text != self._shown.get(binding.member):
                changed = binding.write(changed, self._language, text)
        result: Record = self.taken(changed)
        return result

    def is_changed(self) -> bool:
        """Tell whether what is typed differs from what was shown."""
        return self._record is not None and self.record() != self._record

    def check(self) -> tuple[Problem, ...]:
        """Show the problems of what is typed beside their fields, and return them."""
        found = problems(self.record())
        for binding in self._bindings:
            binding.row.show_problem(
                next((problem_words(p) for p in found if p.field == binding.member), "")
            )
        self.show_other_problems(found)
        return found

    def fill(self, record: Any, snapshot: CaseSnapshot | None) -> None:
        """Fill the parts a subclass added with `add_widget`."""

    def taken(self, record: Any) -> Any:
        """Return `record` with what those parts hold now."""
        return record

    def show_other_problems(self, found: tuple[Problem, ...]) -> None:
        """Show the problems that belong to those parts."""

    def texts_language(self) -> str:
        """Return the language in which texts are edited now."""
        return self._language

    def set_read_only(self, *, read_only: bool) -> None:
        """Let everything be read and copied, but not changed."""
        for binding in self._bindings:
            field = binding.row.field
            if isinstance(field, TextField | QPlainTextEdit):
                field.setReadOnly(read_only)
            else:
                field.setEnabled(not read_only)

    def note_edit(self) -> None:
        """Announce that a part of a subclass was changed."""
        self._note_edit()

    def _bind(self, binding: _Binding, span: int) -> FieldRow:
        self._bindings.append(binding)
        self._place(binding.row, span=span)
        return binding.row

    def _place(self, widget: QWidget, *, span: int) -> None:
        line, place = divmod(self._next_row, 2)
        if span == 2 and place == 1:
            line, place, self._next_row = line + 1, 0, self._next_row + 1
        self._grid.addWidget(widget, line, place, 1, span)
        self._next_row += span

    def _refill(self) -> None:
        self._filling = True
        for binding in self._bindings:
            _set_text(binding.row.field, binding.read(self._base, self._language))
            self._shown[binding.member] = _text_of(binding.row.field)
            binding.row.show_problem("")
        self.fill(self._base, self._snapshot)
        self._filling = False

    def _change_language(self, language: str) -> None:
        # What was typed belongs to the language before; it goes into the record first.
        self._base = self.record()
        self._language = language
        self._refill()

    def _note_edit(self, *_arguments: object) -> None:
        if not self._filling:
            self.edited.emit()


def date_help(text: str = "") -> str:
    """Return how a date is read, or how one is written when nothing is typed."""
    read = date_words(text)
    if text and read != text:
        return read
    return _("For example 2023, 2023-03 or 2023-03-17; ~ means about")


def problem_words(problem: Problem) -> str:
    """Return the sentence for a problem."""
    return words.word(words.PROBLEM, problem.reason)


def _language_of(record: Record) -> str:
    """Return the language in which the record's texts are, preferring the window's."""
    for name in ("title", "description", "occupation"):
        text = getattr(record, name, None)
        if isinstance(text, LocalText) and text:
            if text.get(current_language()):
                return current_language()
            return next((code for code, written in text.entries if written), current_language())
    return current_language() if current_language() in LANGUAGES else LANGUAGES[0]


def _text_of(field: QWidget) -> str:
    if isinstance(field, ChoiceField):
        return field.value()
    if isinstance(field, QPlainTextEdit):
        # Unlike toPlainText, this keeps no-break spaces.
        return field.document().toRawText().replace("\N{PARAGRAPH SEPARATOR}", "\n")
    assert isinstance(field, TextField)  # noqa: S101 - these three are all a form makes
    return field.text()


def _set_text(field: QWidget, text: str) -> None:
    if isinstance(field, ChoiceField):
        field.set_value(text)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, TextField):
        field.setText(text)
        field.setCursorPosition(0)
