# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tabs that are a list and a form: people, incidents, consents."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtWidgets import QWidget

from vault.domain import edtf
from vault.domain.consents import Consent
from vault.domain.incidents import Incident
from vault.domain.people import Person, PersonName
from vault.domain.records import Record
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.actions.casework import CaseActions
from vault.ui.case.consent_form import ConsentForm
from vault.ui.case.incident_form import IncidentForm
from vault.ui.case.person_form import PersonForm
from vault.ui.case.record_tab import RecordTab
from vault.ui.dates import date_words
from vault.ui.widgets.value_table import Column


class PeopleTab(RecordTab):
    """The persons of a case."""

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Lay the list and the form out."""
        super().__init__(
            actions,
            PersonForm(),
            (
                Column(title=_("Ref."), shown=lambda person: person.ref, sort=natural_ref),
                Column(title=_("Name"), shown=_person_name, stretch=True, strong=True),
                Column(title=_("Roles"), optional=1, shown=_roles, widest=150),
            ),
            name=_("People"),
            add=_("New person"),
            empty=_("Choose a person on the left, or add one."),
            new=_new_person,
            parent=parent,
        )

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the persons of `snapshot`."""
        self.show_records(snapshot.persons, snapshot)


class IncidentsTab(RecordTab):
    """The incidents of a case, in the order in which they happened."""

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Lay the list and the form out."""
        super().__init__(
            actions,
            IncidentForm(),
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("When"), shown=_when, sort=_when_order, widest=130),
                Column(title=_("What happened"), shown=_title, stretch=True, strong=True),
                Column(
                    title=_("Certainty"),
                    optional=1,
                    widest=110,
                    shown=lambda item: words.word(words.VIOLATION_STATUS, item.violation_status),
                ),
            ),
            name=_("Incidents"),
            add=_("New incident"),
            empty=_("Choose an incident on the left, or add one."),
            new=_new_incident,
            parent=parent,
        )

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the incidents of `snapshot`, the earliest first."""
        self.show_records(sorted(snapshot.incidents, key=_when_order), snapshot)


class ConsentsTab(RecordTab):
    """The consents of a case."""

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Lay the list and the form out."""
        self._names: dict[str, str] = {}
        super().__init__(
            actions,
            ConsentForm(),
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("Person"), shown=self._person, stretch=True, strong=True),
                Column(title=_("Given on"), optional=1,
                       shown=lambda item: date_words(item.given_on),
                       sort=lambda item: item.given_on),
                Column(title=_("State"), shown=_consent_state, tone=_consent_tone),
            ),
            name=_("Consents"),
            add=_("New consent"),
            empty=_("Choose a consent on the left, or record one."),
            new=_new_consent,
            parent=parent,
        )  # fmt: skip

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the consents of `snapshot`."""
        language = current_language()
        self._names = {person.id: person.shown(language) for person in snapshot.persons}
        self.show_records(snapshot.consents, snapshot)

    def _person(self, consent: Consent) -> str:
        return self._names.get(consent.person_id, "")


def natural_ref(record: Record) -> str:
    """Order P2 before P10, and what has no reference yet last."""
    prefix = record.ref.rstrip("0123456789")
    number = record.ref[len(prefix) :]
    return f"{prefix}{int(number):012d}" if number else f"{prefix}~"


def _person_name(person: Person) -> str:
    return person.shown(current_language()) or _("New person")


def _roles(person: Person) -> str:
    return ", ".join(words.word(words.PERSON_ROLE, role) for role in person.roles[:2])


def _title(record: Incident) -> str:
    return record.title.best(current_language()) or _("New incident")


def _when(incident: Incident) -> str:
    # The list has the beginning only, without the hour; the form has the rest.
    day, _separator, _hour = incident.date_start.partition("T")
    return date_words(day)


def _when_order(incident: Any) -> str:
    if not edtf.is_valid(incident.date_start):
        return "9999"
    earliest, latest, text = edtf.parse(incident.date_start).sort_key()
    return f"{earliest.isoformat()}{latest.isoformat()}{text}"


def _consent_state(consent: Consent) -> str:
    if consent.withdrawn_on:
        return _("Withdrawn")
    return words.word(words.IDENTITY_USE, consent.identity_use)


def _consent_tone(consent: Consent) -> str:
    return "danger" if consent.withdrawn_on else ""


def _new_person(snapshot: CaseSnapshot) -> Person:
    script = "Latn" if current_language() == "en" else "Cyrl"
    name = PersonName(lang=current_language(), script=script)
    return Person(id=str(uuid.uuid4()), case_id=snapshot.case.id, ref="", names=(name,))


def _new_incident(snapshot: CaseSnapshot) -> Incident:
    return Incident(id=str(uuid.uuid4()), case_id=snapshot.case.id, ref="")


def _new_consent(snapshot: CaseSnapshot) -> Consent:
    return Consent(id=str(uuid.uuid4()), case_id=snapshot.case.id, ref="", person_id="")
