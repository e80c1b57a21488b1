# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Encrypted objects: round trips, random access, and that every change is refused."""

from __future__ import annotations

import io
import os
import tracemalloc
from pathlib import Path
from typing import Final

import hypothesis
import hypothesis.strategies as st
import pytest
from cryptography.cobblestone import Cobblestone256Decryptor

from vault.crypto import chunked
from vault.crypto.chunked import (
    CHUNK_BYTES,
    ChunkedReader,
    ChunkedWriter,
    ciphertext_length,
    encrypt_stream,
)
from vault.crypto.errors import CryptoError, ObjectTampered, WrongKey
from vault.crypto.secret_bytes import SecretBytes
from vault.progress import Cancelled, Progress, Step

KEY: Final = SecretBytes.copy_of(bytes(range(32)))
CONTEXT: Final = b"vault id, object id, version"
# Every way in which a length can stand to the chunks and to the batches of 64 chunks.
LENGTHS: Final = (0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES)
BATCH: Final = 64 * CHUNK_BYTES


def sealed(plain: bytes, context: bytes = CONTEXT) -> bytes:
    sink = io.BytesIO()
    assert encrypt_stream(KEY, context, io.BytesIO(plain), sink) == len(plain)
    return sink.getvalue()


def opened(ciphertext: bytes, context: bytes = CONTEXT, key: SecretBytes = KEY) -> bytes:
    with ChunkedReader(key, context, io.BytesIO(ciphertext)) as reader:
        return reader.read()


@pytest.mark.parametrize("length", [*LENGTHS, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH + 5])
def test_what_went_in_comes_out_and_the_driver_reads_it_too(length: int) -> None:
    plain = os.urandom(length)
    ciphertext = sealed(plain)
    assert opened(ciphertext) == plain
    theirs = Cobblestone256Decryptor(KEY.view(), CONTEXT)
    assert theirs.update(ciphertext) + theirs.finalize() == plain
    assert len(ciphertext) == ciphertext_length(length)
    assert chunked.plain_length(len(ciphertext)) == length


@hypothesis.given(st.integers(min_value=0, max_value=1 << 48))
def test_the_two_lengths_are_inverse(length: int) -> None:
    assert chunked.plain_length(ciphertext_length(length)) == length


@hypothesis.given(st.integers(min_value=0, max_value=1 << 48))
def test_a_length_is_either_one_that_we_write_or_refused(length: int) -> None:
    try:
        plain = chunked.plain_length(length)
    except ObjectTampered:
        return
    assert ciphertext_length(plain) == length


@hypothesis.given(st.lists(st.integers(min_value=0, max_value=BATCH + 9), max_size=5))
def test_it_does_not_matter_in_which_pieces_an_object_is_written(pieces: list[int]) -> None:
    plain = os.urandom(sum(pieces))
    sink = io.BytesIO()
    writer = ChunkedWriter(KEY, CONTEXT, sink)
    at = 0
    for piece in pieces:
        assert writer.write(memoryview(plain)[at : at + piece]) == piece
        at += piece
    writer.finish()
    assert opened(sink.getvalue()) == plain


def test_an_object_that_was_not_finished_is_refused() -> None:
    sink = io.BytesIO()
    ChunkedWriter(KEY, CONTEXT, sink).write(bytes(3 * CHUNK_BYTES))
    with pytest.raises(CryptoError):
        opened(sink.getvalue())


