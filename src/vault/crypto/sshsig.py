# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""SSH signatures over files, as `ssh-keygen -Y sign` and `-Y verify` make and check them.

The format is OpenSSH's PROTOCOL.sshsig. A signature names the purpose it was made for (the
namespace), so that one made for a bundle cannot be shown as one for a contact card. Written
are Ed25519 and SHA-512 only; SHA-256 is read too. What is read is a stranger's until the
signature has been verified, and refused unless it has its one canonical form.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import BinaryIO, Final

from vault.crypto.errors import BadPublicKey, MalformedSignature, WrongNamespace
from vault.crypto.signing import SIGNATURE_BYTES, SigningKey, VerifyKey

_MAGIC: Final = b"SSHSIG"
_VERSION: Final = (1).to_bytes(4, "big")
_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
_END: Final = "-----END SSH SIGNATURE-----"
_COLUMNS: Final = 70
_LONGEST_TEXT: Final = 4096
"""An Ed25519 signature with a short namespace has about 300 characters."""
_LENGTH_BYTES: Final = 4
_BLOCK_BYTES: Final = 1024 * 1024
_HASH: Final = "sha512"
_KNOWN_HASHES: Final = frozenset({_HASH, "sha256"})
_SIGNATURE_TYPE: Final = b"ssh-ed25519"


def sign(key: SigningKey, namespace: str, message: BinaryIO | bytes) -> str:
    """Return the armored signature of a message for one purpose, ending in a line feed.

    A stream is read to its end from where it stands, in bounded memory.
    """
    signed = _signed_bytes(_namespace_bytes(namespace), _HASH, message)
    blob = b"".join(
        (
            _MAGIC + _VERSION,
            _string(key.public.ssh_blob()),
            _string(_namespace_bytes(namespace)),
            _string(b""),
            _string(_HASH.encode("ascii")),
            _string(_string(_SIGNATURE_TYPE) + _string(key.sign(signed))),
        )
    )
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[at : at + _COLUMNS] for at in range(0, len(text), _COLUMNS)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def verify(armored: str, namespace: str, message: BinaryIO | bytes) -> VerifyKey:
    """Return the key that signed this message for this purpose.

    Whose key that is, and whether it is trusted, is the caller's question. Raises
    `MalformedSignature`, `WrongNamespace`, and `BadSignature` for a signature that is well
    formed and false; the former two are kinds of the latter.
    """
    untrusted = _Fields(_dearmored(armored))
    untrusted.expect(_MAGIC + _VERSION, "version")
    try:
        key = VerifyKey.from_ssh_blob(untrusted.string())
    except BadPublicKey as err:
        raise MalformedSignature(reason="key") from err
    claimed = untrusted.string()
    if untrusted.string():
        raise MalformedSignature(reason="reserved")
    hash_name = untrusted.string().decode("ascii", errors="replace")
    if hash_name not in _KNOWN_HASHES:
        raise MalformedSignature(reason="hash")
    inner = _Fields(untrusted.string())
    untrusted.expect_end()
    if inner.string() != _SIGNATURE_TYPE:
        raise MalformedSignature(reason="type")
    signature = inner.string()
    inner.expect_end()
    if len(signature) != SIGNATURE_BYTES:
        raise MalformedSignature(reason="length")
    if claimed != _namespace_bytes(namespace):
        raise WrongNamespace
    key.verify(signature, _signed_bytes(claimed, hash_name, message))
    return key


class _Fields:
    """The length-prefixed strings of a blob, read in order."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self._at = 0

    def expect(self, exactly: bytes, reason: str) -> None:
        if self._take(len(exactly)) != exactly:
            raise MalformedSignature(reason=reason)

    def string(self) -> bytes:
        return self._take(int.from_bytes(self._take(_LENGTH_BYTES), "big"))

    def expect_end(self) -> None:
        if self._at != len(self._blob):
            raise MalformedSignature(reason="trailing data")

    def _take(self, count: int) -> bytes:
        if count > len(self._blob) - self._at:
            raise MalformedSignature(reason="truncated")
        taken = self._blob[self._at : self._at + count]
        self._at += count
        return taken


def _dearmored(armored: str) -> bytes:
    if len(armored) > _LONGEST_TEXT:
        raise MalformedSignature(reason="too long")
    lines = armored.replace("\r\n", "\n").strip("\n").split("\n")
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:  # noqa: PLR2004 - begin, a line, end
        raise MalformedSignature(reason="armor")
    text = "".join(lines[1:-1])
    try:
        blob = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as err:
        raise MalformedSignature(reason="base64") from err
    if base64.b64encode(blob).decode("ascii") != text:
        raise MalformedSignature(reason="base64")
    return blob


def _namespace_bytes(namespace: str) -> bytes:
    if not namespace:
        raise ValueError("an SSH signature needs a namespace")
    return namespace.encode("ascii")


def _signed_bytes(namespace: bytes, hash_name: str, message: BinaryIO | bytes) -> bytes:
    digest = hashlib.new(hash_name)
    if isinstance(message, bytes):
        digest.update(message)
    else:
        while block := message.read(_BLOCK_BYTES):
            digest.update(block)
    parts = (namespace, b"", hash_name.encode("ascii"), digest.digest())
    return _MAGIC + b"".join(_string(part) for part in parts)


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(_LENGTH_BYTES, "big") + data
