# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Composes the window: the supervisor, the session process, the decoding process."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

WINDOW_MISSING: Final = 1


def main(arguments: Sequence[str]) -> int:
    """Run one of the program's processes: `--session`, `--worker`, or the window as a whole."""
    if arguments[:1] == ["--worker"]:
        from vault.decoding.worker import main as worker_main

        return worker_main()
    _no_core_dumps()
    if arguments[:1] == ["--session"]:
        return _session(arguments[1:])
    return open_window(None)


def open_window(folder: Path | None) -> int:
    """Open the window, on the unlock page of `folder` when there is one; wait for its end."""
    if not has_display():
        sys.stderr.write("panah: no display\n")
        return WINDOW_MISSING
    from vault.supervisor import Supervisor

    return Supervisor(door={"folder": str(folder.resolve())} if folder else {}).run()


def has_display() -> bool:
    """Tell whether a window can be shown at all."""
    if sys.platform in {"win32", "darwin"}:
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _session(arguments: Sequence[str]) -> int:
    from vault.session_link import SessionLink
    from vault.ui.session_window import run

    link = SessionLink()
    link.watch()
    return run(arguments, door=link.door, on_lock=link.lock)


def _no_core_dumps() -> None:
    # A core dump would write keys and records to the disk (promise P1).
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
