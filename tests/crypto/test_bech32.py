# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bech32: the examples of BIP 173 and of age, and that one key has one text."""

from __future__ import annotations

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto import bech32
from vault.crypto.bech32 import NotBech32

PREFIXES = st.sampled_from(["age", "age1pq", "age-secret-key-", "a"])


@hypothesis.given(PREFIXES, st.binary(max_size=1300))
def test_what_was_encoded_is_decoded(prefix: str, data: bytes) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(prefix, text) == data
    assert bech32.decode(prefix, text.upper()) == data


@pytest.mark.parametrize(
    "prefix, text, data",
    [
        ("a", b"A12UEL5L", b""),
        (
            "abcdef",
            b"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
            bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"),
        ),
        (
            "age",
            b"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
            bytes.fromhex("132c442be010fbd57e726033 28aa76e71fccc1503aae219327d14d9c9993f472"),
        ),
    ],
)
def test_published_texts(prefix: str, text: bytes, data: bytes) -> None:
    assert bech32.decode(prefix, text) == data
    assert bech32.encode(prefix, data) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"1",
        b"age",
        b"age1",
        b"age1zvkyg",
        b"Age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        b"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk",
        b"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujw",
        b"bge1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        b"age1bvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        b"age1\xd0\xbfqqqqqqqqqq",
        b"age1" + b"q" * 5000,
    ],
)
def test_what_is_not_bech32_is_refused(text: bytes) -> None:
    with pytest.raises(NotBech32):
        bech32.decode("age", text)


@hypothesis.given(st.binary(min_size=32, max_size=32), st.integers(0, 57), st.integers(1, 31))
def test_one_wrong_letter_anywhere_is_noticed(data: bytes, place: int, shift: int) -> None:
    alphabet = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    text = bech32.encode("age", data)
    at = len("age1") + place
    text[at] = alphabet[(alphabet.index(text[at]) + shift) % 32]
    with pytest.raises(NotBech32):
        bech32.decode("age", text)


def test_padding_bits_that_are_not_zero_are_refused() -> None:
    # A text with a sound checksum whose last symbol carries two bits too many.
    values = bytearray([0, 1])
    checked = bytearray(bech32._expanded("age")) + values + bytes(6)
    checksum = bech32._polymod(checked) ^ 1
    symbols = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    text = b"age1" + bytes(symbols[value] for value in values)
    text += bytes(symbols[(checksum >> 5 * (5 - place)) & 31] for place in range(6))
    with pytest.raises(NotBech32):
        bech32.decode("age", text)


@hypothesis.given(st.binary(max_size=100))
def test_no_bytes_make_the_decoder_fail_in_another_way(text: bytes) -> None:
    with pytest.raises(NotBech32):
        bech32.decode("age", b"age1" + text)


def test_the_error_does_not_carry_the_text() -> None:
    with pytest.raises(NotBech32) as caught:
        bech32.decode("age-secret-key-", b"AGE-SECRET-KEY-1WRONG")
    assert caught.value.args == ()
