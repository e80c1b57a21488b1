# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/formats/objects.md is true: its examples are recomputed from its words, and by the code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import re
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.crypto import sshsig
from vault.crypto.chunked import ChunkedReader
from vault.crypto.padding import padded_length
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey

DOCUMENT: Final = (
    Path(__file__).parents[2].joinpath("docs", "formats", "objects.md").read_text(encoding="utf-8")
)
MESSAGE: Final = b"Panah, the refuge"


def value(name: str) -> str:
    """Return what the document gives for a name in its examples."""
    found = re.findall(rf"^    {re.escape(name)} += (\S.*?)$", DOCUMENT, re.MULTILINE)
    return str(found[-1])


def number_row(name: str) -> list[int]:
    row = re.search(rf"^\| {name} \|(.*)\|$", DOCUMENT, re.MULTILINE)
    assert row is not None
    return [int(cell.strip().replace(",", "")) for cell in row.group(1).split("|")]


def expanded(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-512, from the standard library only."""
    output = block = b""
    for count in range(1, 255):
        block = hmac.new(key, block + info + bytes([count]), hashlib.sha512).digest()
        output += block
        if len(output) >= length:
            break
    return output[:length]


def test_the_derivation_of_the_example_follows_from_the_words() -> None:
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"
    info += bytes.fromhex(value("salt")) + b"panah example"
    material = expanded(bytes.fromhex(value("key")), info, 76)
    assert material[:32].hex() == value("aead key")
    assert material[32:44].hex() == value("base nonce")
    assert material[44:].hex() == value("commitment")


def test_the_chunk_of_the_example_follows_from_the_words() -> None:
    cipher = AESGCM(bytes.fromhex(value("aead key")))
    sealed = cipher.encrypt(bytes.fromhex(value("base nonce")), MESSAGE, None)
    assert sealed.hex() == value("chunk 0")


def test_our_reader_opens_the_example() -> None:
    parts = (value("salt"), value("commitment"), value("chunk 0"))
    example = bytes.fromhex("".join(parts))
    assert len(example) == 89
    key = SecretBytes.copy_of(bytes.fromhex(value("key")))
    assert ChunkedReader(key, b"panah example", io.BytesIO(example)).read() == MESSAGE


def test_the_padded_lengths_are_ours() -> None:
    lengths = number_row("length")
    assert [padded_length(length) for length in lengths] == number_row("padded")


def test_the_signature_of_the_example_is_ours() -> None:
    key = SigningKey(SecretBytes.copy_of(bytes.fromhex(value("key"))))
    assert key.public.raw.hex() == value("public key")
    assert key.public.openssh() == value("line")
    assert len(value("line")) == 80
    assert key.public.fingerprint() == value("fingerprint")
    text = re.search(r"```\n(-----BEGIN SSH.*?)```", DOCUMENT, re.DOTALL)
    assert text is not None
    assert sshsig.sign(key, "panah-bundle", MESSAGE) == text.group(1)


def test_the_signature_of_the_example_has_the_layout_that_is_described() -> None:
    def string(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    key = SigningKey(SecretBytes.copy_of(bytes.fromhex(value("key"))))
    blob = string(b"ssh-ed25519") + string(bytes.fromhex(value("public key")))
    fields = string(b"panah-bundle") + string(b"") + string(b"sha512")
    signature = key.sign(b"SSHSIG" + fields + string(hashlib.sha512(MESSAGE).digest()))
    inner = string(b"ssh-ed25519") + string(signature)
    expected = b"SSHSIG" + (1).to_bytes(4, "big") + string(blob) + fields + string(inner)
    lines = sshsig.sign(key, "panah-bundle", MESSAGE).split("\n")
    assert base64.b64decode("".join(lines[1:-2])) == expected
