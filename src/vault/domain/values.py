# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small values that every record is made of: texts in several languages, and JSON shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

JsonScalar = str | int | bool | None
JsonValue = JsonScalar | list["JsonValue"] | dict[str, "JsonValue"]
JsonObject = dict[str, JsonValue]

LANGUAGES: Final = ("ru", "en", "kk")


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in one or more languages, in the order in which they were given.

    Languages are BCP 47 codes. An empty `LocalText` is falsy.
    """

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **by_language: str) -> LocalText:
        """Make a text from keyword arguments: `LocalText.of(ru="Дело", en="Case")`."""
        return cls(tuple(by_language.items()))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, str]) -> LocalText:
        """Make a text from a mapping of language to text."""
        return cls(tuple(mapping.items()))

    def as_dict(self) -> dict[str, str]:
        """Return language to text."""
        return dict(self.entries)

    def get(self, language: str) -> str:
        """Return the text in `language`, or "" when it has none."""
        return dict(self.entries).get(language, "")

    def best(self, language: str) -> str:
        """Return the text in `language`, else in Russian, English, Kazakh, else any, else ""."""
        texts = dict(self.entries)
        for candidate in (language, *LANGUAGES):
            if texts.get(candidate):
                return texts[candidate]
        return next((text for text in texts.values() if text), "")

    def with_text(self, language: str, text: str) -> LocalText:
        """Return the same text with `language` set to `text`, or removed when it is empty."""
        texts = dict(self.entries)
        if text:
            texts[language] = text
        else:
            texts.pop(language, None)
        return LocalText(tuple(texts.items()))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the texts of all languages."""
        return (text for _, text in self.entries)

    def __bool__(self) -> bool:
        """Tell whether there is any text at all."""
        return any(text for _, text in self.entries)
