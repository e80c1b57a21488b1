# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes a true bundle apart and puts a hostile one together again, signed and encrypted."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.sharing.examples import READER, SENDER, bundle
from vault.crypto import sshsig
from vault.crypto.age_file import EncryptWriter, Recipient, open_age
from vault.domain.values import JsonObject
from vault.sharing import ustar
from vault.sharing.identity import Identity

ZERO_BLOCK = bytes(ustar.BLOCK)


@dataclass(frozen=True)
class Part:
    """One member as it stands in the tar."""

    header: bytes
    content: bytes

    @property
    def path(self) -> str:
        return self.header[:100].rstrip(b"\0").decode()

    def encoded(self) -> bytes:
        return self.header + self.content + bytes(ustar.padding(len(self.content)))


def part(path: str, content: bytes) -> Part:
    return Part(ustar.header(path, len(content)), content)


def with_field(header: bytes, at: int, field: bytes) -> bytes:
    """Change a field of a header and make its checksum right again."""
    changed = header[:at] + field + header[at + len(field) :]
    blank = changed[:148] + b" " * 8 + changed[156:]
    return changed[:148] + b"%06o\0 " % sum(blank) + changed[156:]


def tar_of(encrypted: bytes, identity: Identity = READER) -> bytes:
    with open_age(identity.age_identities(), io.BytesIO(encrypted)) as opened:
        return opened.read()


def parts_of(tar: bytes) -> list[Part]:
    parts, at = [], 0
    while any(tar[at : at + ustar.BLOCK]):
        header = tar[at : at + ustar.BLOCK]
        size = ustar.claimed_size(header)
        at += ustar.BLOCK
        parts.append(Part(header, tar[at : at + size]))
        at += size + ustar.padding(size)
    return parts


def true_parts() -> list[Part]:
    """Return the members of a bundle from SENDER to READER."""
    return parts_of(tar_of(bundle(READER)))


def assembled(parts: Sequence[Part], end: bytes = ustar.END) -> bytes:
    return b"".join(one.encoded() for one in parts) + end


def encrypted(tar: bytes, *recipients: Recipient) -> bytes:
    sink = io.BytesIO()
    with EncryptWriter(recipients or (READER.x25519.recipient(),), sink) as writer:
        writer.write(tar)
    return sink.getvalue()


def manifest_of(parts: Sequence[Part]) -> JsonObject:
    found: JsonObject = json.loads(parts[0].content)
    return found


def with_manifest(
    parts: Sequence[Part], manifest: JsonObject, signer: Identity = SENDER
) -> list[Part]:
    """Put another manifest in, in its canonical form and signed."""
    encoded = json.dumps(
        manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    return with_manifest_bytes(parts, encoded, signer)


def with_manifest_bytes(
    parts: Sequence[Part],
    encoded: bytes,
    signer: Identity = SENDER,
    namespace: str = "panah-bundle",
) -> list[Part]:
    signature = sshsig.sign(signer.signing, namespace, encoded).encode()
    signed = [part("manifest.json", encoded), part("manifest.json.sig", signature)]
    return [*signed, *parts[2:]]


def changed_manifest(parts: Sequence[Part], **changes: object) -> list[Part]:
    return with_manifest(parts, {**manifest_of(parts), **changes})  # type: ignore[dict-item]  # JSON


def replaced(parts: Sequence[Part], place: int, **changes: bytes) -> list[Part]:
    return [*parts[:place], replace(parts[place], **changes), *parts[place + 1 :]]
