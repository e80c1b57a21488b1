# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The textual header of an age file: its grammar, its limits and its MAC.

The grammar is that of <https://age-encryption.org/v1> (C2SP `age.md`), read strictly: what
is not canonical is refused, so that one header has one spelling.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from vault.crypto.errors import HeaderTampered, NotAnAgeFile
from vault.crypto.kdf import equal_in_constant_time, hkdf_sha256, hmac_sha256
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.streams import ByteSource

FILE_KEY_BYTES: Final = 16
MAC_BYTES: Final = 32
VERSION_LINE: Final = b"age-encryption.org/v1"
_ANY_VERSION: Final = b"age-encryption.org/"
_STANZA_START: Final = b"-> "
_END_START: Final = b"--- "
_COLUMNS: Final = 64
_LONGEST_LINE: Final = 16 * 1024
_LONGEST_HEADER: Final = 2 * 1024 * 1024
"""A header is held in memory while it is read."""
_MOST_STANZAS: Final = 512
"""Each stanza costs an identity a key exchange: a header of tiny ones would take minutes."""
_LOOK_AHEAD: Final = 1024
_VISIBLE: Final = range(0x21, 0x7F)


@dataclass(frozen=True, slots=True)
class Stanza:
    """One wrapping of the file key: its kind and arguments, and its body."""

    arguments: tuple[str, ...]
    body: bytes

    @property
    def kind(self) -> str:
        """The first argument, which says who can read the stanza."""
        return self.arguments[0]


class Recipient(Protocol):
    """Somebody a file can be encrypted to."""

    @property
    def family(self) -> str:
        """Recipients of one family may stand in one file: "classical", "hybrid", "passphrase"."""
        ...

    def wrap(self, file_key: SecretBytes) -> Stanza:
        """Return a fresh stanza that only this recipient can open."""
        ...


class Identity(Protocol):
    """The secret that opens a recipient's stanzas."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretBytes | None:
        """Return the file key, or None when no stanza is for this identity.

        Raises `HeaderTampered` when a stanza of its kind breaks the rules.
        """
        ...

    def wipe(self) -> None:
        """Zero the secret."""
        ...


class LineSource:
    """Lines and blocks of a stream, with a bounded look-ahead; never seeks."""

    def __init__(self, source: ByteSource) -> None:
        """Read from wherever the source stands."""
        self._source = source
        self._ahead = bytearray()
        self._ended = False

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes, fewer only at the end."""
        self._fetch(count)
        taken = bytes(memoryview(self._ahead)[:count])
        del self._ahead[:count]
        return taken

    def peek(self, count: int) -> bytes:
        """Return the next bytes without taking them."""
        self._fetch(count)
        return bytes(memoryview(self._ahead)[:count])

    def at_end(self) -> bool:
        """Say whether nothing follows."""
        self._fetch(1)
        return not self._ahead

    def read_line(self, longest: int) -> bytes | None:
        """Take a line and return it without its line feed, or None.

        None means that there is no line feed within `longest` bytes or before the end.
        """
        while True:
            end = self._ahead.find(b"\n", 0, longest + 1)
            if end >= 0:
                line = bytes(memoryview(self._ahead)[:end])
                del self._ahead[: end + 1]
                return line
            if self._ended or len(self._ahead) > longest:
                return None
            self._fetch(min(len(self._ahead) + _LOOK_AHEAD, longest + 1))

    def _fetch(self, count: int) -> None:
        while len(self._ahead) < count and not self._ended:
            data = self._source.read(count - len(self._ahead))
            if data:
                self._ahead += data
            else:
                self._ended = True


@dataclass(frozen=True, slots=True)
class Header:
    """A header as it was read, not yet authenticated."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    mac: bytes

    def check(self, file_key: SecretBytes) -> None:
        """Raise `HeaderTampered` unless the MAC is that of this file key."""
        if not equal_in_constant_time(_mac(file_key, self.authenticated), self.mac):
            raise HeaderTampered(reason="mac")


def written_header(stanzas: Sequence[Stanza], file_key: SecretBytes) -> bytes:
    """Return the complete header with its MAC."""
    lines = [VERSION_LINE]
    for stanza in stanzas:
        lines.append(_STANZA_START + " ".join(stanza.arguments).encode("ascii"))
        body = to_base64(stanza.body)
        # The slice at the very end is empty for a full last line: the grammar asks for it.
        lines += [body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS)]
    authenticated = b"\n".join(lines) + b"\n---"
    return authenticated + b" " + to_base64(_mac(file_key, authenticated)) + b"\n"


def read_header(source: LineSource) -> Header:
    """Read a header up to the first byte of the payload.

    Raises `NotAnAgeFile` or `HeaderTampered`. Takes at most 2 MiB of memory.
    """
    first = source.read_line(len(VERSION_LINE) + 32)
    if first != VERSION_LINE:
        known = first is not None and first.startswith(_ANY_VERSION)
        raise NotAnAgeFile(reason="version" if known else "magic")
    raw = bytearray(VERSION_LINE + b"\n")
    stanzas: list[Stanza] = []
    while True:
        line = _line(source, raw)
        if line.startswith(_END_START):
            break
        if len(stanzas) == _MOST_STANZAS:
            raise HeaderTampered(reason="too many stanzas")
        stanzas.append(_read_stanza(line, source, raw))
    if not stanzas:
        raise HeaderTampered(reason="no stanza")
    mac = from_base64(line[len(_END_START) :], reason="mac")
    if len(mac) != MAC_BYTES:
        raise HeaderTampered(reason="mac")
    # The MAC covers everything up to and including the dashes of the last line.
    del raw[len(raw) - 1 - len(line) + len(_END_START) - 1 :]
    return Header(stanzas=tuple(stanzas), authenticated=bytes(raw), mac=mac)


def _read_stanza(line: bytes, source: LineSource, raw: bytearray) -> Stanza:
    if not line.startswith(_STANZA_START):
        raise HeaderTampered(reason="stanza")
    arguments = line[len(_STANZA_START) :].split(b" ")
    if not all(argument and all(code in _VISIBLE for code in argument) for argument in arguments):
        raise HeaderTampered(reason="argument")
    body = bytearray()
    while True:
        part = _line(source, raw)
        if len(part) > _COLUMNS:
            raise HeaderTampered(reason="body")
        body += from_base64(part, reason="body")
        if len(part) < _COLUMNS:
            return Stanza(tuple(argument.decode("ascii") for argument in arguments), bytes(body))


def _line(source: LineSource, raw: bytearray) -> bytes:
    line = source.read_line(_LONGEST_LINE)
    if line is None or len(raw) > _LONGEST_HEADER:
        raise HeaderTampered(reason="line")
    raw += line + b"\n"
    return line


def to_base64(data: bytes | bytearray) -> bytes:
    """Encode as age does: standard alphabet, no padding."""
    return base64.b64encode(data).rstrip(b"=")


def from_base64(text: bytes, *, reason: str) -> bytes:
    """Decode unpadded canonical base64; raise `HeaderTampered` with the reason."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as err:
        raise HeaderTampered(reason=reason) from err
    if to_base64(data) != text:
        raise HeaderTampered(reason=reason)
    return data


def _mac(file_key: SecretBytes, authenticated: bytes) -> bytes:
    with hkdf_sha256(file_key, salt=b"", info=b"header") as key:
        return hmac_sha256(key, authenticated)
