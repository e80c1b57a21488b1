# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah vault slots list|add|revoke|test` and `panah vault unlock-test`, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.template_vault import PASSPHRASE, TemplateVault, fingerprints, new_vault
from vault.cli import main
from vault.services import contacts

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> TemplateVault:
    return new_vault(tmp_path_factory.mktemp("made") / "desk.panah")


@pytest.fixture
def desk(_made: TemplateVault, tmp_path: Path) -> TemplateVault:
    """Return a vault of this test's own, beside files with its passphrase and its code."""
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    (tmp_path / "code").write_text(_made.recovery_code + "\r\n", encoding="utf-8")
    (tmp_path / "wrong").write_text("не та фраза", encoding="utf-8")
    (tmp_path / "next").write_text("следующая фраза", encoding="utf-8")
    return _made.copied_to(tmp_path / "desk.panah")


@pytest.fixture
def run(desk: TemplateVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `panah vault WORDS… --json`: a word "@name" is a file of this test, "." the vault."""

    def run_words(words: str, code: int = 0) -> dict[str, Any]:
        given = [
            str(desk.folder)
            if word == "."
            else str(tmp_path / word[1:])
            if word[0] == "@"
            else word
            for word in words.split()
        ]
        assert main(["vault", *given, "--json"]) == code, capsys.readouterr()
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        return said

    return run_words


def slot_of(run: Run, kind: str) -> str:
    (found,) = (slot["id"] for slot in run("slots list .")["slots"] if slot["type"] == kind)
    return str(found)


def test_the_slots_are_listed_without_a_credential(run: Run) -> None:
    listed = run("slots list .")["slots"]
    assert [slot["type"] for slot in listed] == ["passphrase", "recovery"]
    assert all(len(slot["id"]) == 32 and slot["created"] for slot in listed)


def test_an_added_passphrase_opens_and_a_revoked_one_does_not(run: Run) -> None:
    old = slot_of(run, "passphrase")
    added = run(
        "slots add . --type passphrase --kdf floor --passphrase-file @passphrase "
        "--new-passphrase-file @next"
    )["slot"]
    assert run("unlock-test . --passphrase-file @next")["opens"] == added
    assert run(f"slots revoke . --slot {old} --passphrase-file @next")["revoked"] == old
    refused = run("unlock-test . --passphrase-file @passphrase", 1)
    assert refused["error"] == "keys.wrong_passphrase"
    assert slot_of(run, "passphrase") == added


def test_the_last_passphrase_and_the_recovery_slot_are_not_revoked(run: Run) -> None:
    before = run("slots list .")
    for kind in ("passphrase", "recovery"):
        refused = run(
            f"slots revoke . --slot {slot_of(run, kind)} --passphrase-file @passphrase", 1
        )
        assert refused["error"] == "keys.slot_needed"
    assert run("slots list .") == before


def test_a_slot_that_is_not_there_is_not_revoked(run: Run) -> None:
    refused = run(f"slots revoke . --slot {'0' * 32} --passphrase-file @passphrase", 1)
    assert refused["error"] == "keys.no_such_slot"


def test_a_new_recovery_code_replaces_the_old_one(run: Run, tmp_path: Path) -> None:
    code = run("slots add . --type recovery --passphrase-file @passphrase")["recovery_code"]
    refused = run("unlock-test . --recovery --passphrase-file @code", 1)
    assert refused["error"] == "keys.wrong_recovery_code"
    (tmp_path / "code").write_text(code.lower().replace("-", " "), encoding="utf-8")
    assert run("unlock-test . --recovery --passphrase-file @code")["opens"] == slot_of(
        run, "recovery"
    )


def test_a_colleague_becomes_a_recipient_slot(
    run: Run, desk: TemplateVault, tmp_path: Path
) -> None:
    colleague = new_vault(tmp_path / "colleague.panah", "Коллега")
    with colleague.opened() as theirs, desk.opened() as session:
        contacts.add_contact(session, contacts.own_card(theirs).text)
    added = run("slots add . --type recipient --to Коллега --passphrase-file @passphrase")["slot"]
    assert slot_of(run, "recipient") == added
    refused = run("slots add . --type recipient --to Чужой --passphrase-file @passphrase", 1)
    assert refused["error"] == "services.no_such_contact"


def test_a_recipient_slot_needs_to_know_for_whom(
    desk: TemplateVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--type", "recipient", "--passphrase-file", str(tmp_path / "passphrase")]
    assert main(["vault", "slots", "add", str(desk.folder), *words]) == 2
    assert "--to CONTACT" in capsys.readouterr().err


def test_a_slot_is_proved_by_its_own_credential_only(run: Run) -> None:
    passphrase, recovery = slot_of(run, "passphrase"), slot_of(run, "recovery")
    words = f"slots test . --slot {passphrase} --passphrase-file"
    assert run(f"{words} @passphrase")["opens"] == passphrase
    assert run(f"{words} @wrong", 1)["error"] == "keys.wrong_passphrase"
    words = f"slots test . --slot {recovery}"
    assert run(f"{words} --recovery --passphrase-file @code")["opens"] == recovery
    refused = run(f"{words} --passphrase-file @passphrase", 1)
    assert refused["error"] == "keys.wrong_passphrase"


def test_unlocking_to_test_changes_nothing(run: Run, desk: TemplateVault) -> None:
    before = fingerprints(desk.folder)
    assert run("unlock-test . --passphrase-file @passphrase")["opens"]
    assert run("unlock-test . --recovery --passphrase-file @code")["opens"]
    assert run("unlock-test . --passphrase-file @wrong", 1)["error"] == "keys.wrong_passphrase"
    assert fingerprints(desk.folder) == before


def test_a_mistyped_recovery_code_is_found_in_its_group(run: Run, tmp_path: Path) -> None:
    code = (tmp_path / "code").read_text(encoding="utf-8").strip()
    groups = code.split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    (tmp_path / "code").write_text("-".join(groups), encoding="utf-8")
    refused = run("unlock-test . --recovery --passphrase-file @code", 1)
    assert refused["error"] == "keys.bad_recovery_code"
    assert refused["details"]["group"] == 3
    assert groups[2] not in json.dumps(refused)
