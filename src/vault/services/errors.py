# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be refused when rooms work together."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class ServiceError(VaultError):
    """A task of the user cannot be done as asked."""

    code: ClassVar[str] = "services.error"


class FolderNotEmpty(ServiceError):
    """A new vault needs a folder that does not exist yet or is empty."""

    code: ClassVar[str] = "services.folder_not_empty"


class PassphraseEmpty(ServiceError):
    """A passphrase must have at least one character."""

    code: ClassVar[str] = "services.passphrase_empty"


class NoIdentity(ServiceError):
    """The vault has no identity to sign with."""

    code: ClassVar[str] = "services.no_identity"


class VaultIsReadOnly(ServiceError):
    """The vault was opened for reading only."""

    code: ClassVar[str] = "services.read_only"


class CaseExists(ServiceError):
    """The vault has a case with this reference already."""

    code: ClassVar[str] = "services.case_exists"


class NoSuchRecord(ServiceError):
    """The case has no record with this reference."""

    code: ClassVar[str] = "services.no_such_record"


class NoSuchProfile(ServiceError):
    """The case has no disclosure profile with this reference."""

    code: ClassVar[str] = "services.no_such_profile"


class NoSuchContact(ServiceError):
    """There is no contact by this name or key."""

    code: ClassVar[str] = "services.no_such_contact"


class ContactKeyChanged(ServiceError):
    """A contact of this name has another key; it is never replaced silently."""

    code: ClassVar[str] = "services.contact_key_changed"


class CodeDoesNotMatch(ServiceError):
    """The 40 digits are not those of this contact's keys."""

    code: ClassVar[str] = "services.code_does_not_match"


class FileChanged(ServiceError):
    """A file changed while it was read, or its hash is not what was recorded."""

    code: ClassVar[str] = "services.file_changed"


class TargetExists(ServiceError):
    """There is a file at the chosen place, and it was left as it is."""

    code: ClassVar[str] = "services.target_exists"


class LeakFound(ServiceError):
    """The finished file shows what its profile hides (`count`, `places`); it was withheld."""

    code: ClassVar[str] = "services.leak_found"


class PicturesUnconfirmed(ServiceError):
    """A dossier shows pictures (`exhibits`) that nobody has confirmed to have looked at."""

    code: ClassVar[str] = "services.pictures_unconfirmed"


class BundleReplayed(ServiceError):
    """This bundle was taken in before."""

    code: ClassVar[str] = "services.bundle_replayed"


class BundleOlder(ServiceError):
    """A later bundle of this sender was taken in already (`sequence`)."""

    code: ClassVar[str] = "services.bundle_older"


class RotationLeftover(ServiceError):
    """An earlier rotation stopped before it took effect and left a folder (`left`)."""

    code: ClassVar[str] = "services.rotation_leftover"


class RotationInterrupted(ServiceError):
    """A rotation stopped between its two renames (`new`, `old` and `name` are folders)."""

    code: ClassVar[str] = "services.rotation_interrupted"


class RotationUnfaithful(ServiceError):
    """The rotated copy did not pass the full check (`problems`); it was removed."""

    code: ClassVar[str] = "services.rotation_unfaithful"


class NoEscrow(ServiceError):
    """No colleague's key opens the vault."""

    code: ClassVar[str] = "services.no_escrow"


class OneEscrowOnly(ServiceError):
    """One colleague alone would hold the only way into a travel-locked vault."""

    code: ClassVar[str] = "services.one_escrow_only"


class TravelLockNotConfirmed(ServiceError):
    """Nobody said that they understand what a travel lock means."""

    code: ClassVar[str] = "services.travel_lock_not_confirmed"


class RequestChanged(ServiceError):
    """The request is not the one that the travel key was made for."""

    code: ClassVar[str] = "services.travel_request_changed"


class OtherVault(ServiceError):
    """A request, a response or a travel key belongs to another vault (`file`)."""

    code: ClassVar[str] = "services.travel_other_vault"


class SignerNotExpected(ServiceError):
    """Somebody else signed the response than the request names (`signer`)."""

    code: ClassVar[str] = "services.travel_signer"


class CardWithoutSlot(ServiceError):
    """The contact card belongs to nobody whose key opens the vault."""

    code: ClassVar[str] = "services.travel_card"


class RequestCodeDiffers(ServiceError):
    """The digits read out are not those of the request: it was changed or is another's."""

    code: ClassVar[str] = "services.travel_code"


class BundleRedacted(ServiceError):
    """The bundle holds derived, redacted records, which are read and never merged."""

    code: ClassVar[str] = "services.bundle_redacted"
