# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers between the program and its decoding process.

One frame is the length of the head (4 bytes, big-endian), the length of the body (8 bytes,
big-endian), the head (JSON, an object) and the body (raw bytes). Both lengths are checked
against limits before anything of that length is read. Neither side trusts the other: the
process has opened hostile files, and its answers are parsed against fixed types.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, Final, TypeVar

import msgspec

from vault.decoding.limits import MAX_HEAD_BYTES

_LENGTHS: Final = struct.Struct(">IQ")


class FrameBroken(Exception):
    """The other side ended in the middle of a frame, or sent none that may be accepted."""


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of a request: what to do with the body, and by which numbers."""

    task: str
    numbers: dict[str, int] = {}


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of an answer. `error` names a code and has its details; `more` announces another."""

    error: str = ""
    details: dict[str, int | str] = {}
    numbers: dict[str, int] = {}
    words: dict[str, str] = {}
    more: bool = False


Head = TypeVar("Head", Request, Answer)


@dataclass(frozen=True, slots=True)
class Lengths:
    """What may be accepted of the other side, in bytes."""

    body: int
    head: int = MAX_HEAD_BYTES


def write_frame(sink: IO[bytes], head: Request | Answer, body: bytes | memoryview = b"") -> None:
    """Write one frame and flush it; raise `OSError` when the other side has gone."""
    encoded = msgspec.json.encode(head)
    sink.write(_LENGTHS.pack(len(encoded), len(body)) + encoded)
    if body:
        sink.write(body)
    sink.flush()


def read_frame(
    source: IO[bytes], kind: type[Head], lengths: Lengths
) -> tuple[Head, bytearray] | None:
    """Read one frame, or return None at a clean end; raise `FrameBroken` for anything else."""
    first = source.read(_LENGTHS.size)
    if not first:
        return None
    if len(first) != _LENGTHS.size:
        raise FrameBroken
    head_length, body_length = _LENGTHS.unpack(first)
    if head_length > lengths.head or body_length > lengths.body:
        raise FrameBroken
    encoded = _exactly(source, head_length)
    try:
        head = msgspec.json.decode(encoded, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as err:
        raise FrameBroken from err
    return head, _exactly(source, body_length)


def _exactly(source: IO[bytes], length: int) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    filled = 0
    while filled < length:
        got = source.readinto(view[filled:])  # type: ignore[attr-defined]  # pipes have it, IO does not say so
        if not got:
            raise FrameBroken
        filled += got
    return buffer
