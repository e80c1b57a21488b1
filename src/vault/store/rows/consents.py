# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consents in table `consent`; purposes and prohibitions are word lists."""

from __future__ import annotations

from typing import Final

from vault.domain.consents import Consent
from vault.store.connection import Database, Row, Value
from vault.store.rows import word_lists
from vault.store.rows.columns import json_text, to_custom
from vault.store.rows.word_lists import WordLists

INSERT: Final = """
INSERT INTO consent (
    id, case_id, person_id, given_on, form, language, explained_by_id, interpreter_id,
    identity_use, review_on, withdrawn_on, custom
) VALUES (
    :id, :case_id, :person_id, :given_on, :form, :language, :explained_by_id, :interpreter_id,
    :identity_use, :review_on, :withdrawn_on, :custom
)
"""
DELETE: Final = "DELETE FROM consent WHERE id = ?"
SELECT: Final = """
SELECT
    r.id, r.case_id, r.ref, c.person_id, c.given_on, c.form, c.language, c.explained_by_id,
    c.interpreter_id, c.identity_use, c.review_on, c.withdrawn_on, c.custom
FROM consent AS c JOIN record AS r ON r.id = c.id
WHERE c.id IN (SELECT value FROM json_each(?))
"""


def load(db: Database, wanted: str) -> list[Consent]:
    """Return the consents with these ids."""
    lists = WordLists(db, wanted)
    return [_consent(row, lists) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: Consent) -> None:
    """Insert a consent with its purposes."""
    db.run(INSERT, to_row(record))
    word_lists.add(db, record.id, purposes=record.purposes, not_allowed=record.not_allowed)


def remove(db: Database, record_id: str) -> None:
    """Delete a consent with its purposes."""
    word_lists.remove(db, record_id)
    db.run(DELETE, (record_id,))


def to_row(record: Consent) -> dict[str, Value]:
    """Return the columns of one consent."""
    return {
        "id": record.id,
        "case_id": record.case_id,
        "person_id": record.person_id,
        "given_on": record.given_on,
        "form": record.form,
        "language": record.language,
        "explained_by_id": record.explained_by_id,
        "interpreter_id": record.interpreter_id,
        "identity_use": record.identity_use,
        "review_on": record.review_on,
        "withdrawn_on": record.withdrawn_on,
        "custom": json_text(record.custom),
    }


def _consent(row: Row, lists: WordLists) -> Consent:
    return Consent(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        person_id=row[3],
        given_on=row[4],
        form=row[5],
        language=row[6],
        explained_by_id=row[7],
        interpreter_id=row[8],
        purposes=lists.of(row[0], "purposes"),
        not_allowed=lists.of(row[0], "not_allowed"),
        identity_use=row[9],
        review_on=row[10],
        withdrawn_on=row[11],
        custom=to_custom(row[12]),
    )
