# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a vault's header, its slots, a credential and the keyring."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class KeysError(VaultError):
    """The root of this room's errors. None of them has changed anything on the disk."""

    code: ClassVar[str] = "keys.error"


class NotAVault(KeysError):
    """The folder is none, or holds nothing of a vault."""

    code: ClassVar[str] = "keys.not_a_vault"


class AlreadyAVault(KeysError):
    """A vault was to be made in a folder that already has a header."""

    code: ClassVar[str] = "keys.already_a_vault"


class HeaderMissing(KeysError):
    """The folder has a vault's database or objects, but neither copy of its header."""

    code: ClassVar[str] = "keys.header_missing"


class HeaderUnreadable(KeysError):
    """The system does not let the header be read (`file`, `reason`)."""

    code: ClassVar[str] = "keys.header_unreadable"


class HeaderDamaged(KeysError):
    """The header and its previous copy are broken, as by a bad disk (`file`, `reason`)."""

    code: ClassVar[str] = "keys.header_damaged"


class HeaderTooNew(KeysError):
    """A newer program wrote this vault (`format`, `known`)."""

    code: ClassVar[str] = "keys.header_too_new"


class HeaderTampered(KeysError):
    """The header is complete and is not what a key holder wrote (`reason`)."""

    code: ClassVar[str] = "keys.header_tampered"


class HeaderNotWritten(KeysError):
    """The header could not be written; the old one stands (`file`, `reason`)."""

    code: ClassVar[str] = "keys.header_not_written"


class WrongPassphrase(KeysError):
    """No slot opens with this passphrase."""

    code: ClassVar[str] = "keys.wrong_passphrase"


class WrongRecoveryCode(KeysError):
    """The recovery code is well formed and opens no slot of this vault."""

    code: ClassVar[str] = "keys.wrong_recovery_code"


class WrongIdentity(KeysError):
    """No slot of this vault is for the given identity."""

    code: ClassVar[str] = "keys.wrong_identity"


class NoSuchSlot(KeysError):
    """The vault has no slot that the given way could open (`type`), or none of this id."""

    code: ClassVar[str] = "keys.no_such_slot"


class SlotNeeded(KeysError):
    """The change would leave the vault without a slot it must have (`type`)."""

    code: ClassVar[str] = "keys.slot_needed"


class TooManySlots(KeysError):
    """The header is full (`most`)."""

    code: ClassVar[str] = "keys.too_many_slots"


class BadRecoveryCode(KeysError):
    """The text is no recovery code (`reason`: character, checksum or length; `group` from 1)."""

    code: ClassVar[str] = "keys.bad_recovery_code"


class KeyringUnavailable(KeysError):
    """The keyring cannot be used.

    `reason` is no_service, locked, refused_backend, timeout or readback.
    """

    code: ClassVar[str] = "keys.keyring_unavailable"


class KeyringSecretMissing(KeysError):
    """The keyring works and has no item of this vault: another machine, account or desktop."""

    code: ClassVar[str] = "keys.keyring_secret_missing"


class KeyringSecretAltered(KeysError):
    """The keyring's item of this vault is not the one that its slot was made with."""

    code: ClassVar[str] = "keys.keyring_secret_altered"


class TravelFileMalformed(KeysError):
    """A request, a response or a travel key breaks a rule of its format (`file`, `reason`)."""

    code: ClassVar[str] = "keys.travel_file_malformed"


class TravelFileTooNew(KeysError):
    """A newer program made the request or response (`file`, `version`, `known`)."""

    code: ClassVar[str] = "keys.travel_file_too_new"
