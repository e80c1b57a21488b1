# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a leak check reads, and what it reports: places and kinds, never the words themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

PAGE_TEXT: Final = "page_text"
PAGE_LAYOUT: Final = "page_layout"
PAGE_OPERATORS: Final = "page_operators"
OBJECTS: Final = "objects"
IMAGES: Final = "images"
RAW_BYTES: Final = "raw_bytes"
FILE_NAME: Final = "file_name"
READERS: Final = (
    PAGE_TEXT,
    PAGE_LAYOUT,
    PAGE_OPERATORS,
    OBJECTS,
    IMAGES,
    RAW_BYTES,
    FILE_NAME,
)
"""Every reader, in the order in which they work. They share no code that finds text."""


class LeakHitLike(Protocol):
    """One place in a text where something hidden is named."""

    @property
    def category(self) -> str:
        """What it is: `person`, `identifier`, `other_case`, …."""
        ...

    @property
    def person_ref(self) -> str:
        """The person's reference in the case, "" for none or for another case."""
        ...

    @property
    def form_kind(self) -> str:
        """By which kind of form it was recognised."""
        ...


class TermSearch(Protocol):
    """What must not be found; `vault.redaction.leak_terms.LeakTerms` fits."""

    def search(self, text: str) -> Sequence[LeakHitLike]:
        """Return every hit in the text."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of the file and where it was read."""

    place: str
    text: str
    reader: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One leak: where, by which reader, of what kind. It never holds what was found."""

    place: str
    reader: str
    category: str
    person_ref: str = ""
    form_kind: str = ""

    def shown(self) -> str:
        """Return the finding as one line: place, kind and the person's reference."""
        about = f"{self.category} {self.person_ref}".strip()
        return f"{self.place}: {about}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A recorded decision that hits of one kind are no leak, such as an official's namesake.

    Empty fields fit anything; `place` fits by its beginning.
    """

    category: str = ""
    person_ref: str = ""
    form_kind: str = ""
    place: str = ""

    def fits(self, finding: Finding) -> bool:
        """Tell whether the decision covers a finding."""
        wanted = (self.category, self.person_ref, self.form_kind)
        found = (finding.category, finding.person_ref, finding.form_kind)
        same = all(not want or want == got for want, got in zip(wanted, found, strict=True))
        return same and finding.place.startswith(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakReport:
    """The outcome of one check."""

    findings: tuple[Finding, ...]
    pages: int
    readers_used: tuple[str, ...]
    explained: tuple[Finding, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether the file may be published."""
        return not self.findings
