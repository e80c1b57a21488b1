# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah bundle create|inspect|open`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vault.cli.arguments import (
    Subparsers,
    add_command,
    add_credential,
    add_group,
    add_vault,
    opened,
)
from vault.cli.output import Output
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `bundle`."""
    group = add_group(commands, "bundle", _("encrypted bundles for colleagues"))
    create = add_command(group, "create", _create, _("encrypt a case to colleagues"))
    add_vault(create, case=True)
    create.add_argument("--to", metavar="CONTACT", nargs="+", action="extend", required=True)
    create.add_argument("--out", metavar="FILE", type=Path, required=True)
    create.add_argument("--purpose", default="", help=_("what the colleague needs it for"))
    inspect = add_command(group, "inspect", _inspect, _("show who sent what, before taking it in"))
    inspect.add_argument("file", metavar="FILE", type=Path)
    inspect.add_argument("--vault", metavar="PATH", type=Path, help=_("vault whose keys open it"))
    add_credential(inspect)
    opening = add_command(group, "open", _open, _("take a bundle into a vault"))
    opening.add_argument("file", metavar="FILE", type=Path)
    add_vault(opening)
    opening.add_argument(
        "--allow-older", action="store_true", help=_("although a later one was taken in")
    )


def _create(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import bundles

    with opened(parsed, output) as session:
        plan = bundles.prepare_bundle(session, parsed.case, parsed.to, purpose=parsed.purpose)
        for name in plan.unverified:
            output.note(_("Not verified: {name}").format(name=name))
        result = bundles.write_bundle(session, plan, parsed.out, output.progress())
        bundles.record_bundle(session, plan, result)
    output.result(
        result.as_json(),
        (
            _("Written: {path} ({size} bytes)").format(path=result.path, size=result.size),
            _("Opens with: {recipients}").format(recipients=result.encryption),
        ),
    )
    return 0


def _inspect(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import bundle_import

    if parsed.vault is None:
        outside = bundle_import.inspect_outside(parsed.file)
        output.result(
            outside.as_json(),
            (
                _("age file, {size} bytes, for {count} recipients ({kind}).").format(
                    size=outside.size, count=outside.recipients, kind=outside.kind
                ),
                _("Give --vault PATH to see who sent it."),
            ),
        )
        return 0
    with opened(parsed, output) as session:
        head = bundle_import.inspect_bundle(session, parsed.file)
    output.result(
        head.as_json(),
        (
            _("From: {name} ({state})").format(
                name=head.sender_name,
                state=_("verified") if head.sender_verified else _("NOT VERIFIED"),
            ),
            _("Made: {created}  Purpose: {purpose}").format(
                created=head.created, purpose=head.purpose
            ),
            _("{size} bytes of records, {objects} files").format(
                size=head.records, objects=head.objects
            ),
        ),
    )
    return 0


def _open(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import bundle_import

    with opened(parsed, output) as session:
        report = bundle_import.import_bundle(
            session, parsed.file, output.progress(), allow_older=parsed.allow_older
        )
    if not report.sender_verified:
        output.note(_("The sender is NOT VERIFIED: {name}").format(name=report.sender_name))
    output.result(
        report.as_json(),
        (
            _("Taken in: case {reference}, {added} records new, {updated} updated.").format(
                reference=report.case_reference, added=report.added, updated=report.updated
            ),
            *(_("Left as it is here: {ref}").format(ref=ref) for ref in report.conflicts),
        ),
    )
    return 0
