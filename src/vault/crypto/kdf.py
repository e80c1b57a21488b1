# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys from passphrases (Argon2id, RFC 9106) and keys from keys (HKDF-SHA256, RFC 5869)."""

from __future__ import annotations

import hmac
import math
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.crypto.errors import KdfOutOfBounds, NotEnoughMemory, PassphraseNotText
from vault.crypto.secret_bytes import SecretBytes

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_LONGEST_SALT: Final = 64
_MOST_LANES: Final = 16
_SHORTEST_VAULT_ID: Final = 16
_LABEL: Final = b"panah/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one derivation costs: memory in KiB, passes over it, and lanes."""

    memory_kib: int
    iterations: int
    lanes: int


DEFAULT: Final = Argon2Cost(memory_kib=256 * 1024, iterations=3, lanes=4)
"""RFC 9106 section 4 asks for as much memory as can be afforded; 0.8 s on the reference machine."""

FLOOR: Final = Argon2Cost(memory_kib=64 * 1024, iterations=3, lanes=1)
"""RFC 9106, second recommended option: a forged header must not make guessing cheaper."""

CEILING: Final = Argon2Cost(memory_kib=2 * 1024 * 1024, iterations=20, lanes=_MOST_LANES)
"""RFC 9106, first recommended option: a forged header must not exhaust the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Params:
    """The cost and the salt of one derivation, as they stand in a key slot."""

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes


def with_fresh_salt(cost: Argon2Cost) -> Argon2Params:
    """Return parameters of this cost with a new random salt of 16 bytes."""
    return Argon2Params(
        memory_kib=cost.memory_kib,
        iterations=cost.iterations,
        lanes=cost.lanes,
        salt=secrets.token_bytes(SALT_BYTES),
    )


def at_floor() -> Argon2Params:
    """Return the cheapest parameters that may be used, with a fresh salt."""
    return with_fresh_salt(Argon2Cost(memory_kib=64 * 1024, iterations=3, lanes=4))


def check_bounds(params: Argon2Params) -> None:
    """Raise `KdfOutOfBounds` unless every value lies between `FLOOR` and `CEILING`.

    To be called on what a header says before anything is derived or allocated.
    """
    bounded = (
        ("memory_kib", params.memory_kib, FLOOR.memory_kib, CEILING.memory_kib),
        ("iterations", params.iterations, FLOOR.iterations, CEILING.iterations),
        ("lanes", params.lanes, FLOOR.lanes, CEILING.lanes),
        ("salt_bytes", len(params.salt), SALT_BYTES, _LONGEST_SALT),
    )
    for name, value, lowest, highest in bounded:
        if not lowest <= value <= highest:
            raise KdfOutOfBounds(parameter=name, value=value, lowest=lowest, highest=highest)


def normalise_passphrase(text: str) -> bytearray:
    """Return the passphrase as UTF-8 of its NFC form, so that each keyboard gives the same bytes.

    The result is a secret and its caller's to zero. Raises `PassphraseNotText` for lone
    surrogates, without naming them.
    """
    try:
        return bytearray(unicodedata.normalize("NFC", text), "utf-8")
    except UnicodeEncodeError:
        # The original error carries the passphrase and must not be chained.
        raise PassphraseNotText from None


def argon2id(
    passphrase: bytearray, params: Argon2Params, *, secret: SecretBytes | None = None
) -> SecretBytes:
    """Return the 32-byte key of a passphrase; `secret` is Argon2's second, machine-held input.

    Releases the GIL while deriving. Raises `KdfOutOfBounds` before deriving and
    `NotEnoughMemory` when the machine cannot give the memory.
    """
    check_bounds(params)
    return derive_unchecked(passphrase, params, secret=secret)


def derive_unchecked(
    passphrase: bytearray,
    params: Argon2Params,
    *,
    secret: SecretBytes | None = None,
    associated: bytes | None = None,
) -> SecretBytes:
    """Derive without looking at the bounds: for known-answer tests, never for a vault."""
    key = SecretBytes(bytearray(KEY_BYTES))
    try:
        # The driver takes `secret` as bytes only: that one copy is freed here, not zeroed.
        derivation = Argon2id(
            salt=params.salt,
            length=KEY_BYTES,
            iterations=params.iterations,
            lanes=params.lanes,
            memory_cost=params.memory_kib,
            ad=associated,
            secret=None if secret is None else bytes(secret.view()),
        )
        derivation.derive_into(passphrase, key.view())  # type: ignore[arg-type]  # it takes any buffer; the stub says bytes
    except MemoryError as err:
        raise NotEnoughMemory(memory_kib=params.memory_kib) from err
    return key


def measured_seconds(cost: Argon2Cost) -> float:
    """Return how long one derivation of this cost takes here, now; raise `NotEnoughMemory`."""
    started = time.perf_counter()
    argon2id(bytearray(secrets.token_bytes(16)), with_fresh_salt(cost)).wipe()
    return time.perf_counter() - started


def calibrated(
    target_seconds: float = 1.0, *, measure: Callable[[Argon2Cost], float] = measured_seconds
) -> Argon2Params:
    """Return parameters that take about `target_seconds` on this machine, with a fresh salt.

    Starts at `DEFAULT` and only adds passes, up to `CEILING`: a slow machine keeps the
    default and takes longer. Where the memory cannot be had it is halved, down to `FLOOR`;
    below that `NotEnoughMemory` is raised.
    """
    cost, seconds = _affordable(measure)
    fitting = math.floor(DEFAULT.iterations * target_seconds / max(seconds, 1e-6))
    iterations = min(max(DEFAULT.iterations, fitting), CEILING.iterations)
    return with_fresh_salt(replace(cost, iterations=iterations))


def _affordable(measure: Callable[[Argon2Cost], float]) -> tuple[Argon2Cost, float]:
    """Return the default cost, with less memory where it must be, and its seconds."""
    cost = DEFAULT
    while True:
        try:
            return cost, measure(cost)
        except NotEnoughMemory:
            if cost.memory_kib <= FLOOR.memory_kib:
                raise
            cost = replace(cost, memory_kib=cost.memory_kib // 2)


def framed(*parts: bytes) -> bytes:
    """Join parts, each after its 4-byte length: no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def hkdf_sha256(key: SecretBytes, *, salt: bytes, info: bytes, length: int = 32) -> SecretBytes:
    """Return `length` bytes of HKDF-SHA256 (RFC 5869); an empty salt stands for 32 zero bytes."""
    derived = SecretBytes(bytearray(length))
    HKDF(hashes.SHA256(), length, salt, info).derive_into(key.view(), derived.view())
    return derived


