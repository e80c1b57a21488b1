# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One vault at the Argon2id floor with the demonstration case, made once and copied."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from vault.crypto.kdf import at_floor
from vault.paths import demonstration_case
from vault.progress import Progress
from vault.services import case_files, vaults
from vault.services.session import VaultSession

PASSPHRASE = "вымышленная фраза для тестов"
REFERENCE = "FIC-2025-017"


@dataclass(frozen=True)
class TemplateVault:
    """A vault folder and what opens it."""

    folder: Path
    recovery_code: str

    def copied_to(self, folder: Path) -> TemplateVault:
        shutil.copytree(self.folder, folder)
        return TemplateVault(folder, self.recovery_code)

    def opened(self, *, read_only: bool = False) -> VaultSession:
        return vaults.open_vault(self.folder, passphrase(), Progress(), read_only=read_only)


def passphrase(text: str = PASSPHRASE) -> vaults.Credential:
    return vaults.passphrase_credential(bytearray(text.encode()))


def new_vault(folder: Path, name: str = "Айжан Тестовая") -> TemplateVault:
    created = vaults.create_vault(
        folder,
        passphrase=bytearray(PASSPHRASE.encode()),
        display_name=name,
        organisation="Тест",
        keyring=vaults.KeyringWish.NONE,
        progress=Progress(),
        kdf=at_floor(),
    )
    with created.recovery_code as code:
        return TemplateVault(folder, code.view().decode())


def filled_vault(folder: Path) -> TemplateVault:
    made = new_vault(folder)
    document = json.loads(demonstration_case().read_text(encoding="utf-8"))
    with made.opened() as session:
        case_files.import_case(session, document, Progress())
    return made


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, to see that nothing was changed."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
