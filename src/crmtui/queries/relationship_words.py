"""The gates of a relationship as sentences: what is needed, what is missing, and what to do about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Indicator
from crmtui.figures import Figure
from crmtui.method.gates import RANKS, Gate, Name, State
from crmtui.text import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.method.gates import Term
    from crmtui.method.ladder import Question
    from crmtui.queries.relationship import Person

LONGEST_NAME: Final = 40  # characters of a name in a sentence
STATES: Final = {
    State.MET: NP_("gate", "met"),
    State.MISSING: NP_("gate", "missing"),
    State.UNKNOWN: N_("unknown, so not met"),
}
_WAYS: Final = {
    Name.BUYER_ORDERS: N_("Win a first order"),
    Name.BUYER_COVER: N_("Get to know the head of the area or of purchasing better"),
    Name.ACCOUNT_RECOGNITION: N_("Be recognised as consultant"),
    Name.ACCOUNT_COVER: N_("Cover a process owner or director better"),
    Name.ACCOUNT_BONDS: N_("Tie more bonds"),
    Name.PARTNER_RECOGNITION: N_("Be recognised as strategic support"),
    Name.PARTNER_COVER: N_("Cover general management better"),
    Name.PARTNER_BONDS: N_("Deepen the organisational and professional bonds"),
}


def figure(value: float | None) -> str:
    """A rating or a cover with at most one decimal, never rounded up to what it is not; `?` when unknown."""
    if value is None:
        return "?"
    floored = int(value * 10 + 1e-9) / 10
    return f"{Figure(floored):g}"


def measured(gate: Gate) -> str:
    """`2.3 of 3`, or `? of 3`; `nothing asked` for a threshold of zero."""
    if not gate.needed:
        return _("nothing asked")
    return _("{value} of {needed}").format(value=figure(gate.value), needed=f"{Figure(gate.needed):g}")


def missing(gate: Gate, people: Mapping[int, Person]) -> str:
    """What is missing for a gate, in a sentence; how it is met where it is."""
    if not gate.needed:
        return _("asks for nothing, by the settings of the workspace")
    if gate.name is Name.BUYER_ORDERS:
        return ngettext("{count} order", "{count} orders", int(gate.value or 0)) if gate.value else _("no order yet")
    if gate.name in RANKS:
        return _cover(gate, people)
    return _ratings(gate)


def _cover(gate: Gate, people: Mapping[int, Person]) -> str:
    rank = _(RANKS[gate.name].label)
    best = next((term for term in gate.terms if term.counts), None)
    if best is None or not isinstance(best.of, int):
        return _("nobody of that rank is on the map: {rank}").format(rank=rank)
    name = named(people, best.of)
    if gate.is_met:
        return _("best covered: {name}").format(name=name)
    return _("best covered: {name}; {gap} missing").format(name=name, gap=gap(gate))


def _ratings(gate: Gate) -> str:
    unknown = [_(term.of.label) for term in gate.terms if term.is_unknown and isinstance(term.of, Indicator)]
    known = [term for term in gate.terms if term.value is not None and isinstance(term.of, Indicator)]
    parts = []
    if known and not gate.is_met:
        least = min(known, key=lambda term: term.value or 0)
        lowest = f"{_(_indicator(least).label)} {figure(least.value)}"
        parts.append(_("lowest: {name}").format(name=lowest))
    if unknown:
        parts.append(_("not rated: {names}").format(names=", ".join(unknown)))
    return "; ".join(parts) or _("all rated")


def _indicator(term: Term) -> Indicator:
    if not isinstance(term.of, Indicator):
        raise TypeError(term.of)
    return term.of


def basis(gate: Gate) -> str:
    """How the value of a gate comes about, in a sentence."""
    if gate.name is Name.BUYER_ORDERS:
        return _("Orders that were not cancelled, and what was won without one.")
    if gate.name in RANKS:
        return _("Cover is 4 · k of the best covered: by the contacts that happened and the relationship.")
    if gate.name is Name.PARTNER_BONDS:
        return _("The weaker of the two counts.")
    return _("The mean of what is rated.")


def gap(gate: Gate) -> str:
    """How much is missing, rounded up to a tenth so that it is enough."""
    return f"{Figure(math.ceil((gate.gap or 0.0) * 10 - 1e-9) / 10):g}"


def action(gate: Gate) -> str:
    """What to do about a gate that is not met, as an action of the account plan."""
    if gate.state is State.UNKNOWN:
        return _("{what}: find out first").format(what=_(_WAYS[gate.name]))
    return _("{what} ({measured})").format(what=_(_WAYS[gate.name]), measured=measured(gate))


def question(asked: Question, people: Mapping[int, Person]) -> str:
    """Something to find out."""
    if isinstance(asked.of, Indicator):
        return _("How does it rate us: {indicator}?").format(indicator=_(asked.of.label))
    if asked.of is None:
        return _("Who is there: {rank}?").format(rank=_(RANKS[asked.gate].label))
    return _("Whose key people is {name}?").format(name=named(people, asked.of))


def terms(gate: Gate, people: Mapping[int, Person]) -> Iterator[tuple[Term, str]]:
    """What a gate is made of, each with its name."""
    for term in gate.terms:
        if isinstance(term.of, Indicator):
            yield term, _(term.of.label)
        elif term.of is None:
            yield term, _("orders, and what was won without one")
        else:
            yield term, named(people, term.of)


def named(people: Mapping[int, Person], key: int) -> str:
    """What somebody on the map is called, cut where it is long."""
    name = people[key].name if key in people else "?"
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
