# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah vault slots list|add|revoke|test` and `panah vault unlock-test`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vault.cli.arguments import (
    Subparsers,
    WrongUse,
    add_command,
    add_credential,
    add_group,
    opened,
    read_credential,
    read_secret,
)
from vault.cli.output import Output
from vault.i18n import _

_TYPES = ("passphrase", "passphrase+keyring", "keyring", "recovery", "recipient")


def add_to_vault(group: Subparsers) -> None:
    """Add the slot commands to the group `vault`."""
    slots = add_group(group, "slots", _("the ways of opening a vault"))
    listing = add_command(slots, "list", _list, _("list the slots"))
    listing.add_argument("path", metavar="PATH", type=Path)
    adding = add_command(slots, "add", _add, _("add a slot"))
    adding.add_argument("path", metavar="PATH", type=Path)
    adding.add_argument("--type", choices=_TYPES, required=True)
    adding.add_argument("--new-passphrase-file", metavar="F")
    adding.add_argument("--to", metavar="CONTACT", help=_("for a recipient slot"))
    adding.add_argument("--kdf", choices=("calibrated", "floor"), default="calibrated")
    add_credential(adding)
    revoke = add_command(slots, "revoke", _revoke, _("take a slot out of both header copies"))
    revoke.add_argument("path", metavar="PATH", type=Path)
    revoke.add_argument("--slot", metavar="ID", required=True)
    add_credential(revoke)
    testing = add_command(slots, "test", _test, _("prove that a credential opens a slot"))
    testing.add_argument("path", metavar="PATH", type=Path)
    testing.add_argument("--slot", metavar="ID", required=True)
    add_credential(testing)
    unlocking = add_command(group, "unlock-test", _unlock_test, _("open and close; change nothing"))
    unlocking.add_argument("path", metavar="PATH", type=Path)
    add_credential(unlocking)


def _list(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import vaults

    info = vaults.vault_info(parsed.path)
    output.result(
        {
            "slots": [
                {"id": slot.id, "type": slot.type, "created": slot.created} for slot in info.slots
            ]
        },
        (f"{slot.id}  {slot.type:<20} {slot.created}" for slot in info.slots),
    )
    return 0


def _add(parsed: argparse.Namespace, output: Output) -> int:
    from vault.crypto.kdf import at_floor
    from vault.services import slots

    kind = slots.NewSlot(parsed.type)
    if kind is slots.NewSlot.RECIPIENT and not parsed.to:
        raise WrongUse(_("--to CONTACT is needed for a recipient slot."))
    with opened(parsed, output, parsed.path) as session:
        if kind is slots.NewSlot.RECOVERY:
            with slots.replace_recovery_code(session) as code:
                shown = code.view().decode("ascii")
                output.result(
                    {"recovery_code": shown},
                    (_("The old recovery code opens nothing any more. The new one:"), "", shown),
                )
            return 0
        if kind is slots.NewSlot.RECIPIENT:
            added = slots.add_recipient(session, parsed.to)
        elif kind is slots.NewSlot.KEYRING:
            added = slots.add_keyring(session)
        else:
            added = slots.add_passphrase(
                session,
                read_secret(parsed.new_passphrase_file, _("New passphrase: ")),
                with_keyring=kind is slots.NewSlot.PASSPHRASE_AND_KEYRING,
                kdf=at_floor() if parsed.kdf == "floor" else None,
            )
    output.result({"slot": added}, (_("Added: {slot}").format(slot=added),))
    return 0


def _revoke(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import slots

    with opened(parsed, output, parsed.path) as session:
        slots.revoke(session, parsed.slot)
    output.result(
        {"revoked": parsed.slot},
        (
            _("Revoked in both copies of the header: {slot}").format(slot=parsed.slot),
            _("Backups made before today still open with it."),
        ),
    )
    return 0


def _test(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import slots

    slot = slots.prove(parsed.path, read_credential(parsed), slot_id=parsed.slot)
    output.result({"opens": slot}, (_("This slot opens the vault: {slot}").format(slot=slot),))
    return 0


def _unlock_test(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import slots

    slot = slots.prove(parsed.path, read_credential(parsed))
    output.result({"opens": slot}, (_("The vault opens; nothing was changed."),))
    return 0
