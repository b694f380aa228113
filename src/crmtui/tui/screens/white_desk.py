"""What can be said of cells of the white space: who supplies them, until when, what they are worth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import specs
from crmtui.domain.whitespace import WhiteSpace
from crmtui.domain.words import Source, Supply
from crmtui.text import N_, _, key as folded
from crmtui.tui.actions import Action
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.domain.values import Value
    from crmtui.queries.whitespace import Place, Row
    from crmtui.tui.screens.base import RoomScreen

    Again = Callable[[], Sequence[Place]]

STATE: Final = Action(
    id="white.state", key="s", label=N_("Supplied by"), help=N_("Say who supplies the cell, or the marked ones.")
)
RIVAL: Final = Action(id="white.rival", key="v", label=N_("Competitor"), help=N_("Say which competitor supplies it."))
ENDS: Final = Action(id="white.ends", key="t", label=N_("Contract ends"), help=N_("Say until when its contract runs."))
POTENTIAL: Final = Action(
    id="white.potential", key="p", label=N_("Potential"), help=N_("Say what it would be worth in a year.")
)
EDIT: Final = Action(id="white.edit", key="e", label=N_("Edit"), help=N_("Change all that is known of the cell."))
FORGET: Final = Action(
    id="white.forget",
    key="d,delete",
    label=N_("Forget"),
    help=N_("Forget what was said of the cell: orders speak again."),
)
_ONE: Final = {"contract_ends_on": ENDS, "potential": POTENTIAL}
_MONEY: Final = ("potential", "currency")


def ask_state(room: RoomScreen, places: Sequence[Place], again: Again) -> None:
    """Choose who supplies cells; of a competitor, which."""
    states = [Found(state, _(state.label)) for state in Supply]

    def find(words: str) -> list[Found[Supply]]:
        return [one for one in states if folded(words) in folded(one.label)]

    def taken(found: Found[Supply] | None) -> None:
        if found is None:
            return
        if found.key is Supply.COMPETITOR:
            ask_rival(room, places, again, may_be_unnamed=True)
        else:
            judge(room, places, {"state": found.key}, again)

    room.app.push_screen(ChooseScreen(_("Supplied by"), find), taken)


def ask_rival(room: RoomScreen, places: Sequence[Place], again: Again, *, may_be_unnamed: bool = False) -> None:
    """Choose the competitor that supplies cells; escape leaves it unnamed, where that is an answer."""
    from crmtui.commands import records
    from crmtui.domain.accounts import Competitor
    from crmtui.queries import records as reading

    def find(words: str) -> list[Found[int]]:
        return [Found(key, name) for key, name in reading.suggest(room.workspace, "competitor", words)]

    def create(words: str) -> Found[int]:
        return Found(records.add(room.workspace, Competitor, {"name": words}, Source.TUI), words)

    def taken(found: Found[int] | None) -> None:
        if found is not None:
            judge(room, places, {"competitor_id": found.key}, again)
        elif may_be_unnamed:
            judge(room, places, {"state": Supply.COMPETITOR}, again)

    room.app.push_screen(ChooseScreen(_("Which competitor?"), find, create=create), taken)


def judge(room: RoomScreen, places: Sequence[Place], given: dict[str, Any], again: Again) -> None:
    """Say something of cells; `.` says the same of those that `again` gives."""
    from crmtui.commands import whitespace

    if places:
        work = partial(whitespace.judge, room.workspace, places, given, Source.TUI, room.crm.today)
        room.change(work, repeat=lambda: judge(room, again(), given, again))


def ask_one(room: RoomScreen, field: str, places: Sequence[Place], row: Row, again: Again) -> None:
    """Fill in one field of cells, the contract's end or the potential."""
    given = _given(row, places[0][1]) if len(places) == 1 else {"currency": row.account.currency}
    asked = _MONEY if field == "potential" else (field,)

    def save(values: dict[str, Value]) -> dict[str, Value]:
        return {name: values[name] for name in asked}

    form = FormScreen(WhiteSpace, given, title=_(_ONE[field].label), save=save, shape=Shape(only=asked))
    room.edit(form, lambda kept: judge(room, places, kept, again))


def _given(row: Row, offering: int) -> dict[str, Any]:
    """What is known of a cell, as a form begins with it."""
    said = row.cells.get(offering)
    if said is None:
        return {"currency": row.account.currency}
    if said.record is None:
        return {"state": said.cell.state, "currency": row.account.currency}
    return {name: getattr(said.record, name) for name in specs(WhiteSpace)}


def edit(room: RoomScreen, place: Place, row: Row, title: str) -> None:
    """Fill in all that is known of a cell."""
    from crmtui.commands import whitespace

    said = row.cells.get(place[1])
    record = said.record if said else None

    def save(values: dict[str, Value]) -> None:
        kept = {name: value for name, value in values.items() if name in _ASKED}
        whitespace.judge(room.workspace, [place], kept, Source.TUI, room.crm.today)

    room.edit(
        FormScreen(
            WhiteSpace,
            _given(row, place[1]),
            title=title,
            save=save,
            changes_only=record is not None,
            shape=Shape(only=_ASKED),
        )
    )


_ASKED: Final = tuple(name for name in specs(WhiteSpace) if name not in ("account_id", "offering_id"))


def forget(room: RoomScreen, places: Sequence[Place], again: Again, then: Callable[[], None]) -> None:
    """Forget what was said of cells."""
    from crmtui.commands import whitespace

    if places:
        work = partial(whitespace.forget, room.workspace, places, Source.TUI)
        room.change(work, on_done=lambda _count: then(), repeat=lambda: forget(room, again(), again, then))
