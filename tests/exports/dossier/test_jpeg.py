# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A picture is only taken when it carries pixels and nothing else."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.exports import sample
from tests.exports.leak_scan import planted
from vault.exports.dossier.jpeg import JpegSize, after_the_end, read_clean_jpeg, segments
from vault.exports.errors import PictureNotClean


def plain_jpeg(*, progressive: bool = False, mode: str = "RGB") -> bytes:
    sink = io.BytesIO()
    Image.new(mode, (30, 20)).save(sink, "JPEG", progressive=progressive)
    return sink.getvalue()


@pytest.mark.parametrize(
    "jpeg", [plain_jpeg(), plain_jpeg(progressive=True)], ids=["baseline", "progressive"]
)
def test_the_size_of_a_plain_picture_is_read(jpeg: bytes) -> None:
    assert read_clean_jpeg(jpeg, b"", exhibit="A-1") == JpegSize(30, 20, 3)


def test_a_grey_picture_has_one_component() -> None:
    assert read_clean_jpeg(plain_jpeg(mode="L"), b"", exhibit="A-1").components == 1


@pytest.mark.parametrize(
    "jpeg",
    [
        sample.photograph(),
        planted.jpeg(comment=b"x"),
        planted.jpeg(after=b"x"),
        planted.jpeg()[:-2],
        planted.jpeg()[:40],
        b"",
        b"\x89PNG",
    ],
    ids=["camera data", "comment", "after the end", "no end", "cut", "empty", "other"],
)
def test_a_picture_that_is_not_clean_is_refused(jpeg: bytes) -> None:
    with pytest.raises(PictureNotClean) as refused:
        read_clean_jpeg(jpeg, b"", exhibit="A-1")

    assert refused.value.details["exhibit"] == "A-1"


def test_the_bytes_of_the_original_are_refused_even_when_clean() -> None:
    with pytest.raises(PictureNotClean):
        read_clean_jpeg(plain_jpeg(), plain_jpeg(), exhibit="A-1")


def test_what_follows_the_end_is_found() -> None:
    assert after_the_end(planted.jpeg(after=b"more")) == b"more"
    assert after_the_end(planted.jpeg()) == b""


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_accident(data: bytes) -> None:
    found = list(segments(b"\xff\xd8" + data))

    assert sum(len(segment.content) for segment in found) <= len(data)
