# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names for the codes of the domain, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from vault.i18n import _, mark

Words = Mapping[str, str]

CASE_STATUS: Final[Words] = {
    "intake": mark("Intake"),
    "active": mark("Active"),
    "suspended": mark("Suspended"),
    "closed": mark("Closed"),
}
RISK: Final[Words] = {
    "normal": mark("Normal risk"),
    "high": mark("High risk"),
    "urgent": mark("Urgent"),
}
PERSON_KIND: Final[Words] = {
    "individual": mark("Individual"),
    "group": mark("Group"),
    "organisation": mark("Organisation"),
    "unidentified": mark("Unidentified person"),
}
PERSON_ROLE: Final[Words] = {
    "client": mark("Client"),
    "victim": mark("Victim"),
    "applicant": mark("Applicant"),
    "source": mark("Source"),
    "family_member": mark("Family member"),
    "minor": mark("Minor"),
    "witness": mark("Witness"),
    "official": mark("Official"),
    "perpetrator": mark("Perpetrator"),
    "lawyer": mark("Lawyer"),
    "expert": mark("Expert"),
    "organisation": mark("Organisation"),
    "interpreter": mark("Interpreter"),
    "other": mark("Other role"),
}
NAME_TYPE: Final[Words] = {
    "legal": mark("Legal name"),
    "maiden": mark("Maiden name"),
    "variant": mark("Variant"),
    "transliteration": mark("Transliteration"),
    "diminutive": mark("Diminutive"),
    "nickname": mark("Nickname"),
    "call_sign": mark("Call sign"),
    "online_handle": mark("Online handle"),
    "descriptor": mark("Description instead of a name"),
}
SCRIPT: Final[Words] = {
    "Cyrl": mark("Cyrillic"),
    "Latn": mark("Latin"),
    "Arab": mark("Arabic"),
}
SEX: Final[Words] = {
    "male": mark("Male"),
    "female": mark("Female"),
    "other": mark("Other sex"),
}
CONFIDENTIALITY: Final[Words] = {
    "public": mark("Public"),
    "internal": mark("Internal"),
    "restricted": mark("Restricted"),
    "secret": mark("Secret"),
}
VIOLATION_STATUS: Final[Words] = {
    "confirmed": mark("Confirmed"),
    "likely": mark("Likely"),
    "possible": mark("Possible"),
    "unlikely": mark("Unlikely"),
    "unknown": mark("Not known"),
}
EVIDENCE_CATEGORY: Final[Words] = {
    "identity_document": mark("Identity document"),
    "applicant_statement": mark("Applicant's statement"),
    "witness_statement": mark("Witness statement"),
    "medical_report": mark("Medical report"),
    "expert_report": mark("Expert report"),
    "photograph": mark("Photograph"),
    "video": mark("Video"),
    "audio": mark("Audio recording"),
    "court_or_authority_record": mark("Record of a court or authority"),
    "open_source_capture": mark("Capture of an open source"),
    "correspondence": mark("Correspondence"),
    "country_information": mark("Country information"),
    "translation": mark("Translation"),
    "other": mark("Other material"),
}
CUSTODY_ACTION: Final[Words] = {
    "received": mark("Received"),
    "copied": mark("Copied"),
    "working_copy_made": mark("Working copy made"),
    "sealed": mark("Sealed"),
    "opened": mark("Opened"),
    "transferred": mark("Handed over"),
    "translated": mark("Translated"),
    "printed": mark("Printed"),
    "returned": mark("Returned"),
    "destroyed": mark("Destroyed"),
    "hash_verified": mark("Hash verified"),
    "extracted": mark("Extracted"),
}
CUSTODY_METHOD: Final[Words] = {
    "original": mark("Original"),
    "certified_copy": mark("Certified copy"),
    "scan_of_copy": mark("Scan of a copy"),
    "photo_of_original": mark("Photograph of the original"),
    "photo_of_copy": mark("Photograph of a copy"),
    "phone_export": mark("Export from a telephone"),
    "messenger_export": mark("Export from a messenger"),
    "secure_messenger": mark("By a secure messenger"),
    "web_capture": mark("Capture of a web page"),
    "encrypted_bundle": mark("In an encrypted package"),
    "metadata_stripped_copy": mark("Copy without metadata"),
    "plain_file": mark("As an ordinary file"),
}
IDENTIFIER_TYPE: Final[Words] = {
    "ru_passport_internal": mark("Internal passport (Russia)"),
    "ru_passport_foreign": mark("Foreign passport (Russia)"),
    "ru_snils": mark("SNILS (Russia)"),
    "kz_iin": mark("IIN (Kazakhstan)"),
    "asylum_seeker_certificate": mark("Certificate of an asylum seeker"),
    "military_id": mark("Military identity card"),
    "bank_card": mark("Bank card"),
    "vehicle_plate": mark("Vehicle plate"),
    "other": mark("Another number"),
}
RELIABILITY: Final[Words] = {
    "highly_reliable": mark("Highly reliable"),
    "likely_reliable": mark("Likely reliable"),
    "doubtful": mark("Doubtful"),
    "unknown": mark("Not known"),
}
ADDRESS_TYPE: Final[Words] = {
    "place_of_detention": mark("Place of detention"),
    "current": mark("Current address"),
    "last_residence_before_detention": mark("Last address before detention"),
}
PROCEEDING_STATUS: Final[Words] = {
    "pending": mark("Pending"),
    "appeal_pending": mark("Appeal pending"),
    "interim_measures_requested": mark("Interim measures asked for"),
    "registered": mark("Registered"),
    "closed": mark("Closed"),
}
CONSENT_FORM: Final[Words] = {
    "written": mark("Written"),
    "recorded_oral": mark("Oral, recorded"),
    "implied_none": mark("None, implied only"),
}
PURPOSE: Final[Words] = {
    "legal_representation": mark("Legal representation"),
    "kz_asylum": mark("Asylum procedure in Kazakhstan"),
    "kz_courts": mark("Courts of Kazakhstan"),
    "unhcr": mark("UNHCR"),
    "un_treaty_body": mark("UN treaty bodies"),
    "eu_court": mark("European courts"),
    "ngo": mark("Non-governmental organisations"),
    "media": mark("Media"),
    "research": mark("Research"),
    "share_with_country_of_origin": mark("Anything that reaches the country of origin"),
}
IDENTITY_USE: Final[Words] = {
    "full_name": mark("Full name"),
    "initials": mark("Initials"),
    "pseudonym_only": mark("Pseudonym only"),
    "role_only": mark("Role only"),
}
DEADLINE_STATUS: Final[Words] = {
    "open": mark("Open"),
    "met": mark("Met"),
    "missed": mark("Missed"),
    "superseded": mark("Superseded"),
    "cancelled": mark("Cancelled"),
}
DOSSIER_STATUS: Final[Words] = {
    "draft": mark("Draft"),
    "final": mark("Final"),
    "filed": mark("Filed"),
}
LANGUAGE: Final[Words] = {
    "ru": mark("Russian"),
    "en": mark("English"),
    "kk": mark("Kazakh"),
}
KIND: Final[Words] = {
    "case": mark("Case"),
    "person": mark("Person"),
    "relationship": mark("Relationship"),
    "incident": mark("Incident"),
    "act": mark("Act"),
    "information": mark("Information"),
    "intervention": mark("Intervention"),
    "evidence": mark("Evidence"),
    "evidence_file": mark("File"),
    "custody_event": mark("Custody event"),
    "consent": mark("Consent"),
    "interview": mark("Interview"),
    "proceeding": mark("Proceeding"),
    "proceeding_event": mark("Procedural step"),
    "deadline": mark("Deadline"),
    "material_fact": mark("Material fact"),
    "legal_ground": mark("Legal ground"),
    "country_information": mark("Country information"),
    "disclosure_profile": mark("Disclosure profile"),
    "reason_code": mark("Reason for hiding"),
    "redaction_test": mark("Test of hiding"),
    "incident_link": mark("Link of incidents"),
    "involvement": mark("Involvement"),
    "export": mark("Export"),
    "dossier": mark("Dossier"),
    "task": mark("Task"),
    "note": mark("Note"),
}
SLOT: Final[Words] = {
    "passphrase+keyring": mark("passphrase with this computer's keyring"),
    "passphrase": mark("passphrase"),
    "keyring": mark("this computer's keyring alone"),
    "recovery": mark("recovery code"),
    "recipient": mark("a colleague's key"),
}
AUDIENCE: Final[Words] = {
    "unhcr": mark("UNHCR"),
    "kz_court": mark("Courts of Kazakhstan"),
    "un_treaty_body": mark("UN treaty bodies"),
    "public": mark("The public"),
    "internal": mark("Own office"),
}
PROBLEM: Final[Words] = {
    "missing": mark("This cannot be empty."),
    "bad_date": mark("Write a date as 2023, 2023-03 or 2023-03-17; add ~ when it is approximate."),
    "before_start": mark("The end is before the beginning."),
    "not_one_of": mark("This is not one of the values the program knows."),
    "allowed_and_forbidden": mark("The same purpose is both allowed and forbidden."),
}


def word(words: Words, code: str) -> str:
    """Return the name of a code; a code without a name is shown as it is."""
    return _(words[code]) if code in words else code


def choices(
    words: Words, codes: Iterable[str] = (), *, none: bool = False
) -> list[tuple[str, str]]:
    """Return `(code, name)` for a choice field; `none` puts an empty choice first."""
    offered = [(code, word(words, code)) for code in (codes or words)]
    return [("", "—"), *offered] if none else offered
