# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A contact card is read exactly as it was written and signed, or refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sharing.examples import READER, SENDER, STRANGER, classical
from vault.crypto import sshsig
from vault.sharing.contact_card import (
    MAX_BYTES,
    NAMESPACE,
    ContactCard,
    checked_name,
    encode,
    parse,
    verification_code,
)
from vault.sharing.errors import CardError, CardMalformed, CardSignatureBad, CardTooNew, NotACard
from vault.sharing.identity import Identity, new_identity
from vault.sharing.verification_code import same_code

TEXT = READER.card_text()
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


def signed(body: str, signer: Identity = READER, namespace: str = NAMESPACE) -> str:
    return body + sshsig.sign(signer.signing, namespace, body.encode())


def body_with(old: str, new: str) -> str:
    body = TEXT.partition("-----BEGIN")[0]
    assert old in body
    return body.replace(old, new)


def named(name: str, organisation: str = "") -> ContactCard:
    card = READER.card()
    return ContactCard(
        display_name=name,
        organisation=organisation,
        recipients=card.recipients,
        verify_key=card.verify_key,
    )


def test_a_card_comes_back_as_it_was_made() -> None:
    assert parse(TEXT) == READER.card()


def test_a_card_of_older_age_comes_back_without_a_hybrid_key() -> None:
    card = classical(READER.card())

    assert parse(encode(card, READER.signing)) == card
    assert card.hybrid == ""


@given(NAMES, NAMES | st.just(""))
def test_any_visible_names_come_back_in_their_normal_form(name: str, organisation: str) -> None:
    card = named(checked_name(name), checked_name(organisation) if organisation else "")

    assert parse(encode(card, READER.signing)) == card


@given(st.text(max_size=300))
def test_any_text_is_refused_by_name(untrusted: str) -> None:
    with pytest.raises(CardError):
        parse(untrusted)


@given(st.data())
def test_a_card_with_any_character_changed_is_refused_or_the_same(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(TEXT) - 1))
    put = data.draw(st.characters(codec="utf-8") | st.sampled_from(["\n", " ", "\r\n", ""]))
    changed = TEXT[:at] + put + TEXT[at + 1 :]
    try:
        card = parse(changed)
    except CardError:
        return
    assert card == READER.card()


@given(st.integers(0, len(TEXT) - 3))
def test_a_card_cut_anywhere_is_refused(kept: int) -> None:
    with pytest.raises(CardError):
        parse(TEXT[:kept])


@pytest.mark.parametrize(
    "sent",
    [
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        "\n\n" + TEXT + "\n\n",
        TEXT.replace("\n", "  \n"),
        TEXT.rstrip("\n"),
    ],
    ids=["CRLF", "mark", "empty_lines", "spaces", "no_end"],
)
def test_what_mail_does_to_a_text_does_not_matter(sent: str) -> None:
    assert parse(sent) == READER.card()


@pytest.mark.parametrize("line", TEXT.partition("-----BEGIN")[0].splitlines())
def test_no_line_is_so_long_that_mail_would_break_it(line: str) -> None:
    assert len(line) <= 90


@pytest.mark.parametrize(
    "old, new, reason",
    [
        ("name: Получатель", "name: Полу\u202eчатель", "name_characters"),
        ("name: Получатель", "name: Полу\u200fчатель", "name_characters"),
        ("name: Получатель", "name: Полу\x07чатель", "name_characters"),
        ("name: Получатель", "name:  Получатель", "name_form"),
        ("name: Получатель", "name: \u0418\u0306 Получатель", "name_form"),
        ("name: Получатель Пример\n", "", "name_length"),
        ("name: Получатель", "name: " + "П" * 200, "name_length"),
        ("opens-with: panah", "opens-with: pgp", "opens_with"),
        ("opens-with: panah", "opens-with: age", "opens_with"),
        ("opens-with: panah\n", "", "opens_with"),
        ("age: age1pq1", "age: age1pq1x", "recipient"),
        (f"age: {READER.recipients()[0]}\n", "", "first_recipient"),
        ("verify: ssh-ed25519 AAAA", "verify: ssh-rsa AAAA", "verify"),
        ("\n\n", "\nnote: x\n\n", "field"),
        (READER.signing.public.openssh(), f"{READER.signing.public.openssh()} me", "not_canonical"),
    ],
)  # fmt: skip
def test_a_card_that_breaks_a_rule_is_refused_though_it_is_signed(
    old: str, new: str, reason: str
) -> None:
    with pytest.raises(CardMalformed) as refused:
        parse(signed(body_with(old, new)))

    assert refused.value.details["reason"] == reason


