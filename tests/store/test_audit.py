# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit trail: what is edited, removed or put in another order is found, by its place."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.casework import Keys, case_of, person_of
from vault.domain.cases import Case
from vault.progress import Progress
from vault.store import audit
from vault.store.audit import GENESIS, LABEL, AuditEntry, export_lines, parse_line, verify
from vault.store.author import KeyAuthor
from vault.store.check import check
from vault.store.vault import VaultStore

COUNT = 8


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> list[AuditEntry]:
    """Eight entries: the vault's creation, a case, six openings."""
    keys = Keys.new()
    folder = tmp_path_factory.mktemp("audit") / "audit.panah"
    with (
        VaultStore.create(folder, keys.vault_id, keys.vmk) as store,
        store.writer(Keys.author("Ада")) as writer,
    ):
        writer.put(case_of())
        for number in range(COUNT - 2):
            writer.note("vault_opened", "slot", tries=number, remembered=False)
        return writer.audit_entries()


def _anchor(chain: list[AuditEntry], at: int) -> tuple[int, str]:
    return (at, chain[at - 1].head)


def test_an_untouched_chain_holds(chain: list[AuditEntry]) -> None:
    report = verify(chain, _anchor(chain, 5))

    assert (report.ok, report.entries, report.head) == (True, COUNT, chain[-1].head)


@given(
    place=st.integers(1, COUNT),
    change=st.sampled_from(
        [
            {"at": "2020-01-01T00:00:00.000000Z"},
            {"actor": "Другой"},
            {"actor_key": "00"},
            {"action": "vault_closed"},
            {"subject": "x"},
            {"version": "0" * 64},
            {"facts": {"tries": 99}},
            {"salt": bytes(32)},
        ]
    ),
)
def test_an_edited_entry_is_found(
    chain: list[AuditEntry], place: int, change: dict[str, object]
) -> None:
    edited = list(chain)
    edited[place - 1] = dataclasses.replace(edited[place - 1], **change)  # type: ignore[arg-type]  # any field

    report = verify(edited)

    assert (report.ok, report.first_bad, report.fault) == (False, place, "edited")


@given(place=st.integers(1, COUNT))
def test_an_edited_entry_with_its_digest_made_anew_is_found(
    chain: list[AuditEntry], place: int
) -> None:
    edited = dataclasses.replace(chain[place - 1], action="vault_closed")
    edited = dataclasses.replace(edited, digest=edited.computed_digest())

    report = verify([*chain[: place - 1], edited, *chain[place:]])

    assert (report.first_bad, report.fault) == (place, "broken_chain")


@given(place=st.integers(1, COUNT - 1))
def test_a_removed_entry_is_found(chain: list[AuditEntry], place: int) -> None:
    report = verify([*chain[: place - 1], *chain[place:]])

    assert (report.ok, report.first_bad, report.fault) == (False, place, "missing")


@given(place=st.integers(1, COUNT - 1))
def test_a_removed_entry_with_all_later_ones_numbered_anew_is_found(
    chain: list[AuditEntry], place: int
) -> None:
    later = [dataclasses.replace(entry, sequence=entry.sequence - 1) for entry in chain[place:]]

    report = verify([*chain[: place - 1], *later])

    assert (report.first_bad, report.fault) == (place, "edited")


@given(st.permutations(range(COUNT)))
def test_reordered_entries_are_found(chain: list[AuditEntry], order: list[int]) -> None:
    report = verify([chain[number] for number in order])
    first = next((n + 1 for n, number in enumerate(order) if n != number), 0)

    assert report.ok == (first == 0)
    assert report.first_bad == first


@given(left=st.integers(0, COUNT), at=st.integers(1, COUNT))
def test_a_chain_cut_short_is_found_by_an_anchor(
    chain: list[AuditEntry], left: int, at: int
) -> None:
    report = verify(chain[:left], _anchor(chain, at))

    assert report.ok == (left >= at)
    assert report.fault == ("" if left >= at else "behind_anchor")


def test_another_history_is_a_fork(chain: list[AuditEntry]) -> None:
    report = verify(chain, (4, "0" * 64))

    assert (report.first_bad, report.fault) == (4, "fork")


