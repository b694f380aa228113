"""What can be done to projects, promises, requests and feedback, the same on an account's page and in Today."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
from crmtui.domain.fields import specs
from crmtui.domain.words import Source
from crmtui.text import N_, _
from crmtui.tui import meanwhile
from crmtui.tui.actions import Action
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.commands.settling import Settled
    from crmtui.domain.fields import Record
    from crmtui.domain.values import Value
    from crmtui.tui.screens.action_desk import Chosen
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.screens.choose import Found
    from crmtui.tui.screens.contact_step import Step

SETTLE: Final = Action(
    id="delivery.settle",
    key="x",
    label=N_("Settle"),
    does="settle",
    help=N_("Say whether the promise was kept, what was answered, or that the project is done."),
)
MOVE: Final = Action(id="delivery.move", key="m", label=N_("Move"), does="put_off", help=N_("Set another day."))
PASS: Final = Action(
    id="delivery.pass", key="p", label=N_("Pass on"), does="pass_on", help=N_("Pass the request on to one of ours.")
)
REOPEN: Final = Action(
    id="delivery.reopen",
    key="r",
    label=N_("Take up again"),
    does="reopen",
    help=N_("Take up again what has ended."),
    show=False,
)
KINDS: Final[dict[str, type[Record]]] = {
    kind.noun.table: kind for kind in (Project, ProjectPerson, Competence, Promise, CustomerRequest, Satisfaction)
}
DUE: Final = (Project, Promise, CustomerRequest)  # what has a day, and an end


# Settling, moving, passing on


def settle(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    """Ask what became of promises or requests, then keep it; a project is done. `.` does it to what `again` gives."""
    if chosen.kind is Promise:
        _ask_kept(room, chosen, then, again)
    elif chosen.kind is CustomerRequest:
        _ask_answer(room, chosen, then, again)
    else:
        _finish(room, chosen, then, again)


def _finish(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    from crmtui.commands import settling

    if chosen.keys:
        work = partial(settling.finish, room.workspace, chosen.keys, None, Source.TUI, room.crm.today)
        room.change(work, on_done=lambda _done: then(), repeat=lambda: _finish(room, again(), then, again))


def _ask_kept(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    from crmtui.tui.screens.ending import KeptScreen

    def asked(said: Settled | None) -> None:
        if said is not None:
            keep(chosen, said)

    def keep(those: Chosen, said: Settled) -> None:
        from crmtui.commands import settling

        if those.keys and those.kind is Promise:
            work = partial(settling.settle, room.workspace, those.keys, said, Source.TUI, room.crm.today)
            room.change(work, on_done=lambda _done: then(), repeat=lambda: keep(again(), said))

    room.app.push_screen(KeptScreen(_("Was it kept?"), chosen.told, chosen.lesson), asked)


def _ask_answer(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    from crmtui.commands.settling import Answered
    from crmtui.tui.screens.contact_step import Step, StepScreen

    def asked(step: Step | None) -> None:
        if step is not None:
            keep(chosen, step)

    def keep(those: Chosen, step: Step) -> None:
        from crmtui.commands import settling

        if those.keys and those.kind is CustomerRequest:
            said = Answered(step.outcome, step.day)
            work = partial(settling.answer, room.workspace, those.keys, said, Source.TUI, room.crm.today)
            room.change(work, on_done=lambda _done: then(), repeat=lambda: keep(again(), Step(step.outcome)))

    today = room.crm.today
    before = Step(chosen.lesson.partition("\n")[0], today, today.isoformat())
    room.app.push_screen(StepScreen(_("What was answered"), chosen.told, before, asks_outcome=True), asked)


def move(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    """Ask for the day, then set it."""
    from crmtui.tui.screens.contact_step import Step, StepScreen

    def asked(step: Step | None) -> None:
        if step is not None:
            _move(room, chosen, step, then, again)

    room.app.push_screen(StepScreen(_("Move"), chosen.told, Step(), asks_outcome=False), asked)


def _move(room: RoomScreen, chosen: Chosen, step: Step, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    from crmtui.commands import settling

    if step.day is not None and chosen.keys and chosen.kind in DUE:
        work = partial(settling.move, room.workspace, chosen.kind, chosen.keys, step.day, Source.TUI, room.crm.today)
        room.change(work, on_done=lambda _done: then(), repeat=lambda: _move(room, again(), step, then, again))


def reopen(room: RoomScreen, chosen: Chosen, then: Callable[[], None]) -> None:
    """Take up again what has ended."""
    from crmtui.commands import settling

    work = partial(settling.reopen, room.workspace, chosen.kind, chosen.keys, Source.TUI, room.crm.today)
    room.change(work, on_done=lambda _done: then())


def pass_on(room: RoomScreen, chosen: Chosen, then: Callable[[], None], again: Callable[[], Chosen]) -> None:
    """Choose one of ours, and pass requests on."""
    from crmtui.queries import records
    from crmtui.tui.screens.choose import ChooseScreen, Found

    def find(words: str) -> Sequence[Found[int]]:
        return [Found(key, name) for key, name in records.suggest(room.workspace, "actor", words)]

    def to(those: Chosen, actor: int) -> None:
        from crmtui.commands import settling

        if those.keys and those.kind is CustomerRequest:
            work = partial(settling.pass_on, room.workspace, those.keys, actor, None, Source.TUI, room.crm.today)
            room.change(work, on_done=lambda _done: then(), repeat=lambda: to(again(), actor))

    def taken(found: Found[int] | None) -> None:
        if found is not None:
            to(chosen, found.key)

    room.app.push_screen(ChooseScreen(_("Pass on to"), find), taken)


# Writing down and changing


def adding(
    room: RoomScreen, kind: type[Record], given: dict[str, Any], account_id: int | None = None
) -> FormScreen[int]:
    """The form for a new one; its result is the key. The account tells where people are looked for."""
    from crmtui.commands import delivery, records

    def save(values: dict[str, Value]) -> int:
        said = {name: value for name, value in values.items() if name not in _OURS or value is not None}
        if kind in delivery.KINDS:
            return delivery.add(room.workspace, kind, said, Source.TUI, room.crm.today)
        return records.add(room.workspace, kind, said, Source.TUI)

    since = _SINCE.get(kind)
    return FormScreen(
        kind,
        {**({since: room.crm.today} if since else {}), **given},
        title=_("New {record}").format(record=_(kind.noun.one)),
        save=save,
        shape=_shape(room, kind, {"account_id": account_id, **given}, is_new=True),
    )


def edit(room: RoomScreen, kind: type[Record], key: int, account_id: int | None = None) -> None:
    """Fill in the form of one that exists."""
    from crmtui.queries import records

    room.jobs.run(
        "delivery",
        partial(records.get, room.workspace, kind, key),
        on_done=lambda one: room.edit(editing(room, one, account_id)),
    )


def editing(room: RoomScreen, record: Record, account_id: int | None = None) -> FormScreen[None]:
    """The form for one that exists; the account tells where people are looked for, where the record does not say it."""
    from crmtui.commands import delivery, records

    kind = type(record)
    given = {name: getattr(record, name) for name in specs(kind)}

    def save(values: dict[str, Value]) -> None:
        if kind in delivery.KINDS:
            delivery.edit(room.workspace, kind, record.id, values, Source.TUI, room.crm.today)
        else:
            records.edit(room.workspace, kind, record.id, values, Source.TUI)

    return FormScreen(
        kind,
        given,
        title=str(getattr(record, "name", "")) or _(kind.noun.one),
        save=save,
        changes_only=True,
        shape=dataclasses.replace(
            _shape(room, kind, {"account_id": account_id, **given}, is_new=False),
            now=meanwhile.kept(room.workspace, kind, record.id),
        ),
    )


_OURS: Final = ("owner_id", "actor_id")  # the command fills in the user where nobody is named
_SINCE: Final = {Project: "starts_on", Promise: "made_on", CustomerRequest: "received_on", Satisfaction: "day"}
_LATER: Final = ("kept", "ended_on", "answered_on", "answer", "passed_on", "cooperation_on")  # asked when it comes
_OF: Final = ("account_id", "project_id")  # known from where the form was opened


def _shape(room: RoomScreen, kind: type[Record], given: dict[str, Any], *, is_new: bool) -> Shape:
    """The name first; people, projects and opportunities are looked for in the account."""
    asked = [name for name, spec in specs(kind).items() if not spec.hidden]
    later = set(_LATER) - ({"ended_on"} if kind is Project else set())  # a project may be over when it is written down
    known = [name for name in _OF if given.get(name) and (name == "account_id" or kind in (ProjectPerson, Competence))]
    asked = [name for name in asked if name not in (*known, *(later if is_new else ()))]
    asked.sort(key=lambda name: name not in ("name", "day", "score"))
    account = given.get("account_id")
    find = {"person_id": _people(room, account), "opportunity_id": _deals(room, account)}
    if account is not None:
        find["project_id"] = _projects(room, account)
    return Shape(only=asked, find={name: search for name, search in find.items() if name in asked})


def _people(room: RoomScreen, account: int | None) -> Callable[[str], Sequence[Found[int]]]:
    from crmtui.queries import contacts
    from crmtui.tui.screens.choose import Found

    def find(words: str) -> list[Found[int]]:
        found = contacts.candidates(room.workspace, words, account) or contacts.candidates(room.workspace, words)
        return [Found(one.id, one.name, one.title or one.account) for one in found]

    return find


def _deals(room: RoomScreen, account: int | None) -> Callable[[str], Sequence[Found[int]]]:
    from crmtui.queries import contacts
    from crmtui.tui.screens.choose import Found

    return lambda words: [Found(key, name) for key, name in contacts.deals(room.workspace, words, account)]


def _projects(room: RoomScreen, account: int) -> Callable[[str], Sequence[Found[int]]]:
    from crmtui.queries import delivery
    from crmtui.tui.screens.choose import Found

    return lambda words: [Found(key, name) for key, name in delivery.projects(room.workspace, account, words)]
