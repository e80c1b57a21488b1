# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search: every word, in any spelling, with snippets of the text as it was written."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.casework import Keys, case_of, incident_of, new_id, person_of
from vault.domain.cases import Case
from vault.domain.incidents import Incident
from vault.domain.people import Identifier, Person, PersonName
from vault.domain.records import OtherRecord
from vault.domain.values import LocalText
from vault.store.author import KeyAuthor
from vault.store.search import SearchHit
from vault.store.vault import VaultStore

LONG = (
    "Утром его вызвали на допрос. Через несколько часов Вершкова Т. А. задержали у здания "
    "городской администрации, где он стоял в одиночном пикете с плакатом, доставили в отдел "
    "полиции и продержали около двадцати часов без адвоката."
)


@pytest.fixture
def people(store: VaultStore, author: KeyAuthor, case: Case) -> dict[str, str]:
    """Persons, an incident and a note, by what they are; the values are their ids."""
    alikhan = Person(
        id=new_id(), case_id=case.id, ref="P01",
        names=(PersonName(family="Қасымов", given="Әлихан"),),
        identifiers=(Identifier(type="passport", value="00 00 000117"),),
    )  # fmt: skip
    semyon = Person(
        id=new_id(), case_id=case.id, ref="P02",
        names=(PersonName(family="Семёнов", given="Пётр"),),
        custom={"languages": [{"code": "ru", "level": "родной"}]},
    )  # fmt: skip
    picket = dataclasses.replace(
        incident_of(case, "I01", "Задержание на одиночном пикете"),
        description=LocalText.of(ru=LONG, en="Detained at a picket"),
    )
    task = OtherRecord(
        id=new_id(), case_id=case.id, ref="T1", kind="task", body={"title": {"ru": "Перевод"}}
    )
    with store.writer(author) as writer:
        for record in (alikhan, semyon, picket, task):
            writer.put(record)
    return {"alikhan": alikhan.id, "semyon": semyon.id, "picket": picket.id, "task": task.id}


def _found(store: VaultStore, words: str, case_id: str | None = None) -> list[SearchHit]:
    with store.reader() as reader:
        return reader.search(words, case_id)


@pytest.mark.parametrize(
    "words, who",
    [
        ("Қасымов", "alikhan"),
        ("касымов", "alikhan"),
        ("КАСЫМОВ алихан", "alikhan"),
        ("Әлих", "alikhan"),
        ("0000000117", "alikhan"),
        ("00 00 000117", "alikhan"),
        ("семенов", "semyon"),
        ("Семёнов Петр", "semyon"),
        ("родной", "semyon"),
        ("P02", "semyon"),
        ("одиночном пикете", "picket"),
        ("пикет задерж", "picket"),
        ("picket detain", "picket"),
        ("перевод", "task"),
    ],
)
def test_a_query_finds_one_record(
    store: VaultStore, people: dict[str, str], words: str, who: str
) -> None:
    assert [hit.record_id for hit in _found(store, words)] == [people[who]]


@pytest.mark.parametrize(
    "words", ["", "   ", "«»—!", "\x00", "касымов перевод", "ымов", "nothing at all"]
)
def test_a_query_finds_nothing(store: VaultStore, people: dict[str, str], words: str) -> None:
    assert _found(store, words) == []


@pytest.mark.parametrize(
    "words",
    ['"', "a*", "AND", "NOT касымов", "касымов OR перевод", "folded:а", "NEAR(a b)", "^а", "-а"],
)
def test_the_query_language_of_the_index_is_out_of_reach(
    store: VaultStore, people: dict[str, str], words: str
) -> None:
    assert people["task"] not in {hit.record_id for hit in _found(store, words)}


@given(words=st.text(max_size=12))
def test_no_query_breaks_the_search(found_in: VaultStore, words: str) -> None:
    with found_in.reader() as reader:
        assert len(reader.search(words, limit=3)) <= 3


