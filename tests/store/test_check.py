# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The full check finds what was done to rows, history and files by somebody with the key."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest

from tests.store.casework import Keys, custody_of, evidence_of, file_hashes, person_of
from vault.domain.cases import Case
from vault.progress import Cancelled, Progress, Step
from vault.store.author import KeyAuthor
from vault.store.check import CheckReport, check
from vault.store.vault import VaultStore

PREVIOUS_HEAD = """
UPDATE record SET head = (
    SELECT hash FROM record_version AS v WHERE v.record_id = record.id AND v.hash <> record.head
) WHERE ref = 'P01'
"""


@pytest.fixture
def filled(store: VaultStore, author: KeyAuthor, case: Case, folder: Path) -> Path:
    """A closed vault with a changed, a deleted and a sealed record, custody and two files."""
    evidence = evidence_of(case)
    with store.writer(author) as writer:
        person = person_of(case)
        for record in (person, person_of(case, "P02"), evidence, custody_of(evidence)):
            writer.put(record)
        writer.put(dataclasses.replace(person, sex="male"))
        writer.delete(writer.find(case.id, "P02").id)
        writer.seal(evidence.id)
        for number in range(2):
            source = io.BytesIO(bytes([number]) * 70_000)
            writer.add_file(evidence, f"{number}.bin", "application/octet-stream", source)
    store.close()
    return folder


def _checked(folder: Path, keys: Keys) -> CheckReport:
    with keys.open(folder, read_only=True) as store:
        return check(store, Progress())


def _faults(folder: Path, keys: Keys) -> set[tuple[str, str, str]]:
    return {(fault.area, fault.place, fault.fault) for fault in _checked(folder, keys).faults}


def test_a_sound_vault_has_no_faults(filled: Path, keys: Keys) -> None:
    report = _checked(filled, keys)

    assert report.ok
    assert (report.records, report.versions, report.objects) == (7, 9, 2)
    assert (report.entries, report.object_bytes) == (11, 140_000)


@pytest.mark.parametrize(
    "statement, expected",
    [
        ("UPDATE person SET sex = 'female'", ("record", "P01", "row_differs")),
        ("UPDATE person_name SET given = 'Иван'", ("record", "P01", "row_differs")),
        ("DELETE FROM person_name", ("record", "P01", "row_differs")),
        ("DELETE FROM person", ("record", "P01", "row_differs")),
        ("UPDATE record SET ref = 'P09' WHERE ref = 'P01'", ("record", "P09", "not_the_newest")),
        (
            "UPDATE record SET deleted_at = '' WHERE ref = 'P02'",
            ("record", "P02", "not_the_newest"),
        ),
        ("UPDATE record SET sealed_at = '' WHERE ref = 'E01'", ("record", "E01", "seal_differs")),
        ("UPDATE record SET sealed_at = 'x' WHERE ref = 'P01'", ("record", "P01", "seal_differs")),
        ("UPDATE record SET head = '' WHERE ref = 'P01'", ("record", "P01", "missing_head")),
        (
            PREVIOUS_HEAD,
            ("record", "P01", "not_the_newest"),
        ),
        (
            "UPDATE record_version SET body = '{}' WHERE deleted = 0",
            ("history", "P01", "content_differs"),
        ),
        ("UPDATE record_version SET at = '2020'", ("history", "P01", "hash_differs")),
        (
            "UPDATE record_version SET signature = zeroblob(64)",
            ("history", "P01", "signature_differs"),
        ),
        ("UPDATE custody_event SET method = 'other'", ("record", "C-01", "row_differs")),
        ("DELETE FROM custody_event", ("record", "C-01", "row_differs")),
        (
            "UPDATE evidence_file SET sha256 = hex(zeroblob(32)) WHERE file_name = '0.bin'",
            ("object", "EF01", "hash_differs"),
        ),
        ("DELETE FROM audit_entry WHERE sequence = 3", ("audit", "3", "missing")),
    ],
)
def test_what_a_key_holder_changed_is_found(
    filled: Path, keys: Keys, statement: str, expected: tuple[str, str, str]
) -> None:
    _tamper(filled, keys, statement)

    found = _faults(filled, keys)
    assert expected in found


