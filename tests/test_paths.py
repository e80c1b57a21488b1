# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the program's own files live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vault import paths


def test_the_configuration_may_be_on_a_stick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.CONFIG_HOME_VARIABLE, str(tmp_path))
    assert paths.config_folder() == tmp_path


def test_without_a_choice_the_configuration_is_in_the_folder_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(paths.CONFIG_HOME_VARIABLE)
    folder = paths.config_folder()
    assert folder.is_absolute()
    assert folder.name == "panah"


def test_asking_for_the_configuration_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.CONFIG_HOME_VARIABLE, str(tmp_path / "not-there"))
    paths.config_folder()
    assert not (tmp_path / "not-there").exists()


def test_the_demonstration_case_ships_with_the_program() -> None:
    case = json.loads(paths.demonstration_case().read_text(encoding="utf-8"))
    assert case["persons"]


def test_package_data_is_found_by_its_name() -> None:
    assert paths.package_data("locale", "ru", "LC_MESSAGES", "panah.mo").is_file()
