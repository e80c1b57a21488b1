# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`panah vault rotate|travel-lock|travel-unlock`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vault.cli.arguments import (
    Subparsers,
    WrongUse,
    add_command,
    add_credential,
    opened,
    read_secret,
)
from vault.cli.output import Output
from vault.i18n import _

if TYPE_CHECKING:
    from vault.services.travel import TravelLocked, TravelLockPlan


def add_to_vault(group: Subparsers) -> None:
    """Add the three commands to the group `vault`."""
    rotate = add_command(group, "rotate", _rotate, _("give the vault a new master key"))
    rotate.add_argument("path", metavar="PATH", type=Path)
    rotate.add_argument("--passphrase-file", metavar="F", help=_("- for standard input"))
    lock = add_command(
        group, "travel-lock", _lock, _("leave only colleagues' keys able to open the vault")
    )
    lock.add_argument("path", metavar="PATH", type=Path)
    add_credential(lock)
    lock.add_argument(
        "--recovery-sheet-elsewhere",
        action="store_true",
        help=_("the recovery code stays valid; its sheet does not travel"),
    )
    lock.add_argument("--yes-i-understand", action="store_true", help=_("do not ask"))
    _add_unlock(group)


def _add_unlock(group: Subparsers) -> None:
    unlock = add_command(
        group, "travel-unlock", _unlock, _("open a travel-locked vault with a colleague's help")
    )
    unlock.add_argument("path", metavar="PATH", type=Path, nargs="?")
    unlock.add_argument("--request", metavar="FILE", type=Path, help=_("the request to write"))
    unlock.add_argument("--card", metavar="FILE", type=Path, help=_("card of who must answer"))
    unlock.add_argument("--key-passphrase-file", metavar="F", help=_("for the request's own key"))
    unlock.add_argument("--response", metavar="FILE", type=Path, help=_("the answer that came"))
    unlock.add_argument("--new-passphrase-file", metavar="F", help=_("the vault's next one"))
    unlock.add_argument("--kdf", choices=("calibrated", "floor"), default="calibrated")
    unlock.add_argument("--answer", metavar="REQUEST", type=Path, help=_("answer a colleague"))
    unlock.add_argument("--vault", metavar="PATH", type=Path, help=_("your vault, to answer"))
    unlock.add_argument("--out", metavar="FILE", type=Path, help=_("the answer to write"))
    unlock.add_argument("--code", metavar="DIGITS", default="", help=_("the digits you were told"))
    add_credential(unlock)


