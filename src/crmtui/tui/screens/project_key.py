"""The way from a won opportunity to its project; apart, so that a list need not load what writes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Source, Stage
from crmtui.text import N_, _, ngettext
from crmtui.tui.actions import Action

if TYPE_CHECKING:
    from crmtui.domain.opportunities import Opportunity
    from crmtui.tui.screens.base import RoomScreen

PROJECT: Final = Action(
    id="opportunity.project",
    key="P",
    label=N_("Project"),
    help=N_("Begin the project of what was won, with what was promised at the sale; or go to it."),
)


def can_begin(opportunity: Opportunity | None) -> bool:
    """Whether it was won, and belongs to somebody."""
    return opportunity is not None and opportunity.stage is Stage.WON and opportunity.account_id is not None


def begin(room: RoomScreen, opportunity: Opportunity) -> None:
    """Begin the project of a won opportunity, and go to it; go to the one that has begun already."""
    from crmtui.queries import delivery

    account_id = opportunity.account_id
    if account_id is None:
        return

    def go(_key: int) -> None:
        room.crm.open_record("account", account_id, at="delivery")

    def begun(key: int) -> None:
        told = partial(delivery.carried, room.workspace, key)
        room.jobs.run("carried", told, on_done=tell)
        go(key)

    def tell(count: int) -> None:
        came = ngettext("{count} promise came along.", "{count} promises came along.", count)
        room.crm.tell(f"{_('The project has begun.')} {came}" if count else _("The project has begun."))

    def found(key: int | None) -> None:
        from crmtui.commands import projects

        if key is not None:
            go(key)
        else:
            work = partial(projects.begin, room.workspace, opportunity.id, Source.TUI, room.crm.today)
            room.change(work, on_done=begun)

    room.jobs.run("project", partial(delivery.project_of, room.workspace, opportunity.id), on_done=found)
