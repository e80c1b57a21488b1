# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The manifest of a bundle: who sends what to whom, and the hash of every member.

docs/formats/bundle.md, "The manifest". What `parse` returns keeps every rule of the format
but was signed by nobody yet: `bundle_read` verifies it before anybody sees it.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import msgspec

from vault.crypto.age_file import X25519Recipient, parse_recipient
from vault.crypto.errors import BadPublicKey, BadRecipient
from vault.crypto.signing import VerifyKey
from vault.domain.canonical import canonical_bytes
from vault.domain.errors import DomainError
from vault.domain.values import JsonObject
from vault.sharing import bundle_limits as limits
from vault.sharing.contact_card import MAX_NAME
from vault.sharing.errors import (
    BundleTooLarge,
    BundleTooNew,
    ManifestMalformed,
    MemberOrder,
    NotABundle,
    PathRefused,
)
from vault.sharing.ustar import is_path

FORMAT: Final = "panah-bundle"
VERSION: Final = 1
X25519: Final = "x25519"
HYBRID: Final = "mlkem768x25519"

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
_CREATED: Final = "%Y-%m-%dT%H:%M:%SZ"
_EXPIRES: Final = "%Y-%m-%d"
_CONTROLS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who says to have made the bundle; only the key is proved, by the signature."""

    name: str
    verify_key: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRecipient:
    """One key that the file is encrypted to, and the sender's count of bundles to its owner."""

    recipient: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMember:
    """One member of the tar."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleManifest:
    """What is signed. `encryption` tells which kind of key was chosen for all recipients."""

    format: str
    version: int
    bundle_id: str
    created: str
    sender: Sender
    recipients: tuple[BundleRecipient, ...]
    encryption: str
    partial: bool
    redacted: bool
    languages: tuple[str, ...]
    members: tuple[BundleMember, ...]
    purpose: str = ""
    consents: tuple[str, ...] = ()
    expires: str = ""

    @property
    def sender_key(self) -> VerifyKey:
        """The sender's key, which made the signature."""
        return VerifyKey.parse_openssh(self.sender.verify_key)

    @property
    def objects(self) -> tuple[BundleMember, ...]:
        """The files."""
        return self.members[len(limits.FIXED_MEMBERS) :]

    @property
    def total_bytes(self) -> int:
        """How many bytes the members after the signature have."""
        return sum(member.size for member in self.members)

    def sequence_for(self, recipient: str) -> int:
        """Return the sender's count for a key of ours, or 0 when the bundle is not for it."""
        for entry in self.recipients:
            if entry.recipient == recipient:
                return entry.sequence
        return 0


class _Beginning(msgspec.Struct):
    """What must be understood of a manifest of any version."""

    format: str
    version: int


def encode(manifest: BundleManifest) -> bytes:
    """Return the canonical bytes that are signed; the manifest is checked like a foreign one."""
    _check(manifest)
    return _canonical(manifest)


def sums_of(members: tuple[BundleMember, ...]) -> bytes:
    """Return the content of SHA256SUMS: every member but itself."""
    lines = (f"{one.sha256}  {one.path}\n" for one in members if one.path != limits.SUMS)
    return "".join(lines).encode("ascii")


def parse(untrusted: bytes) -> BundleManifest:
    """Return the manifest of these bytes, unsigned as yet.

    Raises:
        NotABundle: they are something else.
        BundleTooNew: a later version of the format.
        ManifestMalformed, PathRefused, MemberOrder, BundleTooLarge: a rule is broken.
    """
    try:
        beginning = msgspec.json.decode(untrusted, type=_Beginning)
    except (msgspec.MsgspecError, ValueError, RecursionError) as err:
        raise NotABundle from err
    if beginning.format != FORMAT:
        raise NotABundle
    if beginning.version > VERSION:
        raise BundleTooNew(version=min(beginning.version, 2**31), known=VERSION)
    try:
        manifest = msgspec.json.decode(untrusted, type=BundleManifest)
        # One form only: nothing twice, nothing extra, nothing that another parser reads otherwise.
        if _canonical(manifest) != untrusted:
            raise ManifestMalformed(reason="not_canonical")
    except (msgspec.MsgspecError, ValueError, RecursionError, DomainError) as err:
        raise ManifestMalformed(reason="shape") from err
    _check(manifest)
    return manifest


def _canonical(manifest: BundleManifest) -> bytes:
    body: JsonObject = msgspec.json.decode(msgspec.json.encode(manifest))
    return canonical_bytes(body)


