# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first screen of a case says what is next and what is missing."""

from __future__ import annotations

import dataclasses
import datetime

from pytestqt.qtbot import QtBot

from vault.domain.cases import Case
from vault.domain.records import OtherRecord
from vault.domain.snapshot import CaseSnapshot
from vault.ui.case.overview_facts import overview
from vault.ui.case.overview_tab import OverviewTab
from vault.ui.plain_label import PlainLabel
from vault.ui.speech import Speech

DAY = datetime.date(2026, 2, 10)


def missing(snapshot: CaseSnapshot) -> dict[str, int]:
    return {item.what: item.count for item in overview(snapshot, DAY).missing}


def test_an_empty_case_misses_its_client_and_nothing_else() -> None:
    empty = CaseSnapshot(case=Case(id="c", case_id="c", ref="CASE-1", reference="1"))
    facts = overview(empty, DAY)
    assert facts.client is None
    assert facts.next_deadline is None
    assert missing(empty) == {"client": 1}


def test_the_nearest_open_deadline_is_next(snapshot: CaseSnapshot) -> None:
    nearest = overview(snapshot, DAY).next_deadline
    assert nearest is not None
    assert nearest.ref == "D09"
    met = tuple(
        dataclasses.replace(item, status="met") if item.ref == "D09" else item
        for item in snapshot.deadlines
    )
    following = overview(dataclasses.replace(snapshot, deadlines=met), DAY).next_deadline
    assert following is not None
    assert following.ref == "D07"


def test_a_place_of_detention_is_where_the_client_is(snapshot: CaseSnapshot) -> None:
    facts = overview(snapshot, DAY)
    assert facts.whereabouts_type == "place_of_detention"
    assert facts.whereabouts.get("en") == "Remand centre No. 00, Almaty"


def test_only_a_hearing_that_is_still_to_come_is_next(snapshot: CaseSnapshot) -> None:
    def hearing(at: str) -> OtherRecord:
        body = {"kind": "hearing", "at": at}
        return OtherRecord(id=at, case_id="c", ref="", kind="proceeding_event", body=dict(body))

    past, soon, later = hearing("2026-02-09"), hearing("2026-02-10"), hearing("2026-03-01")
    asked = dataclasses.replace(snapshot, others=(later, past, soon))
    assert overview(asked, DAY).next_hearing == soon


def test_evidence_without_a_file_and_people_without_consent_are_counted(
    snapshot: CaseSnapshot,
) -> None:
    counted = missing(snapshot)
    assert counted["file"] == len(snapshot.evidence)
    assert counted["consent"] == 3
    without = dataclasses.replace(snapshot, consents=snapshot.consents[1:])
    assert missing(without)["consent"] == 4


def test_the_screen_says_so_and_leads_there(
    snapshot: CaseSnapshot, speech: Speech, qtbot: QtBot
) -> None:
    tab = OverviewTab(today=DAY)
    qtbot.addWidget(tab)
    tab.show_snapshot(snapshot)
    said = {label.text() for label in tab.findChildren(PlainLabel)}
    assert "Vershkov Timofei Andreevich" in said
    assert "3 persons have no consent recorded." in said
    assert "12 Feb 2026 · in 2 days" in said
    from PySide6.QtWidgets import QPushButton

    go = next(made for made in tab.findChildren(QPushButton) if made.text() == "Consents")
    with qtbot.waitSignal(tab.asked_for) as asked:
        go.click()
    assert asked.args == ["consents"]
