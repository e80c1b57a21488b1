# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Derivation: the published answers, the bounds, and that no two purposes share a key."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
import unicodedata
from collections.abc import Callable

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto import kdf
from vault.crypto.errors import KdfOutOfBounds, NotEnoughMemory, PassphraseNotText
from vault.crypto.kdf import Argon2Cost, Argon2Params, Purpose
from vault.crypto.secret_bytes import SecretBytes

SALT = bytes(range(16))


def params(memory_kib: int = 65536, iterations: int = 3, lanes: int = 4) -> Argon2Params:
    return Argon2Params(memory_kib=memory_kib, iterations=iterations, lanes=lanes, salt=SALT)


def test_argon2id_gives_the_answer_of_rfc_9106() -> None:
    # Section 5.3.
    example = Argon2Params(memory_kib=32, iterations=3, lanes=4, salt=b"\x02" * 16)
    key = kdf.derive_unchecked(
        bytearray(b"\x01" * 32),
        example,
        secret=SecretBytes.copy_of(b"\x03" * 8),
        associated=b"\x04" * 12,
    )
    assert key.view().hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@pytest.mark.parametrize(
    "ikm, salt, info, length, okm",
    [
        # RFC 5869, appendices A.1 and A.3.
        (
            b"\x0b" * 22,
            bytes(range(13)),
            bytes(range(0xF0, 0xFA)),
            42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            b"\x0b" * 22,
            b"",
            b"",
            42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_hkdf_gives_the_answers_of_rfc_5869(
    ikm: bytes, salt: bytes, info: bytes, length: int, okm: str
) -> None:
    derived = kdf.hkdf_sha256(SecretBytes.copy_of(ikm), salt=salt, info=info, length=length)
    assert derived.view().hex() == okm


@hypothesis.given(st.binary(min_size=1, max_size=100), st.binary(max_size=200))
def test_hmac_agrees_with_the_standard_library(key: bytes, data: bytes) -> None:
    ours = kdf.hmac_sha256(SecretBytes.copy_of(key), data)
    assert ours == hmac.new(key, data, hashlib.sha256).digest()


@pytest.mark.parametrize(
    "forged",
    [
        params(memory_kib=65535),
        params(memory_kib=2 * 1024 * 1024 + 1),
        params(iterations=2),
        params(iterations=21),
        params(lanes=0),
        params(lanes=17),
        Argon2Params(memory_kib=65536, iterations=3, lanes=4, salt=bytes(15)),
        Argon2Params(memory_kib=65536, iterations=3, lanes=4, salt=bytes(65)),
    ],
)
def test_parameters_that_weaken_or_exhaust_are_refused_before_deriving(
    forged: Argon2Params,
) -> None:
    started = time.process_time()
    with pytest.raises(KdfOutOfBounds):
        kdf.argon2id(bytearray(b"passphrase"), forged)
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize(
    "allowed",
    [params(), params(memory_kib=2 * 1024 * 1024, iterations=20), params(lanes=1), kdf.at_floor()],
)
def test_the_bounds_themselves_are_allowed(allowed: Argon2Params) -> None:
    kdf.check_bounds(allowed)
    assert allowed.memory_kib >= kdf.FLOOR.memory_kib


def test_the_keyring_secret_changes_the_key_and_the_rest_of_the_machine_runs_on() -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    ticker = threading.Thread(target=tick)
    ticker.start()
    alone = kdf.argon2id(bytearray(b"passphrase"), params())
    held = kdf.argon2id(bytearray(b"passphrase"), params(), secret=SecretBytes.copy_of(b"k" * 32))
    done.set()
    ticker.join()
    assert not alone.equals(held)
    # A derivation that held the GIL would leave no more than a tick or two.
    assert ticks > 4


@hypothesis.given(st.text(max_size=40))
def test_a_passphrase_typed_composed_or_decomposed_gives_the_same_bytes(text: str) -> None:
    hypothesis.assume(not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text))
    composed = kdf.normalise_passphrase(unicodedata.normalize("NFC", text))
    assert kdf.normalise_passphrase(unicodedata.normalize("NFD", text)) == composed
    assert composed.decode("utf-8") == unicodedata.normalize("NFC", text)


def test_half_a_character_is_refused_without_being_shown() -> None:
    with pytest.raises(PassphraseNotText) as caught:
        kdf.normalise_passphrase("secret\ud800")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "secret" not in str(caught.value)


def measured(seconds: float) -> Callable[[Argon2Cost], float]:
    return lambda cost: seconds


@pytest.mark.parametrize(
    "seconds, iterations", [(0.25, 12), (0.5, 6), (0.9, 3), (5.0, 3), (0.001, 20)]
)
def test_calibration_adds_passes_to_a_quick_machine_and_takes_none_from_a_slow_one(
    seconds: float, iterations: int
) -> None:
    chosen = kdf.calibrated(measure=measured(seconds))
    assert (chosen.memory_kib, chosen.iterations) == (256 * 1024, iterations)
    kdf.check_bounds(chosen)


def test_calibration_asks_for_less_memory_where_there_is_less() -> None:
    def small_machine(cost: Argon2Cost) -> float:
        if cost.memory_kib > 128 * 1024:
            raise NotEnoughMemory(memory_kib=cost.memory_kib)
        return 1.0

    assert kdf.calibrated(measure=small_machine).memory_kib == 128 * 1024


def test_calibration_gives_up_below_the_floor() -> None:
    def no_memory(cost: Argon2Cost) -> float:
        raise NotEnoughMemory(memory_kib=cost.memory_kib)

    with pytest.raises(NotEnoughMemory):
        kdf.calibrated(measure=no_memory)


def test_every_salt_is_new() -> None:
    assert kdf.at_floor().salt != kdf.at_floor().salt


def test_purposes_and_vaults_share_no_key() -> None:
    master = SecretBytes.copy_of(bytes(32))
    keys = {
        bytes(kdf.purpose_key(master, vault_id, purpose).view())
        for purpose in Purpose
        for vault_id in (b"a" * 16, b"b" * 16)
    }
    assert len(keys) == 2 * len(Purpose)


def test_the_key_of_a_purpose_never_changes() -> None:
    # Recomputed by hand from the format: a changed label would close every vault.
    vault_id = bytes(range(16))
    info = b"\0\0\0\x08panah/v1\0\0\0\x07purpose\0\0\0\x08database"
    extracted = hmac.new(vault_id, b"\x07" * 32, hashlib.sha256).digest()
    expected = hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
    master = SecretBytes.copy_of(b"\x07" * 32)
    assert kdf.purpose_key(master, vault_id, Purpose.DATABASE).view() == expected


def test_a_short_vault_id_is_a_bug() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        kdf.purpose_key(SecretBytes.random(), b"short", Purpose.AUDIT)


@hypothesis.given(st.lists(st.binary(max_size=8)), st.lists(st.binary(max_size=8)))
def test_no_two_lists_of_parts_are_framed_alike(first: list[bytes], second: list[bytes]) -> None:
    assert (kdf.framed(*first) == kdf.framed(*second)) == (first == second)
