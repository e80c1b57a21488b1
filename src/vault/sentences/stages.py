# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is being done, beside a progress bar."""

from __future__ import annotations

from typing import Final

from vault.i18n import mark

STAGES: Final[dict[str, str]] = {
    "adding_file": mark("taking the file in"),
    "bundle_reading": mark("taking the file in"),
    "bundle_writing": mark("encrypting"),
    "calibrating": mark("measuring this machine"),
    "checking_database": mark("checking the database"),
    "checking_objects": mark("checking the files"),
    "checking_records": mark("checking the records"),
    "copying_database": mark("copying the database"),
    "copying_objects": mark("copying the files"),
    "creating_vault": mark("creating the vault"),
    "decrypting": mark("decrypting"),
    "demonstration": mark("building the demonstration"),
    "dossier.exhibits": mark("preparing the exhibits"),
    "dossier.leak_check": mark("looking for leaks in the finished file"),
    "dossier.pages": mark("laying out the pages"),
    "encrypting": mark("encrypting"),
    "extracting": mark("writing files out"),
    "importing_records": mark("importing records"),
    "opening_database": mark("opening the database"),
    "painting_pages": mark("drawing the pages"),
    "rescuing_files": mark("saving files"),
    "rescuing_records": mark("saving records"),
    "unlocking": mark("deriving the key"),
    "verifying_copy": mark("reading the copy back"),
    "verifying_files": mark("hashing files"),
}
