# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The menus of the window, with the shortcuts of everything in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QWidget

from vault.i18n import _
from vault.ui.speech import Speech
from vault.ui.theme import scale
from vault.ui.theme.look import Scheme
from vault.ui.widgets.arrange import button

# Each language is named in itself, so that whoever got into the wrong one finds the way out.
LANGUAGE_NAMES: Final = {"en": "English", "ru": "Русский"}


class Menus(QObject):
    """Builds the menu bar and the lock button in its corner.

    Signals:
        cases_asked, contacts_asked, bundle_asked, lock_asked, quit_asked: as they say.
        language_asked: a language code.
        scheme_asked: a `Scheme`.
    """

    cases_asked = Signal()
    contacts_asked = Signal()
    bundle_asked = Signal()
    lock_asked = Signal()
    quit_asked = Signal()
    language_asked = Signal(str)
    scheme_asked = Signal(object)

    def __init__(self, window: QMainWindow, speech: Speech) -> None:
        """Give `window` its menus, in the language of `speech`."""
        super().__init__(window)
        self._needs_vault: list[QAction] = []
        bar = QMenuBar(window)
        self._fill_vault_menu(bar.addMenu(_("&Vault")))
        self._fill_view_menu(bar.addMenu(_("V&iew")), speech)
        corner = QWidget(bar)
        across = QHBoxLayout(corner)
        across.setContentsMargins(0, 1, scale.SMALL, 1)
        self.lock_button = button(
            _("Close immediately"),
            self.lock_asked.emit,
            icon="lock",
            kind="quiet",
            tip=_("Closes the vault at once and destroys nothing (Ctrl+L)"),
        )
        self.lock_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        across.addWidget(self.lock_button)
        self._bar, self._corner = bar, corner
        bar.setCornerWidget(corner)
        window.setMenuBar(bar)

    def _fill_vault_menu(self, menu: QMenu) -> None:
        self._add(menu, _("All &cases"), "Ctrl+Shift+C", self.cases_asked.emit)
        self._add(menu, _("C&ontacts…"), "Ctrl+Shift+K", self.contacts_asked.emit)
        self._add(menu, _("Open an encrypted &package…"), "Ctrl+O", self.bundle_asked.emit)
        menu.addSeparator()
        lock = self._add(menu, _("Close i&mmediately"), "Ctrl+L", self.lock_asked.emit)
        # From every dialog too; none of them is modal, so none of them keeps this key away.
        lock.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        menu.addSeparator()
        leave = menu.addAction(_("&Quit"))
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.quit_asked)

    def _fill_view_menu(self, menu: QMenu, speech: Speech) -> None:
        languages = QActionGroup(menu)
        for code, name in LANGUAGE_NAMES.items():
            action = languages.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == speech.language)
            action.triggered.connect(lambda _on, code=code: self.language_asked.emit(code))
            menu.addAction(action)
        menu.addSeparator()
        schemes = QActionGroup(menu)
        for scheme, name in (
            (Scheme.SYSTEM, _("Colours of the &system")),
            (Scheme.LIGHT, _("&Light")),
            (Scheme.DARK, _("&Dark")),
        ):
            action = schemes.addAction(name)
            action.setCheckable(True)
            action.setChecked(scheme is speech.scheme)
            action.triggered.connect(lambda _on, scheme=scheme: self.scheme_asked.emit(scheme))
            menu.addAction(action)

    def _add(self, menu: QMenu, text: str, keys: str, asked: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on: asked())
        self._needs_vault.append(action)
        return action

    def set_open(self, *, is_open: bool) -> None:
        """Offer what needs an open vault, or not."""
        for action in self._needs_vault:
            action.setEnabled(is_open)
        self.lock_button.setVisible(is_open)
        # The bar gives its corner a place only when the corner is set.
        self._bar.setCornerWidget(self._corner)
