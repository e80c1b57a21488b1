# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Power cuts at every step of writing the header: one header always opens.

Nothing of ours runs after a cut, not even an `except OSError`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.keys import vaults
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import durable_file, header_json, key_file, unlock
from vault.keys.errors import NotAVault
from vault.keys.header import VaultHeader


def _contents(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class PowerCut(BaseException):
    """The machine is off."""


class CutAfter:
    """Lets a number of steps on the disk happen, and then no more."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, real: Callable[..., Any], *, half: Callable[..., Any] | None = None) -> Any:
        def run(*arguments: Any, **named: Any) -> Any:
            if self.left == 0:
                if half is not None:
                    half(*arguments)
                raise PowerCut
            self.left -= 1
            return real(*arguments, **named)

        return run

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(os, "fsync", self.step(os.fsync))
        patch.setattr(Path, "replace", self.step(Path.replace))
        patch.setattr(Path, "unlink", self.step(Path.unlink))
        patch.setattr(
            durable_file,
            "_write",
            self.step(
                durable_file._write,
                half=lambda path, data: path.write_bytes(data[: len(data) // 2]),
            ),
        )


Write = Callable[[Path, VaultHeader, SecretBytes], None]


@pytest.mark.parametrize("write", [key_file.write_checkpoint, key_file.write_both])
@pytest.mark.parametrize("broken_before", ["", "header.json"])
def test_one_header_opens_after_a_power_cut_at_any_step(
    portable: vaults.Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Write,
    broken_before: str,
) -> None:
    vmk = SecretBytes.copy_of(portable.vmk)
    generations = set()
    cut = CutAfter(0)
    for steps in range(50):
        folder = tmp_path / str(steps)
        folder.mkdir()
        portable.write(folder)
        if broken_before:
            (folder / broken_before).write_bytes(b"broken")
        header = replace(key_file.read_header(folder).sealed.header, generation=2)
        cut = CutAfter(steps)
        with monkeypatch.context() as patch:
            cut.install(patch)
            with contextlib.suppress(PowerCut):
                write(folder, header, vmk)
        opened = unlock.unlock(folder, portable.recovery(), None)
        generations.add(opened.header.generation)
        # The next writing works whatever was left behind, and leaves nothing behind itself.
        write(folder, replace(header, generation=3), vmk)
        assert _contents(folder) == {"header.json", "header.bak"}
        if cut.left:
            break
    assert cut.left, "the writing never came to its end"
    assert len(list(tmp_path.iterdir())) > 5
    assert generations == {1, 2}


def test_the_first_writing_of_a_header_leaves_no_vault_or_an_openable_one(
    portable: vaults.Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vmk = SecretBytes.copy_of(portable.vmk)
    header = header_json.parse(portable.files["header.json"]).header
    outcomes = set()
    for steps in range(20):
        folder = tmp_path / str(steps)
        folder.mkdir()
        with monkeypatch.context() as patch:
            CutAfter(steps).install(patch)
            with contextlib.suppress(PowerCut):
                key_file.write_both(folder, header, vmk)
        try:
            unlock.unlock(folder, portable.recovery(), None)
        except NotAVault:
            outcomes.add("none")
        else:
            outcomes.add("opens")
    assert outcomes == {"none", "opens"}


def test_once_the_header_names_the_new_generation_no_old_slot_is_left(
    portable: vaults.Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vmk = SecretBytes.copy_of(portable.vmk)
    for steps in range(20):
        folder = tmp_path / str(steps)
        folder.mkdir()
        portable.write(folder)
        header = replace(key_file.read_header(folder).sealed.header, generation=2)
        with monkeypatch.context() as patch:
            CutAfter(steps).install(patch)
            with contextlib.suppress(PowerCut):
                key_file.write_both(folder, header, vmk)
        if header_json.parse((folder / "header.json").read_bytes()).header.generation == 2:
            assert (folder / "header.bak").read_bytes() == (folder / "header.json").read_bytes()
            return
    pytest.fail("the header was never replaced")
