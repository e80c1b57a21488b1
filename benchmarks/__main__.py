# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench`: one table of the work that people wait for. Best of three runs of each line.

The baseline of encryption is a copy of the same bytes in memory; the peer is the program `age`
where it is installed. Nothing here is kept: every key is random and every file is in memory or
in a folder that is removed.
"""

from __future__ import annotations

import io
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vault.crypto.age_file import encrypt, open_age
from vault.crypto.age_x25519 import X25519Identity
from vault.crypto.chunked import ChunkedReader
from vault.crypto.chunked_writer import encrypt_stream
from vault.crypto.kdf import DEFAULT, FLOOR, measured_seconds
from vault.crypto.secret_bytes import SecretBytes

MEGABYTES = 64
ROUNDS = 3
CONTEXT = b"benchmark"

Row = tuple[str, str]


def best(work: Callable[[], object]) -> float:
    """Return the shortest of a few runs, in seconds."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def speed(work: Callable[[], object]) -> str:
    """Return megabytes a second for work on `MEGABYTES` of them."""
    return f"{MEGABYTES / best(work):8.0f} MB/s"


def derivations() -> Iterator[Row]:
    """Yield what a passphrase costs: one try of ours, and of whoever guesses."""
    for name, cost in (("default", DEFAULT), ("floor", FLOOR)):
        shown = f"Argon2id {name}: {cost.memory_kib // 1024} MiB, {cost.iterations} passes"
        yield shown, f"{min(measured_seconds(cost) for _ in range(ROUNDS)):8.2f} s"


def objects(plain: bytes) -> Iterator[Row]:
    """Yield the speed of evidence files: as objects of the vault, beside a copy."""
    key = SecretBytes.random()
    sealed = io.BytesIO()
    encrypt_stream(key, CONTEXT, io.BytesIO(plain), sealed)

    def seal() -> None:
        encrypt_stream(key, CONTEXT, io.BytesIO(plain), io.BytesIO())

    def read() -> None:
        with ChunkedReader(key, CONTEXT, io.BytesIO(sealed.getvalue())) as reader:
            while reader.read(1 << 20):
                pass

    yield f"copy of {MEGABYTES} MB in memory", speed(lambda: bytearray(plain))
    yield "object, encrypt", speed(seal)
    yield "object, decrypt", speed(read)


def age_files(plain: bytes) -> Iterator[Row]:
    """Yield the speed of bundles: our age, and the program of that name."""
    identity = X25519Identity.generate()
    recipients = [identity.recipient()]
    sealed = io.BytesIO()
    encrypt(recipients, io.BytesIO(plain), sealed)

    def seal() -> None:
        encrypt(recipients, io.BytesIO(plain), io.BytesIO())

    def read() -> None:
        reader = open_age([identity], io.BytesIO(sealed.getvalue()))
        while reader.read(1 << 20):
            pass

    yield "age file, encrypt", speed(seal)
    yield "age file, decrypt", speed(read)
    program = shutil.which("age")
    if program:
        yield from stock_age(program, recipients[0].encode(), plain)


def stock_age(program: str, recipient: str, plain: bytes) -> Iterator[Row]:
    """Yield the speed of the installed program on the same bytes, files included."""
    with tempfile.TemporaryDirectory() as folder:
        source, sealed = Path(folder, "plain"), Path(folder, "sealed")
        source.write_bytes(plain)

        def seal() -> None:
            command = [program, "-r", recipient, "-o", str(sealed), str(source)]
            subprocess.run(command, check=True)

        yield "age program, encrypt", speed(seal)


def main() -> int:
    """Print the table."""
    plain = secrets.token_bytes(MEGABYTES * 1024 * 1024)
    for rows in (derivations(), objects(plain), age_files(plain)):
        for name, value in rows:
            print(f"{name:45} {value}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
