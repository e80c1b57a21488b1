# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a bundle: a tar with a signed manifest, encrypted to its recipients as it is made.

docs/formats/bundle.md is the format. Nothing is kept in memory but the index and one block;
the files are read once, in the moment they are encrypted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from vault.crypto import sshsig
from vault.crypto.age_file import EncryptWriter, parse_recipient
from vault.crypto.errors import AgeError
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.sharing import bundle_limits as limits
from vault.sharing import manifest as manifests
from vault.sharing import readable, record_lines, ustar
from vault.sharing.contact_card import ContactCard
from vault.sharing.errors import BadRecipients, BundleTooLarge, ObjectChanged
from vault.sharing.identity import Identity
from vault.sharing.manifest import BundleManifest, BundleMember, BundleRecipient, Sender

WRITING: Final = "bundle_writing"
_BLOCK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleObject:
    """One file: its hash and size as the record says, and how to read its plaintext."""

    sha256: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContents:
    """What goes into a bundle.

    `created` is UTC as `YYYY-MM-DDTHH:MM:SSZ`; `sequences` gives, for the `verify_key.openssh()`
    of each recipient's card, the number of this bundle among all to them. `records` are the
    lines of docs/formats/bundle.md, "Records", the versions of one record together and parents
    first. The case's reference and title are for `contents.html` alone.
    """

    bundle_id: str
    created: str
    sequences: Mapping[str, int]
    records: Sequence[JsonObject] = field(repr=False)
    objects: Sequence[BundleObject] = field(default=(), repr=False)
    languages: tuple[str, ...] = ("ru", "en")
    case_reference: str = ""
    case_title: str = field(default="", repr=False)
    purpose: str = ""
    consents: tuple[str, ...] = ()
    expires: str = ""
    partial: bool = False
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Which kind of key all recipients get, and each recipient's key of that kind."""

    encryption: str
    recipients: tuple[str, ...]


def choose_encryption(cards: Sequence[ContactCard]) -> Choice:
    """Choose post-quantum keys when every recipient has one, else X25519 for all; never both.

    Raises:
        BadRecipients: none, more than `MAX_RECIPIENTS`, or one twice.
    """
    if not cards:
        raise BadRecipients(reason="none")
    if len(cards) > limits.MAX_RECIPIENTS:
        raise BadRecipients(reason="too_many")
    hybrid = all(card.hybrid for card in cards)
    recipients = tuple(card.hybrid if hybrid else card.x25519 for card in cards)
    if len(set(recipients)) != len(recipients):
        raise BadRecipients(reason="twice")
    return Choice(manifests.HYBRID if hybrid else manifests.X25519, recipients)


def write_bundle(
    contents: BundleContents,
    sender: Identity,
    cards: Sequence[ContactCard],
    sink: BinaryIO,
    progress: Progress | None = None,
) -> BundleManifest:
    """Write the bundle and return its manifest, whose `encryption` tells what was chosen.

    `progress` is told bytes as "bundle_writing" and is where the work is cancelled. On any
    error the sink holds an age file without an end, which nobody can open as a bundle; the
    caller removes it.

    Raises:
        BadRecipients, BundleTooLarge, RecordMalformed, ManifestMalformed: nothing was written.
        ObjectChanged: a file has another size or content than its record says.
    """
    choice = choose_encryption(cards)
    try:
        recipients = [parse_recipient(text) for text in choice.recipients]
    except AgeError as err:
        raise BadRecipients(reason="key") from err
    objects = _in_order(contents.objects)
    texts = _texts(contents, sender)
    manifest = _manifest(
        contents,
        sender,
        _recipients(contents, cards, choice),
        choice.encryption,
        _members(contents, objects, texts),
    )
    encoded = manifests.encode(manifest)
    if len(encoded) > limits.MAX_MANIFEST_BYTES:
        raise BundleTooLarge(what="manifest", limit=limits.MAX_MANIFEST_BYTES)
    texts[limits.SUMS] = manifests.sums_of(manifest.members)
    signature = sshsig.sign(sender.signing, limits.NAMESPACE, encoded).encode("ascii")
    with EncryptWriter(recipients, sink) as encrypted:
        tar = _Tar(encrypted, manifest.total_bytes, progress)
        tar.add(limits.MANIFEST, len(encoded), [encoded])
        tar.add(limits.SIGNATURE, len(signature), [signature])
        for member in manifest.members[: len(limits.FIXED_MEMBERS)]:
            records = member.path == limits.RECORDS
            pieces = _lines(contents.records) if records else [texts[member.path]]
            tar.add(member.path, member.size, pieces)
        for one in objects:
            tar.add(limits.OBJECTS + one.sha256, one.size, _blocks(one))
        encrypted.write(ustar.END)
    return manifest


