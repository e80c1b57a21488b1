# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that leave the vault: written beside their name, complete or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vault.services.errors import TargetExists


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes appear at `target` only when the block ends well.

    They are written to a random name beside it, flushed to the disk and renamed; on any
    error that file is removed and `target` is as it was.

    Raises:
        TargetExists: something is at `target` already; it is never overwritten.
    """
    if target.exists():
        raise TargetExists(path=target.name)
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            raise TargetExists(path=target.name)
        beside.rename(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


_BINARY = getattr(os, "O_BINARY", 0)
