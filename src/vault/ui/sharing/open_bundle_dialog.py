# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a package of a colleague: who sent it is shown before anything is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from vault.i18n import _, plural
from vault.ui.actions.sharing import SharingActions
from vault.ui.dates import moment_words
from vault.ui.jobs import Job
from vault.ui.messages import error_words
from vault.ui.plain_label import PlainLabel, Role
from vault.ui.theme import scale
from vault.ui.widgets import file_dialog
from vault.ui.widgets.arrange import button, row
from vault.ui.widgets.message_panel import MessagePanel, Tone
from vault.ui.widgets.progress_panel import ProgressPanel


class OpenBundleDialog(QDialog):
    """Inspects a package, then takes it in as a whole or not at all."""

    def __init__(self, actions: SharingActions, parent: QWidget) -> None:
        """Ask for a file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Open an encrypted package"))
        self.resize(540, 380)
        self._actions = actions
        self._path: Path | None = None
        self.message = MessagePanel()
        self.facts = PlainLabel(wrap=True, selectable=True)
        self.progress = ProgressPanel()
        self.choose_button = button(_("Choose a file…"), self._choose, icon="folder")
        self.take_button = button(_("Take it into the vault"), self.take_in, kind="primary")
        self.take_button.setEnabled(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(scale.LARGE, scale.MEDIUM, scale.LARGE, scale.MEDIUM)
        lines.setSpacing(scale.SMALL)
        lines.addWidget(PlainLabel(_("Open an encrypted package"), Role.TITLE))
        lines.addWidget(PlainLabel(
            _("The sender and the contents are checked first. Nothing is taken in before you "
              "say so, and nothing in the vault is ever deleted by a package."),
            Role.MUTED, wrap=True,
        ))  # fmt: skip
        lines.addLayout(row(self.choose_button, None))
        lines.addWidget(self.facts)
        lines.addWidget(self.message)
        lines.addStretch(1)
        lines.addWidget(self.progress)
        lines.addLayout(row(None, button(_("Close"), self.close), self.take_button))

    def _choose(self) -> None:
        file_dialog.choose_file(self, _("An encrypted package"), self.inspect)

    def inspect(self, path: Path) -> None:
        """Say who sent the package at `path`."""
        self._path = path
        self.facts.setText("")
        self.message.clear()
        self.take_button.setEnabled(False)
        job = self._actions.inspect_bundle(path)
        self._follow(job, _("Checking the sender…"))
        job.succeeded.connect(self._show_head)

    @Slot(object)
    def _show_head(self, head: Any) -> None:
        facts = [
            _("From: {name}").format(name=head.sender_name),
            _("Made: {when}").format(when=moment_words(head.created)),
            plural("{count} record version", "{count} record versions", head.records).format(
                count=head.records
            ),
            plural("{count} file", "{count} files", head.objects).format(count=head.objects),
        ]
        if head.purpose:
            facts.append(_("Purpose: {purpose}").format(purpose=head.purpose))
        self.facts.setText("\n".join(facts))
        if head.sender_verified:
            self.message.say(_("The sender is a verified contact."), Tone.GOOD)
        else:
            self.message.say(
                _("The sender is not verified: compare the 40 digits by voice before you rely "
                  "on what is inside."),
                Tone.WARNING,
            )  # fmt: skip
        self.take_button.setEnabled(not self._actions.read_only)

    def take_in(self) -> None:
        """Take the inspected package in."""
        if self._path is None:
            return
        self.take_button.setEnabled(False)
        self.choose_button.setEnabled(False)
        job = self._actions.import_bundle(self._path)
        self._follow(job, _("Taking the package in…"))
        job.succeeded.connect(self._taken_in)

    @Slot(object)
    def _taken_in(self, report: Any) -> None:
        said = [
            _("Case {reference}: {added} records new, {updated} updated.").format(
                reference=report.case_reference, added=report.added, updated=report.updated
            )
        ]
        said += [
            _("Changed on both sides and left as it is here: {ref}").format(ref=ref)
            for ref in report.conflicts
        ]
        self.message.say(
            "\n".join(said),
            Tone.WARNING if report.conflicts else Tone.GOOD,
            title=_("The package was taken in"),
        )

    def _follow(self, job: Job, what: str) -> None:
        self.progress.follow(job, what)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._stopped)

    @Slot()
    def _stopped(self) -> None:
        self.choose_button.setEnabled(True)
        self.message.say(_("Stopped. Nothing was taken in."))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.choose_button.setEnabled(True)
        self.message.say(error_words(error), Tone.DANGER, title=_("Nothing was taken in"))
