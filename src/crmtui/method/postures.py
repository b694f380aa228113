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
    parting, is_willing = facts.parting, not is_capped(facts.willingness)
    is_to_leave = parting is not None and parting.is_to_leave
    is_sure = parting is not None and parting.is_sure
    cells = tuple(facts.cells)
    found = _judged(cells, facts.segment, facts.is_placed, facts.buys, is_willing, is_to_leave, is_sure)
    return Stance(found[0], found[1], facts, found[2])


@cache
def _judged(
    cells: tuple[Cell, ...],
    segment: Segment,
    is_placed: bool,
    buys: bool,
    is_willing: bool,
    is_to_leave: bool,
    is_sure: bool,
) -> tuple[Posture, Reason, tuple[Posture, ...]]:
    """The posture, why, and all that it may turn out to be: of very many accounts most are alike."""
    placed = [_placed(cell, segment, buys=buys) for cell in cells]
    possible = {found for found, _reason in placed}
    if is_to_leave and is_sure:
        posture, reason, possible = Posture.LEAVE, Reason.NEGATIVE, set()
    elif not is_willing:
        posture, reason, possible = Posture.SERVE, Reason.UNWILLING, set()
    else:
        posture, reason = placed[0] if is_placed else _by_segment(segment, buys=buys)
    possible |= {posture, Posture.LEAVE} if is_to_leave else {posture}
    return posture, reason, tuple(sorted(possible, key=_ORDER.index))


def _by_segment(segment: Segment, *, buys: bool) -> tuple[Posture, Reason]:
    if segment in POTENTIAL:
        return Posture.ENRICH if buys else Posture.ACQUIRE, Reason.UNJUDGED
    return Posture.KEEP if segment in BIG else Posture.SERVE, Reason.UNJUDGED


def _placed(cell: Cell, segment: Segment, *, buys: bool) -> tuple[Posture, Reason]:
    has_potential = segment in POTENTIAL
    is_worth_more = cell.attractiveness is Third.HIGH or has_potential
    if cell.attractiveness is Third.LOW:
        is_held = buys and segment in BIG and cell.strength is not Third.LOW
        return (Posture.KEEP, Reason.HELD) if is_held else (Posture.SERVE, Reason.UNATTRACTIVE)
    if not buys:
        return (Posture.ACQUIRE, Reason.WANTED) if is_worth_more else (Posture.SERVE, Reason.NOT_YET)
    if cell.strength is Third.HIGH:
        return (Posture.ENRICH, Reason.ROOM) if has_potential else (Posture.KEEP, Reason.STRONG)
    if is_worth_more:
        return Posture.ENRICH, Reason.DEEPEN
    return (Posture.KEEP, Reason.ENOUGH) if cell.strength is Third.MIDDLE else (Posture.SERVE, Reason.WEAK)
