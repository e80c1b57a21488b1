# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Disclosure profiles in table `disclosure_profile`, with rules and their exceptions."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from vault.domain.profiles import DisclosureProfile, DisclosureRule
from vault.store.connection import Database, Row
from vault.store.rows.columns import grouped, json_text, local_text, to_custom, to_local_text

INSERT: Final = """
INSERT INTO disclosure_profile (id, title, audience, custom) VALUES (?, ?, ?, ?)
"""
INSERT_RULE: Final = """
INSERT INTO disclosure_rule (profile_id, position, category, action, reason, custom)
VALUES (?, ?, ?, ?, ?, ?)
"""
INSERT_EXCEPTION: Final = """
INSERT INTO disclosure_exception (profile_id, rule, position, case_id, person_id)
VALUES (?, ?, ?, ?, ?)
"""
DELETE: Final = "DELETE FROM disclosure_profile WHERE id = ?"
SELECT: Final = """
SELECT r.id, r.case_id, r.ref, p.title, p.audience, p.custom
FROM disclosure_profile AS p JOIN record AS r ON r.id = p.id
WHERE p.id IN (SELECT value FROM json_each(?))
"""
SELECT_RULES: Final = """
SELECT profile_id, position, category, action, reason, custom FROM disclosure_rule
WHERE profile_id IN (SELECT value FROM json_each(?))
ORDER BY profile_id, position
"""
SELECT_EXCEPTIONS: Final = """
SELECT profile_id, rule, person_id FROM disclosure_exception
WHERE profile_id IN (SELECT value FROM json_each(?))
ORDER BY profile_id, rule, position
"""


def load(db: Database, wanted: str) -> list[DisclosureProfile]:
    """Return the profiles with these ids."""
    exceptions: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for profile_id, rule, person_id in db.all(SELECT_EXCEPTIONS, (wanted,)):
        exceptions[profile_id, rule].append(person_id)
    # The owner comes twice: once for grouping, once to find the rule's exceptions.
    rows = ((row[0], row, exceptions[row[0], row[1]]) for row in db.all(SELECT_RULES, (wanted,)))
    rules = grouped(rows, _rule)
    return [_profile(row, rules) for row in db.all(SELECT, (wanted,))]


def add(db: Database, record: DisclosureProfile) -> None:
    """Insert a profile with its rules."""
    columns = (local_text(record.title), record.audience, json_text(record.custom))
    db.run(INSERT, (record.id, *columns))
    for number, rule in enumerate(record.rules):
        row = (rule.category, rule.action, rule.reason, json_text(rule.custom))
        db.run(INSERT_RULE, (record.id, number, *row))
        for position, person_id in enumerate(rule.except_person_ids):
            db.run(INSERT_EXCEPTION, (record.id, number, position, record.case_id, person_id))


def remove(db: Database, record_id: str) -> None:
    """Delete a profile with its rules."""
    db.run(DELETE, (record_id,))


def _rule(row: Row, exceptions: list[str]) -> DisclosureRule:
    return DisclosureRule(
        category=row[2],
        action=row[3],
        reason=row[4],
        except_person_ids=tuple(exceptions),
        custom=to_custom(row[5]),
    )


def _profile(row: Row, rules: dict[str, tuple[DisclosureRule, ...]]) -> DisclosureProfile:
    return DisclosureProfile(
        id=row[0],
        case_id=row[1],
        ref=row[2],
        title=to_local_text(row[3]),
        audience=row[4],
        rules=rules.get(row[0], ()),
        custom=to_custom(row[5]),
    )
