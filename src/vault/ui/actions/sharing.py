# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contacts, and encrypted bundles out and in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vault.progress import Progress
from vault.services import bundle_import, bundles, case_files, contacts
from vault.services.bundles import BundlePlan, BundleResult
from vault.ui.actions.casework import CaseActions
from vault.ui.jobs import Job, JobRunner, Lane
from vault.ui.open_vault import OpenVault

_LARGEST_CARD_BYTES = 64 * 1024


class SharingActions(QObject):
    """What the user does with colleagues.

    Signals:
        contacts_changed: a contact was added or verified.
    """

    contacts_changed = Signal()

    def __init__(self, jobs: JobRunner, vault: OpenVault, cases: CaseActions) -> None:
        """Start jobs on `jobs`, on the open vault; changes are announced by `cases`."""
        super().__init__(jobs)
        self._jobs = jobs
        self._vault = vault
        self._cases = cases

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be written."""
        return self._vault.writer.read_only

    def own_card(self) -> Job:
        """Make the own contact card; the result is an `OwnCard`."""
        reader = self._vault.reader
        return self._jobs.start(lambda _progress: contacts.own_card(reader), Lane.READER)

    def write_card(self, text: str, out: Path) -> Job:
        """Write a card to a file that does not exist yet."""
        return self._jobs.start(
            lambda _progress: case_files.write_new_file(out, text.encode("utf-8")), Lane.FREE
        )

    def contacts(self) -> Job:
        """Read the contacts; the result is a list of `ContactRow`."""
        reader = self._vault.reader
        return self._jobs.start(lambda _progress: contacts.list_contacts(reader), Lane.READER)

    def add_contact(self, card: Path) -> Job:
        """Take a colleague's card from a file; the result is the contact, not verified yet."""
        writer = self._vault.writer

        def work(_progress: Progress) -> object:
            with card.open("rb") as stream:
                untrusted_text = stream.read(_LARGEST_CARD_BYTES).decode("utf-8", errors="replace")
            return contacts.add_contact(writer, untrusted_text)

        return self._announced(self._jobs.start(work, Lane.WRITER))

    def verify_contact(self, contact_id: str, code: str) -> Job:
        """Confirm a card by the 40 digits that the colleague read out."""
        writer = self._vault.writer
        return self._announced(
            self._jobs.start(
                lambda _progress: contacts.verify_contact(writer, contact_id, code), Lane.WRITER
            )
        )

    def prepare_bundle(self, case_reference: str, to: Sequence[str], purpose: str) -> Job:
        """Take a snapshot for colleagues; the result is a `BundlePlan`."""
        writer = self._vault.writer
        return self._jobs.start(
            lambda _progress: bundles.prepare_bundle(
                writer, case_reference, list(to), purpose=purpose
            ),
            Lane.WRITER,
        )

    def write_bundle(self, plan: BundlePlan, out: Path) -> Job:
        """Encrypt a plan to a file; the result is a `BundleResult`."""
        writer = self._vault.writer

        def work(progress: Progress) -> BundleResult:
            # A connection of its own, opened and closed on this thread: files of gigabytes
            # must keep neither the lists nor a save waiting.
            with writer.reader_session() as own:
                return bundles.write_bundle(own, plan, out, progress)

        return self._jobs.start(work, Lane.FREE)

    def record_bundle(self, plan: BundlePlan, result: BundleResult) -> Job:
        """Enter the bundle into the audit chain."""
        writer = self._vault.writer
        return self._jobs.start(
            lambda _progress: bundles.record_bundle(writer, plan, result), Lane.WRITER
        )

    def inspect_bundle(self, path: Path) -> Job:
        """Say who sent what, and change nothing; the result is a `BundleShown`."""
        reader = self._vault.reader
        return self._jobs.start(
            lambda _progress: bundle_import.inspect_bundle(reader, path), Lane.READER
        )

    def import_bundle(self, path: Path) -> Job:
        """Take a bundle in: all of it, or nothing; the result is an `ImportReport`."""
        writer = self._vault.writer
        job = self._jobs.start(
            lambda progress: bundle_import.import_bundle(writer, path, progress), Lane.WRITER
        )
        self._cases.announce_after(job, "")
        return job

    def _announced(self, job: Job) -> Job:
        job.succeeded.connect(self._announce)
        return job

    def _announce(self, _result: object) -> None:
        self.contacts_changed.emit()
