# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence, its files, and the history of who held it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.values import JsonObject, LocalText

EVIDENCE_CATEGORIES: Final = (
    "identity_document",
    "applicant_statement",
    "witness_statement",
    "medical_report",
    "expert_report",
    "photograph",
    "video",
    "audio",
    "court_or_authority_record",
    "open_source_capture",
    "correspondence",
    "country_information",
    "translation",
    "other",
)
CUSTODY_ACTIONS: Final = (
    "received",
    "copied",
    "working_copy_made",
    "sealed",
    "opened",
    "transferred",
    "translated",
    "printed",
    "returned",
    "destroyed",
    "hash_verified",
    "extracted",
)
FILE_PURPOSES: Final = ("evidentiary", "working", "redacted", "translation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence. Its exhibit number never depends on a page number."""

    id: str
    case_id: str
    ref: str
    exhibit_no: str = ""
    title: LocalText = LocalText()
    category: str = "other"
    huridocs_source_type: str = ""
    language: str = ""
    document_date: str = ""
    obtained_on: str = ""
    source_person_id: str = ""
    linked_incident_ids: tuple[str, ...] = ()
    how: str = ""
    sha256: str = ""
    size_bytes: int | None = None
    translation_of_id: str = ""
    reliability: str = ""
    confidentiality: str = "internal"
    sensitive: bool | None = None
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """One file of a piece of evidence, kept encrypted as an object of the vault.

    `sha256` is that of the plaintext, in hex; `size_bytes` its length.
    """

    id: str
    case_id: str
    ref: str
    evidence_id: str
    purpose: str = "evidentiary"
    file_name: str = ""
    media_type: str = "application/octet-stream"
    size_bytes: int | None = None
    sha256: str = ""
    added_at: str = ""
    derived_from_id: str = ""
    custom: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """One step in the history of holding; never changed or deleted once written."""

    id: str
    case_id: str
    ref: str
    evidence_id: str
    action: str
    at: str
    from_person_id: str = ""
    to_person_id: str = ""
    method: str = ""
    seal_or_hash: str = ""
    note: LocalText = LocalText()
    custom: JsonObject = field(default_factory=dict)
