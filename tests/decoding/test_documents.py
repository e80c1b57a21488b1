# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text comes out of the encodings that offices of the region have."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vault.decoding import documents
from vault.decoding.client import Decoder
from vault.decoding.errors import DecodingFailed, DecodingTooLarge, FormatNotSupported
from vault.decoding.limits import MAX_TEXT_BYTES

LETTER = "Прошу признать меня беженцем.\r\nИванова А. С., 12 мая 2024 года"
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"]
)
def test_a_russian_letter_is_read(decoder: Decoder, encoding: str) -> None:
    assert decoder.text(LETTER.encode(encoding), "text/plain") == LETTER


def test_a_kazakh_letter_in_utf16_without_a_mark_is_read() -> None:
    letter = "Қазақстан Республикасы, Алматы қаласы"

    assert documents.text(letter.encode("utf-16-le")) == letter


@given(PRINTABLE)
def test_any_utf8_text_comes_back_as_it_was(written: str) -> None:
    assert documents.text(written.encode("utf-8-sig")) == written


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВ ,.-—«»№0123456789\n", min_size=4))
def test_any_russian_text_in_windows_1251_comes_back(written: str) -> None:
    # These two letters at the start are the mark of UTF-16, and begin no Russian word.
    assume(not written.startswith(("яю", "юя")))
    encoded = written.encode("cp1251")
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError:
        assert documents.text(encoded) == written


@given(st.binary())
def test_any_bytes_are_text_or_are_refused(untrusted: bytes) -> None:
    try:
        found = documents.text(untrusted)
    except DecodingFailed:
        return
    assert "\0" not in found


def test_bytes_of_a_program_are_not_text(decoder: Decoder) -> None:
    with pytest.raises(DecodingFailed) as refused:
        decoder.text(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0", "text/plain")

    assert refused.value.details["reason"] == "not_text"


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(DecodingTooLarge):
        documents.text(b"a" * (MAX_TEXT_BYTES + 1))


def test_text_of_other_kinds_is_not_supported(decoder: Decoder) -> None:
    with pytest.raises(FormatNotSupported):
        decoder.text(b"", "video/mp4")
