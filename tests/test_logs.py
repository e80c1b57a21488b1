# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log carries codes and counts, and nothing of a case."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import logs
from vault.errors import VaultError

NAME = "Айгерим Сеитова"
LOG = logging.getLogger("vault.tests")


@pytest.fixture(autouse=True)
def _leave_logging_alone() -> Iterator[None]:
    logger = logging.getLogger(logs.ROOT)
    before = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers[:], logger.level, logger.propagate = before


@pytest.mark.parametrize(
    "argument",
    [NAME, b"key", bytearray(b"key"), memoryview(b"key"), Path("/case"), [1], {"a": 1}, object()],
    ids=lambda argument: type(argument).__name__,
)
def test_a_log_call_with_content_is_refused(argument: object) -> None:
    logs.start(logging.INFO, stream=io.StringIO(), strict=True)
    with pytest.raises(logs.UnsafeLogArgument) as refused:
        LOG.info("opened %s", argument)
    assert NAME not in str(refused.value)


@pytest.mark.parametrize("argument", [3, 2.5, True, None, "store.locked", VaultError])
def test_codes_counts_and_classes_are_logged(argument: object) -> None:
    stream = io.StringIO()
    logs.start(logging.INFO, stream=stream, strict=True)
    LOG.info("seen %s", argument)
    assert f"seen {argument}" in stream.getvalue()


def test_in_use_a_careless_call_loses_its_arguments_and_stops_nothing() -> None:
    stream = io.StringIO()
    recent = logs.start(logging.INFO, stream=stream)
    LOG.info("opened %s for 100%%", NAME)
    assert NAME not in stream.getvalue()
    assert "opened %s" in stream.getvalue()
    assert recent.lines()[0].endswith("[arguments withheld: str]")


def test_an_exception_is_logged_without_its_text() -> None:
    stream = io.StringIO()
    logs.start(logging.INFO, stream=stream, strict=True)
    try:
        raise ValueError(NAME)
    except ValueError:
        LOG.exception("a job failed")
    assert NAME not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "test_an_exception_is_logged_without_its_text" in stream.getvalue()


def test_only_the_last_lines_are_kept_and_locking_forgets_them() -> None:
    recent = logs.start(logging.INFO, stream=io.StringIO(), strict=True)
    for number in range(logs.KEPT_LINES + 5):
        LOG.info("line %d", number)
    assert len(recent.lines()) == logs.KEPT_LINES
    assert recent.lines()[-1].endswith(f"line {logs.KEPT_LINES + 4}")
    recent.clear()
    assert recent.lines() == []


def test_there_is_no_log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    logs.start(logging.INFO, stream=io.StringIO())
    LOG.info("line")
    handlers = logging.getLogger(logs.ROOT).handlers
    assert not any(isinstance(handler, logging.FileHandler) for handler in handlers)
    assert list(tmp_path.iterdir()) == []


def test_starting_twice_writes_each_line_once() -> None:
    stream = io.StringIO()
    logs.start(logging.INFO, stream=stream)
    logs.start(logging.INFO, stream=stream)
    LOG.info("line")
    assert stream.getvalue().count("line") == 1


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1))
def test_a_name_of_any_script_with_a_space_or_a_foreign_letter_never_passes(text: str) -> None:
    stream = io.StringIO()
    logs.start(logging.INFO, stream=stream)
    LOG.info("%s", text)
    passed = "withheld" not in stream.getvalue()
    assert passed == (text.isascii() and " " not in text and len(text) <= 80)
