# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is hidden in a dossier before it is built, and what was verified of it afterwards."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vault.i18n import _, current_language, plural
from vault.services.dossiers import DossierPlan, DossierResult
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.fields import TickBox
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.value_table import Column, ValueTable


class HiddenPeople(QWidget):
    """Who is hidden for want of a consent, and which pictures a person has to look at first.

    Signals:
        pictures_asked: the user wants to look at them.
    """

    pictures_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay the list out."""
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._said = PlainLabel(wrap=True)
        self.table = ValueTable(
            (
                Column(title=_("Ref."), shown=lambda person: person.ref),
                Column(title=_("Person"), shown=self._name, stretch=True, strong=True),
                Column(title=_("Why"), shown=_why),
                Column(title=_("What is done"), shown=lambda _person: _("Hidden here")),
            ),
            name=_("Persons who are hidden"),
        )
        self._next = PlainLabel(
            _("To show one of them, record a consent for this purpose in the case first."),
            Role.MUTED,
            wrap=True,
        )
        self._pictures = PlainLabel(wrap=True)
        self.look_button = button(_("Look at the pictures"), self.pictures_asked.emit, icon="show")
        self.pictures_seen = TickBox(_("I have looked at each of these pictures"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, scale.SMALL, 0)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(self._said)
        lines.addWidget(self.table, 1)
        lines.addWidget(self._next)
        lines.addWidget(self._pictures)
        lines.addLayout(row(self.look_button, None))
        lines.addWidget(self.pictures_seen)
        lines.addStretch(0)

    def show_plan(self, plan: DossierPlan) -> None:
        """Show who is blocked under `plan`."""
        language = current_language()
        self._names = {person.id: person.shown(language) for person in plan.snapshot.persons}
        count = len(plan.blocked)
        self._said.setText(
            plural(
                "{count} person has no consent that covers this purpose.",
                "{count} persons have no consent that covers this purpose.",
                count,
            ).format(count=count)
            if count
            else _("Everyone who would appear has a consent or another basis for it.")
        )
        self.table.set_rows(plan.blocked)
        self.table.setVisible(bool(count))
        self._next.setVisible(bool(count))
        self._pictures.setText(
            _(
                "Pictures are shown (exhibits {exhibits}). No program can tell whether a face, a "
                "name, a stamp or a signature on them must be hidden."
            ).format(exhibits=", ".join(plan.pictures))
        )
        self.pictures_seen.setChecked(False)
        for widget in (self._pictures, self.look_button, self.pictures_seen):
            widget.setVisible(bool(plan.pictures))

    def may_go_on(self) -> bool:
        """Tell whether every picture was looked at, or there is none."""
        return self.pictures_seen.isHidden() or self.pictures_seen.isChecked()

    def _name(self, person: Any) -> str:
        return self._names.get(person.person_id, "")


class DossierOutcome(QWidget):
    """What was built, where it is, and what the leak check said; stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.message = MessagePanel()
        self.facts = PlainLabel(wrap=True, selectable=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, scale.SMALL, 0)
        lines.setSpacing(scale.MEDIUM)
        lines.addWidget(self.message)
        lines.addWidget(self.facts)
        lines.addStretch(1)

    def show_result(self, result: DossierResult, plan: DossierPlan) -> None:
        """Show a dossier that was published."""
        self.message.say(
            _("The leak check found nothing that this reader may not see. It looked with "
              "{count} independent readers.").format(count=len(result.readers)),
            Tone.GOOD,
            title=_("The dossier is ready"),
        )  # fmt: skip
        facts = [
            _("File: {path}").format(path=result.path),
            plural("{count} page", "{count} pages", result.pages).format(count=result.pages),
            _("SHA-256: {digest}").format(digest=result.sha256),
        ]
        if plan.blocked:
            refs = ", ".join(person.ref for person in plan.blocked)
            facts.append(_("Hidden for want of a consent: {persons}").format(persons=refs))
        if result.rendered.left_out:
            refs = ", ".join(item.ref for item in result.rendered.left_out)
            facts.append(_("Exhibits left out: {exhibits}").format(exhibits=refs))
        facts.append(_("This file is no longer protected by the vault. Remember where it lies."))
        self.facts.setText("\n".join(facts))


def _why(person: Any) -> str:
    return {
        "none_recorded": _("No consent is recorded"),
        "not_for_purpose": _("The consent is for other purposes"),
        "forbidden": _("This purpose was forbidden"),
        "withdrawn": _("The consent was withdrawn"),
    }.get(person.coverage.value, "")
