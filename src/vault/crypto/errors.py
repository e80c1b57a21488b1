# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with keys, ciphertexts, age files and signatures."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultBug, VaultError


class SecretGone(VaultBug):
    """A secret was used after it had been wiped."""


class CryptoError(VaultError):
    """The root of this room's errors."""

    code: ClassVar[str] = "crypto.error"


class SelfTestFailed(CryptoError):
    """A primitive did not give its known answer (`primitive`); no vault may be opened."""

    code: ClassVar[str] = "crypto.self_test_failed"


class KdfOutOfBounds(CryptoError):
    """A cost of key derivation is outside what may be asked for (`parameter`, `value`)."""

    code: ClassVar[str] = "crypto.kdf_out_of_bounds"


class NotEnoughMemory(CryptoError):
    """The machine could not give the memory that key derivation asks for (`memory_kib`)."""

    code: ClassVar[str] = "crypto.not_enough_memory"


class PassphraseNotText(CryptoError):
    """The passphrase holds half of a character and has no encoding."""

    code: ClassVar[str] = "crypto.passphrase_not_text"


class WrongKey(CryptoError):
    """The key is not the one that the data was encrypted with; the data may be sound."""

    code: ClassVar[str] = "crypto.wrong_key"


class Tampered(CryptoError):
    """A wrapped key was opened with the right key and is not what had been written."""

    code: ClassVar[str] = "crypto.tampered"


class ObjectTampered(CryptoError):
    """An encrypted object was changed, shortened, lengthened or exchanged (`chunk`)."""

    code: ClassVar[str] = "crypto.object_tampered"


class BadPublicKey(CryptoError):
    """A public key is not in the form it must have."""

    code: ClassVar[str] = "crypto.bad_public_key"


class BadSignature(CryptoError):
    """The signature is not one of this key over this message."""

    code: ClassVar[str] = "crypto.bad_signature"


class MalformedSignature(BadSignature):
    """The text is not an SSH signature that may be relied on (`reason`)."""

    code: ClassVar[str] = "crypto.malformed_signature"


class WrongNamespace(BadSignature):
    """The signature was made for another purpose than the one it is shown for."""

    code: ClassVar[str] = "crypto.wrong_namespace"


class AgeError(CryptoError):
    """The root of everything wrong with an age file, its recipients and identities."""

    code: ClassVar[str] = "crypto.age"


class NotAnAgeFile(AgeError):
    """The data does not begin as an age file of a version known here."""

    code: ClassVar[str] = "crypto.age_not_an_age_file"


class NoMatchingIdentity(AgeError):
    """No identity opens this file: it is for somebody else, or the passphrase is wrong."""

    code: ClassVar[str] = "crypto.age_no_matching_identity"


class HeaderTampered(AgeError):
    """The header breaks the rules of age or was changed after it had been written (`reason`)."""

    code: ClassVar[str] = "crypto.age_header_tampered"


class PayloadTampered(AgeError):
    """The payload was changed, shortened or lengthened (`chunk`)."""

    code: ClassVar[str] = "crypto.age_payload_tampered"


class ArmorMalformed(AgeError):
    """The text armor around an age file breaks its strict rules (`reason`)."""

    code: ClassVar[str] = "crypto.age_armor_malformed"


class WorkFactorTooHigh(AgeError):
    """The file asks for more work than is allowed to try its passphrase (`log_n`, `cap`)."""

    code: ClassVar[str] = "crypto.age_work_factor_too_high"


class BadRecipient(AgeError):
    """A text is not an age recipient known here (`reason`)."""

    code: ClassVar[str] = "crypto.age_bad_recipient"


class BadIdentity(AgeError):
    """A text is not an age identity known here (`line` where it is one of a file)."""

    code: ClassVar[str] = "crypto.age_bad_identity"


class RecipientsDoNotMix(AgeError):
    """Hybrid with classical recipients, or a passphrase with anything, in one file."""

    code: ClassVar[str] = "crypto.age_recipients_do_not_mix"
