# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which table holds which kind."""

from __future__ import annotations

from typing import Any, Final

from vault.domain.records import KINDS, OtherRecord
from vault.store.rows import (
    cases,
    consents,
    dossiers,
    evidence,
    incidents,
    others,
    people,
    profiles,
)
from vault.store.rows.columns import Table

# A table is called only with records of its own kind, which `KINDS` has matched to their type.
_TYPED: Final[dict[str, Any]] = {
    "case": (cases.load, cases.add, cases.remove),
    "person": (people.load, people.add, people.remove),
    "incident": (incidents.load, incidents.add, incidents.remove),
    "evidence": (evidence.load, evidence.add, evidence.remove),
    "evidence_file": (evidence.load_files, evidence.add_file, evidence.remove_file),
    "custody_event": (evidence.load_custody, evidence.add_custody, evidence.remove_custody),
    "consent": (consents.load, consents.add, consents.remove),
    "disclosure_profile": (profiles.load, profiles.add, profiles.remove),
    "dossier": (dossiers.load, dossiers.add, dossiers.remove),
    "deadline": (dossiers.load_deadlines, dossiers.add_deadline, dossiers.remove_deadline),
}
_OTHERS: Final[Any] = (others.load, others.add, others.remove)

TABLES: Final[dict[str, Table]] = {
    kind: Table(*(_OTHERS if spec.type is OtherRecord else _TYPED[kind]))
    for kind, spec in KINDS.items()
}
"""The table of every kind there is."""
