"""Contacts: `contacts add` plans one, `log` writes one down that happened, and what becomes of one."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import entry, fields
from crmtui.cli.build import Command, Group, Offer, argument, option
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.commands import contacts
from crmtui.domain import dates
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.values import quoted
from crmtui.domain.words import Source
from crmtui.errors import NotFoundError, UsageError
from crmtui.queries import records, value
from crmtui.text import _, key, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk

# Not asked: a contact is planned when it is added, and what becomes of it are commands of their own.
# Whose win it carries is asked by the person's name, which is not the name of the place on the map.
UNASKED: Final = ("status", "win_of_id")


def command(name: str) -> Command | Group:
    """Make `log`, or the noun with its own verbs."""
    if name == "log":
        return _log()
    own = {
        "done": Offer(_("Say that some happened."), _done),
        "move": Offer(_("Put some off to another day."), _move),
        "cancel": Offer(_("Call some off."), partial(_become, "cancel", _("Call contacts off."), contacts.cancel)),
        "reopen": Offer(_("Plan some again."), partial(_become, "reopen", _("Plan contacts again."), contacts.reopen)),
    }
    return Group(
        name,
        _(ABOUT[name]),
        {**verbs(name), **own},
        examples=(
            "crmtui contacts add --account Aurora --with Bianchi --channel call --day fri --message 'pilot review'",
            "crmtui contacts done k3xq --outcome 'agreed on a pilot'",
        ),
    )


def options() -> list[TyperOption]:
    """Who is in it."""
    return [
        option("--with", _("NAME"), _("Somebody who is in it."), into="people", many=True),
        option("--win-of", _("NAME"), _("Somebody on the map whose personal win it carries; empty for nobody's.")),
    ]


def add(desk: Desk, given: Mapping[str, Any], typed: Mapping[str, Any]) -> int:
    """Plan a contact; returns its key."""
    people = _people(desk, typed["people"])
    return contacts.plan_contact(desk.path, _carrying(desk, given, typed, people), people, Source.CLI)


def edit(desk: Desk, contact_id: int, given: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Change a contact; the people in it only when some are named."""
    people = _people(desk, typed["people"]) if typed["people"] else None
    before = records.get(desk.path, Contact, contact_id)
    where = {"account_id": before.account_id, "opportunity_id": before.opportunity_id}
    fields = given if typed["win_of"] is None else {**given, **_win(desk, where | dict(given), typed["win_of"], ())}
    contacts.edit(desk.path, contact_id, fields, Source.CLI, persons=people)


def log(desk: Desk, account: str | None, **typed: Any) -> None:  # noqa: ANN401 - options
    """Write down a contact that happened; a workspace that is not there is begun."""
    from crmtui.cli.adding import said

    with desk.begun():
        given = entry.typed_values(desk, Contact, fields.given(typed))
        if account is not None:
            given["account_id"] = entry.link_key(desk.path, "account", account)
        people = _people(desk, typed["people"])
        contact_id = contacts.log(desk.path, _carrying(desk, given, typed, people), people, Source.CLI, _now())
    said(desk.path, Contact, contact_id)


def _log() -> Command:
    without = (*UNASKED, "account_id", "plan_id", "day")
    day = option("--date", _("DAY"), _("When it was; today when not told."), into=f"{fields.PREFIX}day")
    return Command(
        "log",
        log,
        _("Write down a contact that happened."),
        [
            argument("account", _("ACCOUNT"), _("With whom; may be left out when --with says it."), needed=False),
            *options(),
            day,
            *fields.options(Contact, without=without),
        ],
        examples=("crmtui log Aurora --with Bianchi --channel call --date yesterday --outcome 'wants a pilot'",),
    )


def _done() -> Command:
    return Command(
        "done",
        done,
        _("Say that contacts happened."),
        [
            _refs(),
            option("--outcome", _("TEXT"), _("What came of it.")),
            option("--date", _("DAY"), _("When it was; its own day, or today, when not told."), into="day"),
        ],
    )


def done(desk: Desk, refs: Sequence[str], outcome: str | None, day: str | None) -> None:
    """Mark contacts as done."""
    happened = None if day is None else _day(desk, day)
    contacts.done(desk.path, _keys(desk, refs), outcome or "", Source.CLI, _now(), day=happened)
    _said(len(refs))


def _move() -> Command:
    return Command(
        "move",
        move,
        _("Put contacts off, or forward, to another day."),
        [_refs(), option("--to", _("DAY"), _("The new day."), into="day")],
    )


def move(desk: Desk, refs: Sequence[str], day: str | None) -> None:
    """Move contacts to a day."""
    if day is None:
        raise UsageError(_("Say to which day, as in --to fri."))
    wanted = _day(desk, day)
    contacts.move(desk.path, _keys(desk, refs), wanted, Source.CLI)
    _said(len(refs))


def _become(name: str, about: str, does: Callable[..., None]) -> Command:
    def run(desk: Desk, refs: Sequence[str]) -> None:
        does(desk.path, _keys(desk, refs), Source.CLI)
        _said(len(refs))

    return Command(name, run, about, [_refs()])


def _refs() -> Any:  # noqa: ANN401 - Typer's argument
    return argument("refs", _("REF"), _("Their identities, or as many letters as are their own."), many=True)


def _keys(desk: Desk, refs: Sequence[str]) -> list[int]:
    return [records.find(desk.path, Contact, ref) for ref in refs]


def _people(desk: Desk, names: Sequence[str]) -> list[int]:
    return [records.find(desk.path, Person, name) for name in names]


def _carrying(
    desk: Desk, given: Mapping[str, Any], typed: Mapping[str, Any], people: Sequence[int]
) -> Mapping[str, Any]:
    """The fields with whose win was named."""
    return given if typed["win_of"] is None else {**given, **_win(desk, given, typed["win_of"], people)}


def _win(desk: Desk, given: Mapping[str, Any], typed: str, people: Sequence[int]) -> dict[str, Any]:
    """The place on the map of somebody with a personal win, by the name or the beginning of it."""
    if not typed.strip():
        return {"win_of_id": None}
    account, deal = given.get("account_id"), given.get("opportunity_id")
    if not (account or deal) and people:
        account = records.get(desk.path, Person, people[0]).account_id
    found = value.wins_for(desk.path, account, deal, desk.today)
    exact = [stakeholder for stakeholder, name, _words in found if key(name) == key(typed)]
    begun = [one for one, name, _w in found if any(key(word).startswith(key(typed)) for word in (name, *name.split()))]
    for some in (exact, begun):
        if len(some) == 1:
            return {"win_of_id": some[0]}
    names = ", ".join(line(name) for _key, name, _words in found)
    raise NotFoundError(
        _("There is no personal win of one {name} there; there are those of: {names}.").format(
            name=quoted(typed), names=names or _("nobody")
        )
    )


def _day(desk: Desk, typed: str) -> dt.date:
    try:
        return dates.parse_day(typed, desk.today)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _said(count: int) -> None:
    say(
        ngettext(
            "Changed {count} contact. `crmtui undo` takes it back.",
            "Changed {count} contacts. `crmtui undo` takes it back.",
            count,
        )
    )
