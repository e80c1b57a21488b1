# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log: codes, counts and kinds in memory and on standard error, never on disk.

A lawyer may copy the last lines into a report, so they may hold nothing of a case. Two
gates hold that: a record whose arguments are anything but numbers, truth values, codes and
error classes is refused, and an exception is logged as its class and place, without text.
"""

from __future__ import annotations

import collections
import logging
import re
import sys
import threading
import traceback
from typing import Final, TextIO

from vault.errors import VaultBug

ROOT: Final = "vault"
"""All loggers of the program are below this one: `logging.getLogger(__name__)`."""

KEPT_LINES: Final = 500

_CODE: Final = re.compile(r"[A-Za-z0-9_.:+/-]{1,80}\Z")
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class UnsafeLogArgument(VaultBug):
    """A log call tried to carry something that is not a number, a code or an error class."""


class ContentFilter(logging.Filter):
    """Lets a record pass only if it cannot carry the content of a case.

    Raises `UnsafeLogArgument` while the program is tested (`strict`); in use the record is
    replaced by its bare message, because a fault of the log must not stop the work.
    """

    def __init__(self, *, strict: bool) -> None:
        """Refuse aloud when `strict`, silently otherwise."""
        super().__init__()
        self._strict = strict

    def filter(self, record: logging.LogRecord) -> bool:
        """Check the arguments of the record, and take the text out of its exception."""
        unsafe = [kind for kind in map(_unsafe_kind, _arguments(record)) if kind]
        if unsafe:
            if self._strict:
                raise UnsafeLogArgument(f"{record.name}:{record.lineno} logs {', '.join(unsafe)}")
            record.msg = f"{record.msg} [arguments withheld: {', '.join(unsafe)}]"
            record.args = ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = _without_text(record.exc_info[1])
        return True


def _arguments(record: logging.LogRecord) -> tuple[object, ...]:
    # logging unpacks a single dictionary for `%(name)s`, whose keys would go unseen.
    return record.args or () if isinstance(record.args, tuple | None) else (record.args,)


def _unsafe_kind(argument: object) -> str:
    """Return the kind of an argument that may not be logged, or nothing."""
    if argument is None or isinstance(argument, bool | int | float):
        return ""
    if isinstance(argument, type):
        return ""
    if isinstance(argument, str) and _CODE.match(argument):
        return ""
    return type(argument).__name__


def _without_text(error: BaseException) -> str:
    """Describe an exception by class and place; its message may quote a record or a path."""
    places = [
        f"  {frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([*places, type(error).__qualname__])


class RecentLines(logging.Handler):
    """Keeps the last lines in memory for the error report; safe from any thread."""

    def __init__(self, kept: int = KEPT_LINES) -> None:
        """Keep at most `kept` lines."""
        super().__init__()
        self._lines: collections.deque[str] = collections.deque(maxlen=kept)
        self._guard = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the formatted record."""
        with self._guard:
            self._lines.append(self.format(record))

    def lines(self) -> list[str]:
        """Return the remembered lines, oldest first."""
        with self._guard:
            return list(self._lines)

    def clear(self) -> None:
        """Forget everything, when the vault is locked."""
        with self._guard:
            self._lines.clear()


def start(
    level: int = logging.WARNING, *, stream: TextIO | None = None, strict: bool = False
) -> RecentLines:
    """Send the program's log to standard error and to memory; return the memory.

    Repeated calls replace what earlier ones set up. There is deliberately no log file.
    """
    logger = logging.getLogger(ROOT)
    for old in list(logger.handlers):
        logger.removeHandler(old)
    logger.setLevel(level)
    logger.propagate = False
    recent = RecentLines()
    for handler in (logging.StreamHandler(stream or sys.stderr), recent):
        handler.addFilter(ContentFilter(strict=strict))
        handler.setFormatter(logging.Formatter(_FORMAT))
        logger.addHandler(handler)
    return recent
