# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking record versions from somebody else: what a bundle brings."""

from __future__ import annotations

import uuid
from dataclasses import replace

from vault.domain.bodies import from_body
from vault.domain.canonical import content_hash
from vault.domain.errors import DomainError
from vault.domain.records import kind_spec
from vault.domain.references import map_references
from vault.store import history, record_rows
from vault.store.errors import ForgedVersion, InvalidRecord
from vault.store.history import RecordVersion
from vault.store.record_rows import RecordRow
from vault.store.record_writer import Change, RecordWriter, checked_body


class VersionReceiver(RecordWriter):
    """The part of `Writer` that takes versions of records from somebody else."""

    def receive_version(self, version: RecordVersion, ref: str) -> Change:
        """Take a version from somebody else into the history, and into the record if it may.

        It becomes the newest when it follows the newest here. Otherwise, and when the record
        is sealed or of an append-only kind, the answer is "conflict": both versions are kept
        and the record stays. A known version is "unchanged". Without a valid signature of its
        author the version is marked as relayed. If `ref` is taken, a new one is given. Give
        the versions of a record oldest first.

        Raises:
            ForgedVersion: hash, content and body do not belong together.
            InvalidRecord: the body breaks a rule of the case file.
        """
        _refuse_forged(version)
        row = record_rows.row_of(self._db, version.record_id)
        if row is not None and not row.is_stub:
            _refuse_other_place(version, row)
        if history.is_known(self._db, version.hash):
            return self._outcome(version, "unchanged")
        version = replace(version, relayed=not version.signature_holds())
        if row is not None and not row.is_stub:
            follows = row.head in version.parents
            if not follows or row.sealed_at or kind_spec(version.kind).append_only:
                history.add(self._db, version)
                self._audit_version("received_beside", version, row.ref)
                return self._outcome(version, "conflict")
            ref = row.ref
        elif record_rows.owner_of_ref(self._db, version.case_id, ref) not in {
            None,
            version.record_id,
        }:
            ref = self.new_ref(version.case_id, version.kind)
        return self._take(version, ref, row)

    def _take(self, version: RecordVersion, ref: str, row: RecordRow | None) -> Change:
        """Make a received version the newest of its record."""
        action = "created" if row is None or row.is_stub else "changed"
        record_rows.add_stub(self._db, version.case_id, version.case_id, version.at)
        if version.deleted:
            if row is None or row.is_stub:
                # A deletion that arrives alone leaves nothing to show but its history.
                record_rows.add_stub(self._db, version.record_id, version.case_id, version.at)
                row = record_rows.row_of(self._db, version.record_id)
            assert row is not None  # noqa: S101 - it was there or has just been added
            return self._save_deletion(version, row)
        try:
            record = from_body(
                version.kind,
                version.body,
                record_id=version.record_id,
                case_id=version.case_id,
                ref=ref,
            )
        except DomainError as err:
            field = str(err.details.get("field", ""))
            raise InvalidRecord(kind=version.kind, field=field, reason="bad_body") from err
        checked_body(record, version.kind)
        self._add_stubs(version)
        return self._save(record, version, action)

    def _add_stubs(self, version: RecordVersion) -> None:
        """Make room for what the record points at and the bundle did not bring."""
        known: set[str] = set()

        def collect(target: str) -> str:
            known.add(target)
            return target

        spec = kind_spec(version.kind)
        map_references(spec, version.body, collect)
        for target in known:
            if record_rows.row_of(self._db, target) is None and _is_id(target):
                record_rows.add_stub(self._db, target, version.case_id, version.at)


def _refuse_forged(version: RecordVersion) -> None:
    if content_hash(version.body) != version.content:
        raise ForgedVersion(kind=version.kind[:40], reason="content")
    if history.version_hash(version.statement()) != version.hash:
        raise ForgedVersion(kind=version.kind[:40], reason="hash")


def _refuse_other_place(version: RecordVersion, row: RecordRow) -> None:
    if (version.case_id, version.kind) != (row.case_id, row.kind):
        raise ForgedVersion(kind=version.kind[:40], reason="place")


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
