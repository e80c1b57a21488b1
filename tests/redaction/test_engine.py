# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the redactor does with single values, doubts, and persons who share a name."""

from __future__ import annotations

import pytest

from tests.redaction.invented import (
    AS_OF,
    GORYACHEV,
    consent,
    named,
    person,
    profile,
    redactor,
    snapshot,
)
from vault.domain.errors import BadDate
from vault.domain.people import Address, ContactPoint, Identifier
from vault.domain.profiles import DisclosureProfile
from vault.domain.values import LocalText
from vault.redaction.engine import COMMON_WORD_REASON, Redactor
from vault.redaction.errors import ForeignProfile, NoSuchPerson

BROTHER = person("P2", "family_member", names=(named("Горячев", "Семён", "Ефимович"),), sex="male")
MOTHER = person("P3", "family_member", names=(named("Горячева", "Зоя", "Ильинична"),), sex="female")


def found(engine: Redactor, text: str) -> list[tuple[str, str, bool]]:
    return [(text[s.start : s.end], s.person_id, s.review) for s in engine.find(text)]


def test_brothers_of_one_name_are_ambiguous_until_one_is_named_in_full() -> None:
    engine = redactor(GORYACHEV, BROTHER, client="keep", family_member="role FAM")
    (span,) = engine.find("Горячев молчал.")
    assert (span.person_id, span.review, span.doubt) == ("P2", True, "ambiguous")
    assert set(span.candidates) == {"P1", "P2"}
    assert found(engine, "Горячев Тарас Ефимович вошёл. Горячев молчал.") == []
    named_first = found(engine, "Горячев Семён вошёл. Горячев молчал.")
    assert [who for _, who, _ in named_first] == ["P2", "P2"]


def test_two_hidden_bearers_get_a_token_that_is_true_of_both() -> None:
    engine = redactor(GORYACHEV, BROTHER, client="role CLIENT", family_member="role FAM")
    (span,) = engine.find("Горячев молчал.")
    assert not span.review
    assert span.token in {"[СКРЫТО – заявитель]", "[СКРЫТО – член семьи]"}
    assert "P1" in span.candidates


@pytest.mark.parametrize(
    "text,who",
    [
        ("Горячева увезли в изолятор.", ""),
        ("Горячева сообщила об обыске.", "P3"),
        ("Мать, Горячева, плакала.", "P3"),
        ("Интересы Горячева защищает адвокат.", ""),
        ("У Горячева изъяли телефон.", ""),
        ("Горячеву отказали в приёме.", ""),
        ("Горячеву увезли в больницу.", "P3"),
        ("К Горячеву не пустили врача.", ""),
        ("С Горячевой говорили двое.", "P3"),
        ("Заявителя Горячева допросили.", ""),
        ("Горячева З. И. не явилась.", "P3"),
        ("Горячева Т. Е. не кормили.", ""),
    ],
)
def test_grammar_tells_him_from_her(text: str, who: str) -> None:
    engine = redactor(GORYACHEV, MOTHER, client="keep", family_member="role FAM")
    assert [span.person_id for span in engine.find(text)] == ([who] if who else [])


def test_initials_belong_to_the_name_they_stand_at() -> None:
    engine = redactor(GORYACHEV, MOTHER, client="keep", family_member="role FAM")
    for text, left in (
        ("По словам З. И. Горячевой, Т. Е. Горячева били.", ", Т. Е. Горячева били."),
        ("У Горячевой Т. Е. Горячев не был.", " Т. Е. Горячев не был."),
        ("Т. Е. Горячев и З. И. Горячева.", "Т. Е. Горячев и "),
    ):
        (span,) = engine.find(text)
        assert span.person_id == "P3"
        assert left in engine.redact(text).text


def test_a_form_that_may_be_either_is_hidden_and_waits_for_review() -> None:
    engine = redactor(GORYACHEV, MOTHER, client="keep", family_member="role FAM")
    (span,) = engine.find("…Горячева…")
    assert (span.person_id, span.review) == ("P3", True)


def test_a_child_is_not_meant_by_the_bare_family_name() -> None:
    child = person("P4", "minor", "family_member", names=(named("Горячев", "Глеб"),), sex="male")
    engine = redactor(GORYACHEV, child, client="keep", minor="role MINOR")
    assert engine.find("Горячев молчал.") == ()
    assert found(engine, "Малолетний Горячев молчал.")[0][1] == "P4"


def test_the_family_in_the_plural_follows_its_strictest_member() -> None:
    engine = redactor(GORYACHEV, MOTHER, client="keep", family_member="role FAM")
    (span,) = engine.find("Семья Горячевых уехала.")
    assert (span.person_id, span.review) == ("P3", True)


def test_a_lower_case_word_that_is_a_name_and_a_noun_waits_for_review() -> None:
    lion = person("P5", "witness", names=(named("Зайцев", "Лев"),), sex="male")
    engine = redactor(lion)
    text = "В клетке спал лев, в поле было много зайцев."
    assert [(word, review) for word, _, review in found(engine, text)] == [
        ("лев", True),
        ("зайцев", True),
    ]
    assert {span.reason for span in engine.find(text)} == {COMMON_WORD_REASON}
    assert engine.redact(text, review="leave").text == text


