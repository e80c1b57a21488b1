# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening: what is not a vault of ours is named, and nothing on the disk changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.store.casework import Keys, case_of, file_hashes, person_of
from vault.progress import Progress
from vault.store.author import KeyAuthor
from vault.store.check import check
from vault.store.errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    ForeignDatabase,
    NotAVaultFolder,
    PlainDatabase,
    ReadOnlyFolder,
    ReadOnlyVault,
    StoreError,
    VaultExists,
    VaultInUse,
    WrongDatabaseKey,
)
from vault.store.vault import VaultStore


@pytest.fixture
def closed(store: VaultStore, folder: Path, author: KeyAuthor) -> Path:
    """A vault with a few hundred records, closed."""
    case = case_of()
    with store.writer(author) as writer:
        writer.put(case)
        for number in range(1, 200):
            writer.put(person_of(case, f"P{number:03d}"))
    store.close()
    return folder


@contextlib.contextmanager
def _refused_untouched(folder: Path, error: type[StoreError]) -> Iterator[None]:
    before = file_hashes(folder)
    with pytest.raises(error):
        yield
    assert file_hashes(folder) == before


def test_what_was_put_is_there_after_reopening(closed: Path, keys: Keys) -> None:
    with keys.open(closed) as store, store.reader() as reader:
        (summary,) = reader.cases()

    assert (summary.persons, summary.case.reference) == (199, "TEST-1")


