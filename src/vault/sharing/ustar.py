# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tar of a bundle: one exact header for each path and size, so that none need be interpreted.

POSIX.1-1988 ustar, regular files only; docs/formats/bundle.md, "The tar". A reader builds the
header it expects and compares all 512 bytes. Links, devices, owners, long names and sparse
files are thereby refused without a line of code for each; `why_refused` only finds the word.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from vault.sharing.errors import (
    BundleError,
    BundleTooLarge,
    HashMismatch,
    MemberOrder,
    NotABundle,
    PathRefused,
)

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)
MAX_SIZE: Final = 8**11 - 1
"""The most that eleven octal digits say: 8 GiB less one byte."""

# 1 January 2000: the tar program warns about files as old as 1970, and about none of later.
_MTIME: Final = 946_684_800
_FIELDS: Final = struct.Struct("100s8s8s8s12s12s8s1s100s6s2s32s32s8s8s155s12x")
_BLANK_CHECKSUM: Final = b" " * 8
_MAGIC: Final = b"ustar\0"
_MAGIC_AT: Final = 257
_TYPE_AT: Final = 156
_NAME: Final = slice(0, 100)
_SIZE: Final = slice(124, 136)
_SIZE_TEXT: Final = re.compile(rb"[0-7]{11}\0")
_PATHS: Final = re.compile(
    r"manifest\.json|manifest\.json\.sig|README\.txt|contents\.html|SHA256SUMS|records\.jsonl"
    r"|objects/[0-9a-f]{64}",
    re.ASCII,
)


def is_path(untrusted: str) -> bool:
    """Tell whether a bundle may hold a member of this path."""
    return _PATHS.fullmatch(untrusted) is not None


def header(path: str, size: int) -> bytes:
    """Return the one header of a member; `size` is at most `MAX_SIZE`."""
    blank = _packed(path, size, _BLANK_CHECKSUM)
    return _packed(path, size, b"%06o\0 " % sum(blank))


def padding(size: int) -> int:
    """Return how many zero bytes follow a content of this size."""
    return -size % BLOCK


def names(untrusted: bytes, path: str) -> bool:
    """Tell whether a header that is checked afterwards names this path."""
    return untrusted[_NAME] == path.encode("ascii").ljust(100, b"\0")


def claimed_size(untrusted: bytes) -> int:
    """Return the size in a header that is checked afterwards; raise `PathRefused`."""
    text = untrusted[_SIZE]
    if _SIZE_TEXT.fullmatch(text) is None:
        raise PathRefused(reason="size")
    return int(text[:-1], 8)


def why_refused(untrusted: bytes, path: str, limit: int, place: int) -> BundleError:
    """Name what is wrong with a header that is not the one of `path` at this place.

    `limit` is the most that this member may have, `place` its number in the tar, from 1.
    """
    if not any(untrusted):
        return MemberOrder(place=place, reason="missing")
    if untrusted[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] != _MAGIC:
        return NotABundle() if place == 1 else PathRefused(reason="header")
    if untrusted[_TYPE_AT : _TYPE_AT + 1] != b"0":
        return PathRefused(reason="type")
    found = untrusted[_NAME].rstrip(b"\0").decode("latin-1")
    if not is_path(found):
        return NotABundle() if place == 1 else PathRefused(reason="path")
    if found != path:
        return MemberOrder(place=place, reason="order")
    return _size_or_field(untrusted, path, limit)


def _size_or_field(untrusted: bytes, path: str, limit: int) -> BundleError:
    if _SIZE_TEXT.fullmatch(untrusted[_SIZE]) is None:
        return PathRefused(reason="size")
    size = claimed_size(untrusted)
    if size > limit:
        return BundleTooLarge(what="member", limit=limit)
    # The right header for another size: it differs from the manifest in nothing else.
    return (
        HashMismatch(member="size")
        if untrusted == header(path, size)
        else PathRefused(reason="field")
    )


def _packed(path: str, size: int, checksum: bytes) -> bytes:
    zero = b"0000000\0"
    return _FIELDS.pack(
        path.encode("ascii"),
        b"0000600\0",
        zero,
        zero,
        b"%011o\0" % size,
        b"%011o\0" % _MTIME,
        checksum,
        b"0",
        b"",
        _MAGIC,
        b"00",
        b"",
        b"",
        zero,
        zero,
        b"",
    )
