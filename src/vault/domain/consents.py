# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consent: who agreed to be shown to whom, how, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from vault.domain import edtf
from vault.domain.values import JsonObject

CONSENT_FORMS: Final = ("written", "recorded_oral", "implied_none")
PURPOSES: Final = (
    "legal_representation",
    "kz_asylum",
    "kz_courts",
    "unhcr",
    "un_treaty_body",
    "eu_court",
    "ngo",
    "media",
    "research",
)
IDENTITY_USES: Final = ("full_name", "initials", "pseudonym_only", "role_only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent of one person, for named purposes (a guardian's for a minor)."""

    id: str
    case_id: str
    ref: str
    person_id: str
    given_on: str = ""
    form: str = "written"
    language: str = ""
    explained_by_id: str = ""
    interpreter_id: str = ""
    purposes: tuple[str, ...] = ()
    not_allowed: tuple[str, ...] = ()
    identity_use: str = "pseudonym_only"
    review_on: str = ""
    withdrawn_on: str = ""
    custom: JsonObject = field(default_factory=dict)


class Coverage(Enum):
    """What a person's consents say of one purpose on one day."""

    COVERED = "covered"
    NONE_RECORDED = "none_recorded"
    NOT_FOR_PURPOSE = "not_for_purpose"
    FORBIDDEN = "forbidden"
    WITHDRAWN = "withdrawn"


def coverage(
    consents: Iterable[Consent], person_id: str, purpose: str, on: datetime.date
) -> tuple[Coverage, Consent | None]:
    """Tell whether `person_id` may appear for `purpose` on the day `on`, and by which consent.

    A prohibition or a withdrawal weighs more than an older consent; among several consents
    that cover the purpose the newest counts.
    """
    own = sorted(
        (consent for consent in consents if consent.person_id == person_id),
        key=lambda consent: consent.given_on,
        reverse=True,
    )
    if not own:
        return Coverage.NONE_RECORDED, None
    newest = next((c for c in own if purpose in c.purposes or purpose in c.not_allowed), None)
    if newest is None:
        return Coverage.NOT_FOR_PURPOSE, None
    if newest.withdrawn_on and edtf.parse(newest.withdrawn_on).earliest() <= on:
        return Coverage.WITHDRAWN, newest
    if purpose in newest.not_allowed:
        return Coverage.FORBIDDEN, newest
    return Coverage.COVERED, newest
