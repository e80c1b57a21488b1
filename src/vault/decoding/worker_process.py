# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One decoding process: started without a key or an environment, watched, and ended."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from vault.decoding.confinement import Confinement
from vault.decoding.errors import (
    DecodingError,
    DecodingFailed,
    DecodingTimeout,
    DecodingTooLarge,
    FileEncrypted,
    FormatNotSupported,
    WorkerDied,
    WorkerNotStarted,
)
from vault.decoding.frames import Answer, FrameBroken, Lengths, Request, read_frame, write_frame
from vault.decoding.limits import MAX_ANSWER_BYTES, START_LIMIT_SECONDS

_END_SECONDS: Final = 2.0
# What a decoding process may say about a file: codes and numbers, not pieces of the file.
_DETAIL_NAMES: Final = frozenset({"kind", "reason", "what", "limit"})
_DETAIL_TEXT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,99}", re.ASCII)
_ERRORS: Final[dict[str, type[DecodingError]]] = {
    kind.code: kind
    for kind in (DecodingFailed, FormatNotSupported, FileEncrypted, DecodingTooLarge)
}


def worker_command() -> list[str]:
    """Return the command that starts a decoding process, from a checkout or the frozen program.

    The frozen program hands `--worker` on to `vault.decoding.worker`. From Python, the isolated
    mode (-I) keeps the working folder and the environment from deciding what is imported.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-I", "-B", "-m", "vault.decoding"]


class WorkerProcess:
    """One decoding process and its two pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it and hear its first words."""
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=Path(sys.executable).anchor,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as err:
            raise WorkerNotStarted(reason="not_executable") from err
        self.ended = False
        self._late = False
        try:
            said = self.next_answer(START_LIMIT_SECONDS)[0].numbers
        except DecodingError as err:
            raise WorkerNotStarted(reason="no_first_words") from err
        self.confinement = Confinement(
            memory=bool(said.get("memory")),
            network=bool(said.get("network")),
            files=bool(said.get("files")),
        )

    def ask(self, request: Request, data: bytes, seconds: float) -> tuple[Answer, bytearray]:
        """Send one request and return the first answer."""
        with self._watched(seconds):
            assert self._process.stdin  # noqa: S101  # it was asked for above
            write_frame(self._process.stdin, request, memoryview(data))
            return self._read()

    def next_answer(self, seconds: float) -> tuple[Answer, bytearray]:
        """Return the next answer to the same request."""
        with self._watched(seconds):
            return self._read()

    def end(self) -> None:
        """Kill the process and wait for its end; may be called again and from any thread."""
        self.ended = True
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            # Another thread may be reading; its read ends with the process.
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Kill the process when the block lasts longer, and name how the block failed."""
        # A timer and not a poll: pipes cannot be polled on Windows.
        timer = threading.Timer(seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, ValueError, FrameBroken) as err:
            self.end()
            if self._late:
                raise DecodingTimeout(seconds=int(seconds)) from err
            raise WorkerDied(status=str(self._process.returncode)) from err
        finally:
            timer.cancel()
            if self._late:
                # Killed in the moment of its answer: the next call starts another.
                self.end()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _read(self) -> tuple[Answer, bytearray]:
        assert self._process.stdout  # noqa: S101  # it was asked for above
        frame = read_frame(self._process.stdout, Answer, Lengths(MAX_ANSWER_BYTES))
        if frame is None:
            raise FrameBroken
        return frame


def error_of(answer: Answer) -> DecodingError:
    """Return the error that an answer names, with such details only as hold nothing of a file."""
    kind = _ERRORS.get(answer.error, DecodingFailed)
    details = {
        name: value
        for name, value in answer.details.items()
        if name in _DETAIL_NAMES and (isinstance(value, int) or _DETAIL_TEXT.fullmatch(value))
    }
    return kind(**details)


def _environment() -> dict[str, str]:
    """Return nothing of ours. Windows does not start a process without its system folder."""
    if sys.platform == "win32":
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows")}
    return {}
