# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a person: names in every script, numbers, what is hidden from whom."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QWidget

from vault.domain.people import Person
from vault.domain.rules import Problem
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _
from vault.ui import words
from vault.ui.case.item_lists import identifiers_list, names_list
from vault.ui.case.record_form import RecordForm, problem_words
from vault.ui.case.tick_list import TickList


class PersonForm(RecordForm):
    """Reads and changes a person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the fields out."""
        super().__init__(parent)
        self._names = names_list()
        self._identifiers = identifiers_list()
        self._roles = TickList(_("Roles in the case"), words.choices(words.PERSON_ROLE), columns=4)
        self.add_widget(self._names)
        self.add_widget(self._roles)
        self.add_date("date_of_birth", _("Date of birth"))
        self.add_choice("sex", _("Sex"), words.choices(words.SEX, none=True))
        self.add_choice("kind", _("Kind"), words.choices(words.PERSON_KIND))
        self.add_choice(
            "confidentiality", _("Confidentiality"), words.choices(words.CONFIDENTIALITY)
        )
        self.add_widget(self._identifiers)
        self.add_language_choice()
        self.add_text("place_of_birth", _("Place of birth"), local=True)
        self.add_text("occupation", _("Occupation"), local=True)
        self.add_text(
            "default_pseudonym",
            _("Pseudonym"),
            local=True,
            hint=_("Stands for the person where the name is hidden"),
        )
        self.add_text("protection", _("Why the person is protected"), local=True)
        for part in (self._names, self._identifiers, self._roles):
            part.edited.connect(self.note_edit)

    def fill(self, record: Person, snapshot: CaseSnapshot | None) -> None:  # noqa: ARG002 - as the others
        """Fill the lists."""
        self._names.show_items(record.names)
        self._identifiers.show_items(record.identifiers)
        self._roles.set_values(record.roles)

    def taken(self, record: Person) -> Person:
        """Return the person with what the lists hold."""
        return dataclasses.replace(
            record,
            names=self._names.items(),
            identifiers=self._identifiers.items(),
            roles=self._roles.values(),
        )

    def show_other_problems(self, found: tuple[Problem, ...]) -> None:
        """Show the problems of the lists."""
        self._names.show_problem(_first(found, "names"))
        bad = frozenset(p.value for p in found if p.field.startswith("identifiers."))
        self._identifiers.show_problem(_first(found, "identifiers"), bad)


def _first(found: tuple[Problem, ...], member: str) -> str:
    return next((problem_words(p) for p in found if p.field.partition(".")[0] == member), "")
