# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Arguments that commands share, and how a secret reaches a command without being one."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vault.cli.output import Output
from vault.domain.values import JsonObject
from vault.i18n import _

if TYPE_CHECKING:
    from vault.services.session import VaultSession

Command = Callable[[argparse.Namespace, Output], int]
Subparsers = Any  # argparse keeps the type of what add_subparsers returns to itself

_STANDARD_INPUT: Final = "-"


class WrongUse(Exception):
    """The words were right for the parser and are wrong together; exit code 2."""


def add_command(
    commands: Subparsers, name: str, run: Command, text: str
) -> argparse.ArgumentParser:
    """Add one command with what every command has; `run` carries it out."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help=_("machine-readable output"))
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Subparsers, name: str, text: str) -> Subparsers:
    """Add a word that is followed by a command of its own."""
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(metavar=_("COMMAND"), required=True)


def add_credential(parser: argparse.ArgumentParser) -> None:
    """Let the passphrase (or with --recovery the code) come from a prompt or a file."""
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        help=_("read the passphrase from this file, - for standard input; else it is asked for"),
    )
    parser.add_argument(
        "--recovery", action="store_true", help=_("open with the recovery code instead")
    )


def add_vault(parser: argparse.ArgumentParser, *, case: bool | None = None) -> None:
    """Add --vault and, when `case` is not None, --case; True makes it required."""
    parser.add_argument("--vault", metavar="PATH", type=Path, required=True, help=_("vault folder"))
    add_credential(parser)
    if case is not None:
        parser.add_argument("--case", metavar="REF", required=case, help=_("reference of the case"))


def read_secret(source: str | None, prompt: str) -> bytearray:
    """Return a secret from a file, standard input or a prompt, without its line end.

    The buffer is the caller's to zero. A prompt never echoes.
    """
    if source is None:
        return bytearray(getpass.getpass(prompt).encode("utf-8"))
    if source == _STANDARD_INPUT:
        secret = bytearray(sys.stdin.buffer.read())
    else:
        secret = bytearray(Path(source).read_bytes())
    for ending in (b"\n", b"\r"):
        if secret.endswith(ending):
            secret.pop()
    return secret


def read_credential(parsed: argparse.Namespace) -> Any:
    """Return the credential that the arguments name."""
    from vault.services import vaults

    if parsed.recovery:
        secret = read_secret(parsed.passphrase_file, _("Recovery code: "))
        return vaults.recovery_credential(secret)
    return vaults.passphrase_credential(read_secret(parsed.passphrase_file, _("Passphrase: ")))


@contextmanager
def opened(
    parsed: argparse.Namespace, output: Output, folder: Path | None = None
) -> Iterator[VaultSession]:
    """Open the vault the arguments name, and close it however the command ends."""
    from vault.services import vaults

    session = vaults.open_vault(folder or parsed.vault, read_credential(parsed), output.progress())
    try:
        for warning in session.warnings:
            output.note(vaults.warning_text(warning))
        yield session
    finally:
        session.close()


def read_json(path: str | None) -> JsonObject:
    """Return the JSON object of a file, or of standard input when no file is named."""
    raw = (
        sys.stdin.buffer.read() if path in {None, _STANDARD_INPUT} else Path(str(path)).read_bytes()
    )
    document = json.loads(raw.decode("utf-8-sig"))
    if not isinstance(document, dict):
        raise WrongUse(_("A JSON object is expected."))
    return document
