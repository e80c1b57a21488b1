# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make evaluate-redaction`: the marked texts of the demonstration case through the command line.

Each text names what must be gone and what must stay. The same process that an office would
start reads them as JSON lines; what waits for a person's review is hidden, and the texts in
which a common word must stay are read again with it left in place.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.resources import as_file
from pathlib import Path

from vault.paths import demonstration_case

Marked = dict[str, str | list[str]]


def redacted(case: Path, texts: list[Marked], review: str) -> dict[str, str]:
    """Return the redacted texts by their id."""
    lines = "\n".join(
        json.dumps({name: text[name] for name in ("id", "profile", "lang", "text")})
        for text in texts
    )
    command = [sys.executable, "-m", "vault", "redact", "--jsonl", "--review", review]
    command += ["--case", str(case)]
    result = subprocess.run(
        command,
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    answers = (json.loads(line) for line in result.stdout.splitlines())
    return {answer["id"]: answer["text"] for answer in answers}


def main() -> int:
    """Print one line for each text; 1 if anything leaked or was hidden without need."""
    with as_file(demonstration_case()) as case:
        texts: list[Marked] = json.loads(case.read_text(encoding="utf-8"))["redaction_tests"]
        started = time.perf_counter()
        masked = redacted(case, texts, "mask")
        seconds = time.perf_counter() - started
        left = redacted(case, texts, "leave")
    wrong = 0
    for text in texts:
        name = str(text["id"])
        leaked = [one for one in text["must_not_contain"] if one in masked[name]]
        lost = [one for one in text["must_contain"] if one not in left[name]]
        wrong += bool(leaked or lost)
        state = "ok" if not (leaked or lost) else f"leaked {leaked}, lost {lost}"
        print(f"{name:8} {text['profile']:14} {state}")
    print(f"{len(texts) - wrong} of {len(texts)} texts as marked, {seconds:.1f} s with start-up")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
