# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tabs that are read and not typed into: proceedings with deadlines, filings, history."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from vault.domain.dossiers import Deadline
from vault.domain.records import OtherRecord, Record, kind_of
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LocalText
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.actions.casework import CaseActions
from vault.ui.case.record_tabs import natural_ref
from vault.ui.dates import date_words, moment_words, time_left_words
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.value_table import Column, ValueTable


class _Lists(QWidget):
    """Tables under headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        self.lines.setSpacing(scale.SMALL)

    def add_list(self, title: str, table: ValueTable, stretch: int) -> None:
        self.lines.addWidget(PlainLabel(title, Role.HEADING))
        self.lines.addWidget(table, stretch)


class ProceedingsTab(_Lists):
    """Deadlines by the time left, proceedings, and what happened in them."""

    def __init__(self, today: datetime.date | None = None, parent: QWidget | None = None) -> None:
        """Reckon from `today`, the real day by default."""
        super().__init__(parent)
        self._today = today
        self._forums: dict[str, str] = {}
        self._deadlines = ValueTable(
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("Deadline"), shown=_title, stretch=True, strong=True),
                Column(title=_("Due"), shown=lambda item: date_words(item.due),
                       sort=lambda item: item.due),
                Column(title=_("Time left"), shown=self._left, sort=lambda item: item.due,
                       tone=self._tone),
                Column(title=_("State"),
                       shown=lambda item: words.word(words.DEADLINE_STATUS, item.status)),
                Column(title=_("Checked"), shown=_checked, optional=2),
            ),
            name=_("Deadlines"),
        )  # fmt: skip
        self._proceedings = ValueTable(
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("Before whom"), shown=lambda item: body_text(item, "forum"),
                       stretch=True, strong=True),
                Column(title=_("Number"), optional=1,
                       shown=lambda item: body_text(item, "case_no")),
                Column(title=_("Begun"), optional=2,
                       shown=lambda item: date_words(body_text(item, "opened")),
                       sort=lambda item: body_text(item, "opened")),
                Column(title=_("State"), shown=lambda item: words.word(
                    words.PROCEEDING_STATUS, body_text(item, "status"))),
            ),
            name=_("Proceedings"),
        )  # fmt: skip
        self.add_list(_("Deadlines"), self._deadlines, 3)
        self.add_list(_("Proceedings"), self._proceedings, 2)

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the deadlines and proceedings of `snapshot`, open deadlines first."""
        self._deadlines.set_rows(
            sorted(snapshot.deadlines, key=lambda item: (item.status != "open", item.due))
        )
        self._proceedings.set_rows(snapshot.of_kind("proceeding"))

    def _left(self, deadline: Deadline) -> str:
        if deadline.status != "open":
            return ""
        return time_left_words(deadline.due, self._day())

    def _tone(self, deadline: Deadline) -> str:
        soon = (self._day() + datetime.timedelta(days=2)).isoformat()
        return "danger" if deadline.status == "open" and deadline.due[:10] <= soon else ""

    def _day(self) -> datetime.date:
        return self._today or datetime.datetime.now().astimezone().date()


