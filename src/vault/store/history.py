# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions of records: what is hashed and signed, and the tables that only ever grow.

The statement that is signed is `panah-version-v1`, a line feed, and the canonical JSON of
case, record, kind, content hash, parents, time, author key and whether it is a deletion
(docs/formats/vault.md, "History"). A version's hash is the SHA-256 of its statement.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vault.crypto.errors import CryptoError
from vault.crypto.signing import VerifyKey
from vault.domain.canonical import canonical_bytes
from vault.domain.values import JsonObject
from vault.store.connection import Database, Row

STATEMENT_LABEL: Final = b"panah-version-v1\n"

INSERT: Final = """
INSERT INTO record_version (
    hash, record_id, content, at, author_name, author_key, body, signature, relayed, deleted
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_PARENT: Final = "INSERT INTO version_parent (version, position, parent) VALUES (?, ?, ?)"
SELECT: Final = """
SELECT
    v.hash, v.record_id, r.case_id, r.kind, v.content, v.at, v.author_name, v.author_key, v.body,
    v.signature, v.relayed, v.deleted
FROM record_version AS v JOIN record AS r ON r.id = v.record_id
WHERE v.record_id = ? ORDER BY v.number
"""
SELECT_PARENTS: Final = """
SELECT p.version, p.parent
FROM version_parent AS p JOIN record_version AS v ON v.hash = p.version
WHERE v.record_id = ? ORDER BY p.version, p.position
"""
EXISTS: Final = "SELECT 1 FROM record_version WHERE hash = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVersion:
    """One version of one record, as it was signed.

    `relayed` tells that no valid signature of its author came with it: whoever handed it on
    vouches for it. `parents` are hashes of the versions it follows, oldest first; a deletion
    has an empty body. `hash` and `content` are SHA-256 in hex.
    """

    hash: str
    record_id: str
    case_id: str
    kind: str
    content: str
    parents: tuple[str, ...]
    at: str
    author_name: str
    author_key: bytes
    body: JsonObject
    signature: bytes
    relayed: bool = False
    deleted: bool = False

    def statement(self) -> bytes:
        """Return the bytes that the author signs."""
        return statement(
            case_id=self.case_id,
            record_id=self.record_id,
            kind=self.kind,
            content=self.content,
            parents=self.parents,
            at=self.at,
            author_key=self.author_key,
            deleted=self.deleted,
        )

    def signature_holds(self) -> bool:
        """Tell whether the author's key made the signature over exactly this version."""
        try:
            VerifyKey(self.author_key).verify(self.signature, self.statement())
        except CryptoError:
            return False
        return True


def statement(
    *,
    case_id: str,
    record_id: str,
    kind: str,
    content: str,
    parents: Sequence[str],
    at: str,
    author_key: bytes,
    deleted: bool,
) -> bytes:
    """Return the bytes that stand for one version: the same on every machine."""
    members: JsonObject = {
        "at": at,
        "author": author_key.hex(),
        "case": case_id,
        "content": content,
        "deleted": deleted,
        "kind": kind,
        "parents": list(parents),
        "record": record_id,
    }
    return STATEMENT_LABEL + canonical_bytes(members)


def version_hash(signed: bytes) -> str:
    """Return the hash by which a version is known."""
    return hashlib.sha256(signed).hexdigest()


def add(db: Database, version: RecordVersion) -> None:
    """Insert a version; nothing ever changes or removes it."""
    db.run(
        INSERT,
        (
            version.hash,
            version.record_id,
            version.content,
            version.at,
            version.author_name,
            version.author_key,
            canonical_bytes(version.body).decode("utf-8"),
            version.signature,
            int(version.relayed),
            int(version.deleted),
        ),
    )
    db.many(
        INSERT_PARENT,
        [(version.hash, position, parent) for position, parent in enumerate(version.parents)],
    )


def of_record(db: Database, record_id: str) -> list[RecordVersion]:
    """Return every version of a record, in the order in which this vault learnt of them."""
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for version, parent in db.all(SELECT_PARENTS, (record_id,)):
        parents[version].append(parent)
    return [_version(row, parents[row[0]]) for row in db.all(SELECT, (record_id,))]


def is_known(db: Database, wanted: str) -> bool:
    """Tell whether this vault has the version."""
    return db.one(EXISTS, (wanted,)) is not None


def _version(row: Row, parents: Sequence[str]) -> RecordVersion:
    return RecordVersion(
        hash=row[0],
        record_id=row[1],
        case_id=row[2],
        kind=row[3],
        content=row[4],
        parents=tuple(parents),
        at=row[5],
        author_name=row[6],
        author_key=row[7],
        body=json.loads(row[8]),
        signature=row[9],
        relayed=bool(row[10]),
        deleted=bool(row[11]),
    )
