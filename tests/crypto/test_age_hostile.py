# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""age files made by somebody who means harm: changed, cut, endless, and spelled otherwise."""

from __future__ import annotations

import io
import os
import tracemalloc
from typing import Final

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto.age_file import (
    HybridIdentity,
    Identity,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    encrypt,
    open_age,
)
from vault.crypto.age_stanzas import LineSource, Stanza, read_header, written_header
from vault.crypto.errors import (
    AgeError,
    ArmorMalformed,
    HeaderTampered,
    NotAnAgeFile,
    PayloadTampered,
)
from vault.crypto.secret_bytes import SecretBytes

CLASSICAL: Final = X25519Identity.generate()
HYBRID: Final = HybridIdentity.generate()
PASSPHRASE: Final = bytearray(b"passphrase")


def sealed(plain: bytes, *, armor: bool = False, hybrid: bool = False) -> bytes:
    sink = io.BytesIO()
    recipient = HYBRID.recipient() if hybrid else CLASSICAL.recipient()
    encrypt([recipient], io.BytesIO(plain), sink, armor=armor)
    return sink.getvalue()


def opened(data: bytes, identity: Identity = CLASSICAL) -> bytes:
    return open_age([identity], io.BytesIO(data)).read()


SMALL: Final = sealed(b"a few words")
LARGE: Final = sealed(os.urandom(2 * 64 * 1024 + 5))
ARMORED: Final = sealed(os.urandom(100), armor=True)
POST_QUANTUM: Final = sealed(b"a few words", hybrid=True)


def test_every_flipped_bit_of_a_small_file_is_refused() -> None:
    for bit in range(len(SMALL) * 8):
        changed = bytearray(SMALL)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(AgeError):
            opened(bytes(changed))


def test_every_truncation_of_a_small_file_is_refused() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(AgeError):
            opened(SMALL[:length])


@hypothesis.given(st.integers(min_value=0, max_value=len(POST_QUANTUM) * 8 - 1))
def test_a_flipped_bit_of_a_hybrid_file_is_refused(bit: int) -> None:
    changed = bytearray(POST_QUANTUM)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AgeError):
        opened(bytes(changed), HYBRID)


@hypothesis.given(st.integers(min_value=0, max_value=len(LARGE) * 8 - 1))
def test_a_flipped_bit_of_a_large_file_is_refused(bit: int) -> None:
    changed = bytearray(LARGE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AgeError):
        opened(bytes(changed))


@hypothesis.given(st.integers(min_value=0, max_value=len(LARGE) - 1))
def test_a_truncation_of_a_large_file_is_refused(length: int) -> None:
    with pytest.raises(AgeError):
        opened(LARGE[:length])


@hypothesis.given(st.binary(min_size=1, max_size=100))
def test_something_appended_is_refused(more: bytes) -> None:
    for data in (SMALL, LARGE):
        with pytest.raises(PayloadTampered):
            opened(data + more)


def test_a_fault_is_told_again_at_every_later_read() -> None:
    reader = open_age([CLASSICAL], io.BytesIO(LARGE[:-1]))
    first = reader.read(3 * 64 * 1024)
    assert len(first) == 2 * 64 * 1024
    for _ in range(2):
        with pytest.raises(PayloadTampered) as caught:
            reader.read(1)
        assert caught.value.details == {"chunk": 2}


def test_a_reader_that_tries_again_does_not_get_past_an_inserted_chunk() -> None:
    payload = LARGE.index(b"\n--- ") + 1 + len("--- ") + 43 + 1 + 16
    inserted = LARGE[:payload] + bytes(64 * 1024 + 16) + LARGE[payload:]
    reader = open_age([CLASSICAL], io.BytesIO(inserted))
    for _ in range(3):
        with pytest.raises(PayloadTampered):
            reader.read(1)


