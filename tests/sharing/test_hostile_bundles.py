# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every way in which a bundle may lie is refused by its name, and leaves nothing staged."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sharing.examples import READER, SENDER, STRANGER, bundle
from tests.sharing.forging import (
    ZERO_BLOCK,
    Part,
    assembled,
    changed_manifest,
    encrypted,
    manifest_of,
    part,
    replaced,
    tar_of,
    true_parts,
    with_field,
    with_manifest,
    with_manifest_bytes,
)
from tests.sharing.staging import Staging
from vault.sharing import ustar
from vault.sharing.bundle_read import open_bundle
from vault.sharing.errors import BundleError

TRUE = true_parts()
FILE = 6
"""The place of the first file, from 0: eleven bytes, `hello panah`."""
Forge = Callable[[], bytes]


class Nowhere:
    """A stage that keeps nothing."""

    def write(self, data: bytes, /) -> None:
        del data

    def discard(self) -> None:
        pass


def read_whole(received: bytes) -> None:
    """Read a bundle and keep nothing."""
    with open_bundle(io.BytesIO(received), READER.age_identities()) as reader:
        list(reader.records())
        reader.objects(lambda _sha256, _size: Nowhere())


def take_in(received: bytes, folder: Path) -> Staging:
    """Read a bundle as a vault does: records first, then files into a stage."""
    staging = Staging(folder)
    with open_bundle(io.BytesIO(received), READER.age_identities()) as reader:
        list(reader.records())
        reader.objects(staging)
    return staging


def refusal(received: bytes, folder: Path) -> BundleError:
    """Return the error that a bundle is refused with, having found nothing left of it."""
    with pytest.raises(BundleError) as refused:
        take_in(received, folder)
    assert list(folder.iterdir()) == []
    return refused.value


def sent(parts: Sequence[Part], end: bytes = ustar.END) -> Forge:
    return lambda: encrypted(assembled(parts, end))


def field(place: int, at: int, value: bytes) -> Forge:
    """Change one field of one header."""
    return sent(replaced(TRUE, place, header=with_field(TRUE[place].header, at, value)))


def path(untrusted: str) -> Forge:
    """Name the first file otherwise, in the tar and in the signed manifest."""
    parts = changed_member(path=untrusted)
    header = with_field(parts[FILE].header, 0, untrusted.encode().ljust(100, b"\0"))
    return sent(replaced(parts, FILE, header=header))


def kind(letter: bytes, place: int = FILE) -> Forge:
    return field(place, 156, letter + b"/etc/passwd".ljust(100, b"\0"))


def size(place: int, untrusted: int) -> Forge:
    return field(place, 124, b"%011o\0" % untrusted)


def content(place: int, old: bytes, new: bytes) -> Forge:
    assert old in TRUE[place].content
    return sent(replaced(TRUE, place, content=TRUE[place].content.replace(old, new)))


def says(**changes: object) -> Forge:
    """Change the manifest; it is signed by the sender."""
    return sent(changed_manifest(TRUE, **changes))


def changed_member(**changes: object) -> list[Part]:
    manifest = manifest_of(TRUE)
    manifest["members"][FILE - 2].update(changes)  # type: ignore[index,union-attr,arg-type]  # JSON
    return with_manifest(TRUE, manifest)


def lists(**changes: object) -> Forge:
    """Change what the signed manifest says of the first file."""
    return sent(changed_member(**changes))


def records(untrusted: bytes) -> Forge:
    """Put other bytes in as records.jsonl, with true hashes and a true signature."""
    manifest = manifest_of(TRUE)
    members: list[dict[str, object]] = manifest["members"]  # type: ignore[assignment]  # JSON
    members[3] |= {"size": len(untrusted), "sha256": sha256(untrusted).hexdigest()}
    summed = [one for one in members if one["path"] != "SHA256SUMS"]
    sums = "".join(f"{one['sha256']}  {one['path']}\n" for one in summed).encode()
    members[2] |= {"size": len(sums), "sha256": sha256(sums).hexdigest()}
    middle = [part("SHA256SUMS", sums), part("records.jsonl", untrusted)]
    return sent(with_manifest([*TRUE[:4], *middle, *TRUE[6:]], manifest))


