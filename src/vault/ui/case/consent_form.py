# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a consent: who agreed to be shown to whom, how, and until when."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QWidget

from vault.domain.consents import PURPOSES, Consent
from vault.domain.people import Person
from vault.domain.rules import Problem
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.case.record_form import RecordForm, member, problem_words
from vault.ui.case.tick_list import TickList
from vault.ui.widgets.fields import ChoiceField

_NEVER = ("media", "share_with_country_of_origin", *PURPOSES[1:6])


class ConsentForm(RecordForm):
    """Reads and changes a consent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the fields out."""
        super().__init__(parent)
        self._person = self.add_choice("person", _("Person"), (), bound=member("person_id"))
        self.add_choice("form", _("Form"), words.choices(words.CONSENT_FORM))
        self.add_date("given_on", _("Given on"))
        self.add_choice(
            "identity_use",
            _("How the person may be named"),
            words.choices(words.IDENTITY_USE),
        )
        self._purposes = TickList(_("Allowed for"), words.choices(words.PURPOSE, PURPOSES))
        self._forbidden = TickList(_("Expressly not allowed for"), words.choices(
            words.PURPOSE, dict.fromkeys(_NEVER)))  # fmt: skip
        self.add_widget(self._purposes)
        self.add_widget(self._forbidden)
        self.add_date("review_on", _("To be asked again on"))
        self.add_date("withdrawn_on", _("Withdrawn on"))
        self._explained = self.add_choice(
            "explained_by", _("Explained by"), (), bound=member("explained_by_id")
        )
        self.add_choice("language", _("Language of the talk"), words.choices(
            words.LANGUAGE, none=True))  # fmt: skip
        for part in (self._purposes, self._forbidden):
            part.edited.connect(self.note_edit)

    def fill(self, record: Consent, snapshot: CaseSnapshot | None) -> None:
        """Offer the persons of the case, and tick the purposes."""
        persons = snapshot.persons if snapshot is not None else ()
        for row, chosen in ((self._person, record.person_id),
                            (self._explained, record.explained_by_id)):  # fmt: skip
            if isinstance(row.field, ChoiceField):
                row.field.set_choices(person_choices(persons), chosen)
        self._purposes.set_values(record.purposes)
        self._forbidden.set_values(record.not_allowed)

    def taken(self, record: Consent) -> Consent:
        """Return the consent with the purposes that are ticked."""
        return dataclasses.replace(
            record, purposes=self._purposes.values(), not_allowed=self._forbidden.values()
        )

    def show_other_problems(self, found: tuple[Problem, ...]) -> None:
        """Say when a purpose is ticked twice."""
        self._purposes.show_problem(
            next((problem_words(p) for p in found if p.field == "purposes"), "")
        )


def person_choices(persons: tuple[Person, ...]) -> list[tuple[str, str]]:
    """Return the persons of a case as choices, an empty one first."""
    language = current_language()
    return [("", "—")] + [
        (person.id, f"{person.ref} · {person.shown(language)}") for person in persons
    ]
