# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The threat model names twelve promises, and only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def threat_model(project_root: Path) -> str:
    return (project_root / "docs" / "threat-model.md").read_text(encoding="utf-8")


def _tests_named(document: str) -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`", document)


def test_the_promises_are_numbered_from_one_to_twelve(threat_model: str) -> None:
    numbers = re.findall(r"^### P(\d+): ", threat_model, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 13)]


def test_every_promise_says_what_holds_it_and_its_tests(threat_model: str) -> None:
    sections = re.split(r"^### P\d+: .*$", threat_model, flags=re.MULTILINE)[1:]
    for section in sections:
        assert "*Held by*" in section
        assert "*Tests:*" in section


def test_every_test_that_is_named_exists(threat_model: str, project_root: Path) -> None:
    named = _tests_named(threat_model)
    assert len(named) > 20
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (project_root / file).is_file()
        or f"def {name}(" not in (project_root / file).read_text(encoding="utf-8")
    ]
    assert not missing


def test_every_folder_and_file_of_tests_that_is_named_exists(
    threat_model: str, project_root: Path
) -> None:
    named = re.findall(r"`(tests/[a-z_/]+(?:\.py)?)`", threat_model)
    assert named
    assert not [place for place in named if not (project_root / place).exists()]


def test_a_test_that_does_not_exist_would_be_found() -> None:
    document = "`tests/keys/test_unlock.py::test_nothing`"
    assert _tests_named(document) == [("tests/keys/test_unlock.py", "test_nothing")]
