# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one case: its areas as tabs, and the two things that come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from vault.domain.records import Record
from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _, current_language
from vault.ui import words
from vault.ui.actions.casework import CaseActions
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.case.evidence_tab import EvidenceTab
from vault.ui.case.file_viewer import FileViewer
from vault.ui.case.overview_tab import OverviewTab
from vault.ui.case.read_tabs import FilingsTab, HistoryTab, ProceedingsTab
from vault.ui.case.record_tab import RecordTab
from vault.ui.case.record_tabs import ConsentsTab, IncidentsTab, PeopleTab
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import icons, scale
from vault.ui.theme.look import colours_now
from vault.ui.widgets.arrange import button, chip
from vault.ui.widgets.message_panel import MessagePanel, Tone

_TAB_OF_KIND: Final = {
    "person": "people",
    "incident": "incidents",
    "evidence": "evidence",
    "evidence_file": "evidence",
    "consent": "consents",
    "deadline": "proceedings",
    "proceeding": "proceedings",
    "proceeding_event": "proceedings",
    "dossier": "filings",
    "export": "filings",
}


_ROOMY: Final = 1100

_Tab = (
    OverviewTab
    | PeopleTab
    | IncidentsTab
    | EvidenceTab
    | ConsentsTab
    | ProceedingsTab
    | FilingsTab
    | HistoryTab
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """Where somebody is in a case, and what was typed there and not written yet."""

    case_id: str
    tab: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    unsaved: dict[str, dict[str, Record]] = field(default_factory=dict)


class CasePage(QWidget):
    """One case. It reads the case anew after every change that is announced.

    Signals:
        left: the user wants to see the list of cases.
        dossier_asked: the `CaseSnapshot`, and the reference of a dossier or "".
        bundle_asked: the `CaseSnapshot`.
        saving_changed: a `Saving`.
    """

    left = Signal()
    dossier_asked = Signal(object, str)
    bundle_asked = Signal(object)
    saving_changed = Signal(object)

    def __init__(
        self,
        place: CasePlace,
        actions: CaseActions,
        evidence: EvidenceActions,
        parent: QWidget | None = None,
    ) -> None:
        """Open the case of `place` and go there."""
        super().__init__(parent)
        self.setObjectName("page")
        self._place = place
        self._actions = actions
        self._evidence_actions = evidence
        self._snapshot: CaseSnapshot | None = None
        self._build_tabs()
        self._arrange()
        actions.changed.connect(self._reload)
        QShortcut(QKeySequence.StandardKey.Save, self, self.leave)
        self.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the tabs, where the arrow keys lead through the case."""
        super().showEvent(event)
        if not event.spontaneous():
            self._bar.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the title gives way, and the words of the second button."""
        super().resizeEvent(event)
        roomy = event.size().width() >= _ROOMY
        self._title.setVisible(roomy)
        self._bundle.setText(self._bundle.accessibleName() if roomy else "")
        self._bar.setIconSize(QSize(scale.ICON, scale.ICON) if roomy else QSize(0, 0))

    @property
    def case_id(self) -> str:
        """The id of the case."""
        return self._place.case_id

    def is_loaded(self) -> bool:
        """Tell whether the case has been read."""
        return self._snapshot is not None

    def _build_tabs(self) -> None:
        self.overview = OverviewTab()
        self.people = PeopleTab(self._actions)
        self.incidents = IncidentsTab(self._actions)
        self.evidence = EvidenceTab(self._actions, self._evidence_actions)
        self.consents = ConsentsTab(self._actions)
        self.proceedings = ProceedingsTab()
        self.filings = FilingsTab()
        self.history = HistoryTab(self._actions)
        self._tabs: dict[str, tuple[_Tab, str, str]] = {
            "overview": (self.overview, _("Overview"), "overview"),
            "people": (self.people, _("People"), "person"),
            "incidents": (self.incidents, _("Incidents"), "incident"),
            "evidence": (self.evidence, _("Evidence"), "evidence"),
            "consents": (self.consents, _("Consents"), "consent"),
            "proceedings": (self.proceedings, _("Proceedings"), "deadline"),
            "filings": (self.filings, _("Filings"), "filing"),
            "history": (self.history, _("History"), "history"),
        }
        self.overview.asked_for.connect(self.show_tab)
        self.filings.dossier_asked.connect(self._ask_for_dossier)
        self.evidence.file_asked.connect(self._look_at_file)
        for tab in self._record_tabs().values():
            tab.saving_changed.connect(self.saving_changed)

    def _record_tabs(self) -> dict[str, RecordTab]:
        return {
            name: widget
            for name, (widget, _title, _icon) in self._tabs.items()
            if isinstance(widget, RecordTab)
        }

    def _arrange(self) -> None:
        back = button("", self._go_back, icon="back", kind="quiet", tip=_("Back to all cases"))
        back.setShortcut(QKeySequence("Alt+Left"))
        self._reference = PlainLabel(role=Role.TITLE)
        self._title = PlainLabel(role=Role.MUTED)
        self._title.setMinimumWidth(60)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(scale.TIGHT)
        self._dossier = button(
            _("Prepare a dossier for filing"),
            lambda: self._ask_for_dossier(self.filings.chosen_ref()),
            icon="dossier",
            kind="primary",
        )
        self._bundle = button(
            _("Make an encrypted package"),
            self._ask_for_bundle,
            icon="bundle",
            tip=_("Make an encrypted package"),
        )
        for made in (self._dossier, self._bundle):
            made.setEnabled(False)
        head = QHBoxLayout()
        head.setContentsMargins(scale.SMALL, scale.SMALL, scale.MEDIUM, 0)
        head.setSpacing(scale.SMALL)
        head.addWidget(back)
        head.addWidget(self._reference)
        head.addLayout(self._chips)
        head.addWidget(self._title, 1)
        head.addStretch(0)
        head.addWidget(self._bundle)
        head.addWidget(self._dossier)
        self._message = MessagePanel()
        self._bar = QTabWidget()
        self._bar.setDocumentMode(True)
        self._bar.setAccessibleName(_("Areas of the case"))
        self._bar.setIconSize(QSize(scale.ICON, scale.ICON))
        self._bar.setUsesScrollButtons(True)
        ink = colours_now().muted
        for widget, title, icon in self._tabs.values():
            self._bar.addTab(widget, icons.icon(icon, ink), title)
        for number in range(self._bar.count()):
            QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self).activated.connect(
                lambda number=number: self._bar.setCurrentIndex(number)
            )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(scale.SMALL)
        whole.addLayout(head)
        whole.addWidget(self._message)
        whole.addWidget(self._bar, 1)

    def load(self) -> None:
        """Read the case."""
        job = self._actions.open_case(self._place.case_id)
        job.succeeded.connect(self._show)
        job.failed.connect(self._fail)

    def show_tab(self, name: str) -> None:
        """Show one of the areas."""
        if name in self._tabs:
            self._bar.setCurrentWidget(self._tabs[name][0])

    def show_record(self, kind: str, record_id: str) -> None:
        """Show the area of a record, with the record open where it has a form."""
        name = _TAB_OF_KIND.get(kind, "overview")
        self.show_tab(name)
        tab = self._record_tabs().get(name)
        if tab is not None and not tab.choose(record_id):
            self._place.chosen[name] = record_id

    def leave(self) -> None:
        """Write whatever was typed and may be written."""
        for tab in self._record_tabs().values():
            tab.leave()

    def place(self) -> CasePlace:
        """Return where the user is, to come back to in another language."""
        current = self._bar.currentWidget()
        return CasePlace(
            case_id=self._place.case_id,
            tab=next((name for name, tab in self._tabs.items() if tab[0] is current), ""),
            chosen={name: tab.chosen_id() for name, tab in self._record_tabs().items()},
            unsaved={name: tab.unsaved() for name, tab in self._record_tabs().items()},
        )

    @Slot(object)
    def _show(self, snapshot: Any) -> None:
        first = self._snapshot is None
        self._snapshot = snapshot
        if first:
            for name, tab in self._record_tabs().items():
                tab.take_up(self._place.unsaved.get(name, {}))
        self._show_head(snapshot)
        for part, _title, _icon in self._tabs.values():
            part.show_snapshot(snapshot)
        if first:
            self.show_tab(self._place.tab)
        for name, record_id in list(self._place.chosen.items()):
            if record_id:
                self._record_tabs()[name].choose(record_id)
        self._place.chosen.clear()

    def _show_head(self, snapshot: CaseSnapshot) -> None:
        case = snapshot.case
        self._reference.setText(case.reference)
        self._title.setText(case.title.best(current_language()))
        self._title.setToolTip("")
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._chips.addWidget(chip(words.word(words.CASE_STATUS, case.status)))
        if case.risk_level in {"high", "urgent"}:
            tone = "danger" if case.risk_level == "urgent" else "warning"
            self._chips.addWidget(chip(words.word(words.RISK, case.risk_level), tone))
        for made in (self._dossier, self._bundle):
            made.setEnabled(True)

    @Slot(str)
    def _reload(self, case_id: str) -> None:
        if case_id == self._place.case_id:
            self.load()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._message.say(error_words(error), Tone.DANGER)

    def _go_back(self) -> None:
        self.leave()
        self.left.emit()

    def _ask_for_dossier(self, ref: str) -> None:
        self.leave()
        if self._snapshot is not None:
            self.dossier_asked.emit(self._snapshot, ref)

    def _ask_for_bundle(self) -> None:
        self.leave()
        if self._snapshot is not None:
            self.bundle_asked.emit(self._snapshot)

    @Slot(object)
    def _look_at_file(self, file: Any) -> None:
        viewer = FileViewer(file, self._evidence_actions, self)
        viewer.show()
