"""What can be done to a next move: go to its place, make it a contact or an action."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.domain.action_plan import PlanAction
from crmtui.tui.screens import action_desk
from crmtui.tui.screens.contact_about import About
from crmtui.tui.screens.maps import open_map

if TYPE_CHECKING:
    from crmtui.domain.values import Value
    from crmtui.queries.moves import NextMove
    from crmtui.tui.screens.base import RoomScreen

WEEK: Final = dt.timedelta(days=7)  # until the action is due


def go(room: RoomScreen, move: NextMove) -> None:
    """Go to the place that a move is about."""
    if move.at == "map":
        open_map(room, move.key)
    else:
        room.crm.open_record(move.table, move.key, at=move.at)


def about(move: NextMove) -> About:
    """What a contact for it is about."""
    return About(
        account_id=move.account_id,
        opportunity_id=move.opportunity_id,
        plan_id=move.plan_id,
        persons=(move.person_id,) if move.person_id else (),
        channel_id=move.channel_id,
        day=move.day,
    )


def is_action(move: NextMove) -> bool:
    """Whether it is planned as an action: not one of speaking to somebody, nor where there is no account."""
    return bool(move.mark) and move.account_id is not None


def plan(room: RoomScreen, move: NextMove) -> None:
    """Make it an action, with the mark of what it works on, so that it is not proposed again."""
    given: dict[str, Value] = {
        "account_id": move.account_id,
        "opportunity_id": move.opportunity_id,
        "name": move.title,
        "due_on": room.crm.today + WEEK,
        "gate": move.mark,
    }
    action_desk.add(room, PlanAction, given, lambda _key: None)
