# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A travel-locked vault opens to its owner with a colleague's answer, and to no other answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.travellers import (
    KEY_PHRASE,
    NEXT,
    Exchange,
    People,
    ask,
    lock,
    new_exchange,
    new_people,
    opens_with_code,
    secret,
)
from tests.template_vault import TemplateVault, fingerprints, new_vault, passphrase
from vault.crypto import sshsig
from vault.crypto.errors import BadSignature, NoMatchingIdentity
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultError
from vault.keys import slots as key_slots
from vault.keys import travel_files, unlock
from vault.keys.errors import (
    HeaderTampered,
    TravelFileMalformed,
    WrongIdentity,
    WrongPassphrase,
)
from vault.progress import Progress
from vault.services import contacts, travel_unlock, upkeep, vaults
from vault.services.errors import (
    CardWithoutSlot,
    NoEscrow,
    OtherVault,
    PassphraseEmpty,
    RequestChanged,
    RequestCodeDiffers,
    SignerNotExpected,
    TargetExists,
)


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return new_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def people(_made: People, tmp_path: Path) -> People:
    """Return three vaults of this test's own."""
    return _made.copied_to(tmp_path)


@pytest.fixture(scope="module")
def _exchanged(_made: People, tmp_path_factory: pytest.TempPathFactory) -> Exchange:
    return new_exchange(_made.copied_to(tmp_path_factory.mktemp("exchange")))


@pytest.fixture
def exchange(_exchanged: Exchange, tmp_path: Path) -> Exchange:
    """Return the vaults and files of an exchange for this test alone."""
    return _exchanged.copied_to(tmp_path)


def people_key(people: People) -> bytes:
    with people.first.opened() as theirs:
        credential = unlock.RecipientCredential(identities=theirs.identity.age_identities())
        with unlock.unlock(people.folder, credential, None).vmk as vmk:
            return bytes(vmk.view())


def test_a_colleagues_answer_opens_the_vault_with_a_new_passphrase(exchange: Exchange) -> None:
    done = exchange.finish()
    assert done.signer_name == "first"
    assert done.expected
    with pytest.raises(WrongPassphrase):
        exchange.people.traveller.opened()
    with vaults.open_vault(exchange.people.folder, passphrase(NEXT), Progress()) as session:
        assert session.keys.slot_id == done.slot
        assert upkeep.check_vault(session, Progress()).ok
        with session.store.reader() as reader:
            actions = [entry.action for entry in reader.audit_entries()]
    assert actions.index("travel_locked") < actions.index("travel_unlocked")
    assert done.recovery_code is not None
    with done.recovery_code as code:
        vaults.prove_recovery_code(exchange.people.folder, bytearray(code.view()))
    types = [slot.type for slot in vaults.vault_info(exchange.people.folder).slots]
    assert types == ["passphrase", "recovery", "recipient", "recipient"]


def test_a_recovery_slot_that_stayed_is_not_replaced(people: People) -> None:
    lock(people.folder, sheet_elsewhere=True)
    asked = ask(people)
    response = people.folder.with_name("response")
    with people.second.opened() as theirs:
        answered = travel_unlock.answer(theirs, asked.request, response)
    assert answered.code == asked.code
    done = Exchange(people, asked.request, response, asked.code).finish()
    assert (done.recovery_code, done.expected, done.signer_name) == (None, False, "second")
    assert opens_with_code(people.traveller, people.folder)


def test_neither_file_holds_a_secret_in_clear(exchange: Exchange) -> None:
    vmk = people_key(exchange.people)
    for path in (exchange.request, exchange.response):
        data = path.read_bytes()
        assert vmk.hex().encode() not in data
        assert b"AGE-SECRET" not in data
    assert b"AGE-SECRET" not in travel_unlock.key_path(exchange.request).read_bytes()


def test_a_request_for_nobody_is_not_made(people: People) -> None:
    request = people.folder.with_name("request")
    with pytest.raises(NoEscrow):
        travel_unlock.make_request(people.first.folder, request, secret(KEY_PHRASE), log_n=10)
    with people.traveller.opened() as stranger:
        card = contacts.own_card(stranger).text
    with pytest.raises(CardWithoutSlot):
        ask(people, card=card)
    with pytest.raises(PassphraseEmpty):
        travel_unlock.make_request(people.folder, request, secret(""), log_n=10)
    assert not list(request.parent.glob("request*"))


