# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small records and small doings that many tests of the store begin with."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.crypto.kdf import Purpose, purpose_key
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey
from vault.domain.cases import Case
from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.incidents import Incident
from vault.domain.people import Person, PersonName
from vault.domain.values import LocalText
from vault.store.author import KeyAuthor
from vault.store.connection import Database, connect
from vault.store.vault import VaultStore


@dataclass(frozen=True)
class Keys:
    """What the keys room would hand over."""

    vault_id: bytes
    vmk: SecretBytes

    @classmethod
    def new(cls) -> Keys:
        return cls(secrets.token_bytes(16), SecretBytes.random())

    @staticmethod
    def author(name: str) -> KeyAuthor:
        return KeyAuthor(name, SigningKey.generate())

    def open(self, folder: Path, *, read_only: bool = False) -> VaultStore:
        return VaultStore.open(folder, self.vault_id, self.vmk, read_only=read_only)

    @contextlib.contextmanager
    def database(self, folder: Path) -> Iterator[Database]:
        """The bare database, for whoever tampers with it while knowing the key."""
        with purpose_key(self.vmk, self.vault_id, Purpose.DATABASE) as key:
            db = connect(folder / "vault.db", key)
        try:
            with db.maintenance():
                yield db
        finally:
            db.close()


def new_id() -> str:
    return str(uuid.uuid4())


def case_of(reference: str = "TEST-1", ref: str = "CASE-0001") -> Case:
    own = new_id()
    return Case(
        id=own, case_id=own, ref=ref, reference=reference, title=LocalText.of(ru="Дело о проверке")
    )


def person_of(case: Case, ref: str = "P01", family: str = "Вершков") -> Person:
    return Person(
        id=new_id(),
        case_id=case.id,
        ref=ref,
        roles=("client", "witness"),
        names=(PersonName(family=family, given="Тимофей"),),
    )


def incident_of(case: Case, ref: str = "I01", text: str = "Задержание на пикете") -> Incident:
    return Incident(id=new_id(), case_id=case.id, ref=ref, title=LocalText.of(ru=text))


def evidence_of(case: Case, ref: str = "E01") -> Evidence:
    return Evidence(id=new_id(), case_id=case.id, ref=ref, title=LocalText.of(ru="Справка"))


def file_of(evidence: Evidence, sha256: str, ref: str = "EF01") -> EvidenceFile:
    return EvidenceFile(
        id=new_id(),
        case_id=evidence.case_id,
        ref=ref,
        evidence_id=evidence.id,
        file_name="справка.txt",
        sha256=sha256,
    )


def custody_of(evidence: Evidence, ref: str = "C-01") -> CustodyEvent:
    return CustodyEvent(
        id=new_id(),
        case_id=evidence.case_id,
        ref=ref,
        evidence_id=evidence.id,
        action="received",
        at="2026-01-05",
    )


def file_hashes(folder: Path) -> dict[str, str]:
    """The name and hash of every file below a folder: what must be equal when nothing changed."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
