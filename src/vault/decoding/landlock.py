# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the decoding process may still open (Linux Landlock): its own program files and fonts.

Linux 5.13 or newer only; elsewhere `install` reports that it did nothing. Structures, bits and
call numbers: `linux/landlock.h`; the numbers are the same on every processor.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38

_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
# Rights over files known to each version: 13 at first, REFER, TRUNCATE and IOCTL_DEV later.
_FILE_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
# Version 4 added binding to and connecting by TCP.
_NETWORK_VERSION: Final = 4
_NETWORK_RIGHTS: Final = 0b11
# Fonts for text that a PDF does not bring itself, shared libraries and their configuration.
_SYSTEM_FOLDERS: Final = ("/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/opt")


def install() -> bool:
    """Allow reading below the program's and the system's folders only; return whether it holds.

    Nothing can be written, made or removed anywhere, and no home folder can be read, unless the
    program itself is installed in one: then only its own folder.
    """
    if sys.platform != "linux":
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    if version < 1:
        return False
    rights = _FILE_RIGHTS[max(known for known in _FILE_RIGHTS if known <= version)]
    attributes = struct.pack("=Q", rights)
    if version >= _NETWORK_VERSION:
        attributes += struct.pack("=Q", _NETWORK_RIGHTS)
    ruleset = call(
        _CREATE_RULESET,
        ctypes.c_char_p(attributes),
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint32(0),
    )
    if ruleset < 0:
        return False
    try:
        for folder in _readable():
            _allow_reading(call, ruleset, folder)
        if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return False
        return int(call(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))) == 0
    finally:
        os.close(ruleset)


def _readable() -> Iterable[Path]:
    own = (sys.prefix, sys.base_prefix, sys.exec_prefix, Path(__file__).parents[1])
    frozen = getattr(sys, "_MEIPASS", None)
    named = (*own, *_SYSTEM_FOLDERS, *((frozen,) if frozen else ()))
    return {Path(folder).resolve() for folder in named if Path(folder).exists()}


def _allow_reading(call: ctypes._NamedFuncPointer, ruleset: int, folder: Path) -> None:
    opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_DIR if folder.is_dir() else 0)
        # The kernel's structure is packed: twelve bytes.
        rule = ctypes.c_char_p(struct.pack("=Qi", rights, opened))
        call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, ctypes.c_uint32(0))
    finally:
        os.close(opened)
