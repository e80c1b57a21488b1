# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah case`, `panah evidence`, `panah search` and `panah deadlines`."""

from __future__ import annotations

import argparse
import json
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
from vault.i18n import _, current_language


def add_to(commands: Subparsers) -> None:
    """Add the commands that read a case and bring files into it."""
    case = add_group(commands, "case", _("list, show, import and export cases"))
    add_vault(add_command(case, "list", _list, _("list the cases")))
    add_vault(add_command(case, "show", _show, _("show what a case holds")), case=True)
    importing = add_command(case, "import", _import, _("import a panah-case JSON file"))
    add_vault(importing)
    importing.add_argument("file", metavar="FILE", help=_("- for standard input"))
    exporting = add_command(case, "export", _export, _("export a case as panah-case JSON"))
    add_vault(exporting, case=True)
    exporting.add_argument("--out", metavar="FILE", type=Path, help=_("else standard output"))
    _add_evidence(commands)
    search = add_command(commands, "search", _search, _("search everything"))
    add_vault(search, case=False)
    search.add_argument("words", metavar="WORDS", nargs="+")
    add_vault(
        add_command(commands, "deadlines", _deadlines, _("deadlines by time left")), case=False
    )


def _add_evidence(commands: Subparsers) -> None:
    evidence = add_group(commands, "evidence", _("evidence files"))
    adding = add_command(evidence, "add", _evidence_add, _("take files in as evidence"))
    add_vault(adding, case=True)
    adding.add_argument("files", metavar="FILE", type=Path, nargs="+")
    adding.add_argument("--evidence", metavar="REF", help=_("add to this piece of evidence"))
    adding.add_argument("--from", dest="received_from", metavar="REF", default="")
    adding.add_argument("--method", default="", help=_("how it was obtained"))
    add_vault(add_command(evidence, "list", _evidence_list, _("list the evidence")), case=True)
    extract = add_command(evidence, "extract", _evidence_extract, _("write files out, decrypted"))
    add_vault(extract, case=True)
    extract.add_argument("files", metavar="FILE", nargs="+", help=_("exhibit number or reference"))
    extract.add_argument("--out", metavar="DIR", type=Path, required=True)
    verify = add_command(evidence, "verify", _evidence_verify, _("hash every file again"))
    add_vault(verify, case=True)
    verify.add_argument("files", metavar="FILE", nargs="*", help=_("exhibit number or reference"))


