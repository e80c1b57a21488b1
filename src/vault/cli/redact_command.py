# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah redact`: plain text in, redacted text out; no vault needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from vault.cli.arguments import Subparsers, WrongUse, add_command, read_json
from vault.cli.output import Output
from vault.domain.values import JsonObject
from vault.i18n import _

if TYPE_CHECKING:
    from vault.services.redacting import CaseRedactors


def add_to(commands: Subparsers) -> None:
    """Add the command `redact`."""
    parser = add_command(commands, "redact", _redact, _("hide what a profile hides in a text"))
    parser.add_argument("--case", metavar="CASE.json", required=True)
    parser.add_argument("--profile", metavar="ID")
    parser.add_argument("--lang", choices=("ru", "en", "kk"), default="ru")
    parser.add_argument(
        "--jsonl", action="store_true", help=_("one JSON object a line, in and out")
    )
    parser.add_argument("--review", choices=("mask", "leave"), default="mask")
    parser.add_argument("file", metavar="FILE", nargs="?", help=_("else standard input"))


def _redact(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import redacting

    redactors = redacting.CaseRedactors(read_json(parsed.case))
    if parsed.jsonl:
        return _lines(parsed, redactors)
    if parsed.profile is None:
        raise WrongUse(_("--profile ID is needed."))
    raw = Path(parsed.file).read_bytes() if parsed.file else sys.stdin.buffer.read()
    redacted = redactors.redact(
        raw.decode("utf-8-sig"), parsed.profile, parsed.lang, review=parsed.review
    )
    if parsed.json:
        output.result(redacted.as_json(), ())
    else:
        sys.stdout.write(redacted.text)
        sys.stdout.flush()
    return 0


def _lines(parsed: argparse.Namespace, redactors: CaseRedactors) -> int:
    for number, request in _requests(parsed.file):
        answer: JsonObject = {"id": request.get("id")}
        text, profile = request.get("text"), request.get("profile") or parsed.profile
        if not isinstance(text, str) or not isinstance(profile, str):
            raise WrongUse(_("Line {number}: text and profile are needed.").format(number=number))
        language = str(request.get("lang") or parsed.lang)
        redacted = redactors.redact(text, profile, language, review=parsed.review)
        answer |= redacted.as_json()
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


def _requests(file: str | None) -> Iterator[tuple[int, JsonObject]]:
    # Standard input is not ours to close.
    with Path(file).open("rb") if file else nullcontext(sys.stdin.buffer) as source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            request = json.loads(line)
            if not isinstance(request, dict):
                raise WrongUse(_("Line {number}: not a JSON object.").format(number=number))
            yield number, request
