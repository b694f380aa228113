"""What customers are worth by states of the user's own, in words, and what a contract is worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.values import Timing
from crmtui.queries.equity_words import share, valued
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.contract import Multiple
    from crmtui.method.states import State, StatesWorth, StateWorth
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.own_states import Given

FIRST: Final = {
    Timing.NOW: N_("now: this period counts in full"),
    Timing.AHEAD: N_("a period from now"),
}
_SMALL: Final = 100  # amounts below it are told to the third decimal
_LASTS: Final = 0.005  # the fewest periods that are not told as 0
_ROUNDED: Final = 1e-9  # how far a sum may be from a whole and still be one


def in_figures(found: StatesWorth, currency: str) -> Say:
    """How the amounts of a file are written: with as many decimals as the greatest needs."""
    most = max(abs(line.worth.value) for line in found.lines)
    digits = 3 if most < _SMALL else 2

    def say(amount: float) -> str:
        return f"{Figure(round(amount, digits) + 0.0):,.{digits}f} {currency}".strip()

    return say


def to_cents(currency: str) -> Say:
    """How the amounts of one contract are written."""

    def say(amount: float) -> str:
        return f"{Figure(round(amount, 2) + 0.0):,.2f} {currency}".strip()

    return say


def in_whole(currency: str) -> Say:
    """How the amounts of all customers together are written."""

    def say(amount: float) -> str:
        return f"{Figure(round(amount) + 0.0):,.0f} {currency}".strip()

    return say


def whole(found: StatesWorth, given: Given, currency: str) -> Iterator[Term]:
    """What holds for all states."""
    say = in_whole(currency)
    if found.total is None or found.best is None:
        yield _("no total"), _("nobody says how many customers are in each state")
    else:
        yield _("customer equity"), valued(found.total.value, found.total.low, found.total.high, say)
        stops = ", ".join(line.state.name for line in found.lines if line.is_to_stop)
        told = _("{value}, when {states} are no longer served") if stops else _("{value}: every state is worth serving")
        yield _("with the best policy"), told.format(value=say(found.best), states=stops)
    yield _("discount"), _("{rate:g} % a period").format(rate=Figure(round(found.rate * 100, 4)))
    yield _("first margin"), _(FIRST[found.timing])
    yield _("ladder"), _ladder(found)
    if ends := ", ".join(line.state.name for line in found.lines if line.is_end):
        told = _("{states}: nobody comes back, and nothing is brought")
        yield _("ends"), told.format(states=ends)
    if given.without_row:
        yield _("without a row"), ", ".join(given.without_row)
    if scaled := [] if found.is_counted else [state for state in given.states if not _is_whole(state)]:
        sums = ", ".join(f"{state.name} {Figure(sum(state.moves)):g}" for state in scaled)
        yield _("scaled to 1"), _("rows that sum to {sums}").format(sums=sums)


def _is_whole(state: State) -> bool:
    """Whether the shares of a state sum to one whole, as shares or in percent."""
    return not any(state.moves) or any(math.isclose(sum(state.moves), whole, rel_tol=_ROUNDED) for whole in (1, 100))


def _ladder(found: StatesWorth) -> str:
    alive = [line.state.name for line in found.lines if not line.is_end]
    top, bottom = (alive[0], alive[-1]) if found.is_best_first else (alive[-1], alive[0])
    return _("from {bottom} up to {top}; --top says otherwise").format(bottom=bottom, top=top)


def state(found: StatesWorth, one: StateWorth, currency: str) -> Iterator[Term]:
    """What the value of a customer in a state is made of."""
    say = in_figures(found, currency)
    yield _("value"), valued(one.worth.value, one.worth.low, one.worth.high, say)
    for part in one.worth.parts:
        if part.value and abs(part.periods) >= _LASTS:
            told = _("{value}: {periods:.2f} periods, discounted, at {margin}")
            yield (
                part.state,
                told.format(value=say(part.value), periods=Figure(part.periods), margin=say(part.reward)),
            )
    if not one.is_end:
        yield _("going on"), _going_on(found, one, say)
    if one.up is not None:
        yield _("one state up"), f"{one.above}: {valued(one.up.value, one.up.low, one.up.high, say)}"


def _going_on(found: StatesWorth, one: StateWorth, say: Say) -> str:
    if found.timing is Timing.AHEAD and not one.is_to_stop:
        told = _("worth {later} with the best policy, the first margin a period from now")
        return told.format(later=say(one.continuing - one.state.margin))
    told = (
        _("stop serving: {value}: {margin} this period, {later} later with the best policy")
        if one.is_to_stop
        else _("worth {value}: {margin} this period, {later} later with the best policy")
    )
    later = one.continuing - one.state.margin
    return told.format(value=say(one.continuing), margin=say(one.state.margin), later=say(later))


def contract(found: Multiple, say: Say) -> Iterator[Term]:
    """What a contract is worth, and why."""
    yield _("value"), say(found.value)
    yield _("multiple"), f"{Figure(found.multiple):.2f} = r / (1 + i - r)"
    yield _("margin a period"), say(found.margin)
    yield _("r, renewed each period"), share(found.retention)
    yield _("i, discount of a period"), share(found.rate)
    yield _("because"), _("the margin stays the same, the first comes a period from now, and each renewal is as likely")
