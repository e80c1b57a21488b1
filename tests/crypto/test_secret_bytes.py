# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Secrets end when they are told to, and show nothing before."""

from __future__ import annotations

import copy

import pytest

from vault.crypto.errors import SecretGone
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug


def test_wiping_zeroes_the_very_buffer_that_was_taken() -> None:
    buffer = bytearray(b"sixteen letters!")
    SecretBytes(buffer).wipe()
    assert buffer == bytes(16)


def test_leaving_the_block_wipes_even_when_it_fails() -> None:
    buffer = bytearray(b"key")
    with pytest.raises(ZeroDivisionError), SecretBytes(buffer):
        _ = 1 / 0
    assert buffer == bytes(3)


def test_a_wiped_secret_refuses_every_use() -> None:
    secret = SecretBytes.random()
    secret.wipe()
    for use in (secret.view, secret.copy, lambda: secret.equals(SecretBytes.random())):
        with pytest.raises(SecretGone):
            use()
    assert issubclass(SecretGone, VaultBug)


def test_wiping_twice_is_allowed() -> None:
    secret = SecretBytes.random()
    secret.wipe()
    secret.wipe()
    assert repr(secret) == "<SecretBytes wiped>"


def test_a_secret_that_nobody_wiped_is_wiped_at_its_end() -> None:
    seen: list[bytes] = []

    class Watched(bytearray):
        def __del__(self) -> None:
            seen.append(bytes(self))

    secret = SecretBytes(Watched(b"forgotten"))
    del secret
    assert seen == [bytes(9)]


def test_a_view_of_a_temporary_secret_is_not_turned_into_zeros() -> None:
    assert bytes(SecretBytes.copy_of(b"still here").view()) == b"still here"


def test_a_copy_has_an_end_of_its_own_and_the_source_is_left() -> None:
    source = bytearray(b"source")
    first = SecretBytes.copy_of(source)
    second = first.copy()
    first.wipe()
    assert source == b"source"
    assert second.view() == b"source"


def test_secrets_are_compared_by_content_only_when_asked() -> None:
    first, second = SecretBytes.copy_of(b"same"), SecretBytes.copy_of(b"same")
    assert first.equals(second)
    assert not first.equals(SecretBytes.copy_of(b"else"))
    assert first != second


def test_neither_repr_nor_str_shows_the_content() -> None:
    secret = SecretBytes.copy_of(b"very secret")
    assert repr(secret) == str(secret) == "<SecretBytes 11 bytes>"


@pytest.mark.parametrize("leak", [copy.copy, copy.deepcopy, lambda secret: secret.__reduce_ex__(4)])
def test_a_secret_cannot_be_pickled_or_copied_by_accident(leak: object) -> None:
    assert callable(leak)
    with pytest.raises(TypeError, match="cannot be pickled"):
        leak(SecretBytes.random())


def test_random_secrets_differ_and_have_the_length_asked_for() -> None:
    assert not SecretBytes.random().equals(SecretBytes.random())
    assert [len(SecretBytes.random(length)) for length in (16, 32, 64)] == [16, 32, 64]
