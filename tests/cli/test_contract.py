# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of docs/command-line.md are understood, every one of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.cli.program import build_parser

PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
PLACEHOLDERS = {
    "PATH": "x.panah",
    "REF": "P01",
    "KIND": "person",
    "TYPE": "passphrase",
    "RECIPIENT…": "age1x",
    "WORDS…": "обыск",
    "FILE…": "a.txt",
    "CONTACT…": "Айжан",
}


def lines() -> list[str]:
    block = PAGE.read_text(encoding="utf-8").split("```")[1]
    return [line for line in block.splitlines() if line.split()[1:]]


def commands(line: str) -> Iterator[list[str]]:
    """Yield every command that a line of the page stands for, its options in and out."""
    words = line.removeprefix("panah ")
    groups = re.findall(r"\(([^)]*)\)", words)
    for chosen in itertools.product(*(group.split(" | ") for group in groups)):
        filled = words
        for group, choice in zip(groups, chosen, strict=True):
            filled = filled.replace(f"({group})", choice, 1)
        without = re.sub(r"\[[^]]*\]", "", filled)
        for form in {filled.replace("[", "").replace("]", ""), without}:
            yield from expanded(form.split())


def expanded(words: list[str]) -> Iterator[list[str]]:
    choices = [word.split("|") if "|" in word else [PLACEHOLDERS.get(word, word)] for word in words]
    yield from (list(chosen) for chosen in itertools.product(*choices))


@pytest.mark.parametrize("line", lines())
def test_a_line_of_the_contract_is_understood(line: str) -> None:
    parser = build_parser()
    forms = list(commands(line))
    assert forms
    for words in forms:
        parsed = parser.parse_args(words)
        assert callable(parsed.run), words


@pytest.mark.parametrize("line", lines())
def test_every_command_takes_json(line: str) -> None:
    for words in commands(line):
        assert build_parser().parse_args([*words, "--json"]).json is True


def test_the_page_has_every_word_of_the_design() -> None:
    text = "\n".join(lines())
    for words in (
        "vault create", "vault info", "vault check", "vault backup", "vault restore",
        "vault rescue", "vault slots list", "vault slots add", "vault slots revoke",
        "vault slots test", "vault unlock-test", "vault rotate", "vault travel-lock",
        "vault travel-unlock", "record add|edit|show|history|seal", "case list", "case show",
        "case import", "case export", "evidence add", "evidence list", "evidence extract",
        "evidence verify", "search", "deadlines", "redact", "--jsonl", "dossier build",
        "dossier check", "bundle create", "bundle inspect", "bundle open", "age keygen",
        "age encrypt", "age decrypt", "identity show", "contact add", "contact list",
        "contact verify", "audit verify", "audit export", "demo",
    ):  # fmt: skip
        assert f"panah {words}" in text or words in text, words


@pytest.mark.parametrize("words", [["vault"], ["vault", "open"], ["redact"], ["age", "encrypt"]])
def test_wrong_use_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    assert "usage: panah" in capsys.readouterr().err
