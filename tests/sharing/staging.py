# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder in which files of a bundle wait until the whole bundle is known to be right."""

from __future__ import annotations

from pathlib import Path


class StagedFile:
    """One file that can be taken back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("xb")

    def write(self, data: bytes, /) -> int:
        return self._file.write(data)

    def discard(self) -> None:
        self._file.close()
        self._path.unlink()

    def keep(self) -> None:
        self._file.close()


class Staging:
    """Makes the stages and knows them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, StagedFile] = {}

    def __call__(self, sha256: str, size: int) -> StagedFile:
        assert size >= 0
        self.files[sha256] = StagedFile(self.folder / sha256)
        return self.files[sha256]

    def keep(self) -> dict[str, bytes]:
        """Close everything and return the contents by hash."""
        for one in self.files.values():
            one.keep()
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}
