# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Redaction of plain texts by a case file, without a vault."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from vault.domain import edtf
from vault.domain.case_format import records_of_case_file
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import JsonObject, JsonValue
from vault.redaction.engine import Redactor
from vault.redaction.spans import Span
from vault.services.errors import NoSuchProfile


@dataclass(frozen=True, slots=True)
class RedactedLine:
    """One redacted text with its spans, whose offsets are code points of the input."""

    text: str
    spans: tuple[Span, ...]

    def as_json(self) -> JsonObject:
        """Return the answer of the `--jsonl` contract."""
        return {"text": self.text, "spans": [_span_json(span) for span in self.spans]}


def _span_json(span: Span) -> JsonValue:
    return {
        "start": span.start,
        "end": span.end,
        "person": span.person_id or None,
        "category": span.category,
        "action": span.action,
        "reason": span.reason or None,
        "review": span.review,
    }


def profile_by_ref(snapshot: CaseSnapshot, profile_ref: str) -> DisclosureProfile:
    """Return a disclosure profile of the case by its reference; raise `NoSuchProfile`."""
    for profile in snapshot.profiles:
        if profile.ref == profile_ref:
            return profile
    raise NoSuchProfile(profile=profile_ref[:40])


def snapshot_of_case_file(document: JsonObject) -> CaseSnapshot:
    """Return the case of a case file as a snapshot whose ids are the file's references."""
    return CaseSnapshot.of_records(records_of_case_file(document, lambda _kind, ref: ref))


def as_of(snapshot: CaseSnapshot) -> datetime.date:
    """Return the day on which consents are judged: the case's own `as_of`, else today."""
    written = snapshot.case.as_of
    if written and edtf.is_valid(written):
        return edtf.parse(written).earliest()
    return datetime.datetime.now(tz=datetime.UTC).date()


class CaseRedactors:
    """The redactors of one case, each built once for its profile and language."""

    def __init__(self, document: JsonObject) -> None:
        """Read the case; raise `NotACaseFile` and the other errors of the format."""
        self._snapshot = snapshot_of_case_file(document)
        self._redactors: dict[tuple[str, str], Redactor] = {}

    def redact(
        self,
        text: str,
        profile_ref: str,
        language: str,
        *,
        review: Literal["mask", "leave"] = "mask",
    ) -> RedactedLine:
        """Redact one text; raise `NoSuchProfile`."""
        key = (profile_ref, language)
        if key not in self._redactors:
            self._redactors[key] = Redactor(
                self._snapshot,
                profile_by_ref(self._snapshot, profile_ref),
                language,
                as_of=as_of(self._snapshot),
            )
        redacted = self._redactors[key].redact(text, language=language, review=review)
        return RedactedLine(redacted.text, redacted.spans)
