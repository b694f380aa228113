"""What stands behind a scorecard's figures, in words: where computed grades come from, and what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui import text
from crmtui.domain.words import Computed
from crmtui.figures import Figure
from crmtui.queries import coverage_words
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from crmtui.method.winrate import Model
    from crmtui.queries.scorecards import Line, ScorecardPage

__all__ = ["learnt", "missing_wins", "source", "start"]

NAMED: Final = 3  # people whom a line names


def source(line: Line, page: ScorecardPage) -> str:
    """`favour +0.34, of 7 people` or what is missing to compute it; '' for a row that is graded by hand."""
    found = page.sources
    match line.computed:
        case Computed.LEVEL:
            return _("level: {level}").format(level=_(found.level.label)) if found.level else _("no level judged yet")
        case Computed.BUDGET:
            return _("step: {step}").format(step=_(found.budget.label)) if found.budget else _("no step said yet")
        case None:
            return ""
    if found.standing is None or not found.standing.figures.members:
        return _("nobody on the map yet")
    return _of_map(line, page)


def missing_wins(page: ScorecardPage) -> list[str]:
    """Whose personal win is missing, the one who moves most first."""
    found = page.sources.wins
    return [page.people.get(key, "") or _("somebody") for key in found.missing] if found else []


def _of_map(line: Line, page: ScorecardPage) -> str:
    standing, wins = page.sources.standing, page.sources.wins
    if standing is None or wins is None:
        return ""
    count = len(standing.figures.members)
    if line.computed is Computed.WINS:
        missing = missing_wins(page)
        if missing:
            return _("no win for {names}").format(names=", ".join(text.line(name) for name in missing[:NAMED]))
        return ngettext("a win for the {count} person", "a win for all {count} people", count)
    is_favour = line.computed is Computed.FAVOUR
    value = standing.favour if is_favour else standing.coverage
    if value is None:
        return _("nobody's attitude is known yet")
    if is_favour:
        shown = f"{Figure(value):+.2f}"
        return ngettext("favour {figure}, {count} person", "favour {figure}, {count} people", count, figure=shown)
    shown = coverage_words.share(value)
    return ngettext("coverage {figure}, {count} person", "coverage {figure}, {count} people", count, figure=shown)


def start(page: ScorecardPage) -> str:
    """What the probability is from which the terms lead to P(win)."""
    return _("the usual share won") if page.chance.z is None else _("a card in the middle")


def learnt(model: Model) -> str:
    """How many outcomes the weights rest on, a sentence or two."""
    if not model.count:
        return _("Nothing was learnt yet: a full card is taken for 90 %, one in the middle for your usual share.")
    found = ngettext(
        "Learnt from {count} closed opportunity with a scorecard, {won} won.",
        "Learnt from {count} closed opportunities with scorecards, {won} won.",
        model.count,
        won=model.won,
    )
    if not model.factors:
        return found
    if not model.slope:
        return f"{found} " + _("In these the card told nothing, so every P(win) is the usual share.")
    return f"{found} " + _("So many outcomes give each criterion a weight of its own.")
