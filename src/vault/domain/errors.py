# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a record that comes from outside."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class DomainError(VaultError):
    """A value is not one that the case file can hold."""

    code: ClassVar[str] = "domain.bad_value"


class BadDate(DomainError):
    """The text is not a date of the EDTF subset."""

    code: ClassVar[str] = "domain.bad_date"


class BadBody(DomainError):
    """A record's JSON body does not have the shape of its kind; `field` says where."""

    code: ClassVar[str] = "domain.bad_body"


class UnknownKind(DomainError):
    """No record has this kind."""

    code: ClassVar[str] = "domain.unknown_kind"


class UnknownReference(DomainError):
    """A record points at another one that is not there."""

    code: ClassVar[str] = "domain.unknown_reference"


class NotACaseFile(DomainError):
    """The JSON document is not a case in the `panah-case` format."""

    code: ClassVar[str] = "domain.not_a_case_file"


class CaseFileTooNew(DomainError):
    """The case file was written by a newer version of the format."""

    code: ClassVar[str] = "domain.case_file_too_new"
