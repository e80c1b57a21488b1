# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bundles: a case encrypted to colleagues, and a colleague's case taken in."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from vault.domain.consents import Consent
from vault.domain.evidence import EvidenceFile
from vault.domain.records import Record
from vault.domain.values import JsonObject
from vault.progress import Progress
from vault.services.contacts import card_of, contact_named
from vault.services.errors import VaultIsReadOnly
from vault.services.published_file import new_file
from vault.services.record_lines import line_of
from vault.services.session import VaultSession
from vault.sharing.bundle_write import BundleContents, BundleObject, choose_encryption
from vault.sharing.bundle_write import write_bundle as write
from vault.sharing.contact_card import ContactCard
from vault.store.reader import Reader

_PURPOSE: Final = "legal_representation"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """What goes to whom: plain values, decided before anything is written."""

    case_id: str
    bundle_id: str
    created: str
    case_reference: str
    case_title: str
    purpose: str
    consents: tuple[str, ...]
    cards: tuple[ContactCard, ...]
    sequences: dict[str, int]
    unverified: tuple[str, ...]
    encryption: str
    records: tuple[JsonObject, ...] = field(repr=False)
    files: tuple[EvidenceFile, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleResult:
    """A written bundle."""

    path: Path
    size: int
    bundle_id: str
    encryption: str
    recipients: tuple[str, ...]
    unverified: tuple[str, ...]

    def as_json(self) -> JsonObject:
        """Return the result for `--json`."""
        return {
            "written": str(self.path),
            "size": self.size,
            "bundle_id": self.bundle_id,
            "encryption": self.encryption,
            "recipients": list(self.recipients),
            "unverified": list(self.unverified),
        }


def prepare_bundle(
    session: VaultSession,
    case_reference: str,
    contacts: Sequence[str],
    *,
    purpose: str = "",
) -> BundlePlan:
    """Decide what goes to whom, and use up the bundle's number for each recipient.

    Every version of every record goes along, and every file: a colleague continues the case.

    Raises:
        NoSuchCase, NoSuchContact, BadRecipients.
    """
    if session.read_only:
        raise VaultIsReadOnly
    stored = [contact_named(session, name) for name in dict.fromkeys(contacts)]
    cards = tuple(card_of(contact) for contact in stored)
    choice = choose_encryption(cards)
    with session.store.writer(session.author()) as writer:
        case = writer.case_by_reference(case_reference)
        records = writer.records(case.id)
        sequences = {
            card.verify_key.openssh(): writer.next_bundle_sequence(card.verify_key.openssh())
            for card in cards
        }
        lines = tuple(_lines(writer, records))
    return BundlePlan(
        case_id=case.id,
        bundle_id=str(uuid.uuid4()),
        created=datetime.datetime.now(tz=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        case_reference=case.reference,
        case_title=case.title.best("ru"),
        purpose=purpose,
        consents=tuple(
            record.id
            for record in records
            if isinstance(record, Consent) and _PURPOSE in record.purposes
        ),
        cards=cards,
        sequences=sequences,
        unverified=tuple(one.display_name for one in stored if not one.verified_at),
        encryption=choice.encryption,
        records=lines,
        files=tuple(record for record in records if isinstance(record, EvidenceFile)),
    )


def _lines(reader: Reader, records: list[Record]) -> list[JsonObject]:
    return [
        line_of(version, record.ref) for record in records for version in reader.history(record.id)
    ]


def write_bundle(
    session: VaultSession, plan: BundlePlan, out: Path, progress: Progress
) -> BundleResult:
    """Write the bundle; it appears at `out` complete or not at all. Needs a reading session only.

    Raises:
        TargetExists, ObjectChanged, the store's errors for a file, Cancelled.
    """
    with session.store.reader() as reader, new_file(out) as sink:
        write(
            BundleContents(
                bundle_id=plan.bundle_id,
                created=plan.created,
                sequences=plan.sequences,
                records=plan.records,
                objects=tuple(
                    BundleObject(
                        sha256=file.sha256,
                        size=file.size_bytes or 0,
                        open=partial(_open, reader, file),
                    )
                    for file in plan.files
                ),
                case_reference=plan.case_reference,
                case_title=plan.case_title,
                purpose=plan.purpose,
                consents=plan.consents,
            ),
            session.identity,
            plan.cards,
            sink,
            progress,
        )
    return BundleResult(
        path=out,
        size=out.stat().st_size,
        bundle_id=plan.bundle_id,
        encryption=plan.encryption,
        recipients=tuple(card.display_name for card in plan.cards),
        unverified=plan.unverified,
    )


def _open(reader: Reader, file: EvidenceFile) -> BinaryIO:
    return reader.open_object(file)


def record_bundle(session: VaultSession, plan: BundlePlan, result: BundleResult) -> None:
    """Enter the hand-over into the audit chain, and anchor the chain."""
    with session.store.writer(session.author()) as writer:
        for card in plan.cards:
            writer.note(
                "bundle_written",
                plan.case_id,
                bundle=result.bundle_id,
                recipient=card.verify_key.fingerprint(),
                encryption=result.encryption,
            )
    session.checkpoint()
