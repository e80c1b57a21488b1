# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The store's worked example of docs/formats/vault.md, computed again from its inputs.

By hashlib and struct alone, as somebody would who has only the document; then the store's own
functions must give the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vault.crypto.secret_bytes import SecretBytes
from vault.domain.canonical import canonical_bytes
from vault.store import audit, history
from vault.store.audit import AuditEntry
from vault.store.identities import SecretRows
from vault.store.objects import ObjectStore

Values = dict[str, str]


@pytest.fixture(scope="module")
def values() -> Values:
    document = Path(__file__).parents[2] / "docs" / "formats" / "vault.md"
    text = document.read_text(encoding="utf-8").partition("## Worked example of the store")[2]
    return dict(re.findall(r"^    ([a-z ]+?) += (.+)$", text, re.MULTILINE))


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_the_version_is_hashed_and_signed_as_written(values: Values) -> None:
    content = hashlib.sha256(values["body"].encode()).hexdigest()
    statement = b"panah-version-v1\n" + _canonical(
        {
            "at": values["at"],
            "author": values["author key"],
            "case": values["case"],
            "content": content,
            "deleted": False,
            "kind": values["kind"],
            "parents": [values["parent"]],
            "record": values["record"],
        }
    )
    signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(values["author seed"]))

    assert content == values["content"]
    assert statement.decode() == values["statement"].replace("⏎", "\n")
    assert hashlib.sha256(statement).hexdigest() == values["version"]
    assert signer.public_key().public_bytes_raw().hex() == values["author key"]
    assert signer.sign(statement).hex() == values["signature"]


def test_the_store_makes_the_same_statement(values: Values) -> None:
    version = history.RecordVersion(
        hash=values["version"],
        record_id=values["record"],
        case_id=values["case"],
        kind=values["kind"],
        content=values["content"],
        parents=(values["parent"],),
        at=values["at"],
        author_name="Ада",
        author_key=bytes.fromhex(values["author key"]),
        body=json.loads(values["body"]),
        signature=bytes.fromhex(values["signature"]),
    )

    assert version.signature_holds()
    assert history.version_hash(version.statement()) == values["version"]
    assert canonical_bytes(version.body).decode() == values["body"]


def test_the_audit_entry_is_chained_as_written(values: Values) -> None:
    label = b"panah-audit-v1\n"
    salt = bytes.fromhex(values["salt"])
    digest = hashlib.sha256(label + salt + values["content bytes"].encode()).digest()
    before = hashlib.sha256(label).digest()

    assert digest.hex() == values["digest"]
    assert before.hex() == values["head before"] == audit.GENESIS
    head = hashlib.sha256(label + before + (1).to_bytes(8, "big") + digest).hexdigest()
    assert head == values["head"]


def test_the_store_chains_the_same_entry(values: Values) -> None:
    content = json.loads(values["content bytes"])
    entry = AuditEntry(
        **content,
        salt=bytes.fromhex(values["salt"]),
        digest=values["digest"],
        head=values["head"],
    )

    assert _canonical(content).decode() == values["content bytes"]
    assert audit.verify([entry]).ok


def test_objects_and_secrets_are_bound_as_written(values: Values) -> None:
    vault_id, object_id = (bytes.fromhex(values[name]) for name in ("vault id", "object id"))
    bound = _framed(b"panah/v1", b"object", vault_id, object_id, (1).to_bytes(4, "big"))
    secret = _framed(b"panah/v1", b"identity", vault_id, b"signing")

    assert bound.hex() == values["object context"]
    assert secret.hex() == values["identity context"]
    with SecretBytes.random() as key:
        store = ObjectStore(folder=Path(), vault_id=vault_id, wrapping_key=key)
        assert store.context(values["object id"]) == bound
        assert SecretRows(vault_id, key).context("signing") == secret
