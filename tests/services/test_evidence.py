# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence files come in whole, stay as they are, and leave only when asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.template_vault import REFERENCE, TemplateVault
from vault.progress import Cancelled, Progress, Step
from vault.services import evidence
from vault.services.errors import NoSuchRecord, TargetExists
from vault.services.published_file import new_file


def added(filled: TemplateVault, path: Path, **given: str) -> evidence.AddedFile:
    with filled.opened() as session:
        return evidence.add_file_to_case(
            session,
            REFERENCE,
            path,
            to=given.get("to"),
            received_from=given.get("received_from", ""),
            method=given.get("method", "scan"),
            progress=Progress(),
        )


def test_a_file_is_kept_with_its_hash_kind_and_custody(
    filled: TemplateVault, tmp_path: Path
) -> None:
    path = tmp_path / "Справка №7.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    item = added(filled, path, received_from="P02")
    with filled.opened() as session:
        row = next(
            row
            for row in evidence.list_evidence(session, REFERENCE)
            if row.evidence.ref == item.evidence_ref
        )
        content = evidence.open_bytes(session, row.files[0])
    assert item.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert content == path.read_bytes()
    assert row.files[0].media_type == "application/pdf"
    assert row.files[0].file_name == "Справка №7.pdf"
    assert [event.action for event in row.custody] == ["received"]
    assert row.custody[0].seal_or_hash == item.sha256
    assert row.evidence.sha256 == item.sha256


def test_no_plaintext_of_a_file_is_in_the_vault_folder(
    filled: TemplateVault, tmp_path: Path
) -> None:
    canary = b"canary-7f3a-not-to-be-found" * 40
    path = tmp_path / "note.txt"
    path.write_bytes(canary)
    added(filled, path)
    everything = b"".join(
        file.read_bytes() + file.name.encode()
        for file in filled.folder.rglob("*")
        if file.is_file()
    )
    assert b"canary-7f3a" in canary + everything  # the search itself finds what is there
    assert b"canary-7f3a" not in everything
    assert b"note.txt" not in everything


def test_a_duplicate_is_recognised(filled: TemplateVault, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"the same bytes")
    first = added(filled, path)
    second = added(filled, path)
    assert first.duplicate_of == ""
    assert second.duplicate_of == first.evidence_ref


def test_a_cancelled_file_leaves_nothing(filled: TemplateVault, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(5 * 1024 * 1024))
    before = {file for file in (filled.folder / "objects").rglob("*") if file.is_file()}
    progress = Progress()

    def stop(_step: Step) -> None:
        progress.cancel()

    progress = Progress(stop, min_interval=0)
    with filled.opened() as session, pytest.raises(Cancelled):
        evidence.add_file_to_case(
            session, REFERENCE, path, to=None, received_from="", method="", progress=progress
        )
    assert {file for file in (filled.folder / "objects").rglob("*") if file.is_file()} == before
    with filled.opened() as session:
        assert len(evidence.list_evidence(session, REFERENCE)) == 14


def test_extracted_files_are_the_originals_and_are_audited(
    filled: TemplateVault, tmp_path: Path
) -> None:
    with filled.opened() as session:
        (written,) = evidence.extract_files(
            session, REFERENCE, ["A-1"], tmp_path / "out", Progress()
        )
        row = evidence.list_evidence(session, REFERENCE)[0]
        with session.store.reader() as reader:
            actions = [entry.action for entry in reader.audit_entries()]
    assert hashlib.sha256(written.read_bytes()).hexdigest() == row.evidence.sha256
    assert [event.action for event in row.custody][-1] == "extracted"
    assert "file_extracted" in actions


def test_an_existing_file_is_never_overwritten(filled: TemplateVault, tmp_path: Path) -> None:
    with filled.opened() as session:
        (written,) = evidence.extract_files(session, REFERENCE, ["A-1"], tmp_path, Progress())
        written.write_bytes(b"mine")
        with pytest.raises(TargetExists):
            evidence.extract_files(session, REFERENCE, ["A-1"], tmp_path, Progress())
    assert written.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_a_damaged_file_is_named_by_its_evidence(filled: TemplateVault) -> None:
    victim = max(
        (path for path in (filled.folder / "objects").rglob("*") if path.is_file()),
        key=lambda path: path.name,
    )
    content = bytearray(victim.read_bytes())
    content[-1] ^= 1
    victim.write_bytes(content)
    with filled.opened() as session:
        checked = evidence.verify_files(session, REFERENCE, (), Progress())
    wrong = [item for item in checked if not item.ok]
    assert len(checked) == 13
    assert len(wrong) == 1
    assert wrong[0].reason == "store.object_damaged"


def test_an_unknown_exhibit_is_refused(filled: TemplateVault) -> None:
    with filled.opened() as session, pytest.raises(NoSuchRecord):
        evidence.verify_files(session, REFERENCE, ["Z-9"], Progress())


@pytest.mark.parametrize(
    "untrusted,safe",
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("CON.txt", "_CON.txt"),
        ("a:b?.txt", "a_b_.txt"),
        ("справка\n.pdf", "справка_.pdf"),
        (" . ", "_"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("\u202egpj.exe", "_gpj.exe"),
    ],
)
def test_names_are_made_harmless(untrusted: str, safe: str) -> None:
    assert evidence.safe_file_name(untrusted) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_every_system_takes(untrusted: str) -> None:
    safe = evidence.safe_file_name(untrusted)
    assert 0 < len(safe) <= 121
    assert safe.isprintable()
    assert not set(safe) & set('<>:"/\\|?*')
    assert evidence.safe_file_name(safe) == safe or safe.startswith("_")


def test_a_failed_output_leaves_neither_file_nor_part(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"

    def write_half() -> None:
        with new_file(target) as stream:
            stream.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_half()
    assert list(tmp_path.iterdir()) == []