class TestRandomAccess:
    plain: Final = os.urandom(BATCH + 3 * CHUNK_BYTES + 77)
    ciphertext: Final = sealed(plain)

    @hypothesis.given(
        st.lists(
            st.tuples(
                st.integers(min_value=0, max_value=len(plain) + 10),
                st.integers(min_value=0, max_value=3 * CHUNK_BYTES),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_every_part_reads_as_in_the_plain_file(self, parts: list[tuple[int, int]]) -> None:
        reader = ChunkedReader(KEY, CONTEXT, io.BytesIO(self.ciphertext))
        for start, count in parts:
            assert reader.seek(start) == start
            assert reader.read(count) == self.plain[start : start + count]
            assert reader.tell() == start + len(self.plain[start : start + count])

    def test_seeking_from_the_end_and_from_here(self) -> None:
        reader = ChunkedReader(KEY, CONTEXT, io.BytesIO(self.ciphertext))
        assert reader.seek(-7, io.SEEK_END) == len(self.plain) - 7
        assert reader.read() == self.plain[-7:]
        reader.seek(100)
        assert reader.seek(-50, io.SEEK_CUR) == 50
        with pytest.raises(ValueError, match="not negative"):
            reader.seek(-1)

    def test_the_length_is_known_at_once(self) -> None:
        reader = ChunkedReader(KEY, CONTEXT, io.BytesIO(self.ciphertext))
        assert reader.plain_length == len(self.plain)
        assert reader.readable()
        assert reader.seekable()

    def test_a_buffered_reader_can_stand_on_it(self) -> None:
        raw = ChunkedReader(KEY, CONTEXT, io.BytesIO(self.ciphertext))
        with io.BufferedReader(raw) as reader:
            reader.seek(12345)
            assert reader.read(10) == self.plain[12345:12355]


class TestTampering:
    plain: Final = os.urandom(CHUNK_BYTES + 40)
    ciphertext: Final = sealed(plain)

    def test_every_flipped_bit_of_a_small_object_is_refused(self) -> None:
        small = sealed(b"an exhibit of few words")
        for bit in range(len(small) * 8):
            changed = bytearray(small)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises((WrongKey, ObjectTampered)):
                opened(bytes(changed))

    def test_every_truncation_of_a_small_object_is_refused(self) -> None:
        small = sealed(b"an exhibit of few words")
        for length in range(len(small)):
            with pytest.raises(CryptoError):
                opened(small[:length])

    @hypothesis.given(st.integers(min_value=0, max_value=len(ciphertext) - 1))
    def test_a_truncation_of_a_larger_object_is_refused_when_it_is_opened(
        self, length: int
    ) -> None:
        with pytest.raises(CryptoError):
            ChunkedReader(KEY, CONTEXT, io.BytesIO(self.ciphertext[:length]))

    @hypothesis.given(st.integers(min_value=0, max_value=len(ciphertext) * 8 - 1))
    def test_a_flipped_bit_anywhere_is_refused(self, bit: int) -> None:
        changed = bytearray(self.ciphertext)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CryptoError):
            opened(bytes(changed))

    @hypothesis.given(st.binary(min_size=1, max_size=40))
    def test_something_appended_is_refused(self, more: bytes) -> None:
        with pytest.raises(ObjectTampered):
            opened(self.ciphertext + more)

    def test_the_last_chunk_taken_away_is_refused(self) -> None:
        with pytest.raises(ObjectTampered):
            opened(self.ciphertext[: 56 + CHUNK_BYTES + 16])

    def test_two_chunks_exchanged_are_refused_by_number(self) -> None:
        three = sealed(os.urandom(2 * CHUNK_BYTES + 1))
        size = CHUNK_BYTES + 16
        swapped = three[:56] + three[56 + size : 56 + 2 * size] + three[56 : 56 + size]
        with pytest.raises(ObjectTampered) as caught:
            opened(swapped + three[56 + 2 * size :])
        assert caught.value.details["chunk"] == 0

    def test_an_object_in_the_place_of_another_is_refused(self) -> None:
        with pytest.raises(WrongKey):
            opened(self.ciphertext, context=b"vault id, other object id, version")

    def test_the_key_of_another_object_is_refused(self) -> None:
        with pytest.raises(WrongKey):
            opened(self.ciphertext, key=SecretBytes.random())

    def test_nothing_of_a_changed_chunk_is_given_out(self) -> None:
        changed = bytearray(self.ciphertext)
        changed[56 + CHUNK_BYTES // 2] ^= 1
        reader = ChunkedReader(KEY, CONTEXT, io.BytesIO(bytes(changed)))
        buffer = bytearray(100)
        with pytest.raises(ObjectTampered):
            reader.readinto(buffer)
        assert buffer == bytes(100)

    def test_a_file_that_shrinks_while_it_is_open_is_refused(self) -> None:
        source = io.BytesIO(sealed(os.urandom(3 * CHUNK_BYTES)))
        reader = ChunkedReader(KEY, CONTEXT, source)
        source.truncate(1000)
        with pytest.raises(ObjectTampered):
            reader.read()


def test_a_closed_reader_gives_nothing_and_has_closed_its_source() -> None:
    source = io.BytesIO(sealed(b"content"))
    reader = ChunkedReader(KEY, CONTEXT, source)
    reader.close()
    reader.close()
    assert source.closed
    assert reader._cache == bytes(CHUNK_BYTES)
    assert not hasattr(reader, "_aead")
    with pytest.raises(ValueError, match="closed"):
        reader.read()


def test_the_key_may_be_wiped_once_the_reader_is_open() -> None:
    key = KEY.copy()
    reader = ChunkedReader(key, CONTEXT, io.BytesIO(sealed(b"content")))
    key.wipe()
    assert reader.read() == b"content"


def test_two_objects_of_the_same_bytes_have_nothing_in_common() -> None:
    first, second = sealed(b"same"), sealed(b"same")
    assert first[:24] != second[:24]
    assert first[24:] != second[24:]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_a_bug(length: int) -> None:
    short = SecretBytes(bytearray(length))
    with pytest.raises(ValueError, match="32 bytes"):
        encrypt_stream(short, b"", io.BytesIO(), io.BytesIO())
    with pytest.raises(ValueError, match="32 bytes"):
        ChunkedReader(short, b"", io.BytesIO(sealed(b"")))


class ShortWrites(io.BytesIO):
    """An unbuffered file on a pipe: it takes what it likes."""

    def write(self, data: object, /) -> int:
        return super().write(memoryview(data)[:1000])  # type: ignore[arg-type]  # a buffer always


def test_a_sink_that_takes_a_part_at_a_time_loses_nothing() -> None:
    plain = os.urandom(5000)
    sink = ShortWrites()
    encrypt_stream(KEY, CONTEXT, io.BytesIO(plain), sink)
    assert opened(sink.getvalue()) == plain


def test_progress_is_told_and_the_work_can_be_cancelled() -> None:
    steps: list[Step] = []
    watching = Progress(steps.append, min_interval=0)
    encrypt_stream(KEY, CONTEXT, io.BytesIO(bytes(BATCH + 1)), io.BytesIO(), progress=watching)
    assert [step.done for step in steps] == [BATCH, BATCH + 1, BATCH + 1]
    assert steps[-1].total == BATCH + 1
    watching.cancel()
    sink = io.BytesIO()
    with pytest.raises(Cancelled):
        encrypt_stream(KEY, CONTEXT, io.BytesIO(bytes(BATCH * 2)), sink, progress=watching)
    with pytest.raises(CryptoError):
        opened(sink.getvalue())


class Endless(io.RawIOBase):
    """64 MiB that are nowhere in memory."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._left = length

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1, /) -> bytes:
        taken = min(count, self._left)
        self._left -= taken
        return bytes(taken)


def test_64_mib_go_through_in_a_few_mib_of_memory(tmp_path: Path) -> None:
    length = 64 * 1024 * 1024
    path = tmp_path / "object"
    tracemalloc.start()
    with path.open("wb") as sink:
        encrypt_stream(KEY, CONTEXT, Endless(length), sink)  # type: ignore[arg-type]  # reads as BinaryIO does
    with ChunkedReader(KEY, CONTEXT, path.open("rb")) as reader:
        buffer = bytearray(BATCH)
        total = 0
        while count := reader.readinto(buffer):
            total += count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == length
    assert peak < 16 * 1024 * 1024
