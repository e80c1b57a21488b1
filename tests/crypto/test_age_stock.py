# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The age programs that colleagues have: they open our files, and we open theirs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from vault.crypto.age_file import (
    Identity,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    encrypt,
    open_age,
    parse_identity_file,
    parse_recipient,
)

PASSPHRASE: Final = "длинная дорога 17"
LENGTHS: Final = (0, 1, 64 * 1024, 200_001)


@pytest.fixture(scope="module")
def identity_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("age") / "key.txt"
    with X25519Identity.generate().encode() as text:
        path.write_bytes(bytes(text.view()) + b"\n")
    return path


@pytest.fixture(scope="module")
def identity(identity_file: Path) -> X25519Identity:
    parsed = parse_identity_file(bytearray(identity_file.read_bytes()))[0]
    assert isinstance(parsed, X25519Identity)
    return parsed


@pytest.mark.requires_program("age")
@pytest.mark.parametrize("armor", [False, True])
@pytest.mark.parametrize("length", LENGTHS)
class TestKeys:
    def test_age_opens_what_we_encrypt(
        self, identity_file: Path, identity: X25519Identity, length: int, *, armor: bool
    ) -> None:
        plain = os.urandom(length)
        sink = io.BytesIO()
        encrypt([identity.recipient()], io.BytesIO(plain), sink, armor=armor)
        command = ["age", "-d", "-i", str(identity_file)]
        result = subprocess.run(command, input=sink.getvalue(), capture_output=True, check=True)
        assert result.stdout == plain

    def test_we_open_what_age_encrypts(
        self, identity: X25519Identity, length: int, *, armor: bool
    ) -> None:
        plain = os.urandom(length)
        command = ["age", "-r", identity.recipient().encode()] + ["-a"] * armor
        result = subprocess.run(command, input=plain, capture_output=True, check=True)
        assert open_age([identity], io.BytesIO(result.stdout)).read() == plain


@pytest.mark.requires_program("age", "age-keygen")
def test_the_keys_of_age_keygen_are_ours_and_ours_are_its(tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    subprocess.run(["age-keygen", "-o", str(path)], capture_output=True, check=True)
    theirs = parse_identity_file(bytearray(path.read_bytes()))[0]
    assert isinstance(theirs, X25519Identity)
    shown = subprocess.run(["age-keygen", "-y", str(path)], capture_output=True, check=True)
    assert parse_recipient(shown.stdout.decode("ascii")) == theirs.recipient()


@pytest.mark.requires_program("age", "setsid")
@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is asked for")
class TestPassphrases:
    def test_age_opens_what_we_encrypt_to_a_passphrase(self, tmp_path: Path) -> None:
        sink = io.BytesIO()
        recipient = ScryptRecipient(bytearray(PASSPHRASE.encode()), 12)
        encrypt([recipient], io.BytesIO(b"by passphrase"), sink)
        (tmp_path / "in.age").write_bytes(sink.getvalue())
        output = tmp_path / "out"
        at_terminal(["age", "-d", "-o", str(output), str(tmp_path / "in.age")], prompts=1)
        assert output.read_bytes() == b"by passphrase"

    def test_we_open_what_age_encrypts_to_a_passphrase(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_bytes(b"by passphrase")
        output = tmp_path / "out.age"
        at_terminal(["age", "-p", "-o", str(output), str(tmp_path / "in")], prompts=2)
        opener: Identity = ScryptIdentity(bytearray(PASSPHRASE.encode()))
        assert open_age([opener], io.BytesIO(output.read_bytes())).read() == b"by passphrase"


def at_terminal(command: list[str], *, prompts: int) -> None:
    """Run a program on a terminal of its own and type the passphrase at each prompt."""
    ours, theirs = os.openpty()
    try:
        process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", *command], stdin=theirs, stdout=theirs, stderr=theirs
        )
        for _ in range(prompts):
            shown = b""
            while b"assphrase" not in shown or not shown.endswith(b": "):
                shown += os.read(ours, 1024)
            os.write(ours, PASSPHRASE.encode() + b"\n")
        assert process.wait(timeout=60) == 0
    finally:
        os.close(theirs)
        os.close(ours)
