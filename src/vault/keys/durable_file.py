# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Replacing a small file so that a power cut leaves the old one or the new one, whole.

The port for what differs between systems: flushing a folder. Windows has no such call; there
the rename is left to NTFS's journal (never run on Windows).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

NEW_SUFFIX: Final = ".new"
_OWNER_ONLY: Final = 0o600


class ReadBackDiffers(OSError):
    """The disk gave back other bytes than were written."""


def replace(path: Path, data: bytes) -> None:
    """Write beside, flush, read back, rename over `path`, flush the folder.

    The file is readable by its owner only. Raises `OSError`; whatever happens, `path` is then
    complete, with its old or its new content. What an earlier attempt left behind is removed.
    """
    beside = path.with_name(path.name + NEW_SUFFIX)
    beside.unlink(missing_ok=True)
    try:
        _write(beside, data)
        if beside.read_bytes() != data:
            raise ReadBackDiffers
        beside.replace(path)
    except OSError:
        _forget(beside)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    """Create `path`, which must not exist: a link that waits there is not followed."""
    with open(path, "xb", opener=_owner_only) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def _forget(path: Path) -> None:
    """Remove what was half written; on a dying disk it may stay, and harms nothing."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
