# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Known-answer tests of every primitive, run before a vault opens.

A broken library, processor or build must not write ciphertext that nobody can read, or that
anybody can. The answers are from the documents that define the primitives and from other
implementations; where ours composes primitives, what is tested is ours.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV, ChaCha20Poly1305

from vault.crypto import age_file, chunked, sshsig
from vault.crypto.age_stanzas import Stanza, from_base64
from vault.crypto.envelope import unwrap_key, wrap_key
from vault.crypto.errors import CryptoError, SelfTestFailed
from vault.crypto.kdf import Argon2Params, derive_unchecked, hkdf_sha256, hmac_sha256
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey

_SEQUENCE: Final = bytes(range(32))
_YELLOW: Final = b"YELLOW SUBMARINE"


def run() -> None:
    """Return when every primitive gives its known answer, else raise `SelfTestFailed`.

    Takes well under 150 ms and 2 MiB; the details name the primitive.
    """
    for primitive, passes in CHECKS:
        try:
            passed = passes()
        except (CryptoError, ValueError) as err:
            raise SelfTestFailed(primitive=primitive) from err
        if not passed:
            raise SelfTestFailed(primitive=primitive)


def _argon2id() -> bool:
    """RFC 9106, section 5.3."""
    params = Argon2Params(memory_kib=32, iterations=3, lanes=4, salt=b"\x02" * 16)
    with SecretBytes.copy_of(b"\x03" * 8) as secret:
        key = derive_unchecked(
            bytearray(b"\x01" * 32), params, secret=secret, associated=b"\x04" * 12
        )
    return key.view().hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def _hkdf() -> bool:
    """RFC 5869, appendix A.1."""
    key = SecretBytes.copy_of(b"\x0b" * 22)
    info = bytes(range(0xF0, 0xFA))
    derived = hkdf_sha256(key, salt=bytes(range(13)), info=info, length=42)
    return derived.view().hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def _hmac() -> bool:
    """RFC 4231, test case 2."""
    mac = hmac_sha256(SecretBytes.copy_of(b"Jefe"), b"what do ya want for nothing?")
    return mac.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def _aes_gcm_siv() -> bool:
    """RFC 8452, appendix C.2, the second example; then our wrapping, there and back."""
    cipher = AESGCMSIV(b"\x01" + bytes(31))
    sealed = cipher.encrypt(b"\x03" + bytes(11), b"\x01" + bytes(7), b"")
    key = SecretBytes.copy_of(_SEQUENCE)
    wrapped = wrap_key(key, key, salt=b"salt", context=b"context")
    back = unwrap_key(key, wrapped, salt=b"salt", context=b"context")
    return back.equals(key) and sealed.hex() == "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"


def _objects() -> bool:
    """The worked example of docs/formats/objects.md; then an object of two chunks, both ways."""
    key = SecretBytes.copy_of(_SEQUENCE)
    example = (
        _SEQUENCE[:24].hex() + "a07203154d4ad7d2d5ac6b3c98624e9c74f55136c64720b41a9a1d65dcf63b4d"
        "ec81cce076754ec5ac28454349d8113e900bc9bf135adb1b055ea1cb7a7addd39f"
    )
    ours = chunked.ChunkedReader(key, b"panah example", io.BytesIO(bytes.fromhex(example)))
    plain = bytes(chunked.CHUNK_BYTES + 1)
    sealed = io.BytesIO()
    chunked.encrypt_stream(key, b"", io.BytesIO(plain), sealed)
    back = chunked.ChunkedReader(key, b"", sealed)
    return ours.read() == b"Panah, the refuge" and back.read() == plain


def _chacha20_poly1305() -> bool:
    """RFC 8439, section 2.8.2: the tag, which depends on every byte of the ciphertext."""
    cipher = ChaCha20Poly1305(bytes(range(0x80, 0xA0)))
    sealed = cipher.encrypt(
        bytes.fromhex("070000004041424344454647"),
        b"Ladies and Gentlemen of the class of '99: If I could offer you "
        b"only one tip for the future, sunscreen would be it.",
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
    )
    return sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"


def _age_x25519() -> bool:
    """The identity, its recipient and a stanza from C2SP age.md."""
    text = bytearray(b"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    identity = age_file.X25519Identity.parse(text)
    body = from_base64(b"3aKjozt9agh7jGmvOKvR4iax41Wl4zj95MKK4X9JuWc", reason="")
    stanza = Stanza(("X25519", "O6DLx/wDIawpUC978NSPjYvrfDtJVnZApXKp4FMPHCY"), body)
    public = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    opened = identity.unwrap([stanza])
    return opened is not None and identity.recipient().encode() == public


def _age_scrypt() -> bool:
    """A stanza of C2SP CCTV, whose file key is known."""
    body = from_base64(b"gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY", reason="")
    stanza = Stanza(("scrypt", "rF0/NwblUHHTpgQgRpe5CQ", "10"), body)
    opened = age_file.ScryptIdentity(bytearray(b"password")).unwrap([stanza])
    return opened is not None and bytes(opened.view()) == _YELLOW


def _age_hybrid() -> bool:
    """The SHA-256 of the recipient that C2SP age.md gives for an identity; then there and back."""
    text = bytearray(
        b"AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    )
    identity = age_file.HybridIdentity.parse(text)
    digest = hashlib.sha256(identity.recipient().raw).hexdigest()
    file_key = SecretBytes.copy_of(_YELLOW)
    opened = identity.unwrap([identity.recipient().wrap(file_key)])
    return (
        opened is not None
        and opened.equals(file_key)
        and digest == "5056b0a336f9428f482bc9c6c51c0b3f679cf104a9024403fe74066b0eed5374"
    )


def _ed25519() -> bool:
    """RFC 8032, section 7.1, test 2; then an SSH signature, there and back."""
    seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    key = SigningKey(SecretBytes(bytearray.fromhex(seed)))
    signature = key.sign(b"\x72").hex()
    shown = sshsig.verify(sshsig.sign(key, "self-test", b"message"), "self-test", b"message")
    return (
        shown == key.public
        and key.public.raw.hex()
        == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        and signature
        == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


CHECKS: Final[tuple[tuple[str, Callable[[], bool]], ...]] = (
    ("Argon2id", _argon2id),
    ("HKDF-SHA256", _hkdf),
    ("HMAC-SHA256", _hmac),
    ("AES-256-GCM-SIV", _aes_gcm_siv),
    ("Cobblestone-256", _objects),
    ("ChaCha20-Poly1305", _chacha20_poly1305),
    ("age X25519", _age_x25519),
    ("age scrypt", _age_scrypt),
    ("age mlkem768x25519", _age_hybrid),
    ("Ed25519", _ed25519),
)
