# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups that are read back, restoring them, and saving what a damaged vault still holds."""

from __future__ import annotations

import dataclasses
import datetime
import io
import shutil
from pathlib import Path

import pytest

from tests.store.casework import Keys, evidence_of, file_hashes, person_of
from vault.domain.cases import Case
from vault.domain.evidence import EvidenceFile
from vault.domain.people import ContactPoint
from vault.progress import Cancelled, Progress, Step
from vault.store.author import KeyAuthor
from vault.store.backup import back_up, restore
from vault.store.check import check
from vault.store.errors import (
    BackupDamaged,
    DatabaseDamaged,
    NotAVaultFolder,
    VaultExists,
    WrongDatabaseKey,
)
from vault.store.rescue import rescue
from vault.store.vault import VaultStore


@pytest.fixture
def file(store: VaultStore, author: KeyAuthor, case: Case) -> EvidenceFile:
    """A vault with a header, many persons and a file."""
    (store.folder.path / "header.json").write_bytes(b"{} stands for the header")
    evidence = evidence_of(case)
    with store.writer(author) as writer:
        writer.put(evidence)
        for number in range(1, 60):
            person = person_of(case, f"P{number:02d}")
            long = (ContactPoint(type="note", value=f"{number} " * 300),)
            writer.put(dataclasses.replace(person, contacts=long))
        source = io.BytesIO(b"evidence" * 20_000)
        return writer.add_file(evidence, "a.bin", "application/octet-stream", source)


@pytest.fixture
def copy(store: VaultStore, keys: Keys, file: EvidenceFile, tmp_path: Path) -> Path:
    report = back_up(store, keys.vault_id, keys.vmk, tmp_path / "backups", Progress())
    assert report.objects == 1
    assert report.total_bytes == sum(
        path.stat().st_size
        for path in report.path.rglob("*")
        if path.name != "header.json" and path.is_file()
    )
    return report.path


def test_a_backup_is_a_vault_with_everything(
    store: VaultStore, copy: Path, keys: Keys, case: Case, file: EvidenceFile
) -> None:
    assert copy.name.startswith("desk-")
    assert copy.name.endswith(".panah")
    with keys.open(copy) as opened:
        assert check(opened, Progress()).ok
        assert opened.audit_head() == store.audit_head()
        with opened.reader() as there, store.reader() as here:
            assert there.records(case.id) == here.records(case.id)
            assert there.open_object(file).read() == b"evidence" * 20_000


def test_nothing_but_the_vault_is_in_a_backup(copy: Path) -> None:
    names = {path.name for path in copy.iterdir()}

    assert names == {"header.json", "vault.db", "objects"}
    assert (copy / "header.json").read_bytes() == b"{} stands for the header"


def test_two_backups_are_two_folders_and_none_is_written_over(keys: Keys, tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 2, 12, tzinfo=datetime.UTC)
    folder = tmp_path / "desk.panah"
    with VaultStore.create(folder, keys.vault_id, keys.vmk, clock=lambda: moment) as made:
        first = back_up(made, keys.vault_id, keys.vmk, tmp_path, Progress())
        assert first.path.name == "desk-2026-02-12-000000.panah"
        with pytest.raises(VaultExists):
            back_up(made, keys.vault_id, keys.vmk, tmp_path, Progress())


def test_a_backup_that_fails_leaves_nothing(
    store: VaultStore, keys: Keys, file: EvidenceFile, tmp_path: Path
) -> None:
    (object_file,) = (path for path in store.folder.objects.rglob("*") if path.is_file())
    object_file.unlink()

    with pytest.raises(BackupDamaged) as caught:
        back_up(store, keys.vault_id, keys.vmk, tmp_path / "backups", Progress())

    assert str(caught.value.details["place"]).startswith("objects/")
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize("stage", ["copying_database", "copying_objects", "verifying_copy"])
def test_a_cancelled_backup_leaves_nothing(
    store: VaultStore, keys: Keys, file: EvidenceFile, tmp_path: Path, stage: str
) -> None:
    def listen(step: Step) -> None:
        if step.what == stage:
            progress.cancel()

    progress = Progress(listen, min_interval=0)
    with pytest.raises(Cancelled):
        back_up(store, keys.vault_id, keys.vmk, tmp_path / "backups", progress)

    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize("part", ["vault.db", "object"])
def test_a_copy_that_does_not_read_back_is_no_backup(
    store: VaultStore, keys: Keys, file: EvidenceFile, tmp_path: Path, part: str
) -> None:
    def damage_the_copy(step: Step) -> None:
        if (step.what, step.done) == ("verifying_copy", 0):
            copied = next(
                path for path in (tmp_path / "backups").rglob("*")
                if path.is_file() and (path.name == part or path.parent.parent.name == f"{part}s")
            )  # fmt: skip
            _flip(copied, copied.stat().st_size - 2000)

    progress = Progress(damage_the_copy, min_interval=0)
    with pytest.raises(BackupDamaged):
        back_up(store, keys.vault_id, keys.vmk, tmp_path / "backups", progress)

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_restores_to_an_equal_vault(
    copy: Path, keys: Keys, case: Case, tmp_path: Path
) -> None:
    before = file_hashes(copy)
    report = restore(copy, tmp_path / "again.panah", keys.vault_id, keys.vmk, Progress())

    assert file_hashes(copy) == before == file_hashes(report.path)
    with keys.open(report.path) as opened:
        assert check(opened, Progress()).ok


