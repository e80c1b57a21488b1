# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The test vectors of C2SP for age, and files of another implementation (tests/vectors/age)."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from vault.crypto.age_file import Identity, ScryptIdentity, open_age, parse_identity
from vault.crypto.errors import (
    AgeError,
    ArmorMalformed,
    HeaderTampered,
    NoMatchingIdentity,
    NotAnAgeFile,
    PayloadTampered,
    WorkFactorTooHigh,
)
from vault.crypto.kdf import normalise_passphrase

VECTORS: Final = Path(__file__).parent.parent / "vectors" / "age"
NAMES: Final = sorted(path.name for path in (VECTORS / "testkit").iterdir())

ALLOWED: Final[dict[str, tuple[type[AgeError], ...]]] = {
    "no match": (NoMatchingIdentity,),
    "HMAC failure": (HeaderTampered,),
    "header failure": (HeaderTampered, NotAnAgeFile, WorkFactorTooHigh),
    "payload failure": (PayloadTampered,),
    "armor failure": (ArmorMalformed,),
}
# Where our errors draw the line elsewhere, each for its reason.
ALLOWED_FOR: Final[dict[str, type[AgeError]]] = {
    # Text before the first line of armor: nothing says that this was meant to be armor.
    "armor_garbage_leading": NotAnAgeFile,
    "armor_whitespace_begin": NotAnAgeFile,
    # The driver tells a point of low order and a wrong key by the same error.
    "hybrid_identity": NoMatchingIdentity,
    "hybrid_low_order": NoMatchingIdentity,
    # The payload's nonce is read with the payload.
    "stream_no_nonce": PayloadTampered,
    "stream_short_nonce": PayloadTampered,
}
# We look whether a chunk is the last one before we decrypt it, the authors of the vectors
# after: of these files we give out one chunk less.
RELEASED_LESS: Final = {
    "armor_garbage_encoded",
    "stream_no_final_full",
    "stream_no_final_two_chunks_full",
    "stream_trailing_garbage_long",
    "stream_trailing_garbage_short",
    "stream_two_final_chunks",
    "stream_two_final_chunks_full",
    "stream_two_final_chunks_second",
}


@dataclass(frozen=True, slots=True)
class Vector:
    head: dict[str, str]
    identities: list[Identity]
    file: bytes


def vector(name: str) -> Vector:
    head, _, file = (VECTORS / "testkit" / name).read_bytes().partition(b"\n\n")
    fields: dict[str, str] = {}
    identities: list[Identity] = []
    for line in head.decode("utf-8").split("\n"):
        field, _, value = line.partition(": ")
        fields[field] = value
        if field == "identity":
            identities.append(parse_identity(bytearray(value.encode("ascii"))))
        elif field == "passphrase":
            identities.append(ScryptIdentity(bytearray(value.encode("utf-8"))))
    if fields.get("compressed") == "zlib":
        file = zlib.decompress(file)
    return Vector(fields, identities, file)


def read(one: Vector) -> tuple[bytes, AgeError | None]:
    """Return what was given out, and the error that ended it."""
    released = bytearray()
    try:
        reader = open_age(one.identities, io.BytesIO(one.file))
        while part := reader.read(1000):
            released += part
    except AgeError as error:
        return bytes(released), error
    return bytes(released), None


def test_the_vectors_are_all_there() -> None:
    assert len(NAMES) == 143
    assert set(ALLOWED_FOR) | RELEASED_LESS <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_vector_opens_or_is_refused_as_its_head_says(name: str) -> None:
    one = vector(name)
    released, error = read(one)
    expected = one.head["expect"]
    if expected == "success":
        assert error is None
    else:
        allowed = ALLOWED_FOR[name] if name in ALLOWED_FOR else ALLOWED[expected]
        assert isinstance(error, allowed)
    digest = hashlib.sha256(released).hexdigest()
    if name in RELEASED_LESS:
        assert digest != one.head["payload"]
    else:
        assert digest == one.head.get("payload", hashlib.sha256(b"").hexdigest())


PLAIN: Final = b"A case file, sealed by another implementation.\n"
CLASSICAL: Final = b"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
HYBRID: Final = b"AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"


@pytest.mark.parametrize(
    "name, identity",
    [
        ("hybrid.age", parse_identity(bytearray(HYBRID))),
        ("x25519-armored.age", parse_identity(bytearray(CLASSICAL))),
        ("scrypt.age", ScryptIdentity(normalise_passphrase("Крепкий пароль"))),
    ],
)
def test_a_file_of_another_implementation_opens(name: str, identity: Identity) -> None:
    with (VECTORS / "typage" / name).open("rb") as source:
        assert open_age([identity], source).read() == PLAIN
