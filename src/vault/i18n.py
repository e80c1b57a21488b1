# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts for people, by gettext and without Qt.

The window speaks one language at a time (`set_language`, `_`, `plural`). A dossier may be
in another one, so it takes a `Translator` of its own from `translator` instead.

Messages are English sentences with named fields, filled by `.format` after translation:
`_("{count} files").format(count=n)`. The extractor cannot see inside an f-string.
"""

from __future__ import annotations

import gettext
import importlib.resources
import io
from typing import Final

LANGUAGES: Final = ("en", "ru", "kk")
"""Codes of the languages that have a catalogue, in the order in which they are offered."""

_DOMAIN: Final = "panah"
_SOURCE_LANGUAGE: Final = "en"


class Translator:
    """The catalogue of one language; immutable, safe from any thread.

    A message without a translation comes back as it is written in the program.
    """

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        """Speak `language` with this catalogue; `translator` makes the usual ones."""
        self._language = language
        self._catalogue = catalogue

    @property
    def language(self) -> str:
        """The code of the language, such as ``ru``."""
        return self._language

    def text(self, message: str) -> str:
        """Return the message in this language."""
        # gettext gives the header of the catalogue for an empty message.
        return self._catalogue.gettext(message) if message else ""

    _ = text
    """The name that the extractor of messages looks for."""

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form that fits `count`; Russian has three of them, Kazakh one."""
        return self._catalogue.ngettext(one, many, count)

    def in_context(self, context: str, message: str) -> str:
        """Return the message as it is said in `context`, where one English word has two."""
        return self._catalogue.pgettext(context, message)


def _load(language: str) -> gettext.NullTranslations:
    folder = importlib.resources.files("vault").joinpath("locale", language, "LC_MESSAGES")
    compiled = folder.joinpath(f"{_DOMAIN}.mo")
    try:
        content = compiled.read_bytes()
    except FileNotFoundError:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(content))


def base_language(code: str) -> str:
    """Return the first of `LANGUAGES` that a code such as ``ru_KZ.UTF-8`` means, else English."""
    base = code.replace("-", "_").split("_")[0].split(".")[0].lower()
    return base if base in LANGUAGES else _SOURCE_LANGUAGE


_loaded: dict[str, Translator] = {}


def translator(code: str) -> Translator:
    """Return the texts of one language, read once; an unknown code means English."""
    language = base_language(code)
    known = _loaded.get(language)
    if known is None:
        known = _loaded[language] = Translator(language, _load(language))
    return known


class _Current:
    """The language of the window; one for each process."""

    chosen: Translator = Translator(_SOURCE_LANGUAGE, gettext.NullTranslations())


def set_language(code: str) -> None:
    """Make `_` and `plural` speak another language from now on, in every thread."""
    _Current.chosen = translator(code)


def use(texts: Translator) -> None:
    """Make `_` and `plural` speak from this catalogue, for example a pseudo-language."""
    _Current.chosen = texts


def current_language() -> str:
    """Return the code of the window's language."""
    return _Current.chosen.language


def _(message: str) -> str:
    """Return the message in the window's language."""
    return _Current.chosen.text(message)


def plural(one: str, many: str, count: int) -> str:
    """Return the form that fits `count`, in the window's language."""
    return _Current.chosen.plural(one, many, count)


def in_context(context: str, message: str) -> str:
    """Return the message as it is said in `context`, in the window's language."""
    return _Current.chosen.in_context(context, message)


def mark(message: str) -> str:
    """Return the message unchanged, but have it extracted: for tables made at import time."""
    return message
