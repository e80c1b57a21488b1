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


class BundleReplayed(ServiceError):
    """This bundle was taken in before."""

    code: ClassVar[str] = "services.bundle_replayed"


class BundleOlder(ServiceError):
    """A later bundle of this sender was taken in already (`sequence`)."""

    code: ClassVar[str] = "services.bundle_older"
