# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms change what was typed and nothing else, and show problems beside their fields."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import type_text
from vault.domain.consents import Consent
from vault.domain.incidents import Incident
from vault.domain.people import Identifier, Person, PersonName
from vault.domain.records import Record
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LocalText
from vault.ui.case.consent_form import ConsentForm
from vault.ui.case.evidence_form import EvidenceForm
from vault.ui.case.incident_form import IncidentForm
from vault.ui.case.person_form import PersonForm
from vault.ui.case.record_form import RecordForm
from vault.ui.speech import Speech
from vault.ui.widgets.fields import ChoiceField, FieldRow, LongText, TextField

FORMS: dict[str, type[RecordForm]] = {
    "persons": PersonForm,
    "incidents": IncidentForm,
    "evidence": EvidenceForm,
    "consents": ConsentForm,
}


def rows(form: RecordForm) -> dict[str, FieldRow]:
    return {binding.member: binding.row for binding in form._bindings}


def type_into(form: RecordForm, name: str, text: str) -> None:
    field = rows(form)[name].field
    assert isinstance(field, TextField | LongText)
    if isinstance(field, LongText):
        field.setPlainText(text)
    else:
        field.clear()
        type_text(field, text)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("section", FORMS)
def test_a_form_that_is_not_touched_changes_nothing(
    section: str, language: str, snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    speech.speak(language)
    form = FORMS[section]()
    qtbot.addWidget(form)
    for record in getattr(snapshot, section):
        form.show_record(record, snapshot)
        assert form.record() == record
        assert not form.is_changed()
        assert form.check() == ()


@pytest.fixture(scope="module")
def incident_form(qapp: Any) -> IncidentForm:
    return IncidentForm()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=60))
def test_any_text_of_another_program_survives_being_shown(
    text: str, incident_form: IncidentForm
) -> None:
    record = Incident(
        id="i",
        case_id="c",
        ref="I1",
        title=LocalText.of(en=text),
        description=LocalText.of(en=text),
    )
    incident_form.show_record(record, None)
    assert incident_form.record() == record


def test_typing_changes_one_text_in_one_language(
    snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    form = IncidentForm()
    qtbot.addWidget(form)
    before = snapshot.incidents[0]
    form.show_record(before, snapshot)
    type_into(form, "title", "Another title")
    after = form.record()
    assert after == dataclasses.replace(before, title=before.title.with_text("en", "Another title"))
    assert after.title.get("ru") == before.title.get("ru")


def test_what_was_typed_in_one_language_stays_when_the_other_is_shown(
    snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    form = IncidentForm()
    qtbot.addWidget(form)
    before = snapshot.incidents[0]
    form.show_record(before, snapshot)
    type_into(form, "title", "Typed in English")
    form._language_field.set_value("ru")
    form._change_language("ru")
    type_into(form, "title", "Набрано по-русски")
    after = form.record()
    assert isinstance(after, Incident)
    assert after.title == before.title.with_text("en", "Typed in English").with_text(
        "ru", "Набрано по-русски"
    )


def test_a_no_break_space_in_a_long_text_is_kept_when_something_else_is_typed(
    speech: Speech, qtbot: QtBot
) -> None:
    form = IncidentForm()
    qtbot.addWidget(form)
    record = Incident(
        id="i", case_id="c", ref="I1", title=LocalText.of(en="x"),
        description=LocalText.of(en="ст.\N{NO-BREAK SPACE}338\nand more"),
    )  # fmt: skip
    form.show_record(record, None)
    field = rows(form)["description"].field
    assert isinstance(field, LongText)
    field.appendPlainText("typed")
    after = form.record()
    assert isinstance(after, Incident)
    assert after.description.get("en") == "ст.\N{NO-BREAK SPACE}338\nand more\ntyped"


@pytest.mark.parametrize("bad", ["17.03.2023", "2023-13", "yesterday", "2023-02-30"])
def test_a_date_that_cannot_be_read_is_marked_with_help(
    bad: str, snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    form = IncidentForm()
    qtbot.addWidget(form)
    form.show_record(snapshot.incidents[0], snapshot)
    type_into(form, "date_start", bad)
    found = form.check()
    assert [problem.field for problem in found] == ["date_start"]
    assert "2023-03-17" in rows(form)["date_start"].problem()
    assert rows(form)["date_start"].field.property("wrong") is True
    type_into(form, "date_start", "2022-09~")
    assert form.check() == ()
    assert rows(form)["date_start"].problem() == ""


def test_a_date_is_read_back_in_words(speech: Speech, qtbot: QtBot) -> None:
    speech.speak("ru")
    form = IncidentForm()
    qtbot.addWidget(form)
    form.show_record(Incident(id="i", case_id="c", ref="I1"), None)
    type_into(form, "date_start", "2023-03~")
    hint = rows(form)["date_start"]._hint.text()
    assert "март 2023" in hint.lower()
    assert hint != "2023-03~"


def test_a_choice_another_program_made_is_offered_and_kept(speech: Speech, qtbot: QtBot) -> None:
    form = EvidenceForm()
    qtbot.addWidget(form)
    field = rows(form)["how"].field
    assert isinstance(field, ChoiceField)
    field.set_value("carrier_pigeon")
    assert field.value() == "carrier_pigeon"
    assert field.currentText() == "carrier_pigeon"


def test_names_and_numbers_can_be_added_changed_and_taken_away(
    speech: Speech, qtbot: QtBot
) -> None:
    form = PersonForm()
    qtbot.addWidget(form)
    person = Person(
        id="p", case_id="c", ref="P1",
        names=(PersonName(family="Иванова", given="Анна", custom={"note": "kept"}),),
        identifiers=(Identifier(type="kz_iin", value="000"),),
    )  # fmt: skip
    form.show_record(person, None)
    with qtbot.waitSignal(form.edited):
        form._names._add()
    block = form._names._blocks[1]
    type_text(block._fields["given"][0], "Anna")
    form._identifiers._remove(form._identifiers._blocks[0])
    after = form.record()
    assert isinstance(after, Person)
    assert [name.given for name in after.names] == ["Анна", "Anna"]
    assert after.names[0] == person.names[0]
    assert after.identifiers == ()


def test_a_person_without_a_name_is_told_so(speech: Speech, qtbot: QtBot) -> None:
    form = PersonForm()
    qtbot.addWidget(form)
    form.show_record(Person(id="p", case_id="c", ref="P1", names=(PersonName(),)), None)
    found = form.check()
    assert [problem.field for problem in found] == ["names"]
    assert form._names._problem.text()
    assert not form._names._problem.isHidden()


def test_a_purpose_that_is_allowed_and_forbidden_is_named(
    snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    form = ConsentForm()
    qtbot.addWidget(form)
    record: Record = Consent(
        id="n", case_id="c", ref="CN9", person_id="P01", purposes=("unhcr",), not_allowed=()
    )
    form.show_record(record, snapshot)
    form._forbidden._boxes["unhcr"].click()
    assert [problem.reason for problem in form.check()] == ["allowed_and_forbidden"]
    assert form._purposes._problem.text()


def test_the_wheel_does_not_change_a_choice_that_is_scrolled_past(
    speech: Speech, qtbot: QtBot
) -> None:
    field = ChoiceField([("a", "A"), ("b", "B")], value="a", name="x")
    qtbot.addWidget(field)
    field.show()
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    wheel = QWheelEvent(
        QPointF(5, 5), field.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, wheel)
    assert field.value() == "a"
