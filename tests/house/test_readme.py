# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the documents tell people to type exists, and what they point at is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source_files import ROOT, tracked

DOCUMENTS = [path for path in tracked() if path.endswith(".md")]
_MAKE = re.compile(r"^ {4}make ([a-z -]+?)(?: +[A-Z]+=.*| *#.*|)$|`make ([a-z-]+)`", re.MULTILINE)
_PANAH = re.compile(r"^ {4}(?:\.venv/bin/)?panah ((?:[a-z-]+ ?)+)", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def commands(pattern: re.Pattern[str], path: str) -> list[str]:
    """Return the commands that a document tells people to type."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return [next(group for group in match.groups() if group) for match in pattern.finditer(text)]


COMMANDS = sorted({"demo"} | {c.strip() for p in DOCUMENTS for c in commands(_PANAH, p)})


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_make_command_exists(path: str) -> None:
    wanted = {word for command in commands(_MAKE, path) for word in command.split()}
    assert wanted <= targets()


def test_the_readme_names_the_two_commands() -> None:
    assert {"demo", "test"} <= set(commands(_MAKE, "README.md"))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_link_leads_to_a_file(path: str) -> None:
    folder = (ROOT / path).parent
    links = _LINK.findall((ROOT / path).read_text(encoding="utf-8"))
    missing = [link for link in links if not (folder / link).exists()]
    assert not missing


@pytest.mark.parametrize("words", COMMANDS)
def test_every_panah_command_of_the_documents_is_known(words: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "vault", *words.split(), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_the_demonstration_and_the_tests_begin_with_set_up() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^demo: setup-demo", makefile, re.MULTILINE)
    assert re.search(r"^test: setup ", makefile, re.MULTILINE)
    assert "make --no-print-directory test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
