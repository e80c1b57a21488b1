# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Padmé lengths: the published example, the cost and what they hide."""

from __future__ import annotations

import math

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto.padding import padded_length

LENGTHS = st.integers(min_value=2, max_value=1 << 50)


def by_the_paper(length: int) -> int:
    """Padmé as the PURBs paper writes it, algorithm 1, with logarithms."""
    exponent = math.floor(math.log2(length))
    kept = math.floor(math.log2(exponent)) + 1
    mask = (1 << (exponent - kept)) - 1
    return (length + mask) & ~mask


@pytest.mark.parametrize(
    "length, padded", [(0, 0), (1, 1), (9, 10), (33, 36), (2**20 + 1, 1081344)]
)
def test_known_lengths(length: int, padded: int) -> None:
    assert padded_length(length) == padded


@hypothesis.given(st.integers(min_value=2, max_value=1 << 40))
def test_it_agrees_with_the_formula_of_the_paper(length: int) -> None:
    # Floating logarithms round up just below a power of two, which is theirs, not ours.
    hypothesis.assume(math.floor(math.log2(length)) == length.bit_length() - 1)
    assert padded_length(length) == by_the_paper(length)


@hypothesis.given(LENGTHS)
def test_it_never_shortens_and_costs_at_most_an_eighth(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded <= length * 1.12 + 1


@hypothesis.given(LENGTHS)
def test_a_padded_length_stays_as_it_is(length: int) -> None:
    assert padded_length(padded_length(length)) == padded_length(length)


@hypothesis.given(LENGTHS, LENGTHS)
def test_longer_data_never_gets_a_shorter_length(first: int, second: int) -> None:
    low, high = sorted((first, second))
    assert padded_length(low) <= padded_length(high)


def test_all_lengths_of_a_megabyte_and_its_double_show_few_sizes() -> None:
    sizes = {padded_length(length) for length in range(2**20, 2**21, 97)}
    assert len(sizes) <= 33


def test_a_negative_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="not negative"):
        padded_length(-1)
