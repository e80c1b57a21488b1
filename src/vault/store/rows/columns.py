# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How single values stand in columns, and the port that every kind's table fulfils."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vault.domain.records import Record
from vault.domain.values import JsonObject, LocalText
from vault.store.connection import Database, Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """What the store does with one kind of record.

    `load` takes the wanted ids as a JSON array and returns the records in any order; `add`
    inserts a record that has no row yet; `remove` deletes the row with all that hangs on it.
    """

    load: Callable[[Database, str], Sequence[Record]]
    add: Callable[[Database, Record], None]
    remove: Callable[[Database, str], None]


def json_text(value: object) -> str:
    """Return canonical JSON that, unlike a body, also keeps what is empty."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def local_text(text: LocalText) -> str:
    """Return a text in several languages as a JSON object in the order in which it was given."""
    return json.dumps(text.as_dict(), ensure_ascii=False, separators=(",", ":"))


def to_local_text(column: str) -> LocalText:
    """The inverse of `local_text`."""
    return LocalText.from_mapping(json.loads(column))


def to_custom(column: str) -> JsonObject:
    """Read what a type does not know."""
    found: JsonObject = json.loads(column)
    return found


def flag(value: bool | None) -> int | None:  # noqa: FBT001 - a column is true, false or not known
    """Return a truth value as SQLite has it."""
    return None if value is None else int(value)


def to_flag(column: int | None) -> bool | None:
    """The inverse of `flag`."""
    return None if column is None else bool(column)


def grouped(rows: Iterable[Row], make: Callable[..., T]) -> dict[str, tuple[T, ...]]:
    """Collect rows by their first column, keeping their order; `make` gets the other columns."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for owner, *columns in rows:
        found[owner].append(make(*columns))
    return {owner: tuple(items) for owner, items in found.items()}


def ids_json(ids: Iterable[str]) -> str:
    """Return ids as the JSON array that statements unfold by `json_each`."""
    return json.dumps(list(ids), separators=(",", ":"))
