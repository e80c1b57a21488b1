# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a colleague without Panah reads in a bundle: README.txt and contents.html.

Everything of the case is escaped; the page has no scripts and loads nothing, and its policy
forbids both in case a browser should see some.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vault.domain.records import KINDS
from vault.domain.values import JsonObject, JsonValue
from vault.i18n import Translator, mark, translator

_KIND_WORDS: Final = {
    "case": mark("Case"),
    "person": mark("Person"),
    "relationship": mark("Relationship"),
    "incident": mark("Incident"),
    "act": mark("Act"),
    "information": mark("Information"),
    "intervention": mark("Intervention"),
    "evidence": mark("Evidence"),
    "evidence_file": mark("File"),
    "custody_event": mark("Custody event"),
    "consent": mark("Consent"),
    "interview": mark("Interview"),
    "proceeding": mark("Proceeding"),
    "proceeding_event": mark("Procedural step"),
    "deadline": mark("Deadline"),
    "material_fact": mark("Material fact"),
    "legal_ground": mark("Legal ground"),
    "country_information": mark("Country information"),
    "disclosure_profile": mark("Disclosure profile"),
    "dossier": mark("Dossier"),
    "task": mark("Task"),
    "note": mark("Note"),
}
_DEEPEST: Final = 20
# C0 and C1 without tab and line feed: a browser shows nothing there, or something of its own.
_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")
_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "dt{font-weight:bold}dd{margin:0 0 .4em 1.5em}section{border-top:1px solid #999}"
    "pre{white-space:pre-wrap;font:inherit;margin:0}"
)
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the top of `contents.html`."""

    case_reference: str
    case_title: str = field(repr=False)
    sender: str
    organisation: str
    created: str
    purpose: str


def readme(languages: Sequence[str]) -> bytes:
    """Return README.txt: what this is and how to check it with stock tools, in each language."""
    parts = [_readme_in(translator(language)) for language in languages]
    return ("\n\n" + "-" * 72 + "\n\n").join(parts).encode("utf-8")


def _readme_in(texts: Translator) -> str:
    return "\n\n".join(
        (
            texts.text(
                "These files came in an encrypted bundle that a colleague made with Panah, a "
                "program for case files. They are no longer encrypted now: keep them where nobody "
                "else can read them, and delete them when you no longer need them."
            ),
            texts.text(
                "contents.html: the records, to be read in a browser.\n"
                "objects: the files; contents.html gives their names and kinds.\n"
                "records.jsonl: the records as another Panah takes them in."
            ),
            texts.text("Whether every file arrived whole:") + "\n    sha256sum -c SHA256SUMS",
            texts.text(
                "Who made the bundle: take the key from the contact card that your colleague gave "
                "you (the line that starts with “verify”), not from this bundle. Write it into a "
                "file named “allowed” after the word “sender”, in one line, and run:"
            )
            + "\n    ssh-keygen -Y verify -f allowed -I sender -n panah-bundle"
            " -s manifest.json.sig < manifest.json",
        )
    )


def contents_html(
    heading: Heading, records: Iterable[JsonObject], languages: Sequence[str]
) -> bytes:
    """Return contents.html: the newest version of each record, by kind and reference."""
    texts = [translator(language) for language in languages]
    title = " ".join(part for part in (heading.case_reference, heading.case_title) if part)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_text(languages[0])}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_text(title)}</h1><dl>",
        _row(_said(texts, mark("From")), _of(heading.sender, heading.organisation)),
        _row(_said(texts, mark("Made")), heading.created),
        _row(_said(texts, mark("Purpose")), heading.purpose),
        "</dl>",
    ]
    lines += [_section(record, texts) for record in _newest(records)]
    lines.append("</body></html>\n")
    return "\n".join(line for line in lines if line).encode("utf-8")


def _newest(records: Iterable[JsonObject]) -> list[JsonObject]:
    """Return the last version of each record, without those that are deleted."""
    newest = {str(record.get("record", "")): record for record in records}
    order = {kind: place for place, kind in enumerate(KINDS)}

    def place(record: JsonObject) -> tuple[int, str]:
        return order.get(str(record.get("kind")), len(order)), str(record.get("ref", ""))

    return sorted((one for one in newest.values() if not one.get("deleted")), key=place)


def _section(record: JsonObject, texts: Sequence[Translator]) -> str:
    kind = str(record.get("kind", ""))
    words = _said(texts, _KIND_WORDS[kind]) if kind in _KIND_WORDS else kind.replace("_", " ")
    ref = str(record.get("ref", ""))
    body = "".join(_values(record.get("body"), 0))
    return f"<section><h2>{_text(words)} {_text(ref)}</h2>{body}</section>"


def _values(value: JsonValue, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "…"
    elif isinstance(value, dict):
        yield "<dl>"
        for name, item in value.items():
            inner = "".join(_values(item, depth + 1))
            yield f"<dt>{_text(name.replace('_', ' '))}</dt><dd>{inner}</dd>"
        yield "</dl>"
    elif isinstance(value, list):
        items = "".join(f"<li>{''.join(_values(item, depth + 1))}</li>" for item in value)
        yield f"<ul>{items}</ul>"
    elif value is not None:
        yield f'<pre dir="auto">{_text(str(value))}</pre>'


def _row(name: str, value: str) -> str:
    return f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" if value else ""


def _of(name: str, organisation: str) -> str:
    return f"{name}, {organisation}" if organisation else name


def _said(texts: Sequence[Translator], message: str) -> str:
    """Return the word in every language of the bundle, once each."""
    return " / ".join(dict.fromkeys(one.text(message) for one in texts))


def _text(untrusted: str) -> str:
    """Escape a text for any place in the page, between tags or in quotation marks."""
    return html.escape(untrusted.translate(_CONTROLS), quote=True)
