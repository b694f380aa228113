"""What we do with an account: acquire, enrich, keep, serve at low cost, leave, and why (method.md section 4).

The first rule that holds decides:

1. the best way to go on with it is surely worth less than nothing (section 5, optimal stopping): leave. Only then.
   Where that is not sure, what follows decides, and leaving stays possible.
2. it does not want to be managed (section 1): serve at low cost.
3. nobody can say where it is in the matrix: by segment alone, and said so.
4. not attractive: keep it where it is big today and the relationship is at least of middle strength; else serve.
5. it buys nothing from us yet: acquire it where it is highly attractive or has potential; else serve.
6. the relationship is strong: enrich it where there is potential; else keep it.
7. the relationship is not strong: enrich it where it is highly attractive or has potential; else keep what there is, or
   serve where the relationship is weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Word
from crmtui.domain.words import Posture, Segment
from crmtui.method.managed import is_capped
from crmtui.method.portfolio import Third
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.method.portfolio import Cell
    from crmtui.method.stopping import Parting

POTENTIAL: Final = frozenset({Segment.A, Segment.C})
BIG: Final = frozenset({Segment.A, Segment.B})
_ORDER: Final = tuple(Posture)


class Reason(Word):
    """Why a posture."""

    NEGATIVE = "negative", N_("even the best way to go on with it costs more than it brings")
    UNWILLING = "unwilling", N_("it does not want to be managed")
    UNJUDGED = "unjudged", N_("nobody has judged it yet: this goes by revenue and potential alone")
    HELD = "held", N_("not attractive, but big today, and the relationship holds")
    UNATTRACTIVE = "unattractive", N_("not attractive enough for more effort")
    WANTED = "wanted", N_("attractive, and it does not buy from us yet")
    NOT_YET = "not_yet", N_("it does not buy from us, and little is to be expected")
    ROOM = "room", N_("the relationship is strong, and there is room for more")
    STRONG = "strong", N_("the relationship is strong, and there is little room for more")
    DEEPEN = "deepen", N_("worth a stronger relationship than there is")
    ENOUGH = "enough", N_("the relationship is as strong as it is worth")
    WEAK = "weak", N_("the relationship is weak, and little would come of a stronger one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a posture rests on.

    Attributes:
        cells: the cells of the matrix that it may be in; the one that it is in first, as in `Place.cells`.
        is_placed: whether both axes are known.
        segment: by revenue and potential.
        buys: whether it buys from us.
        willingness: to be managed, 0 to 4; None when nobody has asked.
        parting: whether to go on with it (section 5); None when unknown.
    """

    cells: Sequence[Cell]
    is_placed: bool
    segment: Segment
    buys: bool
    willingness: int | None = None
    parting: Parting | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """A posture and its reasons.

    Attributes:
        posture: what we do.
        reason: why.
        facts: what it rests on.
        possible: all postures that it may turn out to be once what is unknown is known, in the method's order.
    """

    posture: Posture
    reason: Reason
    facts: Facts
    possible: tuple[Posture, ...]

    @property
    def is_certain(self) -> bool:
        """Whether what is unknown changes nothing."""
        return self.reason is not Reason.UNJUDGED and len(self.possible) == 1


def stance(facts: Facts) -> Stance:
    """The posture towards an account.

    Raises:
        ValueError: no cell at all.
    """
    if not facts.cells:
        raise ValueError("an account is in one cell of the matrix at least")
    if decided := _decided(facts):
        posture, reason = decided
        others = {posture}
    else:
        posture, reason = _placed(facts.cells[0], facts) if facts.is_placed else _by_segment(facts)
        others = {posture, *(_placed(cell, facts)[0] for cell in facts.cells)}
    if facts.parting and facts.parting.is_to_leave:
        others.add(Posture.LEAVE)
    return Stance(posture, reason, facts, _in_order(frozenset(others)))


@cache
def _in_order(postures: frozenset[Posture]) -> tuple[Posture, ...]:
    return tuple(sorted(postures, key=_ORDER.index))


def _decided(facts: Facts) -> tuple[Posture, Reason] | None:
    """What is decided wherever the account is in the matrix."""
    if facts.parting and facts.parting.is_to_leave and facts.parting.is_sure:
        return Posture.LEAVE, Reason.NEGATIVE
    if is_capped(facts.willingness):
        return Posture.SERVE, Reason.UNWILLING
    return None


def _by_segment(facts: Facts) -> tuple[Posture, Reason]:
    if facts.segment in POTENTIAL:
        return Posture.ENRICH if facts.buys else Posture.ACQUIRE, Reason.UNJUDGED
    return Posture.KEEP if facts.segment in BIG else Posture.SERVE, Reason.UNJUDGED


def _placed(cell: Cell, facts: Facts) -> tuple[Posture, Reason]:
    has_potential = facts.segment in POTENTIAL
    is_worth_more = cell.attractiveness is Third.HIGH or has_potential
    if cell.attractiveness is Third.LOW:
        is_held = facts.buys and facts.segment in BIG and cell.strength is not Third.LOW
        return (Posture.KEEP, Reason.HELD) if is_held else (Posture.SERVE, Reason.UNATTRACTIVE)
    if not facts.buys:
        return (Posture.ACQUIRE, Reason.WANTED) if is_worth_more else (Posture.SERVE, Reason.NOT_YET)
    if cell.strength is Third.HIGH:
        return (Posture.ENRICH, Reason.ROOM) if has_potential else (Posture.KEEP, Reason.STRONG)
    if is_worth_more:
        return Posture.ENRICH, Reason.DEEPEN
    return (Posture.KEEP, Reason.ENOUGH) if cell.strength is Third.MIDDLE else (Posture.SERVE, Reason.WEAK)
