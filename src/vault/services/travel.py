# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The travel lock: nobody present can open the vault, and colleagues can open it again.

Locking takes every way of opening out of the header that is not a colleague's key. To open
it again the traveller makes a request, a colleague answers it, the traveller finishes
(docs/formats/vault.md, "Travel lock: request and response").
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from vault.keys import slot_changes, unlock
from vault.keys.errors import KeyringUnavailable, KeysError
from vault.keys.header import KEYRING_TYPES, SlotType
from vault.keys.os_keyring import KeyStore, system_keyring
from vault.keys.travel_files import recipient_of
from vault.services.errors import NoEscrow, OneEscrowOnly, VaultIsReadOnly
from vault.services.session import VaultSession
from vault.services.vaults import SlotInfo

DELETED = "deleted"
NOT_USED = "not_used"


@dataclass(frozen=True, slots=True)
class TravelLockPlan:
    """What a travel lock will do: who can open the vault then, and which ways go.

    `holders` are the contacts' names, or the key where there is no contact of it any more.
    `backups` are the times of the backups that the audit trail knows, `copies` the folders
    beside the vault that are copies of it: both keep the old ways.
    """

    holders: tuple[str, ...]
    drops: tuple[SlotInfo, ...]
    backups: tuple[str, ...]
    copies: tuple[str, ...]
    keeps_recovery: bool


@dataclass(frozen=True, slots=True)
class TravelLocked:
    """What was done. `keyring` is "deleted", "not_used" or why the item is still there."""

    plan: TravelLockPlan
    keyring: str


def travel_lock_plan(session: VaultSession, *, sheet_elsewhere: bool) -> TravelLockPlan:
    """Say what a travel lock would do; change nothing.

    The vault's own identity does not count as a colleague: its key lies inside the vault.

    Raises:
        NoEscrow: no colleague's key opens the vault.
        OneEscrowOnly: one does, and the recovery sheet is not kept elsewhere.
        VaultIsReadOnly.
    """
    if session.read_only:
        raise VaultIsReadOnly
    header = session.keys.header
    holders = _holders(session)
    if not holders:
        raise NoEscrow
    if len(holders) == 1 and not sheet_elsewhere:
        raise OneEscrowOnly
    staying = {SlotType.RECIPIENT, SlotType.RECOVERY} if sheet_elsewhere else {SlotType.RECIPIENT}
    with session.store.reader() as reader:
        entries = reader.audit_entries()
    return TravelLockPlan(
        holders=tuple(holders.values()),
        drops=tuple(
            SlotInfo(slot.id, slot.type.value, slot.created)
            for slot in header.slots
            if slot.type not in staying
        ),
        backups=tuple(entry.at for entry in entries if entry.action == "backup_made"),
        copies=_copies(session),
        keeps_recovery=sheet_elsewhere and bool(header.slots_of(SlotType.RECOVERY)),
    )


def _holders(session: VaultSession) -> dict[str, str]:
    """Return who can open the vault from outside: one entry for each colleague."""
    own = set(session.identity.recipients())
    with session.store.reader() as reader:
        contacts = reader.contacts()
    found: dict[str, str] = {}
    for slot in session.keys.header.slots_of(SlotType.RECIPIENT):
        recipient = recipient_of(slot)
        if recipient in own:
            continue
        known = next((one for one in contacts if recipient in one.recipients), None)
        if known is None:
            found[recipient] = recipient
        else:
            found[known.id] = known.display_name
    return found


def _copies(session: VaultSession) -> tuple[str, ...]:
    """Return the folders beside the vault that hold a header of the same vault."""
    here = session.folder.resolve()
    beside: list[Path] = []
    with contextlib.suppress(OSError):
        beside = sorted(path for path in here.parent.iterdir() if path.is_dir())
    found = []
    for folder in beside:
        if folder == here or folder.is_symlink():
            continue
        with contextlib.suppress(KeysError):
            if unlock.read_info(folder).vault_id == session.keys.header.vault_id:
                found.append(folder.name)
    return tuple(found)


def travel_lock(
    session: VaultSession, plan: TravelLockPlan, *, keyring: KeyStore | None = None
) -> TravelLocked:
    """Do what the plan says, in both copies of the header; then forget the keyring's item.

    The session goes on working until it is closed. A keyring that cannot be used does not
    fail the lock: no slot needs its item any more.

    Raises:
        SlotNeeded, HeaderNotWritten: nothing was dropped.
    """
    header = session.keys.header
    bound = bool(header.slots_of(*KEYRING_TYPES))
    with session.store.writer(session.author()) as writer:
        # In one block, so that the trail says nothing of a lock that was not written.
        writer.note("travel_locked", "vault", dropped=len(plan.drops))
        slot_changes.drop_local_slots(
            session.folder, session.keys, keep_recovery=plan.keeps_recovery
        )
    return TravelLocked(plan, _forget(keyring, header.keyring_item) if bound else NOT_USED)


def _forget(keyring: KeyStore | None, item: str) -> str:
    try:
        (keyring or system_keyring()).delete(item)
    except KeyringUnavailable as error:
        return str(error.details.get("reason", "no_service"))
    return DELETED
