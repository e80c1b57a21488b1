# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A skipped test is a failure where nobody watches, and says what is missing elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.no_silent_skips import in_ci

SAMPLE = """
import pytest

@pytest.mark.requires_program("a-program-that-nobody-has")
def test_with_a_program() -> None:
    assert True

@pytest.mark.never_run("a system that no run of ours has had")
def test_of_another_system() -> None:
    pytest.skip("another system")

@pytest.mark.xfail(reason="expected", strict=True)
def test_expected_to_fail() -> None:
    assert False

def test_that_skips_itself() -> None:
    pytest.skip("no reason that CI accepts")
"""


def run_sample(project_root: Path, folder: Path, ci: str) -> str:
    """Run the sample under the project's own conftest and return what pytest says."""
    sample = folder / "test_sample.py"
    sample.write_text(SAMPLE, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "PANAH_CI"}}
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.conftest",
            f"--rootdir={project_root}",
            f"-c{project_root / 'pyproject.toml'}",
            str(sample),
        ],
        cwd=project_root,
        env={**environment, "PANAH_CI": ci},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return result.stdout


def test_at_home_a_missing_program_skips_with_its_name(project_root: Path, tmp_path: Path) -> None:
    said = run_sample(project_root, tmp_path, "")
    assert "3 skipped, 1 xfailed" in said
    assert "a-program-that-nobody-has; `make setup` installs it" in said


def test_in_ci_only_a_system_never_run_may_skip(project_root: Path, tmp_path: Path) -> None:
    said = run_sample(project_root, tmp_path, "1")
    assert "1 failed, 1 skipped, 1 xfailed, 1 error" in said
    assert "skipped, which CI does not allow" in said


@pytest.mark.parametrize(
    "environment, expected",
    [({}, False), ({"CI": "true"}, True), ({"PANAH_CI": "1"}, True), ({"CI": "false"}, False)],
)
def test_ci_is_recognised(environment: dict[str, str], *, expected: bool) -> None:
    assert in_ci(environment) == expected
