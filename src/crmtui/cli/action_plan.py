"""The action plan: `objectives`, `strategies` and `actions`, and how they ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import Command, Group, Offer, argument, option
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.commands import action_plan
from crmtui.domain import dates, values
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.fields import specs
from crmtui.domain.words import Achieved, Source
from crmtui.errors import UsageError
from crmtui.queries import records
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record

KINDS: Final[dict[str, type[Record]]] = {"objectives": Objective, "strategies": Strategy, "actions": PlanAction}
EXAMPLES: Final = {
    "objectives": (
        "crmtui objectives add --account Aurora --name 'Second line in Modena' --due-on +6m",
        "crmtui objectives done k3xq --achieved fully --lesson 'Ask the works council first'",
    ),
    "strategies": ("crmtui strategies add --objective 'Second line in Modena' --name 'Prove the saving on line 4'",),
    "actions": (
        "crmtui actions add --strategy 'Prove the saving' --name 'Measure a week of line 4' --owner Anna --due-on fri",
        "crmtui actions list 'achieved:none due<today'",
        "crmtui actions done k3xq --achieved partly --lesson 'Two days are enough'",
    ),
}


def command(name: str) -> Group:
    """Make the command of a noun of the action plan; what has an end has verbs for it."""
    kind = KINDS[name]
    own = {
        "done": Offer(_("Say how some ended."), partial(_done, kind)),
        "move": Offer(_("Set another day for some."), partial(_move, kind)),
        "reopen": Offer(_("Take some up again that had ended."), partial(_reopen, kind)),
    }
    offers = verbs(name) if kind is Strategy else {**verbs(name), **own}
    return Group(name, _(ABOUT[name]), offers, examples=EXAMPLES[name])


def _done(kind: type[Record]) -> Command:
    def done(desk: Desk, refs: Sequence[str], **typed: str | None) -> None:
        day = _day(desk, typed["day"]) if typed.get("day") else None
        ended = action_plan.Ended(_achieved(typed["achieved"]), typed["lesson"] or "", day)
        action_plan.finish(desk.path, kind, _keys(desk, kind, refs), ended, Source.CLI, desk.today)
        _said(kind, len(refs))

    words = ", ".join(word.value for word in Achieved)
    params = [
        _refs(),
        option(
            "--achieved",
            _("WORD"),
            _("How far: {words}; fully when not told.").format(words=words),
            words=[word.value for word in Achieved],
        ),
        option("--lesson", _("TEXT"), _("What to do again, or differently.")),
    ]
    if kind is PlanAction:
        params.append(option("--date", _("DAY"), _("When it was done; today when not told."), into="day"))
    about = _("Say of {records} how far they were achieved, and what was learnt.").format(records=_(kind.noun.many))
    return Command("done", done, about, params)


def _move(kind: type[Record]) -> Command:
    def move(desk: Desk, refs: Sequence[str], day: str | None) -> None:
        if day is None:
            raise UsageError(_("Say to which day, as in --to fri."))
        action_plan.move(desk.path, kind, _keys(desk, kind, refs), _day(desk, day), Source.CLI)
        _said(kind, len(refs))

    about = _("Put {records} off, or forward, to another day.").format(records=_(kind.noun.many))
    return Command("move", move, about, [_refs(), option("--to", _("DAY"), _("The new day."), into="day")])


def _reopen(kind: type[Record]) -> Command:
    def reopen(desk: Desk, refs: Sequence[str]) -> None:
        action_plan.reopen(desk.path, kind, _keys(desk, kind, refs), Source.CLI)
        _said(kind, len(refs))

    about = _("Take {records} up again that had ended.").format(records=_(kind.noun.many))
    return Command("reopen", reopen, about, [_refs()])


def _refs() -> Any:  # noqa: ANN401 - Typer's argument
    return argument("refs", _("REF"), _("Their identities, or as many letters as are their own."), many=True)


def _keys(desk: Desk, kind: type[Record], refs: Sequence[str]) -> list[int]:
    return [records.find(desk.path, kind, ref) for ref in refs]


def _achieved(typed: str | None) -> Achieved:
    try:
        found: Achieved = values.parse(specs(PlanAction)["achieved"], typed or Achieved.FULLY.value)
    except ValueError as error:
        raise UsageError(f"--achieved: {error}") from None
    return found


def _day(desk: Desk, typed: str | None) -> dt.date:
    try:
        return dates.parse_day(typed or "", desk.today)
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