@pytest.fixture(scope="module")
def found_in(tmp_path_factory: pytest.TempPathFactory) -> VaultStore:
    keys = Keys.new()
    folder = tmp_path_factory.mktemp("search") / "search.panah"
    made = VaultStore.create(folder, keys.vault_id, keys.vmk)
    case = case_of()
    with made.writer(Keys.author("Ада")) as writer:
        writer.put(case)
        writer.put(person_of(case))
    return made


def test_a_hit_says_where_it_is(store: VaultStore, people: dict[str, str], case: Case) -> None:
    (hit,) = _found(store, "касымов")

    assert (hit.case_id, hit.case_reference, hit.kind, hit.ref) == (
        case.id, case.reference, "person", "P01",
    )  # fmt: skip


def test_a_snippet_shows_the_words_as_they_were_written(
    store: VaultStore, people: dict[str, str]
) -> None:
    (hit,) = _found(store, "вершк двадц")

    assert len(hit.snippet) < len(LONG)
    assert hit.snippet.startswith("…")
    assert hit.snippet.strip("…") in LONG
    start, end = hit.matches[0]
    assert hit.snippet[start:end] == "Вершкова"


def test_the_places_of_matches_fit_the_snippet(store: VaultStore, people: dict[str, str]) -> None:
    for words in ("пикет", "семенов петр", "задержание"):
        for hit in _found(store, words):
            assert hit.matches
            for start, end in hit.matches:
                assert 0 <= start < end <= len(hit.snippet)


def test_search_stays_in_its_case(
    store: VaultStore, people: dict[str, str], author: KeyAuthor, case: Case
) -> None:
    other = case_of("OTHER")
    with store.writer(author) as writer:
        writer.put(other)
        writer.put(person_of(other, "P01", "Қасымов"))

    assert len(_found(store, "касымов")) == 2
    assert [hit.case_id for hit in _found(store, "касымов", case.id)] == [case.id]


def test_what_was_changed_or_deleted_is_found_no_more(
    store: VaultStore, people: dict[str, str], author: KeyAuthor, case: Case
) -> None:
    with store.writer(author) as writer:
        semyon = writer.record(people["semyon"])
        assert isinstance(semyon, Person)
        writer.put(dataclasses.replace(semyon, names=(PersonName(family="Орлов"),)))
        writer.delete(people["task"])

    assert _found(store, "семенов") == []
    assert [hit.record_id for hit in _found(store, "орлов")] == [people["semyon"]]
    assert _found(store, "перевод") == []


def test_ids_and_hashes_are_not_searched(
    store: VaultStore, people: dict[str, str], author: KeyAuthor, case: Case
) -> None:
    own = case_of("LINKED")
    person = person_of(own)
    with store.writer(author) as writer:
        writer.put(dataclasses.replace(own, client_id=person.id))
        writer.put(person)

    assert _found(store, person.id) == []


def test_the_best_hits_come_first_and_the_limit_holds(
    store: VaultStore, author: KeyAuthor, case: Case
) -> None:
    with store.writer(author) as writer:
        for number in range(1, 8):
            text = "пикет " * number + "другое " * (14 - 2 * number)
            writer.put(Incident(
                id=new_id(), case_id=case.id, ref=f"I{number}", title=LocalText.of(ru=text)
            ))  # fmt: skip
        hits = writer.search("пикет", limit=3)

    assert [hit.ref for hit in hits] == ["I7", "I6", "I5"]


def test_the_index_forgets_what_was_deleted_also_in_the_file(
    tmp_path: Path, author: KeyAuthor
) -> None:
    # The words of a deleted record must not stay in the index's pages: looked at by the
    # index's own vocabulary, because the file itself is encrypted.
    keys = Keys.new()
    with VaultStore.create(tmp_path / "a.panah", keys.vault_id, keys.vmk) as store:
        case = case_of()
        with store.writer(author) as writer:
            writer.put(case)
            person = person_of(case, "P01", "Канарейкина")
            writer.put(person)
        with store.writer(author) as writer:
            writer.delete(person.id)
        blocks = store.parts.db.all("SELECT block FROM search_text_data")

    assert blocks
    assert not any("канарейкин".encode()[:12] in block for (block,) in blocks)