def test_a_name_in_lower_case_that_is_no_word_is_hidden_at_once() -> None:
    assert found(redactor(GORYACHEV), "звонил тарас горячев, ждите")[0][2] is False


def test_a_stranger_of_the_same_given_name_waits_for_review() -> None:
    engine = redactor(GORYACHEV)
    ((word, _, review),) = found(engine, "Потом вошёл Тарас Бублейников.")
    assert (word, review) == ("Тарас", True)


def test_particles_are_not_the_person_called_li() -> None:
    engine = redactor(person("P6", "witness", names=(named("Ли", "Анна"),), sex="female"))
    assert engine.find("Был ли он там? Едва ли.") == ()
    assert found(engine, "Гражданка Ли ушла.")[0][:2] == ("Ли", "P6")


def test_numbers_of_a_hidden_person_are_hidden_even_where_numbers_stay() -> None:
    witness = person(
        "P7",
        "witness",
        names=(named("Ежов", "Клим"),),
        date_of_birth="1980-01-31",
        identifiers=(Identifier(type="other", value="АБ 123456"),),
        contacts=(ContactPoint(type="phone", value="+7 000 111 22 33"),),
        addresses=(Address(type="current", text=LocalText.of(ru="ул. Дальняя, д. 4")),),
    )
    keeps = {"identifier": "keep", "contact": "keep", "address": "keep", "date_of_birth": "keep"}
    text = "АБ 123456, 8 000 111-22-33, ул. Дальняя, д. 4, 31.01.1980"
    hidden = redactor(witness, witness="pseudonym WIT", **keeps)
    assert {span.category for span in hidden.find(text)} == {
        "identifier", "contact", "address", "date_of_birth",
    }  # fmt: skip
    assert redactor(witness, witness="keep", **keeps).find(text) == ()


def test_an_unknown_number_is_hidden_and_waits_for_review() -> None:
    engine = redactor(GORYACHEV)
    spans = engine.find("Пишите на x.y@example.net или звоните +7 701 000-11-22.")
    assert [(span.category, span.review, span.doubt) for span in spans] == [
        ("contact", True, "pattern"),
        ("contact", True, "pattern"),
    ]


def test_a_shown_person_is_named_or_tokenised() -> None:
    engine = redactor(GORYACHEV, client="keep")
    assert engine.shown_person("P1") == "Горячев Тарас Ефимович"
    assert redactor(GORYACHEV, client="mask CLIENT").shown_person("P1") == "[СКРЫТО – заявитель]"
    with pytest.raises(NoSuchPerson):
        engine.shown_person("nobody")


def test_a_shown_date_is_as_coarse_as_the_profile_says() -> None:
    assert redactor(GORYACHEV).shown_date("2024-05-14") == "2024-05-14"
    coarse = redactor(GORYACHEV, date="generalise_month SEC")
    assert coarse.shown_date("2024-05-14") == "[май 2024 г.]"
    assert coarse.shown_date("2024-05-14T10:00+05:00") == "[май 2024 г.]"
    assert coarse.shown_date("2024-05") == "2024-05"
    assert coarse.shown_date("..") == ".."
    with pytest.raises(BadDate):
        coarse.shown_date("вчера")


def test_a_file_name_loses_names_and_stays_a_file_name() -> None:
    engine = redactor(GORYACHEV)
    shown = engine.hidden_file_name("Горячев_паспорт.pdf")
    assert "Горячев" not in shown
    assert shown.endswith("_паспорт.pdf")
    assert engine.hidden_file_name("протокол.pdf") == "протокол.pdf"
    assert not set(engine.hidden_file_name('a<b>:"c".txt')) & set('<>:"/\\|?*')


def test_keeps_tells_what_comes_in_whole() -> None:
    engine = redactor(GORYACHEV, medical="summary MED")
    assert not engine.keeps("medical")
    assert not engine.keeps("route")
    assert redactor(GORYACHEV, medical="keep").keeps("medical")


def test_the_table_of_pseudonyms_lists_the_hidden_only() -> None:
    engine = redactor(GORYACHEV, BROTHER, client="keep", family_member="mask FAM")
    (row,) = engine.pseudonym_table()
    assert (row.person_id, row.ref, row.name) == ("P2", "P2", "Горячев Семён Ефимович")
    assert row.token == "[СКРЫТО – член семьи]"


def test_a_profile_of_another_case_is_refused() -> None:
    other = DisclosureProfile(id="p", case_id="another", ref="p")
    with pytest.raises(ForeignProfile):
        Redactor(snapshot(GORYACHEV), other, "ru", as_of=AS_OF)


def test_a_person_without_consent_is_hidden_with_that_reason() -> None:
    case = snapshot(GORYACHEV, consents=(consent("P1", "kz_asylum"),))
    engine = Redactor(case, profile(client="keep"), "ru", as_of=AS_OF)
    (span,) = engine.find("Горячев")
    assert (span.action, span.reason, span.token) == ("mask", "NOCONS", "[СКРЫТО – нет согласия]")
