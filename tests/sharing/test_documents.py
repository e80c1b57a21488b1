# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worked examples of docs/formats are what the program makes, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.sharing import worked_examples as examples
from vault.crypto import sshsig
from vault.sharing import bundle_limits as limits
from vault.sharing import manifest as manifests
from vault.sharing import record_lines, ustar
from vault.sharing.contact_card import parse, verification_code
from vault.sharing.errors import BundleError
from vault.store.history import statement, version_hash


def blocks(path: Path) -> list[str]:
    """Return the blocks between fences, which stand alone on a line."""
    parts = path.read_text(encoding="utf-8").split("\n```\n")
    return [f"{part}\n" for part in parts[1::2]]


@pytest.fixture
def bundle_blocks(project_root: Path) -> list[str]:
    return blocks(project_root / "docs/formats/bundle.md")


def test_the_card_of_the_document_is_the_one_that_is_made(project_root: Path) -> None:
    document = project_root / "docs/formats/contact-card.md"

    (card,) = blocks(document)

    assert card == examples.card_text()
    assert f"code = {verification_code(parse(card))}\n" in document.read_text(encoding="utf-8")


def test_the_manifest_of_the_document_is_the_one_that_is_made(
    project_root: Path, bundle_blocks: list[str]
) -> None:
    encoded = manifests.encode(examples.manifest())

    assert bundle_blocks[0].replace("\n", "").encode() == encoded
    assert manifests.parse(encoded) == examples.manifest()
    text = (project_root / "docs/formats/bundle.md").read_text(encoding="utf-8")
    assert f"`manifest.json` ({len(encoded)} bytes" in text


def test_the_signature_of_the_document_is_the_one_that_is_made(bundle_blocks: list[str]) -> None:
    encoded = manifests.encode(examples.manifest())

    assert bundle_blocks[1] == sshsig.sign(examples.signing_key(), limits.NAMESPACE, encoded)


def test_the_record_of_the_document_is_one_that_a_vault_takes_in(bundle_blocks: list[str]) -> None:
    line = bundle_blocks[2].replace("\n", "").encode()

    found = record_lines.parse(line, 1)

    assert found == examples.record()
    signed = statement(
        case_id=str(found["case"]),
        record_id=str(found["record"]),
        kind=str(found["kind"]),
        content=str(found["content"]),
        parents=[],
        at=str(found["at"]),
        author_key=bytes.fromhex(str(found["author_key"])),
        deleted=False,
    )
    assert version_hash(signed) == found["hash"]
    examples.signing_key().public.verify(bytes.fromhex(str(found["signature"])), signed)


def test_the_header_of_the_document_is_the_one_that_is_made(bundle_blocks: list[str]) -> None:
    path = limits.OBJECTS + hashlib.sha256(examples.OBJECT).hexdigest()

    header = bytes.fromhex(bundle_blocks[3].replace("\n", ""))

    assert header.ljust(512, b"\0") == ustar.header(path, len(examples.OBJECT))


def test_every_error_of_a_bundle_is_in_the_document(project_root: Path) -> None:
    text = (project_root / "docs/formats/bundle.md").read_text(encoding="utf-8")
    of_writing = {"bundle.error", "bundle.bad_recipients", "bundle.object_changed"}

    for kind in BundleError.__subclasses__():
        assert (f"`{kind.code}`" in text) is (kind.code not in of_writing), kind.code
