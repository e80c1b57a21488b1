# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping a vault: checks, backups, restoring, rescue, and the audit chain."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.domain.values import JsonObject
from vault.keys.header import Anchor
from vault.keys.opened import Unlocked
from vault.keys.slot_changes import write_anchor
from vault.progress import Progress
from vault.services.errors import FolderNotEmpty, NoIdentity
from vault.services.session import VaultSession, author_of
from vault.services.vaults import Credential, open_to_rescue, unlock_keys
from vault.store import audit, backup, check, rescue
from vault.store.audit import AuditReport
from vault.store.vault import VaultStore

_HEADERS: Final = ("header.json", "header.bak")


@dataclass(frozen=True, slots=True)
class VaultCheck:
    """What a full check found; each problem names its area, its place and its kind."""

    records: int
    objects: int
    audit_entries: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Tell whether there was nothing to find."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Rescue:
    """What a rescue saved, and what was beyond it, by reference or place."""

    saved: int
    lost: tuple[str, ...]


def check_vault(session: VaultSession, progress: Progress) -> VaultCheck:
    """Check every page, record, version, audit entry and file; changes nothing."""
    anchor = session.keys.header.anchor
    known = (anchor.sequence, anchor.head) if anchor.sequence else None
    report = check.check(session.store, progress, known=known)
    return VaultCheck(
        records=report.records,
        objects=report.objects,
        audit_entries=report.entries,
        problems=tuple(f"{fault.area} {fault.place}: {fault.fault}" for fault in report.faults),
    )


def back_up(session: VaultSession, parent: Path, progress: Progress) -> Path:
    """Write a backup into a new dated folder below `parent`; it was opened and read again."""
    session.checkpoint()
    report = backup.back_up(
        session.store, session.keys.header.vault_id, session.keys.vmk, parent, progress
    )
    if not session.read_only:
        with session.store.writer(session.author()) as writer:
            writer.note("backup_made", "vault", objects=report.objects)
    return report.path


def restore(source: Path, target: Path, credential: Credential, progress: Progress) -> Path:
    """Put a backup into a new folder and verify it; the backup is only read."""
    unlocked = unlock_keys(source, credential)
    with unlocked.vmk as vmk:
        return backup.restore(source, target, unlocked.header.vault_id, vmk, progress).path


def rescue_vault(damaged: Path, target: Path, credential: Credential, progress: Progress) -> Rescue:
    """Save everything authentic of a damaged vault into a new one that opens the same way.

    Raises:
        FolderNotEmpty, NoIdentity, and what keeps the damaged vault from opening at all.
    """
    if target.exists() and any(target.iterdir()):
        raise FolderNotEmpty
    opened = open_to_rescue(damaged, credential)
    try:
        if opened.identity is None:
            raise NoIdentity
        report = rescue.rescue(
            opened.store,
            target,
            vault_id=opened.unlocked.header.vault_id,
            vmk=opened.unlocked.vmk,
            author=author_of(opened.identity),
            progress=progress,
        )
        for name in _HEADERS:
            if (damaged / name).exists():
                shutil.copyfile(damaged / name, target / name)
        _anchor_anew(target, opened.unlocked)
    finally:
        opened.close()
    return Rescue(
        saved=report.records + report.files,
        lost=(*report.lost_records, *report.lost_files, *report.lost_parts),
    )


def _anchor_anew(target: Path, unlocked: Unlocked) -> None:
    # The rescued vault has a chain of its own; the damaged one's anchor would call it rolled back.
    store = VaultStore.open(target, unlocked.header.vault_id, unlocked.vmk, read_only=True)
    try:
        sequence, head = store.audit_head()
    finally:
        store.close()
    write_anchor(target, unlocked, Anchor(sequence=sequence, head=head))


def verify_audit(session: VaultSession) -> AuditReport:
    """Walk along the audit chain and compare it with the header's anchor."""
    anchor = session.keys.header.anchor
    with session.store.reader() as reader:
        return audit.verify(
            reader.audit_entries(),
            (anchor.sequence, anchor.head) if anchor.sequence else None,
        )


def audit_lines(session: VaultSession) -> list[JsonObject]:
    """Return the chain with all that SHA-256 alone needs to check it."""
    with session.store.reader() as reader:
        return [json.loads(line) for line in audit.export_lines(reader.audit_entries())]
