# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dossiers: planned, prepared from a snapshot, built away from the vault, recorded."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from vault.domain.bodies import to_body
from vault.domain.dossiers import Dossier
from vault.domain.profiles import DisclosureProfile
from vault.domain.records import Record
from vault.domain.values import LocalText
from vault.i18n import current_language
from vault.progress import Progress
from vault.services import casework, dossiers
from vault.services.dossiers import DossierPlan, DossierResult
from vault.ui.actions.casework import CaseActions
from vault.ui.jobs import Job, JobRunner, Lane
from vault.ui.open_vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """What the user wants to file: for whom, in which language, with which exhibits.

    `profile_id` is empty when the case has no profile for the reader yet; the one that is made
    then has no rules and so hides everyone but officials and everything that identifies.
    """

    case_id: str
    title: str
    audience: str
    profile_id: str
    language: str
    evidence_ids: tuple[str, ...]


class DossierActions(QObject):
    """What the user does with dossiers."""

    def __init__(self, jobs: JobRunner, vault: OpenVault, cases: CaseActions) -> None:
        """Start jobs on `jobs`, on the open vault; changes are announced by `cases`."""
        super().__init__(jobs)
        self._jobs = jobs
        self._vault = vault
        self._cases = cases

    def plan_new(self, wanted: NewDossier) -> Job:
        """Write the plan of a new dossier; the result is the `Dossier`."""
        writer = self._vault.writer

        def work(_progress: Progress) -> Record:
            profile_id = wanted.profile_id
            if not profile_id:
                profile = DisclosureProfile(
                    id=str(uuid.uuid4()), case_id=wanted.case_id, ref="", audience=wanted.audience
                )
                profile_id = casework.new_record(
                    writer, "disclosure_profile", wanted.case_id, to_body(profile)
                ).id
            title = (
                LocalText(((current_language(), wanted.title),)) if wanted.title else LocalText()
            )
            dossier = Dossier(
                id=str(uuid.uuid4()),
                case_id=wanted.case_id,
                ref="",
                language=wanted.language,
                profile_id=profile_id,
                title=title,
                evidence_ids=wanted.evidence_ids,
            )
            return casework.new_record(writer, "dossier", wanted.case_id, to_body(dossier))

        job = self._jobs.start(work, Lane.WRITER)
        self._cases.announce_after(job, wanted.case_id)
        return job

    def prepare(
        self, case_reference: str, dossier_ref: str, *, profile_ref: str = "", language: str = ""
    ) -> Job:
        """Take the snapshot a dossier is built from; the result is a `DossierPlan`."""
        reader = self._vault.reader
        return self._jobs.start(
            lambda _progress: dossiers.prepare_dossier(
                reader, case_reference, dossier_ref, profile_ref=profile_ref, language=language
            ),
            Lane.READER,
        )

    def build(self, plan: DossierPlan, out: Path, *, pictures_confirmed: bool) -> Job:
        """Render, check and publish; the result is a `DossierResult`."""
        return self._jobs.start(
            lambda progress: dossiers.build_dossier(
                plan, out, progress, pictures_confirmed=pictures_confirmed
            ),
            Lane.FREE,
        )

    def record(self, plan: DossierPlan, result: DossierResult) -> Job:
        """Enter the export into the audit chain."""
        writer = self._vault.writer
        return self._jobs.start(
            lambda _progress: dossiers.record_dossier(writer, plan, result), Lane.WRITER
        )
