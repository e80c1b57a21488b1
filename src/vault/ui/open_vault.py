# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vault that is open in this process: one session for each lane."""

from __future__ import annotations

from dataclasses import dataclass

from vault.services.session import VaultSession


@dataclass(frozen=True, slots=True)
class OpenVault:
    """Two connections to one vault; each is used on its own lane and nowhere else."""

    writer: VaultSession
    reader: VaultSession
