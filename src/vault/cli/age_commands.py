# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah age keygen|encrypt|decrypt`: plain age files."""

from __future__ import annotations

import argparse

from vault.cli.arguments import Subparsers, WrongUse, add_command, add_group, read_secret
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `age`."""
    group = add_group(commands, "age", _("plain age files, as the age program reads them"))
    keygen = add_command(group, "keygen", _keygen, _("make an identity"))
    keygen.add_argument("--pq", action="store_true", help=_("hybrid post-quantum"))
    encrypting = add_command(group, "encrypt", _encrypt, _("encrypt a file"))
    encrypting.add_argument("-r", "--recipient", action="append", default=[], metavar="RECIPIENT")
    encrypting.add_argument("--armor", action="store_true", help=_("as text"))
    decrypting = add_command(group, "decrypt", _decrypt, _("decrypt a file"))
    decrypting.add_argument("-i", "--identity", action="append", default=[], metavar="KEYFILE")
    for parser in (encrypting, decrypting):
        parser.add_argument("--passphrase-file", metavar="F", help=_("- for standard input"))
        parser.add_argument("source", metavar="IN", help=_("- for standard input"))
        parser.add_argument("target", metavar="OUT", help=_("- for standard output"))


def _keygen(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import age_files

    secret, recipient = age_files.new_identity(post_quantum=parsed.pq)
    with secret:
        shown = secret.view().decode("ascii")
        output.result(
            {"recipient": recipient, "identity": shown}, (f"# public key: {recipient}", shown)
        )
    return 0


def _one_way(parsed: argparse.Namespace, keys: list[str], option: str) -> bool:
    """Tell whether a passphrase is used; refuse both ways at once and neither."""
    if bool(keys) == (parsed.passphrase_file is not None):
        raise WrongUse(_("Give either {option} or --passphrase-file.").format(option=option))
    if {parsed.passphrase_file, parsed.source} == {"-"}:
        raise WrongUse(_("Standard input can give the passphrase or the file, not both."))
    return not keys


def _encrypt(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import age_files

    if _one_way(parsed, parsed.recipient, "-r RECIPIENT"):
        recipients = [age_files.passphrase_recipient(read_secret(parsed.passphrase_file, ""))]
    else:
        recipients = age_files.recipients_of(parsed.recipient)
    age_files.encrypt_file(
        recipients, parsed.source, parsed.target, armor=parsed.armor, progress=output.progress()
    )
    return _done(parsed, output)


def _decrypt(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import age_files

    if _one_way(parsed, parsed.identity, "-i KEYFILE"):
        identities = [age_files.passphrase_identity(read_secret(parsed.passphrase_file, ""))]
    else:
        identities = age_files.identities_of(parsed.identity)
    age_files.decrypt_file(identities, parsed.source, parsed.target, progress=output.progress())
    return _done(parsed, output)


def _done(parsed: argparse.Namespace, output: Output) -> int:
    if parsed.target != "-":
        output.result(
            {"written": parsed.target}, (_("Written: {path}").format(path=parsed.target),)
        )
    return 0
