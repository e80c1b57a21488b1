# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vault's folder: which file is where, and what a folder must have to be one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.store.errors import NotAVaultFolder, PlainDatabase, disk_errors

SUFFIX: Final = ".panah"
SQLITE_MAGIC: Final = b"SQLite format 3\x00"

_SYNCHRONISERS: Final = {
    "dropbox": "dropbox",
    "onedrive": "onedrive",
    "google drive": "google_drive",
    "googledrive": "google_drive",
    "my drive": "google_drive",
    "yandex.disk": "yandex_disk",
    "yandexdisk": "yandex_disk",
    "яндекс.диск": "yandex_disk",
    "icloud drive": "icloud",
    "mobile documents": "icloud",
    "nextcloud": "nextcloud",
    "owncloud": "nextcloud",
    "mega": "mega",
    "megasync": "mega",
    "cloud mail.ru": "mail_ru",
    "облако mail.ru": "mail_ru",
}
_MARKER_FILES: Final = {
    ".dropbox": "dropbox",
    ".dropbox.cache": "dropbox",
    ".stfolder": "syncthing",
    ".owncloudsync.log": "nextcloud",
    ".nextcloudsync.log": "nextcloud",
    ".sync": "resilio",
}


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """The places in one vault's folder (docs/formats/vault.md)."""

    path: Path

    @property
    def header(self) -> Path:
        """The key slots; the keys room reads and writes it."""
        return self.path / "header.json"

    @property
    def database(self) -> Path:
        """Everything but large bytes, encrypted by SQLCipher."""
        return self.path / "vault.db"

    @property
    def objects(self) -> Path:
        """The encrypted files of evidence."""
        return self.path / "objects"

    @property
    def lock(self) -> Path:
        """Held by whoever has the vault open for writing."""
        return self.path / "lock"

    def database_files(self) -> tuple[Path, ...]:
        """Return the database and what SQLite keeps beside it, whether they exist or not."""
        return tuple(self.path / f"vault.db{end}" for end in ("", "-wal", "-shm", "-journal"))


def recognise(path: Path) -> VaultFolder:
    """Return the vault's folder at `path`, after looking at names and first bytes only.

    Raises:
        NotAVaultFolder: header or database are not there.
        PlainDatabase: the database is an unencrypted SQLite file.
    """
    folder = VaultFolder(path)
    for part in (folder.header, folder.database):
        if not part.is_file():
            raise NotAVaultFolder(missing=part.name)
    refuse_plain_database(folder.database)
    return folder


def refuse_plain_database(path: Path) -> None:
    """Raise `PlainDatabase` when the file begins as an unencrypted SQLite file does."""
    with disk_errors(), path.open("rb") as file:
        if file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC:
            raise PlainDatabase


def synchronised_folder_warning(path: Path) -> str | None:
    """Return a code for the service that copies this folder elsewhere, or None.

    Judged by the names of the folders above and by the marker files such programs leave in
    them: a vault that is synchronised while open may be copied half-written.
    """
    for folder in (path, *path.parents):
        name = folder.name.casefold()
        for known, code in _SYNCHRONISERS.items():
            if name == known or name.startswith((f"{known} ", f"{known} - ")):
                return code
        for marker, code in _MARKER_FILES.items():
            if (folder / marker).exists():
                return code
    return None
