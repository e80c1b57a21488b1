# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration: the main job done once on invented people, and every output checked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.domain.canonical import canonical_bytes
from vault.domain.values import JsonObject
from vault.errors import VaultError
from vault.i18n import _
from vault.paths import demonstration_case, package_data
from vault.progress import Progress
from vault.services import (
    bundle_import,
    bundles,
    case_files,
    contacts,
    dossiers,
    evidence,
    record_editing,
    upkeep,
    vaults,
)
from vault.services.casework import search
from vault.services.errors import FolderNotEmpty
from vault.services.session import VaultSession

PASSPHRASE: Final = "demonstration only 2026"  # noqa: S105 - of a vault of invented people; the command prints it
REFERENCE: Final = "FIC-2025-017"
_MARK: Final = "DEMONSTRATION.txt"
_DOSSIERS: Final = ("DS1", "DS2")
_PHOTO: Final = "E03"
_STEPS: Final = 9


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified, in words, and whether it held."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class DemonstrationReport:
    """Where everything is, and what was verified."""

    vault: Path
    places: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether every check held."""
        return all(check.ok for check in self.checks)

    def as_json(self) -> JsonObject:
        """Return the report for `--json`."""
        return {
            "ok": self.ok,
            "places": dict(self.places),
            "checks": [
                {"name": check.name, "ok": check.ok, "text": check.text} for check in self.checks
            ],
        }


def build_demonstration(out: Path, progress: Progress) -> DemonstrationReport:
    """Build the demonstration in `out`, which is absent, empty or an earlier demonstration.

    Raises:
        FolderNotEmpty: something else is in `out`.
    """
    _make_room(out)
    work = _Demonstration(out, progress)
    work.create_vaults()
    with work.owner() as own, work.colleague() as other:
        work.fill(own)
        work.add_photo_to_dossier(own)
        work.exchange_cards(own, other)
        work.build_dossiers(own)
        work.send_bundle(own, other)
        work.check_vault(own, "vault_sound", _("Every page, record, entry and file is sound."))
    work.check_refusals()
    return DemonstrationReport(work.vault, tuple(work.places), tuple(work.checks))


def _make_room(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).exists():
            raise FolderNotEmpty
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).write_text(
        _("Everything here is invented. This folder is replaced by the next demonstration.") + "\n",
        encoding="utf-8",
    )


class _Demonstration:
    """The steps, and what they leave behind."""

    def __init__(self, out: Path, progress: Progress) -> None:
        self.out = out
        self.vault = out / "demonstration.panah"
        self.second = out / "colleague.panah"
        self.places: list[tuple[str, str]] = []
        self.checks: list[Check] = []
        self._progress = progress
        self._step = 0

    def _advance(self) -> Progress:
        # Each step reports to a progress of its own, so that the bar only grows.
        self._step += 1
        self._progress.report(self._step, _STEPS, "demonstration")
        return Progress()

    def _check(self, name: str, text: str, *, ok: bool) -> None:
        self.checks.append(Check(name, ok, text))

    def _place(self, what: str, path: Path) -> None:
        self.places.append((what, str(path)))

    def create_vaults(self) -> None:
        for folder, name, organisation in (
            (self.vault, "Айжан (вымышленный адвокат)", "Demonstration"),
            (self.second, "Colleague (fictional)", "Demonstration"),
        ):
            progress = self._advance()
            created = vaults.create_vault(
                folder,
                passphrase=bytearray(PASSPHRASE.encode()),
                display_name=name,
                organisation=organisation,
                # A demonstration leaves nothing in the keyring of the machine it runs on.
                keyring=vaults.KeyringWish.NONE,
                progress=progress,
            )
            with created.recovery_code as code:
                vaults.prove_recovery_code(folder, bytearray(code.view()))
        self._place(_("Vault"), self.vault)
        self._place(_("The colleague's vault"), self.second)
        self._check("recovery_code", _("The recovery codes open both vaults."), ok=True)

    @contextmanager
    def owner(self) -> Iterator[VaultSession]:
        with _opened(self.vault) as session:
            yield session

    @contextmanager
    def colleague(self) -> Iterator[VaultSession]:
        with _opened(self.second) as session:
            yield session

    def fill(self, session: VaultSession) -> None:
        progress = self._advance()
        document = json.loads(demonstration_case().read_text(encoding="utf-8"))
        imported = case_files.import_case(session, document, progress)
        photo = self.out / f"{_PHOTO}.jpg"
        photo.write_bytes(package_data("demo_case", "files", photo.name).read_bytes())
        evidence.add_file_to_case(
            session, REFERENCE, photo, to=_PHOTO, received_from="P01", method="phone_export",
            progress=progress,
        )  # fmt: skip
        photo.unlink()
        exported = case_files.export_case(session, REFERENCE)
        del exported["evidence"], document["evidence"]
        del exported["custody_events"], document["custody_events"]
        count = sum(number for _kind, number in imported.counts)
        self._check(
            "imported_whole",
            _("{count} records imported, none dropped or changed.").format(count=count),
            ok=canonical_bytes(exported) == canonical_bytes(document),
        )
        verified = evidence.verify_files(session, REFERENCE, (), progress)
        self._check(
            "evidence_hashes",
            _("{count} evidence files decrypt and have their recorded SHA-256.").format(
                count=len(verified)
            ),
            ok=bool(verified) and all(item.ok for item in verified),
        )
        hits = search(session, "вершкова обыск")
        self._check("search", _("Search finds what was imported."), ok=bool(hits))

    def add_photo_to_dossier(self, session: VaultSession) -> None:
        (plan,) = record_editing.as_json(session, REFERENCE, "dossier", _DOSSIERS[0])
        listed = plan.get("evidence")
        assert isinstance(listed, list)  # noqa: S101 - the demonstration case is ours
        record_editing.edit_from_json(
            session, REFERENCE, "dossier", _DOSSIERS[0], {"evidence": [*listed, _PHOTO]}
        )

    def exchange_cards(self, own: VaultSession, other: VaultSession) -> None:
        self._advance()
        for here, there in ((own, other), (other, own)):
            # An older age program, so that the bundle opens with what every system has.
            card = contacts.own_card(there, opens_with="age")
            contact = contacts.add_contact(here, card.text)
            contacts.verify_contact(here, contact.id, card.code)
        self._check("contacts_verified", _("Both cards were verified by their 40 digits."), ok=True)

    def build_dossiers(self, session: VaultSession) -> None:
        case_file = json.loads(demonstration_case().read_text(encoding="utf-8"))
        for ref in _DOSSIERS:
            progress = self._advance()
            plan = dossiers.prepare_dossier(session, REFERENCE, ref)
            target = self.out / f"dossier-{ref}-{plan.dossier.language}.pdf"
            # Its one picture is a drawing of ours, made for this.
            result = dossiers.build_dossier(plan, target, progress, pictures_confirmed=True)
            dossiers.record_dossier(session, plan, result)
            again = dossiers.check_pdf(target, case_file, plan.profile.ref, progress)
            reader = plan.profile.title.best(plan.dossier.language).split(" (")[0]
            self._place(_("Dossier: {reader}").format(reader=reader), target)
            self._check(
                f"dossier_{ref}",
                _("{pages} pages, checked by {count} readers: nothing hidden shows.").format(
                    pages=result.pages, count=len(again.readers)
                ),
                ok=not again.findings,
            )

    def send_bundle(self, own: VaultSession, other: VaultSession) -> None:
        progress = self._advance()
        target = self.out / "bundle.panah.age"
        plan = bundles.prepare_bundle(
            own, REFERENCE, [other.identity_name], purpose=_("demonstration")
        )
        result = bundles.write_bundle(own, plan, target, progress)
        bundles.record_bundle(own, plan, result)
        self._place(_("Encrypted bundle"), target)
        progress = self._advance()
        head = bundle_import.inspect_bundle(other, target)
        self._check(
            "bundle_sender",
            _("The bundle is signed by {name}, a verified contact.").format(name=head.sender_name),
            ok=head.sender_verified,
        )
        bundle_import.import_bundle(other, target, progress)
        same = canonical_bytes(case_files.export_case(other, REFERENCE)) == canonical_bytes(
            case_files.export_case(own, REFERENCE)
        )
        files = evidence.verify_files(other, REFERENCE, (), progress)
        self._check(
            "bundle_whole",
            _("The second vault has the same case and {count} files.").format(count=len(files)),
            ok=same and bool(files) and all(item.ok for item in files),
        )
        self._check(
            "bundle_replay",
            _("The same bundle is not taken in twice."),
            ok=_refused(lambda: bundle_import.import_bundle(other, target, Progress())),
        )

    def check_vault(self, session: VaultSession, name: str, text: str) -> None:
        progress = self._advance()
        report = upkeep.check_vault(session, progress)
        audit = upkeep.verify_audit(session)
        self._check(name, text, ok=report.ok)
        self._check(
            "audit_chain",
            _("The audit chain of {count} entries is unbroken.").format(count=audit.entries),
            ok=audit.ok,
        )

    def check_refusals(self) -> None:
        def open_wrongly() -> None:
            credential = vaults.passphrase_credential(bytearray(b"not the passphrase"))
            vaults.open_vault(self.vault, credential, Progress()).close()

        self._check(
            "wrong_passphrase", _("A wrong passphrase is refused."), ok=_refused(open_wrongly)
        )


@contextmanager
def _opened(folder: Path) -> Iterator[VaultSession]:
    credential = vaults.passphrase_credential(bytearray(PASSPHRASE.encode()))
    session = vaults.open_vault(folder, credential, Progress())
    try:
        yield session
    finally:
        session.close()


def _refused(action: Callable[[], object]) -> bool:
    try:
        action()
    except VaultError:
        return True
    return False
