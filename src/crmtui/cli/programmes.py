"""`programmes`: what priority customers get, who is in, and whether they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.cli.build import Command, Group, Offer, argument, option
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.domain import dates
from crmtui.domain.accounts import Account
from crmtui.domain.programmes import Programme
from crmtui.domain.words import Source
from crmtui.errors import UsageError
from crmtui.queries import records
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from typer.core import TyperArgument, TyperOption

    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui programmes add --name 'First circle' --yearly-cost 1200 --benefits 'An engineer within a day'",
    "crmtui programmes join 'First circle' Aurora Helios --reason 'most valuable'",
    "crmtui programmes show 'First circle' --why",
)
_JOIN: Final = N_("Take accounts into a programme.")
_LEAVE: Final = N_("Take accounts out of a programme.")


def command(name: str) -> Group:
    """Make the noun with its own verbs."""
    own = {"join": Offer(_(_JOIN), _join), "leave": Offer(_(_LEAVE), _leave)}
    return Group(name, _(ABOUT[name]), {**verbs(name), **own}, examples=EXAMPLES)


def _join() -> Command:
    return Command("join", join, _(_JOIN), _params(), examples=EXAMPLES[1:2])


def _leave() -> Command:
    return Command("leave", leave, _(_LEAVE), _params())


def _params() -> list[TyperArgument | TyperOption]:
    return [
        argument("programme", _("PROGRAMME"), _("Its name or identity.")),
        argument("accounts", _("ACCOUNT"), _("Their names or identities."), many=True),
        option("--on", _("DAY"), _("From which day on; today when not told."), into="day"),
        option("--reason", _("TEXT"), _("Why.")),
    ]


def join(desk: Desk, programme: str, accounts: Sequence[str], day: str | None, reason: str | None) -> None:
    """Take accounts in."""
    from crmtui.commands import programmes

    found = _found(desk, programme, accounts)
    count = programmes.join(desk.path, *found, _day(desk, day), Source.CLI, reason or "")
    say(
        ngettext(
            "{count} account came in. `crmtui undo` takes it back.",
            "{count} accounts came in. `crmtui undo` takes it back.",
            count,
        )
    )


def leave(desk: Desk, programme: str, accounts: Sequence[str], day: str | None, reason: str | None) -> None:
    """Take accounts out."""
    from crmtui.commands import programmes

    found = _found(desk, programme, accounts)
    count = programmes.leave(desk.path, *found, _day(desk, day), Source.CLI, reason or "")
    say(
        ngettext(
            "{count} account went out. `crmtui undo` takes it back.",
            "{count} accounts went out. `crmtui undo` takes it back.",
            count,
        )
    )


def _found(desk: Desk, programme: str, accounts: Sequence[str]) -> tuple[int, list[int]]:
    key = records.find(desk.path, Programme, programme)
    return key, [records.find(desk.path, Account, account) for account in accounts]


def _day(desk: Desk, typed: str | None) -> dt.date:
    try:
        return dates.parse_day(typed, desk.today) if typed else desk.today
    except ValueError as error:
        raise UsageError(str(error)) from None