class Purpose(Enum):
    """What a key derived from the vault master key is for; the value is its fixed label."""

    DATABASE = b"database"
    OBJECT_WRAPPING = b"object wrapping"
    HEADER_MAC = b"header mac"
    AUDIT = b"audit"
    DRAFTS = b"drafts"
    SIGNING_WRAPPING = b"signing wrapping"


def purpose_key(vmk: SecretBytes, vault_id: bytes, purpose: Purpose) -> SecretBytes:
    """Return the vault's 32-byte key for one purpose (docs/formats/vault.md).

    `vault_id` is the salt, at least 16 bytes; the label is length-prefixed after "panah/v1".
    """
    if len(vault_id) < _SHORTEST_VAULT_ID:
        message = "a vault id has at least 16 bytes"
        raise ValueError(message)
    info = framed(_LABEL, b"purpose", purpose.value)
    return hkdf_sha256(vmk, salt=vault_id, info=info, length=KEY_BYTES)


def hmac_sha256(key: SecretBytes, data: bytes) -> bytes:
    """Return the 32-byte HMAC-SHA256 of `data`, to be compared with `equal_in_constant_time`."""
    mac = HMAC(key.view(), hashes.SHA256())
    mac.update(data)
    return mac.finalize()


def equal_in_constant_time(a: bytes | bytearray, b: bytes | bytearray) -> bool:
    """Compare in a time that depends on the lengths only."""
    return hmac.compare_digest(a, b)
