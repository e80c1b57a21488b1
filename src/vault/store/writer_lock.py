# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One writer at a time: an advisory lock of the operating system on the file `lock`.

The system lets go of it when the process ends, however it ends, so that no stale lock is left.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

from vault.store.errors import VaultInUse, disk_errors


class _LockPort(Protocol):
    """What the two systems' locks have in common."""

    def take(self, descriptor: int) -> bool:
        """Take the lock without waiting; tell whether it was free."""

    def release(self, descriptor: int) -> None:
        """Let go of the lock."""


if sys.platform == "win32":
    import msvcrt

    class _WindowsLock:
        """Locks the first byte by msvcrt. Never run: no test of ours has had Windows."""

        def take(self, descriptor: int) -> bool:
            os.lseek(descriptor, 0, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

        def release(self, descriptor: int) -> None:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    _PORT: _LockPort = _WindowsLock()
else:
    import fcntl

    class _PosixLock:
        """Locks the open file by flock: a second opener in the same process is refused too."""

        def take(self, descriptor: int) -> bool:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        def release(self, descriptor: int) -> None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    _PORT: _LockPort = _PosixLock()


class WriterLock:
    """Held from `take` to `release`; the file itself is empty and stays."""

    def __init__(self, path: Path) -> None:
        """Name the lock file; nothing is opened yet."""
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def take(self) -> None:
        """Take the lock at once.

        Raises:
            VaultInUse: somebody else holds it.
            ReadOnlyFolder: the lock file cannot be opened for writing.
        """
        with disk_errors():
            descriptor = os.open(
                self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600
            )
        try:
            taken = False
            with disk_errors():
                taken = _PORT.take(descriptor)
            if not taken:
                raise VaultInUse
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; does nothing when the lock is not held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            _PORT.release(descriptor)
        finally:
            os.close(descriptor)
