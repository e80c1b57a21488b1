# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration does the main job, and its outputs open with everybody's tools."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from vault.paths import demonstration_case
from vault.progress import Progress, Step
from vault.services import demonstration, vaults
from vault.services.demonstration import DemonstrationReport
from vault.services.errors import FolderNotEmpty

HIDDEN_FROM_THE_COURT = re.compile(
    r"Зимовченк|Черемных|Лисицын|Дарь|Галин|Zimovchenko|Cheremnykh|Lisitsyn|Гроссман|555-01",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> DemonstrationReport:
    progress = Progress(steps.append, min_interval=0)
    return demonstration.build_demonstration(tmp_path_factory.mktemp("demo"), progress)


def out(made: DemonstrationReport) -> Path:
    return made.vault.parent


def test_every_check_of_the_demonstration_holds(made: DemonstrationReport) -> None:
    assert [check.name for check in made.checks if not check.ok] == []
    assert len(made.checks) >= 13
    for _what, path in made.places:
        assert Path(path).exists()


def test_its_progress_only_grows_and_reaches_the_end(
    made: DemonstrationReport, steps: list[Step]
) -> None:
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1].done == steps[-1].total


@pytest.fixture(scope="module")
def unpacked(made: DemonstrationReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, opened by Debian's age and tar with the colleague's key."""
    folder = tmp_path_factory.mktemp("unpacked")
    key = folder / "key.txt"
    credential = vaults.passphrase_credential(bytearray(demonstration.PASSPHRASE.encode()))
    with (
        vaults.open_vault(out(made) / "colleague.panah", credential, Progress()) as session,
        session.identity.x25519.encode() as secret,
    ):
        key.write_bytes(secret.view())
    payload = folder / "payload.tar"
    bundle = out(made) / "bundle.panah.age"
    subprocess.run(["age", "-d", "-i", str(key), "-o", str(payload), str(bundle)], check=True)
    content = folder / "content"
    content.mkdir()
    subprocess.run(["tar", "-x", "-f", str(payload), "-C", str(content)], check=True)
    return content


@pytest.mark.requires_program("age", "tar", "sha256sum")
def test_stock_age_and_tar_open_the_bundle(unpacked: Path) -> None:
    manifest = json.loads((unpacked / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["encryption"] == "x25519"
    assert len(list((unpacked / "objects").iterdir())) == 14
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=unpacked, check=True)


@pytest.mark.requires_program("age", "tar", "ssh-keygen")
@pytest.mark.parametrize("changed", [False, True])
def test_stock_ssh_keygen_accepts_the_signature_and_nothing_else(
    unpacked: Path, tmp_path: Path, *, changed: bool
) -> None:
    manifest = (unpacked / "manifest.json").read_bytes()
    key = json.loads(manifest)["sender"]["verify_key"]
    (tmp_path / "allowed").write_text(f"sender {key}\n", encoding="utf-8")
    signature = unpacked / "manifest.json.sig"
    verified = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", "sender",
         "-n", "panah-bundle", "-s", str(signature)],
        input=manifest.replace(b"FIC", b"FAC") + b" " if changed else manifest,
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert (verified.returncode == 0) is not changed


@pytest.mark.requires_program("pdftotext")
def test_the_court_reads_no_hidden_name(made: DemonstrationReport) -> None:
    pdf = out(made) / "dossier-DS2-ru.pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert HIDDEN_FROM_THE_COURT.findall(text) == []
    assert "Вершков" in text  # the client is a party there, so the search can find something
    assert HIDDEN_FROM_THE_COURT.findall(demonstration_case().read_text(encoding="utf-8"))


def test_no_plaintext_is_left_beside_the_outputs(made: DemonstrationReport) -> None:
    names = {path.name for path in out(made).iterdir()}
    assert names == {
        "DEMONSTRATION.txt",
        "demonstration.panah",
        "colleague.panah",
        "dossier-DS1-en.pdf",
        "dossier-DS2-ru.pdf",
        "bundle.panah.age",
    }
    for vault in ("demonstration.panah", "colleague.panah"):
        for path in (out(made) / vault).rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert "Вершков".encode() not in content, path.name
                assert b"Vershkov" not in content, path.name


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_bytes(b"mine")
    with pytest.raises(FolderNotEmpty):
        demonstration.build_demonstration(tmp_path, Progress())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]
