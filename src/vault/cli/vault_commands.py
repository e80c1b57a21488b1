# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah vault create|info|check|backup|restore|rescue`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vault.cli.arguments import (
    Subparsers,
    WrongUse,
    add_command,
    add_credential,
    add_group,
    opened,
    read_secret,
)
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `vault`; slots and travelling have modules of their own."""
    from vault.cli import slot_commands, travel_commands

    group = add_group(commands, "vault", _("create, inspect and keep vaults"))
    create = add_command(group, "create", _create, _("create a vault"))
    create.add_argument("path", metavar="PATH", type=Path)
    create.add_argument("--name", default="", help=_("your name, as it appears on what you sign"))
    create.add_argument("--organisation", default="", help=_("your office or organisation"))
    create.add_argument(
        "--keyring",
        choices=("auto", "require", "none"),
        default="auto",
        help=_("let the system's keyring strengthen the passphrase"),
    )
    create.add_argument("--passphrase-file", metavar="F", help=_("- for standard input"))
    create.add_argument(
        "--kdf",
        choices=("calibrated", "floor"),
        default="calibrated",
        help=_("cost of the key derivation; the floor is for tests"),
    )
    info = add_command(group, "info", _info, _("what the header says without a key"))
    info.add_argument("path", metavar="PATH", type=Path)
    check = add_command(group, "check", _check, _("check every page, record, entry and file"))
    check.add_argument("path", metavar="PATH", type=Path)
    add_credential(check)
    backup = add_command(group, "backup", _backup, _("write a verified backup"))
    backup.add_argument("path", metavar="PATH", type=Path)
    backup.add_argument("--to", metavar="DIR", type=Path, required=True)
    add_credential(backup)
    restore = add_command(group, "restore", _restore, _("put a backup into a new folder"))
    restore.add_argument("path", metavar="PATH", type=Path, help=_("new vault folder"))
    restore.add_argument("--from", dest="source", metavar="DIR", type=Path, required=True)
    add_credential(restore)
    rescue = add_command(group, "rescue", _rescue, _("save what is still sound in a damaged vault"))
    rescue.add_argument("path", metavar="PATH", type=Path)
    rescue.add_argument("--to", metavar="DIR", type=Path, required=True)
    add_credential(rescue)
    slot_commands.add_to_vault(group)
    travel_commands.add_to_vault(group)


def _create(parsed: argparse.Namespace, output: Output) -> int:
    from vault.crypto.kdf import at_floor
    from vault.services import vaults

    passphrase = read_secret(parsed.passphrase_file, _("New passphrase: "))
    if parsed.passphrase_file is None:
        again = read_secret(None, _("The same once more: "))
        same = passphrase == again
        again[:] = bytes(len(again))
        if not same:
            raise WrongUse(_("The two passphrases differ. Nothing was created."))
    created = vaults.create_vault(
        parsed.path,
        passphrase=passphrase,
        display_name=parsed.name,
        organisation=parsed.organisation,
        keyring=vaults.KeyringWish(parsed.keyring),
        kdf=at_floor() if parsed.kdf == "floor" else None,
        progress=output.progress(),
    )
    with created.recovery_code as code:
        shown = code.view().decode("ascii")
        output.result(
            {
                "vault": str(created.folder),
                "keyring": created.keyring_state,
                "recovery_code": shown,
            },
            (
                _("Vault: {path}").format(path=created.folder),
                vaults.keyring_text(created.keyring_state),
                _("Recovery code. Copy it by hand now; it is not shown again:"),
                "",
                f"    {shown}",
                "",
            ),
        )
    if sys.stdin.isatty() and parsed.passphrase_file is None:
        _prove(parsed.path, output)
    return 0


def _prove(folder: Path, output: Output) -> None:
    from vault.keys.errors import BadRecoveryCode, WrongRecoveryCode
    from vault.sentences import sentence
    from vault.services import vaults

    while True:
        typed = read_secret(None, _("Type the recovery code from your copy: "))
        try:
            vaults.prove_recovery_code(folder, typed)
        except (BadRecoveryCode, WrongRecoveryCode) as error:
            output.note(sentence(error))
            continue
        output.note(_("The code on your copy opens this vault."))
        return


def _info(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import vaults

    info = vaults.vault_info(parsed.path)
    output.result(
        {
            "name": info.name,
            "format": info.format,
            "generation": info.generation,
            "slots": [
                {"id": slot.id, "type": slot.type, "created": slot.created} for slot in info.slots
            ],
            "keyring": info.keyring_state,
        },
        (
            _("{name}: format {format}, header generation {generation}").format(
                name=info.name, format=info.format, generation=info.generation
            ),
            *(f"  {slot.type:<20} {slot.created}  {slot.id}" for slot in info.slots),
            vaults.keyring_text(info.keyring_state),
        ),
    )
    return 0


def _check(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import upkeep

    with opened(parsed, output, parsed.path) as session:
        report = upkeep.check_vault(session, output.progress())
    output.result(
        {
            "ok": report.ok,
            "records": report.records,
            "objects": report.objects,
            "audit_entries": report.audit_entries,
            "problems": list(report.problems),
        },
        (
            _("Checked: {records} records, {objects} files, {entries} audit entries.").format(
                records=report.records, objects=report.objects, entries=report.audit_entries
            ),
            *(report.problems or (_("Everything is as it was written."),)),
        ),
    )
    return 0 if report.ok else 1


def _backup(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import upkeep

    with opened(parsed, output, parsed.path) as session:
        made = upkeep.back_up(session, parsed.to, output.progress())
    output.result(
        {"backup": str(made)}, (_("Backup, opened again and checked: {path}").format(path=made),)
    )
    return 0


def _restore(parsed: argparse.Namespace, output: Output) -> int:
    from vault.cli.arguments import read_credential
    from vault.services import upkeep

    upkeep.restore(parsed.source, parsed.path, read_credential(parsed), output.progress())
    output.result(
        {"vault": str(parsed.path)}, (_("Restored and checked: {path}").format(path=parsed.path),)
    )
    return 0


def _rescue(parsed: argparse.Namespace, output: Output) -> int:
    from vault.cli.arguments import read_credential
    from vault.services import upkeep

    report = upkeep.rescue_vault(parsed.path, parsed.to, read_credential(parsed), output.progress())
    output.result(
        {"saved": report.saved, "lost": list(report.lost), "to": str(parsed.to)},
        (
            _("{count} records and files saved to {path}").format(
                count=report.saved, path=parsed.to
            ),
            *(_("Lost: {what}").format(what=what) for what in report.lost),
        ),
    )
    return 0 if not report.lost else 1
