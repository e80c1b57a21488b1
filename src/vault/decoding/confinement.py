# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes from the decoding process what it does not need, before it sees a stranger's byte.

The port to the operating system of this room. On Linux: limits, no sockets and no programs
(seccomp), no files but its own program's (Landlock). On macOS: limits. On Windows: nothing yet
beyond the small environment and the time limit of the client; a Job object is planned, and the
room was never run there. What holds is reported and shown to the user, never assumed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from dataclasses import dataclass
from typing import Final

from vault.decoding import landlock, seccomp
from vault.decoding.limits import CPU_SECONDS, MEMORY_BYTES, OPEN_FILES

if sys.platform != "win32":
    import resource
    import select

_PR_SET_DUMPABLE: Final = 4


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the system enforces on the decoding process."""

    memory: bool
    network: bool
    files: bool


def confine() -> Confinement:
    """Give up, for good, everything that this system lets a process give up."""
    if sys.platform == "win32":
        return Confinement(memory=False, network=False, files=False)
    memory = _limit()
    _leave_no_dump()
    # Landlock opens folders and so comes before the system calls are cut down.
    files = landlock.install()
    network = seccomp.install()
    # Both hold for this thread and for those it starts from now on: threads come last.
    _end_with_parent()
    return Confinement(memory=memory, network=network, files=files)


def allow_cpu_for_one_request() -> None:
    """Let the system end this process after `CPU_SECONDS` more of processor time."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


if sys.platform != "win32":

    def _limit() -> bool:
        """Set the limits; return whether memory is one of them (macOS may refuse)."""
        for kind, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
        ):
            resource.setrlimit(kind, (value, value))
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        except (OSError, ValueError):
            return False
        return True

    def _leave_no_dump() -> None:
        if sys.platform == "linux":
            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

    def _end_with_parent() -> None:
        """Watch the pipe of requests from a thread: when its writer is gone, so are we.

        The reading thread cannot notice while it decodes, and a vault that is being locked
        must leave no process behind that holds a picture of it.
        """
        threading.Thread(target=_wait_for_hang_up, daemon=True).start()

    def _wait_for_hang_up() -> None:
        watched = select.poll()
        # No events asked for: only "hung up" and "broken" are ever reported.
        watched.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
        watched.poll()
        os._exit(0)
