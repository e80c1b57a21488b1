# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decoding process with tasks that misbehave or tell about themselves; started by tests only."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vault.decoding.frames import Answer
from vault.decoding.worker import TASKS, Reply, main

_IO_URING_SETUP = 425


def _said(value: object) -> Iterator[Reply]:
    yield Answer(), msgspec.json.encode([str(value)])


def sleep(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    time.sleep(600)
    yield Answer(), b""


def spin(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    while True:
        yield from ()


def die(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    ctypes.string_at(0)
    return _said("survived")


def environment(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(sorted(os.environ.items()))


def arguments(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said((sys.argv[1:], str(Path.cwd())))


def print_loudly(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    print("noise from a library")  # noqa: T201  # the noise is the test
    os.write(1, b"more noise")
    return _said("quiet")


def open_socket(_body: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(lambda: socket.socket(numbers["family"], socket.SOCK_STREAM)))


def open_socket_in_thread(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(_outcome(socket.socket)))
    thread.start()
    thread.join()
    return _said(outcomes[0])


def set_up_io_uring(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    libc = ctypes.CDLL(None, use_errno=True)
    parameters = ctypes.create_string_buffer(120)
    opened = libc.syscall(_IO_URING_SETUP, 4, parameters)
    return _said("opened" if opened >= 0 else os.strerror(ctypes.get_errno()))


def run_program(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(lambda: os.execv("/bin/true", ["true"])))  # noqa: S606  # must be refused


def fork(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(os.fork))


def end_parent(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(lambda: os.kill(os.getppid(), 15)))


def read_file(body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(lambda: Path(os.fsdecode(body)).read_bytes()))


def write_file(body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(_outcome(lambda: Path(os.fsdecode(body)).write_bytes(b"leak")))


def take_memory(_body: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(len(bytearray(numbers["bytes"])))


def open_files(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    found = []
    for number in range(256):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return _said(found)


def process_id(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    return _said(os.getpid())


def lying_picture(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    yield Answer(numbers={"width": 1000, "height": 1000}), b"too short"


def leaking_error(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    yield Answer(error="decoding.failed", details={"reason": "Тайное имя", "secret": "x"}), b""


def huge_answer(_body: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    yield Answer(details={"kind": "x" * 100_000}), b""


def _outcome(act: object) -> str:
    try:
        act()  # type: ignore[operator]  # a callable of any kind
    except OSError as err:
        return f"refused: {os.strerror(err.errno or 0)}"
    return "done"


PROBES = (
    sleep,
    spin,
    die,
    environment,
    arguments,
    print_loudly,
    open_socket,
    open_socket_in_thread,
    set_up_io_uring,
    run_program,
    fork,
    end_parent,
    read_file,
    write_file,
    take_memory,
    open_files,
    process_id,
    leaking_error,
    huge_answer,
)

if __name__ == "__main__":
    tasks = {**TASKS, **{probe.__name__: probe for probe in PROBES}, "picture": TASKS["picture"]}
    if sys.argv[1:] == ["--lie"]:
        tasks["picture"] = lying_picture
    sys.exit(main(tasks))
