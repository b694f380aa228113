"""How an account's sales answer to effort: the response curve of method.md section 4.

ADBUDG (Little 1970, Management Science 16), fitted to five judgements as in CALLPLAN (Lodish 1971). With x the effort
relative to the usual one, sales relative to the usual ones are

    r(x) = b + (a - b) · x^c / (d + x^c)

a is where they end, b where they begin, d and c make the way between: above c = 1 it is an S, and first visits bring
little. r(1) = 1 whatever was judged.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Level
from crmtui.figures import Figure
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

HALF: Final = 0.5
MORE: Final = 1.5  # half as much again
NO_HEADROOM: Final = 1.05  # where sales end if the account gives us already all that it has to give
FARTHEST: Final = 3.0  # nobody is taken to buy more than three times as much within a period
HEADROOM: Final = 0.5  # taken where nobody knows the potential: half of today's sales again

MOST_TIMES: Final = 100.0  # above it a multiple is a slip, or today's sales are no measure


@dataclass(frozen=True, slots=True)
class Judgements:
    """What an account would buy in a period, as multiples of what it buys with the usual effort.

    Attributes:
        none: with no effort at all; at least 0.
        half: with half of it; above `none`.
        more: with half as much again; above 1.
        most: with all the effort in the world; above `more`.
    """

    none: float
    half: float
    more: float
    most: float


QUESTIONS: Final[Mapping[str, str]] = {
    "none": N_("What would it buy with no effort at all?"),
    "half": N_("With half of the effort?"),
    "more": N_("With half as much effort again?"),
    "most": N_("With all the effort in the world?"),
}  # by the field of `Judgements`; the answers are multiples of today's sales
_NO_FALL: Final = N_(
    "with no effort at all it would buy as much as today, or more: give less than 1; if effort really changes nothing, "
    "give 1 to all four questions"
)
_NO_RISE: Final = N_(
    "with all the effort in the world it must buy more than with half as much effort again, {more:g}: give more"
)
_SLIP: Final = N_(
    "this is more than {times:g} times today's sales: give less, or say what it would buy with the usual effort "
    "instead of what it buys today"
)
INDIFFERENT: Final = Judgements(1.0, 1.0, 1.0, 1.0)  # effort changes nothing: allowed, and a flat curve


@dataclass(frozen=True, slots=True)
class Curve:
    """The parameters of r(x) = b + (a - b) · x^c / (d + x^c).

    Attributes:
        a: where sales end, as a multiple of the usual ones.
        b: where they begin; at least 0, below `a`, or equal to it in a flat curve.
        c: the exponent, above 0; above 1 the curve is an S.
        d: above 0.
    """

    a: float
    b: float
    c: float
    d: float

    def at(self, effort: float) -> float:
        """Sales as a multiple of the usual ones, at an effort as a multiple of the usual one, which is at least 0."""
        if effort <= 0:
            return self.b
        # x^c / (d + x^c), written so that neither a steep curve nor a great effort overflows
        return self.b + (self.a - self.b) / (1 + math.exp(min(_LARGE, math.log(self.d) - self.c * math.log(effort))))

    def points(self, most: float = 2.0, count: int = 41) -> tuple[tuple[float, float], ...]:
        """So many points (effort, sales) of the curve, evenly from no effort to `most`, for whoever draws it."""
        return tuple((effort, self.at(effort)) for effort in (most * step / (count - 1) for step in range(count)))


FLAT: Final = Curve(1.0, 1.0, 1.0, 1.0)
_LARGE: Final = 700.0  # exp of it is still a number
_FLATTEST: Final = 1e-9  # what rounding may make of an exponent that is just above 0


def faults(judged: Judgements) -> Mapping[str, str]:
    """What is out of order and how to mend it, a translated sentence by the judgement's field; empty when all is well.

    A curve must rise: 0 <= none < half < 1 < more < most. All four at 1 is the answer that effort changes nothing.
    """
    if judged == INDIFFERENT:
        return {}
    none, half, more, most = judged.none, judged.half, judged.more, judged.most
    if unknown := [one for one, value in asdict(judged).items() if not math.isfinite(value)]:
        return {one: _("this is not a number: give a multiple of today's sales, such as 0.8") for one in unknown}
    wrong = (
        ("none", none < 0, N_("nobody buys less than nothing: give 0 or more")),
        ("none", none >= 1, _NO_FALL),
        ("half", half >= 1, N_("with half of the effort it would buy as much as today, or more: give less than 1")),
        ("half", half <= none < 1, N_("with half of the effort it must buy more than with none, {none:g}: give more")),
        ("more", more <= 1, N_("with half as much effort again it must buy more than today: give more than 1")),
        ("most", most <= 1, N_("with all the effort in the world it must buy more than today: give more than 1")),
        ("most", 1 < most <= more, _NO_RISE),
        ("most", most > MOST_TIMES, _SLIP),
    )
    found: dict[str, str] = {}
    for one, is_so, sentence in wrong:
        if is_so:
            found.setdefault(one, _(sentence).format(none=Figure(none), more=Figure(more), times=Figure(MOST_TIMES)))
    return found


def fit(judged: Judgements) -> Curve:
    """The curve through nothing, today and saturation, and between the other two.

    a = most, b = none, d = (most - 1)/(1 - none), and c the mean of the exponents that would meet half and half as
    much again, the latter twice (method.md section 4): where these differ, neither is met exactly. With
    judgements in order c is above 0.

    Raises:
        ValueError: judgements out of order; all sentences of `faults`.
    """
    if wrong := faults(judged):
        raise ValueError("; ".join(wrong.values()))
    if judged == INDIFFERENT:
        return FLAT
    d = (judged.most - 1) / (1 - judged.none)
    below = math.log(d * (judged.half - judged.none) / (judged.most - judged.half)) / math.log(HALF)
    above = math.log(d * (judged.more - judged.none) / (judged.most - judged.more)) / math.log(MORE)
    return Curve(judged.most, judged.none, max(_FLATTEST, below / 3 + 2 * above / 3), d)


@dataclass(frozen=True, slots=True)
class Habit:
    """How accounts of a level answer, until somebody is asked.

    Attributes:
        stays: share of today's sales that stays without any effort within the period.
        reach: share of what it does not buy from us yet that all the effort in the world brings within the period.
        steepness: the exponent c.
    """

    stays: float
    reach: float
    steepness: float


HABITS: Final[Mapping[Level, Habit]] = {
    Level.PROSPECT: Habit(0.0, 0.2, 2.5),
    Level.BUYER: Habit(0.3, 0.3, 2.0),
    Level.ACCOUNT: Habit(0.5, 0.4, 1.5),
    Level.PARTNER: Habit(0.7, 0.5, 1.2),
}


def usual(level: Level, headroom: float | None = None, *, is_capped: bool = False) -> Judgements:
    """The judgements taken where nobody was asked: by level and potential. They are ours, and a place to begin.

    What stays without effort grows with the level: a prospect has no reason to order by itself; a buyer buys on price
    and ease, and goes where somebody calls; an account has our solution in its processes; a partner has invested with
    us. So does the share of the headroom that effort can reach, for it needs access to those who set budgets. The curve
    is the more of an S the less it knows us: with a prospect one visit is none; with a partner every contact counts.

    Args:
        level: of the relationship.
        headroom: what it could still buy from us in the period, over what it buys: potential / sales - 1. None where
            nobody knows: `HEADROOM`. At 0 and below, sales end at `NO_HEADROOM`.
        is_capped: whether it does not want to be managed (`managed.is_capped`): it then answers as a buyer at most.

    Raises:
        ValueError: a headroom that is not a number.
    """
    known = HEADROOM if headroom is None else headroom
    if not math.isfinite(known):
        raise ValueError(_("the potential is not a number: give what the account could buy from us in a period"))
    habit = HABITS[Level.BUYER if is_capped and level is not Level.PROSPECT else level]
    most = min(FARTHEST, max(NO_HEADROOM, 1 + habit.reach * known))
    curve = Curve(most, habit.stays, habit.steepness, (most - 1) / (1 - habit.stays))
    return Judgements(habit.stays, round(curve.at(HALF), 3), round(curve.at(MORE), 3), round(most, 3))