@pytest.mark.parametrize("name", ["Дело Вершкова", "a b#c?d%20e", "ә'\"&;=1"])
def test_a_folder_may_have_any_name(tmp_path: Path, keys: Keys, name: str) -> None:
    if sys.platform == "win32":
        name = name.translate({ord(letter): "_" for letter in '?"'})
    folder = tmp_path / f"{name}.panah"
    VaultStore.create(folder, keys.vault_id, keys.vmk).close()

    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert {path.name for path in folder.iterdir()} == {"vault.db", "objects", "lock"}
    keys.open(folder).close()


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
def test_a_new_vault_is_for_its_owner_only(store: VaultStore, folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert store.folder.objects.stat().st_mode & 0o077 == 0


def test_another_key_is_refused(closed: Path, keys: Keys) -> None:
    other = Keys(keys.vault_id, Keys.new().vmk)

    with _refused_untouched(closed, WrongDatabaseKey):
        other.open(closed)


def test_the_database_of_another_vault_with_the_same_key_is_refused(
    closed: Path, keys: Keys
) -> None:
    with keys.database(closed) as db:
        db.run("UPDATE vault_fact SET value = ?", (Keys.new().vault_id.hex(),))

    with _refused_untouched(closed, ForeignDatabase):
        keys.open(closed)


def test_a_plain_sqlite_file_is_refused(closed: Path, keys: Keys) -> None:
    (closed / "vault.db").unlink()
    plain = dbapi2.connect(str(closed / "vault.db"))
    plain.execute("CREATE TABLE word (text TEXT)")
    plain.close()

    with _refused_untouched(closed, PlainDatabase):
        keys.open(closed)


def test_a_newer_database_is_refused(closed: Path, keys: Keys) -> None:
    with keys.database(closed) as db:
        db.run("PRAGMA user_version = 900")

    with _refused_untouched(closed, DatabaseTooNew):
        keys.open(closed)
    with pytest.raises(DatabaseTooNew):
        keys.open(closed, read_only=True)


def test_a_newer_database_with_an_unfinished_log_is_refused_with_its_log(
    closed: Path, keys: Keys, tmp_path: Path
) -> None:
    # What a crash leaves: a log that was not brought into the database. Opening for real
    # would do that; a refusal must not.
    crashed = tmp_path / "crashed.panah"
    with keys.database(closed) as db:
        db.run("PRAGMA user_version = 900")
        shutil.copytree(closed, crashed)
    (crashed / "vault.db-shm").unlink()
    assert (crashed / "vault.db-wal").stat().st_size

    with _refused_untouched(crashed, DatabaseTooNew):
        keys.open(crashed)


def test_a_damaged_first_page_is_refused(closed: Path, keys: Keys) -> None:
    _flip(closed / "vault.db", 100)

    with _refused_untouched(closed, WrongDatabaseKey):
        keys.open(closed)


def test_every_damaged_page_is_named_at_opening_or_by_the_check(
    closed: Path, keys: Keys, tmp_path: Path
) -> None:
    size = (closed / "vault.db").stat().st_size
    for page in range(1, size // 4096, 9):
        copy = tmp_path / f"page-{page}.panah"
        shutil.copytree(closed, copy)
        _flip(copy / "vault.db", page * 4096 + 1000)
        before = file_hashes(copy)
        try:
            with keys.open(copy) as store:
                faults = check(store, Progress()).faults
        except DatabaseDamaged:
            pass
        else:
            assert faults, f"page {page}"
        assert file_hashes(copy) == before


@pytest.mark.parametrize("pages", [1, 5])
def test_a_shortened_database_is_refused(closed: Path, keys: Keys, pages: int) -> None:
    content = (closed / "vault.db").read_bytes()
    (closed / "vault.db").write_bytes(content[: -pages * 4096])

    with _refused_untouched(closed, DatabaseDamaged):
        keys.open(closed)


def test_a_damaged_page_is_named_by_whoever_reads_it(closed: Path, keys: Keys) -> None:
    # The pages of the audit trail are many and are read as a whole.
    with keys.database(closed) as db:
        root = db.value("SELECT rootpage FROM sqlite_schema WHERE name = 'audit_entry'")
    _flip(closed / "vault.db", (root - 1) * 4096 + 1000)

    with keys.open(closed) as store, store.reader() as reader, pytest.raises(DatabaseDamaged):
        reader.audit_entries()


def test_a_folder_without_a_database_is_no_vault(tmp_path: Path, keys: Keys) -> None:
    with pytest.raises(NotAVaultFolder) as caught:
        keys.open(tmp_path)

    assert caught.value.details == {"missing": "vault.db"}
    assert list(tmp_path.iterdir()) == []


def test_a_second_opener_is_refused(store: VaultStore, folder: Path, keys: Keys) -> None:
    with _refused_untouched(folder, VaultInUse):
        keys.open(folder)
    assert store.audit_head()[0] == 1


def test_a_second_opener_may_read_what_the_first_writes(
    store: VaultStore, folder: Path, keys: Keys, author: KeyAuthor
) -> None:
    case = case_of()
    with keys.open(folder, read_only=True) as second:
        with store.writer(author) as writer:
            writer.put(case)
        with second.reader() as reader:
            assert reader.record(case.id) == case
        with pytest.raises(ReadOnlyVault), second.writer(author):
            pass


def test_closing_lets_the_next_one_in(store: VaultStore, folder: Path, keys: Keys) -> None:
    store.close()
    store.close()

    keys.open(folder).close()  # the claim is that nothing is raised


def test_a_vault_is_not_created_over_another(closed: Path, keys: Keys) -> None:
    with _refused_untouched(closed, VaultExists):
        VaultStore.create(closed, keys.vault_id, keys.vmk)


def test_the_reader_sees_one_state_for_as_long_as_it_is_held(
    store: VaultStore, folder: Path, keys: Keys, author: KeyAuthor
) -> None:
    first, second = case_of("ONE"), case_of("TWO")
    with store.writer(author) as writer:
        writer.put(first)
    with keys.open(folder, read_only=True) as reading, reading.reader() as reader:
        assert len(reader.cases()) == 1
        with store.writer(author) as writer:
            writer.put(second)
        assert len(reader.cases()) == 1


@pytest.fixture
def ordinary_user() -> Iterator[Callable[[Path], None]]:
    """Give up root's powers over permissions for one test; a folder can be handed over."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield lambda folder: None
        return
    nobody = 65534

    def hand_over(folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody, nobody)
        for above in folder.parents:
            if above.stat().st_uid == 0 and not above.stat().st_mode & 1:
                above.chmod(above.stat().st_mode | 0o011)
        os.seteuid(nobody)

    yield hand_over
    os.seteuid(0)


@contextlib.contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
def test_a_read_only_folder_is_named_and_can_be_read(
    closed: Path, keys: Keys, ordinary_user: Callable[[Path], None]
) -> None:
    before = file_hashes(closed)
    ordinary_user(closed)
    with _read_only(closed):
        with pytest.raises(ReadOnlyFolder):
            keys.open(closed)
        with keys.open(closed, read_only=True) as store, store.reader() as reader:
            assert len(reader.cases()) == 1
        with pytest.raises(ReadOnlyFolder):
            VaultStore.create(closed / "inner", keys.vault_id, keys.vmk)
        assert file_hashes(closed) == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
def test_an_unfinished_log_in_a_read_only_folder_is_not_silently_left_out(
    store: VaultStore,
    folder: Path,
    keys: Keys,
    author: KeyAuthor,
    ordinary_user: Callable[[Path], None],
) -> None:
    with store.writer(author) as writer:
        writer.put(case_of())
    crashed = folder.with_name("crashed.panah")
    shutil.copytree(folder, crashed)
    (crashed / "vault.db-shm").unlink()
    ordinary_user(crashed)

    with _read_only(crashed), pytest.raises(ReadOnlyFolder) as caught:
        keys.open(crashed, read_only=True)

    assert caught.value.details == {"reason": "unfinished_log"}


def _flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
