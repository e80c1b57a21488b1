# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sentences about the vault on the disk."""

from __future__ import annotations

from typing import Final

from vault.i18n import mark

SENTENCES: Final[dict[str, str]] = {
    "store.error": mark("The vault could not be read or written. Nothing was changed."),
    "store.not_a_vault_folder": mark("There is no vault in this folder ({missing} is missing)."),
    "store.vault_exists": mark("There is a vault here already; it was not touched."),
    "store.vault_in_use": mark(
        "The vault is open in another window or program. Close it there first; nothing was changed."
    ),
    "store.plain_database": mark(
        "An unencrypted file stands in the place of the vault's database. It was not opened and "
        "not changed; use a backup."
    ),
    "store.wrong_database_key": mark(
        "The database does not open with this vault's key: it is of another vault, or its "
        "beginning is damaged. Nothing was changed; use a backup."
    ),
    "store.foreign_database": mark(
        "The database belongs to another vault than its header. Nothing was changed."
    ),
    "store.database_damaged": mark(
        "A page of the database is damaged ({reason}). Nothing was changed: restore a backup, or "
        "save what is sound with “rescue”."
    ),
    "store.database_too_new": mark(
        "A newer program wrote this database (version {found}; this one knows {known}). Nothing "
        "was changed."
    ),
    "store.database_busy": mark("The database is busy. Nothing was changed; try again."),
    "store.disk_full": mark(
        "The disk is full. What was being saved was not saved; everything else is as before. "
        "Make room and try again."
    ),
    "store.disk_failed": mark(
        "The disk refused ({reason}). Is the drive still there? Everything saved before is as it "
        "was."
    ),
    "store.read_only_folder": mark(
        "The folder cannot be written to. Nothing was changed; it can be opened for reading."
    ),
    "store.read_only_vault": mark("The vault is open for reading only. Nothing was changed."),
    "store.migration_failed": mark(
        "The database could not be brought to the newest form ({version}). It is as it was."
    ),
    "store.no_such_case": mark("The vault has no such case."),
    "store.ambiguous_case": mark("{count} cases have this reference."),
    "store.no_such_record": mark("There is no such record."),
    "store.invalid_record": mark(
        "“{field}” of this {kind} is not acceptable ({reason}). Nothing was changed."
    ),
    "store.record_sealed": mark(
        "{ref} is sealed and does not change any more. A correction is a new record."
    ),
    "store.append_only_record": mark("Records of this kind are never changed or removed ({kind})."),
    "store.reference_taken": mark("{ref} is taken by another record of this case."),
    "store.dangling_reference": mark(
        "A record points at one that is not in its case. Nothing was changed."
    ),
    "store.refused_by_database": mark("The database refused this record. Nothing was changed."),
    "store.case_not_empty": mark("The case holds {count} records and is not removed."),
    "store.forged_version": mark(
        "A received version is not what it says it is. Nothing was changed."
    ),
    "store.object_missing": mark(
        "The encrypted file of {ref} is missing. Restore it from a backup."
    ),
    "store.object_damaged": mark(
        "The encrypted file of {ref} was changed on the disk. Restore it from a backup."
    ),
    "store.object_truncated": mark(
        "The encrypted file of {ref} has the wrong length. Restore it from a backup."
    ),
    "store.object_swapped": mark(
        "Another file stands in the place of {ref}. Restore it from a backup."
    ),
    "store.object_key_damaged": mark("The key of {ref} is damaged. Restore a backup."),
    "store.source_changed": mark(
        "The file changed while it was taken in. Nothing was added; try again."
    ),
    "store.identity_damaged": mark("The secret keys of the vault's owner are damaged."),
    "store.backup_damaged": mark(
        "The copy is not what was copied ({place}). It was removed; try another disk."
    ),
    "decoding.error": mark("The file could not be opened. It was left as it is."),
    "decoding.failed": mark("The file is damaged, or not what it says ({kind})."),
    "decoding.format_not_supported": mark("Files of this kind are not opened here ({kind})."),
    "decoding.file_encrypted": mark("The file asks for a password of its own."),
    "decoding.too_large": mark("The file is too large to be shown ({what}: at most {limit})."),
    "decoding.timeout": mark(
        "The file took longer than {seconds} seconds and was given up. It was left as it is."
    ),
    "decoding.worker_died": mark("The file broke the program that decodes it. Nothing else did."),
    "decoding.worker_not_started": mark("The decoding program could not be started ({reason})."),
    "decoding.closed": mark("Decoding was ended because the vault was locked."),
}