def swapped(first: int, second: int) -> Forge:
    parts = list(TRUE)
    parts[first], parts[second] = parts[second], parts[first]
    return sent(parts)


def without(place: int) -> Forge:
    return sent([*TRUE[:place], *TRUE[place + 1 :]])


def extra(one: Part, place: int) -> Forge:
    return sent([*TRUE[:place], one, *TRUE[place:]])


def signature(untrusted: bytes) -> Forge:
    return sent([TRUE[0], part("manifest.json.sig", untrusted), *TRUE[2:]])


SHA = TRUE[FILE].path
LINE = TRUE[5].content.split(b"\n", 1)[0]
MANIFEST = TRUE[0].content
MY_KEY = READER.recipients()[0]
TRAVERSAL = b"../../tmp/x".ljust(100, b"\0")
NO_CHECKSUM = TRUE[2].header[:148] + b"0000000\0" + TRUE[2].header[156:]
OTHER_OBJECT = "objects/" + "0" * 64
BROKEN_PADDING = assembled(TRUE).replace(b"hello panah\0", b"hello panah!")
TOO_LONG = b"[" * 5_000_000

TABLE: dict[str, dict[str, Forge]] = {
    "bundle.path_refused": {
        "path traversal": path("objects/../../../../tmp/x"),
        "absolute path": path("/etc/cron.d/x"),
        "Windows path": path("objects\\..\\x"),
        "path of a drive": path("C:/x"),
        "path in capitals": path(SHA.upper()),
        "path with a line feed": path(f"{SHA}\n"),
        "traversal in the tar only": field(FILE, 0, TRAVERSAL),
        "symbolic link": kind(b"2"),
        "hard link": kind(b"1"),
        "character device": kind(b"3"),
        "block device": kind(b"4"),
        "folder": kind(b"5"),
        "pipe": kind(b"6"),
        "pax header": kind(b"x"),
        "global pax header": kind(b"g"),
        "long name of GNU": kind(b"L"),
        "sparse file of GNU": kind(b"S"),
        "regular file of old": kind(b"\0"),
        "link in place of the readme": kind(b"2", 2),
        "link in place of the signature": kind(b"2", 1),
        "setuid mode": field(2, 100, b"0004777"),
        "owner": field(2, 265, b"root"),
        "prefix": field(2, 345, b"etc"),
        "wrong checksum": sent(replaced(TRUE, 2, header=NO_CHECKSUM)),
        "size in base 256": field(FILE, 124, b"\x80" + bytes(10) + b"\x0b"),
    },
    "bundle.member_order": {
        "another listed path": field(FILE, 0, b"README.txt".ljust(100, b"\0")),
        "files swapped": swapped(6, 7),
        "signature after the readme": swapped(1, 2),
        "manifest after the signature": swapped(0, 1),
        "records after the files": swapped(5, 6),
        "a file twice": extra(TRUE[FILE], FILE),
        "the manifest twice": extra(TRUE[0], 1),
        "a file not announced": extra(part(OTHER_OBJECT, b""), len(TRUE)),
        "no manifest": without(0),
        "no signature": without(1),
        "no readme": without(2),
        "no sums": without(4),
        "no records": without(5),
        "a file missing": without(FILE),
        "the last file missing": without(len(TRUE) - 1),
        "nothing at all": sent([]),
    },
    "bundle.too_large": {
        "manifest of 8 GiB": size(0, ustar.MAX_SIZE),
        "signature of 8 GiB": size(1, ustar.MAX_SIZE),
        "readme of 8 GiB": size(2, ustar.MAX_SIZE),
        "records of 8 GiB": size(5, ustar.MAX_SIZE),
        "a larger file announced": lists(size=ustar.MAX_SIZE + 1),
        "a line without an end": records(TOO_LONG),
        "a line that is too long": records(TOO_LONG + b"\n"),
        "a purpose that is too long": says(purpose="x" * 501),
    },
    "bundle.hash_mismatch": {
        "file of 8 GiB": size(FILE, ustar.MAX_SIZE),
        "another size announced": lists(size=1),
        "another readme": content(2, b"Panah", b"panah"),
        "other sums": content(4, b"README", b"readme"),
        "another record": content(5, b"lines", b"l1nes"),
        "another file": content(FILE, b"hello", b"hullo"),
        "another hash announced": lists(sha256="0" * 64, path=OTHER_OBJECT),
    },
    "bundle.record_malformed": {
        "a line of brackets": records(b'{"body":' + b"[" * 100_000 + b"\n"),
        "no line feed at the end": records(LINE),
        "an empty line": records(LINE + b"\n\n"),
        "a member twice": records(LINE[:-1] + b',"ref":"P9"}\n'),
        "an unknown member": records(LINE[:-1] + b',"zz":1}\n'),
        "a float": records(LINE.replace(b"false", b"0.5") + b"\n"),
        "a number of 5,000 digits": records(b'{"at":' + b"9" * 5000 + b"}\n"),
        "half a character": records(b"\xff\n"),
        "no hash": records(LINE.replace(b'"hash"', b'"hush"') + b"\n"),
    },
    "bundle.truncated": {
        "no end": sent(TRUE, b""),
        "half an end": sent(TRUE, ZERO_BLOCK),
        "the end of a shorter tar": lambda: encrypted(assembled(TRUE)[:-2000]),
        "nothing": lambda: encrypted(b""),
    },
    "bundle.trailing_data": {
        "more zeros": sent(TRUE, ustar.END + ZERO_BLOCK),
        "a second tar": sent(TRUE, ustar.END + assembled(TRUE)),
        "bytes in the second zero block": sent(TRUE, ZERO_BLOCK + b"x" * 512),
        "bytes in the padding": lambda: encrypted(BROKEN_PADDING),
    },
    "bundle.not_a_bundle": {
        "something that is no tar": lambda: encrypted(b"just a letter" * 100),
        "another tar": lambda: encrypted(assembled([part("photo.jpg", b"x")])),
        "no age file": lambda: assembled(TRUE),
        "another format": says(format="zip"),
    },
    "bundle.signature_bad": {
        "signed by another key": sent(with_manifest(TRUE, manifest_of(TRUE), STRANGER)),
        "signed for another purpose": sent(
            with_manifest_bytes(TRUE, MANIFEST, SENDER, "panah-contact-card")
        ),
        "manifest changed after signing": content(0, b"opinion", b"0pinion"),
        "an empty signature": signature(b""),
        "a signature that is no text": signature(b"\xff" * 50),
        "the signature of another manifest": signature(
            with_manifest_bytes(TRUE, MANIFEST + b" ")[1].content
        ),
    },
    "bundle.too_new": {"a later version": says(version=2, extra={"a": 1})},
    "bundle.manifest_malformed": {
        "a version before the first": says(version=0),
        "a member nobody knows": says(command="rm"),
        "white space": sent(with_manifest_bytes(TRUE, MANIFEST + b"\n")),
        "a date that is none": says(created="2026-02-30T00:00:00Z"),
        "text of control characters": says(purpose="\x1b[2J"),
        "a recipient twice": says(recipients=[{"recipient": MY_KEY, "sequence": 1}] * 2),
        "no recipient": says(recipients=[]),
        "a recipient that is no key": says(recipients=[{"recipient": "age1x", "sequence": 1}]),
        "another kind of key than said": says(encryption="mlkem768x25519"),
        "a sequence of nothing": says(recipients=[{"recipient": MY_KEY, "sequence": 0}]),
        "a file of less than nothing": lists(size=-1),
        "a file not named by its hash": lists(sha256="0" * 64),
        "a sender without a name": says(
            sender={"name": " ", "verify_key": SENDER.signing.public.openssh()}
        ),
    },
}
ROWS = [
    pytest.param(forge, code, id=f"{name} {code}".replace(" ", "-"))
    for code, forgeries in TABLE.items()
    for name, forge in forgeries.items()
]


