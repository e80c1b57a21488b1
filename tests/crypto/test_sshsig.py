# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""SSH signatures: with the real ssh-keygen both ways, and every other spelling refused."""

from __future__ import annotations

import base64
import io
import subprocess
from pathlib import Path
from typing import Final

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto import sshsig
from vault.crypto.errors import BadSignature, MalformedSignature, WrongNamespace
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey, VerifyKey

NAMESPACE: Final = "panah-bundle"
MESSAGE: Final = b'{"format": "panah-bundle"}\n'
KEY: Final = SigningKey(SecretBytes.copy_of(bytes(range(32))))
SIGNATURE: Final = sshsig.sign(KEY, NAMESPACE, MESSAGE)


def blob_of(armored: str) -> bytearray:
    return bytearray(base64.b64decode("".join(armored.split("\n")[1:-2])))


def armored(blob: bytes) -> str:
    text = base64.b64encode(blob).decode("ascii")
    return f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n"


@pytest.mark.requires_program("ssh-keygen")
class TestStockSshKeygen:
    def test_ssh_keygen_accepts_our_signature(self, tmp_path: Path) -> None:
        (tmp_path / "signature").write_text(SIGNATURE, encoding="ascii")
        allowed = f"sender {KEY.public.openssh()}\n"
        (tmp_path / "allowed").write_text(allowed, encoding="ascii")
        result = self.verified(tmp_path, MESSAGE)
        assert result.returncode == 0
        assert b"Good" in result.stdout
        assert KEY.public.fingerprint().encode("ascii") in result.stdout

    def test_ssh_keygen_refuses_our_signature_of_another_message(self, tmp_path: Path) -> None:
        (tmp_path / "signature").write_text(SIGNATURE, encoding="ascii")
        allowed = f"sender {KEY.public.openssh()}\n"
        (tmp_path / "allowed").write_text(allowed, encoding="ascii")
        assert self.verified(tmp_path, MESSAGE + b" ").returncode != 0

    @pytest.mark.parametrize("hash_name", ["sha512", "sha256"])
    def test_we_accept_what_ssh_keygen_signed(self, tmp_path: Path, hash_name: str) -> None:
        key_file = tmp_path / "key"
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "sender", "-f", str(key_file)]
        subprocess.run(make, check=True)
        sign = ["ssh-keygen", "-Y", "sign", "-f", str(key_file), "-n", NAMESPACE]
        result = subprocess.run(
            [*sign, "-O", f"hashalg={hash_name}"], input=MESSAGE, capture_output=True, check=True
        )
        public = (tmp_path / "key.pub").read_text(encoding="ascii")
        signer = sshsig.verify(result.stdout.decode("ascii"), NAMESPACE, io.BytesIO(MESSAGE))
        assert signer == VerifyKey.parse_openssh(public)

    def test_our_fingerprint_is_the_one_that_ssh_keygen_shows(self, tmp_path: Path) -> None:
        (tmp_path / "key.pub").write_text(KEY.public.openssh() + "\n", encoding="ascii")
        show = ["ssh-keygen", "-l", "-f", str(tmp_path / "key.pub")]
        result = subprocess.run(show, capture_output=True, check=True)
        assert KEY.public.fingerprint() in result.stdout.decode("ascii")

    @staticmethod
    def verified(folder: Path, message: bytes) -> subprocess.CompletedProcess[bytes]:
        command = ["ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", "sender"]
        command += ["-f", str(folder / "allowed"), "-s", str(folder / "signature")]
        return subprocess.run(command, input=message, capture_output=True, check=False)


@hypothesis.given(
    st.binary(max_size=3000),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz-@.", min_size=1, max_size=40),
)
def test_what_is_signed_is_verified(message: bytes, namespace: str) -> None:
    signature = sshsig.sign(KEY, namespace, io.BytesIO(message))
    assert sshsig.verify(signature, namespace, message) == KEY.public


def test_a_signature_for_another_purpose_is_refused_by_name() -> None:
    with pytest.raises(WrongNamespace):
        sshsig.verify(SIGNATURE, "panah-card", MESSAGE)


def test_another_message_is_refused() -> None:
    with pytest.raises(BadSignature):
        sshsig.verify(SIGNATURE, NAMESPACE, MESSAGE[:-1])


def test_carriage_returns_of_windows_are_tolerated() -> None:
    assert sshsig.verify(SIGNATURE.replace("\n", "\r\n"), NAMESPACE, MESSAGE) == KEY.public


def test_every_flipped_bit_is_refused() -> None:
    sound = bytes(blob_of(SIGNATURE))
    for bit in range(len(sound) * 8):
        changed = bytearray(sound)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadSignature):
            sshsig.verify(armored(bytes(changed)), NAMESPACE, MESSAGE)


def test_every_truncation_is_refused() -> None:
    sound = bytes(blob_of(SIGNATURE))
    for length in range(len(sound)):
        with pytest.raises(MalformedSignature):
            sshsig.verify(armored(sound[:length]), NAMESPACE, MESSAGE)


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def built(
    *,
    version: int = 1,
    public: bytes = KEY.public.ssh_blob(),
    reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    kind: bytes = b"ssh-ed25519",
    more: bytes = b"",
) -> str:
    """Return a signature that is sound in everything but what the caller changed."""
    blob = blob_of(SIGNATURE)
    signature = bytes(blob[-64:])
    return armored(
        b"SSHSIG"
        + version.to_bytes(4, "big")
        + string(public)
        + string(NAMESPACE.encode("ascii"))
        + string(reserved)
        + string(hash_name)
        + string(string(kind) + string(signature))
        + more
    )


def test_the_builder_of_these_tests_builds_a_sound_signature() -> None:
    assert sshsig.verify(built(), NAMESPACE, MESSAGE) == KEY.public


@pytest.mark.parametrize(
    "forged, reason",
    [
        (built(version=2), "version"),
        (built(public=b"short"), "key"),
        (built(public=KEY.public.ssh_blob() + b"more"), "key"),
        (built(reserved=b"something"), "reserved"),
        (built(hash_name=b"md5"), "hash"),
        (built(hash_name=b"\xff"), "hash"),
        (built(kind=b"ssh-rsa"), "type"),
        (built(more=b"\0"), "trailing data"),
        (built().replace("BEGIN SSH SIGNATURE", "BEGIN PGP SIGNATURE"), "armor"),
        ("before\n" + built(), "armor"),
        (built() + "after\n", "armor"),
        ("", "armor"),
        (built().replace("\nU1NI", "\nU1N!"), "base64"),
        (built().replace("\nU1NI", "\n U1NI"), "base64"),
        (built() + "\n" * 5000, "too long"),
    ],
)
def test_each_fault_is_refused_by_its_name(forged: str, reason: str) -> None:
    with pytest.raises(MalformedSignature) as caught:
        sshsig.verify(forged, NAMESPACE, MESSAGE)
    assert caught.value.details["reason"] == reason


@hypothesis.given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_in_another_way(blob: bytes) -> None:
    for text in (armored(blob), armored(b"SSHSIG\0\0\0\x01" + blob)):
        with pytest.raises(MalformedSignature):
            sshsig.verify(text, NAMESPACE, MESSAGE)


@hypothesis.given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_in_another_way(text: str) -> None:
    for shown in (text, armored(b"").replace("\n\n", f"\n{text}\n")):
        with pytest.raises(MalformedSignature):
            sshsig.verify(shown, NAMESPACE, MESSAGE)


def test_signing_without_a_purpose_is_a_bug() -> None:
    with pytest.raises(ValueError, match="namespace"):
        sshsig.sign(KEY, "", MESSAGE)
