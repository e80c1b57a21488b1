# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A filled vault for the window's tests, made once, copied and opened for each test."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.template_vault import PASSPHRASE, TemplateVault, filled_vault
from vault.domain.case_format import records_of_case_file
from vault.domain.snapshot import CaseSnapshot
from vault.paths import demonstration_case
from vault.ui.actions.desk import Desk
from vault.ui.actions.vaults import VaultActions
from vault.ui.jobs import JobRunner
from vault.ui.speech import Speech
from vault.ui.theme.look import Scheme


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> TemplateVault:
    return filled_vault(tmp_path_factory.mktemp("ui-template") / "office.panah")


@pytest.fixture
def vault(template: TemplateVault, tmp_path: Path) -> TemplateVault:
    return template.copied_to(tmp_path / "office.panah")


@pytest.fixture
def speech(qapp: QApplication) -> Generator[Speech]:
    spoken = Speech(qapp, "en", Scheme.LIGHT)
    yield spoken
    spoken.speak("en")
    spoken.wear(Scheme.LIGHT)


@pytest.fixture
def jobs(qtbot: QtBot) -> Generator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.stop(), "a job did not end"
    qtbot.waitUntil(lambda: runner.in_flight() == 0)


@pytest.fixture
def desk(vault: TemplateVault, jobs: JobRunner, qtbot: QtBot, speech: Speech) -> Generator[Desk]:
    """The actions on an open vault; closed again on its own lanes."""
    actions = VaultActions(jobs)
    opening = actions.open_by_passphrase(vault.folder, bytearray(PASSPHRASE.encode()))
    with qtbot.waitSignal(opening.opened, timeout=20_000) as opened:
        pass
    assert opened.args is not None
    made = Desk.at(jobs, opened.args[0])
    yield made
    actions.close(made.vault)
    assert jobs.wait_until_idle(10_000)


@pytest.fixture(scope="session")
def snapshot() -> CaseSnapshot:
    """The demonstration case with its references as ids, without a vault."""
    document = json.loads(demonstration_case().read_text(encoding="utf-8"))
    return CaseSnapshot.of_records(records_of_case_file(document, lambda _kind, ref: ref))
