# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Canonical JSON: the bytes that are hashed and signed.

UTF-8, keys sorted by code point, no white space, no floats. Members that are null, "", [] or {}
are left out of objects: in a case file they all mean that nothing is recorded. `false` and 0 stay.
"""

from __future__ import annotations

import hashlib
import json

from vault.domain.errors import BadBody
from vault.domain.values import JsonObject, JsonValue


def canonical_bytes(body: JsonObject) -> bytes:
    """Return the one byte string that stands for `body`.

    Raises:
        BadBody: the body holds a float or a value that is not JSON.
    """
    return json.dumps(
        _without_absent(body),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8", errors="strict")


def content_hash(body: JsonObject) -> str:
    """Return the SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(body)).hexdigest()


def _without_absent(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        cleaned = {key: _without_absent(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if not is_absent(item)}
    if isinstance(value, list):
        return [_without_absent(item) for item in value]
    if isinstance(value, float) or not isinstance(value, str | int | None):
        raise BadBody(field="", reason="not_json")
    return value


def is_absent(value: object) -> bool:
    """Tell whether a JSON value means that nothing is recorded."""
    return value is None or value in ("", [], {})
