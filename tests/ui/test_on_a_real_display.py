# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program as it is started, on an X server, by keys: unlock, close immediately, unlock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from vault.crypto.kdf import at_floor
from vault.progress import Progress
from vault.services import vaults

PASSPHRASE = "fence wormwood kettle boat"
WAIT_SECONDS = 30.0
STARTS = "import sys; from pathlib import Path; from vault.app import open_window; "
OPENS = STARTS + "sys.exit(open_window(Path(sys.argv[1])))"

pytestmark = [
    pytest.mark.requires_program("Xvfb", "xdotool"),
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server and reads /proc"),
]


def until(condition: Callable[[], object], seconds: float = WAIT_SECONDS) -> float:
    """Wait until the condition holds; return how long that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, str]]:
    """The environment of an X server of our own, with an empty home."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    # The server ends at once when the number, written in two pieces, is not read to its end.
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield {
        **os.environ,
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(tmp_path_factory.mktemp("home")),
        "PANAH_LANGUAGE": "ru",
    }
    server.terminate()
    server.wait(10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = vaults.create_vault(
        tmp_path / "office.panah",
        passphrase=bytearray(PASSPHRASE.encode()),
        display_name="Айжан Тестовая",
        organisation="",
        keyring=vaults.KeyringWish.NONE,
        progress=Progress(),
        kdf=at_floor(),
    )
    made.recovery_code.wipe()
    return made.folder


class Program:
    """The running program, its session process and its window."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.supervisor = subprocess.Popen(
            [sys.executable, "-c", OPENS, str(folder)], env=environment
        )

    def session(self) -> int:
        children = Path(f"/proc/{self.supervisor.pid}/task/{self.supervisor.pid}/children")
        found = children.read_text(encoding="ascii").split()
        return int(found[0]) if found else 0

    def has_vault_open(self) -> bool:
        try:
            files = [path.readlink() for path in Path(f"/proc/{self.session()}/fd").iterdir()]
        except OSError:
            return False
        return self.folder / "vault.db" in files

    def tool(self, *arguments: str) -> str:
        ran = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return ran.stdout.strip()

    def wait_for_window(self) -> str:
        def found() -> str:
            return self.tool("search", "--onlyvisible", "--pid", str(self.session()))

        until(found)
        window = found().split("\n")[-1]
        self.tool("windowfocus", "--sync", window)
        return window

    def unlock(self) -> None:
        self.wait_for_window()
        # The page is there before the window manager that is not there gives it the focus.
        time.sleep(0.3)
        self.tool("type", "--delay", "5", PASSPHRASE)
        self.tool("key", "Return")
        until(self.has_vault_open)


@pytest.fixture
def program(folder: Path, display: dict[str, str]) -> Generator[Program]:
    running = Program(folder, display)
    yield running
    running.supervisor.terminate()
    running.supervisor.wait(10)


def test_the_key_ends_the_process_that_held_the_vault_and_a_fresh_one_waits(
    program: Program,
) -> None:
    program.unlock()
    first = program.session()
    names = program.tool("search", "--name", ".*", "getwindowname", "%@")
    assert "office" not in names, "no title says what is open"
    time.sleep(0.3)
    program.tool("key", "ctrl+l")
    seconds = until(lambda: not Path(f"/proc/{first}").exists())
    assert seconds < 1.0
    until(lambda: program.session() not in {0, first})
    assert not program.has_vault_open()
    program.unlock()
    assert program.supervisor.poll() is None


def test_closing_the_window_ends_the_program(program: Program) -> None:
    program.unlock()
    time.sleep(0.3)
    program.tool("key", "ctrl+q")
    until(lambda: program.supervisor.poll() is not None)
    assert program.supervisor.returncode == 0
