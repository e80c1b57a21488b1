# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starts a decoding process that spins, tells its number, and waits to be killed by a test."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.decoding.conftest import PROBING_COMMAND, ask_of
from vault.decoding.client import Decoder

if __name__ == "__main__":
    decoder = Decoder(command=PROBING_COMMAND, time_limit=60)
    number = ask_of(decoder, "process_id")
    threading.Thread(target=lambda: ask_of(decoder, "spin"), daemon=True).start()
    time.sleep(0.3)
    print(number, flush=True)  # noqa: T201  # the test reads it
    time.sleep(60)
