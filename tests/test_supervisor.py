# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The supervisor ends a locked session and all it started, and begins a fresh one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vault.supervisor import Supervisor

LOCKS_ONCE = """
import json, os, subprocess, sys, time
door = json.loads(sys.stdin.readline())
log = open(sys.argv[1], "a")
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print(os.getpid(), worker.pid, door.get("folder", ""), file=log, flush=True)
if door:
    worker.kill()
    sys.exit(7)
print("not json", flush=True)
print(json.dumps({"lock": {"folder": "/vaults/one.panah"}}), flush=True)
time.sleep(600)
"""

ENDS_WITH_ITS_SUPERVISOR = """
import sys, time
from vault.session_link import SessionLink
link = SessionLink()
link.watch()
print(open(sys.argv[1], "w").write("watching"), flush=True)
time.sleep(600)
"""

TELLS_ITS_SESSION = """
import subprocess, sys
from vault import supervisor as room

class Told(subprocess.Popen):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        open(sys.argv[1], "w").write(str(self.pid))

room.subprocess.Popen = Told
room.Supervisor(command=sys.argv[2:]).run()
"""


def is_gone(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return "State:\tZ" in status


def wait_until(condition: object, seconds: float = 10.0) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc; never run elsewhere")
def test_a_lock_ends_the_session_with_its_workers_and_starts_a_fresh_one(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = Supervisor(command=[sys.executable, "-c", LOCKS_ONCE, str(log)]).run()
    first, second = (line.split(" ") for line in log.read_text(encoding="utf-8").splitlines())
    assert code == 7
    assert is_gone(int(first[0]))
    assert is_gone(int(first[1])), "the worker of a locked session is still there"
    assert (first[2], second[2]) == ("", "/vaults/one.panah")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc; never run elsewhere")
def test_a_session_is_gone_within_a_second_of_asking(tmp_path: Path) -> None:
    supervisor = Supervisor(command=[sys.executable, "-c", LOCKS_ONCE, str(tmp_path / "log")])
    started = time.monotonic()
    session = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True
    )
    supervisor._session = session
    supervisor.end_session()
    assert session.returncode == -signal.SIGKILL
    assert time.monotonic() - started < 1.0


def test_a_session_that_ends_by_itself_ends_the_program(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.readline(); sys.exit(4)"]
    assert Supervisor(command=command).run() == 4


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc; never run elsewhere")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_a_session_does_not_outlive_its_supervisor(tmp_path: Path, blow: signal.Signals) -> None:
    mark, pid_file = tmp_path / "mark", tmp_path / "pid"
    command = [sys.executable, "-c", ENDS_WITH_ITS_SUPERVISOR, str(mark)]
    supervisor = subprocess.Popen(
        [
            sys.executable,
            "-c",
            TELLS_ITS_SESSION,
            str(pid_file),
            *command,
        ],
        env=os.environ | {"PYTHONPATH": "src"},
    )
    assert wait_until(
        lambda: mark.exists() and pid_file.exists() and pid_file.read_text(encoding="utf-8")
    )
    session = int(pid_file.read_text(encoding="utf-8"))
    supervisor.send_signal(blow)
    supervisor.wait(10)
    assert wait_until(lambda: is_gone(session))


def test_the_supervisor_imports_neither_qt_nor_a_room_with_keys() -> None:
    code = (
        "import sys, vault.supervisor\n"
        "rooms = {'PySide6', 'vault.keys', 'vault.crypto', 'vault.store', 'vault.services'}\n"
        "sys.exit(bool(rooms & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=os.environ | {"PYTHONPATH": "src"}
    )
    assert done.returncode == 0
