# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sentences about records, cases and the tasks of the user."""

from __future__ import annotations

from typing import Final

from vault.i18n import mark

SENTENCES: Final[dict[str, str]] = {
    "domain.bad_value": mark("A value cannot be recorded as it is. Nothing was changed."),
    "domain.bad_date": mark(
        "“{text}” is not a date that can be recorded. Write 2023, 2023-03 or 2023-03-17; "
        "add ~ for “about”."
    ),
    "domain.bad_body": mark(
        "The record is not well formed at “{field}” ({reason}). Nothing was changed."
    ),
    "domain.unknown_kind": mark("There is no kind of record called “{kind}”."),
    "domain.unknown_reference": mark(
        "“{reference}” in “{field}” ({kind}) does not exist in this case. Nothing was changed."
    ),
    "domain.not_a_case_file": mark("This file is not a case in the panah-case format."),
    "domain.case_file_too_new": mark(
        "This case file was written by a newer program (format {found}; this one knows {known}). "
        "Nothing was changed."
    ),
    "services.error": mark("This cannot be done as asked. Nothing was changed."),
    "services.folder_not_empty": mark(
        "The folder is not empty. Choose a new one; nothing in it was touched."
    ),
    "services.passphrase_empty": mark("A passphrase must have at least one character."),
    "services.no_identity": mark("This vault has no identity of its own to sign with."),
    "services.read_only": mark("The vault is open for reading only. Nothing was changed."),
    "services.case_exists": mark(
        "The vault already has a case “{reference}”. Nothing was changed."
    ),
    "services.no_such_record": mark("The case has no {kind} “{ref}”."),
    "services.no_such_profile": mark("The case has no disclosure profile “{profile}”."),
    "services.no_such_contact": mark("There is no colleague “{contact}” among the contacts."),
    "services.contact_key_changed": mark(
        "A colleague of this name is known with other keys. The card was not taken over: "
        "ask them through another channel whether they changed their keys."
    ),
    "services.code_does_not_match": mark(
        "The digits do not match this card. Do not use it; ask your colleague for a new card "
        "through another channel."
    ),
    "services.file_changed": mark(
        "The file of {evidence} is not what it was. It was not taken over; check where it "
        "came from."
    ),
    "services.target_exists": mark(
        "There is already a file “{path}”. It was left as it is; choose another name."
    ),
    "services.pictures_unconfirmed": mark(
        "The dossier shows pictures (exhibits {exhibits}), and no program can tell whether a face, "
        "a name or a signature is on them. Look at each of them, confirm it, and build again; "
        "nothing was written."
    ),
    "services.bundle_redacted": mark(
        "This bundle holds redacted records. They are for reading and are not taken into a case."
    ),
    "services.bundle_replayed": mark("This bundle was taken in before. Nothing was changed."),
    "services.bundle_older": mark(
        "A later bundle of this sender was already taken in. Nothing was changed."
    ),
    "redaction.failed": mark("The text could not be made fit for its reader."),
    "redaction.no_such_person": mark("A person was asked for who is not of this case."),
    "redaction.foreign_profile": mark("The disclosure profile belongs to another case."),
    "exports.error": mark("The dossier was not made. Nothing was written."),
    "exports.exhibit_unreadable": mark(
        "Exhibit {exhibit} cannot be shown. The dossier was not made; leave the exhibit out "
        "or replace its file."
    ),
    "exports.picture_not_clean": mark(
        "A picture of exhibit {exhibit} could not be freed of its metadata. The dossier was "
        "not made."
    ),
    "exports.not_a_pdf": mark("This file cannot be read as a PDF."),
    "services.leak_found": mark(
        "The finished dossier shows something that its profile hides, in {count} places. It was "
        "withheld; nothing was written. {places}"
    ),
}
