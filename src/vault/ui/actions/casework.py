# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases and their records: reading, searching, changing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from vault.domain.bodies import to_body
from vault.domain.records import Record, kind_of
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.services import casework
from vault.ui.jobs import Job, JobRunner, Lane, Work
from vault.ui.open_vault import OpenVault


class CaseActions(QObject):
    """What the user does with cases. One announcement follows each write.

    Signals:
        changed: the id of the case in which something was written.
    """

    changed = Signal(str)

    def __init__(self, jobs: JobRunner, vault: OpenVault) -> None:
        """Start jobs on `jobs`, on the open vault."""
        super().__init__(jobs)
        self._jobs = jobs
        self._vault = vault
        self._writes: dict[Job, str] = {}

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be written."""
        return self._vault.writer.read_only

    def list_cases(self) -> Job:
        """Read every case; the result is a list of `CaseSummary`."""
        reader = self._vault.reader
        return self._jobs.start(lambda _progress: casework.list_cases(reader), Lane.READER)

    def open_case(self, case_id: str) -> Job:
        """Read one case; the result is a `CaseSnapshot`."""
        reader = self._vault.reader
        return self._jobs.start(lambda _progress: casework.case_page(reader, case_id), Lane.READER)

    def search(self, words: str) -> Job:
        """Search every case; the result is a list of `SearchHit`."""
        reader = self._vault.reader

        def work(progress: Progress) -> object:
            progress.check()
            return casework.search(reader, words)

        return self._jobs.start(work, Lane.READER)

    def history(self, record_id: str) -> Job:
        """Read the versions of a record; the result is a list of `RecordVersion`."""
        reader = self._vault.reader
        return self._jobs.start(
            lambda _progress: casework.record_history(reader, record_id), Lane.READER
        )

    def new_case(self, reference: str, body: JsonObject) -> Job:
        """Create a case; the result is the `Case`."""
        writer = self._vault.writer
        return self._write(lambda _progress: casework.new_case(writer, reference, body), "")

    def create(self, record: Record) -> Job:
        """Write a new record, which gets its reference now; the result is the record."""
        writer = self._vault.writer
        kind, case_id, body = kind_of(record), record.case_id, to_body(record)
        return self._write(
            lambda _progress: casework.new_record(writer, kind, case_id, body), case_id
        )

    def save(self, record: Record) -> Job:
        """Write a changed record as a new version; the result is a `Change`."""
        writer = self._vault.writer
        return self._write(lambda _progress: casework.save_record(writer, record), record.case_id)

    def delete(self, record: Record) -> Job:
        """Take a record out of its case; its versions stay in the history."""
        writer = self._vault.writer
        return self._write(
            lambda _progress: casework.delete_record(writer, record.id), record.case_id
        )

    def _write(self, work: Work, case_id: str) -> Job:
        job = self._jobs.start(work, Lane.WRITER, must_finish=True)
        self.announce_after(job, case_id)
        return job

    def announce_after(self, job: Job, case_id: str) -> None:
        """Announce the change once a job that writes has succeeded."""
        self._writes[job] = case_id
        job.succeeded.connect(self._note_success)
        job.ended.connect(self._announce)

    @Slot(object)
    def _note_success(self, _result: object) -> None:
        job = self.sender()
        if isinstance(job, Job):
            job.setProperty("wrote", True)

    @Slot(object)
    def _announce(self, job: Job) -> None:
        case_id = self._writes.pop(job, "")
        if job.property("wrote"):
            self.changed.emit(case_id)
