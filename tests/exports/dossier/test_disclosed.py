# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words reach a page through the redactor only, and stay plain text there."""

from __future__ import annotations

import functools
import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.exports import sample
from vault.domain.values import LocalText
from vault.exports.dossier.disclosed import Disclosed, DisclosedTexts
from vault.exports.fonts.registration import printable
from vault.redaction.engine import Redactor


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(sample.snapshot(), sample.profile("RP-UNHCR"), "ru", as_of=sample.DAY)


@pytest.fixture
def texts(redactor: Redactor) -> DisclosedTexts:
    return DisclosedTexts(redactor, "ru")


WITNESS = "Рядом был Зимовченко, потом Зимовченко ушёл."


def test_what_is_shown_is_exactly_what_the_redactor_gives(
    texts: DisclosedTexts, redactor: Redactor
) -> None:
    shown = texts.written(WITNESS, "ru")

    assert shown.text == redactor.redact(WITNESS, language="ru").text
    assert "Зимовченко" not in shown.markup()
    assert shown.hidden == 2


def test_tokens_are_set_apart_and_look_alike(texts: DisclosedTexts) -> None:
    marks = re.findall(r"<font [^>]*>[^<]*</font>", texts.written(WITNESS, "ru").markup())

    assert len(marks) == 2
    assert marks[0] == marks[1]


def test_places_are_counted_where_they_are_printed_and_only_there(texts: DisclosedTexts) -> None:
    texts.written(WITNESS, "ru")
    assert not texts.hides_anything()
    texts.written(WITNESS, "ru", place="B-1")
    texts.written(WITNESS, "ru", place="B-1")
    texts.written(WITNESS, "ru", place="summary")

    counted = {row.place: row.count for row in texts.schedule()}
    assert counted == {"B-1": 4, "summary": 2}
    assert {row.reason for row in texts.schedule()} == {"WIT"}


def test_the_language_of_the_dossier_comes_first_then_any_there_is(texts: DisclosedTexts) -> None:
    assert texts.of(LocalText.of(en="one", ru="один")).text == "один"
    assert texts.of(LocalText.of(kk="бір")).text == "бір"
    assert not texts.of(LocalText())
    assert not texts.of(None)


def test_lines_keep_their_tokens() -> None:
    text = Disclosed((("a\nb ", False), ("[x]", True), (" c\n", False)))

    assert [line.text for line in text.lines()] == ["a", "b [x] c", ""]


@functools.cache
def showing_everything() -> Redactor:
    return Redactor(sample.snapshot(), sample.profile("RP-HANDOVER"), "ru", as_of=sample.DAY)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example("<b>&amp;</b> <img src='a'/> <a href='b'>c</a>")
def test_any_text_of_a_stranger_stays_plain_text(text: str) -> None:
    shown = DisclosedTexts(showing_everything(), "ru").written(text)
    without_marks = re.sub(r"<font [^>]*>|</font>", "", shown.markup())

    assert "<" not in without_marks
    assert html.unescape(without_marks) == shown.text
    if not shown.hidden:
        assert shown.text == printable(text)[0]
