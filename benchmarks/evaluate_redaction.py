# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much the redactor leaks and hides without need, on marked texts of invented cases.

A string leaks when it must be gone and stands in the text with everything hidden that waits
for review. It is hidden without need when it must stay and is gone from the text in which what
waits for review was left. Cases and texts come from the same author as the engine: the figures
show what works, not what the field will bring.
"""

from __future__ import annotations

import collections
import datetime
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.domain.case_format import records_of_case_file
from vault.domain.snapshot import CaseSnapshot
from vault.redaction.engine import Redactor

FOLDER: Final = Path(__file__).resolve().parents[1] / "tests" / "redaction" / "evaluation"
AS_OF: Final = datetime.date(2026, 3, 1)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One text of the set: what must be gone from it, and what must stay."""

    id: str
    case: str
    profile: str
    lang: str
    category: str
    text: str
    hidden: list[str]
    kept: list[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one text."""

    marked: MarkedText
    leaked: tuple[str, ...]
    lost: tuple[str, ...]
    masked: str


def marked_texts(folder: Path = FOLDER) -> list[MarkedText]:
    """Read every text of the set."""
    lines = [
        line
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [MarkedText(**json.loads(line)) for line in lines]


def cases(folder: Path = FOLDER) -> dict[str, CaseSnapshot]:
    """Read the invented cases; ids are the references of the file."""
    documents = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    snapshots = [
        CaseSnapshot.of_records(records_of_case_file(document, lambda _kind, ref: ref))
        for document in documents
    ]
    return {snapshot.case.ref: snapshot for snapshot in snapshots}


def outcomes(texts: list[MarkedText], known: dict[str, CaseSnapshot]) -> Iterator[Outcome]:
    """Redact every text and compare it with its marks."""
    redactors: dict[tuple[str, str, str], Redactor] = {}
    for marked in texts:
        key = (marked.case, marked.profile, marked.lang)
        if key not in redactors:
            snapshot = known[marked.case]
            profile = next(one for one in snapshot.profiles if one.ref == marked.profile)
            redactors[key] = Redactor(snapshot, profile, marked.lang, as_of=AS_OF)
        masked = redactors[key].redact(marked.text, language=marked.lang).text
        left = redactors[key].redact(marked.text, language=marked.lang, review="leave").text
        yield Outcome(
            marked,
            tuple(one for one in marked.hidden if one in masked),
            tuple(one for one in marked.kept if one not in left),
            masked,
        )


def characters_a_second(texts: list[MarkedText]) -> float:
    """Measure the reading of half a megabyte of these very texts, dense with hits."""
    snapshot = cases()["EV-A"]
    profile = next(one for one in snapshot.profiles if one.ref == "ALL")
    redactor = Redactor(snapshot, profile, "ru", as_of=AS_OF)
    text = "\n".join(marked.text for marked in texts)
    text *= 500_000 // len(text) + 1
    started = time.perf_counter()
    redactor.find(text)
    return len(text) / (time.perf_counter() - started)


def main() -> int:
    """Print the rates of every category, and each text that went wrong; 1 if any did."""
    texts = marked_texts()
    started = time.perf_counter()
    found = list(outcomes(texts, cases()))
    seconds = time.perf_counter() - started
    totals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for outcome in found:
        for name in (outcome.marked.category, "all"):
            totals[name].update(
                texts=1,
                hidden=len(outcome.marked.hidden),
                leaked=len(outcome.leaked),
                kept=len(outcome.marked.kept),
                lost=len(outcome.lost),
            )
    print(f"{'category':20} {'texts':>5} {'leaked':>12} {'hidden without need':>22}")
    for name, count in sorted(totals.items(), key=lambda item: (item[0] == "all", item[0])):
        leaked = f"{count['leaked']} of {count['hidden']}"
        lost = f"{count['lost']} of {count['kept']}"
        print(f"{name:20} {count['texts']:5} {leaked:>12} {lost:>22}")
    wrong = [outcome for outcome in found if outcome.leaked or outcome.lost]
    for outcome in wrong:
        print(f"{outcome.marked.id}: leaked {outcome.leaked}, lost {outcome.lost}")
        print(f"    {outcome.masked!r}")
    print(f"{len(texts)} texts in {seconds:.2f} s; {characters_a_second(texts):,.0f} characters/s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
