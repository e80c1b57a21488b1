# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Full-text search over everything a record says, with snippets of it as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vault.domain.bodies import to_body
from vault.domain.records import Record
from vault.domain.values import JsonObject, JsonValue
from vault.store import folding
from vault.store.connection import Database

INSERT: Final = "INSERT INTO search_text (rowid, folded) VALUES (?, ?)"
DELETE: Final = "DELETE FROM search_text WHERE rowid = ?"
SELECT: Final = """
SELECT r.id, r.case_id, coalesce(c.reference, ''), r.kind, r.ref, v.body
FROM search_text AS s
JOIN record AS r ON r.number = s.rowid
JOIN record_version AS v ON v.hash = r.head
LEFT JOIN case_file AS c ON c.id = r.case_id
WHERE s.folded MATCH ? AND (? = '' OR r.case_id = ?)
ORDER BY s.rank, r.number LIMIT ?
"""

SNIPPET_BEFORE: Final = 40
SNIPPET_AFTER: Final = 100
_NOT_SEARCHED: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}"
)
_FEWEST_DIGITS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One record that was found. `matches` are places in the snippet to emphasise."""

    record_id: str
    case_id: str
    case_reference: str
    kind: str
    ref: str
    snippet: str
    matches: tuple[tuple[int, int], ...] = ()


def index(db: Database, number: int, record: Record) -> None:
    """Replace what the index knows of a record; `number` is its row in `record`."""
    unindex(db, number)
    db.run(INSERT, (number, folded_text(record.ref, to_body(record))))


def unindex(db: Database, number: int) -> None:
    """Make the index forget a record; FTS5's secure-delete removes its words from the file."""
    db.run(DELETE, (number,))


def search(db: Database, words: str, case_id: str, limit: int) -> list[SearchHit]:
    """Return records that have every word, or a word that begins with it, best first."""
    wanted = folding.words(words)
    if not wanted:
        return []
    expression = " ".join(f'"{word}"*' for word in wanted)
    rows = db.all(SELECT, (expression, case_id, case_id, limit))
    return [_hit(row, wanted) for row in rows]


def folded_text(ref: str, body: JsonObject) -> str:
    """Return what is indexed of a record."""
    found = [ref, *texts(body)]
    compact = ["".join(filter(str.isdigit, text)) for text in found if _has_number(text)]
    return folding.fold("\n".join([*found, *compact]))


def texts(value: JsonValue) -> Iterator[str]:
    """Give every text in a body, but neither ids of other records nor hashes."""
    if isinstance(value, str):
        if value and not _NOT_SEARCHED.fullmatch(value):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)


def _has_number(text: str) -> bool:
    """Tell whether a text is a number written in groups, to be found without its spaces too."""
    digits = sum(map(str.isdigit, text))
    return digits >= _FEWEST_DIGITS and not any(map(str.isalpha, text)) and digits < len(text)


def _hit(row: tuple[str, ...], wanted: list[str]) -> SearchHit:
    record_id, case_id, case_reference, kind, ref, body = row
    snippet, matches = _snippet([ref, *texts(json.loads(body))], wanted)
    return SearchHit(
        record_id=record_id,
        case_id=case_id,
        case_reference=case_reference,
        kind=kind,
        ref=ref,
        snippet=snippet,
        matches=matches,
    )


def _snippet(found: list[str], wanted: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the part of the text with the most wanted words, and where in it they are."""
    best, best_places, best_score = "", [], 0
    for text in found:
        places = [
            (start, end, word)
            for start, end, word in folding.word_places(text)
            if word.startswith(tuple(wanted))
        ]
        score = sum(any(word.startswith(one) for _, _, word in places) for one in wanted)
        if score > best_score:
            best, best_places, best_score = text, places, score
    if not best_places:
        return "", ()
    first = best_places[0][0]
    start = _word_start(best, max(0, first - SNIPPET_BEFORE), first)
    part = best[start : first + SNIPPET_AFTER]
    lead = "…" if start else ""
    tail = "…" if start + len(part) < len(best) else ""
    shift = len(lead) - start
    inside = start + len(part)
    matches = tuple((begin + shift, end + shift) for begin, end, _ in best_places if end <= inside)
    return f"{lead}{part}{tail}", matches


def _word_start(text: str, start: int, latest: int) -> int:
    """Move forward to the beginning of a word, not beyond `latest`."""
    if start == 0:
        return 0
    space = text.find(" ", start, latest)
    return start if space < 0 else space + 1
