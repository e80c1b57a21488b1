# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah vault rotate`, `travel-lock` and `travel-unlock`, as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.travellers import People, new_people
from tests.template_vault import PASSPHRASE, fingerprints
from vault.cli import main

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return new_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def people(_made: People, tmp_path: Path) -> People:
    """Return three vaults of this test's own, beside files with the passphrases."""
    for name, text in (("passphrase", PASSPHRASE), ("key", "ключ"), ("next", "новая фраза")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return _made.copied_to(tmp_path)


@pytest.fixture
def run(people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `panah vault WORDS… --json`: "@name" is a file of this test, "." the vault."""

    def run_words(words: str, code: int = 0) -> dict[str, Any]:
        given = [
            str(people.folder) if word == "." else str(tmp_path / word[1:]) if word[0] == "@"
            else word
            for word in words.split()
        ]  # fmt: skip
        ended = main(["vault", *given, "--json"])
        said = capsys.readouterr()
        assert ended == code, said
        answer: dict[str, Any] = json.loads(said.out)
        return answer | {"noted": said.err}

    return run_words


def test_a_vault_is_rotated_and_its_old_folder_named(run: Run, tmp_path: Path) -> None:
    said = run("rotate . --passphrase-file @passphrase")
    assert Path(said["before"]).is_dir()
    assert said["dropped"] == []
    (tmp_path / "code").write_text(said["recovery_code"], encoding="utf-8")
    run("unlock-test . --recovery --passphrase-file @code")
    run("unlock-test . --passphrase-file @passphrase")
    assert run("check . --passphrase-file @passphrase")["ok"]


def test_an_unfinished_rotation_is_said_before_the_passphrase_is_asked(
    run: Run, people: People
) -> None:
    people.folder.with_name("traveller.rotating").mkdir()
    said = run("rotate .", 1)
    assert said["error"] == "services.rotation_leftover"
    assert "traveller.rotating" in said["message"]


def test_a_lock_is_refused_until_somebody_understood(run: Run, people: People) -> None:
    before = json.loads((people.folder / "header.json").read_bytes())["slots"]
    said = run("travel-lock . --passphrase-file @passphrase", 1)
    assert said["error"] == "services.travel_lock_not_confirmed"
    assert "nobody who is present can open it" in said["noted"]
    assert json.loads((people.folder / "header.json").read_bytes())["slots"] == before


def test_locked_asked_answered_and_open_again(run: Run, tmp_path: Path, people: People) -> None:
    said = run("travel-lock . --passphrase-file @passphrase --yes-i-understand")
    assert (said["holders"], said["recovery"], said["keyring"]) == (2, False, "not_used")
    refused = run("unlock-test . --passphrase-file @passphrase", 1)
    assert refused["error"] == "keys.no_such_slot"
    (tmp_path / "card").write_text(people.card(), encoding="utf-8")
    asked = run("travel-unlock . --request @request --card @card --key-passphrase-file @key")
    assert asked["key"] == asked["request"] + ".key.age"
    colleague = "travel-unlock --vault @first.panah --passphrase-file @passphrase"
    digits = asked["code"].replace(" ", "")
    answered = run(f"{colleague} --answer @request --out @response --code {digits}")
    assert answered["code"] == asked["code"]
    done = run(
        "travel-unlock . --request @request --response @response --key-passphrase-file @key "
        "--new-passphrase-file @next --kdf floor"
    )
    assert (done["signer_name"], done["signer_expected"]) == ("first", True)
    assert done["signer"] == asked["signer"]
    assert run("unlock-test . --passphrase-file @next")["opens"] == done["slot"]
    (tmp_path / "code").write_text(done["recovery_code"], encoding="utf-8")
    run("unlock-test . --recovery --passphrase-file @code")


def test_people_are_told_what_happened_and_what_is_left_to_do(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = ["--passphrase-file", str(tmp_path / "passphrase")]
    assert main(["vault", "rotate", str(people.folder), *secret]) == 0
    assert "Remove them and make a new backup" in capsys.readouterr().out
    lock = ["vault", "travel-lock", str(people.folder), *secret, "--yes-i-understand"]
    assert main(lock) == 0
    said = capsys.readouterr()
    assert "first, second" in said.err
    assert "A copy beside the vault: traveller.before-rotation-" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["x.panah"],
        [],
        ["x.panah", "--response", "r"],
        ["--answer", "r", "--out", "o"],
        ["--answer", "r", "--vault", "v"],
        ["x.panah", "--answer", "r", "--vault", "v", "--out", "o"],
    ],
)
def test_an_incomplete_travel_unlock_says_how_it_goes(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vault", "travel-unlock", *words]) == 2
    assert "--answer" in capsys.readouterr().err


@pytest.mark.skipif(
    sys.platform == "win32", reason="types on a terminal as POSIX has it; never run"
)
@pytest.mark.parametrize("typed,code,kinds", [("traveller", 0, 1), ("yes", 1, 3)])
def test_on_a_terminal_the_vaults_name_must_be_typed(
    people: People, tmp_path: Path, typed: str, code: int, kinds: int
) -> None:
    import pty

    controller, terminal = pty.openpty()
    command = [
        sys.executable, "-m", "vault", "vault", "travel-lock", str(people.folder),
        "--passphrase-file", str(tmp_path / "passphrase"),
    ]  # fmt: skip
    before = fingerprints(people.first.folder)
    with subprocess.Popen(
        command,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": "src", "PATH": "", "PANAH_LANGUAGE": "en"},
    ) as process:
        os.close(terminal)
        os.write(controller, typed.encode() + b"\n")
        _out, said = process.communicate(timeout=60)
    os.close(controller)
    assert process.returncode == code, said
    assert b"Type the vault's name, traveller, to lock it" in said
    slots = json.loads((people.folder / "header.json").read_bytes())["slots"]
    assert len({slot["type"] for slot in slots}) == kinds
    assert fingerprints(people.first.folder) == before
