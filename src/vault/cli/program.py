# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parser of the whole command line, and the one place where its errors end."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Sequence
from typing import Final

from vault import __version__, i18n
from vault.cli import (
    age_commands,
    audit_commands,
    bundle_commands,
    case_commands,
    demo_command,
    dossier_commands,
    identity_commands,
    record_commands,
    redact_command,
    vault_commands,
)
from vault.cli.arguments import Command, WrongUse
from vault.cli.output import Output
from vault.errors import VaultBug, VaultError
from vault.i18n import _
from vault.progress import Cancelled

DONE: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2

_GROUPS: Final = (
    demo_command,
    vault_commands,
    record_commands,
    case_commands,
    redact_command,
    dossier_commands,
    bundle_commands,
    age_commands,
    identity_commands,
    audit_commands,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without a command, open the window."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    i18n.set_language(os.environ.get("PANAH_LANGUAGE") or _system_language())
    _speak_utf8()
    if not given or given[0] in {"--session", "--worker"}:
        from vault import app

        return app.main(given)
    parser = build_parser()
    parsed = parser.parse_args(given)
    output = Output(as_json=parsed.json)
    return run(parsed.run, parsed, output)


def run(command: Command, parsed: argparse.Namespace, output: Output) -> int:
    """Run a parsed command; whatever goes wrong ends here as a sentence and an exit code."""
    try:
        return command(parsed, output)
    except VaultError as error:
        output.refuse(error)
        return REFUSED
    except WrongUse as error:
        output.note(str(error))
        return WRONG_USE
    except BrokenPipeError:
        pass  # Whoever read the output has had enough.
    except (Cancelled, KeyboardInterrupt):
        output.note(_("Stopped. Nothing was left half-done."))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        output.note(_outside(error))
    except VaultBug:
        output.note(_("This is a mistake in the program. Your data was not changed."))
    return REFUSED


def _outside(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return _("{path}: {reason}").format(
            path=error.filename or "", reason=error.strerror or type(error).__name__
        )
    if isinstance(error, json.JSONDecodeError):
        return _("Not JSON: line {line}, column {column}.").format(
            line=error.lineno, column=error.colno
        )
    return _("The text is not UTF-8.")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command; the tests read its words as the contract."""
    parser = argparse.ArgumentParser(
        prog="panah", description=_("Case files in an encrypted vault, offline.")
    )
    parser.add_argument("--version", action="version", version=f"panah {__version__}")
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    for group in _GROUPS:
        group.add_to(commands)
    return parser


def _system_language() -> str:
    try:
        return locale.getlocale()[0] or "en"
    except ValueError:
        return "en"


def _speak_utf8() -> None:
    # A Windows console or a C locale would refuse Cyrillic; a result must never be lost to that.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