@pytest.mark.parametrize("forge, code", ROWS)
def test_a_hostile_bundle_is_refused_by_name_and_leaves_nothing(
    tmp_path: Path, forge: Forge, code: str
) -> None:
    assert refusal(forge(), tmp_path).code == code


@pytest.mark.parametrize("letter", [b"1", b"2", b"3", b"4", b"5", b"6", b"x", b"L"])
def test_links_and_devices_are_named_as_such(tmp_path: Path, letter: bytes) -> None:
    refused = refusal(kind(letter)(), tmp_path)

    assert (refused.code, refused.details["reason"]) == ("bundle.path_refused", "type")


def test_the_true_bundle_of_the_table_is_taken_in(tmp_path: Path) -> None:
    staging = take_in(encrypted(assembled(TRUE)), tmp_path)

    assert len(staging.keep()) == len(TRUE) - FILE


def test_a_bundle_for_somebody_else_does_not_open(tmp_path: Path) -> None:
    refused = refusal(bundle(STRANGER), tmp_path)

    assert (refused.code, refused.details["reason"]) == ("bundle.not_for_me", "no_key")


def test_a_bundle_passed_on_in_the_senders_name_is_refused(tmp_path: Path) -> None:
    """STRANGER got it from SENDER and encrypts the signed payload to READER."""
    payload = tar_of(bundle(STRANGER), STRANGER)

    refused = refusal(encrypted(payload), tmp_path)

    assert (refused.code, refused.details["reason"]) == ("bundle.not_for_me", "not_listed")


