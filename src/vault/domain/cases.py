# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case: one client's file and everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.values import JsonObject, LocalText

CASE_STATUSES: Final = ("intake", "active", "suspended", "closed")
RISK_LEVELS: Final = ("normal", "high", "urgent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. A label (`reference`) is all it needs to start."""

    id: str
    case_id: str
    ref: str
    reference: str
    title: LocalText = LocalText()
    client_id: str = ""
    opened_on: str = ""
    status: str = "intake"
    risk_level: str = ""
    monitoring: str = ""
    summary: LocalText = LocalText()
    country_of_origin: str = ""
    host_country: str = ""
    languages: tuple[str, ...] = ()
    lead_lawyer_id: str = ""
    as_of: str = ""
    default_timezone: str = ""
    custom: JsonObject = field(default_factory=dict)
