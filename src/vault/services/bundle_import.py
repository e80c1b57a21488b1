# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bundles of colleagues: looked at, and taken in whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault.domain.evidence import EvidenceFile
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.services.errors import BundleOlder, BundleRedacted, BundleReplayed, VaultIsReadOnly
from vault.services.record_lines import version_of
from vault.services.session import VaultSession
from vault.sharing import bundle_read
from vault.sharing.bundle_read import BundleHead, BundleReader
from vault.store.errors import NoSuchCase, NoSuchRecord
from vault.store.objects import ObjectSink
from vault.store.reader import Reader
from vault.store.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleShown:
    """What a bundle says of itself; its signature was verified, and it is for this vault."""

    sender_name: str
    sender_known: bool
    sender_verified: bool
    created: str
    purpose: str
    encryption: str
    sequence: int
    records: int
    objects: int
    expires: str

    def as_json(self) -> JsonObject:
        """Return what is shown for `--json`."""
        return {
            "sender": self.sender_name,
            "sender_known": self.sender_known,
            "sender_verified": self.sender_verified,
            "created": self.created,
            "purpose": self.purpose,
            "encryption": self.encryption,
            "sequence": self.sequence,
            "record_bytes": self.records,
            "objects": self.objects,
            "expires": self.expires,
        }


@dataclass(frozen=True, slots=True)
class OutsideShown:
    """What shows of a bundle without any key: its size, how many it is for, which kind of key."""

    size: int
    recipients: int
    kind: str

    def as_json(self) -> JsonObject:
        """Return what is shown for `--json`."""
        return {"size": self.size, "recipients": self.recipients, "kind": self.kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import changed; `conflicts` are records that were changed here too and stayed."""

    case_id: str
    case_reference: str
    added: int
    updated: int
    unchanged: int
    conflicts: tuple[str, ...]
    relayed: int
    files: int
    sender_name: str
    sender_known: bool
    sender_verified: bool

    def as_json(self) -> JsonObject:
        """Return the report for `--json`."""
        return {
            "case": self.case_reference,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "conflicts": list(self.conflicts),
            "relayed": self.relayed,
            "files": self.files,
            "sender": self.sender_name,
            "sender_known": self.sender_known,
            "sender_verified": self.sender_verified,
        }


def inspect_outside(file: Path) -> OutsideShown:
    """Return what anyone can see of a bundle; raise `NotABundle`, `BundleDamaged`."""
    with file.open("rb") as source:
        seen = bundle_read.look_outside(source)
    return OutsideShown(file.stat().st_size, seen.recipients, ", ".join(seen.kinds))


def inspect_bundle(session: VaultSession, file: Path) -> BundleShown:
    """Return what a bundle says of itself, taking in nothing.

    Raises:
        NotABundle, NotForMe, BundleSignatureBad and the others of `sharing`.
    """
    with file.open("rb") as source:
        head = bundle_read.inspect_bundle(source, _own_keys(session))
    with session.store.reader() as reader:
        name, known, verified = _sender(reader, head)
    manifest = head.manifest
    return BundleShown(
        sender_name=name,
        sender_known=known,
        sender_verified=verified,
        created=manifest.created,
        purpose=manifest.purpose,
        encryption=manifest.encryption,
        sequence=head.sequence,
        records=next(one.size for one in manifest.members if one.path == "records.jsonl"),
        objects=len(manifest.objects),
        expires=manifest.expires,
    )


def import_bundle(
    session: VaultSession, file: Path, progress: Progress, *, allow_older: bool = False
) -> ImportReport:
    """Take a bundle in, in one transaction: whole, or nothing of it.

    A record that was changed here and there stays as it is here; the other version is kept
    beside it and the record is named in `conflicts`. Absence is never deletion.

    Raises:
        BundleRedacted, BundleReplayed, BundleOlder (unless `allow_older`), the errors of `sharing`,
        ForgedVersion, InvalidRecord, DiskFull: nothing was changed.
    """
    if session.read_only:
        raise VaultIsReadOnly
    with (
        file.open("rb") as source,
        bundle_read.open_bundle(source, _own_keys(session)) as bundle,
        session.store.writer(session.author()) as writer,
    ):
        if bundle.manifest.redacted:
            raise BundleRedacted
        taking = _Taking(writer, bundle)
        taking.refuse_replay(allow_older=allow_older)
        taking.records()
        taking.files(progress)
        report = taking.report()
    session.checkpoint()
    return report


def _own_keys(session: VaultSession) -> tuple[bundle_read.MyKey, ...]:
    identity = session.identity
    return (identity.hybrid, identity.x25519)


def _sender(reader: Reader, head: BundleHead) -> tuple[str, bool, bool]:
    for contact in reader.contacts():
        if contact.verify_key == head.sender.raw:
            return contact.display_name, True, bool(contact.verified_at)
    return head.manifest.sender.name, False, False


class _Taking:
    """One bundle on its way into one transaction."""

    def __init__(self, writer: Writer, bundle: BundleReader) -> None:
        self._writer = writer
        self._bundle = bundle
        self._counts = dict.fromkeys(("created", "changed", "unchanged", "conflict"), 0)
        self._conflicts: list[str] = []
        self._relayed = 0
        self._case_id = ""
        self._touched: dict[str, None] = {}

    def refuse_replay(self, *, allow_older: bool) -> None:
        manifest = self._bundle.manifest
        state = self._writer.seen_bundle(
            manifest.bundle_id, manifest.sender.verify_key, self._bundle.head.sequence
        )
        if state == "again":
            raise BundleReplayed
        if state == "older" and not allow_older:
            raise BundleOlder(sequence=self._bundle.head.sequence)

    def records(self) -> None:
        for line in self._bundle.records():
            version, ref = version_of(line)
            change = self._writer.receive_version(version, ref)
            self._counts[change.action] += 1
            self._relayed += version.relayed or not version.signature_holds()
            self._case_id = self._case_id or version.case_id
            self._touched[version.record_id] = None
            if change.action == "conflict":
                self._conflicts.append(ref)

    def files(self, progress: Progress) -> None:
        wanted: dict[str, list[EvidenceFile]] = {}
        for record_id in self._touched:
            try:
                record = self._writer.record(record_id)
            except NoSuchRecord:
                continue  # A deletion came along; its file is not wanted here.
            if isinstance(record, EvidenceFile):
                wanted.setdefault(record.sha256, []).append(record)
        sinks: list[tuple[str, ObjectSink]] = []

        def stage(sha256: str, size: int) -> ObjectSink:
            sinks.append((sha256, self._writer.stage_object(size, sha256)))
            return sinks[-1][1]

        self._bundle.objects(stage, progress)
        for sha256, sink in sinks:
            self._writer.publish_object(sink, *wanted.get(sha256, []))

    def report(self) -> ImportReport:
        manifest = self._bundle.manifest
        name, known, verified = _sender(self._writer, self._bundle.head)
        try:
            reference = self._writer.case(self._case_id).reference
        except NoSuchCase:
            reference = ""
        self._writer.note(
            "bundle_opened",
            self._case_id,
            bundle=manifest.bundle_id,
            sender=self._bundle.sender.fingerprint(),
            verified=verified,
        )
        return ImportReport(
            case_id=self._case_id,
            case_reference=reference,
            added=self._counts["created"],
            updated=self._counts["changed"],
            unchanged=self._counts["unchanged"],
            conflicts=tuple(dict.fromkeys(self._conflicts)),
            relayed=self._relayed,
            files=len(manifest.objects),
            sender_name=name,
            sender_known=known,
            sender_verified=verified,
        )
