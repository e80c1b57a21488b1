# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Incidents: what happened, when and where (HURIDOCS Event, format 01)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.values import JsonObject, LocalText

VIOLATION_STATUSES: Final = ("confirmed", "likely", "possible", "unlikely", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where, from the country down; what is not known is left empty."""

    country: str = ""
    admin: LocalText = LocalText()
    locality: LocalText = LocalText()
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident; its acts and the persons in them are records of their own."""

    id: str
    case_id: str
    ref: str
    title: LocalText = LocalText()
    date_start: str = ""
    date_end: str = ""
    date_note: LocalText = LocalText()
    place: Place | None = None
    description: LocalText = LocalText()
    violation_status: str = ""
    confidentiality: str = "internal"
    is_contextual: bool | None = None
    act_types_summary: tuple[str, ...] = ()
    custom: JsonObject = field(default_factory=dict)