def test_a_removed_record_is_found(filled: Path, keys: Keys) -> None:
    _tamper(
        filled,
        keys,
        "DELETE FROM version_parent",
        "DELETE FROM record_version WHERE record_id = (SELECT id FROM record WHERE ref = 'P01')",
        "DELETE FROM record_list",
        "DELETE FROM person",
        "DELETE FROM record WHERE ref = 'P01'",
    )

    assert ("record", "P01", "missing_record") in _faults(filled, keys)


def test_a_record_smuggled_in_is_found(filled: Path, keys: Keys) -> None:
    _tamper(
        filled,
        keys,
        "INSERT INTO record (id, case_id, kind, ref, head, updated_at)"
        " SELECT 'smuggled', case_id, kind, 'P77', head, updated_at FROM record WHERE ref = 'P01'",
    )

    assert ("record", "P77", "missing_head") in _faults(filled, keys)


@pytest.mark.parametrize("doing", ["remove", "change", "swap"])
def test_what_was_done_to_files_is_found(filled: Path, keys: Keys, doing: str) -> None:
    first, second = sorted(path for path in (filled / "objects").rglob("*") if path.is_file())
    content = bytearray(first.read_bytes())
    if doing == "remove":
        first.unlink()
    elif doing == "change":
        content[40_000] ^= 1
        first.write_bytes(content)
    else:
        first.write_bytes(second.read_bytes())
        second.write_bytes(content)

    found = {(area, fault) for area, _, fault in _faults(filled, keys)}
    assert (
        found
        == {
            "remove": {("object", "store.object_missing")},
            "change": {("object", "store.object_damaged")},
            "swap": {("object", "store.object_swapped")},
        }[doing]
    )


def test_an_older_page_put_back_is_found(
    store: VaultStore, author: KeyAuthor, case: Case, folder: Path, keys: Keys
) -> None:
    # SQLCipher accepts an older version of one of its own pages: nothing but the agreement of
    # row, history and audit trail shows it.
    person = person_of(case)
    with store.writer(author) as writer:
        writer.put(person)
    store.checkpoint()
    before = (folder / "vault.db").read_bytes()
    with store.writer(author) as writer:
        writer.put(dataclasses.replace(person, sex="male"))
    store.close()
    with keys.database(folder) as db:
        root = db.value("SELECT rootpage FROM sqlite_schema WHERE name = 'person'")
    after = bytearray((folder / "vault.db").read_bytes())
    page = slice((root - 1) * 4096, root * 4096)
    assert after[page] != before[page]
    after[page] = before[page]
    (folder / "vault.db").write_bytes(after)

    assert _faults(folder, keys) == {("record", "P01", "row_differs")}


def test_the_check_changes_nothing_and_tells_how_far_it_is(filled: Path, keys: Keys) -> None:
    steps: list[Step] = []
    with keys.open(filled) as store:
        before = file_hashes(filled)
        check(store, Progress(steps.append, min_interval=0))
        assert file_hashes(filled) == before

    assert {step.what for step in steps} == {
        "checking_database", "checking_records", "checking_objects",
    }  # fmt: skip
    assert all(step.done <= step.total for step in steps)


def test_the_check_can_be_cancelled(filled: Path, keys: Keys) -> None:
    progress = Progress()
    progress.cancel()
    with keys.open(filled) as store:
        with pytest.raises(Cancelled):
            check(store, progress)
        assert check(store, Progress()).ok


def _tamper(folder: Path, keys: Keys, *statements: str) -> None:
    with keys.database(folder) as db:
        db.run("PRAGMA foreign_keys = OFF")
        for (name,) in db.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            db.run(f"DROP TRIGGER {name}")
        for statement in statements:
            db.run(statement)
