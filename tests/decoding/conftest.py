# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decoders that tests share, because starting a process costs a tenth of a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from vault.decoding.client import Decoder
from vault.decoding.frames import Request

PROBING_COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("probing_worker.py")))

Probe = Callable[..., str]


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    """The real process."""
    with Decoder(time_limit=30) as real:
        yield real


@pytest.fixture(scope="module")
def prober() -> Iterator[Decoder]:
    """A process, confined like the real one, that can also be asked about itself."""
    with Decoder(time_limit=30, command=PROBING_COMMAND) as probing:
        yield probing


@pytest.fixture
def probe(prober: Decoder) -> Probe:
    """Ask the probing process one thing."""

    def ask(task: str, body: bytes = b"", **numbers: int) -> str:
        return ask_of(prober, task, body, **numbers)

    return ask


def ask_of(decoder: Decoder, task: str, body: bytes = b"", **numbers: int) -> str:
    """Ask any decoder for a task of the probing process."""
    _, answer = decoder._one(Request(task, numbers), body)
    (said,) = msgspec.json.decode(answer, type=tuple[str])
    return said
