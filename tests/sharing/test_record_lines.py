# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of records: what a writer writes a reader reads, and nothing in another form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sharing.examples import RECORDS, record
from vault.sharing import record_lines
from vault.sharing.errors import BundleError, RecordMalformed

BODIES = st.dictionaries(
    st.text(min_size=1, max_size=10),
    st.recursive(
        st.booleans() | st.integers(-(2**40), 2**40) | st.text(min_size=1, max_size=10),
        lambda inner: st.lists(inner, min_size=1, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)


@given(BODIES)
def test_any_body_comes_back_as_it_was(body: dict[str, object]) -> None:
    line = {**record(1), "body": body}

    encoded = record_lines.encode(line, 1)  # type: ignore[arg-type]  # drawn JSON

    assert encoded.endswith(b"\n")
    assert encoded.count(b"\n") == 1
    assert record_lines.parse(encoded[:-1], 1) == line


@given(st.binary(max_size=300))
def test_any_other_bytes_are_refused_by_name(untrusted: bytes) -> None:
    with pytest.raises(BundleError):
        record_lines.parse(untrusted, 7)


@pytest.mark.parametrize("name", ["at", "author_key", "case", "content", "hash", "kind", "record"])
def test_a_line_without_a_needed_member_names_it(name: str) -> None:
    line = {key: value for key, value in RECORDS[0].items() if key != name}

    with pytest.raises(RecordMalformed) as refused:
        record_lines.encode(line, 7)

    assert refused.value.details == {"line": 7, "reason": name}


@pytest.mark.parametrize(
    "member, value",
    [
        ("at", "today"),
        ("author_key", "AB" * 32),
        ("case", "1"),
        ("deleted", "no"),
        ("kind", "../person"),
        ("hash", "0" * 63),
        ("parents", ["0"]),
        ("parents", "0" * 64),
        ("signature", "00"),
        ("ref", "P" * 101),
        ("body", ["x"]),
        ("author_name", "n" * 201),
    ],
)
def test_a_member_of_a_wrong_form_is_refused(member: str, value: object) -> None:
    line = {**RECORDS[0], member: value}

    with pytest.raises(RecordMalformed):
        record_lines.encode(line, 1)  # type: ignore[arg-type]  # wrong on purpose
