# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first screen of a case: the client, what comes next, what is missing."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LocalText
from vault.i18n import _, current_language, plural
from vault.ui import words
from vault.ui.case.overview_facts import Missing, Overview, overview
from vault.ui.dates import date_words, time_left_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, panel, row, scrolled


class OverviewTab(QWidget):
    """Shows an `Overview`; its parts lead to the tabs they come from.

    Signals:
        asked_for: the name of a tab.
    """

    asked_for = Signal(str)

    def __init__(self, today: datetime.date | None = None, parent: QWidget | None = None) -> None:
        """Reckon from `today`, the real day by default."""
        super().__init__(parent)
        self._today = today
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        self._column.setSpacing(scale.MEDIUM)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._content))

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the facts of `snapshot`."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        today = self._today or datetime.datetime.now().astimezone().date()
        facts = overview(snapshot, today)
        summary = snapshot.case.summary.best(current_language())
        if summary:
            self._column.addWidget(PlainLabel(summary, wrap=True, selectable=True))
        self._column.addWidget(self._facts(facts, today))
        if facts.missing:
            self._column.addWidget(self._missing(facts.missing))
        self._column.addStretch(1)

    def _facts(self, facts: Overview, today: datetime.date) -> QWidget:
        box = panel()
        grid = QGridLayout(box)
        grid.setContentsMargins(scale.MEDIUM, scale.MEDIUM, scale.MEDIUM, scale.MEDIUM)
        grid.setHorizontalSpacing(scale.LARGE)
        grid.setVerticalSpacing(scale.MEDIUM)
        language = current_language()
        client = facts.client
        cells = [
            (_("Client"), client.shown(language) if client else "", ""),
            (_("Next deadline"), *_deadline_cell(facts, today)),
            (_("Where the client is"), facts.whereabouts.best(language),
             words.word(words.ADDRESS_TYPE, facts.whereabouts_type)),
            (_("Next hearing"), *_event_cell(facts)),
            (_("How to reach the client"), facts.safe_contact, ""),
            (_("Last export"), *_filing_cell(facts)),
        ]  # fmt: skip
        for position, (name, text, detail) in enumerate(cells):
            line, place = divmod(position, 2)
            grid.addWidget(_cell(name, text, detail), line, place)
            grid.setColumnStretch(place, 1)
        return box

    def _missing(self, missing: tuple[Missing, ...]) -> QWidget:
        box = panel()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        lines.setSpacing(scale.TIGHT)
        lines.addWidget(PlainLabel(_("What is missing"), Role.HEADING))
        for item in missing:
            sentence, tab, action = missing_words(item)
            go = button(action, kind="quiet")
            go.clicked.connect(lambda _checked=False, tab=tab: self.asked_for.emit(tab))
            lines.addLayout(row(PlainLabel(sentence), None, go))
        return box


def missing_words(item: Missing) -> tuple[str, str, str]:
    """Return the sentence for what is missing, the tab that mends it, and the button's text."""
    count = item.count
    if item.what == "client":
        return _("No client is named."), "people", _("People")
    if item.what == "consent":
        return (
            plural(
                "{count} person has no consent recorded.",
                "{count} persons have no consent recorded.",
                count,
            ).format(count=count),
            "consents",
            _("Consents"),
        )
    if item.what == "file":
        return (
            plural(
                "{count} piece of evidence has no file.",
                "{count} pieces of evidence have no file.",
                count,
            ).format(count=count),
            "evidence",
            _("Evidence"),
        )
    return (
        plural(
            "{count} deadline was not checked by a lawyer.",
            "{count} deadlines were not checked by a lawyer.",
            count,
        ).format(count=count),
        "proceedings",
        _("Proceedings"),
    )


def _cell(name: str, text: str, detail: str) -> QWidget:
    cell = QWidget()
    lines = QVBoxLayout(cell)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(scale.HAIR)
    lines.addWidget(PlainLabel(name, Role.FIELD))
    lines.addWidget(PlainLabel(text or "—", wrap=True, selectable=True))
    if detail and text:
        lines.addWidget(PlainLabel(detail, Role.MUTED, wrap=True))
    lines.addStretch(1)
    return cell


def _deadline_cell(facts: Overview, today: datetime.date) -> tuple[str, str]:
    deadline = facts.next_deadline
    if deadline is None:
        return "", ""
    left = time_left_words(deadline.due, today)
    day = date_words(deadline.due)
    return deadline.title.best(current_language()), f"{day} · {left}" if left else day


def _event_cell(facts: Overview) -> tuple[str, str]:
    event = facts.next_hearing
    if event is None:
        return "", ""
    return _body_text(event.body.get("title")), date_words(str(event.body.get("at") or ""))


def _filing_cell(facts: Overview) -> tuple[str, str]:
    filing = facts.last_filing
    if filing is None:
        return "", ""
    return _body_text(filing.body.get("recipient")), date_words(str(filing.body.get("at") or ""))


def _body_text(value: object) -> str:
    if isinstance(value, dict):
        texts = {str(code): text for code, text in value.items() if isinstance(text, str)}
        return LocalText.from_mapping(texts).best(current_language())
    return str(value or "")
