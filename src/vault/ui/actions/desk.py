# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything a page may be given once a vault is open, made in one place."""

from __future__ import annotations

from dataclasses import dataclass

from vault.ui.actions.casework import CaseActions
from vault.ui.actions.dossiers import DossierActions
from vault.ui.actions.evidence import EvidenceActions
from vault.ui.actions.sharing import SharingActions
from vault.ui.jobs import JobRunner
from vault.ui.open_vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open vault and the actions on it; a page gets only those it needs."""

    vault: OpenVault
    cases: CaseActions
    evidence: EvidenceActions
    dossiers: DossierActions
    sharing: SharingActions

    @classmethod
    def at(cls, jobs: JobRunner, vault: OpenVault) -> Desk:
        """Make every action for `vault`."""
        cases = CaseActions(jobs, vault)
        return cls(
            vault=vault,
            cases=cases,
            evidence=EvidenceActions(jobs, vault, cases),
            dossiers=DossierActions(jobs, vault, cases),
            sharing=SharingActions(jobs, vault, cases),
        )

    def end(self) -> None:
        """Let the actions go; what they started ends by itself."""
        for actions in (self.sharing, self.dossiers, self.evidence, self.cases):
            actions.deleteLater()