def test_a_header_written_before_anything_happened_is_no_anchor(chain: list[AuditEntry]) -> None:
    assert verify(chain, (0, "0" * 64)).ok
    assert verify([]).head == GENESIS


def test_equal_doings_have_unlike_digests(chain: list[AuditEntry]) -> None:
    # Without the salt anyone could try which entry is behind a digest of a certificate.
    twin = dataclasses.replace(chain[2], salt=chain[3].salt)

    assert chain[2].computed_digest() != twin.computed_digest()
    assert len({entry.salt for entry in chain}) == COUNT


def test_the_exported_chain_is_verified_with_sha256_alone(chain: list[AuditEntry]) -> None:
    head = hashlib.sha256(LABEL).digest()
    for line in export_lines(chain):
        entry = json.loads(line)
        salt, digest, said = (bytes.fromhex(entry.pop(key)) for key in ("salt", "digest", "head"))
        present = {key: value for key, value in entry.items() if value not in ("", {})}
        content = json.dumps(present, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(LABEL + salt + content.encode()).digest() == digest
        sequence = entry["sequence"].to_bytes(8, "big")
        head = hashlib.sha256(LABEL + head + sequence + digest).digest()
        assert head == said


def test_an_exported_chain_is_read_back(chain: list[AuditEntry]) -> None:
    assert [parse_line(line) for line in export_lines(chain)] == chain


def test_a_proof_for_one_entry_shows_only_digests_of_the_others(chain: list[AuditEntry]) -> None:
    head = chain[3].head
    for entry in chain[4:]:
        head = audit.next_head(head, entry.sequence, entry.digest)

    assert head == chain[-1].head


def test_every_change_is_entered_with_its_version(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        versions = [writer.put(case_of("TWO")).version, writer.put(person).version]
        versions.append(writer.delete(person.id).version)
        entries = writer.audit_entries()

    assert [entry.action for entry in entries] == [
        "vault_created", "created", "created", "created", "deleted",
    ]  # fmt: skip
    assert [entry.version for entry in entries[2:]] == versions
    assert {entry.actor_key for entry in entries[1:]} == {author.public.hex()}


@pytest.mark.parametrize("doing", ["edit", "remove", "reorder", "cut"])
def test_the_check_finds_what_a_key_holder_does_to_the_trail(
    store: VaultStore,
    author: KeyAuthor,
    folder: Path,
    keys: Keys,
    doing: str,
) -> None:
    with store.writer(author) as writer:
        for number in range(6):
            writer.note("vault_opened", "slot", tries=number)
    anchor = store.audit_head()
    store.close()
    statements = {
        "edit": ["UPDATE audit_entry SET subject = 'other' WHERE sequence = 4"],
        "remove": ["DELETE FROM audit_entry WHERE sequence = 4"],
        "reorder": [
            "UPDATE audit_entry SET sequence = 100 WHERE sequence = 4",
            "UPDATE audit_entry SET sequence = 4 WHERE sequence = 5",
            "UPDATE audit_entry SET sequence = 5 WHERE sequence = 100",
        ],
        "cut": ["DELETE FROM audit_entry WHERE sequence > 3"],
    }[doing]
    with keys.database(folder) as db:
        db.run("DROP TRIGGER audit_never_changes")
        db.run("DROP TRIGGER audit_never_goes")
        for statement in statements:
            db.run(statement)

    with keys.open(folder) as again:
        faults = check(again, Progress(), known=anchor).faults

    assert [(fault.area, fault.place) for fault in faults] == [("audit", "4")]


def test_the_head_is_the_same_after_reopening(
    store: VaultStore, author: KeyAuthor, case: Case, reopened: Callable[[], VaultStore]
) -> None:
    head = store.audit_head()
    again = reopened()

    assert again.audit_head() == head
    with again.reader() as reader:
        assert reader.audit_head_at(head[0]) == head[1]
        assert reader.audit_head_at(0) == GENESIS
        assert reader.audit_head_at(head[0] + 1) is None
