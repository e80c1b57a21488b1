# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ed25519 keys: the published answer, and keys that are read strictly."""

from __future__ import annotations

import base64

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto.errors import BadPublicKey, BadSignature, SecretGone
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey, VerifyKey

# RFC 8032, section 7.1, test 2.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def key() -> SigningKey:
    return SigningKey.from_seed(SecretBytes.copy_of(SEED))


def test_the_answer_of_rfc_8032() -> None:
    assert key().public == VerifyKey(PUBLIC)
    assert key().sign(b"\x72") == SIGNATURE
    VerifyKey(PUBLIC).verify(SIGNATURE, b"\x72")


@hypothesis.given(st.binary(max_size=200))
def test_what_is_signed_is_verified_and_nothing_else(data: bytes) -> None:
    signature = key().sign(data)
    key().public.verify(signature, data)
    with pytest.raises(BadSignature):
        key().public.verify(signature, data + b"!")
    with pytest.raises(BadSignature):
        SigningKey.generate().public.verify(signature, data)


@hypothesis.given(st.integers(min_value=0, max_value=511))
def test_a_flipped_bit_of_a_signature_is_refused(bit: int) -> None:
    changed = bytearray(SIGNATURE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignature):
        VerifyKey(PUBLIC).verify(bytes(changed), b"\x72")


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(BadSignature):
        VerifyKey(PUBLIC).verify(bytes(length), b"")


def test_the_seed_can_be_stored_and_comes_back_as_the_same_key() -> None:
    stored = SigningKey.generate()
    with stored.seed() as seed:
        again = SigningKey.from_seed(seed)
    assert again.public == stored.public
    assert again.sign(b"x") == stored.sign(b"x")


def test_a_wiped_key_signs_no_more_but_is_still_known_by_its_public_half() -> None:
    wiped = key()
    wiped.wipe()
    with pytest.raises(SecretGone):
        wiped.sign(b"x")
    assert wiped.public == VerifyKey(PUBLIC)


def test_repr_shows_the_public_half_only() -> None:
    shown = repr(key())
    assert shown == f"<SigningKey {VerifyKey(PUBLIC).fingerprint()}>"
    assert base64.b64encode(SEED).decode("ascii") not in shown


@hypothesis.given(st.binary(min_size=32, max_size=32))
def test_the_openssh_form_is_read_back(raw: bytes) -> None:
    public = VerifyKey(raw)
    assert VerifyKey.parse_openssh(public.openssh()) == public
    assert VerifyKey.parse_openssh(public.openssh() + " somebody's key\n") == public


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 !!!!",
        "ssh-ed25519 кириллица",
        VerifyKey(PUBLIC).openssh()[:-1],
        VerifyKey(PUBLIC).openssh() + "AA",
        VerifyKey(PUBLIC).openssh().replace("ssh-ed25519 ", "ssh-ed25519 AAAA"),
    ],
)
def test_what_is_not_an_openssh_ed25519_key_is_refused(line: str) -> None:
    with pytest.raises(BadPublicKey):
        VerifyKey.parse_openssh(line)


@hypothesis.given(st.text(max_size=120))
def test_no_text_makes_the_reader_fail_in_another_way(text: str) -> None:
    try:
        parsed = VerifyKey.parse_openssh("ssh-ed25519 " + text)
    except BadPublicKey:
        return
    assert parsed.openssh().split()[1] == text.split(maxsplit=1)[0]


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_public_key_has_32_bytes(length: int) -> None:
    with pytest.raises(BadPublicKey):
        VerifyKey(bytes(length))
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey(SecretBytes(bytearray(length)))
