# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one name meet; names that differ do not."""

from __future__ import annotations

import pytest

from vault.redaction.folding import latin_key, word_keys
from vault.redaction.transliteration import back_to_cyrillic, skeleton, skeletons, spellings


@pytest.mark.parametrize(
    "name,latin",
    [
        ("Вершков", "Vershkov Verchkov Verškov Werschkow Vershkoff Verszkow"),
        ("Хасанов", "Khasanov Hasanov Xasanov Chasanov Khassanov"),
        ("Щукин", "Shchukin Schukin Chtchoukine Ščukin Szczukin"),
        ("Цветков", "Tsvetkov Cvetkov Tzvetkov Zwetkow"),
        ("Зимовченко", "Zimovchenko Zimovtchenko Simowtschenko Zimovčenko"),
        ("Жанибекова", "Zhanibekova Janibekova Žanibekova"),
        ("Тимофей", "Timofei Timofey Timofej Timofeï"),
        ("Александр", "Aleksandr Alexandr"),
        ("Юлианна", "Yulianna Iulianna Julianna"),
        ("Нұрпейісова", "Nurpeissova Nurpeisova Nurpeyissova"),
        ("Әбілқасымов", "Abilkasymov Abilkassymov Äbilqasymov"),
        ("Сейтмуханов", "Seitmukhanov Seytmuhanov Seitmuxanov"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton(name: str, latin: str) -> None:
    known = skeletons(name)
    for spelling in latin.split():
        spelt = latin_key(spelling)
        assert skeleton(spelt) in known or skeleton(spelt.removesuffix("e")) in known, spelling


@pytest.mark.parametrize(
    "name,other", [("Вершков", "Vershinin"), ("Хасанов", "Karimov"), ("Жукова", "Lukova")]
)
def test_names_that_differ_have_different_skeletons(name: str, other: str) -> None:
    assert skeleton(latin_key(other)) not in skeletons(name)


def test_the_sounds_that_schemes_differ_in_are_one_in_a_skeleton() -> None:
    for one, *others in (
        ("khasanov", "hasanov", "xasanov", "qasanov"), ("aleksei", "alexey", "alekej"),
        ("tsarev", "tzarew", "sarev"), ("shukov", "chukov", "zhukov", "tschukov"),
        ("maria", "mariya", "marya"), ("ross", "ros"), ("turov", "tourov"),
    ):  # fmt: skip
        assert {skeleton(other) for other in others} == {skeleton(one)}, one


def test_short_names_are_spelt_by_every_habit() -> None:
    assert {"petr", "pyotr", "piotr", "pjotr"} <= spellings("Пётр")
    assert {"yuri", "iurii", "jurij", "yury", "youri"} <= spellings("Юрий")
    assert {"li", "lee"} <= spellings("Ли")


def test_every_spelling_is_plain_latin() -> None:
    for name in ("Щёголь-Ъыьэюя", "Әбілқасымов", "Ұлжан", "Һәкім"):
        assert all(key.isascii() and key.isalpha() for key in spellings(name))


def test_a_name_recorded_in_latin_gets_a_cyrillic_guess() -> None:
    for latin, cyrillic in (
        ("Lisitsyna", "Лисицына"), ("Dzhanibekov", "Джанибеков"), ("Timofey", "Тимофей"),
        ("Orlovsky", "Орловский"),
    ):  # fmt: skip
        assert back_to_cyrillic(latin) == cyrillic


def test_a_homoglyph_is_undone_towards_the_script_of_its_word() -> None:
    assert word_keys("Bepшков").cyrillic == word_keys("Вершков").cyrillic
    assert word_keys("Vеrshkоv").latin == "vershkov"
    assert word_keys("Vershkov").cyrillic == ""
    assert word_keys("Вершков").latin == ""
    assert word_keys("Верш\u00adков") == word_keys("Вершков")
    assert word_keys("3имовченк0").cyrillic == word_keys("Зимовченко").cyrillic
    assert word_keys("Гульнар").cyrillic == word_keys("Гүлнар").cyrillic