def test_an_existing_file_is_not_overwritten_by_a_request(people: People) -> None:
    request = people.folder.with_name("request")
    request.write_bytes(b"mine")
    with pytest.raises(TargetExists):
        ask(people)
    assert request.read_bytes() == b"mine"
    assert not travel_unlock.key_path(request).exists()
    request.rename(travel_unlock.key_path(request))
    with pytest.raises(TargetExists):
        ask(people)
    assert not request.exists()
    assert travel_unlock.key_path(request).read_bytes() == b"mine"


MEETS_THE_LIMIT = """
import resource, signal, sys
from pathlib import Path
from vault.services import travel_unlock

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
try:
    travel_unlock.make_request(Path(sys.argv[1]), Path(sys.argv[2]), bytearray(b"x"), log_n=10)
except OSError:
    print("disk refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits a process as POSIX does; never run")
def test_a_request_that_cannot_be_written_takes_its_key_file_away(people: People) -> None:
    command = [
        sys.executable,
        "-c",
        MEETS_THE_LIMIT,
        people.folder,
        people.folder.with_name("request"),
    ]
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, check=False, text=True,
        env={"PYTHONPATH": "src", "PATH": ""},
    )  # fmt: skip
    assert done.stdout == "disk refused\n", done.stderr
    assert not list(people.folder.parent.glob("*request*"))
    assert not list(people.folder.parent.glob(".*"))


def refused_answer(
    exchange: Exchange, by: TemplateVault, error: type[VaultError], code: str = ""
) -> None:
    out = exchange.response.with_name("second-response")
    with by.opened() as theirs, pytest.raises(error):
        travel_unlock.answer(theirs, exchange.request, out, untrusted_code=code)
    assert not out.exists()
    assert not list(out.parent.glob(".*"))


def test_somebody_without_a_slot_cannot_answer(exchange: Exchange, tmp_path: Path) -> None:
    refused_answer(exchange, new_vault(tmp_path / "stranger.panah"), WrongIdentity)


def test_other_digits_are_refused(exchange: Exchange) -> None:
    wrong = ("1" if exchange.code[0] == "0" else "0") + exchange.code[1:]
    refused_answer(exchange, exchange.people.first, RequestCodeDiffers, wrong)


def test_an_answer_does_not_replace_a_file(exchange: Exchange) -> None:
    before = exchange.response.read_bytes()
    with exchange.people.first.opened() as theirs, pytest.raises(TargetExists):
        travel_unlock.answer(theirs, exchange.request, exchange.response)
    assert exchange.response.read_bytes() == before


def test_a_request_in_the_name_of_another_vault_is_refused(exchange: Exchange) -> None:
    asked = travel_files.parse_request(exchange.request.read_bytes())
    exchange.request.write_bytes(travel_files.encode_request(replace(asked, vault_id=bytes(16))))
    refused_answer(exchange, exchange.people.first, HeaderTampered)


def test_a_request_for_other_eyes_has_other_digits(exchange: Exchange) -> None:
    asked = travel_files.parse_request(exchange.request.read_bytes())
    with exchange.people.second.opened() as thief:
        other = thief.identity.recipients()[1]
    forged = travel_files.encode_request(replace(asked, recipient=other))
    assert travel_files.request_code(forged) != exchange.code


def spoil_signature(exchange: Exchange) -> None:
    data = exchange.response.read_bytes()
    signed = travel_files.parse_response(data)
    with exchange.people.second.opened() as theirs:
        other = sshsig.sign(theirs.identity.signing, travel_files.NAMESPACE, b"something else")
    exchange.response.write_bytes(signed.body + other.encode())


def sign_as_second(exchange: Exchange) -> None:
    signed = travel_files.parse_response(exchange.response.read_bytes())
    resign(exchange, signed.response, exchange.people.second)


def resign(exchange: Exchange, response: travel_files.TravelResponse, by: TemplateVault) -> None:
    body = travel_files.response_body(response)
    with by.opened() as theirs:
        signature = sshsig.sign(theirs.identity.signing, travel_files.NAMESPACE, body)
    exchange.response.write_bytes(body + signature.encode())


def sign_for_another_purpose(exchange: Exchange) -> None:
    body = travel_files.parse_response(exchange.response.read_bytes()).body
    with exchange.people.first.opened() as theirs:
        signature = sshsig.sign(theirs.identity.signing, "panah-bundle", body)
    exchange.response.write_bytes(body + signature.encode())


def name_another_vault(exchange: Exchange) -> None:
    signed = travel_files.parse_response(exchange.response.read_bytes())
    resign(exchange, replace(signed.response, vault_id=bytes(16)), exchange.people.first)


def name_another_request(exchange: Exchange) -> None:
    signed = travel_files.parse_response(exchange.response.read_bytes())
    resign(exchange, replace(signed.response, request="0" * 64), exchange.people.first)


def alter_request(exchange: Exchange) -> None:
    """Let anybody answer, as a thief would who can write beside the vault."""
    asked = travel_files.parse_request(exchange.request.read_bytes())
    data = travel_files.encode_request(replace(asked, signers=()))
    exchange.request.write_bytes(data)
    signed = travel_files.parse_response(exchange.response.read_bytes())
    digest = travel_files.request_digest(data)
    resign(exchange, replace(signed.response, request=digest), exchange.people.second)


def take_request_of_another_vault(exchange: Exchange) -> None:
    asked = travel_files.parse_request(exchange.request.read_bytes())
    exchange.request.write_bytes(travel_files.encode_request(replace(asked, vault_id=bytes(16))))


def answer_with_another_master_key(exchange: Exchange) -> None:
    asked = travel_files.parse_request(exchange.request.read_bytes())
    signed = travel_files.parse_response(exchange.response.read_bytes())
    key = key_slots.VaultKey(vmk=SecretBytes.random(), vault_id=asked.vault_id)
    slot = key_slots.recipient_slot(key, asked.recipient)
    resign(exchange, replace(signed.response, slot=slot), exchange.people.first)


def answer_for_other_eyes(exchange: Exchange) -> None:
    signed = travel_files.parse_response(exchange.response.read_bytes())
    with exchange.people.second.opened() as theirs:
        key = key_slots.VaultKey(vmk=SecretBytes.random(), vault_id=signed.response.vault_id)
        slot = key_slots.recipient_slot(key, theirs.identity.recipients()[1])
    resign(exchange, replace(signed.response, slot=slot), exchange.people.first)


def cut_off(exchange: Exchange) -> None:
    exchange.response.write_bytes(exchange.response.read_bytes()[:-200])


def inflate(exchange: Exchange) -> None:
    exchange.response.write_bytes(b" " * (travel_files.MOST_BYTES + 1))


@pytest.mark.parametrize(
    "spoil,error",
    [
        (spoil_signature, BadSignature),
        (sign_as_second, SignerNotExpected),
        (sign_for_another_purpose, BadSignature),
        (name_another_vault, OtherVault),
        (name_another_request, RequestChanged),
        (alter_request, RequestChanged),
        (take_request_of_another_vault, OtherVault),
        (answer_with_another_master_key, HeaderTampered),
        (answer_for_other_eyes, WrongIdentity),
        (cut_off, BadSignature),
        (inflate, TravelFileMalformed),
    ],
    ids=lambda value: value.__name__,
)
def test_an_answer_that_is_not_the_answer_is_refused_and_changes_nothing(
    exchange: Exchange, spoil: Callable[[Exchange], None], error: type[VaultError]
) -> None:
    spoil(exchange)
    before = fingerprints(exchange.people.folder)
    with pytest.raises(error):
        exchange.finish()
    assert fingerprints(exchange.people.folder) == before


@pytest.mark.parametrize(
    "words,error",
    [({"key": "не та"}, NoMatchingIdentity), ({"new": ""}, PassphraseEmpty)],
)
def test_a_wrong_or_an_empty_passphrase_changes_nothing(
    exchange: Exchange, words: dict[str, str], error: type[VaultError]
) -> None:
    before = fingerprints(exchange.people.folder)
    with pytest.raises(error):
        exchange.finish(**words)
    assert fingerprints(exchange.people.folder) == before


def test_the_key_of_another_vaults_request_is_refused(exchange: Exchange) -> None:
    other = travel_unlock.key_path(exchange.request)
    other.unlink()
    made = travel_unlock.make_request(
        exchange.people.folder, exchange.request.with_name("again"), secret(KEY_PHRASE), log_n=10
    )
    made.key.rename(other)
    with pytest.raises(RequestChanged):
        exchange.finish()


@pytest.mark.requires_program("ssh-keygen")
def test_stock_ssh_keygen_checks_who_answered(exchange: Exchange, tmp_path: Path) -> None:
    signed = travel_files.parse_response(exchange.response.read_bytes())
    (tmp_path / "signature").write_text(signed.signature, encoding="ascii")
    (signer,) = travel_files.parse_request(exchange.request.read_bytes()).signers
    (tmp_path / "signers").write_text(f"first {signer.openssh()}\n", encoding="ascii")
    command = [
        "ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "signers"), "-I", "first",
        "-n", "panah-escrow-response", "-s", str(tmp_path / "signature"),
    ]  # fmt: skip
    done = subprocess.run(command, input=signed.body, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(command, input=signed.body + b" ", capture_output=True, check=False)
    assert done.returncode != 0
