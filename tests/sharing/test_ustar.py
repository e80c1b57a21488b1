# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one header of a member is what every reader of tar expects."""

from __future__ import annotations

import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.sharing import ustar

PATHS = st.sampled_from(["manifest.json", "records.jsonl", "objects/" + "0123456789abcdef" * 4])


@given(PATHS, st.integers(0, ustar.MAX_SIZE))
def test_the_standard_librarys_reader_agrees(path: str, size: int) -> None:
    found = tarfile.TarInfo.frombuf(ustar.header(path, size), "ascii", "strict")

    assert (found.name, found.size, found.type) == (path, size, tarfile.REGTYPE)
    assert (found.mode, found.uid, found.gid, found.uname, found.gname) == (0o600, 0, 0, "", "")
    assert found.mtime == 946_684_800


@given(st.integers(0, 10**6))
def test_padding_fills_the_last_block(size: int) -> None:
    assert (size + ustar.padding(size)) % ustar.BLOCK == 0
    assert 0 <= ustar.padding(size) < ustar.BLOCK


@given(st.binary(min_size=512, max_size=512))
def test_any_block_that_is_not_the_header_is_refused_by_name(untrusted: bytes) -> None:
    assert ustar.why_refused(untrusted, "README.txt", 100, 3).code.startswith("bundle.")


@pytest.mark.parametrize(
    "path",
    ["", ".", "manifest.json/", "./README.txt", "objects/" + "0" * 63, "objects/" + "G" * 64],
)
def test_other_paths_are_not_allowed(path: str) -> None:
    assert not ustar.is_path(path)