def _rotate(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import rotation

    # Before the passphrase is asked for: it may be all that there is to say.
    rotation.refuse_unfinished(parsed.path.resolve())
    passphrase = read_secret(parsed.passphrase_file, _("Passphrase: "))
    rotated = rotation.rotate(parsed.path, passphrase, output.progress())
    with rotated.recovery_code as code:
        shown = code.view().decode("ascii")
        output.result(
            {
                "vault": str(rotated.folder),
                "before": str(rotated.before),
                "recovery_code": shown,
                "dropped": [{"id": slot.id, "type": slot.type} for slot in rotated.dropped],
            },
            (
                _("The vault has new keys: {path}").format(path=rotated.folder),
                *(
                    _("No longer opens it: {slot} ({type}). Add it again where it is wanted.")
                    .format(slot=slot.id, type=slot.type)
                    for slot in rotated.dropped
                ),
                _("The old recovery code opens nothing any more. The new one:"),
                "",
                f"    {shown}",
                "",
                _(
                    "The folder as it was before, and all backups made until today, still open "
                    "with the old keys. Remove them and make a new backup: {path}"
                ).format(path=rotated.before),
            ),
        )  # fmt: skip
    return 0


def _lock(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import travel

    with opened(parsed, output, parsed.path) as session:
        plan = travel.travel_lock_plan(session, sheet_elsewhere=parsed.recovery_sheet_elsewhere)
        for line in _meaning(plan):
            output.note(line)
        _confirm(parsed, session.name)
        locked = travel.travel_lock(session, plan)
    output.result(
        {
            "holders": len(plan.holders),
            "dropped": [{"id": slot.id, "type": slot.type} for slot in plan.drops],
            "recovery": plan.keeps_recovery,
            "keyring": locked.keyring,
            "backups": list(plan.backups),
            "copies": list(plan.copies),
        },
        _locked_lines(locked),
    )
    return 0


def _meaning(plan: TravelLockPlan) -> Iterator[str]:
    yield _(
        "A travel lock destroys nothing. After it no passphrase opens this vault here and the "
        "system's keyring neither: nobody who is present can open it, you included."
    )
    if plan.keeps_recovery:
        yield _("The recovery code still opens it. Its sheet must not travel with you.")
    else:
        yield _("The recovery code opens it no longer.")
    yield _("It is opened again with the help of one of: {names}").format(
        names=", ".join(plan.holders)
    )


def _confirm(parsed: argparse.Namespace, name: str) -> None:
    from vault.services.errors import TravelLockNotConfirmed

    if parsed.yes_i_understand:
        return
    if not sys.stdin.isatty():
        raise TravelLockNotConfirmed
    sys.stderr.write(_("Type the vault's name, {name}, to lock it: ").format(name=name))
    sys.stderr.flush()
    if sys.stdin.readline().strip() != name:
        raise TravelLockNotConfirmed


def _locked_lines(locked: TravelLocked) -> Iterator[str]:
    yield _("Locked. Ways of opening that were dropped: {count}").format(
        count=len(locked.plan.drops)
    )
    if locked.keyring == "deleted":
        yield _("The vault's entry in the system's keyring was deleted.")
    elif locked.keyring != "not_used":
        yield _(
            "The vault's entry could not be deleted from the system's keyring ({reason})."
        ).format(reason=locked.keyring)
    yield _("Older backups and copies still open with the old ways of opening.")
    for at in locked.plan.backups:
        yield _("Backup of {when}").format(when=at)
    for name in locked.plan.copies:
        yield _("A copy beside the vault: {name}").format(name=name)


def _unlock(parsed: argparse.Namespace, output: Output) -> int:
    if parsed.answer is not None:
        if parsed.vault is None or parsed.out is None or parsed.path is not None:
            raise WrongUse(_("To answer: --vault YOURS --answer REQUEST --out FILE."))
        return _answer(parsed, output)
    if parsed.path is None or parsed.request is None:
        raise WrongUse(
            _(
                "A travel-locked vault is opened in three steps. You: PATH --request FILE. Your "
                "colleague: --vault THEIRS --answer FILE --out RESPONSE. You: PATH --request "
                "FILE --response RESPONSE."
            )
        )
    return _ask(parsed, output) if parsed.response is None else _finish(parsed, output)


def _ask(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import travel_unlock

    card = parsed.card.read_text(encoding="utf-8") if parsed.card else ""
    made = travel_unlock.make_request(
        parsed.path,
        parsed.request,
        _chosen(parsed.key_passphrase_file, _("Passphrase of the request's key: ")),
        untrusted_card=card,
    )
    output.result(
        {
            "request": str(made.request),
            "key": str(made.key),
            "code": made.code,
            "signer": made.signer,
        },
        (
            _("Send this to your colleague: {path}").format(path=made.request),
            _("Keep this here: {path}").format(path=made.key),
            _("Read these digits out when your colleague calls you:"),
            f"    {made.code}",
        ),
    )
    return 0


def _answer(parsed: argparse.Namespace, output: Output) -> int:
    from vault.services import travel_unlock

    with opened(parsed, output) as session:
        answered = travel_unlock.answer(
            session, parsed.answer, parsed.out, untrusted_code=parsed.code
        )
    output.result(
        {"response": str(parsed.out), "code": answered.code, "vault": answered.vault_id},
        (
            _("The answer: {path}").format(path=parsed.out),
            _(
                "It opens your colleague's vault for whoever made the request. Call your "
                "colleague, know the voice, and let these digits be read out to you. Send the "
                "answer only if they are the same:"
            ),
            f"    {answered.code}",
        ),
    )
    return 0


def _finish(parsed: argparse.Namespace, output: Output) -> int:
    from vault.crypto.kdf import at_floor
    from vault.services import travel_unlock

    done = travel_unlock.finish(
        parsed.path,
        parsed.response,
        parsed.request,
        key_passphrase=read_secret(
            parsed.key_passphrase_file, _("Passphrase of the request's key: ")
        ),
        new_passphrase=_chosen(parsed.new_passphrase_file, _("New passphrase: ")),
        kdf=at_floor() if parsed.kdf == "floor" else None,
    )
    shown = ""
    if done.recovery_code is not None:
        with done.recovery_code as code:
            shown = code.view().decode("ascii")
    output.result(
        {
            "slot": done.slot,
            "signer": done.signer,
            "signer_name": done.signer_name,
            "signer_expected": done.expected,
            "recovery_code": shown,
        },
        _finished_lines(done.signer_name or done.signer, shown, expected=done.expected),
    )
    return 0


def _finished_lines(signer: str, code: str, *, expected: bool) -> Iterator[str]:
    yield _("The vault opens with the new passphrase. It was answered by {signer}.").format(
        signer=signer
    )
    if not expected:
        yield _("The request had not said who must answer. Ask that colleague whether they did.")
    if code:
        yield _("The vault has a new recovery code. Copy it by hand now; it is not shown again:")
        yield from ("", f"    {code}", "")


def _chosen(source: str | None, prompt: str) -> bytearray:
    """Return a new passphrase, asked for twice when it is typed."""
    secret = read_secret(source, prompt)
    if source is None:
        again = read_secret(None, _("The same once more: "))
        same = secret == again
        again[:] = bytes(len(again))
        if not same:
            raise WrongUse(_("The two passphrases differ. Nothing was changed."))
    return secret
