# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The known-answer tests pass here, are quick, and notice a primitive that answers wrongly."""

from __future__ import annotations

import time

import pytest

from vault.crypto import selftest
from vault.crypto.errors import ObjectTampered, SelfTestFailed


def test_every_primitive_gives_its_answer_quickly() -> None:
    selftest.run()
    started = time.process_time()
    selftest.run()
    assert time.process_time() - started < 0.15


@pytest.mark.parametrize("name", [name for name, _check in selftest.CHECKS])
def test_each_check_is_asked_and_named_when_it_fails(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    broken = [(one, (lambda: False) if one == name else check) for one, check in selftest.CHECKS]
    monkeypatch.setattr(selftest, "CHECKS", broken)
    with pytest.raises(SelfTestFailed) as caught:
        selftest.run()
    assert caught.value.details == {"primitive": name}


def test_a_check_that_raises_is_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising() -> bool:
        raise ObjectTampered(chunk=0)

    monkeypatch.setattr(selftest, "CHECKS", [("Cobblestone-256", raising)])
    with pytest.raises(SelfTestFailed) as caught:
        selftest.run()
    assert caught.value.details == {"primitive": "Cobblestone-256"}


@pytest.mark.parametrize(
    "broken, primitive",
    [
        ("derive_unchecked", "Argon2id"),
        ("hkdf_sha256", "HKDF-SHA256"),
        ("hmac_sha256", "HMAC-SHA256"),
        ("unwrap_key", "AES-256-GCM-SIV"),
    ],
)
def test_a_primitive_that_answers_wrongly_is_noticed(
    monkeypatch: pytest.MonkeyPatch, broken: str, primitive: str
) -> None:
    class WrongAnswer:
        def view(self) -> bytearray:
            return bytearray(32)

        def hex(self) -> str:
            return "00" * 32

        def equals(self, _other: object) -> bool:
            return False

    monkeypatch.setattr(selftest, broken, lambda *_args, **_named: WrongAnswer())
    with pytest.raises(SelfTestFailed) as caught:
        selftest.run()
    assert caught.value.details == {"primitive": primitive}
