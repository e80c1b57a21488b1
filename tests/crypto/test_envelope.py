# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wrapped keys: what was wrapped comes back, and a wrong key is told from a changed one."""

from __future__ import annotations

from dataclasses import replace

import hypothesis
import hypothesis.strategies as st
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from vault.crypto.envelope import WrappedKey, unwrap_key, wrap_key
from vault.crypto.errors import Tampered, WrongKey
from vault.crypto.secret_bytes import SecretBytes

KEY = SecretBytes.copy_of(bytes(range(32)))
SECRET = SecretBytes.copy_of(b"the vault master key, 32 bytes!!")


def wrapped() -> WrappedKey:
    return wrap_key(KEY, SECRET, salt=b"salt", context=b"context")


@hypothesis.given(
    st.binary(min_size=16, max_size=64),
    st.binary(min_size=1, max_size=64),
    st.binary(max_size=32),
    st.binary(max_size=64),
)
def test_what_was_wrapped_comes_back(
    key: bytes, secret: bytes, salt: bytes, context: bytes
) -> None:
    input_key = SecretBytes.copy_of(key)
    result = wrap_key(input_key, SecretBytes.copy_of(secret), salt=salt, context=context)
    assert unwrap_key(input_key, result, salt=salt, context=context).view() == secret


def test_sizes_are_those_of_the_format() -> None:
    result = wrapped()
    sizes = (len(result.nonce), len(result.ciphertext), len(result.commitment))
    assert sizes == (12, 32 + 16, 32)


def test_another_key_is_wrong_and_nothing_else() -> None:
    with pytest.raises(WrongKey):
        unwrap_key(SecretBytes.random(), wrapped(), salt=b"salt", context=b"context")


def test_another_salt_belongs_to_another_key() -> None:
    with pytest.raises(WrongKey):
        unwrap_key(KEY, wrapped(), salt=b"Salt", context=b"context")


def test_a_changed_context_is_tampering() -> None:
    with pytest.raises(Tampered):
        unwrap_key(KEY, wrapped(), salt=b"salt", context=b"weaker")


@pytest.mark.parametrize("field, size", [("nonce", 12), ("ciphertext", 48), ("commitment", 32)])
def test_every_flipped_bit_is_refused(field: str, size: int) -> None:
    sound = wrapped()
    for bit in range(size * 8):
        changed = bytearray(getattr(sound, field))
        changed[bit // 8] ^= 1 << bit % 8
        expected = WrongKey if field == "commitment" else Tampered
        with pytest.raises(expected):
            unwrap_key(
                KEY, replace(sound, **{field: bytes(changed)}), salt=b"salt", context=b"context"
            )


@pytest.mark.parametrize("field", ["nonce", "ciphertext", "commitment"])
@pytest.mark.parametrize("length", [0, 1, 11, 13, 16, 47, 49, 31, 33])
def test_a_field_of_another_length_is_refused(field: str, length: int) -> None:
    changed = replace(wrapped(), **{field: bytes(length)})
    with pytest.raises((Tampered, WrongKey)):
        unwrap_key(KEY, changed, salt=b"salt", context=b"context")


def test_a_ciphertext_that_opens_under_two_keys_does_not_pass_the_commitment() -> None:
    # Whatever the cipher alone would accept, the commitment names one key: here the
    # ciphertext is right for the other key and the commitment is ours.
    other = SecretBytes.random()
    theirs = wrap_key(other, SECRET, salt=b"salt", context=b"context")
    with pytest.raises(Tampered):
        unwrap_key(
            KEY,
            replace(theirs, commitment=wrapped().commitment),
            salt=b"salt",
            context=b"context",
        )


def test_each_wrapping_has_a_nonce_of_its_own() -> None:
    assert wrapped().nonce != wrapped().nonce


def test_the_driver_gives_the_answer_of_rfc_8452() -> None:
    # Appendix C.2, the second example.
    sealed = AESGCMSIV(b"\x01" + bytes(31)).encrypt(b"\x03" + bytes(11), b"\x01" + bytes(7), None)
    assert sealed.hex() == "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"
