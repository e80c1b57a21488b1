# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""House rules about the files that git keeps, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from tests.house.source_files import ROOT, tracked

LARGEST_BYTES = 1024 * 1024
FONTS = (".ttf", ".otf")
TEXTS = (".py", ".pyi", ".md", ".toml", ".txt", ".sh", ".po", ".sql", ".json", ".yml", ".cfg")
TEXT_NAMES = {"Makefile", "run", ".gitignore"}

# Written with other letters, so that this file does not hold what it looks for.
PLACES_OF_ONE_MACHINE = tuple(
    place.replace("~", "/") for place in ("~work~", "~root~", "~home~", "..~shared", "~tmp~brief")
)
REGISTRIES = tuple(
    host.replace("~", ".")
    for host in ("pypi~org", "pythonhosted~org", "npmjs~com", "crates~io", "debian~org~debian")
)

# Windows: reserved characters and names, and a path that still fits below a deep folder.
_RESERVED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .](/|\Z)')
_DEVICES = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|\Z)", re.IGNORECASE)
LONGEST_PATH = 160


def foreign_places(path: str, text: str) -> list[str]:
    """Return the lines of a text that name a machine or a registry."""
    return [
        f"{path}:{number}: names {place!r}; the tree is read on other machines"
        for number, line in enumerate(text.splitlines(), 1)
        for place in (*PLACES_OF_ONE_MACHINE, *REGISTRIES)
        if place in line
    ]


def unfit_for_windows(paths: Sequence[str]) -> Iterator[str]:
    """Yield the paths that a Windows checkout cannot hold."""
    seen: dict[str, str] = {}
    for path in paths:
        if _RESERVED.search(path) or _DEVICES.search(path):
            yield f"{path}: a name that Windows reserves"
        if len(path) > LONGEST_PATH:
            yield f"{path}: longer than {LONGEST_PATH} characters"
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            yield f"{path}: differs from {twin} only in case"


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        name = path.rsplit("/", 1)[-1]
        if path.endswith(TEXTS) or name in TEXT_NAMES:
            found += foreign_places(path, (ROOT / path).read_text(encoding="utf-8"))
    assert not found, "\n" + "\n".join(found)


def test_every_file_is_small() -> None:
    large = [
        f"{path}: {(ROOT / path).stat().st_size} bytes; make it from something smaller"
        for path in tracked()
        if not path.endswith(FONTS) and (ROOT / path).stat().st_size > LARGEST_BYTES
    ]
    assert not large, "\n" + "\n".join(large)


def test_a_checkout_fits_on_windows() -> None:
    found = list(unfit_for_windows(tracked()))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("place", [*PLACES_OF_ONE_MACHINE, *REGISTRIES])
def test_a_planted_place_is_found(place: str) -> None:
    assert foreign_places("docs/a.md", f"one\nsee {place}x\n")[0].startswith("docs/a.md:2:")


@pytest.mark.parametrize(
    "paths",
    [
        ["docs/aux.md"],
        ["a/what?.txt"],
        ["a/b "],
        ["a/b./c"],
        ["x" * 161],
        ["a/Case.py", "a/case.py"],
    ],
)
def test_a_planted_name_is_found(paths: list[str]) -> None:
    assert list(unfit_for_windows(paths))


def test_every_shell_script_may_be_run_and_stops_at_errors() -> None:
    scripts = [path for path in tracked() if path.endswith(".sh")] + [".ci/run"]
    for path in scripts:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert text.startswith("#!"), path
        assert (ROOT / path).stat().st_mode & 0o100, f"{path}: chmod +x"
        assert re.search(r"^set -e", text, re.MULTILINE), f"{path}: set -eu"
