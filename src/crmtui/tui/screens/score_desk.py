"""What can be done to a scorecard beside grading: who is compared with us, by which template, on which day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.domain.accounts import Competitor
from crmtui.domain.words import Source
from crmtui.text import _, key
from crmtui.tui import show
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crmtui.queries.scorecards import Moment, Rival, ScorecardPage
    from crmtui.tui.screens.base import RoomScreen


# Competitors


def add_rival(room: RoomScreen, opportunity_id: int, then: Callable[[int], None]) -> None:
    """Choose a competitor by name, a new one too, and put it on the card; `then` receives its key."""

    def chosen(found: Found[str] | None) -> None:
        from crmtui.commands.scorecards import add_competitor

        if found is not None:
            work = partial(add_competitor, room.workspace, opportunity_id, found.key, Source.TUI, room.crm.today)
            room.change(work, on_done=then)

    offered = partial(_competitors, room.workspace)
    room.app.push_screen(ChooseScreen(_("Compare with"), offered, create=lambda words: Found(words, words)), chosen)


def _competitors(path: Path, words: str) -> Sequence[Found[str]]:
    from crmtui.queries import records

    return [Found(title, title) for _key, title in records.suggest(path, Competitor.noun.table, words)]


def drop_rival(room: RoomScreen, opportunity_id: int, rival: Rival) -> None:
    """Take a competitor off."""
    from crmtui.commands.scorecards import remove_competitor

    room.change(
        partial(remove_competitor, room.workspace, opportunity_id, rival.competitor_id, Source.TUI, room.crm.today)
    )


# Templates


def choose_template(room: RoomScreen, opportunity_id: int) -> None:
    """Choose a template, in its newest version, and go on with it."""

    def chosen(found: Found[int] | None) -> None:
        if found is not None:
            go_on_with(room, opportunity_id, found.key)

    room.app.push_screen(ChooseScreen(_("Score with which template"), partial(_templates, room.workspace)), chosen)


def _templates(path: Path, words: str) -> Sequence[Found[int]]:
    from crmtui.queries import templates as queries

    newest = [one for one in queries.kept(path) if one.is_newest]
    return [
        Found(one.template.id, one.template.name, one.template.description)
        for one in newest
        if key(words) in key(one.template.name)
    ]


def go_on_with(room: RoomScreen, opportunity_id: int, template_id: int) -> None:
    """Begin a card by another template; grades of the same criteria come along."""
    from crmtui.commands.scorecards import start

    room.change(partial(start, room.workspace, opportunity_id, Source.TUI, room.crm.today, template_id=template_id))


# Days and steps


def choose_day(room: RoomScreen, card: ScorecardPage, then: Callable[[int], None]) -> None:
    """Choose one of the dated cards, the newest first; `then` receives its key."""
    dated = [
        Found(moment.scorecard_id, show.full_date(moment.day).plain, _detail(moment))
        for moment in reversed(card.moments)
    ]

    def chosen(found: Found[int] | None) -> None:
        if found is not None:
            then(found.key)

    room.app.push_screen(
        ChooseScreen(
            _("Scorecards of {name}").format(name=card.opportunity.name),
            lambda words: [one for one in dated if key(words) in key(one.label)],
        ),
        chosen,
    )


def _detail(moment: Moment) -> str:
    score = _("not scored") if moment.score is None else _("score {score}").format(score=f"{moment.score:.0f}")
    return _("P(win) {chance} %, {score}, {percent} % complete").format(
        chance=round(moment.probability * 100), score=score, percent=round(moment.completeness * 100)
    )


def step_budget(room: RoomScreen, opportunity_id: int, by: int) -> None:
    """So many steps on, or back, in the creation of a budget."""
    from crmtui.commands.scorecards import step_budget as step

    room.change(
        partial(step, room.workspace, opportunity_id, by, Source.TUI, room.crm.today),
        repeat=partial(step_budget, room, opportunity_id, by),
    )
