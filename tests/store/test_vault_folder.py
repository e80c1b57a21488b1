# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a folder must have to be a vault's, and where no vault should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault.store.errors import NotAVaultFolder, PlainDatabase
from vault.store.vault import VaultStore
from vault.store.vault_folder import SQLITE_MAGIC, recognise, synchronised_folder_warning


def test_a_vault_is_recognised(store: VaultStore, folder: Path) -> None:
    (folder / "header.json").write_bytes(b"{}")

    assert recognise(folder).database == folder / "vault.db"


@pytest.mark.parametrize("missing", ["header.json", "vault.db"])
def test_a_folder_without_a_part_is_no_vault(folder: Path, missing: str) -> None:
    folder.mkdir()
    (folder / {"header.json": "vault.db", "vault.db": "header.json"}[missing]).write_bytes(b"x")

    with pytest.raises(NotAVaultFolder) as caught:
        recognise(folder)
    assert caught.value.details == {"missing": missing}


def test_a_plain_database_is_seen_by_its_first_bytes(folder: Path) -> None:
    folder.mkdir()
    (folder / "header.json").write_bytes(b"{}")
    (folder / "vault.db").write_bytes(SQLITE_MAGIC + bytes(100))

    with pytest.raises(PlainDatabase):
        recognise(folder)


@pytest.mark.parametrize(
    "parts, code",
    [
        (("Dropbox", "work"), "dropbox"),
        (("OneDrive - Office", "work"), "onedrive"),
        (("Yandex.Disk",), "yandex_disk"),
        (("Яндекс.Диск",), "yandex_disk"),
        (("Google Drive", "My Drive"), "google_drive"),
        (("Mobile Documents", "com~apple~CloudDocs"), "icloud"),
        (("Nextcloud",), "nextcloud"),
        (("MEGA",), "mega"),
        (("Documents", "dropboxes"), None),
        (("megapolis",), None),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(
    tmp_path: Path, parts: tuple[str, ...], code: str | None
) -> None:
    assert synchronised_folder_warning(tmp_path.joinpath(*parts, "desk.panah")) == code


@pytest.mark.parametrize("marker, code", [(".stfolder", "syncthing"), (".dropbox", "dropbox")])
def test_a_synchronised_folder_is_known_by_what_is_left_in_it(
    tmp_path: Path, marker: str, code: str
) -> None:
    (tmp_path / marker).mkdir()

    assert synchronised_folder_warning(tmp_path / "work" / "desk.panah") == code
