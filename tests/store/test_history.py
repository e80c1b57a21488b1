# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions: signed by their author, taken from others, never lost."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from tests.store.casework import (
    Keys,
    case_of,
    custody_of,
    evidence_of,
    person_of,
)
from vault.domain.canonical import content_hash
from vault.domain.cases import Case
from vault.domain.people import Person
from vault.progress import Progress
from vault.store.author import KeyAuthor
from vault.store.check import check
from vault.store.errors import ForgedVersion, InvalidRecord
from vault.store.history import STATEMENT_LABEL, RecordVersion
from vault.store.reader import Reader
from vault.store.vault import VaultStore
from vault.store.writer import Writer


@pytest.fixture
def person(case: Case) -> Person:
    return person_of(case)


@pytest.fixture
def versions(
    store: VaultStore, author: KeyAuthor, case: Case, person: Person
) -> list[RecordVersion]:
    """The versions of a case and of a person who was changed twice, as a bundle brings them."""
    with store.writer(author) as writer:
        for sex in ("", "male", "other"):
            writer.put(dataclasses.replace(person, sex=sex))
        return [*writer.history(case.id), *writer.history(person.id)]


@pytest.fixture
def colleague(tmp_path_factory: pytest.TempPathFactory) -> VaultStore:
    keys = Keys.new()
    folder = tmp_path_factory.mktemp("colleague") / "other.panah"
    return VaultStore.create(folder, keys.vault_id, keys.vmk)


def _receive(store: VaultStore, versions: list[RecordVersion]) -> list[str]:
    refs = {"case": "CASE-0001", "person": "P01", "evidence": "E01", "custody_event": "C-01"}
    with store.writer(Keys.author("Борис")) as writer:
        return [writer.receive_version(one, refs[one.kind]).action for one in versions]


def test_every_version_is_kept_with_its_author_time_and_parent(
    versions: list[RecordVersion], author: KeyAuthor
) -> None:
    first, second, third = versions[1:]

    assert [version.parents for version in versions[1:]] == [(), (first.hash,), (second.hash,)]
    assert third.body["sex"] == "other"
    assert {version.author_name for version in versions} == {"Ада Тестова"}
    assert {version.author_key for version in versions} == {author.public}
    assert first.at < second.at < third.at


def test_every_version_is_signed_by_its_author(versions: list[RecordVersion]) -> None:
    assert all(version.signature_holds() for version in versions)
    assert not any(version.relayed for version in versions)
    for version in versions:
        assert version.statement().startswith(STATEMENT_LABEL)
        assert version.hash == hashlib.sha256(version.statement()).hexdigest()
        assert version.content == content_hash(version.body)


