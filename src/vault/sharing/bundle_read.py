# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a bundle as what it is until the end has been reached: a stranger's stream.

docs/formats/bundle.md, "Reading". `open_bundle` has verified the signature and found the
reader among the recipients before it returns. Records and files that are handed over after
that are authentic one by one, but complete only when `BundleReader.complete` is true: whoever
takes them keeps them staged until then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol, Self

from vault.crypto import sshsig
from vault.crypto.age_armor import ArmorReader, is_armored
from vault.crypto.age_file import AgeReader, HybridIdentity, X25519Identity, open_age
from vault.crypto.age_stanzas import LineSource, read_header
from vault.crypto.errors import (
    AgeError,
    BadSignature,
    NoMatchingIdentity,
    NotAnAgeFile,
)
from vault.crypto.signing import VerifyKey
from vault.domain.values import JsonObject
from vault.errors import VaultBug
from vault.progress import Progress
from vault.sharing import bundle_limits as limits
from vault.sharing import manifest as manifests
from vault.sharing import record_lines
from vault.sharing.bundle_limits import NAMESPACE
from vault.sharing.bundle_payload import Payload
from vault.sharing.errors import (
    BundleDamaged,
    BundleSignatureBad,
    BundleTooLarge,
    HashMismatch,
    NotABundle,
    NotForMe,
    RecordMalformed,
)
from vault.sharing.manifest import BundleManifest, BundleMember

READING: Final = "bundle_reading"
_FIRST_LISTED: Final = 3
"""The place in the tar, from 1, of the first member that the manifest lists."""

MyKey = X25519Identity | HybridIdentity


class Stage(Protocol):
    """Where one file goes until the whole bundle is known to be right."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""
        ...

    def discard(self) -> None:
        """Remove whatever there is of it."""
        ...


StageOf = Callable[[str, int], Stage]
"""Given the SHA-256 and the size of a file, returns where it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHead:
    """What may be shown before anything is taken in: all of it is signed.

    `sequence` is the sender's count of bundles to us; `recipient` the key of ours it is for.
    """

    manifest: BundleManifest
    sender: VerifyKey
    recipient: str
    sequence: int


def open_bundle(source: BinaryIO, identities: Sequence[MyKey]) -> BundleReader:
    """Open a bundle that is for one of these keys and truly from the sender it names.

    Whether that sender is a known contact, and whether the bundle is a replay, the caller asks
    the vault. Raises `NotABundle`, `NotForMe`, `BundleDamaged`, `BundleTooNew`,
    `ManifestMalformed`, `BundleSignatureBad`, `PathRefused`, `MemberOrder`, `BundleTooLarge`,
    `BundleTruncated`. The source stays its owner's to close.
    """
    payload = Payload(_decrypted(source, identities))
    try:
        encoded = payload.unlisted(limits.MANIFEST, limits.MAX_MANIFEST_BYTES, place=1)
        signature = payload.unlisted(limits.SIGNATURE, limits.MAX_SIGNATURE_BYTES, place=2)
        manifest = manifests.parse(encoded)
        sender = _verified(manifest, encoded, signature)
        mine = [identity.recipient().encode() for identity in identities]
        listed = [one for one in mine if manifest.sequence_for(one)]
        if not listed:
            raise NotForMe(reason="not_listed")
        _check_sums(manifest)
    except BaseException:
        payload.close()
        raise
    head = BundleHead(
        manifest=manifest,
        sender=sender,
        recipient=listed[0],
        sequence=manifest.sequence_for(listed[0]),
    )
    return BundleReader(head, payload)


@dataclass(frozen=True, slots=True)
class BundleOutside:
    """What anybody sees of an age file without a key: how many recipients of which kinds."""

    recipients: int
    kinds: tuple[str, ...]


def look_outside(source: BinaryIO) -> BundleOutside:
    """Return what an encrypted file shows to everybody; raise `NotABundle` or `BundleDamaged`."""
    lines = LineSource(source)
    try:
        header = read_header(LineSource(ArmorReader(lines)) if is_armored(lines) else lines)
    except NotAnAgeFile as err:
        raise NotABundle from err
    except AgeError as err:
        raise BundleDamaged from err
    kinds = tuple(sorted({stanza.kind for stanza in header.stanzas}))
    return BundleOutside(len(header.stanzas), kinds)