def test_a_bundle_passed_on_by_listing_oneself_as_sender_shows_that_sender() -> None:
    manifest = manifest_of(TRUE)
    manifest["sender"] = {"name": "Sender Example", "verify_key": STRANGER.signing.public.openssh()}
    forged = encrypted(assembled(with_manifest(TRUE, manifest, STRANGER)))

    with open_bundle(io.BytesIO(forged), READER.age_identities()) as reader:
        assert reader.sender == STRANGER.signing.public


def test_nothing_is_handed_over_before_signature_and_recipients_hold(tmp_path: Path) -> None:
    forged = encrypted(assembled(with_manifest(TRUE, manifest_of(TRUE), STRANGER)))

    with pytest.raises(BundleError):
        open_bundle(io.BytesIO(forged), READER.age_identities())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", range(20))
def test_a_bundle_cut_anywhere_leaves_nothing(tmp_path: Path, share: int) -> None:
    whole = bundle(READER)
    cut = len(whole) * share // 20

    assert refusal(whole[:cut], tmp_path).code in {"bundle.damaged", "bundle.not_a_bundle"}


@pytest.mark.parametrize("cut", [1, 15, 16, 17])
def test_a_bundle_short_of_its_last_bytes_leaves_nothing(tmp_path: Path, cut: int) -> None:
    assert refusal(bundle(READER)[:-cut], tmp_path).code == "bundle.damaged"


@pytest.mark.parametrize("place", [*range(0, 200, 13), 5_000, 70_000, -17, -1])
def test_a_bundle_with_one_bit_flipped_leaves_nothing(tmp_path: Path, place: int) -> None:
    flipped = bytearray(bundle(READER))
    flipped[place] ^= 4

    refused = refusal(bytes(flipped), tmp_path)

    assert refused.code in {"bundle.damaged", "bundle.not_a_bundle", "bundle.not_for_me"}


def test_bytes_after_the_bundle_are_refused(tmp_path: Path) -> None:
    assert refusal(bundle(READER) + b"x", tmp_path).code == "bundle.damaged"


@given(st.integers(0, len(assembled(TRUE)) - 1), st.integers(1, 255))
def test_no_byte_of_the_payload_can_be_changed_by_whoever_passes_it_on(
    place: int, change: int
) -> None:
    payload = bytearray(assembled(TRUE))
    payload[place] ^= change

    with pytest.raises(BundleError):
        read_whole(encrypted(bytes(payload)))


def test_a_payload_cut_at_every_block_is_refused(tmp_path: Path) -> None:
    tar = assembled(TRUE)
    names = set()
    for cut in range(0, len(tar), 7 * 512 + 100):
        names.add(refusal(encrypted(tar[:cut]), tmp_path).code)

    assert names == {"bundle.truncated"}
