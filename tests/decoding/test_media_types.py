# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file is what its first bytes say, and its name decides only among equals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decoding import pictures
from vault.decoding.media_types import OCTETS, PICTURES, media_type


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_pictures_are_known_by_their_bytes_alone(kind: str) -> None:
    made = pictures.encoded(pictures.plain(), PICTURES[kind])

    assert media_type(made, "statement.txt") == kind


@pytest.mark.parametrize(
    "start, name, kind",
    [
        (b"%PDF-1.7\n", "", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "x.txt", "application/pdf"),
        (b"PK\x03\x04rest", "x.zip", "application/zip"),
        (
            b"PK\x03\x04rest",
            "Жалоба.DOCX",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"\0\0\0\x18ftypheic", "x.jpg", "image/heic"),
        (b"\0\0\0\x18ftypisom", "", "video/mp4"),
        (b"RIFF\0\0\0\0WAVE", "", "audio/wav"),
        (b"\x30\x80\x06\x09", "order.pdf.p7s", "application/pkcs7-signature"),
        ("Заявление".encode("cp1251"), "", "text/plain"),
        (b"\xff\xfeA\0", "", "text/plain"),
        (b"BMW has two letters of a picture", "", "text/plain"),
        (b"\0\1\2\3", "photo.jpg", OCTETS),
        (b"\0\1\2\3", "note.txt", OCTETS),
        (b"", "empty.txt", "text/plain"),
        (b"", "", OCTETS),
    ],
)
def test_each_kind_is_named(start: bytes, name: str, kind: str) -> None:
    assert media_type(start, name) == kind


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_and_any_name_have_a_kind(start: bytes, name: str) -> None:
    assert "/" in media_type(start, name)
