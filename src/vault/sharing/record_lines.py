# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lines of `records.jsonl`: record versions as JSON, checked for form and not for meaning.

docs/formats/bundle.md, "Records". Whether hashes and signatures hold is for whoever takes the
versions in; what a line may look like is decided here, for writer and reader alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from vault.domain.canonical import canonical_bytes
from vault.domain.errors import DomainError
from vault.domain.values import JsonObject, JsonValue
from vault.sharing.bundle_limits import MAX_LINE_BYTES
from vault.sharing.errors import BundleTooLarge, RecordMalformed


def _matches(pattern: str) -> Callable[[JsonValue], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


_UUID: Final = _matches(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256: Final = _matches(r"[0-9a-f]{64}")
_LONGEST_NAME: Final = 200
_LONGEST_REF: Final = 100


def _is_text(longest: int) -> Callable[[JsonValue], bool]:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def _are_hashes(value: JsonValue) -> bool:
    return isinstance(value, list) and all(_SHA256(item) for item in value)


_REQUIRED: Final[dict[str, Callable[[JsonValue], bool]]] = {
    "at": _matches(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2})"),
    "author_key": _SHA256,
    "case": _UUID,
    "content": _SHA256,
    "deleted": lambda value: isinstance(value, bool),
    "hash": _SHA256,
    "kind": _matches(r"[a-z][a-z_]{0,40}"),
    "record": _UUID,
}
_OPTIONAL: Final[dict[str, Callable[[JsonValue], bool]]] = {
    "author_name": _is_text(_LONGEST_NAME),
    "body": lambda value: isinstance(value, dict),
    "parents": _are_hashes,
    "ref": _is_text(_LONGEST_REF),
    "signature": _matches(r"[0-9a-f]{128}"),
}


def encode(line: JsonObject, number: int) -> bytes:
    """Return one line with its line feed; raise `RecordMalformed` or `BundleTooLarge`."""
    try:
        encoded = canonical_bytes(line) + b"\n"
    except (DomainError, ValueError, RecursionError) as err:
        raise RecordMalformed(line=number, reason="json") from err
    if len(encoded) > MAX_LINE_BYTES:
        raise BundleTooLarge(what="line", limit=MAX_LINE_BYTES)
    _check({name: value for name, value in line.items() if value not in (None, "", [], {})}, number)
    return encoded


def parse(untrusted: bytes, number: int) -> JsonObject:
    """Return the object of one line (without its line feed); absent members stay absent.

    Raises:
        RecordMalformed: not canonical JSON, or a member is missing, unknown or of a wrong form.
    """
    try:
        line = msgspec.json.decode(untrusted, type=dict[str, object])
        if canonical_bytes(line) != untrusted:  # type: ignore[arg-type]  # it refuses what is not JSON
            raise RecordMalformed(line=number, reason="not_canonical")
    except (msgspec.MsgspecError, ValueError, RecursionError, DomainError) as err:
        raise RecordMalformed(line=number, reason="json") from err
    checked: JsonObject = line  # type: ignore[assignment]  # canonical_bytes walked over every value
    _check(checked, number)
    return checked


def _check(line: JsonObject, number: int) -> None:
    for name, holds in _REQUIRED.items():
        if name not in line or not holds(line[name]):
            raise RecordMalformed(line=number, reason=name)
    for name, value in line.items():
        if name not in _REQUIRED and not (name in _OPTIONAL and _OPTIONAL[name](value)):
            raise RecordMalformed(line=number, reason="member")
