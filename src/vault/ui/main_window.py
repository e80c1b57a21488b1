# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main window: it places pages, holds the menus, and locks. It knows no records."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from vault.domain.snapshot import CaseSnapshot
from vault.i18n import _
from vault.services.vaults import warning_text
from vault.ui.actions.desk import Desk
from vault.ui.actions.vaults import VaultActions
from vault.ui.case.case_page import CasePage, CasePlace
from vault.ui.cases.cases_page import CasesPage
from vault.ui.create.create_page import CreatePage
from vault.ui.dossier.dossier_dialog import DossierDialog
from vault.ui.jobs import JobRunner
from vault.ui.lock import IdleWatch, LockNotice, LockReason, OnLock
from vault.ui.menus import Menus
from vault.ui.open_vault import OpenVault
from vault.ui.sharing.bundle_dialog import BundleDialog
from vault.ui.sharing.contacts_dialog import ContactsDialog
from vault.ui.sharing.open_bundle_dialog import OpenBundleDialog
from vault.ui.speech import Speech
from vault.ui.theme.look import Scheme
from vault.ui.unlock.unlock_page import UnlockPage
from vault.ui.widgets.clipboard import SecretClipboard
from vault.ui.widgets.message_panel import MessagePanel, Tone

TITLE: Final = "Panah"
_SMALLEST: Final = (720, 440)
_USUAL: Final = (1180, 680)
_LAST_SAVE_MILLISECONDS: Final = 300
_CLOSE_MILLISECONDS: Final = 3000


