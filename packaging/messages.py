# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The message catalogues: extract, update, compile, check. `make messages` runs `update`.

English is written in the program itself and has no catalogue. Russian must be complete;
Kazakh may still have gaps, which the program fills with English.
"""

from __future__ import annotations

import datetime
import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "vault"
LOCALES: Final = SOURCE / "locale"
TRANSLATED: Final = ("ru", "kk")
COMPLETE: Final = ("ru",)
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "mark": None,
    "text": None,
    "plural": (1, 2),
    "in_context": ((1, "c"), 2),
}
_LETTER: Final = re.compile(r"[^\W\d_]")


def extracted(source: Path = SOURCE) -> Catalog:
    """Return every text of the program with the files that it stands in, in a fixed order."""
    catalogue = Catalog(
        project="Panah", fuzzy=False, charset="utf-8", creation_date=_when(), domain="panah"
    )
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source.parent).as_posix()
        with path.open("rb") as file:
            for _line, found, comments, context in extract(
                "python", file, keywords=KEYWORDS, comment_tags=["For translators:"]
            ):
                ids = tuple(found) if isinstance(found, tuple | list) else found
                if not _is_text(ids):
                    continue
                catalogue.add(
                    ids,
                    locations=[(place, 0)],
                    auto_comments=comments,
                    context=context,
                )
    return catalogue


def _is_text(ids: str | tuple[str, ...]) -> bool:
    return bool(ids) and all(
        isinstance(one, str) for one in ([ids] if isinstance(ids, str) else ids)
    )


def _when() -> datetime.datetime:
    """Return one fixed time: the history of a catalogue is in git, not in its header."""
    return datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def po_path(language: str) -> Path:
    """Return the file that translators edit."""
    return LOCALES / language / "LC_MESSAGES" / "panah.po"


def mo_path(language: str) -> Path:
    """Return the compiled file that ships with the program."""
    return po_path(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it lies in the tree; empty if there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="panah")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="panah")


def merged(language: str, template: Catalog) -> Catalog:
    """Return the translations that still have a text, and the new texts without one."""
    old = read(language)
    fresh = Catalog(
        locale=language,
        project="Panah",
        domain="panah",
        fuzzy=False,
        creation_date=_when(),
        revision_date=_when(),
        last_translator="The Panah authors",
        language_team=language,
    )
    for message in template:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        fresh.add(
            message.id,
            known.string if known and not known.fuzzy else None,
            locations=[
                (place, 0) for place in sorted({place for place, _line in message.locations})
            ],
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    """Return the text file: no line numbers, so that moved code changes no catalogue."""
    text = io.BytesIO()
    write_po(text, catalogue, width=100, include_lineno=False, sort_output=True)
    licence = (
        b"# SPDX-FileCopyrightText: 2026 The Panah authors\n"
        b"# SPDX-License-Identifier: AGPL-3.0-or-later\n"
    )
    body = text.getvalue()
    return licence + body[body.index(b'msgid ""') :]


def as_mo(catalogue: Catalog) -> bytes:
    """Return the compiled file."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def update() -> None:
    """Write every catalogue again from the program and the translations that are there."""
    template = extracted()
    for language in TRANSLATED:
        catalogue = merged(language, template)
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(as_po(catalogue))
        mo_path(language).write_bytes(as_mo(read(language)))
        done = sum(_is_translated(message) for message in catalogue if message.id)
        print(f"{language}: {done} of {len(catalogue)} texts")


def problems(language: str, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue, one line each."""
    wanted = {(_first(message), message.context) for message in template if message.id}
    there = {(_first(message), message.context) for message in catalogue if message.id}
    for text, _context in sorted(wanted - there, key=str):
        yield f"{language}: not in the catalogue, run `make messages`: {text!r}"
    for text, _context in sorted(there - wanted, key=str):
        yield f"{language}: no longer in the program, run `make messages`: {text!r}"
    for message in catalogue:
        if message.id:
            yield from _message_problems(language, message)


def _message_problems(language: str, message: Message) -> Iterator[str]:
    text = _first(message)
    if message.fuzzy:
        yield f"{language}: a guess that nobody confirmed (fuzzy): {text!r}"
    if not _is_translated(message):
        if language in COMPLETE:
            yield f"{language}: not translated: {text!r}"
        return
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = [fields(source) for source in sources]
    for string_ in _strings(message):
        if fields(string_) not in wanted:
            yield f"{language}: other fields than {text!r}: {string_!r}"


def fields(text: str) -> frozenset[str] | None:
    """Return the names of the `{fields}` in a text, or None if the braces do not pair."""
    try:
        return frozenset(
            name for _, name, _, _ in string.Formatter().parse(text) if name is not None
        )
    except ValueError:
        return None


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_translated(message: Message) -> bool:
    strings = _strings(message)
    return bool(strings) and all(strings)


def _strings(message: Message) -> list[str]:
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string or ())


def check() -> list[str]:
    """Return everything that is wrong with the catalogues in the tree."""
    template = extracted()
    found: list[str] = []
    for language in TRANSLATED:
        catalogue = read(language)
        found += problems(language, catalogue, template)
        if not mo_path(language).exists() or mo_path(language).read_bytes() != as_mo(catalogue):
            found.append(f"{language}: panah.mo is not made from panah.po, run `make messages`")
    return found


def pseudo(template: Catalog) -> Catalog:
    """Return a language in which every text is longer, accented and still readable.

    It shows in a test which words of the window do not go through gettext, which are clipped,
    and which break when a run of right-to-left letters stands among them.
    """
    catalogue = Catalog(locale="ru", domain="panah", fuzzy=False)
    for message in template:
        if message.id:
            one = _first(message)
            many = message.id if isinstance(message.id, str) else message.id[1]
            form = (
                _accented(one)
                if isinstance(message.id, str)
                else (_accented(one), _accented(many), _accented(many))
            )
            catalogue.add(message.id, form, context=message.context)
    return catalogue


def _accented(text: str) -> str:
    pieces = re.split(r"(\{[^}]*\}|<[^>]*>)", text)
    shown = "".join(
        piece if number % 2 else _LETTER.sub(lambda letter: letter[0] + "\u0301", piece)
        for number, piece in enumerate(pieces)
    )
    return f"⟦{shown} \u05d0\u05d1\u05d2 ~~~⟧"


def main(arguments: list[str]) -> int:
    """Run `update` or `check`; 0 is well, 1 found something, 2 is wrong use."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        found = check()
        print("\n".join(found) or "The catalogues fit the program.")
        return 1 if found else 0
    print("usage: messages.py update|check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