def test_the_line_that_breaks_a_rule_is_named() -> None:
    with pytest.raises(CardMalformed) as refused:
        parse(signed(body_with("opens-with: panah", "opens-with: pgp")))

    assert refused.value.details["line"] == 4


@pytest.mark.parametrize(
    "text",
    [
        signed(body_with("Пример", "Прибор"), STRANGER),
        signed(TEXT.partition("-----BEGIN")[0], namespace="panah-bundle"),
        body_with("Пример", "Прибор") + "-----BEGIN" + TEXT.partition("-----BEGIN")[2],
        TEXT.partition("-----BEGIN")[0],
    ],
    ids=["another_key", "another_purpose", "another_text", "none"],
)
def test_a_card_that_its_own_key_did_not_sign_is_refused(text: str) -> None:
    with pytest.raises(CardSignatureBad):
        parse(text)


def test_somebody_elses_key_cannot_be_passed_off_as_part_of_a_card() -> None:
    own, other = SENDER.card(), STRANGER.card()
    mixed = ContactCard(
        display_name=own.display_name,
        organisation="",
        recipients=own.recipients,
        verify_key=other.verify_key,
    )

    with pytest.raises(CardSignatureBad):
        encode(mixed, SENDER.signing)


def test_a_later_version_is_named() -> None:
    with pytest.raises(CardTooNew) as refused:
        parse(TEXT.replace("panah-contact-card 1", "panah-contact-card 2"))

    assert refused.value.details == {"version": 2, "known": 1}


@pytest.mark.parametrize(
    "text", ["", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "x" * (MAX_BYTES + 1)]
)
def test_another_text_is_no_card(text: str) -> None:
    with pytest.raises(NotACard):
        parse(text)


def test_a_name_that_may_not_stand_on_a_card_is_refused_when_it_is_made() -> None:
    for name in ("", "   ", "a\nb", "a\u202eb", "x" * 201):
        with pytest.raises(CardMalformed):
            new_identity(name)


def test_the_code_has_forty_digits_in_groups_of_five() -> None:
    groups = verification_code(READER.card()).split(" ")

    assert [len(group) for group in groups] == [5] * 8
    assert "".join(groups).isdigit()


def test_the_code_is_over_every_key_and_nothing_else() -> None:
    card = READER.card()
    code = verification_code(card)

    assert verification_code(named("Another name", "Another office")) == code
    assert verification_code(classical(card)) != code
    assert verification_code(STRANGER.card()) != code
    other_signer = ContactCard(
        display_name=card.display_name,
        organisation="",
        recipients=card.recipients,
        verify_key=STRANGER.signing.public,
    )
    assert verification_code(other_signer) != code
    swapped = ContactCard(
        display_name=card.display_name,
        organisation="",
        recipients=(STRANGER.recipients()[0], card.hybrid),
        verify_key=card.verify_key,
    )
    assert verification_code(swapped) != code


def test_a_code_is_compared_by_its_digits() -> None:
    code = verification_code(READER.card())

    assert same_code(code, code.replace(" ", "-"))
    assert same_code(code, f"  {code}\n")
    assert not same_code(code, code[:-1])
    assert not same_code(code, "")
    assert not same_code(code, code[:-1] + ("1" if code[-1] == "0" else "0"))
