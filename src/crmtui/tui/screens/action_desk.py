"""What can be done to objectives, strategies and actions, the same on an account's plan and in Today."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.fields import specs
from crmtui.domain.words import Source
from crmtui.text import N_, _, ngettext
from crmtui.tui import meanwhile, show
from crmtui.tui.actions import Action
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.commands.action_plan import Ended
    from crmtui.domain.fields import Record
    from crmtui.domain.values import Value
    from crmtui.domain.workspace import Actor
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.screens.choose import Found
    from crmtui.tui.screens.contact_step import Step

FINISH: Final = Action(
    id="action.finish",
    key="x",
    label=N_("Mark done"),
    does="finish",
    help=N_("Say how far it was achieved, and what was learnt."),
)
MOVE: Final = Action(id="action.move", key="m", label=N_("Move"), does="put_off", help=N_("Set another day."))
REOPEN: Final = Action(
    id="action.reopen",
    key="r",
    label=N_("Take up again"),
    does="reopen",
    help=N_("Take up again what has ended."),
    show=False,
)
MOST_TOLD: Final = 5
KINDS: Final[dict[str, type[Record]]] = {kind.noun.table: kind for kind in (Objective, Strategy, PlanAction)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Records of one kind that something is done to.

    Attributes:
        kind: objectives or actions.
        keys: theirs.
        titles: theirs, in the same order.
        lesson: of the one, where it is one.
    """

    kind: type[Record]
    keys: tuple[int, ...]
    titles: tuple[str, ...]
    lesson: str = ""

    @property
    def told(self) -> Content:
        """What they are, a line each."""
        lines = [show.label(title) for title in self.titles[:MOST_TOLD]]
        if more := len(self.titles) - len(lines):
            lines.append(Content.styled(ngettext("and {count} more", "and {count} more", more), show.MUTED))
        return Content("\n").join(lines)


# Ending, moving, deleting


def finish(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    """Ask how far and for the lesson, then keep it; `again` gives what `.` then does the same to."""
    from crmtui.tui.screens.ending import EndScreen

    def asked(ended: Ended | None) -> None:
        if ended is not None:
            _finish(room, chosen, ended, then, again)

    room.app.push_screen(EndScreen(_("Done"), chosen.told, chosen.lesson), asked)


def _finish(
    room: RoomScreen, chosen: Chosen, ended: Ended, then: Callable[[], None], again: Callable[[], Chosen]
) -> None:
    from crmtui.commands import action_plan

    if not chosen.keys:
        return
    work = partial(action_plan.finish, room.workspace, chosen.kind, chosen.keys, ended, Source.TUI, room.crm.today)
    room.change(work, on_done=lambda _done: then(), repeat=lambda: _finish(room, again(), ended, then, again))


def move(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    """Ask for the day, then set it."""
    from crmtui.tui.screens.contact_step import Step, StepScreen

    def asked(step: Step | None) -> None:
        if step is not None:
            _move(room, chosen, step, then, again)

    room.app.push_screen(StepScreen(_("Move"), chosen.told, Step(), asks_outcome=False), asked)


def _move(room: RoomScreen, chosen: Chosen, step: Step, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    from crmtui.commands import action_plan

    if step.day is not None and chosen.keys:
        work = partial(action_plan.move, room.workspace, chosen.kind, chosen.keys, step.day, Source.TUI)
        room.change(work, on_done=lambda _done: then(), repeat=lambda: _move(room, again(), step, then, again))


def reopen(room: RoomScreen, chosen: Chosen, then: Callable[[], None]) -> None:
    """Take up again what has ended."""
    from crmtui.commands import action_plan

    work = partial(action_plan.reopen, room.workspace, chosen.kind, chosen.keys, Source.TUI)
    room.change(work, on_done=lambda _done: then())


def delete(room: RoomScreen, chosen: Chosen, then: Callable[[], None]) -> None:
    """Delete; undo brings them back."""
    from crmtui.commands import records

    def gone(deleted: records.Deleted) -> None:
        then()
        room.crm.tell(records.said(deleted))

    room.change(partial(records.delete, room.workspace, chosen.kind, chosen.keys, Source.TUI), on_done=gone)


# Writing down and changing


def add(room: RoomScreen, kind: type[Record], given: dict[str, Value], then: Callable[[int], None]) -> None:
    """Fill in the form of a new one; an action is the user's, where the workspace knows the user."""
    from crmtui.queries import workspace

    def show(me: Actor | None) -> None:
        owner: dict[str, Value] = {"owner_id": me.id} if me and kind is PlanAction else {}
        room.edit(adding(room, kind, {**owner, **given}), then)

    room.jobs.run("owner", partial(workspace.me, room.workspace), on_done=show)


def adding(room: RoomScreen, kind: type[Record], given: dict[str, Any]) -> FormScreen[int]:
    """The form for a new objective, strategy or action; its result is the key."""
    from crmtui.commands import action_plan

    return FormScreen(
        kind,
        given,
        title=_("New {record}").format(record=_(kind.noun.one)),
        save=lambda values: action_plan.add(room.workspace, kind, values, Source.TUI, room.crm.today),
        shape=_shape(room, kind, given, is_new=True),
    )


def edit(room: RoomScreen, kind: type[Record], key: int) -> None:
    """Fill in the form of one that exists."""
    from crmtui.queries import records

    room.jobs.run(
        "action", partial(records.get, room.workspace, kind, key), on_done=lambda one: room.edit(editing(room, one))
    )


def editing(room: RoomScreen, record: Record) -> FormScreen[None]:
    """The form for one that exists."""
    from crmtui.commands import action_plan

    kind = type(record)
    given = {name: getattr(record, name) for name in specs(kind)}
    return FormScreen(
        kind,
        given,
        title=str(getattr(record, "name", "")) or _(kind.noun.one),
        save=lambda values: action_plan.edit(room.workspace, kind, record.id, values, Source.TUI, room.crm.today),
        changes_only=True,
        shape=dataclasses.replace(
            _shape(room, kind, given, is_new=False), now=meanwhile.kept(room.workspace, kind, record.id)
        ),
    )


_LATER: Final = ("done_on", "achieved", "lesson")  # asked when it ends
_OF: Final = ("account_id", "objective_id")  # known from where the form was opened


def _shape(room: RoomScreen, kind: type[Record], given: dict[str, Any], *, is_new: bool) -> Shape:
    """The name first; strategies and opportunities are looked for in the account."""
    asked = [name for name, spec in specs(kind).items() if not spec.hidden]
    known = [name for name in _OF if given.get(name)]
    asked = [name for name in asked if name not in (*known, *(_LATER if is_new else ()))]
    asked.sort(key=lambda name: name != "name")
    account = given.get("account_id")
    find = {"strategy_id": _strategies(room, account), "opportunity_id": _deals(room, account)}
    return Shape(only=asked, find={name: search for name, search in find.items() if name in asked})


def _strategies(room: RoomScreen, account: int | None) -> Callable[[str], Sequence[Found[int]]]:
    from crmtui.queries import action_plan
    from crmtui.tui.screens.choose import Found

    def find(words: str) -> list[Found[int]]:
        found = action_plan.strategies(room.workspace, account, words)
        return [Found(key, name, objective) for key, name, objective in found]

    return find


def _deals(room: RoomScreen, account: int | None) -> Callable[[str], Sequence[Found[int]]]:
    from crmtui.queries import contacts
    from crmtui.tui.screens.choose import Found

    return lambda words: [Found(key, name) for key, name in contacts.deals(room.workspace, words, account)]
