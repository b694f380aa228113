"""What would raise the probability of winning most, of many opportunities at once (method.md section 3).

The same figures as `winrate.chance` gives for one card, but only those that a ranking needs, so that thousands of
cards take a fraction of a second: the criteria that are worth most, and how P answers to favour, coverage and level.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from crmtui.domain.words import Computed
from crmtui.method.move_field import Step
from crmtui.method.scorecard import TOP
from crmtui.method.winrate import MIDDLE, logistic

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from crmtui.method.winrate import Model

MOST: Final = 3  # criteria of each kind that are told
GRADE: Final = 1 / MIDDLE  # what one grade is of the way from -1 to 1
# What the shipped template gives each of its weight, for opportunities that have no card yet, or none with it.
USUAL: Final = {Computed.FAVOUR: 4 / 59, Computed.COVERAGE: 3 / 59, Computed.WINS: 4 / 59, Computed.LEVEL: 3 / 59}
# How far one unit of the figure takes its criterion on the way from -1 to 1: favour is that way, coverage and wins half
# of it, and a step of the ladder a third.
UNITS: Final = {Computed.FAVOUR: 1.0, Computed.COVERAGE: 2.0, Computed.WINS: 2.0, Computed.LEVEL: 2 / 3}


Found = TypeVar("Found", bound=tuple[Any, ...])


class Asked(NamedTuple):
    """A criterion of a template.

    Attributes:
        code: which.
        weight: as the template has it, at least 0.
        computed: the figure that it is filled from; None for one that is graded by hand.
    """

    code: str
    weight: float
    computed: Computed | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A template under what was learnt; made once for all cards of the template.

    Attributes:
        model: what was learnt.
        asked: the criteria.
        counts: what each counts, at least 0, in the same order.
        computed: the places of those that are filled from a figure, with the figure.
        filled: of those the ones of which moves can change the figure.
        plain: the places of all but those.
    """

    model: Model
    asked: Sequence[Asked]
    counts: Sequence[float]
    computed: Sequence[tuple[int, Computed]]
    filled: Sequence[tuple[int, Computed]]
    plain: Sequence[int]


@dataclass(frozen=True, slots=True)
class Levers:
    """What moves a probability.

    Attributes:
        chance: P(win), 0 to 1.
        favour: change of P with one unit of favour; so also coverage and wins, and level for one step.
        steps: the criteria that are worth most to raise, then those to find out, at most `MOST` of each.
    """

    chance: float
    favour: float
    coverage: float
    wins: float
    level: float
    steps: tuple[Step, ...]


def form(model: Model, asked: Sequence[Asked]) -> Form:
    """The criteria of a template, ready for its cards."""
    computed = [(at, one.computed) for at, one in enumerate(asked) if one.computed]
    return Form(
        model,
        asked,
        counts=[one.weight * model.factors.get(one.code, 1.0) for one in asked],
        computed=computed,
        filled=[(at, word) for at, word in computed if word in UNITS],
        plain=[at for at, one in enumerate(asked) if one.computed not in UNITS],
    )


def levers(form: Form, grades: Sequence[float | None], by_hand: Collection[int] = (), *, most: int = MOST) -> Levers:
    """What moves P of one card; of an empty one P is the share that was won, and the figures have their usual weights.

    Args:
        form: the template.
        grades: 0 to 4 in the order of its criteria; None for what is unknown.
        by_hand: places of computed criteria that were set by hand, against their figure.
        most: how many criteria of each kind are told; fewer are quicker.
    """
    answered = total = 0.0
    counts = form.counts
    for grade, count in zip(grades, counts, strict=True):
        if grade is not None:
            answered += count
            total += count * (grade * GRADE - 1.0)
    if not answered:
        return _bare(form)
    model = form.model
    chance = _chance(model, total / answered)
    slope = model.slope * chance * (1 - chance)
    found = dict.fromkeys(UNITS, 0.0)
    for at, word in form.filled:
        base = answered if grades[at] is not None else answered + counts[at]
        if base and at not in by_hand:
            found[word] += slope * counts[at] / base * UNITS[word]
    raised: list[tuple[float, float, int]] = []  # of those that gain as much the lowest grade comes first
    open_: list[tuple[float, str]] = []
    for at in (*form.plain, *(at for at, _word in form.filled if at in by_hand)) if by_hand else form.plain:
        grade = grades[at]
        if grade is None:
            open_.append((counts[at], form.asked[at].code))
        elif grade < TOP:
            raised.append((counts[at] * min(GRADE, 2.0 - grade * GRADE), -grade, -at))
    steps = [
        Step(code=form.asked[-at].code, rise=_chance(model, (total + gain) / answered) - chance)
        for gain, _grade, at in _first(most, raised)
        if gain
    ]
    steps += [
        Step(code=code, width=_width(model, total, answered, count)) for count, code in _first(most, open_) if count
    ]
    return _levers(chance, found, steps)


def without_card(model: Model) -> Levers:
    """What moves P of an opportunity that was never scored."""
    return _bare(form(model, ()))


def first_width(model: Model) -> float:
    """How wide the band is before a first card: from the worst card to the best."""
    return _chance(model, 1.0) - _chance(model, -1.0)


def _chance(model: Model, z: float) -> float:
    """P(win) at z, without its band."""
    return logistic(model.intercept + model.slope * z)


def _bare(form: Form) -> Levers:
    """A card without answers, or none."""
    model = form.model
    slope = model.slope * model.rate * (1 - model.rate)
    usual = {word: slope * share * UNITS[word] for word, share in USUAL.items()}
    whole = sum(form.counts)
    open_ = [(form.counts[at], form.asked[at].code) for at in form.plain]
    steps = [
        Step(code=code, width=first_width(model) * count / whole) for count, code in nlargest(MOST, open_) if count
    ]
    return _levers(model.rate, usual, steps)


def _levers(chance: float, slopes: Mapping[Computed, float], steps: Sequence[Step]) -> Levers:
    return Levers(
        chance=chance,
        favour=slopes[Computed.FAVOUR],
        coverage=slopes[Computed.COVERAGE],
        wins=slopes[Computed.WINS],
        level=slopes[Computed.LEVEL],
        steps=tuple(steps),
    )


def _first(most: int, found: list[Found]) -> list[Found]:
    """The greatest ones; of one the quickest way."""
    return nlargest(most, found) if most > 1 else [max(found)] if found and most else []


def _width(model: Model, total: float, answered: float, count: float) -> float:
    """By how much P differs with one unknown criterion at its best and at its worst, all others as they are."""
    best, worst = ((total + end * count) / (answered + count) for end in (1, -1))
    return _chance(model, best) - _chance(model, worst)
