# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a travel-locked vault again: request, answer, finish.

What travels between the two people is safe to send by any channel; that the request is the
traveller's own is known by the digits, compared aloud.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.crypto import sshsig
from vault.crypto.age_file import (
    EncryptWriter,
    HybridIdentity,
    Identity,
    ScryptIdentity,
    ScryptRecipient,
    open_age,
    parse_identity_file,
)
from vault.crypto.kdf import Argon2Params, calibrated
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import VerifyKey
from vault.keys import recovery, slot_changes, slots, travel_files, unlock
from vault.keys.errors import TravelFileMalformed, WrongIdentity
from vault.keys.header import KeySlot
from vault.keys.travel_files import (
    NAMESPACE,
    SignedResponse,
    TravelKey,
    TravelRequest,
    TravelResponse,
)
from vault.services.errors import (
    CardWithoutSlot,
    NoEscrow,
    OtherVault,
    PassphraseEmpty,
    RequestChanged,
    RequestCodeDiffers,
    SignerNotExpected,
    TargetExists,
    VaultIsReadOnly,
)
from vault.services.published_file import new_file
from vault.services.session import VaultSession
from vault.services.vaults import passphrase_credential, session_of
from vault.sharing import contact_card
from vault.sharing.verification_code import same_code

KEY_SUFFIX: Final = ".key.age"
WORK_FACTOR: Final = 18


