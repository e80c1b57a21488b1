# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah identity show` and `panah contact add|list|verify`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vault.cli.arguments import Subparsers, add_command, add_group, add_vault, opened
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the groups `identity` and `contact`."""
    identity = add_group(commands, "identity", _("your own keys and card"))
    show = add_command(identity, "show", _show, _("show your contact card"))
    add_vault(show)
    show.add_argument(
        "--opens-with",
        choices=("panah", "age-1.3", "age"),
        default="panah",
        help=_("what you open bundles with; age means a version before 1.3"),
    )
    show.add_argument("--out", metavar="FILE", type=Path, help=_("write the card to a file"))
    contact = add_group(commands, "contact", _("colleagues"))
    adding = add_command(contact, "add", _add, _("add a colleague's card"))
    add_vault(adding)
    adding.add_argument("file", metavar="CARD", type=Path)
    add_vault(add_command(contact, "list", _list, _("list the colleagues")))
    verify = add_command(
        contact, "verify", _verify, _("confirm a card by the 40 digits compared by voice")
    )
    add_vault(verify)
    verify.add_argument("contact", metavar="CONTACT")
    verify.add_argument("code", metavar="CODE", help=_("the 40 digits your colleague reads out"))


def _show(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import case_files, contacts

    with opened(parsed, output) as session:
        card = contacts.own_card(session, parsed.opens_with)
    if parsed.out is not None:
        case_files.write_new_file(parsed.out, card.text.encode("utf-8"))
    output.result(
        {"name": card.display_name, "code": card.code, "card": card.text},
        (card.text, _("Code to compare: {code}").format(code=card.code)),
    )
    return 0


def _add(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import contacts

    text = parsed.file.read_text(encoding="utf-8")
    with opened(parsed, output) as session:
        contact = contacts.add_contact(session, text)
    output.result(
        {"name": contact.display_name, "code": contact.code, "verified": contact.verified},
        (
            _("Added, not verified yet: {name}").format(name=contact.display_name),
            _("Compare this code through another channel: {code}").format(code=contact.code),
        ),
    )
    return 0


def _list(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import contacts

    with opened(parsed, output) as session:
        rows = contacts.list_contacts(session)
    output.result(
        {
            "contacts": [
                {
                    "name": row.display_name,
                    "organisation": row.organisation,
                    "verified": row.verified,
                    "code": row.code,
                    "opens_with": row.opens_with,
                }
                for row in rows
            ]
        },
        (
            f"{row.display_name}  {row.organisation}  "
            + (_("verified") if row.verified else _("NOT VERIFIED"))
            for row in rows
        ),
    )
    return 0


def _verify(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import contacts

    with opened(parsed, output) as session:
        contact = contacts.verify_contact(session, parsed.contact, parsed.code)
    output.result(
        {"name": contact.display_name, "verified": True},
        (_("Verified: {name}").format(name=contact.display_name),),
    )
    return 0
