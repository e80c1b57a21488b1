# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding and replacing the places where one record's body points at another."""

from __future__ import annotations

from collections.abc import Callable

from vault.domain.errors import UnknownReference
from vault.domain.records import KindSpec
from vault.domain.values import JsonObject, JsonValue

Resolve = Callable[[str], str | None]


def map_references(spec: KindSpec, body: JsonObject, resolve: Resolve) -> JsonObject:
    """Return a copy of `body` with every reference replaced by what `resolve` gives for it.

    Raises:
        UnknownReference: `resolve` gave None for a place where only a reference may stand.
    """
    mapped: JsonValue = body
    for path in spec.references:
        mapped = _map_path(mapped, _steps(path), _Place(spec.kind, path, resolve))
    assert isinstance(mapped, dict)  # noqa: S101 - the root of a body is an object by its type
    return mapped


class _Place:
    """What is done at the end of one path."""

    def __init__(self, kind: str, path: str, resolve: Resolve) -> None:
        self.kind = kind
        self.free_text = path.endswith("?")
        self.prefix = path.partition("@")[2]
        self.field = path.partition("@")[0].removesuffix("?")
        self.resolve = resolve

    def replaced(self, text: str) -> str:
        if not text.startswith(self.prefix):
            return text
        found = self.resolve(text.removeprefix(self.prefix))
        if found is not None:
            return self.prefix + found
        if self.free_text or self.prefix:
            return text
        raise UnknownReference(kind=self.kind, field=self.field, reference=text[:40])


def _steps(path: str) -> tuple[str, ...]:
    plain = path.partition("@")[0].removesuffix("?")
    return tuple(plain.replace("[]", ".[]").split("."))


def _map_path(value: JsonValue, steps: tuple[str, ...], place: _Place) -> JsonValue:
    if not steps:
        return place.replaced(value) if isinstance(value, str) and value else value
    step, rest = steps[0], steps[1:]
    if step == "[]" and isinstance(value, list):
        return [_map_path(item, rest, place) for item in value]
    if step != "[]" and isinstance(value, dict) and step in value:
        return {**value, step: _map_path(value[step], rest, place)}
    return value
