# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must not open gets a named error, and nothing on the disk is changed by it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.keys.resealed import resealed
from tests.template_vault import (
    PASSPHRASE,
    REFERENCE,
    TemplateVault,
    fingerprints,
    new_vault,
    passphrase,
)
from vault.crypto.kdf import at_floor
from vault.errors import VaultError
from vault.keys.errors import (
    HeaderDamaged,
    HeaderTampered,
    HeaderTooNew,
    KeyringUnavailable,
    NotAVault,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vault.keys.os_keyring import KeyStore, MemoryKeyring
from vault.progress import Progress
from vault.sentences import sentence
from vault.services import casework, evidence, upkeep, vaults
from vault.store.errors import (
    DatabaseTooNew,
    DiskFull,
    PlainDatabase,
    VaultInUse,
    WrongDatabaseKey,
)
from vault.store.vault import VaultStore


def damage_header(folder: Path) -> None:
    for name in ("header.json", "header.bak"):
        (folder / name).write_bytes(b"{broken" + (folder / name).read_bytes()[20:])


def forge_header(folder: Path) -> None:
    def weaken(members: dict[str, Any]) -> None:
        members["generation"] += 1

    for name in ("header.json", "header.bak"):
        path = folder / name
        path.write_bytes(resealed(path.read_bytes(), weaken))


def renew_header(folder: Path) -> None:
    for name in ("header.json", "header.bak"):
        path = folder / name
        document = json.loads(path.read_text(encoding="utf-8"))
        document["format"] = 99
        document["min_reader"] = 99
        path.write_text(json.dumps(document), encoding="utf-8")


def put_plain_database(folder: Path) -> None:
    path = folder / "vault.db"
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE case_file (name TEXT)")
    db.close()


def put_foreign_database(folder: Path) -> None:
    other = new_vault(folder.parent / "other.panah")
    shutil.copyfile(other.folder / "vault.db", folder / "vault.db")


@pytest.mark.parametrize(
    "spoil,error",
    [
        (damage_header, HeaderDamaged),
        (forge_header, HeaderTampered),
        (renew_header, HeaderTooNew),
        (put_plain_database, PlainDatabase),
        (put_foreign_database, WrongDatabaseKey),
    ],
    ids=lambda value: value.__name__,
)
def test_a_spoilt_vault_is_refused_by_name_and_left_alone(
    filled: TemplateVault, spoil: Callable[[Path], None], error: type[VaultError]
) -> None:
    spoil(filled.folder)
    before = fingerprints(filled.folder)
    with pytest.raises(error) as refused:
        filled.opened()
    assert fingerprints(filled.folder) == before
    assert refused.value.code in str(refused.value)
    assert len(sentence(refused.value)) > 20


def test_a_wrong_passphrase_is_refused_and_changes_nothing(filled: TemplateVault) -> None:
    before = fingerprints(filled.folder)
    with pytest.raises(WrongPassphrase):
        vaults.open_vault(filled.folder, passphrase("не та фраза"), Progress())
    assert fingerprints(filled.folder) == before


def test_the_recovery_code_of_another_vault_is_refused(
    filled: TemplateVault, tmp_path: Path
) -> None:
    other = new_vault(tmp_path / "second.panah")
    code = vaults.recovery_credential(bytearray(other.recovery_code.encode()))
    with pytest.raises(WrongRecoveryCode):
        vaults.open_vault(filled.folder, code, Progress())


def test_a_folder_without_a_vault_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAVault):
        vaults.open_vault(tmp_path, passphrase(), Progress())


def test_a_missing_keyring_is_named_and_the_recovery_code_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bound.panah"
    keyring: KeyStore = MemoryKeyring()
    created = vaults.create_vault(
        folder,
        passphrase=bytearray(PASSPHRASE.encode()),
        display_name="Тест",
        organisation="",
        keyring=keyring,
        progress=Progress(),
        kdf=at_floor(),
    )
    # No bus at all: the way a bare server or a broken desktop looks.
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    before = fingerprints(folder)
    with pytest.raises(KeyringUnavailable):
        vaults.open_vault(folder, passphrase(), Progress())
    assert fingerprints(folder) == before
    with created.recovery_code as code:
        credential = vaults.recovery_credential(bytearray(code.view()))
    vaults.open_vault(folder, credential, Progress()).close()
    vaults.open_vault(folder, passphrase(), Progress(), keyring=keyring).close()


def test_a_second_opener_is_refused_and_the_first_goes_on(filled: TemplateVault) -> None:
    with filled.opened() as first:
        before = fingerprints(filled.folder)
        with pytest.raises(VaultInUse):
            filled.opened()
        assert fingerprints(filled.folder) == before
        casework.new_case(first, "2026-2")
        assert len(casework.list_cases(first)) == 2


def test_a_second_process_is_refused_too(filled: TemplateVault, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    command = [
        sys.executable, "-m", "vault", "case", "list",
        "--vault", str(filled.folder), "--passphrase-file", str(secret), "--json",
    ]  # fmt: skip
    with filled.opened():
        done = subprocess.run(
            command, capture_output=True, check=False, env={"PYTHONPATH": "src", "PATH": ""}
        )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == VaultInUse.code


def test_a_newer_database_is_refused_and_left_alone(filled: TemplateVault) -> None:
    with filled.opened() as session, session.store.parts.db.maintenance():
        session.store.parts.db.run("PRAGMA user_version = 9999")
    before = fingerprints(filled.folder)
    with pytest.raises(DatabaseTooNew):
        filled.opened()
    assert fingerprints(filled.folder) == before


REACHES_THE_LIMIT = """
import resource, signal, sys
from pathlib import Path
from tests.template_vault import REFERENCE, TemplateVault
from vault.progress import Progress
from vault.services import evidence
from vault.store.errors import DiskFailed, DiskFull

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
session = TemplateVault(Path(sys.argv[1]), "").opened()
soft = (Path(sys.argv[1]) / "vault.db").stat().st_size + 65536
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
try:
    evidence.add_file_to_case(session, REFERENCE, Path(sys.argv[2]), to=None, received_from="",
                              method="", progress=Progress())
except (DiskFailed, DiskFull):
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    print("disk refused")
session.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits a process as POSIX does; never run")
def test_a_disk_that_refuses_loses_only_what_was_being_added(
    filled: TemplateVault, tmp_path: Path
) -> None:
    video = tmp_path / "video.bin"
    video.write_bytes(bytes(8 * 1024 * 1024))
    done = subprocess.run(
        [sys.executable, "-c", REACHES_THE_LIMIT, str(filled.folder), str(video)],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": "src:.", "PATH": ""},
    )
    assert done.stdout == "disk refused\n", done.stderr
    with filled.opened() as session:
        rows = evidence.list_evidence(session, REFERENCE)
        assert len(rows) == 14
        assert upkeep.check_vault(session, Progress()).problems == ()
    assert not list(filled.folder.rglob("*.partial"))


def test_no_space_at_creation_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> VaultStore:
        raise DiskFull

    monkeypatch.setattr(VaultStore, "create", full)
    with pytest.raises(DiskFull):
        new_vault(tmp_path / "none.panah")
    assert not (tmp_path / "none.panah").exists()
