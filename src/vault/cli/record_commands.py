# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah record add|edit|show|history|seal`: every kind of the case file."""

from __future__ import annotations

import argparse
import json

from vault.cli.arguments import (
    Subparsers,
    WrongUse,
    add_command,
    add_group,
    add_vault,
    opened,
    read_json,
)
from vault.cli.output import Output
from vault.domain.records import KINDS
from vault.i18n import _


def add_to(commands: Subparsers) -> None:
    """Add the group `record`."""
    group = add_group(commands, "record", _("records of every kind"))
    for name, run, text in (
        ("add", _add, _("add a record from JSON")),
        ("edit", _edit, _("change a record: the members given replace its own")),
        ("show", _show, _("show one record, or all of a kind")),
        ("history", _history, _("show who wrote which version when")),
        ("seal", _seal, _("seal a record: it never changes again")),
    ):
        parser = add_command(group, name, run, text)
        add_vault(parser, case=False)
        parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(KINDS))
        parser.add_argument("--ref", metavar="REF", help=_("reference of the record, such as P01"))
        parser.add_argument(
            "--json-file",
            metavar="F",
            help=_("for add and edit: the record's members; else standard input"),
        )


def _case_of(parsed: argparse.Namespace) -> str:
    if parsed.case is None:
        raise WrongUse(_("--case REF is needed for this kind."))
    return str(parsed.case)


def _ref_of(parsed: argparse.Namespace) -> str:
    if parsed.ref is not None:
        return str(parsed.ref)
    if parsed.kind == "case":
        return ""
    raise WrongUse(_("--ref REF is needed."))


def _add(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import record_editing

    body = read_json(parsed.json_file)
    case = "" if parsed.kind == "case" else _case_of(parsed)
    with opened(parsed, output) as session:
        ref = record_editing.add_from_json(session, case, parsed.kind, body, ref=parsed.ref or "")
    output.result({"ref": ref}, (_("Added: {ref}").format(ref=ref),))
    return 0


def _edit(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import record_editing

    body = read_json(parsed.json_file)
    with opened(parsed, output) as session:
        changed = record_editing.edit_from_json(
            session, _case_of(parsed), parsed.kind, _ref_of(parsed), body
        )
    output.result(
        {"changed": list(changed)},
        (_("Changed: {names}").format(names=", ".join(changed) or _("nothing")),),
    )
    return 0


def _show(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import record_editing

    with opened(parsed, output) as session:
        records = record_editing.as_json(session, _case_of(parsed), parsed.kind, parsed.ref)
    output.result(
        {"records": list(records)},
        (json.dumps(record, ensure_ascii=False, indent=2) for record in records),
    )
    return 0


def _history(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import record_editing

    with opened(parsed, output) as session:
        versions = record_editing.history(session, _case_of(parsed), parsed.kind, _ref_of(parsed))
    output.result(
        {
            "versions": [
                {
                    "at": version.at,
                    "author": version.author_name,
                    "hash": version.hash,
                    "relayed": version.relayed,
                }
                for version in versions
            ]
        },
        (f"{version.at}  {version.hash[:16]}  {version.author_name}" for version in versions),
    )
    return 0


def _seal(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import record_editing

    with opened(parsed, output) as session:
        record_editing.seal(session, _case_of(parsed), parsed.kind, _ref_of(parsed))
    output.result({"sealed": _ref_of(parsed)}, (_("Sealed: {ref}").format(ref=_ref_of(parsed)),))
    return 0
