# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyless parent: starts the session process, ends it on lock, starts a fresh one.

Freed memory of a Python program keeps what was in it, so the only lock that leaves nothing
behind is the end of the process (promise P4). This parent imports no Qt and opens no vault;
it carries what the next session needs to stand at the same door (a folder, a language, never
anything of a case) and forgets it when it ends.

The session speaks on its standard output, one JSON object a line: `{"lock": door}` asks for
its own end. It hears the door once on its standard input, as its first line; the end of that
stream means that the parent is gone, and the session ends too.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

ENDED_BY_SIGNAL: Final = 1
_POSIX: Final = os.name == "posix"
_GONE_SECONDS: Final = 5.0


def session_command() -> list[str]:
    """Return the command of a session process, also for a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--session"]
    return [sys.executable, "-m", "vault", "--session"]


@dataclass(slots=True)
class Supervisor:
    """Runs sessions one after the other until one ends by itself."""

    command: Sequence[str] = field(default_factory=session_command)
    door: dict[str, str] = field(default_factory=dict)
    _session: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Return the exit code of the session that was not ended by a lock."""
        self._die_with_signals()
        while True:
            locked, code = self._one_session()
            if not locked:
                return code

    def _one_session(self) -> tuple[bool, int]:
        session = subprocess.Popen(
            list(self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=_POSIX,
        )
        self._session = session
        assert session.stdin is not None  # noqa: S101 - both are pipes by the call above
        assert session.stdout is not None  # noqa: S101 - as above
        try:
            session.stdin.write(json.dumps(self.door).encode() + b"\n")
            session.stdin.flush()
        except BrokenPipeError:
            pass  # It ended before it listened; its exit code says why.
        locked = False
        for line in session.stdout:
            door = _parsed(line).get("lock")
            if isinstance(door, dict):
                self.door = {str(name): str(value) for name, value in door.items()}
                locked = True
                break
        if locked:
            self.end_session()
        code = session.wait()
        session.stdout.close()
        self._close_input(session)
        self._session = None
        return locked, code

    def end_session(self) -> None:
        """End the session and every process it started, at once and without asking."""
        session = self._session
        if session is None or session.poll() is not None:
            return
        if _POSIX:
            # The session leads a group of its own, in which its decoding process lives.
            os.killpg(session.pid, signal.SIGKILL)
        else:
            session.kill()  # never run: Windows ends the decoding process when its pipes close
        session.wait(_GONE_SECONDS)

    @staticmethod
    def _close_input(session: subprocess.Popen[bytes]) -> None:
        try:
            if session.stdin is not None:
                session.stdin.close()
        except BrokenPipeError:
            pass  # A last unread line is lost with the process that should have read it.

    def _die_with_signals(self) -> None:
        def end(_signal: int, _frame: FrameType | None) -> None:
            self.end_session()
            sys.exit(ENDED_BY_SIGNAL)

        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), end)


def _parsed(line: bytes) -> dict[str, object]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
