# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The unlock page opens a real vault, and says clearly why it did not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.template_vault import PASSPHRASE, TemplateVault, fingerprints
from tests.ui.keyboard import type_text
from vault.ui.actions.vaults import VaultActions
from vault.ui.jobs import JobRunner
from vault.ui.lock import LockReason
from vault.ui.open_vault import OpenVault
from vault.ui.speech import Speech
from vault.ui.unlock.unlock_page import UnlockPage
from vault.ui.widgets.message_panel import Tone


@pytest.fixture
def actions(jobs: JobRunner) -> VaultActions:
    return VaultActions(jobs)


def page_at(
    folder: Path | None, actions: VaultActions, qtbot: QtBot, reason: LockReason | None = None
) -> UnlockPage:
    page = UnlockPage(actions, folder=folder, reason=reason)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def open_with(page: UnlockPage, text: str, qtbot: QtBot) -> OpenVault:
    type_text(page.passphrase.line, text)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    assert opened.args is not None
    vault: OpenVault = opened.args[0]
    return vault


def test_the_passphrase_opens_the_vault(
    vault: TemplateVault, actions: VaultActions, jobs: JobRunner, qtbot: QtBot, speech: Speech
) -> None:
    page = page_at(vault.folder, actions, qtbot)
    assert page.focusWidget() is page.passphrase.line
    opened = open_with(page, PASSPHRASE, qtbot)
    assert opened.writer.folder == vault.folder
    assert opened.reader.read_only
    assert page.passphrase.is_empty()
    actions.close(opened)
    assert jobs.wait_until_idle(10_000)


def test_the_recovery_code_opens_it_however_it_is_typed(
    vault: TemplateVault, actions: VaultActions, jobs: JobRunner, qtbot: QtBot, speech: Speech
) -> None:
    page = page_at(vault.folder, actions, qtbot)
    page.switch_button.click()
    type_text(page.code_field, vault.recovery_code.lower().replace("-", " "))
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.open_button.click()
    assert opened.args is not None
    assert page.code_field.text() == ""
    actions.close(opened.args[0])
    assert jobs.wait_until_idle(10_000)


def refused(page: UnlockPage, qtbot: QtBot) -> str:
    page.open_button.click()
    qtbot.waitUntil(page.message.isVisible, timeout=20_000)
    assert page.message.tone is Tone.DANGER
    assert page.open_button.isEnabled()
    return page.message.text()


def test_a_wrong_passphrase_says_so_changes_nothing_and_may_be_tried_again(
    vault: TemplateVault, actions: VaultActions, jobs: JobRunner, qtbot: QtBot, speech: Speech
) -> None:
    before = fingerprints(vault.folder)
    page = page_at(vault.folder, actions, qtbot)
    type_text(page.passphrase.line, "wrong")
    said = refused(page, qtbot)
    assert "passphrase" in said.lower()
    assert page.passphrase.is_empty()
    assert fingerprints(vault.folder) == before
    actions.close(open_with(page, PASSPHRASE, qtbot))
    assert jobs.wait_until_idle(10_000)


def test_a_mistyped_recovery_code_names_the_group(
    vault: TemplateVault, actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    groups = vault.recovery_code.split("-")
    groups[2] = ("B" if groups[2][0] == "A" else "A") + groups[2][1:]
    page = page_at(vault.folder, actions, qtbot)
    page.switch_button.click()
    page.code_field.setText("-".join(groups))
    assert "3" in refused(page, qtbot)


def test_a_folder_that_is_no_vault_is_named_before_a_passphrase_is_typed(
    tmp_path: Path, actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    page = page_at(tmp_path, actions, qtbot)
    qtbot.waitUntil(page._about.isVisible)
    assert "vault" in page._about.text()


def test_what_a_vault_is_opened_with_shows_without_a_key(
    vault: TemplateVault, actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    page = page_at(vault.folder, actions, qtbot)
    qtbot.waitUntil(page._about.isVisible)
    assert page._about.text() == "“office”. Ways to open it: passphrase, recovery code."


def test_without_a_folder_the_cursor_is_in_its_field_and_nothing_is_remembered(
    actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    page = page_at(None, actions, qtbot)
    assert page.focusWidget() is page.folder_field
    assert page.folder_field.text() == ""
    page.open_button.click()
    assert page.message.tone is Tone.WARNING


def test_a_lock_says_why_the_vault_is_closed(
    vault: TemplateVault, actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    speech.speak("ru")
    page = page_at(vault.folder, actions, qtbot, LockReason.IDLE)
    assert page.message.isVisible()
    assert page.message.text() != "The vault closed itself because nobody was working."


def test_a_vault_opened_elsewhere_is_refused_with_a_clear_word(
    vault: TemplateVault, actions: VaultActions, qtbot: QtBot, speech: Speech
) -> None:
    with vault.opened():
        page = page_at(vault.folder, actions, qtbot)
        type_text(page.passphrase.line, PASSPHRASE)
        said = refused(page, qtbot)
    assert "open" in said.lower()
