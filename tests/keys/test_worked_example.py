# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worked example of docs/formats/vault.md, computed again from its inputs alone.

The formulas are written out here from the document, on the primitives and not on our rooms.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from vault.crypto.secret_bytes import SecretBytes
from vault.keys import header_json, recovery, unlock
from vault.keys.os_keyring import MemoryKeyring


class Example:
    """The named values of the example, and its header file."""

    def __init__(self, document: str) -> None:
        section = document.split("### Worked example")[1].split("\n## ", maxsplit=1)[0]
        self.values = dict(
            re.findall(r"^    ([a-z][a-z0-9 _+.]*?) += (.+)$", section, re.MULTILINE)
        )
        fenced = section.split("```")[1].removeprefix("text\n")
        self.file = fenced.replace("\n", "").encode("ascii") + b"\n"
        self.members = json.loads(self.file)

    def raw(self, name: str) -> bytes:
        return bytes.fromhex(self.values[name])


@pytest.fixture(scope="session")
def example(project_root: Path) -> Example:
    document = project_root / "docs" / "formats" / "vault.md"
    return Example(document.read_text(encoding="utf-8"))


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _hkdf(key: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    extracted = hmac.digest(salt, key, "sha256")
    assert length <= 32
    return hmac.digest(extracted, info + b"\x01", "sha256")[:length]


def _argon2id(passphrase: bytes, kdf: dict[str, object], secret: bytes | None) -> bytes:
    assert isinstance(kdf["memory_kib"], int)
    assert isinstance(kdf["iterations"], int)
    assert isinstance(kdf["lanes"], int)
    return Argon2id(
        salt=bytes.fromhex(str(kdf["salt"])),
        length=32,
        iterations=kdf["iterations"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
        secret=secret,
    ).derive(passphrase)


def _input_key(example: Example, kind: str, kdf: dict[str, object]) -> bytes:
    passphrase = example.values["passphrase"].encode()
    if kind == "passphrase+keyring":
        return _argon2id(passphrase, kdf, example.raw("keyring secret"))
    if kind == "passphrase":
        return _argon2id(passphrase, kdf, None)
    return example.raw("keyring secret" if kind == "keyring" else "recovery code")


KINDS = ["passphrase+keyring", "passphrase", "keyring", "recovery"]


def test_the_example_shows_every_kind_of_slot_that_wraps(example: Example) -> None:
    assert [slot["type"] for slot in example.members["slots"]] == KINDS


@pytest.mark.parametrize("index", range(4), ids=KINDS)
def test_each_slot_of_the_example_is_what_the_formulas_give(example: Example, index: int) -> None:
    slot = example.members["slots"][index]
    kind, salt = slot["type"], bytes.fromhex(slot["kdf"]["salt"])
    input_key = _input_key(example, kind, slot["kdf"])
    assert input_key == example.raw(f"input key {index + 1}")
    kek = _hkdf(input_key, salt, _framed(b"panah/v1", b"key encryption"))
    assert kek == example.raw(f"kek {index + 1}")
    commitment = _hkdf(input_key, salt, _framed(b"panah/v1", b"key commitment"))
    assert commitment.hex() == slot["commitment"]
    kdf = json.dumps(slot["kdf"], sort_keys=True, separators=(",", ":")).encode()
    vault_id, slot_id = example.raw("vault id"), bytes.fromhex(slot["id"])
    aad = _framed(b"panah-vault", b"\0\0\0\x01", vault_id, slot_id, kind.encode(), kdf)
    if index == 3:
        assert aad == example.raw("aad 4")
    nonce = bytes.fromhex(slot["nonce"])
    wrapped = AESGCMSIV(kek).encrypt(nonce, example.raw("vmk"), aad)
    assert wrapped.hex() == slot["wrapped"]
    if "keyring" in kind:
        info = _framed(b"panah/v1", b"keyring check")
        check = _hkdf(example.raw("keyring secret"), salt, info, 16)
        assert check.hex() == slot["kdf"]["keyring_check"]


def test_the_mac_and_the_checksum_of_the_example_are_what_the_formulas_give(
    example: Example,
) -> None:
    body = example.file.split(b',"mac":"')[0]
    info = _framed(b"panah/v1", b"purpose", b"header mac")
    key = _hkdf(example.raw("vmk"), example.raw("vault id"), info)
    assert key == example.raw("header mac key")
    assert hmac.digest(key, body, "sha256").hex() == example.members["mac"]
    with_mac = example.file.split(b',"sha256":"')[0]
    assert hashlib.sha256(with_mac).hexdigest() == example.members["sha256"]


def test_the_recovery_code_of_the_example_is_shown_as_the_document_says(
    example: Example,
) -> None:
    raw = example.raw("recovery code")
    assert recovery.shown(SecretBytes.copy_of(raw)).decode() == example.values["shown as"]
    assert bytes(recovery.parse(example.values["shown as"]).view()) == raw


def test_the_database_key_of_the_example_is_what_the_formula_gives(example: Example) -> None:
    info = _framed(b"panah/v1", b"purpose", b"database")
    key = _hkdf(example.raw("vmk"), example.raw("vault id"), info)
    assert key == example.raw("database key")


def test_the_example_opens_by_each_of_its_slots(example: Example, tmp_path: Path) -> None:
    (tmp_path / "header.json").write_bytes(example.file)
    keyring = MemoryKeyring()
    secret = SecretBytes.copy_of(example.raw("keyring secret"))
    keyring.put(example.members["keyring_item"], secret)
    passphrase = bytearray(example.values["passphrase"], "utf-8")
    credentials: list[tuple[unlock.Credential, MemoryKeyring | None]] = [
        (unlock.PassphraseCredential(passphrase=passphrase), keyring),
        (unlock.PassphraseCredential(passphrase=passphrase), None),
        (unlock.KeyringCredential(), keyring),
        (
            unlock.RecoveryCredential(code=SecretBytes.copy_of(example.raw("recovery code"))),
            None,
        ),
    ]
    for credential, store in credentials:
        opened = unlock.unlock(tmp_path, credential, store)
        assert bytes(opened.vmk.view()) == example.raw("vmk")


def test_the_example_is_written_again_byte_for_byte(example: Example) -> None:
    header = header_json.parse(example.file).header
    vmk = SecretBytes.copy_of(example.raw("vmk"))
    assert header_json.encode(header, vmk) == example.file
