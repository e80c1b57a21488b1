# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts for people: two languages side by side, plural forms, and what is not translated."""

from __future__ import annotations

import gettext
import io
import threading

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from vault import i18n


def made_of(language: str, **texts: str | tuple[str, ...]) -> i18n.Translator:
    """Return a translator with these texts, through a real compiled catalogue."""
    catalogue = Catalog(locale=language, fuzzy=False)
    for message, translation in texts.items():
        ids = message if isinstance(translation, str) else (message, f"{message}s")
        catalogue.add(ids, translation)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return i18n.Translator(language, gettext.GNUTranslations(compiled))


def test_a_dossier_speaks_another_language_than_the_window() -> None:
    i18n.use(made_of("ru", exhibit="приложение"))
    dossier = made_of("kk", exhibit="қосымша")
    assert (i18n._("exhibit"), dossier.text("exhibit")) == ("приложение", "қосымша")


@pytest.mark.parametrize(
    "count, form", [(1, "файл"), (2, "файла"), (5, "файлов"), (11, "файлов"), (21, "файл")]
)
def test_russian_has_three_plural_forms(count: int, form: str) -> None:
    i18n.use(made_of("ru", file=("файл", "файла", "файлов")))
    assert i18n.plural("file", "files", count) == form


def test_a_text_without_translation_is_shown_as_written() -> None:
    i18n.set_language("ru")
    assert i18n._("a text that nobody translates") == "a text that nobody translates"


def test_an_empty_text_does_not_become_the_header_of_the_catalogue() -> None:
    i18n.set_language("ru")
    assert i18n._("") == ""


def test_the_language_is_the_same_in_every_thread() -> None:
    i18n.set_language("kk")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(i18n.current_language()))
    thread.start()
    thread.join()
    assert seen == ["kk"]


@pytest.mark.parametrize(
    "code, language",
    [
        ("ru_KZ.UTF-8", "ru"),
        ("kk-KZ", "kk"),
        ("RU", "ru"),
        ("C", "en"),
        ("de_DE", "en"),
        ("", "en"),
    ],
)
def test_the_code_of_a_system_means_one_of_our_languages(code: str, language: str) -> None:
    assert i18n.translator(code).language == language


@given(st.text())
def test_any_code_means_some_language(code: str) -> None:
    assert i18n.base_language(code) in i18n.LANGUAGES


def test_a_context_tells_two_meanings_of_one_word_apart() -> None:
    catalogue = Catalog(locale="ru", fuzzy=False)
    catalogue.add("Open", "Открыть", context="button")
    catalogue.add("Open", "Открыто", context="state")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    i18n.use(i18n.Translator("ru", gettext.GNUTranslations(compiled)))
    assert [i18n.in_context(of, "Open") for of in ("button", "state")] == ["Открыть", "Открыто"]


def test_marking_a_text_for_translation_does_not_change_it() -> None:
    assert i18n.mark("exhibit") == "exhibit"
