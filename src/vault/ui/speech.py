# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which language the window speaks and which colours it wears; both change at run time."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from vault import i18n
from vault.ui.theme.look import Scheme, dress


class Speech:
    """Our own texts come from gettext, those of Qt's buttons and dialogs from its own files."""

    def __init__(self, application: QApplication, language: str, scheme: Scheme) -> None:
        """Speak `language` and wear `scheme` from now on."""
        self._application = application
        self._translator: QTranslator | None = None
        self.language = ""
        self.scheme = scheme
        self.speak(language)
        self.wear(scheme)

    def speak(self, language: str) -> None:
        """Change the language of everything that is built from now on."""
        i18n.set_language(language)
        self.language = i18n.current_language()
        QLocale.setDefault(QLocale(self.language))
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self._translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{self.language}", folder):
            self._application.installTranslator(self._translator)

    def wear(self, scheme: Scheme) -> None:
        """Change the colours of everything."""
        self.scheme = scheme
        dress(self._application, scheme)
