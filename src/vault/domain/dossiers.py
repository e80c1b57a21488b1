# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dossiers: what is to be filed, for whom, in which language; and the deadlines around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from vault.domain.values import JsonObject, LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The plan of one dossier: template, language, profile, exhibits in their order."""

    id: str
    case_id: str
    ref: str
    template: str = ""
    language: str = "ru"
    profile_id: str = ""
    title: LocalText = LocalText()
    status: str = "draft"
    evidence_ids: tuple[str, ...] = ()
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One recorded deadline. Its arithmetic belongs to the rules, not to this value."""

    id: str
    case_id: str
    ref: str
    proceeding_id: str = ""
    template: str = ""
    trigger_event_id: str = ""
    starts: str = ""
    due: str = ""
    title: LocalText = LocalText()
    status: str = "open"
    user_verified: bool | None = None
    calc_note: LocalText = LocalText()
    custom: JsonObject = field(default_factory=dict)
