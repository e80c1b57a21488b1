# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing to the vault: everything of one `with` block is committed together or not at all."""

from __future__ import annotations

import hashlib
import uuid
from typing import BinaryIO, Final

from vault.domain.evidence import Evidence, EvidenceFile
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.store import identities, objects
from vault.store.author import Author
from vault.store.errors import SourceChanged
from vault.store.identities import StoredContact, StoredIdentity
from vault.store.objects import ObjectSink, StoredObject
from vault.store.reader import Parts
from vault.store.receiving import VersionReceiver

_READ_BYTES: Final = 1 << 20


class Writer(VersionReceiver):
    """Changes the vault in one transaction; also reads what it has just written.

    `changes` lists what was done so far. Every method may raise `DiskFull`, `DiskFailed` and
    `DatabaseDamaged`; then, as after any error that leaves the block, nothing of it happened.
    `DanglingReference` comes at the end of the block, so that records may be put in any order.
    """

    def __init__(self, parts: Parts, author: Author) -> None:
        """Write as `author`; made by `VaultStore.writer`."""
        super().__init__(parts, author)
        self._sinks: list[ObjectSink] = []
        self._stored: dict[str, StoredObject] = {}

    def add_file(
        self,
        evidence: Evidence,
        file_name: str,
        media_type: str,
        source: BinaryIO,
        *,
        purpose: str = "evidentiary",
        at: str = "",
        derived_from_id: str = "",
        progress: Progress | None = None,
    ) -> EvidenceFile:
        """Encrypt all of a seekable `source` into the vault and record it as a file.

        `progress` is told bytes done of all, as "adding_file". The object is on the disk
        before its row is written.

        Raises:
            SourceChanged: the source changed its length while it was read.
        """
        size = source.seek(0, 2)
        source.seek(0)
        sink = self.stage_object(size)
        done = 0
        while piece := source.read(_READ_BYTES):
            done += sink.write(piece)
            if progress is not None:
                progress.report(done, size, "adding_file")
        stored = self._finished(sink)
        file = EvidenceFile(
            id=str(uuid.uuid4()),
            case_id=evidence.case_id,
            ref=self.new_ref(evidence.case_id, "evidence_file"),
            evidence_id=evidence.id,
            purpose=purpose,
            file_name=file_name,
            media_type=media_type,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            added_at=at or self.now(),
            derived_from_id=derived_from_id,
        )
        self.put(file)
        self.publish_object(sink, file)
        return file

    def stage_object(self, size: int, sha256: str = "") -> ObjectSink:
        """Begin an object of `size` bytes; it is gone again unless it is published.

        When `sha256` is given, `publish_object` refuses any other content.
        """
        sink = ObjectSink(self._parts.objects, size, sha256)
        self._sinks.append(sink)
        return sink

    def publish_object(self, sink: ObjectSink, *files: EvidenceFile) -> None:
        """Make a staged object the bytes of one or more files that have been put.

        Raises:
            SourceChanged: fewer bytes than announced, or not the file's hash.
        """
        stored = self._finished(sink)
        for file in files:
            if file.sha256 != stored.sha256:
                raise SourceChanged(reason="content")
            if objects.of_file(self._db, file.id) is None:
                objects.link(self._db, stored.id, file.id)

    def save_identity(self, identity: StoredIdentity) -> None:
        """Set the vault's identity; its secrets stay the caller's to wipe."""
        identities.save_identity(self._db, self._parts.secrets, identity)
        fingerprint = hashlib.sha256(identity.verify_key).hexdigest()
        self._audit("identity_saved", fingerprint)

    def save_contact(self, contact: StoredContact) -> None:
        """Insert or replace a contact."""
        identities.save_contact(self._db, contact)
        facts: JsonObject = {"verified": bool(contact.verified_at)}
        self._audit("contact_saved", contact.id, facts=facts)

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting that belongs to this vault; not entered into the audit trail."""
        identities.set_setting(self._db, name, value)

    def next_bundle_sequence(self, recipient_key: str) -> int:
        """Return the number of the next bundle to a recipient and use it up."""
        return identities.next_bundle_sequence(self._db, recipient_key)

    def seen_bundle(self, bundle_id: str, sender_key: str, sequence: int) -> str:
        """Note that a bundle arrived and return "new", "again" or "older"."""
        return identities.seen_bundle(self._db, bundle_id, sender_key, sequence, self.now())

    def discard_objects(self) -> None:
        """Remove every object of this writer: for a transaction that failed."""
        for sink in self._sinks:
            sink.discard()

    def close_objects(self) -> None:
        """Forget the keys of published objects and remove those that were not published."""
        for sink in self._sinks:
            if sink.id in self._stored:
                sink.close()
            else:
                sink.discard()

    def _finished(self, sink: ObjectSink) -> StoredObject:
        if sink.id not in self._stored:
            stored = sink.finish()
            objects.add(self._db, stored)
            self._stored[sink.id] = stored
        return self._stored[sink.id]
