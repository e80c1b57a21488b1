# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Frames: what one side wrote the other reads, and nothing else is accepted."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.decoding.frames import Answer, FrameBroken, Lengths, Request, read_frame, write_frame

SMALL = Lengths(body=1000, head=1000)


@given(
    st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.integers(0, 2**40)), st.binary()
)
def test_a_frame_comes_back_as_it_was(task: str, numbers: dict[str, int], body: bytes) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, Request(task, numbers), body)
    pipe.seek(0)

    assert read_frame(pipe, Request, SMALL) == (Request(task, numbers), bytearray(body))
    assert read_frame(pipe, Request, SMALL) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_frame_or_are_refused(untrusted: bytes) -> None:
    try:
        frame = read_frame(io.BytesIO(untrusted), Answer, SMALL)
    except FrameBroken:
        return
    assert frame is None or isinstance(frame[0], Answer)


@pytest.mark.parametrize("lengths", [(1001, 0), (2, 1001), (2**32 - 1, 0), (2, 2**63)])
def test_a_length_over_the_limit_is_refused_before_anything_is_read(
    lengths: tuple[int, int],
) -> None:
    with pytest.raises(FrameBroken):
        read_frame(io.BytesIO(struct.pack(">IQ", *lengths)), Answer, SMALL)


@pytest.mark.parametrize("cut", [1, 11, 12, 15, 25])
def test_a_frame_that_ends_early_is_refused(cut: int) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, Request("jpeg", {"max_side": 5}), b"body")

    with pytest.raises(FrameBroken):
        read_frame(io.BytesIO(pipe.getvalue()[:cut]), Request, SMALL)


def test_a_head_with_other_fields_is_refused() -> None:
    head = b'{"task":"jpeg","run":"this"}'

    with pytest.raises(FrameBroken):
        read_frame(io.BytesIO(struct.pack(">IQ", len(head), 0) + head), Request, SMALL)
