# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving a vault a new master key, by a verified copy and two renames.

At every moment there is a folder that opens: the vault itself until the first rename, its
two whole folders between the renames, the rotated one after.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.keys import recovery
from vault.keys.errors import KeyringUnavailable
from vault.keys.header import Anchor, SlotType
from vault.keys.opened import PassphraseCredential
from vault.keys.os_keyring import KeyStore, system_keyring
from vault.keys.rotation import RotatedKeys, rotated_keys
from vault.progress import Progress
from vault.services.errors import (
    PassphraseEmpty,
    RotationInterrupted,
    RotationLeftover,
    RotationUnfaithful,
)
from vault.services.session import VaultSession
from vault.services.vaults import (
    SUFFIX,
    SlotInfo,
    open_vault,
    passphrase_credential,
    unlock_keys,
)
from vault.store import check, rotating
from vault.store.vault import VaultStore

ROTATING: Final = ".rotating"
BEFORE: Final = ".before-rotation-"
_HEADER: Final = "header.json"


@dataclass(frozen=True, slots=True)
class Rotated:
    """A vault with new keys. The recovery code is shown once and wiped by whoever showed it.

    `before` is the old folder, which opens with the old keys; `dropped` are the old ways of
    opening that the new folder does not have.
    """

    folder: Path
    before: Path
    recovery_code: SecretBytes
    dropped: tuple[SlotInfo, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    vault: Path
    rotating: Path
    before: Path

    @classmethod
    def of(cls, folder: Path) -> _Names:
        vault = folder.resolve()
        name = vault.name.removesuffix(SUFFIX)
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        stem = f"{name}{BEFORE}{today}"
        before = vault.with_name(f"{stem}{SUFFIX}")
        number = 2
        while before.exists():
            before = vault.with_name(f"{stem}-{number}{SUFFIX}")
            number += 1
        return cls(vault, vault.with_name(name + ROTATING), before)


def rotate(
    folder: Path, passphrase: bytearray, progress: Progress, *, keyring: KeyStore | None = None
) -> Rotated:
    """Give the vault a new master key, keeping its id and its passphrase; zeroes `passphrase`.

    `keyring` replaces the system's, which is asked only when the passphrase needs it. On any
    failure before the first rename the vault is as it was and nothing is left beside it.

    Raises:
        RotationLeftover, RotationInterrupted: an earlier rotation did not end.
        RotationUnfaithful: the copy did not pass the full check.
        PassphraseEmpty, WrongPassphrase, VaultInUse, DiskFull, and what opening raises.
    """
    if not passphrase:
        raise PassphraseEmpty
    names = _Names.of(folder)
    refuse_unfinished(names.vault)
    with SecretBytes(passphrase_credential(passphrase).passphrase) as secret:
        session = open_vault(names.vault, _credential(secret), progress, keyring=keyring)
        with session.keys.vmk.copy() as old_vmk:
            known = (session.keys.header.vault_id, old_vmk, session.store.audit_head())
            with session:
                store_of_keys = _keyring_of(session, keyring)
                keys = rotated_keys(session.keys, secret.view(), store_of_keys)
                try:
                    _build(session, keys, names.rotating, progress)
                    _verify(names.rotating, secret, store_of_keys, progress)
                except BaseException:
                    _discard(names.rotating, keys, store_of_keys)
                    raise
            _put_in_place(names, known, keys, store_of_keys)
    return _rotated(names, keys)


def _put_in_place(
    names: _Names,
    known: tuple[bytes, SecretBytes, tuple[int, str]],
    keys: RotatedKeys,
    keyring: KeyStore | None,
) -> None:
    try:
        rotating.put_in_place(names.rotating, names.vault, names.before, known)
    except BaseException:
        if names.vault.exists() and names.rotating.exists():
            _discard(names.rotating, keys, keyring)
        # Otherwise a rename has happened, and the new folder needs its item of the keyring.
        keys.wipe()
        if not names.vault.exists():
            refuse_unfinished(names.vault)
        raise


def refuse_unfinished(vault: Path) -> None:
    """Raise `RotationLeftover` or `RotationInterrupted` when an earlier rotation did not end."""
    name = vault.name.removesuffix(SUFFIX)
    left = vault.with_name(name + ROTATING)
    if not left.exists():
        return
    if vault.exists():
        raise RotationLeftover(left=left.name)
    if (left / _HEADER).exists():
        old = sorted(vault.parent.glob(f"{_literal(name)}{BEFORE}*{SUFFIX}"))
        raise RotationInterrupted(new=left.name, old=old[-1].name if old else "?", name=vault.name)


def _literal(name: str) -> str:
    """Return a folder's name as a pattern that matches nothing else."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in name)


def _credential(secret: SecretBytes) -> PassphraseCredential:
    # Opening wipes what it is given; the passphrase is needed again for the new slot.
    return PassphraseCredential(passphrase=bytearray(secret.view()))


def _keyring_of(session: VaultSession, keyring: KeyStore | None) -> KeyStore | None:
    slot = session.keys.header.slot(session.keys.slot_id)
    if slot is None or slot.type is not SlotType.PASSPHRASE_AND_KEYRING:
        return None
    return keyring or system_keyring()


def _build(session: VaultSession, keys: RotatedKeys, target: Path, progress: Progress) -> None:
    """Write the copy, its first audit entry, and last of all its header."""
    old = session.keys
    vault_id = old.header.vault_id
    rotating.rotated_copy(session.store, vault_id, (old.vmk, keys.vmk), target, progress)
    with VaultStore.open(target, vault_id, keys.vmk) as store:
        with store.writer(session.author()) as writer:
            writer.note("keys_rotated", "vault", dropped=len(keys.dropped))
        sequence, head = store.audit_head()
    keys.write_header(target, Anchor(sequence=sequence, head=head))


def _verify(
    target: Path, secret: SecretBytes, keyring: KeyStore | None, progress: Progress
) -> None:
    """Open the copy from the disk, as its owner will, and check all of it."""
    unlocked = unlock_keys(target, _credential(secret), keyring)
    anchor = unlocked.header.anchor
    with (
        unlocked.vmk as vmk,
        VaultStore.open(target, unlocked.header.vault_id, vmk) as store,
    ):
        report = check.check(store, progress, known=(anchor.sequence, anchor.head))
    if report.faults:
        raise RotationUnfaithful(problems=len(report.faults))


def _discard(target: Path, keys: RotatedKeys, keyring: KeyStore | None) -> None:
    rotating.remove(target)
    keys.wipe()
    if keyring is not None:
        try:
            keyring.delete(keys.header.keyring_item)
        except KeyringUnavailable:
            # The item is 32 random bytes under a random name, and opens nothing any more.
            return


def _rotated(names: _Names, keys: RotatedKeys) -> Rotated:
    try:
        return Rotated(
            folder=names.vault,
            before=names.before,
            recovery_code=SecretBytes(recovery.shown(keys.recovery_code)),
            dropped=tuple(SlotInfo(one.id, one.type.value, one.created) for one in keys.dropped),
        )
    finally:
        keys.wipe()