def inspect_bundle(source: BinaryIO, identities: Sequence[MyKey]) -> BundleHead:
    """Return what a bundle says of itself, signed and for us, and take in nothing."""
    with open_bundle(source, identities) as reader:
        return reader.head


class BundleReader:
    """The rest of an opened bundle: first all `records`, then all `objects`, then `complete`.

    For one thread at a time. Leaving its `with` block forgets the key.
    """

    def __init__(self, head: BundleHead, payload: Payload) -> None:
        """Made by `open_bundle` only."""
        self.head = head
        self.complete = False
        self._payload = payload
        self._records_read = False
        self._started = False

    @property
    def manifest(self) -> BundleManifest:
        """The manifest, signed by the sender."""
        return self.head.manifest

    @property
    def sender(self) -> VerifyKey:
        """The key that signed."""
        return self.head.sender

    def records(self) -> Iterator[JsonObject]:
        """Give the record versions one by one, checked for form; to be read once, to the end.

        Raises what `open_bundle` raises of the stream, and `RecordMalformed`, `HashMismatch`.
        """
        if self._started:
            raise VaultBug("the records of a bundle can be read once")
        self._started = True
        for place, member in enumerate(self._fixed(), start=_FIRST_LISTED):
            blocks = self._payload.listed(member, place)
            if member.path == limits.RECORDS:
                yield from _parsed_lines(blocks)
            else:
                for _ in blocks:
                    pass
        self._records_read = True

    def objects(self, stage: StageOf, progress: Progress | None = None) -> None:
        """Give every file to a stage of its own, and check that the bundle ends where it must.

        On any error, and when cancelled, every stage that was asked for is told to discard.
        `progress` is told bytes as "bundle_reading".
        """
        if not self._records_read:
            raise VaultBug("the records of a bundle come before its files")
        stages: list[Stage] = []
        done, total = 0, sum(member.size for member in self.manifest.objects)
        first = _FIRST_LISTED + len(limits.FIXED_MEMBERS)
        try:
            for place, member in enumerate(self.manifest.objects, start=first):
                stages.append(stage(member.sha256, member.size))
                for block in self._payload.listed(member, place):
                    stages[-1].write(block)
                    done += len(block)
                    if progress is not None:
                        progress.report(done, total, READING)
            self._payload.expect_end(first + len(self.manifest.objects))
        except BaseException:
            for one in stages:
                one.discard()
            raise
        self.complete = True

    def close(self) -> None:
        """Forget the key; may be called again."""
        self._payload.close()

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Forget the key."""
        self.close()

    def _fixed(self) -> tuple[BundleMember, ...]:
        return self.manifest.members[: len(limits.FIXED_MEMBERS)]


def _decrypted(source: BinaryIO, identities: Sequence[MyKey]) -> AgeReader:
    try:
        return open_age(identities, source)
    except NotAnAgeFile as err:
        raise NotABundle from err
    except NoMatchingIdentity as err:
        raise NotForMe(reason="no_key") from err
    except AgeError as err:
        raise BundleDamaged from err


def _verified(manifest: BundleManifest, encoded: bytes, signature: bytes) -> VerifyKey:
    try:
        signer = sshsig.verify(signature.decode("ascii"), NAMESPACE, encoded)
    except (BadSignature, UnicodeDecodeError) as err:
        raise BundleSignatureBad from err
    if signer != manifest.sender_key:
        raise BundleSignatureBad
    return signer


def _check_sums(manifest: BundleManifest) -> None:
    """Refuse a SHA256SUMS that would tell stock tools something else than the manifest."""
    sums = manifests.sums_of(manifest.members)
    (listed,) = (one for one in manifest.members if one.path == limits.SUMS)
    if (listed.size, listed.sha256) != (len(sums), hashlib.sha256(sums).hexdigest()):
        raise HashMismatch(member=limits.SUMS)


def _parsed_lines(blocks: Iterator[bytes]) -> Iterator[JsonObject]:
    rest, number = b"", 0
    for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            number += 1
            if number > limits.MAX_RECORDS:
                raise BundleTooLarge(what="records", limit=limits.MAX_RECORDS)
            _check_length(line)
            yield record_lines.parse(line, number)
        _check_length(rest)
    if rest:
        raise RecordMalformed(line=number + 1, reason="no_line_feed")


def _check_length(line: bytes) -> None:
    if len(line) >= limits.MAX_LINE_BYTES:
        raise BundleTooLarge(what="line", limit=limits.MAX_LINE_BYTES)
