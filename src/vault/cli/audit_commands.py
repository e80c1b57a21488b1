# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah audit verify|export`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from vault.cli.arguments import Subparsers, add_command, add_group, add_vault, opened
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `audit`."""
    group = add_group(commands, "audit", _("the chain of everything that was done"))
    add_vault(add_command(group, "verify", _verify, _("find edited, removed or moved entries")))
    export = add_command(group, "export", _export, _("write the chain as JSON lines"))
    add_vault(export)
    export.add_argument("--out", metavar="FILE", type=Path, help=_("else standard output"))


def _verify(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import upkeep

    with opened(parsed, output) as session:
        report = upkeep.verify_audit(session)
    output.result(
        {"ok": report.ok, "entries": report.entries, "first_bad": report.first_bad},
        (
            _("{count} entries, unbroken.").format(count=report.entries)
            if report.ok
            else _("{count} entries; entry {number} does not follow from the one before.").format(
                count=report.entries, number=report.first_bad
            ),
        ),
    )
    return 0 if report.ok else 1


def _export(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import case_files, upkeep

    with opened(parsed, output) as session:
        entries = upkeep.audit_lines(session)
    lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries]
    if parsed.out is None:
        output.result({"entries": list(entries)}, lines)
        return 0
    case_files.write_new_file(parsed.out, ("\n".join(lines) + "\n").encode("utf-8"))
    output.result({"written": str(parsed.out)}, (_("Written: {path}").format(path=parsed.out),))
    return 0
