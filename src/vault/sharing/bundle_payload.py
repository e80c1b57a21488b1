# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decrypted tar of a bundle, read strictly forward and never believed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from vault.crypto.age_file import AgeReader
from vault.crypto.errors import AgeError
from vault.sharing import bundle_limits as limits
from vault.sharing import ustar
from vault.sharing.errors import (
    BundleDamaged,
    BundleTooLarge,
    BundleTruncated,
    HashMismatch,
    TrailingData,
)
from vault.sharing.manifest import BundleMember

_BLOCK: Final = 256 * 1024


class Payload:
    """Members in the order that the caller expects; every other byte is an error by name."""

    def __init__(self, source: AgeReader) -> None:
        """Read from an opened age file, which is closed with this."""
        self._source = source

    def unlisted(self, path: str, limit: int, place: int) -> bytes:
        """Return one of the two members that no manifest can list: itself and its signature."""
        found = self._exactly(ustar.BLOCK)
        if not ustar.names(found, path):
            raise ustar.why_refused(found, path, limit, place)
        size = ustar.claimed_size(found)
        if size > limit:
            raise BundleTooLarge(what="member", limit=limit)
        if ustar.header(path, size) != found:
            raise ustar.why_refused(found, path, limit, place)
        content = self._exactly(size)
        self._skip_padding(size)
        return content

    def listed(self, member: BundleMember, place: int) -> Iterator[bytes]:
        """Give the content of a member that must be as the manifest says, block by block."""
        found = self._exactly(ustar.BLOCK)
        if found != ustar.header(member.path, member.size):
            raise ustar.why_refused(found, member.path, limits.max_bytes(member.path), place)
        digest, rest = hashlib.sha256(), member.size
        while rest:
            block = self._exactly(min(rest, _BLOCK))
            digest.update(block)
            rest -= len(block)
            yield block
        if digest.hexdigest() != member.sha256:
            raise HashMismatch(member=limits.kind_of(member.path))
        self._skip_padding(member.size)

    def expect_end(self, place: int) -> None:
        """Return when the tar and the age file end here, after the member before `place`."""
        first = self._exactly(ustar.BLOCK)
        if any(first):
            raise ustar.why_refused(first, "", 0, place)
        if any(self._exactly(ustar.BLOCK)) or self._read(1):
            raise TrailingData

    def close(self) -> None:
        """Forget the key; may be called again."""
        self._source.close()

    def _skip_padding(self, size: int) -> None:
        if any(self._exactly(ustar.padding(size))):
            raise TrailingData

    def _exactly(self, count: int) -> bytes:
        taken = self._read(count)
        while len(taken) < count:
            more = self._read(count - len(taken))
            if not more:
                raise BundleTruncated
            taken += more
        return taken

    def _read(self, count: int) -> bytes:
        try:
            return self._source.read(count) or b""
        except AgeError as err:
            raise BundleDamaged from err
