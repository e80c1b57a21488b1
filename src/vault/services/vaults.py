# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Creating, opening and inspecting vaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

import zxcvbn

from vault.crypto import selftest
from vault.crypto.kdf import Argon2Params, calibrated, normalise_passphrase
from vault.crypto.secret_bytes import SecretBytes
from vault.i18n import _
from vault.keys import recovery, unlock
from vault.keys.errors import KeyringUnavailable
from vault.keys.header import KEYRING_TYPES
from vault.keys.opened import PassphraseCredential, RecoveryCredential, Unlocked
from vault.keys.os_keyring import KeyStore, system_keyring
from vault.progress import Progress
from vault.services.errors import FolderNotEmpty, PassphraseEmpty
from vault.services.identities import identity_from_store, new_stored_identity
from vault.services.session import VaultSession, author_of
from vault.sharing.identity import Identity
from vault.store.errors import StoreError
from vault.store.vault import VaultStore
from vault.store.vault_folder import synchronised_folder_warning

SUFFIX: Final = ".panah"
AVAILABLE: Final = "available"
Credential = PassphraseCredential | RecoveryCredential


class KeyringWish(Enum):
    """Whether the system's keyring should strengthen the passphrase of a new vault."""

    AUTO = "auto"
    REQUIRE = "require"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CreatedVault:
    """A new vault. The recovery code is shown once and wiped by whoever showed it."""

    folder: Path
    recovery_code: SecretBytes
    keyring_state: str


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One way of opening a vault, as far as it shows without a key."""

    id: str
    type: str
    created: str


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """What a vault's header says without a key."""

    name: str
    format: int
    generation: int
    slots: tuple[SlotInfo, ...]
    keyring_state: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How many guesses a passphrase withstands, as a power of ten (zxcvbn's estimate)."""

    guesses_log10: float


def passphrase_strength(text: str) -> Strength:
    """Estimate the guesses; only the first 100 characters count, as the estimator demands."""
    if not text:
        return Strength(0.0)
    return Strength(float(zxcvbn.zxcvbn(text[:100])["guesses_log10"]))


def passphrase_credential(passphrase: bytearray) -> PassphraseCredential:
    """Make a credential of what was typed; takes ownership of the buffer and zeroes it."""
    try:
        return PassphraseCredential(passphrase=normalise_passphrase(passphrase.decode("utf-8")))
    finally:
        _zero(passphrase)


def recovery_credential(code: bytearray) -> RecoveryCredential:
    """Make a credential of a typed recovery code; zeroes the buffer; raise `BadRecoveryCode`."""
    try:
        return RecoveryCredential(code=recovery.parse(code))
    finally:
        _zero(code)


def create_vault(
    folder: Path,
    *,
    passphrase: bytearray,
    display_name: str,
    organisation: str,
    keyring: KeyringWish | KeyStore = KeyringWish.AUTO,
    progress: Progress,
    kdf: Argon2Params | None = None,
) -> CreatedVault:
    """Create a vault in `folder`, which must be absent or empty; zeroes `passphrase`.

    The keyring (the system's, or the one given) strengthens the passphrase; where AUTO finds
    none the slot is the passphrase alone, and `keyring_state` says why. On failure the folder
    is as it was before.

    Raises:
        FolderNotEmpty, PassphraseEmpty, KeyringUnavailable when it is required, and the
        errors of the rooms below.
    """
    if not passphrase:
        raise PassphraseEmpty
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty
    selftest.run()
    store_of_keys, state = _keyring_for(keyring)
    progress.report(0, 3, "calibrating")
    params = kdf or calibrated()
    secret = passphrase_credential(passphrase).passphrase
    made_folder = not folder.exists()
    try:
        progress.report(1, 3, "creating_vault")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        created = unlock.create_keys(folder, passphrase=secret, keyring=store_of_keys, kdf=params)
        with created.vmk:
            progress.report(2, 3, "creating_vault")
            _write_new(folder, created, display_name, organisation)
    except BaseException:
        _take_away(folder, made_folder=made_folder)
        raise
    finally:
        _zero(secret)
    progress.report(3, 3, "creating_vault")
    with created.recovery_code as code:
        return CreatedVault(folder, SecretBytes(recovery.shown(code)), state)


def _keyring_for(wish: KeyringWish | KeyStore) -> tuple[KeyStore | None, str]:
    if not isinstance(wish, KeyringWish):
        return wish, AVAILABLE
    if wish is KeyringWish.NONE:
        return None, "not_wanted"
    try:
        return system_keyring(), AVAILABLE
    except KeyringUnavailable as error:
        if wish is KeyringWish.REQUIRE:
            raise
        return None, str(error.details.get("reason", "no_service"))


def _write_new(
    folder: Path, created: unlock.CreatedKeys, display_name: str, organisation: str
) -> None:
    store = VaultStore.create(folder, created.header.vault_id, created.vmk)
    try:
        stored = new_stored_identity(display_name, organisation)
        identity = identity_from_store(stored)
        with store.writer(author_of(identity)) as writer:
            writer.save_identity(stored)
            writer.note("vault_created", "vault")
        identity.wipe()
        stored.wipe()
        created.write_header()
    finally:
        store.close()


def _take_away(folder: Path, *, made_folder: bool) -> None:
    if not folder.exists():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    if made_folder:
        folder.rmdir()


def open_vault(
    folder: Path,
    credential: Credential,
    progress: Progress,
    *,
    keyring: KeyStore | None = None,
    read_only: bool = False,
) -> VaultSession:
    """Open a vault; the credential is wiped whatever happens.

    `keyring` replaces the system's, which is asked only when the vault has a slot for it.

    Raises:
        WrongPassphrase, WrongRecoveryCode, KeyringSecretMissing, KeyringUnavailable, the
        header's and the database's errors: nothing is changed by any of them.
    """
    try:
        selftest.run()
        progress.report(0, 2, "unlocking")
        unlocked = _unlock(folder, credential, keyring)
    finally:
        wipe_credential(credential)
    progress.report(1, 2, "opening_database")
    session = session_of(folder, unlocked, read_only=read_only)
    progress.report(2, 2, "opening_database")
    return session


def session_of(folder: Path, unlocked: Unlocked, *, read_only: bool = False) -> VaultSession:
    """Open the database with keys that are open already; they are wiped when it fails."""
    try:
        return _session(folder, unlocked, read_only=read_only)
    except BaseException:
        unlocked.vmk.wipe()
        raise


def _unlock(folder: Path, credential: Credential, keyring: KeyStore | None) -> Unlocked:
    if keyring is not None or not _asks_keyring(folder, credential):
        return unlock.unlock(folder, credential, keyring)
    try:
        return unlock.unlock(folder, credential, system_keyring())
    except KeyringUnavailable as error:
        # Another slot may open without the keyring; only if none does is the keyring the reason.
        try:
            return unlock.unlock(folder, credential, None)
        except KeyringUnavailable:
            raise error from None


def unlock_keys(folder: Path, credential: Credential, keyring: KeyStore | None = None) -> Unlocked:
    """Open the keys alone, the caller's to wipe; the credential is wiped."""
    try:
        selftest.run()
        return _unlock(folder, credential, keyring)
    finally:
        wipe_credential(credential)


@dataclass(slots=True)
class DamagedVault:
    """A vault opened as far as it goes, for reading only; `close` wipes its keys."""

    store: VaultStore
    unlocked: Unlocked
    identity: Identity | None

    def close(self) -> None:
        """Close the database and wipe the keys."""
        self.store.close()
        self.unlocked.vmk.wipe()
        if self.identity is not None:
            self.identity.wipe()


def open_to_rescue(folder: Path, credential: Credential) -> DamagedVault:
    """Open a damaged vault for reading only; without its identity when that is lost too."""
    unlocked = unlock_keys(folder, credential)
    try:
        store = VaultStore.open(folder, unlocked.header.vault_id, unlocked.vmk, read_only=True)
    except BaseException:
        unlocked.vmk.wipe()
        raise
    try:
        identity = _identity(store)
    except StoreError:
        identity = None
    return DamagedVault(store, unlocked, identity)


def _asks_keyring(folder: Path, credential: Credential) -> bool:
    if not isinstance(credential, PassphraseCredential):
        return False
    return any(slot.type in KEYRING_TYPES for slot in unlock.read_info(folder).slots)


def _session(folder: Path, unlocked: Unlocked, *, read_only: bool) -> VaultSession:
    store = VaultStore.open(folder, unlocked.header.vault_id, unlocked.vmk, read_only=read_only)
    try:
        identity = _identity(store)
        session = VaultSession(
            folder, store, unlocked, identity, read_only=read_only,
            warnings=_warnings(folder, unlocked),
        )  # fmt: skip
        if not read_only and identity is not None:
            with store.writer(session.author()) as writer:
                writer.note("vault_opened", "vault")
    except BaseException:
        store.close()
        raise
    return session


def _identity(store: VaultStore) -> Identity | None:
    with store.reader() as reader:
        stored = reader.identity()
    if stored is None:
        return None
    identity = identity_from_store(stored)
    stored.wipe()
    return identity


def _warnings(folder: Path, unlocked: Unlocked) -> tuple[str, ...]:
    found = []
    if unlocked.from_backup:
        found.append("header_from_backup")
    if synchronised_folder_warning(folder):
        found.append("synchronised_folder")
    return tuple(found)


def warning_text(code: str) -> str:
    """Return the sentence of a warning that an opened vault carries."""
    return {
        "header_from_backup": _(
            "The vault's header was damaged; its previous copy was used. Make a backup now."
        ),
        "synchronised_folder": _(
            "This vault lies in a folder that is copied to a cloud. Others may hold old copies "
            "of it, and two machines can damage it."
        ),
    }.get(code, code)


def keyring_text(state: str) -> str:
    """Return the sentence that says what the keyring contributes."""
    return {
        AVAILABLE: _("The system's keyring strengthens the passphrase."),
        "not_wanted": _("The passphrase alone opens this vault; the keyring is not used."),
        "no_service": _("This system has no keyring; the passphrase alone opens the vault."),
        "locked": _("The system's keyring is locked; the passphrase alone opens the vault."),
        "timeout": _("The system's keyring did not answer."),
        "refused_backend": _("The system's keyring is of a kind that is not trusted here."),
        "readback": _("The system's keyring did not keep what was given to it."),
    }.get(state, _("The system's keyring cannot be used ({state}).").format(state=state))


def prove_recovery_code(folder: Path, typed: bytearray) -> None:
    """Prove that the typed code opens the vault; zeroes `typed`.

    Raises:
        BadRecoveryCode when it is mistyped, WrongRecoveryCode when it is of another vault.
    """
    credential = recovery_credential(typed)
    try:
        unlock.unlock(folder, credential, None).vmk.wipe()
    finally:
        credential.code.wipe()


def vault_info(folder: Path) -> VaultInfo:
    """Return what shows without a key; asks the keyring only when a slot needs it."""
    info = unlock.read_info(folder)
    state = "not_wanted"
    if any(slot.type in KEYRING_TYPES for slot in info.slots):
        _store, state = _keyring_for(KeyringWish.AUTO)
    return VaultInfo(
        name=folder.resolve().name.removesuffix(SUFFIX),
        format=info.format,
        generation=info.generation,
        slots=tuple(SlotInfo(slot.id, slot.type.value, slot.created) for slot in info.slots),
        keyring_state=state,
    )


def wipe_credential(credential: Credential) -> None:
    """Zero what a credential holds."""
    if isinstance(credential, PassphraseCredential):
        _zero(credential.passphrase)
    else:
        credential.code.wipe()


def _zero(buffer: bytearray) -> None:
    buffer[:] = bytes(len(buffer))
