# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decoding process holds nothing of ours and can reach nothing."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.decoding.conftest import PROBING_COMMAND, Probe, ask_of
from vault.decoding.client import Decoder
from vault.decoding.errors import DecodingTooLarge
from vault.decoding.limits import MEMORY_BYTES

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux enforces it; others report not")
REFUSED = "refused: Operation not permitted"


def offers_landlock() -> bool:
    """Ask the kernel itself for its Landlock (Linux 5.13, and not in every container)."""
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    return bool(syscall(444, None, ctypes.c_size_t(0), ctypes.c_uint32(1)) >= 1)


@linux
def test_everything_the_system_offers_is_enforced_and_reported(decoder: Decoder) -> None:
    held = decoder.confinement()

    assert (held.memory, held.network, held.files) == (True, True, offers_landlock())


@linux
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_no_socket_of_any_family_can_be_opened(probe: Probe, family: int) -> None:
    assert probe("open_socket", family=family) == REFUSED


@linux
def test_no_socket_can_be_opened_from_a_new_thread_either(probe: Probe) -> None:
    assert probe("open_socket_in_thread") == REFUSED


@linux
def test_the_back_door_of_io_uring_is_closed(probe: Probe) -> None:
    assert probe("set_up_io_uring") == "Operation not permitted"


@linux
@pytest.mark.parametrize("task", ["run_program", "fork", "end_parent"])
def test_no_other_process_can_be_made_or_touched(probe: Probe, task: str) -> None:
    assert probe(task) == REFUSED


def test_the_environment_holds_nothing_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PANAH_SECRET_OF_A_TEST", "must not arrive")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Decoder(command=PROBING_COMMAND) as fresh:
        held = ask_of(fresh, "environment")

    # Python itself sets the locale's coding when it starts in the plain C locale.
    assert "PANAH" not in held
    assert "PYTHONPATH" not in held
    assert "HOME" not in held
    assert "PATH'" not in held


def test_the_working_folder_is_the_root_and_no_argument_names_a_file(probe: Probe) -> None:
    assert probe("arguments") == str(([], Path(sys.executable).anchor))


def test_no_open_file_of_ours_is_inherited(tmp_path: Path) -> None:
    ours = (tmp_path / "case.txt").open("w", encoding="utf-8")
    with ours, Decoder(command=PROBING_COMMAND) as fresh:
        held = ask_of(fresh, "open_files")

    # The three standard ones, and the two copies of pipes that frames travel by.
    assert held == "[0, 1, 2, 3, 4]"


@linux
def test_a_file_of_the_user_can_neither_be_read_nor_written(probe: Probe, tmp_path: Path) -> None:
    secret = tmp_path / "header.json"
    secret.write_text("slots", encoding="utf-8")
    if not offers_landlock():
        # An older kernel; the limit on file sizes still stops every writing.
        assert probe("write_file", os.fsencode(tmp_path / "leak")).startswith("refused")
        return

    assert probe("read_file", os.fsencode(secret)) == "refused: Permission denied"
    assert probe("write_file", os.fsencode(tmp_path / "leak")) == "refused: Permission denied"
    assert not (tmp_path / "leak").exists()


@linux
def test_memory_is_bounded(prober: Decoder, probe: Probe) -> None:
    with pytest.raises(DecodingTooLarge) as refused:
        probe("take_memory", bytes=MEMORY_BYTES)

    assert refused.value.details["what"] == "memory"
    assert probe("take_memory", bytes=1000) == "1000"


def is_running(number: int) -> bool:
    """Tell a running process from none and from one that ended and waits to be counted."""
    try:
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    except OSError:
        return False
    return "State:\tZ" not in status


@linux
def test_the_process_ends_within_a_second_of_the_death_of_its_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("busy_parent.py"))], stdout=subprocess.PIPE
    )
    assert parent.stdout
    worker = int(parent.stdout.readline())
    parent.stdout.close()
    assert is_running(worker)

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    deadline = time.monotonic() + 1
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(worker)