class MainWindow(QMainWindow):
    """One page at a time. The title never says what is open.

    Signals:
        vault_opened: a vault was opened and its cases are shown.
        locked: a `LockReason`, after the pages are gone and before `on_lock` is called.
    """

    vault_opened = Signal()
    locked = Signal(object)

    def __init__(
        self,
        speech: Speech,
        on_lock: OnLock,
        *,
        folder: Path | None = None,
        reason: LockReason | None = None,
        watch: IdleWatch | None = None,
    ) -> None:
        """Start at the unlock page of `folder`; `on_lock` ends the process on every lock."""
        super().__init__()
        self._speech = speech
        self._on_lock = on_lock
        self._folder = folder
        self._watch = watch
        self.jobs = JobRunner(self)
        self.clipboard = SecretClipboard(self)
        self._vaults = VaultActions(self.jobs)
        self._desk: Desk | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        self._banner = MessagePanel()
        self._pages = QStackedWidget()
        middle = QWidget()
        middle.setObjectName("page")
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._banner)
        lines.addWidget(self._pages, 1)
        self.setCentralWidget(middle)
        self._menus = self._make_menus()
        if watch is not None:
            watch.expired.connect(self.lock)
        self.show_unlock(reason)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        shown = self._pages.currentWidget()
        assert shown is not None  # noqa: S101 - a page is placed before the window is shown
        return shown

    def _make_menus(self) -> Menus:
        menus = Menus(self, self._speech)
        menus.cases_asked.connect(self.show_cases)
        menus.contacts_asked.connect(self._show_contacts)
        menus.bundle_asked.connect(self._open_bundle)
        menus.lock_asked.connect(self._lock_now)
        menus.quit_asked.connect(self.close)
        menus.language_asked.connect(self.speak)
        menus.scheme_asked.connect(self.wear)
        menus.set_open(is_open=self._desk is not None)
        return menus

    def show_unlock(self, reason: LockReason | None = None) -> None:
        """Show the page that opens a vault."""
        page = UnlockPage(self._vaults, folder=self._folder, reason=reason)
        page.opened.connect(self._enter)
        page.create_asked.connect(self.show_create)
        self._place(page)

    @Slot()
    def show_create(self) -> None:
        """Show the pages that create a vault."""
        page = CreatePage(self._vaults)
        page.opened.connect(self._enter)
        page.dismissed.connect(self.show_unlock)
        self._place(page)

    @Slot()
    def show_cases(self) -> None:
        """Show the list of cases."""
        if self._desk is None:
            return
        self._leave_page()
        page = CasesPage(self._desk.cases)
        page.case_asked.connect(self.show_case)
        page.record_asked.connect(self._show_record)
        self._place(page)
        page.table.setFocus()

    @Slot(str)
    def show_case(self, case_id: str) -> None:
        """Show one case."""
        self._show_case_at(CasePlace(case_id=case_id))

    def _show_case_at(self, place: CasePlace) -> CasePage | None:
        if self._desk is None:
            return None
        page = CasePage(place, self._desk.cases, self._desk.evidence)
        page.left.connect(self.show_cases)
        page.dossier_asked.connect(self._prepare_dossier)
        page.bundle_asked.connect(self._make_bundle)
        self._place(page)
        return page

    @Slot(str, str, str)
    def _show_record(self, case_id: str, kind: str, record_id: str) -> None:
        page = self._show_case_at(CasePlace(case_id=case_id))
        if page is not None:
            page.show_record(kind, record_id)

    def _place(self, page: QWidget) -> None:
        old = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None:
            self._pages.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _leave_page(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, CasePage):
            page.leave()

    @Slot(object)
    def _enter(self, vault: OpenVault) -> None:
        self._folder = vault.writer.folder
        self._desk = Desk.at(self.jobs, vault)
        self._menus.set_open(is_open=True)
        notes = [warning_text(code) for code in vault.writer.warnings]
        if vault.writer.read_only:
            notes.append(_("This vault is open for reading only."))
        self._banner.say("\n".join(notes), Tone.WARNING)
        if self._watch is not None:
            self._watch.restart()
        self.show_cases()
        self.vault_opened.emit()

    @Slot()
    def _lock_now(self) -> None:
        self.lock(LockReason.ASKED)

    @Slot(object)
    def lock(self, reason: LockReason) -> None:
        """Write what was typed, destroy every page with data, and end the process.

        Nothing is asked. Saving may take 300 ms; long work that is under way is dropped,
        and leaves nothing half-done because files get their names only when complete.
        """
        if self._desk is None:
            return
        if self._watch is not None:
            self._watch.stop()
        # First, so that the last save does not wait behind a long intake.
        self.jobs.cancel_all()
        self._leave_page()
        self.jobs.wait_for_writer(_LAST_SAVE_MILLISECONDS)
        self._forget_everything()
        self.locked.emit(reason)
        self._on_lock(self._notice(reason).door())
        # Without a supervisor the process lives on; it must at least hold no keys.
        self._close_vault()
        if reason is not LockReason.CLOSED:
            self.show_unlock(reason)

    def _notice(self, reason: LockReason) -> LockNotice:
        return LockNotice(
            reason=reason,
            folder=self._folder,
            language=self._speech.language,
            scheme=self._speech.scheme.value,
        )

    def _forget_everything(self) -> None:
        self.clipboard.clear()
        self._banner.clear()
        for dialog in self.findChildren(QDialog):
            dialog.hide()
            dialog.deleteLater()
        self._place(QWidget())

    def _close_vault(self) -> None:
        desk, self._desk = self._desk, None
        self._menus.set_open(is_open=False)
        if desk is not None:
            self._vaults.close(desk.vault)
            desk.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, close the vault and go; the supervisor sees an ordinary end."""
        if self._desk is not None:
            self._leave_page()
            self._forget_everything()
            self._close_vault()
        self.jobs.wait_until_idle(_CLOSE_MILLISECONDS)
        event.accept()

    @Slot(str)
    def speak(self, language: str) -> None:
        """Change the language; the page is built anew at the same place."""
        if language != self._speech.language:
            self._speech.speak(language)
            self._rebuild()

    @Slot(object)
    def wear(self, scheme: Scheme) -> None:
        """Change the colours."""
        if scheme is not self._speech.scheme:
            self._speech.wear(scheme)
            self._rebuild()

    def _rebuild(self) -> None:
        page = self._pages.currentWidget()
        self._menus.deleteLater()
        self._menus = self._make_menus()
        if isinstance(page, CasePage):
            page.leave()
            self._show_case_at(page.place())
        elif isinstance(page, CasesPage):
            self.show_cases()
        elif isinstance(page, CreatePage):
            # The vault may exist already and its code may be on the screen: finish there.
            return
        else:
            if isinstance(page, UnlockPage):
                self._folder = page.folder()
            self.show_unlock()

    @Slot(object, str)
    def _prepare_dossier(self, snapshot: CaseSnapshot, ref: str) -> None:
        if self._desk is not None:
            desk = self._desk
            DossierDialog(snapshot, ref, desk.dossiers, desk.evidence, self).show()

    @Slot(object)
    def _make_bundle(self, snapshot: CaseSnapshot) -> None:
        if self._desk is not None:
            BundleDialog(snapshot, self._desk.sharing, self).show()

    @Slot()
    def _show_contacts(self) -> None:
        if self._desk is not None:
            ContactsDialog(self._desk.sharing, self.clipboard, self).show()

    @Slot()
    def _open_bundle(self) -> None:
        if self._desk is not None:
            OpenBundleDialog(self._desk.sharing, self).show()
