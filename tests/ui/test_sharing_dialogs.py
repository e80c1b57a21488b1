# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cards, packages out and packages in, between two real vaults, through the dialogs."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.template_vault import PASSPHRASE, TemplateVault, new_vault
from tests.ui.keyboard import type_text
from vault.services import casework, contacts
from vault.ui.actions.desk import Desk
from vault.ui.actions.vaults import VaultActions
from vault.ui.jobs import JobRunner
from vault.ui.sharing.bundle_dialog import BundleDialog
from vault.ui.sharing.contacts_dialog import ContactsDialog
from vault.ui.sharing.open_bundle_dialog import OpenBundleDialog
from vault.ui.widgets.clipboard import SecretClipboard
from vault.ui.widgets.message_panel import Tone

NAME = "Марат Коллега"


@pytest.fixture(scope="module")
def colleague_template(tmp_path_factory: pytest.TempPathFactory) -> TemplateVault:
    return new_vault(tmp_path_factory.mktemp("colleague") / "second.panah", NAME)


@pytest.fixture
def colleague(colleague_template: TemplateVault, tmp_path: Path) -> TemplateVault:
    return colleague_template.copied_to(tmp_path / "second.panah")


class Room(QWidget):
    """A window that dialogs belong to, with its clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.clipboard = SecretClipboard(self)


@pytest.fixture
def window(qtbot: QtBot) -> Generator[Room]:
    made = Room()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.clipboard.clear()


def tone_of(dialog: ContactsDialog | BundleDialog | OpenBundleDialog) -> Tone:
    return dialog.message.tone


def card_of(vault: TemplateVault, out: Path) -> str:
    """Write the card of another vault to a file; return its 40 digits."""
    with vault.opened() as session:
        card = contacts.own_card(session)
    out.write_text(card.text, encoding="utf-8")
    return card.code


def snapshot_of(desk: Desk) -> Any:
    (row,) = casework.list_cases(desk.vault.reader)
    return casework.case_page(desk.vault.reader, row.case.id)


def read(desk: Desk, qtbot: QtBot) -> Any:
    """Return the demonstration case, read on the lane that owns the connection."""
    jobs: JobRunner = desk.cases._jobs
    from vault.ui.jobs import Lane

    job = jobs.start(lambda _progress: snapshot_of(desk), Lane.READER)
    with qtbot.waitSignal(job.succeeded, timeout=10_000) as done:
        pass
    assert done.args is not None
    return done.args[0]


def with_contact(
    desk: Desk,
    window: Room,
    qtbot: QtBot,
    card: Path,
) -> ContactsDialog:
    dialog = ContactsDialog(desk.sharing, window.clipboard, window)
    dialog.show()
    dialog.add_card(card)
    qtbot.waitUntil(lambda: len(dialog.table.values.rows()) == 1, timeout=10_000)
    return dialog


def test_a_card_is_doubtful_until_its_digits_are_compared(
    desk: Desk,
    colleague: TemplateVault,
    window: Room,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    digits = card_of(colleague, tmp_path / "card.txt")
    dialog = with_contact(desk, window, qtbot, tmp_path / "card.txt")
    assert tone_of(dialog) is Tone.WARNING
    dialog.table.selectRow(0)
    assert dialog._verify.isVisible()
    wrong = ("1" if digits[0] != "1" else "2") + digits[1:]
    type_text(dialog.code_field, wrong)
    dialog._verify_button.click()
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.DANGER, timeout=10_000)
    assert not dialog.table.values.rows()[0].verified
    dialog.code_field.clear()
    type_text(dialog.code_field, digits)
    dialog._verify_button.click()
    qtbot.waitUntil(lambda: dialog.table.values.rows()[0].verified, timeout=10_000)
    qtbot.waitUntil(lambda: not dialog._verify.isVisible())
    assert dialog.message.tone is Tone.GOOD
    dialog.close()


def test_the_own_card_goes_to_the_clipboard_and_to_a_file(
    desk: Desk,
    window: Room,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = ContactsDialog(desk.sharing, window.clipboard, window)
    dialog.show()
    qtbot.waitUntil(dialog._copy.isEnabled, timeout=10_000)
    dialog._copy.click()
    assert QApplication.clipboard().text() == dialog._card.text
    dialog.save_card(tmp_path / "card.txt")
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.GOOD, timeout=10_000)
    assert (tmp_path / "card.txt").read_text(encoding="utf-8") == dialog._card.text
    dialog.save_card(tmp_path / "card.txt")
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.DANGER, timeout=10_000)
    dialog.close()


def test_something_that_is_no_card_is_refused(
    desk: Desk,
    window: Room,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    (tmp_path / "card.txt").write_bytes(b"\xff\xfenot a card")
    dialog = ContactsDialog(desk.sharing, window.clipboard, window)
    dialog.show()
    dialog.add_card(tmp_path / "card.txt")
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.DANGER, timeout=10_000)
    assert dialog.table.values.rows() == ()
    dialog.close()


def test_a_package_goes_out_with_a_warning_and_into_the_other_vault(
    desk: Desk,
    colleague: TemplateVault,
    window: Room,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    card_of(colleague, tmp_path / "card.txt")
    with_contact(desk, window, qtbot, tmp_path / "card.txt").close()
    dialog = BundleDialog(read(desk, qtbot), desk.sharing, window)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.recipients._boxes), timeout=10_000)
    dialog.make_button.click()
    assert dialog.message.tone is Tone.WARNING, "nobody is chosen yet"
    next(iter(dialog.recipients._boxes.values())).click()
    assert NAME in dialog.message.text()
    assert "Not verified" in dialog.message.text()
    type_text(dialog.purpose, "перевод показаний")
    out = tmp_path / "package.panah.age"
    dialog.make(out)
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.GOOD, timeout=60_000)
    assert out.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert str(out) in dialog.message.text()
    dialog.close()
    _take_in(colleague, out, window, qtbot)


def _take_in(colleague: TemplateVault, out: Path, window: Room, qtbot: QtBot) -> None:
    jobs = JobRunner()
    actions = VaultActions(jobs)
    opening = actions.open_by_passphrase(colleague.folder, bytearray(PASSPHRASE.encode()))
    with qtbot.waitSignal(opening.opened, timeout=20_000) as opened:
        pass
    assert opened.args is not None
    there = Desk.at(jobs, opened.args[0])
    dialog = OpenBundleDialog(there.sharing, window)
    dialog.show()
    dialog.inspect(out)
    qtbot.waitUntil(dialog.message.isVisible, timeout=20_000)
    assert "Айжан Тестовая" in dialog.facts.text()
    assert "перевод показаний" in dialog.facts.text()
    assert dialog.message.tone is Tone.WARNING, "the sender is not verified there"
    dialog.take_button.click()
    qtbot.waitUntil(lambda: "FIC-2025-017" in dialog.message.text(), timeout=60_000)
    dialog.close()
    actions.close(there.vault)
    assert jobs.wait_until_idle(10_000)
    with colleague.opened() as session:
        (row,) = casework.list_cases(session)
        assert row.persons == 14


def test_a_damaged_package_changes_nothing_and_says_so(
    desk: Desk, window: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "package.panah.age"
    broken.write_bytes(b"age-encryption.org/v1\nnonsense")
    dialog = OpenBundleDialog(desk.sharing, window)
    dialog.show()
    dialog.inspect(broken)
    qtbot.waitUntil(lambda: dialog.message.tone is Tone.DANGER, timeout=10_000)
    assert not dialog.take_button.isEnabled()
    assert dialog.facts.text() == ""
    dialog.close()
