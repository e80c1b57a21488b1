# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making files last: written beside, synced, renamed, and the folder synced too."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO


def sync_file(file: BinaryIO) -> None:
    """Return when what was written to the file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the names in the folder are on the disk.

    On Windows a folder cannot be opened for that and NTFS journals its names; never run there.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(beside: Path, target: Path) -> None:
    """Rename a complete and synced file to its name, in one step, and sync the folder."""
    beside.replace(target)
    sync_folder(target.parent)


def remove_quietly(path: Path) -> None:
    """Remove a file that may be gone already or be held open by someone else."""
    with contextlib.suppress(OSError):
        path.unlink()