class FilingsTab(_Lists):
    """Planned dossiers, and what has left the vault already.

    Signals:
        dossier_asked: the reference of a dossier to prepare.
    """

    dossier_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the lists out."""
        super().__init__(parent)
        self._profiles: dict[str, str] = {}
        self._dossiers = ValueTable(
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("Dossier"), shown=_title, stretch=True, strong=True),
                Column(title=_("For whom"),
                       shown=lambda item: self._profiles.get(item.profile_id, "")),
                Column(title=_("Language"), optional=2,
                       shown=lambda item: words.word(words.LANGUAGE, item.language)),
                Column(title=_("Exhibits"), optional=3,
                       shown=lambda item: str(len(item.evidence_ids)),
                       right=True),
                Column(title=_("State"),
                       shown=lambda item: words.word(words.DOSSIER_STATUS, item.status)),
            ),
            name=_("Dossiers"),
        )  # fmt: skip
        self._exports = ValueTable(
            (
                Column(title=_("When"), shown=lambda item: date_words(body_text(item, "at")),
                       sort=lambda item: body_text(item, "at")),
                Column(title=_("What"), shown=_export_kind, widest=230),
                Column(title=_("To whom"), shown=lambda item: body_text(item, "recipient"),
                       stretch=True, strong=True),
                Column(title=_("Purpose"), optional=2,
                       shown=lambda item: body_text(item, "purpose")),
            ),
            name=_("What has left the vault"),
        )  # fmt: skip
        self._dossiers.opened.connect(lambda dossier: self.dossier_asked.emit(dossier.ref))
        self.add_list(_("Dossiers"), self._dossiers, 3)
        self.add_list(_("What has left the vault"), self._exports, 2)

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """Show the dossiers and exports of `snapshot`."""
        self._profiles = {item.id: _title(item) or item.ref for item in snapshot.profiles}
        self._dossiers.set_rows(snapshot.dossiers)
        self._exports.set_rows(snapshot.of_kind("export"))

    def chosen_ref(self) -> str:
        """Return the reference of the dossier that is chosen, or ""."""
        chosen = self._dossiers.current()
        return chosen.ref if chosen is not None else ""


class HistoryTab(QWidget):
    """Every record of the case, and the versions of the chosen one."""

    def __init__(self, actions: CaseActions, parent: QWidget | None = None) -> None:
        """Ask `actions` for the versions."""
        super().__init__(parent)
        self._actions = actions
        self._records = ValueTable(
            (
                Column(title=_("Ref."), shown=lambda item: item.ref, sort=natural_ref),
                Column(title=_("Kind"), shown=lambda item: words.word(words.KIND, kind_of(item))),
                Column(title=_("Record"), shown=record_words, stretch=True, strong=True),
            ),
            name=_("Records"),
        )
        self._versions = ValueTable(
            (
                Column(title=_("When"), shown=lambda item: moment_words(item.at),
                       sort=lambda item: item.at),
                Column(title=_("By whom"), shown=_author, stretch=True, strong=True),
                Column(title=_("Version"), shown=lambda item: item.hash[:12]),
            ),
            name=_("Versions"),
        )  # fmt: skip
        self._message = MessagePanel()
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(scale.SMALL, 0, 0, 0)
        lines.addWidget(PlainLabel(_("Versions of the chosen record"), Role.HEADING))
        lines.addWidget(self._message)
        lines.addWidget(self._versions, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._records)
        splitter.addWidget(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(scale.MEDIUM, scale.SMALL, scale.MEDIUM, scale.SMALL)
        whole.addWidget(splitter)
        self._records.picked.connect(self._ask)

    def show_snapshot(self, snapshot: CaseSnapshot) -> None:
        """List the records of `snapshot`."""
        chosen = self._records.current()
        self._records.set_rows(snapshot.records())
        self._versions.set_rows(())
        if chosen is not None:
            self._records.select(lambda record: record.id == chosen.id)

    @Slot(object)
    def _ask(self, record: Any) -> None:
        if record is None:
            return
        job = self._actions.history(record.id)
        job.succeeded.connect(self._show_versions)
        job.failed.connect(self._show_failure)

    @Slot(object)
    def _show_versions(self, versions: Any) -> None:
        self._message.clear()
        self._versions.set_rows(list(reversed(versions)))

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        self._message.say(error_words(error), Tone.DANGER)


def record_words(record: Record) -> str:
    """Return one line that says which record this is."""
    language = current_language()
    shown = getattr(record, "shown", None)
    if callable(shown):
        return str(shown(language))
    title = getattr(record, "title", None)
    if isinstance(title, LocalText) and title:
        return title.best(language)
    if isinstance(record, OtherRecord):
        return body_text(record, "title") or body_text(record, "forum")
    return str(getattr(record, "file_name", ""))


def body_text(record: OtherRecord, name: str) -> str:
    """Return a text of a record that has no type of its own."""
    value = record.body.get(name)
    if isinstance(value, dict):
        texts = {str(code): text for code, text in value.items() if isinstance(text, str)}
        return LocalText.from_mapping(texts).best(current_language())
    return str(value) if isinstance(value, str | int) else ""


def _title(item: Any) -> str:
    return str(item.title.best(current_language()))


def _checked(deadline: Deadline) -> str:
    return _("by a lawyer") if deadline.user_verified else _("not yet")


def _author(version: Any) -> str:
    if version.relayed:
        return _("{name} (relayed)").format(name=version.author_name)
    return str(version.author_name)


def _export_kind(record: OtherRecord) -> str:
    return {
        "encrypted_bundle": _("Encrypted package"),
        "redacted_pdf": _("Redacted dossier"),
    }.get(body_text(record, "kind"), body_text(record, "kind"))
