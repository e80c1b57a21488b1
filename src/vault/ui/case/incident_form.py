# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of an incident: what happened, when and where."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtWidgets import QWidget

from vault.domain.incidents import Incident, Place
from vault.i18n import _
from vault.ui import words
from vault.ui.case.record_form import Read, RecordForm, Write


def _place_text(name: str) -> tuple[Read, Write]:
    """Bind a text in several languages of the incident's place."""

    def read(record: Any, language: str) -> str:
        return str(getattr(record.place or Place(), name).get(language))

    def write(record: Any, language: str, text: str) -> Incident:
        place = record.place or Place()
        changed = getattr(place, name).with_text(language, text)
        moved: Incident = dataclasses.replace(
            record, place=dataclasses.replace(place, **{name: changed})
        )
        return moved

    return read, write


def _country() -> tuple[Read, Write]:
    def write(record: Any, _language: str, text: str) -> Incident:
        place = dataclasses.replace(record.place or Place(), country=text.strip().upper())
        moved: Incident = dataclasses.replace(record, place=place)
        return moved

    return lambda record, _language: (record.place or Place()).country, write


class IncidentForm(RecordForm):
    """Reads and changes an incident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the fields out."""
        super().__init__(parent)
        self.add_language_choice()
        self.add_text("title", _("What happened, in one line"), local=True, span=2)
        self.add_date("date_start", _("Beginning"))
        self.add_date("date_end", _("End"))
        self.add_text("description", _("Description"), local=True, lines=8, span=2)
        self.add_text("place.locality", _("Place"), bound=_place_text("locality"))
        self.add_text("place.admin", _("Region"), bound=_place_text("admin"))
        self.add_text(
            "place.country",
            _("Country"),
            bound=_country(),
            hint=_("Two letters, for example RU or KZ"),
        )
        self.add_choice(
            "violation_status",
            _("How certain it is"),
            words.choices(words.VIOLATION_STATUS, none=True),
        )
        self.add_choice(
            "confidentiality", _("Confidentiality"), words.choices(words.CONFIDENTIALITY)
        )
