# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A colleague without Panah opens a bundle with the real age, tar, sha256sum and ssh-keygen."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.sharing.examples import FILES, READER, RECORDS, SENDER, STRANGER, bundle
from vault.sharing.contact_card import NAMESPACE, parse
from vault.sharing.identity import Identity


def key_file(folder: Path, owner: Identity) -> Path:
    path = folder / "key.txt"
    with owner.x25519.encode() as secret:
        path.write_bytes(secret.view())
    path.chmod(0o600)
    return path


def run(*command: str | Path, into: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=into,
        input=given,
        capture_output=True,
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(into)},
    )


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A bundle opened by `age -d -i KEYFILE bundle.panah.age | tar x`."""
    (tmp_path / "bundle.panah.age").write_bytes(bundle(READER, STRANGER))
    key = key_file(tmp_path, READER)
    folder = tmp_path / "opened"
    folder.mkdir()
    decrypted = run("age", "-d", "-i", key, tmp_path / "bundle.panah.age", into=folder)
    assert (decrypted.returncode, decrypted.stderr) == (0, b"")
    unpacked = run("tar", "x", into=folder, given=decrypted.stdout)
    assert (unpacked.returncode, unpacked.stderr) == (0, b"")
    return folder


@pytest.mark.requires_program("age", "tar")
def test_age_and_tar_open_it(opened: Path) -> None:
    names = sorted(str(path.relative_to(opened)) for path in opened.rglob("*") if path.is_file())
    files = {hashlib.sha256(content).hexdigest(): content for content in FILES}

    assert names == sorted(
        [
            *("README.txt", "SHA256SUMS", "contents.html"),
            *("manifest.json", "manifest.json.sig", "records.jsonl"),
            *(f"objects/{sha256}" for sha256 in files),
        ]
    )
    for sha256, content in files.items():
        assert (opened / "objects" / sha256).read_bytes() == content
    assert len((opened / "records.jsonl").read_bytes().splitlines()) == len(RECORDS)
    assert all(path.stat().st_mode & 0o077 == 0 for path in opened.rglob("*") if path.is_file())


@pytest.mark.requires_program("age", "tar")
def test_tar_lists_the_members_in_the_order_of_the_format(tmp_path: Path) -> None:
    (tmp_path / "bundle").write_bytes(bundle(READER))
    key = key_file(tmp_path, READER)
    decrypted = run("age", "-d", "-i", key, "bundle", into=tmp_path).stdout

    listed = run("tar", "tv", into=tmp_path, given=decrypted)

    lines = listed.stdout.decode().splitlines()
    assert [line.split()[-1] for line in lines][:6] == [
        "manifest.json",
        "manifest.json.sig",
        "README.txt",
        "contents.html",
        "SHA256SUMS",
        "records.jsonl",
    ]
    assert all(line.startswith("-rw------- 0/0 ") for line in lines)


@pytest.mark.requires_program("age", "tar", "sha256sum")
def test_sha256sum_agrees(opened: Path) -> None:
    checked = run("sha256sum", "--strict", "-c", "SHA256SUMS", into=opened)

    assert checked.returncode == 0
    assert checked.stdout.count(b": OK") == 3 + len(FILES)


@pytest.mark.requires_program("age", "tar", "ssh-keygen")
def test_ssh_keygen_accepts_the_senders_signature(opened: Path) -> None:
    (opened / "allowed").write_text(f"sender {SENDER.signing.public.openssh()}\n", encoding="ascii")

    assert verified(opened).returncode == 0


@pytest.mark.requires_program("age", "tar", "ssh-keygen")
def test_ssh_keygen_refuses_a_changed_manifest_and_another_key(opened: Path) -> None:
    (opened / "allowed").write_text(f"sender {SENDER.signing.public.openssh()}\n", encoding="ascii")
    manifest = (opened / "manifest.json").read_bytes()
    (opened / "manifest.json").write_bytes(manifest.replace(b"opinion", b"0pinion"))
    assert verified(opened).returncode != 0

    (opened / "manifest.json").write_bytes(manifest)
    (opened / "allowed").write_text(
        f"sender {STRANGER.signing.public.openssh()}\n", encoding="ascii"
    )
    assert verified(opened).returncode != 0


def verified(folder: Path) -> subprocess.CompletedProcess[bytes]:
    manifest = (folder / "manifest.json").read_bytes()
    return run(
        *("ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "sender"),
        *("-n", "panah-bundle", "-s", "manifest.json.sig"),
        into=folder,
        given=manifest,
    )


@pytest.mark.requires_program("age")
def test_age_does_not_open_it_for_anybody_else(tmp_path: Path) -> None:
    (tmp_path / "bundle").write_bytes(bundle(READER))
    key = key_file(tmp_path, STRANGER)

    assert run("age", "-d", "-i", key, "bundle", into=tmp_path).returncode != 0


@pytest.mark.requires_program("ssh-keygen")
def test_ssh_keygen_accepts_the_signature_of_a_card(tmp_path: Path) -> None:
    text = READER.card_text()
    body, _, signature = text.partition("-----BEGIN")
    (tmp_path / "card.sig").write_text("-----BEGIN" + signature, encoding="ascii")
    (tmp_path / "allowed").write_text(f"* {READER.signing.public.openssh()}\n", encoding="ascii")

    checked = run(
        *("ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "*"),
        *("-n", NAMESPACE, "-s", "card.sig"),
        into=tmp_path,
        given=body.encode(),
    )

    assert checked.returncode == 0


@pytest.mark.requires_program("age-keygen", "ssh-keygen")
def test_a_card_made_by_hand_with_stock_tools_is_accepted(tmp_path: Path) -> None:
    run("age-keygen", "-o", "age.txt", into=tmp_path)
    recipient = run("age-keygen", "-y", "age.txt", into=tmp_path).stdout.decode().strip()
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key", into=tmp_path)
    key = " ".join((tmp_path / "key.pub").read_text(encoding="ascii").split()[:2])
    body = (
        f"panah-contact-card 1\nname: By Hand\nopens-with: age\nage: {recipient}\nverify: {key}\n\n"
    )
    (tmp_path / "card").write_text(body, encoding="utf-8")
    signed = run("ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", "key", "card", into=tmp_path)
    assert signed.returncode == 0

    card = parse(body + (tmp_path / "card.sig").read_text(encoding="ascii"))

    assert (card.display_name, card.recipients, card.opens_with) == ("By Hand", (recipient,), "age")
