# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving, finding, deleting and sealing records."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
from collections.abc import Callable

import pytest

from tests.store.casework import (
    Keys,
    case_of,
    custody_of,
    evidence_of,
    incident_of,
    new_id,
    person_of,
)
from vault import paths
from vault.domain.canonical import canonical_bytes
from vault.domain.case_format import case_file_of_records, records_of_case_file
from vault.domain.cases import Case
from vault.domain.dossiers import Deadline
from vault.domain.evidence import EvidenceFile
from vault.domain.people import Person, PersonName
from vault.domain.records import OtherRecord, Record
from vault.domain.values import LocalText
from vault.errors import VaultBug
from vault.store.author import KeyAuthor
from vault.store.errors import (
    AmbiguousCase,
    AppendOnlyRecord,
    CaseNotEmpty,
    DanglingReference,
    InvalidRecord,
    NoSuchCase,
    NoSuchRecord,
    RecordSealed,
    ReferenceTaken,
    RefusedByDatabase,
)
from vault.store.vault import VaultStore


def test_a_saved_record_is_read_back_as_it_was(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        change = writer.put(person)
        assert writer.record(person.id) == person

    assert (change.action, change.kind) == ("created", "person")
    with store.reader() as reader:
        assert reader.record(person.id) == person
        assert reader.find(case.id, "P01") == person
        assert reader.records(case.id) == [case, person]
        assert reader.records(case.id, "person") == [person]


def test_what_does_not_differ_makes_no_version(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    before = store.audit_head()
    with store.writer(author) as writer:
        change = writer.put(case)

    assert change.action == "unchanged"
    assert writer.changes == []
    assert store.audit_head() == before


def test_a_changed_record_gets_a_second_version(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    renamed = dataclasses.replace(case, reference="TEST-2")
    with store.writer(author) as writer:
        assert writer.put(renamed).action == "changed"
        assert writer.case_by_reference("TEST-2") == renamed
        with pytest.raises(NoSuchCase):
            writer.case_by_reference("TEST-1")
        assert len(writer.history(case.id)) == 2


def test_nothing_of_a_failed_block_is_kept(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    before = store.audit_head()
    with contextlib.suppress(InvalidRecord), store.writer(author) as writer:
        writer.put(person_of(case))
        writer.put(dataclasses.replace(person_of(case, "P02"), names=()))
        pytest.fail("a person without a name was saved")

    assert store.audit_head() == before
    with store.reader() as reader:
        assert reader.records(case.id) == [case]
        assert reader.search("Вершков") == []


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"names": ()}, ("names", "missing")),
        ({"kind": "robot"}, ("kind", "not_one_of")),
        ({"date_of_birth": "17.05.1994"}, ("date_of_birth", "bad_date")),
        ({"ref": " "}, ("ref", "missing")),
        ({"sex": "\ud800"}, ("", "not_text")),
        ({"custom": {"weight": 1.5}}, ("", "not_json")),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_by_field_and_reason(
    store: VaultStore,
    author: KeyAuthor,
    case: Case,
    change: dict[str, object],
    expected: tuple[str, str],
) -> None:
    person = dataclasses.replace(person_of(case), **change)  # type: ignore[arg-type]  # wrong on purpose

    with pytest.raises(InvalidRecord) as caught, store.writer(author) as writer:
        writer.put(person)

    field, reason = expected
    assert caught.value.details == {"kind": "person", "field": field, "reason": reason}


def test_a_number_larger_than_the_database_holds_is_refused(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    evidence = dataclasses.replace(evidence_of(case), size_bytes=2**70)

    with pytest.raises(InvalidRecord) as caught, store.writer(author) as writer:
        writer.put(evidence)

    assert caught.value.details["reason"] == "number_too_large"


def test_a_reference_belongs_to_one_record_of_its_case(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    other_case = case_of("TEST-2")
    with store.writer(author) as writer:
        writer.put(person_of(case))
        writer.put(other_case)
        writer.put(person_of(other_case))
        with pytest.raises(ReferenceTaken) as caught:
            writer.put(person_of(case))

    assert caught.value.details == {"kind": "person", "ref": "P01"}


def test_the_reference_and_the_case_of_a_record_are_for_good(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person, other_case = person_of(case), case_of("TEST-2")
    with store.writer(author) as writer:
        writer.put(person)
        writer.put(other_case)
        for changed in (
            dataclasses.replace(person, ref="P09"),
            dataclasses.replace(person, case_id=other_case.id),
            OtherRecord(id=person.id, case_id=case.id, ref="P01", kind="note"),
        ):
            with pytest.raises(InvalidRecord):
                writer.put(changed)
        assert writer.record(person.id) == person


def test_records_point_at_records_of_their_own_case_only(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    other_case = case_of("TEST-2")
    stranger = person_of(other_case)
    with store.writer(author) as writer:
        writer.put(other_case)
        writer.put(stranger)
    for target in (stranger.id, new_id()):
        evidence = dataclasses.replace(evidence_of(case), source_person_id=target)
        with pytest.raises(DanglingReference) as caught, store.writer(author) as writer:
            writer.put(evidence)
        assert caught.value.details == {"table": "evidence", "count": 1}


def test_records_that_point_at_each_other_are_put_in_any_order(
    store: VaultStore, author: KeyAuthor
) -> None:
    case = case_of()
    person = person_of(case)
    case = dataclasses.replace(case, client_id=person.id)
    with store.writer(author) as writer:
        writer.put(case)
        writer.put(person)

    with store.reader() as reader:
        assert reader.records(case.id) == [case, person]


def test_a_record_needs_its_case(store: VaultStore, author: KeyAuthor, case: Case) -> None:
    with pytest.raises(NoSuchCase), store.writer(author) as writer:
        writer.put(person_of(case_of("nowhere")))
    with pytest.raises(InvalidRecord), store.writer(author) as writer:
        writer.put(dataclasses.replace(case_of("inside"), case_id=case.id))


def test_a_deleted_record_is_gone_and_comes_back(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        writer.put(person)
        assert writer.delete(person.id).action == "deleted"
        assert writer.records(case.id) == [case]
        assert writer.search("Вершков") == []
        for gone in (writer.record, writer.delete):
            with pytest.raises(NoSuchRecord):
                gone(person.id)
        assert writer.head(person.id).deleted_at
        with pytest.raises(ReferenceTaken):
            writer.put(person_of(case, "P01"))

        assert writer.put(person).action == "changed"
        assert writer.records(case.id) == [case, person]
        assert not writer.head(person.id).deleted_at
        assert [version.deleted for version in writer.history(person.id)] == [False, True, False]


def test_a_case_with_records_is_not_deleted(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        writer.put(person)
        with pytest.raises(CaseNotEmpty) as caught:
            writer.delete(case.id)
        writer.delete(person.id)
        writer.delete(case.id)
        with pytest.raises(NoSuchCase):
            writer.put(person)

    assert caught.value.details == {"count": 1}
    with store.reader() as reader:
        assert reader.cases() == []


def test_a_sealed_record_changes_no_more(store: VaultStore, author: KeyAuthor, case: Case) -> None:
    person = person_of(case)
    with store.writer(author) as writer:
        writer.put(person)
        writer.seal(person.id)
        writer.seal(person.id)
        with pytest.raises(RecordSealed):
            writer.put(dataclasses.replace(person, sex="male"))
        with pytest.raises(RecordSealed):
            writer.delete(person.id)
        assert writer.put(person).action == "unchanged"
        assert writer.head(person.id).sealed_at
        assert [entry.action for entry in writer.audit_entries()].count("sealed") == 1


def test_custody_is_only_ever_added(store: VaultStore, author: KeyAuthor, case: Case) -> None:
    evidence = evidence_of(case)
    event = custody_of(evidence)
    with store.writer(author) as writer:
        writer.put(evidence)
        writer.put(event)
        with pytest.raises(AppendOnlyRecord):
            writer.put(dataclasses.replace(event, method="changed"))
        with pytest.raises(AppendOnlyRecord):
            writer.delete(event.id)
        assert writer.put(event).action == "unchanged"


@pytest.mark.parametrize(
    "table",
    ["custody_event", "record_version", "version_parent", "audit_entry"],
)
@pytest.mark.parametrize("doing", ["update", "delete", "replace"])
def test_the_database_itself_refuses_to_change_the_past(
    store: VaultStore, author: KeyAuthor, case: Case, table: str, doing: str
) -> None:
    evidence = evidence_of(case)
    with store.writer(author) as writer:
        writer.put(evidence)
        writer.put(custody_of(evidence))
        writer.put(dataclasses.replace(evidence, exhibit_no="A-1"))
    column = {"custody_event": "method", "record_version": "body", "version_parent": "parent"}.get(
        table, "action"
    )
    statement = {
        "update": "UPDATE {table} SET {column} = ''",
        "delete": "DELETE FROM {table}",
        "replace": "REPLACE INTO {table} SELECT * FROM {table}",
    }[doing].format(table=table, column=column)

    with pytest.raises(RefusedByDatabase), store.parts.db.writing():
        store.parts.db.run(statement)


def test_new_references_go_on_from_the_highest(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    with store.writer(author) as writer:
        assert writer.new_ref(case.id, "person") == "P01"
        for ref in ("P02", "P014", "PR9", "P-3"):
            writer.put(person_of(case, ref))
        writer.delete(writer.find(case.id, "P014").id)

        assert writer.new_ref(case.id, "person") == "P015"
        assert writer.new_ref(case.id, "proceeding") == "PR10"
        assert writer.new_ref(case.id, "incident") == "I01"
        assert writer.new_ref(case.id, "case") == "CASE-0002"


def test_the_list_of_cases_counts_and_shows_the_next_deadline(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    deadlines = [
        Deadline(id=new_id(), case_id=case.id, ref=f"D{number}", due=due, status=status)
        for number, (due, status) in enumerate(
            [("2026-03-01", "open"), ("2026-02-12T10:00+05:00", "open"), ("2026-01-01", "met")]
        )
    ]
    with store.writer(author) as writer:
        records: list[Record] = [person_of(case), person_of(case, "P02"), incident_of(case)]
        for record in (*records, *deadlines):
            writer.put(record)
        writer.delete(writer.find(case.id, "P02").id)
        (summary,) = writer.cases()
        newest = max(writer.head(one.id).updated_at for one in writer.records(case.id))

    assert summary.case == case
    assert (summary.persons, summary.incidents, summary.evidence) == (1, 1, 0)
    assert summary.next_deadline == "2026-02-12T10:00+05:00"
    assert summary.updated_at >= newest


def test_two_cases_with_one_label_are_not_guessed_between(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    with store.writer(author) as writer:
        writer.put(case_of(case.reference))
        with pytest.raises(AmbiguousCase):
            writer.case_by_reference(case.reference)


def test_a_snapshot_is_the_whole_case_and_nothing_else(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    other_case = case_of("TEST-2")
    evidence = evidence_of(case)
    records: list[Record] = [
        person_of(case),
        incident_of(case),
        evidence,
        EvidenceFile(id=new_id(), case_id=case.id, ref="EF01", evidence_id=evidence.id),
        custody_of(evidence),
        OtherRecord(id=new_id(), case_id=case.id, ref="T1", kind="task", body={"due": "2026"}),
    ]
    with store.writer(author) as writer:
        for record in (*records, other_case, person_of(other_case)):
            writer.put(record)
    with store.reader() as reader:
        snapshot = reader.snapshot(case.id)
        with pytest.raises(NoSuchCase):
            reader.snapshot(new_id())

    assert list(snapshot.records()) == [case, *records]
    assert snapshot.audit_anchor == store.audit_head()[1]


def test_the_demonstration_case_goes_in_whole_and_comes_out_equal(
    store: VaultStore, author: KeyAuthor, reopened: Callable[[], VaultStore]
) -> None:
    document = json.loads(paths.demonstration_case().read_text(encoding="utf-8"))
    records = records_of_case_file(document, lambda kind, ref: new_id())
    with store.writer(author) as writer:
        for record in records:
            writer.put(record)

    with reopened().reader() as reader:
        case = reader.cases()[0].case
        found = reader.records(case.id)
    assert found == records
    out = {**case_file_of_records(found), "format": document["format"]}
    assert canonical_bytes(out) == canonical_bytes(document)


def test_readers_and_writers_of_one_store_do_not_overlap(
    store: VaultStore, author: KeyAuthor
) -> None:
    with store.reader(), pytest.raises(VaultBug), store.writer(author):
        pass
    with store.writer(author), pytest.raises(VaultBug), store.reader():
        pass


def test_the_time_of_a_version_is_the_stores_clock_in_utc(
    keys: Keys, author: KeyAuthor, folder: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    almaty = datetime.timezone(datetime.timedelta(hours=5))
    moment = datetime.datetime(2026, 2, 12, 3, 4, 5, 6, tzinfo=almaty)
    place = tmp_path_factory.mktemp("clock") / "clock.panah"
    made = VaultStore.create(place, keys.vault_id, keys.vmk, clock=lambda: moment)
    record = case_of()

    with made, made.writer(author) as writer:
        writer.put(record)
        assert writer.head(record.id).updated_at == "2026-02-11T22:04:05.000006Z"


def test_names_keep_their_order_and_every_script(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    person = Person(
        id=new_id(),
        case_id=case.id,
        ref="P01",
        names=(
            PersonName(family="Қасымов", given="Әлихан", lang="kk"),
            PersonName(type="transliteration", lang="en", script="Latn", full="Alikhan Kasymov"),
        ),
        occupation=LocalText.of(kk="мұғалім", ru="учитель"),
    )
    with store.writer(author) as writer:
        writer.put(person)
        assert writer.record(person.id) == person
