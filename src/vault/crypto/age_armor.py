# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text armor of age: strict PEM (RFC 7468, figure 3) with the label AGE ENCRYPTED FILE.

Read as strictly as the specification recommends: canonical base64, 64 columns, LF or CRLF,
and nothing but white space around the block, so that an armored file cannot be altered in
ways that leave it readable.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from vault.crypto.age_stanzas import LineSource
from vault.crypto.errors import ArmorMalformed
from vault.crypto.streams import ByteSink, write_all

BEGIN: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
END: Final = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS: Final = 64
_LINE_BYTES: Final = 48
_WHITE_SPACE: Final = b" \t\r\n"
_MOST_WHITE_SPACE: Final = 1024
_LONGEST_LINE: Final = 128
_BATCH_LINES: Final = 1024


class ArmorWriter:
    """Writes what it is given as armored text; `close` writes the last line and the end."""

    def __init__(self, sink: ByteSink) -> None:
        """Write the first line; the sink stays its owner's to close."""
        self._sink = sink
        self._rest = bytearray()
        write_all(sink, BEGIN + b"\n")

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Encode whole lines and keep the rest back."""
        self._rest += data
        whole = len(self._rest) // _LINE_BYTES * _LINE_BYTES
        write_all(self._sink, _lines(memoryview(self._rest)[:whole]))
        del self._rest[:whole]
        return len(data)

    def close(self) -> None:
        """Write what is left and the last line."""
        write_all(self._sink, _lines(memoryview(self._rest)) + END + b"\n")
        self._rest.clear()


def _lines(data: memoryview) -> bytes:
    parts = (data[at : at + _LINE_BYTES] for at in range(0, len(data), _LINE_BYTES))
    return b"".join(binascii.b2a_base64(part) for part in parts)


class ArmorReader:
    """Decodes armored text as a stream, a bounded number of lines at a time."""

    def __init__(self, source: LineSource) -> None:
        """Take leading white space and the first line; raise `ArmorMalformed`."""
        self._source = source
        self._decoded = bytearray()
        self._ended = False
        skip_white_space(source)
        if self._next_line() != BEGIN:
            raise ArmorMalformed(reason="begin")

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes, none only at the end; raise `ArmorMalformed`."""
        for _ in range(_BATCH_LINES):
            if self._ended or len(self._decoded) >= count:
                break
            self._decode_line(self._next_line())
        taken = bytes(memoryview(self._decoded)[:count])
        del self._decoded[:count]
        return taken

    def _decode_line(self, line: bytes) -> None:
        if line == END:
            self._finish()
            return
        if not line or len(line) > _COLUMNS:
            raise ArmorMalformed(reason="line length")
        try:
            data = base64.b64decode(line, validate=True)
        except binascii.Error as err:
            raise ArmorMalformed(reason="base64") from err
        if base64.b64encode(data) != line:
            raise ArmorMalformed(reason="base64")
        self._decoded += data
        # A line that is short, or full but padded, can only be the last one.
        if len(data) < _LINE_BYTES:
            if self._next_line() != END:
                raise ArmorMalformed(reason="end")
            self._finish()

    def _finish(self) -> None:
        skip_white_space(self._source)
        if not self._source.at_end():
            raise ArmorMalformed(reason="trailing data")
        self._ended = True

    def _next_line(self) -> bytes:
        line = self._source.read_line(_LONGEST_LINE)
        if line is None:
            # The last line may lack its line feed.
            line = self._source.read(_LONGEST_LINE)
            if line != END:
                raise ArmorMalformed(reason="line")
        return line.removesuffix(b"\r")


def is_armored(source: LineSource) -> bool:
    """Say whether the text begins as armor, after white space; takes nothing."""
    return source.peek(_MOST_WHITE_SPACE).lstrip(_WHITE_SPACE).startswith(b"-----BEGIN")


def skip_white_space(source: LineSource) -> None:
    """Take white space, at most 1024 bytes of it."""
    ahead = source.peek(_MOST_WHITE_SPACE)
    source.read(len(ahead) - len(ahead.lstrip(_WHITE_SPACE)))