@hypothesis.given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_in_another_way(data: bytes) -> None:
    starts = (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 ")
    for untrusted in (start + data for start in starts):
        with pytest.raises(AgeError):
            opened(untrusted)


@hypothesis.given(st.integers(min_value=0, max_value=len(ARMORED) - 1), st.integers(0, 255))
def test_a_changed_byte_of_armor_is_refused_or_was_only_white_space_outside(
    place: int, code: int
) -> None:
    changed = bytearray(ARMORED)
    changed[place] = code
    try:
        plain = opened(bytes(changed))
    except AgeError:
        return
    assert bytes(changed).strip() == ARMORED.strip()
    assert plain == opened(ARMORED)


@pytest.mark.parametrize(
    "wrapped",
    [
        b"  \r\n\t" + ARMORED,
        ARMORED + b"\n \r\n",
        ARMORED.replace(b"\n", b"\r\n"),
        ARMORED.rstrip(b"\n"),
    ],
    ids=["before", "after", "windows", "no last line feed"],
)
def test_white_space_around_armor_and_windows_line_ends_are_tolerated(wrapped: bytes) -> None:
    assert opened(wrapped) == opened(ARMORED)


@pytest.mark.parametrize(
    "wrapped",
    [
        b"-----BEGIN AGE ENCRYPTED FILE-----",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        ARMORED.replace(b"-----END AGE", b"-----END PGP"),
        ARMORED + b"and more",
        ARMORED + b" " * 2000,
        ARMORED.replace(b"\n", b"\n\n", 2),
        ARMORED.replace(b"-----\n", b"----- \n", 1),
    ],
    ids=["begin only", "begin line only", "other end", "more", "much", "empty line", "space"],
)
def test_armor_that_is_spelled_otherwise_is_refused(wrapped: bytes) -> None:
    with pytest.raises(ArmorMalformed):
        opened(wrapped)


def test_a_version_of_tomorrow_is_named_and_not_tried() -> None:
    with pytest.raises(NotAnAgeFile) as caught:
        opened(SMALL.replace(b"org/v1", b"org/v2", 1))
    assert caught.value.details == {"reason": "version"}
    with pytest.raises(NotAnAgeFile) as caught:
        opened(b"PK\x03\x04 something else")
    assert caught.value.details == {"reason": "magic"}


def test_a_passphrase_beside_a_key_is_refused_for_both() -> None:
    with SecretBytes.random(16) as file_key:
        stanzas = [ScryptRecipient(PASSPHRASE, 4).wrap(file_key)]
        stanzas.append(CLASSICAL.recipient().wrap(file_key))
        data = written_header(stanzas, file_key) + bytes(100)
    for identity in (CLASSICAL, ScryptIdentity(PASSPHRASE)):
        with pytest.raises(HeaderTampered) as caught:
            opened(data, identity)
        assert caught.value.details == {"reason": "passphrase not alone"}


def test_a_stanza_added_by_somebody_else_is_refused_by_the_mac() -> None:
    end = SMALL.index(b"---")
    with pytest.raises(HeaderTampered) as caught:
        opened(SMALL[:end] + b"-> example.com/other x\n\n" + SMALL[end:])
    assert caught.value.details == {"reason": "mac"}


def test_stanzas_of_unknown_kinds_are_passed_over() -> None:
    with SecretBytes.random(16) as file_key:
        header = written_header([CLASSICAL.recipient().wrap(file_key)], file_key)
        unknown = b"-> example.com/grease arguments here\nAAAA\n"
        start = header.index(b"->")
        parsed = read_header(
            LineSource(io.BytesIO(header[:start] + unknown + header[start:] + b"payload"))
        )
    assert [stanza.kind for stanza in parsed.stanzas] == ["example.com/grease", "X25519"]


@hypothesis.given(
    st.lists(
        st.tuples(
            st.lists(
                st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1),
                min_size=1,
                max_size=4,
            ),
            st.binary(max_size=200),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_header_that_can_be_written_is_read_back(
    stanzas: list[tuple[list[str], bytes]],
) -> None:
    written = [Stanza(tuple(arguments), body) for arguments, body in stanzas]
    with SecretBytes.random(16) as file_key:
        source = LineSource(io.BytesIO(written_header(written, file_key) + b"payload"))
        header = read_header(source)
        header.check(file_key)
    assert list(header.stanzas) == written
    assert source.read(100) == b"payload"


def test_as_many_recipients_as_an_office_may_have_are_read_and_more_are_refused() -> None:
    with SecretBytes.random(16) as file_key:
        stanza = CLASSICAL.recipient().wrap(file_key)
        most = read_header(LineSource(io.BytesIO(written_header([stanza] * 512, file_key))))
        assert len(most.stanzas) == 512
        with pytest.raises(HeaderTampered):
            read_header(LineSource(io.BytesIO(written_header([stanza] * 513, file_key))))


class Endless(io.RawIOBase):
    """A file that never ends, and of which no more than a bounded part may be asked for."""

    def __init__(self, start: bytes, repeated: bytes) -> None:
        super().__init__()
        self._start = start
        self._repeated = repeated
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1, /) -> bytes:
        assert 0 <= count <= 1 << 20
        past_start = self.given - len(self._start)
        if past_start < 0:
            data = self._start[past_start:][:count]
        else:
            phase = past_start % len(self._repeated)
            data = (self._repeated * (count // len(self._repeated) + 2))[phase : phase + count]
        self.given += len(data)
        # An assertion here would look like an error of the reader.
        if self.given > 64 * 1024 * 1024:
            pytest.fail("the reader reads on and on")
        return data


@pytest.mark.parametrize(
    "start, repeated",
    [
        (b"", b"a"),
        (b"", b" "),
        (b"age-encryption.org/", b"v"),
        (b"age-encryption.org/v1\n-> ", b"a"),
        (b"age-encryption.org/v1\n", b"-> X25519 a\n\n"),
        (b"age-encryption.org/v1\n-> a\n", b"A" * 64 + b"\n"),
        (b"age-encryption.org/v1\n-> a\n\n--- ", b"A"),
        (b"", b"\n"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"A"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"A" * 64 + b"\n"),
    ],
)
def test_an_endless_file_is_refused_in_bounded_memory(start: bytes, repeated: bytes) -> None:
    source = Endless(start, repeated)
    tracemalloc.start()
    with pytest.raises(AgeError):
        open_age([CLASSICAL], source)  # type: ignore[arg-type]  # reads as BinaryIO does
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert source.given < 4 * 1024 * 1024
    assert peak < 16 * 1024 * 1024
