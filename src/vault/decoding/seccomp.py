# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A filter of system calls (Linux seccomp): no sockets, no programs, no look at other processes.

Linux only; on other systems `install` reports that it did nothing. The filter names what is
refused, with `EPERM`, and lets the rest through: an allow-list would have to follow every
version of libc and Python. What is refused is what turns a fault of a parser into harm
elsewhere. Numbers: Linux `unistd_64.h` (x86-64) and `asm-generic/unistd.h` (AArch64).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass, field
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2

# linux/bpf_common.h and linux/seccomp.h
_LOAD_WORD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_JUMP_AT_LEAST: Final = 0x35
_JUMP_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_KILL_PROCESS: Final = 0x80000000
_ERRNO: Final = 0x00050000
# struct seccomp_data: nr, arch, instruction pointer, arguments (low half first on both machines).
_NUMBER_AT: Final = 0
_MACHINE_AT: Final = 4
_FIRST_ARGUMENT_AT: Final = 16
_CLONE_THREAD: Final = 0x00010000
# Numbers from here on are the x32 way into the same kernel; no program of ours uses it.
_X32_BIT: Final = 0x40000000


@dataclass(frozen=True, slots=True)
class _Machine:
    """What one processor calls its system calls."""

    audit: int
    clone: int
    clone3: int
    refused: tuple[int, ...] = field(repr=False)


_MACHINES: Final = {
    "x86_64": _Machine(
        audit=0xC000003E,
        clone=56,
        clone3=435,
        refused=(
            *(41, 53),  # socket, socketpair
            *(42, 43, 288, 49, 50),  # connect, accept, accept4, bind, listen
            *(44, 46, 307),  # sendto, sendmsg, sendmmsg
            *(425, 426, 427),  # io_uring_setup, io_uring_enter, io_uring_register
            *(57, 58, 59, 322),  # fork, vfork, execve, execveat
            *(101, 310, 311, 312, 438),  # ptrace, process_vm_readv, _writev, kcmp, pidfd_getfd
            *(
                62,
                200,
                129,
                297,
                424,
            ),  # kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send
            *(248, 249, 250),  # add_key, request_key, keyctl
            *(272, 308, 165, 166, 155, 161),  # unshare, setns, mount, umount2, pivot_root, chroot
            *(298, 321, 323),  # perf_event_open, bpf, userfaultfd
        ),
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        clone=220,
        clone3=435,
        refused=(
            *(198, 199),
            *(203, 202, 242, 200, 201),
            *(206, 211, 269),
            *(425, 426, 427),
            *(221, 281),
            *(117, 270, 271, 272, 438),
            *(129, 130, 138, 240, 424),
            *(217, 218, 219),
            *(97, 268, 40, 39, 41, 51),
            *(241, 280, 282),
        ),
    ),
}


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install() -> bool:
    """Refuse those calls in this process for good; return whether the kernel took the filter.

    False on another system, an unknown processor (AArch64 was never run), or a kernel without
    seccomp. Affects the calling thread and what it starts from now on, so call it first.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        return False
    program = _filter(machine)
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0)) == 0


def _filter(machine: _Machine) -> bytes:
    lines = [
        (_LOAD_WORD, 0, 0, _MACHINE_AT),
        (_JUMP_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_JUMP_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
    for number in machine.refused:
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    lines += [
        # clone3 hides its flags behind a pointer. "No such call" makes libc fall back to clone,
        # which may make threads of this process and nothing else.
        (_JUMP_EQUAL, 0, 1, machine.clone3),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_JUMP_EQUAL, 0, 3, machine.clone),
        (_LOAD_WORD, 0, 0, _FIRST_ARGUMENT_AT),
        (_JUMP_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
