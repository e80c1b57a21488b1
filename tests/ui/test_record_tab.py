# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A record is written when it is left, on a real vault, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import type_text
from vault.domain.incidents import Incident
from vault.domain.people import Person
from vault.domain.snapshot import CaseSnapshot
from vault.services import casework
from vault.ui.actions.desk import Desk
from vault.ui.case.case_page import CasePage, CasePlace
from vault.ui.case.record_tab import RecordTab, Saving
from vault.ui.widgets.fields import TextField


class Open:
    """The page of the demonstration case on a real vault."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.qtbot = qtbot
        cases = desk_result(desk, qtbot, "list_cases")
        self.case_id = cases[0].case.id
        self.page = self.at(CasePlace(case_id=self.case_id))

    def at(self, place: CasePlace) -> CasePage:
        page = CasePage(place, self.desk.cases, self.desk.evidence)
        self.qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        self.qtbot.waitUntil(lambda: page._snapshot is not None, timeout=10_000)
        return page

    def stored(self) -> CaseSnapshot:
        found = desk_result(self.desk, self.qtbot, "open_case", self.case_id)
        assert isinstance(found, CaseSnapshot)
        return found

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.desk.cases._jobs.in_flight() == 0 and not self.desk.cases._writes,
            timeout=10_000,
        )


def desk_result(desk: Desk, qtbot: QtBot, action: str, *given: object) -> Any:
    job = getattr(desk.cases, action)(*given)
    with qtbot.waitSignal(job.succeeded, timeout=10_000) as done:
        pass
    assert done.args is not None
    return done.args[0]


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Open:
    return Open(desk, qtbot)


def field(tab: RecordTab, name: str) -> TextField:
    found = next(each.row.field for each in tab.form._bindings if each.member == name)
    assert isinstance(found, TextField)
    return found


def type_title(tab: RecordTab, text: str) -> None:
    title = field(tab, "title")
    title.clear()
    type_text(title, text)


def title_of(snapshot: CaseSnapshot, ref: str) -> str:
    return next(item for item in snapshot.incidents if item.ref == ref).title.get("en")


def test_choosing_another_record_writes_the_one_that_is_left(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.table.select(lambda item: item.ref == "I02")
    type_title(tab, "Search of the flat")
    tab.table.select(lambda item: item.ref == "I03")
    opened.settle()
    assert title_of(opened.stored(), "I02") == "Search of the flat"
    assert tab.form.shown_record().ref == "I03"  # type: ignore[union-attr] # a record is shown


def test_nothing_is_written_when_nothing_was_typed(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    refs = {item.ref: item.id for item in opened.stored().incidents}
    for ref in ("I01", "I02", "I03", "I01"):
        assert tab.choose(refs[ref])
    opened.settle()
    first = next(item for item in opened.stored().incidents if item.ref == "I01")
    assert len(desk_result(opened.desk, opened.qtbot, "history", first.id)) == 1


@pytest.mark.parametrize("way", ["tab", "key", "page"])
def test_every_way_of_leaving_writes(way: str, opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.table.select(lambda item: item.ref == "I02")
    type_title(tab, "Search of the flat")
    if way == "tab":
        opened.page.show_tab("people")
    elif way == "key":
        opened.page.leave()
    else:
        opened.page.hide()
    opened.settle()
    assert title_of(opened.stored(), "I02") == "Search of the flat"


def test_typing_goes_on_undisturbed_after_a_save(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.table.select(lambda item: item.ref == "I02")
    type_title(tab, "Search")
    opened.page.leave()
    opened.settle()
    type_text(field(tab, "title"), " of the flat")
    assert field(tab, "title").text() == "Search of the flat"
    opened.page.leave()
    opened.settle()
    assert title_of(opened.stored(), "I02") == "Search of the flat"


def test_a_record_with_problems_is_held_back_and_found_again(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.table.select(lambda item: item.ref == "I02")
    date = field(tab, "date_start")
    date.clear()
    type_text(date, "last week")
    said: list[Saving] = []
    tab.saving_changed.connect(said.append)
    tab.table.select(lambda item: item.ref == "I03")
    assert Saving.HELD_BACK in said
    opened.settle()
    stored = next(item for item in opened.stored().incidents if item.ref == "I02")
    assert stored.date_start != "last week"
    tab.table.select(lambda item: item.ref == "I02")
    assert field(tab, "date_start").text() == "last week"
    field(tab, "date_start").clear()
    type_text(field(tab, "date_start"), "2022-10-03")
    tab.table.select(lambda item: item.ref == "I03")
    opened.settle()
    stored = next(item for item in opened.stored().incidents if item.ref == "I02")
    assert stored.date_start == "2022-10-03"


def test_a_new_record_gets_its_reference_when_it_is_left(opened: Open) -> None:
    tab = opened.page.people
    opened.page.show_tab("people")
    before = {person.ref for person in opened.stored().persons}
    tab.begin_new()
    block = tab.form._names._blocks[0]  # type: ignore[attr-defined] # a person's form
    type_text(block._fields["family"][0], "Новая")
    opened.page.leave()
    opened.settle()
    (made,) = [person for person in opened.stored().persons if person.ref not in before]
    assert made.ref == "P15"
    assert made.names[0].family == "Новая"
    opened.qtbot.waitUntil(lambda: tab.chosen_id() == made.id)
    type_text(block._fields["given"][0], "Анна")
    opened.page.leave()
    opened.settle()
    (after,) = [person for person in opened.stored().persons if person.ref not in before]
    assert after.names[0].given == "Анна"


def test_a_new_record_nothing_was_typed_into_never_was(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.begin_new()
    tab.table.select(lambda item: item.ref == "I01")
    opened.settle()
    opened.page.load()
    opened.settle()
    assert len(opened.stored().incidents) == 16
    assert len(tab.table.values.rows()) == 16


def test_a_refused_write_is_shown_and_what_was_typed_stays(opened: Open) -> None:
    tab = opened.page.incidents
    opened.page.show_tab("incidents")
    tab.table.select(lambda item: item.ref == "I02")
    record = tab.form.shown_record()
    assert isinstance(record, Incident)
    writer = opened.desk.vault.writer
    from vault.ui.jobs import Lane

    sealing = opened.desk.cases._jobs.start(
        lambda _progress: casework.seal_record(writer, record.id), Lane.WRITER
    )
    with opened.qtbot.waitSignal(sealing.succeeded):
        pass
    type_title(tab, "Too late")
    opened.page.leave()
    opened.settle()
    assert tab.message.isVisible()
    assert field(tab, "title").text() == "Too late"
    assert tab.has_unwritten()


def test_a_change_of_language_keeps_the_place_and_what_was_typed(opened: Open) -> None:
    opened.page.show_tab("incidents")
    tab = opened.page.incidents
    tab.table.select(lambda item: item.ref == "I02")
    date = field(tab, "date_start")
    date.clear()
    type_text(date, "last week")
    opened.page.leave()
    place = opened.page.place()
    opened.page.hide()
    again = opened.at(place)
    assert again._bar.currentWidget() is again.incidents
    assert again.incidents.form.shown_record().ref == "I02"  # type: ignore[union-attr] # as above
    assert field(again.incidents, "date_start").text() == "last week"


def test_people_are_listed_as_the_window_speaks(opened: Open) -> None:
    shown = [
        opened.page.people.table.model().index(row, 1).data()
        for row in range(opened.page.people.table.model().rowCount())
    ]
    persons: tuple[Person, ...] = opened.stored().persons
    assert shown == [person.shown("en") for person in persons]
