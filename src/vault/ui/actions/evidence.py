# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking evidence files in and looking at them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from vault.domain.evidence import Evidence, EvidenceFile
from vault.progress import Progress
from vault.services import evidence, viewing
from vault.ui.actions.casework import CaseActions
from vault.ui.jobs import Job, JobRunner, Lane
from vault.ui.open_vault import OpenVault

_SHOWN: Final = ("text/plain", "image/", "application/pdf")
_LARGEST_BYTES: Final = 64 * 1024 * 1024


class EvidenceActions(QObject):
    """What the user does with evidence files."""

    def __init__(self, jobs: JobRunner, vault: OpenVault, cases: CaseActions) -> None:
        """Start jobs on `jobs`, on the open vault; changes are announced by `cases`."""
        super().__init__(jobs)
        self._jobs = jobs
        self._vault = vault
        self._cases = cases

    @staticmethod
    def can_show(file: EvidenceFile) -> bool:
        """Tell whether there is a viewer for this file, and room for it in memory."""
        return file.media_type.startswith(_SHOWN) and (file.size_bytes or 0) <= _LARGEST_BYTES

    def look_at(self, content: bytes, file: EvidenceFile) -> Job:
        """Decode a file for the eye, in the decoding process; the result is a `SeenFile`."""
        return self._jobs.start(
            lambda progress: viewing.look_at(content, file.media_type, progress), Lane.FREE
        )

    def add_file(
        self, case_id: str, path: Path, *, to: Evidence | None, received_from: str, method: str
    ) -> Job:
        """Take one file in, to `to` or to new evidence; the result is an `AddedFile`."""
        writer = self._vault.writer

        def work(progress: Progress) -> evidence.AddedFile:
            return evidence.add_file(
                writer,
                case_id,
                path,
                evidence=to,
                received_from=received_from,
                method=method,
                progress=progress,
            )

        job = self._jobs.start(work, Lane.WRITER)
        self._cases.announce_after(job, case_id)
        return job

    def open_file(self, file: EvidenceFile) -> Job:
        """Decrypt a file into memory; the result is its bytes."""
        reader = self._vault.reader
        return self._jobs.start(lambda _progress: evidence.open_bytes(reader, file), Lane.READER)
