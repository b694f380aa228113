"""What `people add` and `people edit` know more than other nouns: addresses and consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import option
from crmtui.cli.desk import say
from crmtui.cli.entry import link_key
from crmtui.commands import people
from crmtui.commands.people import Said
from crmtui.domain import values
from crmtui.domain.fields import specs
from crmtui.domain.people import Consent, PersonEmail, PersonPhone
from crmtui.domain.words import ConsentState, Source
from crmtui.errors import InvalidError, NotFoundError, UsageError
from crmtui.queries import contacts, records
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk

_WAYS: Final = (("emails", "email", PersonEmail), ("phones", "phone", PersonPhone))


def options(*, editing: bool) -> list[TyperOption]:
    """Addresses with their kind, and what the person said about channels."""
    states = ", ".join(word.value for word in ConsentState)
    consent = _("What the person said about a channel: {words}.").format(words=states)
    email = _("An e-mail address, and its kind when it is not work: “anna@x.example home”.")
    phone = _("A telephone number, and its kind when it is not work: “555 0204 mobile”.")
    found = [
        option("--email", _("ADDRESS"), email, many=True),
        option("--phone", _("NUMBER"), phone, many=True),
        option("--consent", _("CHANNEL=WORD"), consent, many=True),
    ]
    if editing:
        found += [
            option("--no-email", _("ADDRESS"), _("Take it away again."), many=True),
            option("--no-phone", _("NUMBER"), _("Take it away again."), many=True),
        ]
    return found


def add(desk: Desk, given: Mapping[str, Any], typed: Mapping[str, Any]) -> int:
    """Write a new person; returns the key."""
    addresses = {name: "\n".join(typed[word]) for name, word, _kind in _WAYS}
    return people.add(desk.path, {**given, **addresses}, Source.CLI, consents=_consents(desk, typed["consent"]))


def edit(desk: Desk, person_id: int, given: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Change a person; addresses that are not named stay."""
    addresses = {
        name: _changed(desk, person_id, kind, typed[word], typed[f"no_{word}"])
        for name, word, kind in _WAYS
        if typed[word] or typed[f"no_{word}"]
    }
    consents = _consents(desk, typed["consent"])
    people.edit(desk.path, person_id, {**given, **addresses}, Source.CLI, consents=consents)
    if consents and (told := contacts.unwanted_told(contacts.unwanted(desk.path, person_id))):
        say(told)


def _changed(
    desk: Desk, person_id: int, kind: type[PersonEmail | PersonPhone], on: Sequence[str], off: Sequence[str]
) -> str:
    """The addresses there are, one a line, without those to go and with the new ones after them."""
    left = {_address(one): people.written([one]) for one in records.belonging(desk.path, kind, "person_id", person_id)}
    for typed in off:
        if left.pop(line(typed).casefold(), None) is None:
            raise NotFoundError(_("There is no {what} {typed} to take away.").format(
                what=_(kind.noun.one), typed=values.quoted(typed)
            ))  # fmt: skip
    for typed in on:  # the same address with another kind
        left.pop(line(typed).casefold(), None)
        left.pop(line(typed).rpartition(" ")[0].casefold(), None)
    return "\n".join((*left.values(), *on))


def _address(one: PersonEmail | PersonPhone) -> str:
    return (one.address if isinstance(one, PersonEmail) else one.number).casefold()


def _consents(desk: Desk, typed: Sequence[str]) -> list[Said]:
    return [_consent(desk, word) for word in typed]


def _consent(desk: Desk, typed: str) -> Said:
    channel, equals, state = typed.partition("=")
    channel_id = link_key(desk.path, "channel", channel)
    if not equals or channel_id is None:
        raise UsageError(_("{option} is written {shape}.").format(option="--consent", shape=_("CHANNEL=WORD")))
    try:
        return Said(channel_id, values.parse(specs(Consent)["state"], state), desk.today)
    except ValueError as error:
        raise InvalidError({"--consent": str(error)}) from None
