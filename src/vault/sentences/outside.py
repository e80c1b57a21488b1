# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sentences about what comes from colleagues: bundles and contact cards."""

from __future__ import annotations

from typing import Final

from vault.i18n import mark

SENTENCES: Final[dict[str, str]] = {
    "card.error": mark("The contact card cannot be used. Nothing was changed."),
    "card.not_a_card": mark("This is not a contact card."),
    "card.too_new": mark(
        "The contact card was made by a newer program (version {version}; this one knows {known})."
    ),
    "card.malformed": mark(
        "The contact card is damaged in line {line}. Ask your colleague to send it again."
    ),
    "card.signature_bad": mark(
        "The contact card was changed after it had been made. Do not use it; ask your colleague "
        "for a new one through another channel."
    ),
    "bundle.error": mark("The bundle cannot be used. Nothing was changed."),
    "bundle.not_a_bundle": mark("This file is not a bundle."),
    "bundle.not_for_me": mark(
        "This bundle was not made for you ({reason}). Nothing was changed; tell the sender."
    ),
    "bundle.damaged": mark(
        "The bundle was changed or cut off on its way. Nothing was changed; ask for it again."
    ),
    "bundle.too_new": mark(
        "The bundle was made by a newer program (version {version}; this one knows {known}). "
        "Nothing was changed."
    ),
    "bundle.manifest_malformed": mark(
        "The list of contents of the bundle is not acceptable ({reason}). Nothing was changed."
    ),
    "bundle.signature_bad": mark(
        "The signature of the bundle is not its sender's. Nothing was changed; do not trust it."
    ),
    "bundle.path_refused": mark(
        "The bundle holds something that a bundle may not hold ({reason}). Nothing was changed."
    ),
    "bundle.member_order": mark(
        "The contents of the bundle are not as listed (place {place}). Nothing was changed."
    ),
    "bundle.too_large": mark(
        "The bundle is over a limit ({what}: at most {limit}). Nothing was changed."
    ),
    "bundle.truncated": mark(
        "The sender's program did not finish this bundle. Nothing was changed; ask for it again."
    ),
    "bundle.trailing_data": mark(
        "Something follows the end of the bundle. Nothing was changed; ask for it again."
    ),
    "bundle.hash_mismatch": mark(
        "A part of the bundle is not what its sender signed ({member}). Nothing was changed."
    ),
    "bundle.record_malformed": mark(
        "Record {line} of the bundle is not acceptable ({reason}). Nothing was changed."
    ),
    "bundle.bad_recipients": mark("The bundle cannot be made for these recipients ({reason})."),
    "bundle.object_changed": mark(
        "A file of the case is not what its record says. The bundle was not made; check the vault."
    ),
}
