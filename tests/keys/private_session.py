# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A session bus and a GNOME keyring that belong to one test and not to the desktop."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Self

import pytest

_PRINT_ADDRESS = 'printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS"; exec cat >/dev/null'
_DESKTOP = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "GNOME_KEYRING_CONTROL",
)
_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
_NO_SERVICE = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


class PrivateSession:
    """A bus started by `dbus-run-session`; leaving the block ends it and all it started."""

    def __init__(self, home: Path, *, services: bool = True, display: str = "") -> None:
        self._home = home
        self._display = display
        self._command = ["dbus-run-session"]
        if not services:
            configuration = home / "session.conf"
            configuration.write_text(_NO_SERVICE.format(folder=home), encoding="utf-8")
            self._command.append(f"--config-file={configuration}")
        self._bus: subprocess.Popen[str] | None = None
        self.environment = self._fresh_environment()

    def __enter__(self) -> Self:
        self._bus = subprocess.Popen(
            [*self._command, "--", "sh", "-c", _PRINT_ADDRESS],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        return self

    def __exit__(self, *exc_info: object) -> None:
        assert self._bus is not None
        # The shell of the session reads until its input is closed; the bus ends with it.
        self._bus.communicate(timeout=20)

    def start_keyring(self, password: str) -> None:
        """Start the daemon; the first password of a home makes its login keyring."""
        subprocess.run(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
            env=self.environment,
            input=password,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
            timeout=20,
        )

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make this session the environment of the running test."""
        for name in _DESKTOP:
            monkeypatch.delenv(name, raising=False)
        for name in ("HOME", "DBUS_SESSION_BUS_ADDRESS", *_FOLDERS):
            monkeypatch.setenv(name, self.environment[name])

    def _fresh_environment(self) -> dict[str, str]:
        environment = {k: v for k, v in os.environ.items() if k not in _DESKTOP}
        environment["HOME"] = str(self._home)
        for name in _FOLDERS:
            folder = self._home / name.lower()
            folder.mkdir(mode=0o700, exist_ok=True)
            environment[name] = str(folder)
        if self._display:
            environment["DISPLAY"] = self._display
        return environment
