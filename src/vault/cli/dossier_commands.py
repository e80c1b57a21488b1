# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah dossier build|check`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vault.cli.arguments import (
    Subparsers,
    add_command,
    add_group,
    add_vault,
    opened,
    read_json,
)
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `dossier`."""
    group = add_group(commands, "dossier", _("redacted dossiers"))
    build = add_command(group, "build", _build, _("build, check and write a dossier"))
    add_vault(build, case=True)
    build.add_argument("--dossier", metavar="ID", required=True)
    build.add_argument("--out", metavar="FILE", type=Path, required=True)
    build.add_argument(
        "--pictures-confirmed",
        action="store_true",
        help=_("somebody looked at every picture that the dossier shows"),
    )
    check = add_command(group, "check", _check, _("look for what a profile hides in any PDF"))
    check.add_argument("file", metavar="FILE", type=Path)
    check.add_argument("--case", metavar="CASE.json", required=True)
    check.add_argument("--profile", metavar="ID", required=True)


def _build(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import dossiers

    with opened(parsed, output) as session:
        plan = dossiers.prepare_dossier(session, parsed.case, parsed.dossier)
        for person in plan.blocked:
            output.note(dossiers.blocked_text(person))
        result = dossiers.build_dossier(
            plan,
            parsed.out,
            output.progress(),
            pictures_confirmed=parsed.pictures_confirmed,
        )
        dossiers.record_dossier(session, plan, result)
    output.result(
        result.as_json(),
        (
            _("Written: {path} ({pages} pages)").format(path=result.path, pages=result.pages),
            _("Checked by {readers}: nothing hidden shows.").format(
                readers=", ".join(result.readers)
            ),
        ),
    )
    return 0


def _check(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import dossiers

    report = dossiers.check_pdf(
        parsed.file, read_json(parsed.case), parsed.profile, output.progress()
    )
    output.result(
        report.as_json(),
        (
            *(dossiers.finding_text(finding) for finding in report.findings),
            _("{count} places found.").format(count=len(report.findings)),
        ),
    )
    return 1 if report.findings else 0