def test_restoring_writes_over_nothing(copy: Path, keys: Keys, folder: Path) -> None:
    before = file_hashes(folder)
    with pytest.raises(VaultExists):
        restore(copy, folder, keys.vault_id, keys.vmk, Progress())

    assert file_hashes(folder) == before


@pytest.mark.parametrize("damage", ["missing object", "last page"])
def test_a_damaged_backup_is_not_restored(
    copy: Path, keys: Keys, tmp_path: Path, damage: str
) -> None:
    (object_file,) = (path for path in (copy / "objects").rglob("*") if path.is_file())
    if damage == "missing object":
        object_file.unlink()
    else:
        _flip(copy / "vault.db", -100)
    target = tmp_path / "again.panah"

    with pytest.raises(BackupDamaged):
        restore(copy, target, keys.vault_id, keys.vmk, Progress())
    assert not target.exists()


def test_what_is_no_backup_is_not_restored(copy: Path, keys: Keys, tmp_path: Path) -> None:
    with pytest.raises(NotAVaultFolder):
        restore(tmp_path, tmp_path / "again.panah", keys.vault_id, keys.vmk, Progress())
    with pytest.raises(WrongDatabaseKey):
        restore(copy, tmp_path / "again.panah", keys.vault_id, Keys.new().vmk, Progress())
    assert not (tmp_path / "again.panah").exists()


def test_a_sound_vault_is_rescued_whole(
    store: VaultStore, keys: Keys, author: KeyAuthor, case: Case, file: EvidenceFile
) -> None:
    with store.writer(author) as writer:
        person = writer.find(case.id, "P03")
        writer.put(dataclasses.replace(person, sex="male"))  # type: ignore[arg-type]  # P03 is a person
        writer.delete(writer.find(case.id, "P04").id)
        writer.seal(writer.find(case.id, "P05").id)
    target = store.folder.path.with_name("rescued.panah")

    report = rescue(
        store, target, vault_id=keys.vault_id, vmk=keys.vmk, author=author, progress=Progress()
    )

    assert (report.records, report.files) == (62, 1)
    assert report.lost_records == report.lost_files == report.lost_parts == []
    with keys.open(target) as made:
        assert check(made, Progress()).ok
        with made.reader() as there, store.reader() as here:
            assert [one.ref for one in there.records(case.id)] == [
                one.ref for one in here.records(case.id)
            ]
            for record in here.records(case.id):
                assert there.head(record.id).version == here.head(record.id).version
                assert bool(there.head(record.id).sealed_at) == bool(here.head(record.id).sealed_at)
                assert there.history(record.id) == here.history(record.id)
            assert there.open_object(file).read() == b"evidence" * 20_000
            assert there.search("Вершков")


def test_whatever_page_is_damaged_the_rest_is_rescued(
    store: VaultStore, keys: Keys, author: KeyAuthor, case: Case, file: EvidenceFile
) -> None:
    with store.reader() as reader:
        everything = {record.ref for record in reader.records(case.id)}
    place = store.folder.path
    store.close()
    pages = range(5, (place / "vault.db").stat().st_size // 4096, 15)
    beyond_rescue, some_lost = 0, 0
    for page in pages:
        try:
            saved, lost = _rescued_after_damage(place, keys, author, page)
        except DatabaseDamaged:
            beyond_rescue += 1  # The page held the schema: only a backup helps.
            continue
        assert everything - saved == lost - {file.ref}
        assert len(lost) < 8
        some_lost += bool(lost)

    assert beyond_rescue < len(pages) / 5
    assert some_lost


def _rescued_after_damage(
    place: Path, keys: Keys, author: KeyAuthor, page: int
) -> tuple[set[str], set[str]]:
    """Damage one page and return the references of what was saved and of what was lost."""
    damaged = place.with_name(f"damaged-{page}.panah")
    target = place.with_name(f"rescued-{page}.panah")
    shutil.copytree(place, damaged)
    _flip(damaged / "vault.db", page * 4096 + 2000)
    with keys.open(damaged, read_only=True) as store:
        report = rescue(
            store, target, vault_id=keys.vault_id, vmk=keys.vmk, author=author, progress=Progress()
        )
    with keys.open(target) as made:
        assert check(made, Progress()).ok
        with made.reader() as reader:
            found = [one for case in reader.cases() for one in reader.records(case.case.id)]
    return {record.ref for record in found}, {*report.lost_records, *report.lost_files}


def _flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
