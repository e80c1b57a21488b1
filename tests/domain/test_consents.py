# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A consent covers a purpose, or the reason why it does not is known."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from vault.domain.consents import Consent, Coverage, coverage

DAY = datetime.date(2026, 2, 12)


def consent(**fields: Any) -> Consent:
    defaults = {"id": "c", "case_id": "k", "ref": "CN1", "person_id": "p", "given_on": "2025-09-14"}
    return Consent(**(defaults | fields))


@pytest.mark.parametrize(
    "consents,expected",
    [
        ([], Coverage.NONE_RECORDED),
        ([consent(person_id="q", purposes=("unhcr",))], Coverage.NONE_RECORDED),
        ([consent(purposes=("unhcr",))], Coverage.COVERED),
        ([consent(purposes=("kz_courts",))], Coverage.NOT_FOR_PURPOSE),
        ([consent(not_allowed=("unhcr",))], Coverage.FORBIDDEN),
        ([consent(purposes=("unhcr",), withdrawn_on="2026-01-15")], Coverage.WITHDRAWN),
        ([consent(purposes=("unhcr",), withdrawn_on="2026-03")], Coverage.COVERED),
        (
            [
                consent(purposes=("unhcr",), withdrawn_on="2026-01-15"),
                consent(id="d", purposes=("unhcr",), given_on="2026-02-01"),
            ],
            Coverage.COVERED,
        ),
        (
            [
                consent(purposes=("unhcr",)),
                consent(id="d", not_allowed=("unhcr",), given_on="2026-02-01"),
            ],
            Coverage.FORBIDDEN,
        ),
    ],
)
def test_the_newest_word_on_a_purpose_counts(consents: list[Consent], expected: Coverage) -> None:
    assert coverage(consents, "p", "unhcr", DAY)[0] is expected


def test_the_consent_that_covers_is_named() -> None:
    given = consent(purposes=("unhcr",), identity_use="initials")
    assert coverage([given], "p", "unhcr", DAY) == (Coverage.COVERED, given)
