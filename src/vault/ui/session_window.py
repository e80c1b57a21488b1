# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entry of the session process: the application, its looks, and the one window."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from vault import i18n
from vault.ui.lock import IdleWatch, LockReason, OnLock
from vault.ui.main_window import TITLE, MainWindow
from vault.ui.speech import Speech
from vault.ui.theme.look import Scheme
from vault.ui.widgets.file_dialog import forget_choices

_SIGNAL_CHECK_MILLISECONDS: Final = 500

_log = logging.getLogger(__name__)


def run(arguments: Sequence[str], *, door: Mapping[str, str], on_lock: OnLock) -> int:
    """Show the window until it is closed, and return the exit code.

    `door` is what the supervisor carried over from the session before: `folder`, `language`,
    `scheme` and `reason`, each optional. `on_lock` is called on every lock with the door for
    the next session, and ends the process.
    """
    wanted = _parsed(arguments)
    sys.excepthook = _report
    application = QApplication([TITLE])
    application.setApplicationName(TITLE)
    application.setDesktopFileName("panah")
    forget_choices()
    language = wanted.language or door.get("language") or i18n.current_language()
    speech = Speech(application, language, _scheme(wanted.scheme or door.get("scheme", "")))
    folder = wanted.vault or door.get("folder")
    window = MainWindow(
        speech,
        on_lock,
        folder=Path(folder) if folder else None,
        reason=_reason(door.get("reason", "")),
        watch=IdleWatch(application),
    )
    _end_on_signals(application, window)
    window.show()
    return application.exec()


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="panah --session")
    parser.add_argument("--vault", default="")
    parser.add_argument("--language", default="")
    parser.add_argument("--scheme", default="")
    return parser.parse_args(list(arguments))


def _scheme(text: str) -> Scheme:
    return Scheme(text) if text in {scheme.value for scheme in Scheme} else Scheme.SYSTEM


def _reason(text: str) -> LockReason | None:
    return LockReason(text) if text in {reason.value for reason in LockReason} else None


def _end_on_signals(application: QApplication, window: MainWindow) -> None:
    """Close the window in good order when the process is told to end."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: window.close())
    # Python handles a signal only between two of its instructions, and Qt may wait for long.
    waker = QTimer(application)
    waker.timeout.connect(lambda: None)
    waker.start(_SIGNAL_CHECK_MILLISECONDS)


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log a mistake of ours by class and place; its text may hold a record's content."""
    _log.error("unexpected", exc_info=(kind, error, trace))
