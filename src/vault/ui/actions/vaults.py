# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Creating, proving, opening and closing vaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from vault.progress import Progress
from vault.services import vaults
from vault.services.session import VaultSession
from vault.ui.jobs import Job, JobRunner, Lane
from vault.ui.open_vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVault:
    """What the wizard asked for. The passphrase buffer is zeroed by the service."""

    folder: Path
    passphrase: bytearray
    display_name: str
    organisation: str
    use_keyring: bool


class Opening(QObject):
    """A vault being opened: first for writing, then for reading, each on its lane.

    Signals:
        progressed: a `Step`.
        opened: the `OpenVault`.
        failed: the exception.
    """

    progressed = Signal(object)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: JobRunner, first: Job) -> None:
        """Wait for the writing session and then ask for the reading one."""
        super().__init__(jobs)
        self._jobs = jobs
        self._writer: VaultSession | None = None
        first.progressed.connect(self.progressed)
        first.succeeded.connect(self._open_reader)
        first.failed.connect(self._fail)
        first.cancelled.connect(self.deleteLater)

    @Slot(object)
    def _open_reader(self, session: VaultSession) -> None:
        self._writer = session
        job = self._jobs.start(lambda _progress: session.reader_session(), Lane.READER)
        job.succeeded.connect(self._complete)
        job.failed.connect(self._fail)

    @Slot(object)
    def _complete(self, reader: VaultSession) -> None:
        if self._writer is not None:
            self.opened.emit(OpenVault(self._writer, reader))
        self.deleteLater()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self._writer is not None:
            session = self._writer
            self._jobs.start(lambda _progress: session.close(), Lane.WRITER)
        self.failed.emit(error)
        self.deleteLater()


class VaultActions(QObject):
    """What the user does with whole vaults."""

    def __init__(self, jobs: JobRunner) -> None:
        """Start jobs on `jobs`."""
        super().__init__(jobs)
        self._jobs = jobs

    def look_at(self, folder: Path) -> Job:
        """Read what a folder's header says without a key; the result is a `VaultInfo`."""
        return self._jobs.start(lambda _progress: vaults.vault_info(folder), Lane.FREE)

    def strength(self, text: str) -> Job:
        """Estimate the guesses that a passphrase withstands; the result is a `Strength`."""
        return self._jobs.start(lambda _progress: vaults.passphrase_strength(text), Lane.FREE)

    def create(self, wanted: NewVault) -> Job:
        """Create a vault; the result is a `CreatedVault`."""

        def work(progress: Progress) -> vaults.CreatedVault:
            return vaults.create_vault(
                wanted.folder,
                passphrase=wanted.passphrase,
                display_name=wanted.display_name,
                organisation=wanted.organisation,
                keyring=(
                    vaults.KeyringWish.AUTO if wanted.use_keyring else vaults.KeyringWish.NONE
                ),
                progress=progress,
            )

        return self._jobs.start(work, Lane.FREE)

    def prove_recovery_code(self, folder: Path, code: bytearray) -> Job:
        """Open the new vault's recovery slot with what was typed, for proof."""
        return self._jobs.start(
            lambda _progress: vaults.prove_recovery_code(folder, code), Lane.FREE
        )

    def open_by_passphrase(self, folder: Path, passphrase: bytearray) -> Opening:
        """Open a vault; the buffer is zeroed whatever happens."""
        return self._open(folder, lambda: vaults.passphrase_credential(passphrase))

    def open_by_recovery_code(self, folder: Path, code: bytearray) -> Opening:
        """Open a vault with its recovery code; the buffer is zeroed whatever happens."""
        return self._open(folder, lambda: vaults.recovery_credential(code))

    def close(self, vault: OpenVault) -> None:
        """Close both sessions on their lanes; wait with `JobRunner.wait_until_idle`."""
        self._jobs.start(lambda _progress: vault.reader.close(), Lane.READER)
        self._jobs.start(lambda _progress: vault.writer.close(), Lane.WRITER)

    def _open(self, folder: Path, credential: Callable[[], vaults.Credential]) -> Opening:
        def work(progress: Progress) -> VaultSession:
            return vaults.open_vault(folder, credential(), progress)

        return Opening(self._jobs, self._jobs.start(work, Lane.WRITER))
