# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a dossier for the codes of a case file, to be said in the dossier's language.

Russian uses the words of practising lawyers: an exhibit is «приложение», an act «нарушение».
"""

from __future__ import annotations

from typing import Final

from babel import Locale

from vault.i18n import Translator, mark

EVIDENCE_CATEGORIES: Final = {
    "identity_document": mark("identity document"),
    "applicant_statement": mark("statement of the applicant"),
    "witness_statement": mark("statement of a witness"),
    "medical_report": mark("medical report"),
    "expert_report": mark("expert report"),
    "photograph": mark("photograph"),
    "video": mark("video recording"),
    "audio": mark("audio recording"),
    "court_or_authority_record": mark("record of a court or authority"),
    "open_source_capture": mark("capture of an open source"),
    "correspondence": mark("correspondence"),
    "country_information": mark("country information"),
    "translation": mark("translation"),
    "other": mark("other material"),
}
ACT_TYPES: Final = {
    "arrest": mark("arrest"),
    "detention": mark("detention"),
    "unacknowledged_detention": mark("unacknowledged detention"),
    "abduction": mark("abduction"),
    "attempted_abduction": mark("attempted abduction"),
    "disappearance": mark("enforced disappearance"),
    "torture": mark("torture"),
    "ill_treatment": mark("ill-treatment"),
    "threat": mark("threat"),
    "death_threat": mark("death threat"),
    "threat_family": mark("threats against the family"),
    "surveillance": mark("surveillance"),
    "illegal_search": mark("unlawful search"),
    "property_seizure": mark("seizure of property"),
    "forced_conscription": mark("forced conscription"),
    "prosecution": mark("prosecution"),
    "wanted_notice": mark("wanted notice"),
    "denial_of_counsel": mark("denial of access to counsel"),
    "denial_of_interpreter": mark("denial of an interpreter"),
    "denial_access_asylum": mark("denial of access to asylum"),
    "denial_of_asylum": mark("refusal of asylum"),
    "denial_medical_care": mark("denial of medical care"),
    "extradition_request": mark("extradition request"),
    "extradition_order": mark("extradition order"),
    "refoulement": mark("forcible return"),
    "unofficial_transfer": mark("transfer without a decision"),
    "doxxing": mark("publication of personal data"),
    "media_attack": mark("media campaign"),
    "document_confiscation": mark("confiscation of documents"),
    "travel_ban": mark("travel ban"),
    "contact_with_home_state": mark("contact with the authorities of the home State"),
}
ROLES: Final = {
    "client": mark("applicant"),
    "family_member": mark("member of the applicant's family"),
    "minor": mark("minor"),
    "witness": mark("witness"),
    "official": mark("official"),
    "perpetrator": mark("alleged perpetrator"),
    "lawyer": mark("counsel"),
    "expert": mark("expert"),
    "interpreter": mark("interpreter"),
    "organisation": mark("organisation"),
    "victim": mark("victim"),
    "source": mark("source of information"),
}
VIOLATION_STATUSES: Final = {
    "confirmed": mark("confirmed"),
    "likely": mark("likely"),
    "possible": mark("possible"),
    "unlikely": mark("unlikely"),
    "unknown": mark("not established"),
}
ACQUISITION: Final = {
    "original": mark("original"),
    "certified_copy": mark("certified copy"),
    "scan_of_copy": mark("scan of a copy"),
    "scan_of_original": mark("scan of the original"),
    "photo_of_original": mark("photograph of the original"),
    "photo_of_copy": mark("photograph of a copy"),
    "phone_export": mark("copied from a telephone"),
    "secure_messenger": mark("received electronically"),
    "messenger_export": mark("exported from a messenger"),
    "web_capture": mark("capture of a web page"),
}
REASONS: Final = {
    "CLIENT": mark("applicant"),
    "FAM": mark("member of the applicant's family"),
    "MINOR": mark("minor"),
    "WIT": mark("witness, particulars withheld"),
    "TP": mark("third party"),
    "SRC": mark("source of information"),
    "ID": mark("document number"),
    "CONTACT": mark("contact details"),
    "ADDR": mark("address"),
    "DOB": mark("date of birth"),
    "MED": mark("medical information"),
    "ROUTE": mark("route and helpers"),
    "PRIV": mark("legal privilege"),
    "SEC": mark("security"),
    "NOCONS": mark("no consent"),
}
KEPT_ROLES: Final = (
    "client",
    "family_member",
    "witness",
    "official",
    "perpetrator",
    "lawyer",
    "expert",
    "interpreter",
    "organisation",
)
"""Roles that are said of a person in the dossier, in the order of preference."""

_LANGUAGE_NAMES: Final = {
    "ru": mark("Russian"),
    "en": mark("English"),
    "kk": mark("Kazakh"),
    "uk": mark("Ukrainian"),
    "fa": mark("Persian"),
}


def said(words: dict[str, str], code: str, texts: Translator) -> str:
    """Return the words for a code, or "" for a code that has none: codes are never printed."""
    message = words.get(code, "")
    return texts.text(message) if message else ""


def language_name(code: str, texts: Translator) -> str:
    """Return the name of a language, or "" for an unknown or undetermined one."""
    return said(_LANGUAGE_NAMES, code, texts)


def country_name(code: str, texts: Translator) -> str:
    """Return the name of a country by its ISO 3166 code, or the code itself."""
    name: str = Locale.parse(texts.language).territories.get(code, code)
    return name