@dataclass(frozen=True, slots=True)
class RequestMade:
    """A request on the disk, beside its key file; `signer` is a fingerprint or ""."""

    request: Path
    key: Path
    code: str
    signer: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer on the disk; it is not to be sent before the digits were compared."""

    code: str
    vault_id: str


@dataclass(frozen=True, slots=True)
class TravelUnlocked:
    """The vault opens with the new passphrase again.

    `recovery_code` is there when the vault had no recovery slot any more; it is shown once
    and wiped by whoever showed it. `expected` says whether the request had named the signer.
    """

    slot: str
    signer: str
    signer_name: str
    expected: bool
    recovery_code: SecretBytes | None


def key_path(request: Path) -> Path:
    """Return where the key file of a request lies."""
    return request.with_name(request.name + KEY_SUFFIX)


def make_request(
    folder: Path,
    request: Path,
    key_passphrase: bytearray,
    *,
    untrusted_card: str = "",
    log_n: int = WORK_FACTOR,
) -> RequestMade:
    """Write a request and its key file, encrypted by a passphrase of its own, which is zeroed.

    With a colleague's card only that colleague's answer will be taken. No credential of the
    vault is needed and nothing in it changes. On failure neither file is there.

    Raises:
        NoEscrow, CardWithoutSlot, TargetExists, PassphraseEmpty, and the errors of reading
        the header and the card.
    """
    if not key_passphrase:
        raise PassphraseEmpty
    vault_id, escrow = unlock.escrow_slots(folder)
    if not escrow:
        raise NoEscrow
    signer = _signer_of(untrusted_card, escrow) if untrusted_card else None
    with _wiped(key_passphrase), _fresh() as identity:
        data = travel_files.encode_request(
            TravelRequest(
                vault_id=vault_id,
                created=slots.today(),
                recipient=identity.recipient().encode(),
                slots=escrow,
                signers=(signer,) if signer else (),
            )
        )
        key = TravelKey(vault_id=vault_id, request=travel_files.request_digest(data))
        if request.exists():
            raise TargetExists(path=request.name)
        with new_file(key_path(request)) as sealed, identity.encode() as secret:
            plain = travel_files.key_file(key, secret.view())
            recipient = ScryptRecipient(key_passphrase, log_n)
            with _wiped(plain), EncryptWriter([recipient], sealed) as writer:
                writer.write(plain)
            recipient.wipe()
        try:
            with new_file(request) as stream:
                stream.write(data)
        except BaseException:
            key_path(request).unlink(missing_ok=True)
            raise
    fingerprint = signer.fingerprint() if signer else ""
    code = travel_files.request_code(data)
    return RequestMade(request, key_path(request), code, fingerprint)


def _signer_of(untrusted_card: str, escrow: tuple[KeySlot, ...]) -> VerifyKey:
    card = contact_card.parse(untrusted_card)
    if not any(travel_files.recipient_of(slot) in card.recipients for slot in escrow):
        raise CardWithoutSlot
    return card.verify_key


def answer(
    session: VaultSession, request: Path, out: Path, *, untrusted_code: str = ""
) -> Answered:
    """Open the escrow of a request with this vault's identity and encrypt it to the asker.

    The answer is signed by this vault's identity. A code, when given, must be the request's.
    Nothing is at `out` on failure.

    Raises:
        RequestCodeDiffers: the request is not the one that the code was read from.
        WrongIdentity: no slot of it is for this identity, or it is no slot of that vault.
        TravelFileMalformed, TravelFileTooNew, TargetExists, VaultIsReadOnly.
    """
    if session.read_only:
        raise VaultIsReadOnly
    data = _read(request, "request")
    asked = travel_files.parse_request(data)
    code = travel_files.request_code(data)
    if untrusted_code and not same_code(code, untrusted_code):
        raise RequestCodeDiffers
    with _escrowed(asked, session) as vmk:
        key = slots.VaultKey(vmk=vmk, vault_id=asked.vault_id)
        sealed = slots.recipient_slot(key, asked.recipient)
    body = travel_files.response_body(
        TravelResponse(
            vault_id=asked.vault_id,
            created=slots.today(),
            request=travel_files.request_digest(data),
            slot=sealed,
        )
    )
    signature = sshsig.sign(session.identity.signing, NAMESPACE, body)
    with new_file(out) as stream:
        stream.write(body + signature.encode("ascii"))
        # Noted before the answer appears: an answer that nobody knows of must not exist.
        with session.store.writer(session.author()) as writer:
            writer.note("escrow_answered", "vault", vault=asked.vault_id.hex())
    return Answered(code, asked.vault_id.hex())


def _escrowed(asked: TravelRequest, session: VaultSession) -> SecretBytes:
    identities = session.identity.age_identities()
    for slot in asked.slots:
        vmk = slots.open_with_identities(slot, asked.vault_id, identities)
        if vmk is not None:
            return vmk
    raise WrongIdentity


def finish(
    folder: Path,
    response: Path,
    request: Path,
    *,
    key_passphrase: bytearray,
    new_passphrase: bytearray,
    kdf: Argon2Params | None = None,
) -> TravelUnlocked:
    """Open the vault with an answer and give it a new passphrase; both passphrases are zeroed.

    Raises:
        OtherVault, RequestChanged, SignerNotExpected, BadSignature: the answer is not to be
            trusted. The vault and the files are as they were, as with every other error.
        NoMatchingIdentity: the passphrase of the key file is wrong.
        HeaderTampered: the master key in the answer is not this vault's.
    """
    with _wiped(key_passphrase), _wiped(new_passphrase):
        if not new_passphrase:
            raise PassphraseEmpty
        vault_id, _escrow = unlock.escrow_slots(folder)
        data = _read(request, "request")
        asked = travel_files.parse_request(data)
        answered = travel_files.parse_response(_read(response, "response"))
        _check_ids(vault_id, asked, answered.response)
        digest = travel_files.request_digest(data)
        if answered.response.request != digest:
            raise RequestChanged
        signer = _verified_signer(asked, answered)
        with _travel_identities(key_path(request), key_passphrase, vault_id, digest) as mine:
            unlocked = unlock.unlock_with_answer(folder, answered.response.slot, mine)
        with (
            session_of(folder, unlocked) as session,
            SecretBytes(passphrase_credential(new_passphrase).passphrase) as secret,
        ):
            slot, code = slot_changes.restore_local_slots(
                folder, session.keys, secret.view(), kdf or calibrated()
            )
            name = _name_of(session, signer)
            with session.store.writer(session.author()) as writer:
                writer.note("travel_unlocked", "vault", signer=signer.fingerprint())
    return TravelUnlocked(
        slot=slot.id,
        signer=signer.fingerprint(),
        signer_name=name,
        expected=bool(asked.signers),
        recovery_code=_shown(code),
    )


def _shown(code: SecretBytes | None) -> SecretBytes | None:
    if code is None:
        return None
    with code:
        return SecretBytes(recovery.shown(code))


def _check_ids(vault_id: bytes, asked: TravelRequest, answered: TravelResponse) -> None:
    if asked.vault_id != vault_id:
        raise OtherVault(file="request")
    if answered.vault_id != vault_id:
        raise OtherVault(file="response")


def _verified_signer(asked: TravelRequest, answered: SignedResponse) -> VerifyKey:
    signer = sshsig.verify(answered.signature, NAMESPACE, answered.body)
    if asked.signers and signer not in asked.signers:
        raise SignerNotExpected(signer=signer.fingerprint())
    return signer


def _name_of(session: VaultSession, signer: VerifyKey) -> str:
    with session.store.reader() as reader:
        for contact in reader.contacts():
            if contact.verify_key == signer.raw:
                return contact.display_name
    return ""


@contextlib.contextmanager
def _travel_identities(
    path: Path, passphrase: bytearray, vault_id: bytes, digest: str
) -> Iterator[list[Identity]]:
    """Give the identity of a key file that was made for this request of this vault."""
    sealed = _read(path, "key")
    opener = ScryptIdentity(passphrase)
    try:
        with open_age([opener], io.BytesIO(sealed)) as reader:
            # The reader hands out immutable bytes: this copy is freed, not zeroed.
            plain = bytearray(reader.read(travel_files.MOST_BYTES))
    finally:
        opener.wipe()
    with _wiped(plain):
        key = travel_files.parse_key_file(plain)
        if key.vault_id != vault_id:
            raise OtherVault(file="key")
        if key.request != digest:
            raise RequestChanged
        identities = parse_identity_file(plain)
    try:
        yield identities
    finally:
        for identity in identities:
            identity.wipe()


def _read(path: Path, what: str) -> bytes:
    with path.open("rb") as file:
        data = file.read(travel_files.MOST_BYTES + 1)
    if len(data) > travel_files.MOST_BYTES:
        raise TravelFileMalformed(file=what, reason="size")
    return data


@contextlib.contextmanager
def _fresh() -> Iterator[HybridIdentity]:
    identity = HybridIdentity.generate()
    try:
        yield identity
    finally:
        identity.wipe()


@contextlib.contextmanager
def _wiped(buffer: bytearray) -> Iterator[None]:
    try:
        yield
    finally:
        buffer[:] = bytes(len(buffer))
