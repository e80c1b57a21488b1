# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a piece of evidence, with its files and the history of who held it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.case.consent_form import person_choices
from vault.ui.case.record_form import RecordForm, member
from vault.ui.case.tick_list import TickList
from vault.ui.dates import date_words, size_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.widgets.arrange import rule
from vault.ui.widgets.fields import ChoiceField
from vault.ui.widgets.value_table import Column, ValueTable


class EvidenceForm(RecordForm):
    """Reads and changes evidence; files and custody events are shown, never edited.

    Signals:
        file_asked: an `EvidenceFile` to be looked at.
    """

    file_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the fields and the two lists out."""
        super().__init__(parent)
        self._persons: dict[str, str] = {}
        self.add_language_choice()
        self.add_text("title", _("What it is"), local=True, span=2)
        self.add_choice("category", _("Category"), words.choices(words.EVIDENCE_CATEGORY))
        self.add_text("exhibit_no", _("Exhibit number"))
        self.add_date("document_date", _("Date of the document"))
        self.add_date("obtained_on", _("Obtained on"))
        self._source = self.add_choice(
            "source_person", _("Obtained from"), (), bound=member("source_person_id")
        )
        self.add_choice("how", _("In what way"), words.choices(words.CUSTODY_METHOD, none=True))
        self.add_choice(
            "language", _("Language of the document"), words.choices(words.LANGUAGE, none=True)
        )
        self.add_choice(
            "reliability", _("Reliability"), words.choices(words.RELIABILITY, none=True)
        )
        self.add_choice(
            "confidentiality", _("Confidentiality"), words.choices(words.CONFIDENTIALITY)
        )
        self._incidents = TickList(_("Shows these incidents"), (), columns=1)
        self._incidents.edited.connect(self.note_edit)
        self.files = _files_table()
        self.files.opened.connect(self.file_asked)
        self._custody = self._custody_table()
        self._no_files = PlainLabel(
            _("No file yet: drop one here, or use “Add files”."), Role.MUTED
        )
        for widget in (
            rule(),
            PlainLabel(_("Files"), Role.HEADING),
            self._no_files,
            self.files,
            PlainLabel(_("History of custody"), Role.HEADING),
            self._custody,
            rule(),
            self._incidents,
        ):
            self.below.addWidget(widget)

    def fill(self, record: Evidence, snapshot: CaseSnapshot | None) -> None:
        """Offer the persons and incidents of the case, and list files and custody."""
        if snapshot is None:
            return
        language = current_language()
        self._persons = {person.id: person.shown(language) for person in snapshot.persons}
        if isinstance(self._source.field, ChoiceField):
            self._source.field.set_choices(
                person_choices(snapshot.persons), record.source_person_id
            )
        self._incidents.set_choices(
            [(item.id, f"{item.ref} · {item.title.best(language)}") for item in snapshot.incidents]
        )
        self._incidents.set_values(record.linked_incident_ids)
        self._show_holdings(record.id, snapshot)

    def follow(self, snapshot: CaseSnapshot) -> None:
        """List files and custody anew: both grow while the form is open."""
        super().follow(snapshot)
        shown = self.shown_record()
        if shown is not None:
            self._show_holdings(shown.id, snapshot)

    def _show_holdings(self, evidence_id: str, snapshot: CaseSnapshot) -> None:
        files = [file for file in snapshot.files if file.evidence_id == evidence_id]
        events = [event for event in snapshot.custody if event.evidence_id == evidence_id]
        _show_rows(self.files, files)
        _show_rows(self._custody, sorted(events, key=lambda event: event.at))
        self._no_files.setVisible(not files)

    def taken(self, record: Evidence) -> Evidence:
        """Return the evidence with the incidents that are ticked."""
        return dataclasses.replace(record, linked_incident_ids=self._incidents.values())

    def _custody_table(self) -> ValueTable:
        return ValueTable(
            (
                Column(title=_("When"), shown=lambda event: date_words(event.at),
                       sort=lambda event: event.at),
                Column(title=_("What was done"),
                       shown=lambda event: words.word(words.CUSTODY_ACTION, event.action)),
                Column(title=_("From whom, to whom"), shown=self._parties, stretch=True),
                Column(title=_("How"), optional=1, shown=lambda event: words.word(
                    words.CUSTODY_METHOD, event.method)),
            ),
            name=_("History of custody"),
        )  # fmt: skip

    def _parties(self, event: CustodyEvent) -> str:
        parties = (event.from_person_id, event.to_person_id)
        known = [self._persons.get(party, party) for party in parties if party]
        return " → ".join(known)


def _files_table() -> ValueTable:
    return ValueTable(
        (
            Column(title=_("File"), shown=lambda file: file.file_name, stretch=True, strong=True),
            Column(title=_("Size"), shown=lambda file: size_words(file.size_bytes), right=True,
                   sort=lambda file: file.size_bytes or 0),
            Column(title=_("SHA-256"), optional=2, shown=_short_hash),
        ),
        name=_("Files"),
    )  # fmt: skip


def _short_hash(file: EvidenceFile) -> str:
    return f"{file.sha256[:16]}…" if file.sha256 else ""


def _show_rows(table: ValueTable, rows: list[EvidenceFile] | list[CustodyEvent]) -> None:
    """Show the rows without a scroll bar of their own: the form scrolls."""
    table.set_rows(rows)
    table.setVisible(bool(rows))
    height = table.verticalHeader().defaultSectionSize() * len(rows)
    table.setFixedHeight(height + table.horizontalHeader().sizeHint().height() + 6)