@pytest.mark.parametrize(
    "change",
    [
        {"case_id": "x"},
        {"record_id": "x"},
        {"kind": "note"},
        {"content": "0" * 64},
        {"parents": ("0" * 64,)},
        {"at": "2026-01-01T00:00:00.000000Z"},
        {"author_key": bytes(32)},
        {"deleted": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_signature_covers(versions: list[RecordVersion], change: dict[str, object]) -> None:
    changed = dataclasses.replace(versions[-1], **change)  # type: ignore[arg-type]  # any field

    assert not changed.signature_holds()


def test_a_colleague_gets_record_and_history(
    colleague: VaultStore, versions: list[RecordVersion], case: Case, person: Person
) -> None:
    assert _receive(colleague, versions) == ["created", "created", "changed", "changed"]

    with colleague.reader() as reader:
        assert reader.records(case.id) == [case, dataclasses.replace(person, sex="other")]
        assert reader.history(person.id) == versions[1:]
        assert reader.search("Вершков")
    assert check(colleague, Progress()).faults == []
    colleague.close()


def test_receiving_twice_changes_nothing(
    colleague: VaultStore, versions: list[RecordVersion]
) -> None:
    _receive(colleague, versions)
    before = colleague.audit_head()

    assert set(_receive(colleague, versions)) == {"unchanged"}
    assert colleague.audit_head() == before
    colleague.close()


def test_a_version_with_a_broken_signature_is_marked_as_relayed(
    colleague: VaultStore, versions: list[RecordVersion], person: Person
) -> None:
    unsigned = [dataclasses.replace(version, signature=b"") for version in versions]
    _receive(colleague, unsigned)

    with colleague.reader() as reader:
        assert all(version.relayed for version in reader.history(person.id))
        (*_, entry) = reader.audit_entries()
    assert entry.facts["relayed"] is True
    assert check(colleague, Progress()).faults == []
    colleague.close()


@pytest.mark.parametrize("field", ["content", "hash", "body", "at"])
def test_a_version_that_is_not_what_it_says_is_refused(
    colleague: VaultStore, versions: list[RecordVersion], field: str
) -> None:
    forged: dict[str, object] = {
        "content": "0" * 64,
        "hash": "0" * 64,
        "body": {"reference": "FORGED"},
        "at": "2020-01-01T00:00:00.000000Z",
    }
    changed = dataclasses.replace(versions[0], **{field: forged[field]})  # type: ignore[arg-type]  # any field

    with pytest.raises(ForgedVersion):
        _receive(colleague, [changed])
    assert colleague.audit_head()[0] == 1
    colleague.close()


def test_a_version_of_another_place_is_refused(
    store: VaultStore, versions: list[RecordVersion], author: KeyAuthor, person: Person
) -> None:
    other = case_of("OTHER")
    with store.writer(author) as writer:
        writer.put(other)
        moved = dataclasses.replace(versions[-1], case_id=other.id, parents=(versions[-1].hash,))
        moved = dataclasses.replace(moved, hash=hashlib.sha256(moved.statement()).hexdigest())
        with pytest.raises(ForgedVersion):
            writer.receive_version(moved, "P01")


def test_a_body_that_breaks_a_rule_is_refused(
    colleague: VaultStore, versions: list[RecordVersion]
) -> None:
    for body in ({"reference": ""}, {"reference": 7}):
        bad = dataclasses.replace(versions[0], body=body, content=content_hash(body))  # type: ignore[arg-type]  # JSON
        bad = dataclasses.replace(bad, hash=hashlib.sha256(bad.statement()).hexdigest())
        with pytest.raises(InvalidRecord):
            _receive(colleague, [bad])
    colleague.close()


def test_two_who_changed_the_same_record_keep_both_versions(
    store: VaultStore, colleague: VaultStore, versions: list[RecordVersion], person: Person
) -> None:
    _receive(colleague, versions)
    boris = Keys.author("Борис")
    with colleague.writer(boris) as writer:
        writer.put(dataclasses.replace(person, sex="female"))
        theirs = writer.history(person.id)[-1]
    with store.writer(Keys.author("Ада")) as writer:
        mine = writer.put(dataclasses.replace(person, civil_status="married"))

    assert _receive(store, [theirs]) == ["conflict"]
    with store.reader() as reader:
        assert reader.head(person.id).version == mine.version
        assert reader.history(person.id)[-1].hash == theirs.hash
        assert reader.has_version(theirs.hash)
    assert check(store, Progress()).faults == []
    colleague.close()


def test_a_change_that_follows_ours_is_taken(
    store: VaultStore, colleague: VaultStore, versions: list[RecordVersion], person: Person
) -> None:
    _receive(colleague, versions)
    with colleague.writer(Keys.author("Борис")) as writer:
        writer.put(dataclasses.replace(person, sex="female"))
        writer.delete(person.id)
        theirs = writer.history(person.id)[-2:]

    assert _receive(store, theirs) == ["changed", "deleted"]
    with store.reader() as reader:
        assert reader.head(person.id).author == "Борис"
        assert reader.records(person.case_id, "person") == []
    assert check(store, Progress()).faults == []
    colleague.close()


def test_a_sealed_record_takes_no_change_from_outside(
    store: VaultStore, colleague: VaultStore, versions: list[RecordVersion], person: Person
) -> None:
    _receive(colleague, versions)
    with colleague.writer(Keys.author("Борис")) as writer:
        writer.put(dataclasses.replace(person, sex="female"))
        theirs = writer.history(person.id)[-1]
    with store.writer(Keys.author("Ада")) as writer:
        writer.seal(person.id)

    assert _receive(store, [theirs]) == ["conflict"]
    with store.reader() as reader:
        assert reader.record(person.id) == dataclasses.replace(person, sex="other")
    colleague.close()


def test_what_a_part_of_a_case_points_at_becomes_a_stub_until_it_comes(
    store: VaultStore, colleague: VaultStore, author: KeyAuthor, case: Case, person: Person
) -> None:
    evidence = dataclasses.replace(evidence_of(case), source_person_id=person.id)
    event = custody_of(evidence)
    with store.writer(author) as writer:
        for record in (person, evidence, event):
            writer.put(record)
        history = [version for one in (case, evidence, event) for version in writer.history(one.id)]
        late = writer.history(person.id)

    assert _receive(colleague, history) == ["created", "created", "created"]
    with colleague.reader() as reader:
        assert reader.records(case.id) == [case, evidence, event]
    assert _receive(colleague, late) == ["created"]
    with colleague.reader() as reader:
        assert reader.records(case.id) == [case, evidence, event, person]
    assert check(colleague, Progress()).faults == []
    colleague.close()


def test_a_taken_reference_is_replaced_by_a_new_one(
    colleague: VaultStore, versions: list[RecordVersion], case: Case, person: Person
) -> None:
    _receive(colleague, versions[:1])
    own = person_of(case, "P01", "Другой")
    with colleague.writer(Keys.author("Борис")) as writer:
        writer.put(own)
    _receive(colleague, versions[1:])

    with colleague.reader() as reader:
        assert reader.record(person.id).ref == "P02"
        assert reader.record(own.id) == own
    colleague.close()


def test_an_append_only_record_takes_its_first_version_only(
    store: VaultStore, colleague: VaultStore, author: KeyAuthor, case: Case
) -> None:
    evidence = evidence_of(case)
    event = custody_of(evidence)
    with store.writer(author) as writer:
        writer.put(evidence)
        writer.put(event)
        history = [version for one in (case, evidence, event) for version in writer.history(one.id)]
        second = _next_version(writer, event.id, author)
    _receive(colleague, history)

    assert _receive(colleague, [second]) == ["conflict"]
    with colleague.reader() as reader:
        assert reader.record(event.id) == event
    colleague.close()


def _next_version(reader: Reader | Writer, record_id: str, author: KeyAuthor) -> RecordVersion:
    """A correctly signed version that follows the newest, of a record that may not change."""
    last = reader.history(record_id)[-1]
    body = {**last.body, "method": "changed"}
    bare = dataclasses.replace(
        last, body=body, content=content_hash(body), parents=(last.hash,), at=last.at + "1"
    )
    signed = bare.statement()
    return dataclasses.replace(
        bare, hash=hashlib.sha256(signed).hexdigest(), signature=author.sign(signed)
    )


def test_a_deletion_of_something_unknown_leaves_nothing_to_see(
    colleague: VaultStore, store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        writer.put(person)
        writer.delete(person.id)
        deletion = writer.history(person.id)[-1]
        first = writer.history(case.id)

    assert _receive(colleague, [*first, deletion]) == ["created", "deleted"]
    with colleague.reader() as reader:
        assert reader.records(case.id) == [case]
    assert check(colleague, Progress()).faults == []
    colleague.close()
