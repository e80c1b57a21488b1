# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah demo`: the demonstration vault, a redacted dossier, an encrypted bundle, all checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from vault.cli.arguments import Subparsers, add_command
from vault.cli.output import Output, Stopwatch
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the command `demo`."""
    parser = add_command(commands, "demo", _demo, _("build the demonstration and check it"))
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("demo-out"))
    parser.add_argument("--no-window", action="store_true", help=_("do not open the window"))


def _demo(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import demonstration

    watch = Stopwatch()
    report = demonstration.build_demonstration(parsed.out, output.progress())
    output.result(
        report.as_json(),
        (
            *(f"{what:<26} {path}" for what, path in report.places),
            "",
            *(f"{'✓' if check.ok else '✗'} {check.text}" for check in report.checks),
            "",
            _("{done} of {count} checks passed in {seconds:.1f} seconds.").format(
                done=sum(check.ok for check in report.checks),
                count=len(report.checks),
                seconds=watch.seconds(),
            ),
            _("Passphrase of the demonstration vault: {passphrase}").format(
                passphrase=demonstration.PASSPHRASE
            ),
        ),
    )
    if not report.ok:
        return 1
    if not parsed.no_window and not parsed.json:
        from vault import app

        if app.has_display():
            return app.open_window(report.vault)
        output.note(_("There is no display, so the window was not opened."))
    return 0
