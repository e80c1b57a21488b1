# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving records: each as a new signed version, a typed row, search text and an audit entry."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from vault.domain.bodies import to_body
from vault.domain.canonical import canonical_bytes, content_hash
from vault.domain.errors import BadBody
from vault.domain.records import Record, kind_of, kind_spec
from vault.domain.rules import problems
from vault.domain.values import JsonObject
from vault.store import audit, history, record_rows, search
from vault.store.author import Author
from vault.store.errors import (
    AppendOnlyRecord,
    CaseNotEmpty,
    InvalidRecord,
    NoSuchCase,
    NoSuchRecord,
    RecordSealed,
    ReferenceTaken,
    RefusedByDatabase,
)
from vault.store.history import RecordVersion
from vault.store.reader import Parts, Reader
from vault.store.record_rows import RecordRow
from vault.store.rows.tables import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a write did: "created", "changed", "unchanged", "deleted", "sealed", "conflict"."""

    action: str
    kind: str
    record_id: str
    case_id: str
    version: str


class RecordWriter(Reader):
    """The part of `Writer` that changes records; reads what it has just written."""

    def __init__(self, parts: Parts, author: Author) -> None:
        """Write as `author`."""
        super().__init__(parts)
        self._author = author
        self.changes: list[Change] = []

    def now(self) -> str:
        """Return the time as it stands in records: UTC, ISO 8601, microseconds."""
        return timestamp(self._parts.clock())

    def put(self, record: Record) -> Change:
        """Save a record as a new version, unless nothing in it differs from the newest.

        Raises:
            InvalidRecord: it breaks a rule, or its reference or case differ from before.
            ReferenceTaken: another record of the case has its reference.
            NoSuchCase: its case is not there.
            RecordSealed, AppendOnlyRecord: it may not change any more.
        """
        kind = kind_of(record)
        body = checked_body(record, kind)
        row = record_rows.row_of(self._db, record.id)
        self._check_place(record, kind, row)
        content = content_hash(body)
        if row is not None and not row.is_stub:
            if row.content == content and not row.deleted_at:
                return self._unchanged(record, kind, row)
            _refuse_change(kind, row)
        version = self._signed(record.id, record.case_id, kind, body, row)
        created = row is None or row.is_stub
        return self._save(record, version, "created" if created else "changed")

    def delete(self, record_id: str) -> Change:
        """Delete a record; its history stays and `put` brings it back.

        Raises:
            NoSuchRecord, RecordSealed, AppendOnlyRecord, CaseNotEmpty.
        """
        row = self._live_row(record_id)
        _refuse_change(row.kind, row)
        if row.kind == "case":
            left = record_rows.live_records(self._db, record_id)
            if left:
                raise CaseNotEmpty(count=left)
        version = self._signed(record_id, row.case_id, row.kind, {}, row, deleted=True)
        return self._save_deletion(version, row)

    def seal(self, record_id: str) -> Change:
        """Seal a record: from now on `put` and `delete` raise `RecordSealed`."""
        row = self._live_row(record_id)
        if not row.sealed_at:
            at = self.now()
            record_rows.seal(self._db, record_id, at)
            self._audit("sealed", record_id, at=at, version=row.head, facts={"ref": row.ref})
        return self._changed(
            Change(
                action="sealed",
                kind=row.kind,
                record_id=record_id,
                case_id=row.case_id,
                version=row.head,
            )
        )

    def note(self, action: str, subject: str, **facts: str | int | bool) -> None:
        """Enter into the audit trail something that changes no record."""
        self._audit(action, subject, facts=dict(facts))

    def _check_place(self, record: Record, kind: str, row: RecordRow | None) -> None:
        if kind == "case" and record.case_id != record.id:
            raise InvalidRecord(kind=kind, field="case_id", reason="not_own")
        if row is not None and row.case_id != record.case_id:
            raise InvalidRecord(kind=kind, field="case_id", reason="changed")
        if row is not None and not row.is_stub and (row.kind, row.ref) != (kind, record.ref):
            raise InvalidRecord(kind=kind, field="ref", reason="changed")
        owner = record_rows.owner_of_ref(self._db, record.case_id, record.ref)
        if owner not in {None, record.id}:
            raise ReferenceTaken(kind=kind, ref=record.ref[:40])
        if kind == "case":
            return
        case = record_rows.row_of(self._db, record.case_id)
        if case is None or case.kind != "case" or case.deleted_at:
            raise NoSuchCase

    def _live_row(self, record_id: str) -> RecordRow:
        row = record_rows.row_of(self._db, record_id)
        if row is None or row.is_stub or row.deleted_at:
            raise NoSuchRecord
        return row

    def _signed(
        self,
        record_id: str,
        case_id: str,
        kind: str,
        body: JsonObject,
        row: RecordRow | None,
        *,
        deleted: bool = False,
    ) -> RecordVersion:
        parents = () if row is None or row.is_stub else (row.head,)
        content, at = content_hash(body), self.now()
        signed = history.statement(
            case_id=case_id,
            record_id=record_id,
            kind=kind,
            content=content,
            parents=parents,
            at=at,
            author_key=self._author.public,
            deleted=deleted,
        )
        return RecordVersion(
            hash=history.version_hash(signed),
            record_id=record_id,
            case_id=case_id,
            kind=kind,
            content=content,
            parents=parents,
            at=at,
            author_name=self._author.name,
            author_key=self._author.public,
            body=body,
            signature=self._author.sign(signed),
            deleted=deleted,
        )

    def _save(self, record: Record, version: RecordVersion, action: str) -> Change:
        kind = version.kind
        number = record_rows.set_head(
            self._db,
            record_id=record.id,
            case_id=record.case_id,
            kind=kind,
            ref=record.ref,
            head=version.hash,
            at=version.at,
        )
        history.add(self._db, version)
        table = TABLES[kind]
        table.remove(self._db, record.id)
        try:
            table.add(self._db, record)
        except RefusedByDatabase as err:
            raise InvalidRecord(kind=kind, field="", reason="refused_by_table") from err
        except OverflowError as err:
            raise InvalidRecord(kind=kind, field="", reason="number_too_large") from err
        search.index(self._db, number, record)
        self._audit_version(action, version, record.ref)
        return self._outcome(version, action)

    def _save_deletion(self, version: RecordVersion, row: RecordRow) -> Change:
        record_rows.set_head(
            self._db,
            record_id=version.record_id,
            case_id=version.case_id,
            kind=version.kind,
            ref=row.ref,
            head=version.hash,
            at=version.at,
            deleted=True,
        )
        history.add(self._db, version)
        TABLES[version.kind].remove(self._db, version.record_id)
        search.unindex(self._db, row.number)
        self._audit_version("deleted", version, row.ref)
        return self._outcome(version, "deleted")

    def _unchanged(self, record: Record, kind: str, row: RecordRow) -> Change:
        return Change(
            action="unchanged",
            kind=kind,
            record_id=record.id,
            case_id=record.case_id,
            version=row.head,
        )

    def _outcome(self, version: RecordVersion, action: str) -> Change:
        change = Change(
            action=action,
            kind=version.kind,
            record_id=version.record_id,
            case_id=version.case_id,
            version=version.hash,
        )
        return change if action == "unchanged" else self._changed(change)

    def _changed(self, change: Change) -> Change:
        self.changes.append(change)
        return change

    def _audit_version(self, action: str, version: RecordVersion, ref: str) -> None:
        facts: JsonObject = {"kind": version.kind, "ref": ref, "case": version.case_id}
        if version.author_key != self._author.public:
            facts["author"] = version.author_key.hex()
            facts["relayed"] = version.relayed
        self._audit(action, version.record_id, version=version.hash, facts=facts)

    def _audit(
        self,
        action: str,
        subject: str,
        *,
        at: str = "",
        version: str = "",
        facts: JsonObject | None = None,
    ) -> None:
        audit.append(
            self._db,
            at=at or self.now(),
            actor=self._author.name,
            actor_key=self._author.public.hex(),
            action=action,
            subject=subject,
            version=version,
            facts=facts,
        )


def timestamp(moment: datetime.datetime) -> str:
    """Return a time as it stands in records: UTC, ISO 8601, microseconds, `Z`."""
    utc = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="microseconds") + "Z"


def checked_body(record: Record, kind: str) -> JsonObject:
    """Return the body of a record that breaks no rule; raise `InvalidRecord`."""
    found = problems(record)
    if found:
        raise InvalidRecord(kind=kind, field=found[0].field, reason=found[0].reason)
    if not record.ref.strip():
        raise InvalidRecord(kind=kind, field="ref", reason="missing")
    body = to_body(record)
    try:
        canonical_bytes({**body, "": [record.id, record.case_id, record.ref]})
    except BadBody as err:
        raise InvalidRecord(kind=kind, field="", reason="not_json") from err
    except UnicodeEncodeError as err:
        raise InvalidRecord(kind=kind, field="", reason="not_text") from err
    return body


def _refuse_change(kind: str, row: RecordRow) -> None:
    if kind_spec(kind).append_only:
        raise AppendOnlyRecord(kind=kind)
    if row.sealed_at:
        raise RecordSealed(kind=kind, ref=row.ref)
