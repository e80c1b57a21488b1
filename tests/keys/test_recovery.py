# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The recovery code: shown and typed back, every slip found in its group."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.crypto.secret_bytes import SecretBytes
from vault.keys import recovery
from vault.keys.errors import BadRecoveryCode

CODES = st.binary(min_size=20, max_size=20)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SAMPLE = bytes(range(20))


def _shown(raw: bytes) -> str:
    return recovery.shown(SecretBytes.copy_of(raw)).decode("ascii")


def _parsed(text: str | bytearray) -> bytes:
    return bytes(recovery.parse(text).view())


def _refusal(text: str) -> BadRecoveryCode | None:
    try:
        recovery.parse(text)
    except BadRecoveryCode as refused:
        return refused
    return None


@given(CODES)
def test_what_is_shown_is_read_back(raw: bytes) -> None:
    assert _parsed(_shown(raw)) == raw
    assert _parsed(recovery.shown(SecretBytes.copy_of(raw))) == raw


@given(CODES)
def test_a_code_is_eight_groups_of_five_symbols(raw: bytes) -> None:
    groups = _shown(raw).split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert set("".join(groups)) <= set(ALPHABET)


def test_the_symbols_are_the_bits_of_the_code_most_significant_first() -> None:
    # An independent reading: 160 bits as one number, 32 digits to the base 32.
    data = "".join(group[:4] for group in _shown(SAMPLE).split("-"))
    number = int.from_bytes(SAMPLE, "big")
    assert data == "".join(ALPHABET[number >> 5 * (31 - place) & 31] for place in range(32))


def test_a_new_code_has_160_bits_and_is_new() -> None:
    codes = {bytes(recovery.new_recovery_code().view()) for _ in range(50)}
    assert len(codes) == 50
    assert {len(code) for code in codes} == {20}


@given(CODES, st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_found_in_its_group(raw: bytes, place: int, symbol: str) -> None:
    text = _shown(raw).replace("-", "")
    if text[place] == symbol:
        return
    with pytest.raises(BadRecoveryCode) as caught:
        recovery.parse(text[:place] + symbol + text[place + 1 :])
    assert caught.value.details == {"reason": "checksum", "group": place // 5 + 1}


@given(CODES)
def test_two_exchanged_symbols_of_a_group_are_found(raw: bytes) -> None:
    text = _shown(raw).replace("-", "")
    for start in range(0, 40, 5):
        for one, two in itertools.combinations(range(start, start + 5), 2):
            swapped = list(text)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            if swapped == list(text):
                continue
            with pytest.raises(BadRecoveryCode) as caught:
                recovery.parse("".join(swapped))
            assert caught.value.details["group"] == start // 5 + 1


@given(CODES)
def test_two_exchanged_groups_are_found(raw: bytes) -> None:
    groups = _shown(raw).split("-")
    for one, two in itertools.combinations(range(8), 2):
        swapped = list(groups)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        with pytest.raises(BadRecoveryCode) as caught:
            recovery.parse("-".join(swapped))
        assert caught.value.details == {"reason": "checksum", "group": one + 1}


@given(CODES, st.data())
def test_a_hand_copied_code_is_read_in_either_case_and_with_any_spacing(
    raw: bytes, data: st.DataObject
) -> None:
    same_look = {"0": "0OoО", "1": "1IiLl", "A": "AaАа", "C": "CcСс", "H": "HhНн", "X": "XxХх"}
    written = []
    for symbol in _shown(raw).replace("-", ""):
        written.append(data.draw(st.sampled_from(same_look.get(symbol, symbol + symbol.lower()))))
        written.append(data.draw(st.sampled_from(["", "", "-", " ", "–", "—", "\n", "\u00a0"])))
    assert _parsed("".join(written)) == raw
    assert _parsed(bytearray("".join(written), "utf-8")) == raw


@pytest.mark.parametrize("kept", range(40))
def test_a_short_code_says_in_which_group_it_ends(kept: int) -> None:
    with pytest.raises(BadRecoveryCode) as caught:
        recovery.parse(_shown(SAMPLE).replace("-", "")[:kept])
    assert caught.value.details == {"reason": "length", "group": kept // 5 + 1}


def test_a_long_code_is_refused() -> None:
    with pytest.raises(BadRecoveryCode) as caught:
        recovery.parse(_shown(SAMPLE) + "0")
    assert caught.value.details == {"reason": "length", "group": 8}


@pytest.mark.parametrize("letter", ["U", "u", "*", "Б", "é", "\0", "😀"])
def test_a_character_that_is_no_symbol_is_refused_with_its_group(letter: str) -> None:
    text = _shown(SAMPLE)
    with pytest.raises(BadRecoveryCode) as caught:
        recovery.parse(text[:12] + letter + text[13:])
    assert caught.value.details == {"reason": "character", "group": 3}


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadRecoveryCode) as caught:
        recovery.parse(bytearray(b"\xff\xfe"))
    assert caught.value.details == {"reason": "character", "group": 1}
    assert caught.value.__cause__ is None


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused_by_name_and_not_repeated(text: str) -> None:
    refused = _refusal(text)
    if refused is not None:
        assert refused.details["reason"] in {"character", "checksum", "length"}
        assert refused.details["group"] in range(1, 9)
        assert set(refused.details) == {"reason", "group"}


def test_only_twenty_bytes_can_be_shown() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        recovery.shown(SecretBytes.random(19))
