# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The marked texts of invented cases: nothing leaks, and nothing is hidden silently."""

from __future__ import annotations

import pytest

from benchmarks.evaluate_redaction import cases, marked_texts, outcomes

TEXTS = marked_texts()
OUTCOMES = {outcome.marked.id: outcome for outcome in outcomes(TEXTS, cases())}


def test_the_set_is_large_and_covers_every_category() -> None:
    assert len(TEXTS) >= 120
    assert len({text.id for text in TEXTS}) == len(TEXTS)
    assert {text.lang for text in TEXTS} == {"ru", "en", "kk"}
    decoys = [text for text in TEXTS if not text.hidden]
    assert len(decoys) >= 20


@pytest.mark.parametrize("marked", TEXTS, ids=lambda marked: marked.id)
def test_a_marked_text_leaks_nothing_and_keeps_what_must_stay(marked: object) -> None:
    outcome = OUTCOMES[marked.id]  # type: ignore[attr-defined] # a MarkedText
    assert outcome.leaked == (), outcome.masked
    assert outcome.lost == (), outcome.masked


def test_every_string_to_be_hidden_stands_in_its_text() -> None:
    for text in TEXTS:
        for one in text.hidden:
            assert one in text.text, (text.id, one)