class _Tar:
    """Writes members one after the other and tells how far it is."""

    def __init__(self, sink: EncryptWriter, total: int, progress: Progress | None) -> None:
        self._sink = sink
        self._total = total
        self._progress = progress
        self._done = 0

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> None:
        self._sink.write(ustar.header(path, size))
        for piece in pieces:
            self._sink.write(piece)
            if path not in {limits.MANIFEST, limits.SIGNATURE}:
                self._done += len(piece)
                if self._progress is not None:
                    self._progress.report(self._done, self._total, WRITING)
        self._sink.write(bytes(ustar.padding(size)))


def _in_order(objects: Sequence[BundleObject]) -> list[BundleObject]:
    by_hash = {one.sha256: one for one in objects}
    return [by_hash[sha256] for sha256 in sorted(by_hash)]


def _texts(contents: BundleContents, sender: Identity) -> dict[str, bytes]:
    return {
        limits.README: readable.readme(contents.languages),
        limits.CONTENTS: readable.contents_html(
            readable.Heading(
                case_reference=contents.case_reference,
                case_title=contents.case_title,
                sender=sender.display_name,
                organisation=sender.organisation,
                created=contents.created,
                purpose=contents.purpose,
            ),
            contents.records,
            contents.languages,
        ),
    }


def _members(
    contents: BundleContents, objects: Sequence[BundleObject], texts: Mapping[str, bytes]
) -> tuple[BundleMember, ...]:
    before = tuple(_member(path, [text]) for path, text in texts.items())
    files = (
        BundleMember(path=limits.OBJECTS + one.sha256, size=one.size, sha256=one.sha256)
        for one in objects
    )
    after = (_member(limits.RECORDS, _lines(contents.records)), *files)
    sums = _member(limits.SUMS, [manifests.sums_of((*before, *after))])
    return (*before, sums, *after)


def _manifest(
    contents: BundleContents,
    sender: Identity,
    recipients: tuple[BundleRecipient, ...],
    encryption: str,
    members: tuple[BundleMember, ...],
) -> BundleManifest:
    return BundleManifest(
        format=manifests.FORMAT,
        version=manifests.VERSION,
        bundle_id=contents.bundle_id,
        created=contents.created,
        sender=Sender(
            name=sender.display_name,
            organisation=sender.organisation,
            verify_key=sender.signing.public.openssh(),
        ),
        recipients=recipients,
        encryption=encryption,
        partial=contents.partial,
        redacted=contents.redacted,
        languages=contents.languages,
        members=members,
        purpose=contents.purpose,
        consents=contents.consents,
        expires=contents.expires,
    )


def _recipients(
    contents: BundleContents, cards: Sequence[ContactCard], choice: Choice
) -> tuple[BundleRecipient, ...]:
    entries = [
        BundleRecipient(
            recipient=recipient, sequence=contents.sequences.get(card.verify_key.openssh(), 0)
        )
        for card, recipient in zip(cards, choice.recipients, strict=True)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.recipient))


def _member(path: str, pieces: Iterable[bytes]) -> BundleMember:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    if size > limits.max_bytes(path):
        raise BundleTooLarge(what="member", limit=limits.max_bytes(path))
    return BundleMember(path=path, size=size, sha256=digest.hexdigest())


def _lines(records: Sequence[JsonObject]) -> Iterator[bytes]:
    if len(records) > limits.MAX_RECORDS:
        raise BundleTooLarge(what="records", limit=limits.MAX_RECORDS)
    for number, record in enumerate(records, start=1):
        yield record_lines.encode(record, number)


def _blocks(one: BundleObject) -> Iterator[bytes]:
    """Give the content of a file, and refuse at once what is not as its record says."""
    digest, rest = hashlib.sha256(), one.size
    with one.open() as source:
        while block := source.read(_BLOCK):
            rest -= len(block)
            if rest < 0:
                raise ObjectChanged(reason="longer")
            digest.update(block)
            yield block
    if rest:
        raise ObjectChanged(reason="shorter")
    if digest.hexdigest() != one.sha256:
        raise ObjectChanged(reason="content")
