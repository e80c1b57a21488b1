# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second look: broader, apart from the engine, and silent about what may be shown."""

from __future__ import annotations

import pytest

from tests.redaction.invented import AS_OF, GORYACHEV, named, person, profile, snapshot
from vault.domain.people import Address, ContactPoint, Identifier
from vault.domain.values import LocalText
from vault.redaction.leak_shapes import shapes
from vault.redaction.leak_terms import LeakTerms

WITNESS = person(
    "P2",
    "witness",
    names=(named("Остролистов", "Вениамин", "Кузьмич"),),
    sex="male",
    date_of_birth="1970-02-28",
    identifiers=(Identifier(type="passport", value="12 34 567890"),),
    contacts=(ContactPoint(type="phone", value="+7 000 222-33-44"),),
    addresses=(Address(type="current", text=LocalText.of(ru="г. Тест, ул. Кленовая, д. 9")),),
)
MOTHER = person("P3", "family_member", names=(named("Горячева", "Зоя"),), sex="female")


def terms(**rules: str) -> LeakTerms:
    return LeakTerms(snapshot(GORYACHEV, WITNESS, MOTHER), profile(**rules), AS_OF)


HIDE = {"client": "keep", "witness": "mask WIT", "family_member": "mask FAM"}


@pytest.mark.parametrize(
    "text,category,kind",
    [
        ("видели Остролистова", "person", "stem"),
        ("видели ОСТРОЛИСТОВУ", "person", "stem"),
        ("остролистовский двор", "person", "stem"),
        ("Ostrolistov came", "person", "stem"),
        ("Ostrolystoff's house", "person", "stem"),
        ("О с т р о л и с т о в", "person", "stem"),
        ("Остро-\nлистов", "person", "stem"),
        ("Остро\nлистов", "person", "stem"),
        ("Octpoлиcтoв", "person", "stem"),
        ("Остро\u00adли\u200bстов", "person", "stem"),
        ("v.ostrolistov77", "person", "stem"),
        ("benostrolistov", "person", "part"),
        ("Вениамину позвонили", "person", "stem"),
        ("паспорт 1234567890", "identifier", "digits"),
        ("12-34 № 567 890", "identifier", "digits"),
        ("8(000)2223344", "contact", "digits"),
        ("дом на ул. Кленовой", "address", "street"),
        ("28 февраля 1970", "date_of_birth", "date"),
        ("28/02/70", "date_of_birth", "date"),
        ("1970-02-28", "date_of_birth", "date"),
        ("Feb 28, 1970", "date_of_birth", "date"),
        ("1970 жылғы 28 ақпан", "date_of_birth", "date"),
    ],
)
def test_what_is_hidden_is_found_in_any_form(text: str, category: str, kind: str) -> None:
    hits = terms(**HIDE).search(text)
    assert {(hit.category, hit.person_ref, hit.form_kind) for hit in hits} >= {
        (category, "P2", kind)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Горячев Тарас Ефимович и горячий чай",
        "У Горячева отобрали вещи, Горячеву отказали",
        "кленовый сироп, Клён у дома",
        "статья 338 часть 3, дело № 0000-25-00-0/17, 28 февраля 2024 года",
        "остров, листва, острие",
    ],
)
def test_what_is_shown_or_means_nothing_is_no_leak(text: str) -> None:
    assert terms(**HIDE).search(text) == []


def test_the_form_that_only_she_can_bear_is_a_leak_beside_a_client_who_is_named() -> None:
    (hit,) = terms(**HIDE).search("С Горячевой говорили двое.")
    assert (hit.category, hit.person_ref) == ("person", "P3")


def test_a_form_that_a_shown_woman_bears_is_no_leak_of_a_hidden_one() -> None:
    shown = person("P1", "client", names=(named("Горячева", "Инна"),), sex="female")
    case = snapshot(shown, MOTHER)
    mine = LeakTerms(case, profile(client="keep", family_member="mask FAM"), AS_OF)
    assert mine.search("С Горячевой говорили двое.") == []
    assert [hit.person_ref for hit in mine.search("С Зоей Горячевой говорили.")] == ["P3"]


def test_a_profile_that_keeps_everything_finds_nothing() -> None:
    keep = dict.fromkeys(
        ("client", "witness", "family_member", "identifier", "contact", "address", "date_of_birth"),
        "keep",
    )
    assert terms(**keep).search("Остролистов Вениамин, 1234567890, 28.02.1970") == []


def test_the_page_of_another_client_is_found_and_not_named() -> None:
    other = snapshot(
        person(
            "Q1",
            "client",
            names=(named("Прохладный", "Евстигней"),),
            identifiers=(Identifier(type="other", value="99 88 776655"),),
        ),
        person("Q2", "official", names=(named("Служилов", "Пров"),)),
        person("Q3", "client", names=(named("Горячев", "Тарас"),)),
    )
    mine = LeakTerms(snapshot(GORYACHEV), profile(client="keep"), AS_OF, [other])
    for text in ("Жалоба Прохладного Евстигнея", "Prokhladnyi Evstignei", "номер 9988776655"):
        assert {(hit.category, hit.person_ref) for hit in mine.search(text)} == {("other_case", "")}
    for text in ("прохладный вечер", "Служилов Пров подписал", "Горячев Тарас", "Евстигней"):
        assert mine.search(text) == []


def test_a_hit_has_its_place_in_the_text() -> None:
    text = "вчера — Остролистов!"
    (hit,) = terms(**HIDE).search(text)
    assert text[hit.start : hit.end] == "Остролистов"


def test_both_scripts_meet_in_one_shape() -> None:
    for cyrillic, latin in (
        ("Вершков", "Vershkov"), ("Вершков", "Verškov"), ("Щукин", "Shchukin"),
        ("Хасанов", "Hasanov"), ("Жанибеков", "Zhanibekov"), ("Цветаева", "Tsvetaeva"),
        ("Юлия", "Yulia"), ("Алексей", "Alexey"), ("Нұрпейісова", "Nurpeissova"),
    ):  # fmt: skip
        assert set(shapes(cyrillic)) & set(shapes(latin)), (cyrillic, latin)
