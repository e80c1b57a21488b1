# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a contact card or a bundle; nothing of either is kept then."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class CardError(VaultError):
    """The root of what is wrong with contact cards."""

    code: ClassVar[str] = "card.error"


class NotACard(CardError):
    """The text is no contact card."""

    code: ClassVar[str] = "card.not_a_card"


class CardTooNew(CardError):
    """The card was made by a newer version of the program (`version`, `known`)."""

    code: ClassVar[str] = "card.too_new"


class CardMalformed(CardError):
    """The card breaks a rule of its format (`line` from 1, `reason`)."""

    code: ClassVar[str] = "card.malformed"


class CardSignatureBad(CardError):
    """The card is not signed by the key that it shows: it was altered, or put together."""

    code: ClassVar[str] = "card.signature_bad"


class BundleError(VaultError):
    """The root of what is wrong with bundles."""

    code: ClassVar[str] = "bundle.error"


class NotABundle(BundleError):
    """The file is no bundle."""

    code: ClassVar[str] = "bundle.not_a_bundle"


class NotForMe(BundleError):
    """The bundle was made for somebody else; `reason` is "no_key" or "not_listed".

    "not_listed" is the graver one: the file opens with a key of the reader, but the sender did
    not make it for the reader. Somebody passed it on in the sender's name.
    """

    code: ClassVar[str] = "bundle.not_for_me"


class BundleDamaged(BundleError):
    """The file was changed or shortened after it had been made."""

    code: ClassVar[str] = "bundle.damaged"


class BundleTooNew(BundleError):
    """The bundle was made by a newer version of the program (`version`, `known`)."""

    code: ClassVar[str] = "bundle.too_new"


class ManifestMalformed(BundleError):
    """The manifest breaks a rule of its format (`reason`)."""

    code: ClassVar[str] = "bundle.manifest_malformed"


class BundleSignatureBad(BundleError):
    """The manifest is not signed by the key of the sender that it names."""

    code: ClassVar[str] = "bundle.signature_bad"


class PathRefused(BundleError):
    """A member has a path or type that a bundle may not hold (`reason`)."""

    code: ClassVar[str] = "bundle.path_refused"


class MemberOrder(BundleError):
    """A member is missing, repeated, not announced, or not in its place (`place` from 1)."""

    code: ClassVar[str] = "bundle.member_order"


class BundleTooLarge(BundleError):
    """A size or a count is over a limit (`what`, `limit`)."""

    code: ClassVar[str] = "bundle.too_large"


class BundleTruncated(BundleError):
    """The payload is authentic but ends too early: its writer did not finish it."""

    code: ClassVar[str] = "bundle.truncated"


class TrailingData(BundleError):
    """Something follows the end of the payload."""

    code: ClassVar[str] = "bundle.trailing_data"


class HashMismatch(BundleError):
    """A member is not what the signed manifest says (`member`: its kind)."""

    code: ClassVar[str] = "bundle.hash_mismatch"


class RecordMalformed(BundleError):
    """A line of the records breaks a rule of the format (`line` from 1, `reason`)."""

    code: ClassVar[str] = "bundle.record_malformed"


class BadRecipients(BundleError):
    """A bundle cannot be made for these recipients (`reason`: "none", "too_many", "twice")."""

    code: ClassVar[str] = "bundle.bad_recipients"


class ObjectChanged(BundleError):
    """A file is not what its record says; the bundle was not made (`reason`)."""

    code: ClassVar[str] = "bundle.object_changed"
