# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The core runs where PySide6 is not installed: imported, used, and tested."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import vault

# Run first in the child process: an import hook that plays a machine without PySide6.
BLOCKED = """
import importlib.abc, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {name!r} (blocked)", name=name)
        return None

sys.meta_path.insert(0, Missing())
"""
CORE_TESTS = ("tests/domain", "tests/redaction", "tests/test_i18n.py", "tests/test_logs.py")


def without_qt(project_root: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process that has no PySide6."""
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + code],
        cwd=project_root,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=150,
        check=False,
    )


def core_modules() -> list[str]:
    """Return every module that is not the window and does not start a program when imported."""
    return [
        found.name
        for found in pkgutil.walk_packages(vault.__path__, "vault.")
        if found.name.split(".")[1] not in {"ui", "app"}
        and found.name.rsplit(".", 1)[-1] != "__main__"
    ]


def test_the_block_works(project_root: Path) -> None:
    result = without_qt(project_root, "import PySide6.QtCore\n")
    assert result.returncode == 1
    assert "(blocked)" in result.stderr


def test_every_module_of_the_core_can_be_imported(project_root: Path) -> None:
    names = core_modules()
    assert len(names) > 30
    code = f"import importlib\nfor name in {names!r}:\n    importlib.import_module(name)\n"
    result = without_qt(project_root, code)
    assert result.returncode == 0, result.stderr


def test_the_tests_of_the_core_pass(project_root: Path) -> None:
    there = [path for path in CORE_TESTS if (project_root / path).exists()]
    options = ["-q", "-p", "no:cacheprovider", "-p", "pytest_timeout", "-p", "no:pytest-qt"]
    options += ["-W", "ignore::pytest.PytestConfigWarning", "-o", "strict_config=false"]
    code = f"import pytest\nsys.exit(pytest.main({[*options, *there]!r}))\n"
    result = without_qt(project_root, code)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert " passed" in result.stdout
