"""Delivery: `projects`, `promises` and `requests`, with the verbs that only they have; `feedback` has none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import Command, Group, Offer, argument, option
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.domain import dates, values
from crmtui.domain.delivery import CustomerRequest, Project, Promise
from crmtui.domain.fields import specs
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Kept, Source
from crmtui.domain.workspace import Actor
from crmtui.errors import UsageError
from crmtui.queries import records
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record

EXAMPLES: Final = {
    "projects": (
        "crmtui projects begin 'Line 4' --ends-on +6m",
        "crmtui projects add --account Aurora --name 'Pilot' --with 'Bianchi=line lead' --competence 'PLC=3;Luca'",
        "crmtui projects list 'status:running ends<30d'",
    ),
    "promises": (
        "crmtui promises add --account Aurora --name 'Spare parts within a day' --person Bianchi --due-on +2m",
        "crmtui promises list fate:overdue owner:me",
        "crmtui promises settle 'Spare parts' --as partly --note 'two days, and we told them'",
    ),
    "requests": (
        "crmtui requests add --person Bianchi --name 'Manuals in Italian' --passed-to Luca --due-on fri",
        "crmtui requests list 'answered:none due<today'",
        "crmtui requests answer 'Manuals' --answer 'sent, and on the portal'",
    ),
    "feedback": (
        "crmtui feedback add --person Bianchi --score 9 --comment 'quiet nights since March'",
        "crmtui feedback list 'class:detractor day<90d'",
    ),
}


def command(name: str) -> Group:
    """Make the command of a noun of delivery."""
    own = {
        "projects": {
            "begin": Offer(_("Begin the project of an opportunity that was won."), _begin),
            "done": Offer(_("Say that all work of some is done."), _done),
            **_later(Project),
        },
        "promises": {
            "settle": Offer(_("Say of some whether they were kept."), _settle),
            **_later(Promise),
        },
        "requests": {
            "answer": Offer(_("Say that some were answered."), _answer),
            "pass": Offer(_("Pass some on to one of ours."), _pass),
            **_later(CustomerRequest),
        },
    }
    return Group(name, _(ABOUT[name]), {**verbs(name), **own.get(name, {})}, examples=EXAMPLES[name])


# Projects


def _begin() -> Command:
    from crmtui.cli import fields

    ref = argument("ref", _("OPPORTUNITY"), _("Its name, its identity, or as many letters of either as are its own."))
    about = _(
        "Begin the project of an opportunity that was won. What was promised at the sale comes along: its promises, "
        "and what its value proposition offers."
    )
    options = fields.options(Project, without=("account_id", "opportunity_id"))
    return Command("begin", begin, about, [ref, *options], examples=EXAMPLES["projects"][:1])


def begin(desk: Desk, ref: str, **typed: Any) -> None:  # noqa: ANN401 - options
    """Begin a project."""
    from crmtui.cli import entry, fields
    from crmtui.cli.adding import said
    from crmtui.commands import projects

    given = entry.typed_values(desk, Project, fields.given(typed))
    project_id = projects.begin(desk.path, records.find(desk.path, Opportunity, ref), Source.CLI, desk.today, given)
    said(desk.path, Project, project_id)
    count = len(records.belonging(desk.path, Promise, "project_id", project_id))
    if count:
        say(ngettext("{count} promise came along.", "{count} promises came along.", count))


def _done() -> Command:
    params = [_refs(), _date(_("When the last of it was done; today when not told."))]
    return Command("done", done, _("Say of projects that all of their work is done."), params)


def done(desk: Desk, refs: Sequence[str], day: str | None) -> None:
    """Finish projects."""
    from crmtui.commands import settling

    settling.finish(desk.path, _keys(desk, Project, refs), _day(desk, day), Source.CLI, desk.today)
    _said(Project, len(refs))


# Promises


def _settle() -> Command:
    words = [word.value for word in Kept]
    params = [
        _refs(),
        option("--as", _("WORD"), f"{', '.join(words)}.", into="kept", words=words),
        option("--note", _("TEXT"), _("What came of it.")),
        _date(_("When that was known; today when not told.")),
    ]
    about = _("Say of promises whether they were kept.")
    return Command("settle", settle, about, params, examples=EXAMPLES["promises"][2:])


def settle(desk: Desk, refs: Sequence[str], kept: str | None, note: str | None, day: str | None) -> None:
    """Settle promises."""
    from crmtui.commands import settling

    if kept is None:
        raise UsageError(
            _("Say what became of it: --as {words}.").format(words=" | ".join(word.value for word in Kept))
        )
    try:
        found: Kept = values.parse(specs(Promise)["kept"], kept)
    except ValueError as error:
        raise UsageError(f"--as: {error}") from None
    said = settling.Settled(found, note or "", _day(desk, day))
    settling.settle(desk.path, _keys(desk, Promise, refs), said, Source.CLI, desk.today)
    _said(Promise, len(refs))


# Requests


def _answer() -> Command:
    params = [
        _refs(),
        option("--answer", _("TEXT"), _("What was answered.")),
        _date(_("When it was answered; today when not told.")),
    ]
    about = _("Say that requests were answered.")
    return Command("answer", answer, about, params, examples=EXAMPLES["requests"][2:])


def answer(desk: Desk, refs: Sequence[str], answer: str | None, day: str | None) -> None:
    """Answer requests."""
    from crmtui.commands import settling

    said = settling.Answered(answer or "", _day(desk, day))
    settling.answer(desk.path, _keys(desk, CustomerRequest, refs), said, Source.CLI, desk.today)
    _said(CustomerRequest, len(refs))


def _pass() -> Command:
    params = [
        _refs(),
        option("--to", _("NAME"), _("Who of ours is to answer."), into="actor"),
        _date(_("When it was passed on; today when not told.")),
    ]
    return Command("pass", pass_on, _("Pass requests on to one of ours."), params)


def pass_on(desk: Desk, refs: Sequence[str], actor: str | None, day: str | None) -> None:
    """Pass requests on."""
    from crmtui.commands import settling

    if actor is None:
        raise UsageError(_("Say to whom, as in --to Anna."))
    to = records.find(desk.path, Actor, actor)
    keys = _keys(desk, CustomerRequest, refs)
    settling.pass_on(desk.path, keys, to, _day(desk, day), Source.CLI, desk.today)
    _said(CustomerRequest, len(refs))


# Both


def _later(kind: type[Record]) -> dict[str, Offer]:
    return {
        "move": Offer(_("Set another day for some."), partial(_move, kind)),
        "reopen": Offer(_("Take some up again that had ended."), partial(_reopen, kind)),
    }


def _move(kind: type[Record]) -> Command:
    def move(desk: Desk, refs: Sequence[str], day: str | None) -> None:
        from crmtui.commands import settling

        wanted = _day(desk, day)
        if wanted is None:
            raise UsageError(_("Say to which day, as in --to fri."))
        settling.move(desk.path, kind, _keys(desk, kind, refs), wanted, Source.CLI, desk.today)
        _said(kind, len(refs))

    about = _("Put {records} off, or forward, to another day.").format(records=_(kind.noun.many))
    return Command("move", move, about, [_refs(), option("--to", _("DAY"), _("The new day."), into="day")])


def _reopen(kind: type[Record]) -> Command:
    def reopen(desk: Desk, refs: Sequence[str]) -> None:
        from crmtui.commands import settling

        settling.reopen(desk.path, kind, _keys(desk, kind, refs), Source.CLI, desk.today)
        _said(kind, len(refs))

    about = _("Take {records} up again that had ended.").format(records=_(kind.noun.many))
    return Command("reopen", reopen, about, [_refs()])


def _refs() -> Any:  # noqa: ANN401 - Typer's argument
    about = _("Their names or identities, or as many letters of either as are their own.")
    return argument("refs", _("REF"), about, many=True)


def _date(about: str) -> Any:  # noqa: ANN401 - Typer's option
    return option("--date", _("DAY"), about, into="day")


def _keys(desk: Desk, kind: type[Record], refs: Sequence[str]) -> list[int]:
    return [records.find(desk.path, kind, ref) for ref in refs]


def _day(desk: Desk, typed: str | None) -> dt.date | None:
    if typed is None:
        return None
    try:
        return dates.parse_day(typed, desk.today)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _said(kind: type[Record], count: int) -> None:
    say(
        ngettext(
            "Changed {count} record ({records}). `crmtui undo` takes it back.",
            "Changed {count} records ({records}). `crmtui undo` takes it back.",
            count,
            records=_(kind.noun.one if count == 1 else kind.noun.many),
        )
    )
