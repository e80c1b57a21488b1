# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The session's side of the pipe to its supervisor; see `vault.supervisor` for the words."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Final

SUPERVISOR_GONE: Final = 3


class SessionLink:
    """Asks the supervisor to end this process; ends it itself when there is no supervisor."""

    def __init__(self) -> None:
        """Read the first line: the door to stand at, empty at the first start."""
        self._supervised = not sys.stdin.isatty()
        self.door = self._first_line() if self._supervised else {}

    def _first_line(self) -> dict[str, str]:
        try:
            message = json.loads(sys.stdin.buffer.readline() or b"{}")
        except ValueError:
            return {}
        return message if isinstance(message, dict) else {}

    def watch(self) -> None:
        """End this process at once when the supervisor is gone: nobody could lock it any more."""
        descriptor = sys.stdin.fileno()

        def wait_for_end() -> None:
            # Not through sys.stdin: a thread that waits inside its buffer makes the
            # interpreter abort at an ordinary end.
            while os.read(descriptor, 1):
                pass
            os._exit(SUPERVISOR_GONE)

        if self._supervised:
            threading.Thread(target=wait_for_end, name="supervisor-watch", daemon=True).start()

    def lock(self, door: dict[str, str]) -> None:
        """Ask to be ended; does not return. Call it when the last draft is on the disk."""
        request = json.dumps({"lock": door}).encode() + b"\n"
        try:
            os.write(sys.stdout.fileno(), request)
        except OSError:
            os._exit(SUPERVISOR_GONE)
        if not self._supervised:
            os._exit(0)
        threading.Event().wait()
