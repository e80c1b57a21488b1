# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sentences about opening a vault, slots, the keyring and ciphers."""

from __future__ import annotations

from typing import Final

from vault.i18n import mark

SENTENCES: Final[dict[str, str]] = {
    "keys.error": mark("The vault's keys could not be used. Nothing was changed."),
    "keys.not_a_vault": mark("There is no vault in this folder."),
    "keys.already_a_vault": mark("There is a vault in this folder already; it was not touched."),
    "keys.header_missing": mark(
        "The vault's header is missing, and so is its copy. The data is still there: put "
        "header.json back from a backup."
    ),
    "keys.header_unreadable": mark(
        "The system does not let {file} be read ({reason}). Nothing was changed."
    ),
    "keys.header_damaged": mark(
        "The vault's header and its copy are damaged ({file}). The data is still there: put "
        "header.json back from a backup."
    ),
    "keys.header_too_new": mark(
        "A newer program wrote this vault (format {format}; this one knows {known}). Nothing was "
        "changed; use the newer program."
    ),
    "keys.header_tampered": mark(
        "The vault's header was changed by someone without the key. It was not opened and "
        "nothing was changed; use a backup and find out who had the folder."
    ),
    "keys.header_not_written": mark(
        "The vault's header could not be written ({reason}). The old one stands."
    ),
    "keys.wrong_passphrase": mark(
        "No way of opening this vault has this passphrase. Check the keyboard layout and Caps "
        "Lock, or use the recovery code."
    ),
    "keys.wrong_recovery_code": mark("The code is well formed, but it is not of this vault."),
    "keys.wrong_identity": mark("This vault has no way of opening for that key."),
    "keys.no_such_slot": mark("The vault has no such way of opening."),
    "keys.slot_needed": mark(
        "This way of opening must stay: without it nobody could open the vault. Add another first."
    ),
    "keys.too_many_slots": mark("A vault has at most {most} ways of opening. Revoke one first."),
    "keys.bad_recovery_code": mark(
        "The recovery code is mistyped near group {group} ({reason}). Compare it with your copy."
    ),
    "keys.keyring_unavailable": mark(
        "The system's keyring cannot be used ({reason}), and this passphrase needs it. The "
        "recovery code opens the vault without it."
    ),
    "keys.keyring_secret_missing": mark(
        "The system's keyring does not know this vault: it was made on another machine, account "
        "or desktop. Open it with the recovery code."
    ),
    "keys.keyring_secret_altered": mark(
        "The entry of this vault in the system's keyring was changed. Open it with the recovery "
        "code."
    ),
    "keys.travel_file_malformed": mark(
        "A file of the travel unlock is damaged, or it is another kind of file ({file}: "
        "{reason}). Nothing was changed; have it sent again."
    ),
    "keys.travel_file_too_new": mark(
        "A newer program made this file of the travel unlock ({file}, version {version}; this "
        "program knows {known}). Nothing was changed."
    ),
    "services.rotation_leftover": mark(
        "An earlier rotation stopped before it took effect. The vault is as it was and opens "
        "with the keys it had. Remove the folder {left} and start again."
    ),
    "services.rotation_interrupted": mark(
        "A rotation stopped between its two renames. Both folders open: {new} with the new "
        "keys, {old} with the old ones. Rename {new} to {name}, open it with the passphrase "
        "and make a new recovery code."
    ),
    "services.rotation_unfaithful": mark(
        "The copy with the new keys did not pass the check ({problems} problems) and was "
        "removed. The vault is as it was: check it, or put a backup back."
    ),
    "services.no_escrow": mark(
        "No colleague's key opens this vault. Add one first, as a way of opening of the type "
        "recipient."
    ),
    "services.one_escrow_only": mark(
        "Only one colleague could open this vault again. Add a second one, or leave the sheet "
        "with the recovery code in a safe place and say so. Nothing was changed."
    ),
    "services.travel_lock_not_confirmed": mark(
        "The travel lock was not confirmed. Nothing was changed."
    ),
    "services.travel_request_changed": mark(
        "The request is not the one that this answer or this key was made for. Nothing was changed."
    ),
    "services.travel_other_vault": mark(
        "A file of the travel unlock belongs to another vault ({file}). Nothing was changed."
    ),
    "services.travel_signer": mark(
        "The answer was signed by somebody else than the request names ({signer}). Nothing was "
        "changed; call your colleague."
    ),
    "services.travel_card": mark(
        "The owner of this card cannot open the vault. Nothing was written."
    ),
    "services.travel_code": mark(
        "The digits are not those of this request. Nothing was written: do not answer it, call "
        "your colleague."
    ),
    "crypto.error": mark("A cipher refused its input. Nothing was changed."),
    "crypto.self_test_failed": mark(
        "The program's own test of its ciphers failed ({primitive}). No vault is opened; install "
        "the program again."
    ),
    "crypto.kdf_out_of_bounds": mark(
        "The header asks for a key derivation outside the allowed bounds ({parameter}). It was "
        "not opened."
    ),
    "crypto.not_enough_memory": mark(
        "There is not enough memory to derive the key ({memory_kib} KiB). Close other programs "
        "and try again."
    ),
    "crypto.passphrase_not_text": mark("The passphrase holds half of a character."),
    "crypto.wrong_key": mark("This key does not open it."),
    "crypto.tampered": mark("A key was changed on the disk. Nothing was opened."),
    "crypto.object_tampered": mark("An encrypted file was changed. It was not opened."),
    "crypto.bad_public_key": mark("This is not a public key."),
    "crypto.bad_signature": mark("The signature does not belong to this content."),
    "crypto.malformed_signature": mark("This is not a signature that can be relied on."),
    "crypto.wrong_namespace": mark("The signature was made for another purpose."),
    "crypto.age": mark("The age file could not be used. Nothing was written."),
    "crypto.age_not_an_age_file": mark("This is not an age file."),
    "crypto.age_no_matching_identity": mark(
        "This file is for somebody else, or the passphrase is wrong."
    ),
    "crypto.age_header_tampered": mark(
        "The beginning of the age file was changed. Nothing was written."
    ),
    "crypto.age_payload_tampered": mark(
        "The age file was changed or cut off. Nothing was written."
    ),
    "crypto.age_armor_malformed": mark(
        "The text form of the age file is damaged. Nothing was written."
    ),
    "crypto.age_work_factor_too_high": mark(
        "The file asks for too much work to try its passphrase ({log_n}; at most {cap}). It was "
        "not tried."
    ),
    "crypto.age_bad_recipient": mark("This is not an age recipient."),
    "crypto.age_bad_identity": mark("Line {line} is not an age identity."),
    "crypto.age_recipients_do_not_mix": mark(
        "These recipients cannot share one file. Nothing was written."
    ),
}
