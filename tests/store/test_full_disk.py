# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A full disk: what was saved stays, what was being saved is not half there.

Each test runs in a process of its own whose files may not grow beyond a limit and, where this
user may mount one, on a small disk in memory that really is full.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.casework import Keys, case_of, evidence_of, person_of
from vault.domain.people import ContactPoint, Person
from vault.progress import Progress
from vault.store.author import KeyAuthor
from vault.store.check import check
from vault.store.errors import DiskFull, StoreError
from vault.store.vault import VaultStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such limits on Windows")

FULL = {"store.disk_full", "store.disk_failed"}
SMALL_DISK_BYTES = 1_500_000

LIMITED = """
import resource, sys
from pathlib import Path
from tests.store import test_full_disk
from tests.store.casework import Keys
from vault.crypto.secret_bytes import SecretBytes

folder, vault_id, vmk, limit, work = sys.argv[1:]
keys = Keys(bytes.fromhex(vault_id), SecretBytes(bytearray.fromhex(vmk)))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
sys.stdout.write(getattr(test_full_disk, work)(Path(folder), keys))
"""


def _mount(place: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_BYTES}", "tmpfs", str(place)]
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return False


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory() as place:
        mounted = _mount(Path(place))
        if mounted:
            subprocess.run(["umount", place], check=True)
    return mounted


PLACES = ["file limit", *(["small disk"] if _may_mount() else [])]


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder that either is on a small disk or is not."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if request.param == "file limit":
        yield disk
        return
    assert _mount(disk)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _is_small(place: Path) -> bool:
    return os.statvfs(place).f_blocks * os.statvfs(place).f_frsize <= SMALL_DISK_BYTES


def _limited(place: Path, keys: Keys, work: str, limit: int) -> str:
    """Do the work in a process whose files may have `limit` bytes, a small disk aside."""
    arguments = [
        str(place / "desk.panah"),
        keys.vault_id.hex(),
        keys.vmk.view().hex(),
        str(1 << 30 if _is_small(place) else limit),
        work,
    ]
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return ended.stdout


@pytest.fixture
def vault(place: Path, keys: Keys, author: KeyAuthor) -> Path:
    folder = place / "desk.panah"
    with (
        VaultStore.create(folder, keys.vault_id, keys.vmk) as store,
        store.writer(author) as writer,
    ):
        writer.put(case_of())
    return folder


@pytest.mark.parametrize("work", ["save_records", "add_a_file"])
def test_no_room_for_more_is_named_and_leaves_what_was_saved(
    vault: Path, keys: Keys, work: str
) -> None:
    code, count = _limited(vault.parent, keys, work, 900_000).split()

    # SQLite tells only a disk that is full, not a file that may not grow, from other failures.
    may_fail_otherwise = work == "save_records" and not _is_small(vault)
    assert code in (FULL if may_fail_otherwise else {"store.disk_full"})
    with keys.open(vault) as again:
        _assert_sound(again, saved=int(count))
    assert not [path for path in (vault / "objects").rglob("*") if path.is_file()]


def test_a_vault_is_not_half_created(place: Path, keys: Keys) -> None:
    with contextlib.suppress(OSError), (place / "ballast").open("wb", buffering=0) as ballast:
        while ballast.tell() < SMALL_DISK_BYTES and ballast.write(bytes(4096)):
            pass

    assert _limited(place, keys, "create_a_vault", 20_000) in FULL

    assert list(place.rglob("*")) == [place / "ballast"]


def test_a_database_that_may_not_grow_says_so(
    store: VaultStore, author: KeyAuthor, folder: Path, keys: Keys
) -> None:
    case = case_of()
    with store.writer(author) as writer:
        writer.put(case)
    with store.parts.db.maintenance():
        pages = store.parts.db.value("PRAGMA page_count")
        store.parts.db.all(f"PRAGMA max_page_count = {pages + 20:d}")

    with pytest.raises(DiskFull):
        _fill(store, author, case.id)

    saved = _count(store)
    _assert_sound(store, saved=saved)
    store.close()
    with keys.open(folder) as again:
        _assert_sound(again, saved=saved)


def save_records(folder: Path, keys: Keys) -> str:
    """Save until there is no more room; return the code of the error and what was saved."""
    with keys.open(folder) as store:
        with store.reader() as reader:
            case = reader.cases()[0].case
        try:
            _fill(store, Keys.author("Ада"), case.id)
        except StoreError as err:
            return f"{err.code} {_count(store)}"
    return "no error"


def add_a_file(folder: Path, keys: Keys) -> str:
    """Add a file that is larger than what is left."""
    with keys.open(folder) as store:
        with store.reader() as reader:
            evidence = evidence_of(reader.cases()[0].case)
        try:
            with store.writer(Keys.author("Ада")) as writer:
                writer.put(evidence)
                source = io.BytesIO(bytes(2_000_000))
                writer.add_file(evidence, "a.bin", "application/octet-stream", source)
        except StoreError as err:
            return f"{err.code} {_count(store)}"
    return "no error"


def create_a_vault(folder: Path, keys: Keys) -> str:
    """Create a vault where there is no room for one."""
    try:
        VaultStore.create(folder, keys.vault_id, keys.vmk).close()
    except StoreError as err:
        return err.code
    return "no error"


def _fill(store: VaultStore, author: KeyAuthor, case_id: str) -> None:
    names = person_of(case_of()).names
    for number in range(1, 2000):
        person = Person(
            id=f"{number:08x}-0000-4000-8000-000000000000",
            case_id=case_id,
            ref=f"P{number:04d}",
            names=names,
            contacts=(ContactPoint(type="note", value=os.urandom(3000).hex()),),
        )
        with store.writer(author) as writer:
            writer.put(person)


def _count(store: VaultStore) -> int:
    with store.reader() as reader:
        return reader.cases()[0].persons


def _assert_sound(store: VaultStore, saved: int) -> None:
    assert _count(store) == saved
    assert check(store, Progress()).faults == []
