# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a command says: lines for a person, or one JSON document for a program."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from typing import TextIO

from vault.domain.values import JsonObject
from vault.errors import VaultError
from vault.progress import Progress, Step
from vault.sentences import sentence, stage

_BAR_WIDTH = 24


class Output:
    """Standard output for results, standard error for progress and refusals."""

    def __init__(
        self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        """Write to the process's own streams unless told otherwise."""
        self.as_json = as_json
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._bar_shown = False

    def result(self, data: JsonObject, lines: Iterable[str]) -> None:
        """Say the result: `data` as JSON when asked for, else `lines`."""
        self.end_progress()
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2), file=self._out)
        else:
            for line in lines:
                print(line, file=self._out)

    def note(self, line: str) -> None:
        """Say something beside the result, on standard error."""
        self.end_progress()
        print(line, file=self._err)

    def refuse(self, error: VaultError) -> None:
        """Say why nothing was done; with `--json` as a document on standard output."""
        self.end_progress()
        if self.as_json:
            document = {
                "error": error.code,
                "details": error.details,
                "message": sentence(error),
            }
            print(json.dumps(document, ensure_ascii=False, indent=2), file=self._out)
        print(sentence(error), file=self._err)

    def progress(self) -> Progress:
        """Return a progress that draws a bar on a terminal and stays silent elsewhere."""
        if not self._err.isatty():
            return Progress()
        return Progress(self._draw)

    def _draw(self, step: Step) -> None:
        share = step.done / step.total if step.total else 0.0
        filled = round(min(share, 1.0) * _BAR_WIDTH)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        self._err.write(f"\r\x1b[K{bar} {min(share, 1.0):4.0%}  {stage(step.what)}")
        self._err.flush()
        self._bar_shown = True

    def end_progress(self) -> None:
        """Take the bar away, so that the next line starts on a line of its own."""
        if self._bar_shown:
            self._err.write("\r\x1b[K")
            self._err.flush()
            self._bar_shown = False


class Stopwatch:
    """How long something took, in seconds."""

    def __init__(self) -> None:
        """Start."""
        self._started = time.monotonic()

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self._started
