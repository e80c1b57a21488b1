# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small case as a bundle holds it, and the three people who pass it on."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Sequence

from vault.crypto.age_file import HybridIdentity, X25519Identity
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey
from vault.domain.values import JsonObject
from vault.sharing.bundle_write import BundleContents, BundleObject, write_bundle
from vault.sharing.contact_card import ContactCard
from vault.sharing.identity import Identity

FILES = (b"hello panah", bytes(range(256)) * 300, b"")
CREATED = "2026-05-12T09:30:00Z"
CASE_ID = "00000000-0000-4000-8000-000000000001"


def identity(name: str, number: int) -> Identity:
    """Return an identity whose keys are the same in every run."""
    return Identity(
        name,
        "Bureau of examples",
        SigningKey(SecretBytes(bytearray([number] * 32))),
        X25519Identity(SecretBytes(bytearray([number + 1] * 32))),
        HybridIdentity(SecretBytes(bytearray([number + 2] * 32))),
    )


SENDER = identity("Sender Example", 1)
READER = identity("Получатель Пример", 11)
STRANGER = identity("Stranger Example", 21)


def classical(card: ContactCard) -> ContactCard:
    """Return the card of somebody whose age knows no post-quantum keys."""
    return ContactCard(
        display_name=card.display_name,
        organisation=card.organisation,
        recipients=card.recipients[:1],
        verify_key=card.verify_key,
        opens_with="age",
    )


def record(number: int, kind: str = "person", **body: object) -> JsonObject:
    """Return one line of records, with hashes that are made up."""
    made: JsonObject = {
        "at": "2026-05-11T08:00:00.000000Z",
        "author_key": "ab" * 32,
        "author_name": "Author Example",
        "body": dict(body),  # type: ignore[arg-type]  # examples hold JSON only
        "case": CASE_ID,
        "content": hashlib.sha256(str(number).encode()).hexdigest(),
        "deleted": False,
        "hash": hashlib.sha256(b"v" + str(number).encode()).hexdigest(),
        "kind": kind,
        "record": str(uuid.UUID(int=number, version=4)),
        "ref": f"P{number:02d}",
        "signature": "cd" * 64,
    }
    return made


RECORDS = (
    record(1, "case", title={"ru": "Дело-пример"}),
    record(2, full_name="Человек <b>Примерный</b>", note="two\nlines"),
    record(3, "evidence_file", file_name="scan & co.pdf", sha256="00" * 32),
)


def file_object(content: bytes) -> BundleObject:
    return BundleObject(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        open=lambda: io.BytesIO(content),
    )


def contents(
    *recipients: Identity,
    records: Sequence[JsonObject] = RECORDS,
    files: Sequence[bytes] = FILES,
    **changes: object,
) -> BundleContents:
    values: dict[str, object] = {
        "bundle_id": "00000000-0000-4000-8000-0000000000bb",
        "created": CREATED,
        "sequences": {
            one.signing.public.openssh(): place for place, one in enumerate(recipients, start=4)
        },
        "records": records,
        "objects": [file_object(content) for content in files],
        "case_reference": "EX-1",
        "case_title": "Example <script>alert(1)</script>",
        "purpose": "second opinion",
        **changes,
    }
    return BundleContents(**values)  # type: ignore[arg-type]  # as above


def bundle(*recipients: Identity, hybrid: bool = False, **changes: object) -> bytes:
    """Return the bytes of a whole bundle from SENDER."""
    cards = [one.card() if hybrid else classical(one.card()) for one in recipients]
    sink = io.BytesIO()
    write_bundle(contents(*recipients, **changes), SENDER, cards, sink)  # type: ignore[arg-type]  # as above
    return sink.getvalue()
