# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The examples of docs/formats, made from the seeds that the documents give."""

from __future__ import annotations

import hashlib

from vault.crypto.age_file import X25519Identity
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey
from vault.domain.canonical import canonical_bytes, content_hash
from vault.domain.values import JsonObject
from vault.sharing import bundle_limits as limits
from vault.sharing import manifest as manifests
from vault.sharing import record_lines
from vault.sharing.contact_card import ContactCard, encode
from vault.sharing.manifest import BundleManifest, BundleMember, BundleRecipient, Sender

OBJECT = b"hello panah"
README = b"readme\n"
CONTENTS = b"<!DOCTYPE html>\n"


def signing_key() -> SigningKey:
    return SigningKey(SecretBytes(bytearray([1] * 32)))


def card_text() -> str:
    signing = SigningKey(SecretBytes(bytearray(range(32))))
    age = X25519Identity(SecretBytes(bytearray(range(32, 64))))
    card = ContactCard(
        display_name="Пример Примеров",
        organisation="Bureau of examples",
        recipients=(age.recipient().encode(),),
        verify_key=signing.public,
        opens_with="age",
    )
    return encode(card, signing)


def record() -> JsonObject:
    body: JsonObject = {"full_name": "Person Example"}
    key = signing_key()
    statement: JsonObject = {
        "at": "2026-05-11T08:00:00.000000Z",
        "author": key.public.raw.hex(),
        "case": "00000000-0000-4000-8000-000000000001",
        "content": content_hash(body),
        "deleted": False,
        "kind": "person",
        "parents": [],
        "record": "00000000-0000-4000-8000-000000000002",
    }
    signed = b"panah-version-v1\n" + canonical_bytes(statement)
    line = {name: value for name, value in statement.items() if name not in {"author", "parents"}}
    return {
        **line,
        "author_key": statement["author"],
        "author_name": "Sender Example",
        "body": body,
        "hash": hashlib.sha256(signed).hexdigest(),
        "ref": "P01",
        "signature": key.sign(signed).hex(),
    }


def manifest() -> BundleManifest:
    recipient = X25519Identity(SecretBytes(bytearray([2] * 32))).recipient().encode()
    before = (_member(limits.README, README), _member(limits.CONTENTS, CONTENTS))
    after = (
        _member(limits.RECORDS, record_lines.encode(record(), 1)),
        _member(limits.OBJECTS + hashlib.sha256(OBJECT).hexdigest(), OBJECT),
    )
    sums = _member(limits.SUMS, manifests.sums_of((*before, *after)))
    return BundleManifest(
        format=manifests.FORMAT,
        version=manifests.VERSION,
        bundle_id="00000000-0000-4000-8000-0000000000bb",
        created="2026-05-12T09:30:00Z",
        sender=Sender(name="Sender Example", verify_key=signing_key().public.openssh()),
        recipients=(BundleRecipient(recipient=recipient, sequence=1),),
        encryption=manifests.X25519,
        partial=False,
        redacted=False,
        languages=("ru", "en"),
        members=(*before, sums, *after),
        purpose="example",
    )


def _member(path: str, content: bytes) -> BundleMember:
    return BundleMember(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
