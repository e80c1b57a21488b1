# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readable text is found in every encoding, and hostile bytes do no harm."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.exports.leak_scan.readable import (
    in_binary,
    in_codes,
    in_string,
    in_text,
    inflated,
    members,
    unescaped,
)

NAME = "Зимовченко"
NOISE = bytes(range(9)) * 40


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1251", "koi8-r", "cp866"])
def test_a_text_is_read_in(encoding: str) -> None:
    assert any(NAME in text for text in in_text(f"Свидетель {NAME}.".encode(encoding)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("before", [b"", b"\x01"])
def test_a_name_in_noise_is_read_in(encoding: str, before: bytes) -> None:
    found = in_binary(NOISE + before + NAME.encode(encoding) + NOISE)

    assert any(NAME in text for text in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_string_of_a_pdf_is_read_in(encoding: str) -> None:
    assert any(NAME in text for text in in_string(NAME.encode(encoding)))


def test_short_runs_of_chance_are_not_read_from_noise() -> None:
    assert in_codes(NOISE + b"Lev" + NOISE) == []


@pytest.mark.parametrize(
    "pack", [zlib.compress, gzip.compress, lambda data: zlib.compress(data)[2:-4]],
    ids=["zlib", "gzip", "deflate"],
)  # fmt: skip
def test_packed_bytes_are_unpacked(pack: object) -> None:
    assert callable(pack)
    assert inflated(pack(NAME.encode())) == NAME.encode()


def test_what_is_not_packed_gives_nothing() -> None:
    assert inflated(b"plain") == b""


def test_the_members_of_an_archive_are_read_and_a_broken_one_is_not_fatal() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", NAME)
    whole = sink.getvalue()

    assert list(members(whole)) == [("a.txt", NAME.encode())]
    assert list(members(whole[:-30])) == []
    assert list(members(b"PK")) == []


def test_entities_are_resolved() -> None:
    assert unescaped("&#1047;&#x438;&amp;") == "Зи&"
    assert unescaped("A & B") == "A & B"


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_without_an_accident(data: bytes) -> None:
    for read in (in_text, in_binary, in_codes, in_string):
        assert all(isinstance(text, str) for text in read(data))
    inflated(data)
    list(members(b"PK" + data))


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыэюя", min_size=6))
def test_every_word_survives_its_encoding(word: str) -> None:
    for encoding in ("utf-8", "cp1251", "utf-16-be"):
        assert any(word in text for text in in_text(word.encode(encoding)))
