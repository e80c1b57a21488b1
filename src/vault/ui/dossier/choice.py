# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which dossier: one that is planned, or a new one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vault.domain.dossiers import Dossier
from vault.domain.profiles import ADVERSE_AUDIENCES
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.actions.dossiers import NewDossier
from vault.ui.case.tick_list import TickList
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets.fields import ChoiceField, FieldRow, TextField

_NEW = "+"


class DossierChoice(QWidget):
    """The plan of a dossier, with profile and language that may differ from the plan's."""

    def __init__(self, snapshot: CaseSnapshot, ref: str, parent: QWidget | None = None) -> None:
        """Offer the dossiers of `snapshot`, the one with `ref` chosen."""
        super().__init__(parent)
        self._snapshot = snapshot
        self._planned = {dossier.ref: dossier for dossier in snapshot.dossiers}
        language = current_language()
        self._which = ChoiceField(name=_("Dossier"))
        self._which.set_choices(self._offered(), ref or next(iter(self._planned), _NEW))
        self.title_field = TextField(name=_("Title on the cover"))
        self._reader = ChoiceField(name=_("For whom"))
        self._language = ChoiceField(words.choices(words.LANGUAGE), name=_("Language"))
        self.exhibits = TickList(
            _("Exhibits, in their order"),
            [
                (item.id, f"{item.exhibit_no or item.ref} · {item.title.best(language)}")
                for item in snapshot.evidence
            ],
            columns=1,
        )
        self._planned_exhibits = PlainLabel(role=Role.MUTED, wrap=True)
        self._title_row = FieldRow(_("Title on the cover"), self.title_field)
        self._note = PlainLabel(role=Role.MUTED, wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, scale.SMALL, 0)
        lines.setSpacing(scale.MEDIUM)
        lines.addWidget(FieldRow(_("Dossier"), self._which))
        lines.addWidget(self._title_row)
        across = QHBoxLayout()
        across.setSpacing(scale.MEDIUM)
        across.addWidget(FieldRow(_("For whom"), self._reader), 1)
        across.addWidget(FieldRow(_("Language"), self._language), 1)
        lines.addLayout(across)
        lines.addWidget(self._note)
        lines.addWidget(self.exhibits)
        lines.addWidget(self._planned_exhibits)
        lines.addStretch(1)
        self._which.chosen.connect(self._show_choice)
        self._reader.chosen.connect(self._say_reader)
        self._show_choice()

    def is_new(self) -> bool:
        """Tell whether a new dossier is to be planned."""
        return self._which.value() == _NEW

    def dossier_ref(self) -> str:
        """Return the reference of the planned dossier."""
        return self._which.value()

    def profile_ref(self) -> str:
        """Return the reference of the chosen profile, or "" to use the plan's own."""
        chosen = self._reader.value()
        return next((item.ref for item in self._snapshot.profiles if item.id == chosen), "")

    def language(self) -> str:
        """Return the language of the dossier."""
        return self._language.value()

    def problem(self) -> str:
        """Say what is missing for a new dossier."""
        if not self.title_field.text().strip():
            return _("Give the dossier a title; it stands on the cover.")
        return ""

    def new_dossier(self) -> NewDossier:
        """Return the new dossier that is wanted."""
        chosen = self._reader.value()
        profile = next((item for item in self._snapshot.profiles if item.id == chosen), None)
        return NewDossier(
            case_id=self._snapshot.case.id,
            title=self.title_field.text().strip(),
            audience=profile.audience if profile is not None else chosen,
            profile_id=profile.id if profile is not None else "",
            language=self.language(),
            evidence_ids=self.exhibits.values(),
        )

    def add_planned(self, dossier: Dossier) -> None:
        """Offer a dossier that was planned just now, and choose it."""
        self._planned[dossier.ref] = dossier
        self._which.set_choices(self._offered(), dossier.ref)
        self._title_row.hide()

    def _offered(self) -> list[tuple[str, str]]:
        language = current_language()
        return [
            (ref, f"{ref} · {dossier.title.best(language)}")
            for ref, dossier in self._planned.items()
        ] + [(_NEW, _("A new dossier"))]

    @Slot()
    def _show_choice(self) -> None:
        dossier = self._planned.get(self._which.value())
        new = dossier is None
        self._title_row.setVisible(new)
        self.exhibits.setVisible(new and bool(self._snapshot.evidence))
        self._planned_exhibits.setVisible(not new)
        self._planned_exhibits.setText(self._exhibit_words(dossier))
        self._reader.set_choices(self._readers(), dossier.profile_id if dossier else "")
        if new:
            self._reader.setCurrentIndex(0)
        self._language.set_value(dossier.language if dossier else current_language())
        self._say_reader()

    def _exhibit_words(self, dossier: Dossier | None) -> str:
        chosen = dossier.evidence_ids if dossier is not None else ()
        shown = {item.id: item.exhibit_no or item.ref for item in self._snapshot.evidence}
        numbers = ", ".join(shown[each] for each in chosen if each in shown)
        return _("Exhibits: {numbers}").format(numbers=numbers) if numbers else ""

    def _readers(self) -> list[tuple[str, str]]:
        language = current_language()
        own = [
            (item.id, item.title.best(language) or words.word(words.AUDIENCE, item.audience))
            for item in self._snapshot.profiles
        ]
        have = {item.audience for item in self._snapshot.profiles}
        return own + [
            (code, _("{reader} (strictest rules)").format(reader=shown))
            for code, shown in words.choices(words.AUDIENCE)
            if code not in have and self.is_new()
        ]

    @Slot()
    def _say_reader(self) -> None:
        chosen = self._reader.value()
        profile: Any = next((item for item in self._snapshot.profiles if item.id == chosen), None)
        audience = profile.audience if profile is not None else chosen
        said = (
            _("What is filed there may reach the country of origin: neutral tokens are used and "
              "no reasons are printed.")
            if audience in ADVERSE_AUDIENCES
            else ""
        )  # fmt: skip
        if profile is None and chosen:
            said = (
                _("This case has no rules for this reader yet: everyone except officials is "
                  "hidden, with everything that identifies them.") + (f" {said}" if said else "")
            )  # fmt: skip
        self._note.setText(said)
        self._note.setVisible(bool(said))
