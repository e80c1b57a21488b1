# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every text: positions, no overlaps, nothing else touched, no second hit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.evaluate_redaction import cases, marked_texts
from tests.redaction.invented import AS_OF
from vault.redaction.engine import Redactor
from vault.redaction.folding import as_cyrillic, fold
from vault.redaction.spans import Span, apply, settle

CASES = cases()
REDACTORS = [
    Redactor(case, profile, language, as_of=AS_OF)
    for case in CASES.values()
    for profile in case.profiles
    for language in ("ru", "en", "kk")
    if profile.ref in {"ALL", "PUBLIC", "UN"}
]
TEXTS = [marked.text for marked in marked_texts()]
PIECES = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=30),
    st.sampled_from(["\u00ad", "\n", "-\n", " ", ". ", ", ", "«", "»", "№ ", "\u200b", "é"]),
    st.text("АВЕКМНОРСТУХавекмнорстухABEKMHOPCTXabekmhopctx036 .-\u00ad", max_size=20),
)
DOCUMENTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)


@given(text=DOCUMENTS, engine=st.sampled_from(REDACTORS))
def test_spans_stand_in_order_inside_the_text_and_never_overlap(
    text: str, engine: Redactor
) -> None:
    position = 0
    for span in engine.find(text):
        assert position <= span.start < span.end <= len(text)
        position = span.end


@given(text=DOCUMENTS, engine=st.sampled_from(REDACTORS))
def test_what_is_outside_the_spans_is_unchanged(text: str, engine: Redactor) -> None:
    redacted = engine.redact(text)
    rebuilt, position = [], 0
    for span in redacted.spans:
        rebuilt += [text[position : span.start], span.token]
        position = span.end
    assert "".join([*rebuilt, text[position:]]) == redacted.text


@given(text=DOCUMENTS, engine=st.sampled_from(REDACTORS))
def test_nothing_sure_is_found_in_what_was_redacted(text: str, engine: Redactor) -> None:
    once = engine.redact(text).text
    again = [span for span in engine.find(once) if not span.review]
    assert [(span.category, once[span.start : span.end]) for span in again] == []


@given(text=DOCUMENTS, engine=st.sampled_from(REDACTORS))
def test_the_same_text_gives_the_same_spans(text: str, engine: Redactor) -> None:
    assert engine.find(text) == engine.find(text)


def test_redacting_a_marked_text_twice_changes_nothing() -> None:
    for engine in REDACTORS:
        for text in TEXTS:
            once = engine.redact(text).text
            assert engine.redact(once).text == once


@given(text=st.text())
def test_folding_maps_every_character_back_into_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin) == len(folded.ends)
    for start, end in zip(folded.origin, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(folded.origin) == sorted(folded.origin)
    assert len(as_cyrillic(folded).text) == len(folded.text)


@given(text=st.text(), data=st.data())
def test_a_folded_range_comes_from_the_text_that_folds_to_it(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    left, right = folded.span(start, end)
    assert folded.text[start:end] in fold(text[left:right]).text


def made_span(start: int, length: int, action: str, *, review: bool) -> Span:
    return Span(
        start=start, end=start + length, person_id="P", category="person", action=action,
        reason="TP", review=review, token="[x]",
    )  # fmt: skip


def test_leaving_the_doubtful_never_shows_the_sure() -> None:
    doubtful = made_span(0, 12, "mask", review=True)
    sure = made_span(4, 3, "initials", review=False)
    text = "abcdefghijklmnop"
    settled = settle(text, [doubtful, sure])
    assert apply(text, settled, "leave") == "abcd[x]hijklmnop"
    assert apply(text, settled, "mask") == "[x][x][x]mnop"


SPANS = st.builds(
    made_span,
    st.integers(0, 40),
    st.integers(1, 12),
    st.sampled_from(["initials", "role", "mask"]),
    review=st.booleans(),
)


@given(found=st.lists(SPANS, max_size=12))
def test_settled_spans_cover_all_letters_that_were_found(found: list[Span]) -> None:
    text = "Слово за слово, и вот уже целая строка букв и знаков, которых хватит."
    settled = settle(text, found)
    covered = {i for span in settled for i in range(span.start, span.end)}
    wanted = {i for span in found for i in range(span.start, span.end) if text[i].isalnum()}
    assert wanted <= covered
    assert sum(span.end - span.start for span in settled) == len(covered)
    assert settle(text, list(reversed(found))) == settled
    assert apply(text, settled, "mask").count("[x]") == len(settled)
