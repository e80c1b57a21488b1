# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Set-up says exactly what is missing and leaves nothing; the lock files hold what it installs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source_files import ROOT

LOCKS = ROOT / "packaging" / "locks"
NEEDS = ROOT / "packaging" / "setup" / "needs.txt"
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
_ORDINARY = "awk basename bash cat dirname find grep head ldconfig ls mkdir rm sed sh sort tr uname"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="setup.sh is for Linux; see contributing.md"
)


def pins(lock: str) -> dict[str, str]:
    """Return the packages of a lock file and their versions."""
    return dict(_PIN.findall((LOCKS / lock).read_text(encoding="utf-8")))


def needs() -> list[list[str]]:
    """Return the lines of needs.txt without the comments."""
    lines = NEEDS.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


@pytest.fixture
def bare_machine(tmp_path: Path) -> dict[str, str]:
    """An environment without the tests' programs, whose user may install nothing."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in _ORDINARY.split():
        found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        if found:
            (programs / name).symlink_to(found)
    (programs / "python3").symlink_to(sys.executable)
    for name, answer in {"id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 99"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    return {"PATH": str(programs), "HOME": str(tmp_path)}


def copy_of_setup(folder: Path) -> Path:
    """Return a clone with what set-up reads, and nothing made yet."""
    clone = folder / "clone"
    shutil.copytree(ROOT / "packaging", clone / "packaging")
    shutil.copy(ROOT / "pyproject.toml", clone)
    return clone


def run_setup(clone: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run set-up for the tests."""
    return subprocess.run(
        ["sh", "packaging/setup/setup.sh", "test"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_user_who_may_install_nothing_gets_the_line_to_run(
    bare_machine: dict[str, str], tmp_path: Path
) -> None:
    clone = copy_of_setup(tmp_path)
    before = sorted(clone.rglob("*"))
    result = run_setup(clone, bare_machine)
    assert result.returncode == 1
    line = next(line for line in result.stderr.splitlines() if "apt-get" in line)
    assert line.strip().startswith("sudo apt-get install --no-install-recommends ")
    assert {"age", "qpdf", "xvfb", "openssh-client"} <= set(line.split())
    assert "Nothing was changed" in result.stderr
    assert sorted(clone.rglob("*")) == before


def test_without_a_python_the_line_names_one(bare_machine: dict[str, str], tmp_path: Path) -> None:
    python = Path(bare_machine["PATH"]) / "python3"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    result = run_setup(copy_of_setup(tmp_path), bare_machine)
    assert result.returncode == 1
    line = next(line for line in result.stderr.splitlines() if "apt-get" in line)
    assert {"python3", "python3-venv"} <= set(line.split())


def test_a_failed_installation_leaves_no_environment(
    bare_machine: dict[str, str], tmp_path: Path
) -> None:
    clone = copy_of_setup(tmp_path)
    (clone / "packaging" / "setup" / "needs.txt").write_text("", encoding="utf-8")
    lock = clone / "packaging" / "locks" / "requirements-dev.txt"
    lock.write_text(f"panah-not-there==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    result = run_setup(clone, {**bare_machine, "PIP_NO_INDEX": "1"})
    assert result.returncode != 0
    assert "removing what it had made" in result.stderr
    assert not (clone / ".venv").exists()


def test_every_need_is_one_line_with_a_part_a_kind_a_name_and_a_package() -> None:
    for part, kind, _name, package in needs():
        assert part in {"demo", "test"}
        assert kind in {"program", "library", "font"}
        assert re.fullmatch(r"[a-z0-9.+-]+", package)
    names = [name for _part, _kind, name, _package in needs()]
    assert len(set(names)) == len(names)


def test_every_program_that_a_test_requires_is_installed_by_set_up() -> None:
    provided = {name for _part, kind, name, _package in needs() if kind == "program"}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name == "test_skips.py":  # asks on purpose for what nobody has
            continue
        for names in re.findall(r"requires_program\(([^)]*)\)", path.read_text(encoding="utf-8")):
            asked = set(re.findall(r'"([^"]+)"', names))
            assert asked <= provided, f"{path.name}: add {asked - provided} to needs.txt"


def test_the_locks_name_every_dependency_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    build = pins("requirements-build.txt")
    for lock, wanted in (
        (run, project["project"]["dependencies"]),
        (build, project["dependency-groups"]["build"]),
        (dev, project["dependency-groups"]["dev"]),
    ):
        names = {re.split(r"[<>=!~ ]", one)[0].lower() for one in wanted}
        assert names <= set(lock)
    assert run.items() <= dev.items()
    assert build.items() <= dev.items()


@pytest.mark.parametrize("lock", sorted(path.name for path in LOCKS.glob("*.txt")))
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (LOCKS / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(lock))
    for block in blocks:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]


def test_the_faulty_release_of_qt_is_not_locked() -> None:
    assert tuple(map(int, pins("requirements.txt")["pyside6-essentials"].split("."))) < (6, 12)