def _list(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import casework

    with opened(parsed, output) as session:
        rows = casework.list_cases(session)
    language = current_language()
    output.result(
        {
            "cases": [
                {
                    "reference": row.case.reference,
                    "title": row.case.title.best(language),
                    "status": row.case.status,
                    "persons": row.persons,
                    "incidents": row.incidents,
                    "evidence": row.evidence,
                }
                for row in rows
            ]
        },
        (f"{row.case.reference:<16} {row.case.title.best(language)}" for row in rows),
    )
    return 0


def _show(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import casework

    with opened(parsed, output) as session:
        shown = casework.describe_case(session, parsed.case)
    output.result(
        shown.as_json(),
        (
            f"{shown.reference}  {shown.title}",
            *(f"  {kind:<22} {count:>6}" for kind, count in shown.counts),
        ),
    )
    return 0


def _import(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import case_files

    document = read_json(parsed.file)
    with opened(parsed, output) as session:
        imported = case_files.import_case(session, document, output.progress())
    output.result(
        {"case": imported.reference, "imported": dict(imported.counts), "files": imported.files},
        (
            _("Imported: {reference}").format(reference=imported.reference),
            *(f"  {kind:<22} {count:>6}" for kind, count in imported.counts),
        ),
    )
    return 0


def _export(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import case_files

    with opened(parsed, output) as session:
        document = case_files.export_case(session, parsed.case)
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    if parsed.out is None:
        output.result(document, (text.rstrip("\n"),))
        return 0
    case_files.write_new_file(parsed.out, text.encode("utf-8"))
    output.result({"written": str(parsed.out)}, (_("Written: {path}").format(path=parsed.out),))
    return 0


def _evidence_add(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import evidence

    with opened(parsed, output) as session:
        added = [
            evidence.add_file_to_case(
                session,
                parsed.case,
                path,
                to=parsed.evidence,
                received_from=parsed.received_from,
                method=parsed.method,
                progress=output.progress(),
            )
            for path in parsed.files
        ]
    output.result(
        {
            "added": [
                {
                    "evidence": item.evidence_ref,
                    "file": item.file_name,
                    "sha256": item.sha256,
                    "duplicate_of": item.duplicate_of,
                }
                for item in added
            ]
        },
        (f"{item.evidence_ref:<8} {item.sha256}  {item.file_name}" for item in added),
    )
    return 0


def _evidence_list(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import evidence

    with opened(parsed, output) as session:
        rows = evidence.list_evidence(session, parsed.case)
    language = current_language()
    output.result(
        {
            "evidence": [
                {
                    "ref": row.evidence.ref,
                    "exhibit_no": row.evidence.exhibit_no,
                    "title": row.evidence.title.best(language),
                    "files": [
                        {"name": file.file_name, "size": file.size_bytes, "sha256": file.sha256}
                        for file in row.files
                    ],
                }
                for row in rows
            ]
        },
        (
            f"{row.evidence.exhibit_no:<6} {row.evidence.ref:<6} "
            f"{row.evidence.title.best(language)} ({len(row.files)})"
            for row in rows
        ),
    )
    return 0


def _evidence_extract(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import evidence

    with opened(parsed, output) as session:
        written = evidence.extract_files(
            session, parsed.case, parsed.files, parsed.out, output.progress()
        )
    output.result(
        {"written": [str(path) for path in written]},
        (
            *(str(path) for path in written),
            _("These files are not encrypted any more. Remove them when you are done."),
        ),
    )
    return 0


def _evidence_verify(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import evidence

    with opened(parsed, output) as session:
        checked = evidence.verify_files(session, parsed.case, parsed.files, output.progress())
    wrong = [item for item in checked if not item.ok]
    output.result(
        {
            "checked": len(checked),
            "wrong": [{"evidence": item.evidence_ref, "reason": item.reason} for item in wrong],
        },
        (
            _("{count} files hashed, {wrong} not as recorded.").format(
                count=len(checked), wrong=len(wrong)
            ),
            *(f"{item.evidence_ref}  {item.reason}" for item in wrong),
        ),
    )
    return 1 if wrong else 0


def _search(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import casework

    with opened(parsed, output) as session:
        hits = casework.search(session, " ".join(parsed.words), parsed.case or "")
    output.result(
        {
            "hits": [
                {
                    "case": hit.case_reference,
                    "kind": hit.kind,
                    "ref": hit.ref,
                    "snippet": hit.snippet,
                }
                for hit in hits
            ]
        },
        (f"{hit.case_reference}  {hit.kind} {hit.ref}  {hit.snippet}" for hit in hits),
    )
    return 0 if hits else 1


def _deadlines(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import casework

    with opened(parsed, output) as session:
        rows = casework.deadlines(session, parsed.case or "")
    language = current_language()
    output.result(
        {
            "deadlines": [
                {
                    "case": row.case_reference,
                    "ref": row.deadline.ref,
                    "due": row.deadline.due,
                    "status": row.deadline.status,
                    "title": row.deadline.title.best(language),
                    "verified": bool(row.deadline.user_verified),
                }
                for row in rows
            ]
        },
        (
            f"{row.deadline.due:<24} {row.deadline.status:<10} {row.case_reference}  "
            f"{row.deadline.title.best(language)}"
            + ("" if row.deadline.user_verified else _("  (not verified)"))
            for row in rows
        ),
    )
    return 0
