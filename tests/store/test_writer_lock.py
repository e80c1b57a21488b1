# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The writer lock between processes, and what is left when one of them dies."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.casework import Keys
from vault.progress import Progress
from vault.store.author import KeyAuthor
from vault.store.check import check
from vault.store.errors import DiskFailed, VaultInUse
from vault.store.vault import VaultStore
from vault.store.writer_lock import WriterLock

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from vault.store.writer_lock import WriterLock

lock = WriterLock(Path(sys.argv[1]))
lock.take()
sys.stdout.write("held\\n")
sys.stdout.flush()
sys.stdin.read()
"""
WORKER = """
import io, sys
from pathlib import Path
from tests.store.casework import Keys, case_of, evidence_of, person_of
from vault.crypto.secret_bytes import SecretBytes

keys = Keys(bytes.fromhex(sys.argv[2]), SecretBytes(bytearray.fromhex(sys.argv[3])))
author = Keys.author("Ада")
store = keys.open(Path(sys.argv[1]))
case = case_of()
evidence = evidence_of(case)
with store.writer(author) as writer:
    writer.put(case)
    writer.put(evidence)
number = 0
while True:
    number += 1
    with store.writer(author) as writer:
        writer.put(person_of(case, f"P{number:05d}"))
        writer.add_file(evidence, "a.bin", "text/plain", io.BytesIO(bytes(300_000)))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_the_lock_is_held_by_one(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    first.take()

    with pytest.raises(VaultInUse):
        second.take()
    assert (first.held, second.held) == (True, False)
    first.release()
    first.release()
    second.take()
    second.release()


def test_the_lock_is_held_against_other_processes_until_they_end(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(VaultInUse):
            lock.take()
        holder.kill()
        holder.wait()

    lock.take()
    lock.release()


def test_a_folder_in_place_of_the_lock_is_an_error_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()

    with pytest.raises(DiskFailed):
        WriterLock(tmp_path / "lock").take()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal that Windows has not")
@pytest.mark.parametrize("saved", [1, 2, 5, 9])
def test_nothing_that_was_reported_as_saved_is_lost_when_the_process_is_killed(
    store: VaultStore, folder: Path, keys: Keys, author: KeyAuthor, saved: int
) -> None:
    store.close()
    arguments = [str(folder), keys.vault_id.hex(), keys.vmk.view().hex()]
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        reported = [int(worker.stdout.readline()) for _ in range(saved)][-1]
        worker.send_signal(signal.SIGKILL)
        reported = max([reported, *map(int, worker.stdout.read().split())])

    with keys.open(folder) as again:
        with again.reader() as reader:
            (summary,) = reader.cases()
            files = reader.records(summary.case.id, "evidence_file")
        assert summary.persons in {reported, reported + 1}
        assert len(files) == summary.persons
        assert check(again, Progress()).faults == []
        left = [path for path in again.folder.objects.rglob("*") if path.is_file()]
        assert len(left) == len(files)
