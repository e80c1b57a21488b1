# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Disclosure profiles: what each reader may see, named by the worst reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.values import JsonObject, LocalText

ACTIONS: Final = (
    "keep",
    "summary",
    "generalise_year",
    "generalise_month",
    "initials",
    "pseudonym",
    "role",
    "mask",
    "remove",
)
AUDIENCE_PURPOSE: Final = {
    "unhcr": "unhcr",
    "kz_court": "kz_courts",
    "un_treaty_body": "un_treaty_body",
    "public": "media",
    "internal": "legal_representation",
}
ADVERSE_AUDIENCES: Final = frozenset({"kz_court", "public"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRule:
    """What is done to one category. `category` is `person:<role>`, `person:<id>` or a data kind."""

    category: str
    action: str
    reason: str = ""
    except_person_ids: tuple[str, ...] = ()
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureProfile:
    """The rules for one audience. A category without a rule is kept only for officials."""

    id: str
    case_id: str
    ref: str
    title: LocalText = LocalText()
    audience: str = "public"
    rules: tuple[DisclosureRule, ...] = ()
    custom: JsonObject = field(default_factory=dict)
