"""What goes with a grade, asked over the scorecard: what it rests on, and why a computed one is set by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from crmtui.domain.scorecards import Answer, CompetitorAnswer
from crmtui.domain.words import Basis, Source
from crmtui.figures import Figure
from crmtui.queries import scorecards
from crmtui.text import _
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crmtui.commands.scorecards import Cell
    from crmtui.domain.values import Value
    from crmtui.queries.scorecards import Judged, Line, Rival, ScorecardPage
    from crmtui.tui.screens.base import RoomScreen

Saving: TypeAlias = "Callable[[dict[str, Value]], int]"


def judged(card: ScorecardPage, line: Line, rival: Rival | None) -> Judged:
    """What stands at a place of the card."""
    if rival is None:
        return line.ours
    return line.theirs[[one.competitor_id for one in card.rivals].index(rival.competitor_id)]


def form(path: Path, card: ScorecardPage, line: Line, rival: Rival | None, today: dt.date) -> FormScreen[int]:
    """The form for what a grade rests on."""
    asked = ["evidence", "basis", "source"]
    if line.computed and rival is None:
        asked.append("override_reason")
    return FormScreen(
        CompetitorAnswer if rival else Answer,
        _fields(judged(card, line, rival)),
        title=f"{line.label} · {rival.name}" if rival else line.label,
        save=saving(path, card, line, rival, today),
        shape=Shape(only=tuple(asked), now=partial(_now, path, card.opportunity.id, line.criterion_id, rival, today)),
        changes_only=True,
    )


def _fields(now: Judged) -> dict[str, Value]:
    return {
        "evidence": now.evidence,
        "basis": now.basis or Basis.ASSUMED,
        "source": now.source,
        "override_reason": now.override_reason,
    }


def _now(
    path: Path, opportunity_id: int, criterion_id: int, rival: Rival | None, today: dt.date
) -> Mapping[str, Value]:
    """Blocking: what stands at the place in the file; nothing where it is on the card no longer."""
    card = scorecards.card(path, opportunity_id, today)
    line = next((one for one in card.lines if one.criterion_id == criterion_id), None)
    others = [one.competitor_id for one in card.rivals]
    if line is None or (rival and rival.competitor_id not in others):
        return {}
    return _fields(judged(card, line, rival))


def saving(path: Path, card: ScorecardPage, line: Line, rival: Rival | None, today: dt.date) -> Saving:
    """What writes the fields of an answer; blocking."""
    from crmtui.commands.scorecards import Cell

    cell = Cell(card.opportunity.id, line.criterion_id, rival.competitor_id if rival else None)
    return partial(_save, path, cell, today)


def edit_evidence(room: RoomScreen, card: ScorecardPage, line: Line, rival: Rival | None) -> None:
    """Let the user write the evidence of a place in an editor of their own."""
    from crmtui.tui.long_text import LongText

    path, today = room.workspace, room.crm.today
    save = saving(path, card, line, rival, today)
    LongText(
        room,
        judged(card, line, rival).evidence,
        now=lambda: str(_now(path, card.opportunity.id, line.criterion_id, rival, today).get("evidence", "")),
        save=lambda text: save({"evidence": text}),
    ).change()


def overriding(path: Path, card: ScorecardPage, line: Line, grade: int, today: dt.date) -> FormScreen[int]:
    """The form that asks why a computed grade is set by hand."""
    return FormScreen(
        Answer,
        {"override_reason": line.ours.override_reason, "evidence": line.ours.evidence},
        title=_("{label}: {grade} instead of {computed}").format(
            label=line.label, grade=grade, computed=f"{Figure(line.grade or 0):.1f}"
        ),
        save=partial(_override, path, card.opportunity.id, line.criterion_id, grade, today),
        shape=Shape(
            only=("override_reason", "evidence"),
            now=partial(_now, path, card.opportunity.id, line.criterion_id, None, today),
        ),
    )


def _override(
    path: Path, opportunity_id: int, criterion_id: int, grade: int, today: dt.date, values: dict[str, Value]
) -> int:
    from crmtui.commands import scorecards as commands

    more = commands.Judgement(override_reason=values.get("override_reason"), evidence=values.get("evidence"))
    cell = commands.Cell(opportunity_id, criterion_id)
    return commands.score(path, cell, grade, Source.TUI, today, more=more)


def _save(path: Path, cell: Cell, today: dt.date, values: dict[str, Value]) -> int:
    from crmtui.commands import scorecards as commands

    more = commands.Judgement(
        evidence=values.get("evidence"),
        basis=values.get("basis"),
        according_to=values.get("source"),
        override_reason=values.get("override_reason"),
    )
    return commands.note(path, cell, more, Source.TUI, today)
