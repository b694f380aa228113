"""Writing down, changing and closing an opportunity; closing asks won or lost, the reason, and one lesson."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import specs
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Source, Stage
from crmtui.text import N_, _
from crmtui.tui import meanwhile
from crmtui.tui.screens.ask import Answer, AskScreen
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.screens.project_key import PROJECT

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from crmtui.domain.values import Value
    from crmtui.tui.screens.base import RoomScreen

ENDINGS: Final = (Answer(Stage.WON.value, N_("Won")), Answer(Stage.LOST.value, N_("Lost")))
_STAGES: Final = {stage.value: stage for stage in (Stage.WON, Stage.LOST)}
_ASKED: Final = {
    Stage.WON: ("reason", "lesson", "closed_on"),
    Stage.LOST: ("reason", "lost_to_id", "lesson", "closed_on"),
}
_TITLES: Final = {Stage.WON: N_("Won: {name}"), Stage.LOST: N_("Lost: {name}")}


def adding(path: Path, today: dt.date, given: dict[str, Value] | None = None) -> FormScreen[int]:
    """The form for a new opportunity; its result is the key."""
    from crmtui.commands import opportunities

    return FormScreen(
        Opportunity,
        {"opened_on": today, **(given or {})},
        title=_("New opportunity"),
        save=lambda values: opportunities.add(path, values, Source.TUI, today),
    )


def editing(path: Path, opportunity: Opportunity, today: dt.date) -> FormScreen[None]:
    """The form for an opportunity that exists."""
    from crmtui.commands import opportunities

    return FormScreen(
        Opportunity,
        {name: getattr(opportunity, name) for name in specs(Opportunity)},
        title=opportunity.name,
        save=lambda values: opportunities.edit(path, opportunity.id, values, Source.TUI, today),
        changes_only=True,
        shape=Shape(now=meanwhile.kept(path, type(opportunity), opportunity.id)),
    )


def close(screen: RoomScreen, opportunity: Opportunity) -> None:
    """Ask over a screen how an opportunity ended, then why and what was learnt."""

    def answered(answer: str | None) -> None:
        if answer is not None:
            stage = _STAGES[answer]
            form = _closing(screen.workspace, opportunity, stage, screen.crm.today)
            screen.edit(form, partial(_closed, screen, opportunity, stage))

    screen.app.push_screen(AskScreen(opportunity.name, _("How did it end?"), ENDINGS), answered)


def _closed(screen: RoomScreen, opportunity: Opportunity, stage: Stage, _saved: None) -> None:
    """What was won is delivered: say how that begins."""
    if stage is Stage.WON and opportunity.account_id is not None:
        name = _(PROJECT.label)
        screen.crm.tell(_("Won. “{name}” below begins its delivery, with what was promised.").format(name=name))


def log_contact(screen: RoomScreen, opportunity: Opportunity) -> None:
    """Write down, over a screen, a contact that happened about an opportunity."""
    from crmtui.tui.screens import contact

    contact.log(screen, contact.About(account_id=opportunity.account_id, opportunity_id=opportunity.id))


def _closing(path: Path, opportunity: Opportunity, stage: Stage, today: dt.date) -> FormScreen[None]:
    given: dict[str, Value] = {name: getattr(opportunity, name) for name in _ASKED[stage]}
    return FormScreen(
        Opportunity,
        given | {"closed_on": today},
        title=_(_TITLES[stage]).format(name=opportunity.name),
        save=partial(_close, path, opportunity.id, stage, today),
        shape=Shape(only=_ASKED[stage]),
    )


def _close(path: Path, opportunity_id: int, stage: Stage, today: dt.date, values: dict[str, Value]) -> None:
    from crmtui.commands import opportunities

    opportunities.edit(path, opportunity_id, {**values, "stage": stage}, Source.TUI, today)
