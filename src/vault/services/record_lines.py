# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Record versions between the store, which signs them, and the bundle, which carries them."""

from __future__ import annotations

from vault.domain.values import JsonObject, JsonValue
from vault.store.history import RecordVersion


def line_of(version: RecordVersion, ref: str) -> JsonObject:
    """Return a version as a line of `records.jsonl` (docs/formats/bundle.md, "Records")."""
    return {
        "record": version.record_id,
        "case": version.case_id,
        "kind": version.kind,
        "ref": ref,
        "body": version.body,
        "content": version.content,
        "parents": list(version.parents),
        "at": version.at,
        "author_name": version.author_name,
        "author_key": version.author_key.hex(),
        "deleted": version.deleted,
        "signature": "" if version.relayed else version.signature.hex(),
        "hash": version.hash,
    }


def version_of(line: JsonObject) -> tuple[RecordVersion, str]:
    """Return the version of a line and its reference: the inverse of `line_of`.

    The line was checked for form by the bundle's reader; hashes and signature were not.
    """
    body = line.get("body", {})
    parents = line.get("parents", [])
    assert isinstance(body, dict)  # noqa: S101 - the bundle's reader has checked the form
    assert isinstance(parents, list)  # noqa: S101 - as above
    signature = _text(line.get("signature"))
    version = RecordVersion(
        hash=_text(line["hash"]),
        record_id=_text(line["record"]),
        case_id=_text(line["case"]),
        kind=_text(line["kind"]),
        content=_text(line["content"]),
        parents=tuple(_text(parent) for parent in parents),
        at=_text(line["at"]),
        author_name=_text(line.get("author_name")),
        author_key=bytes.fromhex(_text(line["author_key"])),
        body=body,
        signature=bytes.fromhex(signature),
        relayed=not signature,
        deleted=line["deleted"] is True,
    )
    return version, _text(line.get("ref"))


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
