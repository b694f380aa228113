"""An action, an objective and a whole action plan, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.words import Achieved
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.agenda import AgendaLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.queries.action_plan import ActionPlan, Goal, Task

OBJECTIVE: Final = "objective"
STRATEGY: Final = "strategy"
ACTION: Final = "plan_action"
WORD: Final = 9  # cells of the place that says what a line of Today is, as wide as a channel's name
_DOT: Final = " · "
_STYLES: Final = {Achieved.NOT: show.ACT, Achieved.PARTLY: show.WATCH, Achieved.FULLY: show.FINE}
_BEGIN: Final = (
    N_("What is to be reached here, and who does what for it until when."),
    N_("n writes down an objective, then strategies towards it and their actions."),
    N_("x ends one: not, partly or fully achieved, with the lesson."),
)


def plan(page: ActionPlan, today: dt.date) -> Iterator[AgendaLine]:
    """The whole plan as a tree: objectives, under each its strategies, under each the actions."""
    if not (page.goals or page.actions):
        yield from (AgendaLine(Content.styled(_(sentence), show.MUTED)) for sentence in _BEGIN)
    for at, goal in enumerate(page.goals):
        if at:
            yield AgendaLine(Content())
        yield AgendaLine(_goal(goal, today), ended(goal, today), key=(OBJECTIVE, goal.id))
        for key, name in goal.strategies:
            yield AgendaLine(
                Content.assemble("  ", (show.glyphs().way, show.MUTED), " ", show.label(name)), key=(STRATEGY, key)
            )
            yield from (_leaf(action, today, "    ", goal.opportunity) for action in page.of(key))
    if loose := page.of(None):
        if page.goals:
            yield AgendaLine(Content())
        yield AgendaLine(Content.styled(_("ACTIONS WITHOUT A STRATEGY"), f"bold {show.MUTED}"))
        yield from (_leaf(action, today, "") for action in loose)


def in_today(action: Task, today: dt.date) -> Content:
    """`○ Action     Ask for the reference · Aurora`: one on the agenda of a day."""
    word = show.cells(Content.styled(_(NOUN), show.MUTED), WORD + 2)
    where = show.label(action.account, show.MUTED)
    return Content.assemble(sign(action, today), " ", word, show.label(action.name), (_DOT, show.MUTED), where)


NOUN: Final = N_("Action")


def sign(action: Task, today: dt.date) -> Content:
    """Open, done, or late and to act on."""
    if is_late(action, today):
        return Content.styled(show.glyphs().urgent, f"bold {show.ACT}")
    return show.status("planned" if action.is_open else "done")


def is_late(one: Task | Goal, today: dt.date) -> bool:
    """Whether the day it was due has passed and it is still open."""
    return one.is_open and one.due_on is not None and one.due_on < today


def ended(one: Task | Goal, today: dt.date) -> Content:
    """`3 d late`, `in 2 w`, or how far it was achieved."""
    if not one.is_open:
        return Content.styled(_(one.achieved.label), _STYLES[one.achieved]) if one.achieved else show.unknown()
    if one.due_on is None:
        return Content.styled(_("no day"), show.MUTED)
    if is_late(one, today):
        return Content.styled(_("{count} d late").format(count=(today - one.due_on).days), show.ACT)
    return show.when(one.due_on, today)


def full(action: Task, today: dt.date) -> Content:
    """All that is known of an action."""
    lines = [Content.assemble(sign(action, today), " ", show.label(action.name, "bold"))]
    facts = (
        (_("due"), show.full_date(action.due_on)),
        (_("done"), show.full_date(action.done_on) if action.done_on else None),
        (_("achieved"), ended(action, today) if action.done_on else None),
        (_("by"), show.label(action.owner) if action.owner else show.nothing()),
        (_("account"), show.label(action.account)),
        (_("for"), show.label(action.opportunity) if action.opportunity else None),
        (_("strategy"), show.label(action.strategy) if action.strategy else None),
        (_("objective"), show.label(action.objective) if action.objective else None),
    )
    lines += [
        Content.assemble((show.lead(label, WORD + 3), show.MUTED), value) for label, value in facts if value is not None
    ]
    if action.lesson:
        lines += [Content(), Content.styled(_("lesson"), show.MUTED), show.block(action.lesson)]
    return Content("\n").join(lines)


def _goal(goal: Goal, today: dt.date) -> Content:
    mark = Content.styled(show.glyphs().urgent, f"bold {show.ACT}") if is_late(goal, today) else Content(" ")
    about = Content.assemble((_DOT, show.MUTED), show.label(goal.opportunity, show.MUTED)) if goal.opportunity else ""
    lesson = Content.assemble((_DOT, show.MUTED), show.label(goal.lesson, show.MUTED)) if goal.lesson else ""
    return Content.assemble(mark, show.label(goal.name, "bold"), about, lesson)


def _leaf(action: Task, today: dt.date, indent: str, said: str = "") -> AgendaLine:
    """An action; the opportunity is left out where its objective has said it already."""
    deal = action.opportunity if action.opportunity != said else ""
    parts = [show.label(action.name)]
    parts += [show.label(one, show.MUTED) for one in (action.owner, deal, action.lesson) if one]
    left = Content.assemble(indent, sign(action, today), " ", Content.styled(_DOT, show.MUTED).join(parts))
    return AgendaLine(left, ended(action, today), key=(ACTION, action.id), can_mark=True)