def _check(manifest: BundleManifest) -> None:
    if (manifest.format, manifest.version) != (FORMAT, VERSION):
        raise ManifestMalformed(reason="version")
    if not _UUID.fullmatch(manifest.bundle_id):
        raise ManifestMalformed(reason="bundle_id")
    _check_time(manifest.created, _CREATED, "created")
    if manifest.expires:
        _check_time(manifest.expires, _EXPIRES, "expires")
    _check_sender(manifest.sender)
    _check_text(manifest.purpose, limits.MAX_PURPOSE, "purpose")
    _check_recipients(manifest)
    _check_list(manifest.consents, _UUID, limits.MAX_CONSENTS, "consents")
    _check_list(manifest.languages, _LANGUAGE, limits.MAX_LANGUAGES, "languages")
    if not manifest.languages:
        raise ManifestMalformed(reason="languages")
    _check_members(manifest.members)


def _check_time(text: str, form: str, reason: str) -> None:
    try:
        read = datetime.datetime.strptime(text, form).replace(tzinfo=datetime.UTC)
    except ValueError as err:
        raise ManifestMalformed(reason=reason) from err
    if read.strftime(form) != text:
        raise ManifestMalformed(reason=reason)


def _check_text(text: str, longest: int, reason: str) -> None:
    if len(text) > longest:
        raise BundleTooLarge(what=reason, limit=longest)
    if any(unicodedata.category(character) in _CONTROLS for character in text):
        raise ManifestMalformed(reason=reason)


def _check_list(items: tuple[str, ...], form: re.Pattern[str], most: int, reason: str) -> None:
    if len(items) > most:
        raise BundleTooLarge(what=reason, limit=most)
    if len(set(items)) != len(items) or not all(form.fullmatch(item) for item in items):
        raise ManifestMalformed(reason=reason)


def _check_sender(sender: Sender) -> None:
    _check_text(sender.name, MAX_NAME, "sender_name")
    _check_text(sender.organisation, MAX_NAME, "sender_organisation")
    if not sender.name.strip():
        raise ManifestMalformed(reason="sender_name")
    try:
        key = VerifyKey.parse_openssh(sender.verify_key)
    except BadPublicKey as err:
        raise ManifestMalformed(reason="sender_key") from err
    if key.openssh() != sender.verify_key:
        raise ManifestMalformed(reason="sender_key")


def _check_recipients(manifest: BundleManifest) -> None:
    texts = [entry.recipient for entry in manifest.recipients]
    if len(texts) > limits.MAX_RECIPIENTS:
        raise BundleTooLarge(what="recipients", limit=limits.MAX_RECIPIENTS)
    if not texts or texts != sorted(set(texts)):
        raise ManifestMalformed(reason="recipients")
    if not all(0 < entry.sequence < limits.MAX_SEQUENCE for entry in manifest.recipients):
        raise ManifestMalformed(reason="sequence")
    try:
        parsed = [parse_recipient(text) for text in texts]
    except BadRecipient as err:
        raise ManifestMalformed(reason="recipients") from err
    if [one.encode() for one in parsed] != texts:
        raise ManifestMalformed(reason="recipients")
    kinds = {X25519 if isinstance(one, X25519Recipient) else HYBRID for one in parsed}
    if kinds != {manifest.encryption}:
        raise ManifestMalformed(reason="encryption")


def _check_members(members: tuple[BundleMember, ...]) -> None:
    fixed = len(limits.FIXED_MEMBERS)
    if len(members) > fixed + limits.MAX_OBJECTS:
        raise BundleTooLarge(what="objects", limit=limits.MAX_OBJECTS)
    for place, member in enumerate(members, start=1):
        if not is_path(member.path):
            raise PathRefused(reason="path")
        if not _SHA256.fullmatch(member.sha256) or member.size < 0:
            raise ManifestMalformed(reason="member")
        if member.size > limits.max_bytes(member.path):
            raise BundleTooLarge(what="member", limit=limits.max_bytes(member.path))
        is_object = member.path.startswith(limits.OBJECTS)
        if (place > fixed) != is_object:
            raise MemberOrder(place=place, reason="order")
        if is_object and member.path != limits.OBJECTS + member.sha256:
            raise ManifestMalformed(reason="object_name")
    paths = [member.path for member in members]
    if tuple(paths[:fixed]) != limits.FIXED_MEMBERS or paths[fixed:] != sorted(set(paths[fixed:])):
        raise MemberOrder(place=len(paths), reason="order")
