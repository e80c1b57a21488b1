# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Canonical JSON is one byte string for one meaning."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given

from tests.domain.strategies import customs
from vault.domain.canonical import canonical_bytes, content_hash
from vault.domain.errors import BadBody
from vault.domain.values import JsonObject


def test_the_worked_example_of_the_format_document() -> None:
    body: JsonObject = {"b": [1, "х"], "a": {"z": None, "y": False}, "c": "", "d": []}
    assert canonical_bytes(body) == '{"a":{"y":false},"b":[1,"х"]}'.encode()
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(customs)
def test_the_order_of_members_does_not_matter(body: JsonObject) -> None:
    assert canonical_bytes(body) == canonical_bytes(dict(reversed(body.items())))


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1, 2}])
def test_what_is_not_json_is_refused(value: Any) -> None:
    with pytest.raises(BadBody):
        canonical_bytes(cast("JsonObject", {"a": value}))
