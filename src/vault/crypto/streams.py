# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least that is asked of a stream, so that files, pipes, sockets of tests and tar all fit."""

from __future__ import annotations

from typing import Protocol


class ByteSource(Protocol):
    """Where bytes come from."""

    def read(self, count: int, /) -> bytes:
        """Return up to `count` bytes, none only at the end."""
        ...


class ByteSink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Take some or all of the data and return how much."""
        ...


def write_all(sink: ByteSink, data: bytes | bytearray | memoryview) -> None:
    """Write everything, also to an unbuffered file that takes a part at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[sink.write(rest) :]
