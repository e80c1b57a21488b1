# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dossier with pictures goes on only when a person says to have looked at them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.template_vault import REFERENCE, TemplateVault
from vault.services import dossiers
from vault.services.dossiers import DossierPlan
from vault.ui.dossier.outcome import HiddenPeople
from vault.ui.speech import Speech


@pytest.fixture
def plan(vault: TemplateVault) -> DossierPlan:
    with vault.opened() as session:
        return dossiers.prepare_dossier(session, REFERENCE, "DS2")


def test_pictures_wait_for_a_person(qtbot: QtBot, plan: DossierPlan, speech: Speech) -> None:
    people = HiddenPeople()
    qtbot.addWidget(people)
    people.show_plan(replace(plan, pictures=("C-1",)))
    assert not people.may_go_on()
    assert "C-1" in people._pictures.text()
    people.pictures_seen.setChecked(True)
    assert people.may_go_on()
    people.show_plan(replace(plan, pictures=("C-1",)))
    assert not people.may_go_on(), "what was confirmed for one plan is not confirmed for the next"


def test_a_dossier_without_pictures_asks_nothing(
    qtbot: QtBot, plan: DossierPlan, speech: Speech
) -> None:
    people = HiddenPeople()
    qtbot.addWidget(people)
    people.show_plan(plan)
    assert people.may_go_on()
    assert people.pictures_seen.isHidden()
