# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit trail: salted entries in a hash chain that only ever grows.

An entry's digest is the SHA-256 of its salt and its canonical JSON; the head after it is the
SHA-256 of the head before, its sequence number and its digest. A proof that one entry is in
the chain therefore shows only digests of the others (docs/formats/vault.md, "Audit").
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from vault.domain.canonical import canonical_bytes
from vault.domain.values import JsonObject
from vault.store.connection import Database, Row

SALT_BYTES: Final = 32
LABEL: Final = b"panah-audit-v1\n"
GENESIS: Final = hashlib.sha256(LABEL).hexdigest()
"""The head of an empty chain."""

INSERT: Final = """
INSERT INTO audit_entry (
    sequence, at, actor, actor_key, action, subject, version, facts, salt, digest, head
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT: Final = """
SELECT sequence, at, actor, actor_key, action, subject, version, facts, salt, digest, head
FROM audit_entry ORDER BY sequence
"""
SELECT_LAST: Final = "SELECT sequence, head FROM audit_entry ORDER BY sequence DESC LIMIT 1"
SELECT_AT: Final = "SELECT head FROM audit_entry WHERE sequence = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that was done. `facts` hold counts, codes and hashes; `version` a record's hash."""

    sequence: int
    at: str
    actor: str
    actor_key: str
    action: str
    subject: str
    version: str = ""
    facts: JsonObject
    salt: bytes
    digest: str = ""
    head: str = ""

    def computed_digest(self) -> str:
        """Return what the digest of this content is."""
        return hashlib.sha256(LABEL + self.salt + canonical_bytes(self.content())).hexdigest()

    def content(self) -> JsonObject:
        """Return what the digest covers, as JSON."""
        return {
            "sequence": self.sequence,
            "at": self.at,
            "actor": self.actor,
            "actor_key": self.actor_key,
            "action": self.action,
            "subject": self.subject,
            "version": self.version,
            "facts": self.facts,
        }


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a walk along the chain found; `first_bad` is the place of the first fault, or 0.

    `fault` is "" or one of "missing", "out_of_order", "edited", "broken_chain",
    "behind_anchor", "fork".
    """

    ok: bool
    entries: int
    first_bad: int = 0
    fault: str = ""
    head: str = GENESIS


def next_head(previous: str, sequence: int, digest: str) -> str:
    """Return the head of the chain after an entry."""
    joined = bytes.fromhex(previous) + sequence.to_bytes(8, "big") + bytes.fromhex(digest)
    return hashlib.sha256(LABEL + joined).hexdigest()


def append(
    db: Database,
    *,
    at: str,
    actor: str,
    actor_key: str,
    action: str,
    subject: str,
    version: str = "",
    facts: JsonObject | None = None,
) -> AuditEntry:
    """Add an entry to the chain, in the transaction that is open."""
    last, previous = anchor(db)
    bare = AuditEntry(
        sequence=last + 1,
        at=at,
        actor=actor,
        actor_key=actor_key,
        action=action,
        subject=subject,
        version=version,
        facts=facts or {},
        salt=secrets.token_bytes(SALT_BYTES),
    )
    digest = bare.computed_digest()
    entry = replace(bare, digest=digest, head=next_head(previous, bare.sequence, digest))
    db.run(
        INSERT,
        (
            entry.sequence,
            entry.at,
            entry.actor,
            entry.actor_key,
            entry.action,
            entry.subject,
            entry.version,
            canonical_bytes(entry.facts).decode("utf-8"),
            entry.salt,
            entry.digest,
            entry.head,
        ),
    )
    return entry


def anchor(db: Database) -> tuple[int, str]:
    """Return the last sequence number and the head: what is noted outside as the anchor."""
    row = db.one(SELECT_LAST)
    return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))


def head_at(db: Database, sequence: int) -> str | None:
    """Return the head after the entry `sequence`, or None when the chain is not that long."""
    if sequence == 0:
        return GENESIS
    row = db.one(SELECT_AT, (sequence,))
    return None if row is None else str(row[0])


def entries(db: Database) -> list[AuditEntry]:
    """Return the whole chain in its order."""
    return [_entry(row) for row in db.all(SELECT)]


def verify(chain: Iterable[AuditEntry], known: tuple[int, str] | None = None) -> AuditReport:
    """Walk the chain and name the first place that is not as it was written.

    `known` is an anchor from outside (sequence, head): a chain that does not reach it is
    "behind_anchor", one that has another head there is a "fork".
    """
    head, count = GENESIS, 0
    reached = known is None or known[0] == 0  # nothing was noted yet
    for entry in chain:
        fault = _fault(entry, count + 1, head)
        if fault:
            return AuditReport(ok=False, entries=count, first_bad=count + 1, fault=fault, head=head)
        count, head = count + 1, entry.head
        if known is not None and known[0] == count:
            if known[1] != head:
                return AuditReport(
                    ok=False, entries=count, first_bad=count, fault="fork", head=head
                )
            reached = True
    if not reached:
        return AuditReport(
            ok=False, entries=count, first_bad=count + 1, fault="behind_anchor", head=head
        )
    return AuditReport(ok=True, entries=count, head=head)


def export_lines(chain: Iterable[AuditEntry]) -> Iterator[str]:
    """Give the chain as JSON lines with everything that SHA-256 alone needs to check it."""
    for entry in chain:
        line: JsonObject = {
            **entry.content(),
            "salt": entry.salt.hex(),
            "digest": entry.digest,
            "head": entry.head,
        }
        yield json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_line(line: str) -> AuditEntry:
    """Read one exported line back, to verify a chain far from its vault."""
    found = json.loads(line)
    found["salt"] = bytes.fromhex(found["salt"])
    return AuditEntry(**found)


def _fault(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.sequence > expected:
        return "missing"
    if entry.sequence < expected:
        return "out_of_order"
    if entry.computed_digest() != entry.digest:
        return "edited"
    if next_head(previous, entry.sequence, entry.digest) != entry.head:
        return "broken_chain"
    return ""


def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        sequence=row[0],
        at=row[1],
        actor=row[2],
        actor_key=row[3],
        action=row[4],
        subject=row[5],
        version=row[6],
        facts=json.loads(row[7]),
        salt=row[8],
        digest=row[9],
        head=row[10],
    )
