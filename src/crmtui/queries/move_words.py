"""The figures of a next move in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.money import format_number
from crmtui.domain.words import Role
from crmtui.figures import Figure
from crmtui.method.dmu_findings import Fact
from crmtui.method.move import Kind, Why
from crmtui.method.move_gains import KNOWING
from crmtui.queries.coverage_words import points
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.method.move import Move, Term

POINT: Final = 100  # of a share
TERMS: Final[Mapping[Why, str]] = {
    Why.COVERAGE: N_("coverage {amount}, which adds {points} points to P(win)"),
    Why.WIN: N_("personal wins {amount}, which adds {points} points to P(win)"),
    Why.ATTITUDE: N_("the attitude becomes known, which counts {points} points of P(win)"),
    Why.STEP: N_("a step of attitude comes nearer: favour {amount}, {points} points of P(win)"),
    Why.CRITERION: N_("one grade more adds {points} points to P(win)"),
    Why.ANSWER: N_("an answer counts {points} points of P(win)"),
    Why.CARD: N_("a first scorecard counts {points} points of P(win)"),
    Why.FAVOUR: N_("the favour becomes known, which counts {points} points of P(win)"),
    Why.BAND: N_("the band of favour narrows by {amount}, which counts {points} points of P(win)"),
    Why.LEVEL: N_("{amount} of the step to the next level, which adds {points} points to P(win)"),
}
NOTES: Final[Mapping[Fact, str]] = {  # of a person, beside the name
    Fact.BLOCK: N_("has a veto and is against us"),
    Fact.RIVAL: N_("a competitor is nearer"),
    Fact.LEVEL: N_("nobody of ours at this level"),
    Fact.ONE_PERSON: N_("so far another alone was met"),
    Fact.FEW_SUPPORTERS: N_("most who weigh are not for us"),
}
MINDED: Final[Mapping[Fact, str]] = {  # what that means for a contact
    Fact.BLOCK: N_("There is a veto against us: nothing is decided before that changes, whatever the favour."),
    Fact.RIVAL: N_("A competitor is nearer to this person than we are."),
    Fact.LEVEL: N_("Nobody of ours is at the level of this person: bring in somebody who is."),
    Fact.ONE_PERSON: N_("All contacts lately were with one person: of the others this one weighs most."),
}
FINDING_OUT: Final[Mapping[Fact, str]] = {
    Fact.NO_DECIDER: N_("Find out who decides"),
    Fact.NO_ROLE: N_("Find out who is: {roles}"),
    Fact.NAMELESS: N_("Find out who it is: {position}"),
    Fact.NO_OPPONENT: N_("Find out who is against us"),
    Fact.UNKNOWN_POWER: N_("Find out who has how much power"),
}
FOUND: Final[Mapping[Fact, str]] = {  # why that is to be found out
    Fact.NO_DECIDER: N_("No decider is known: one would weigh {share}, and may be for or against us."),
    Fact.NO_ROLE: N_("Nobody is known in these roles: they would weigh {share}, and may be for or against us."),
    Fact.NAMELESS: N_("Nobody knows who has this role: it weighs {share}, and may be for or against us."),
    Fact.NO_OPPONENT: N_(
        "No opponent is found yet: then we have not looked. Were {name}, who weighs most, a critic, favour would be "
        "{change} lower."
    ),
    Fact.UNKNOWN_POWER: N_("Nobody has judged how much power some of them have: favour's band is wider for it."),
    Fact.FEW_SUPPORTERS: N_("Most of those who weigh are not for us, or nobody knows: three contacts with each."),
}
OF_PLANS: Final[Mapping[Kind, str]] = {
    Kind.CONTACT: N_("It fits into the plan that runs there: {objective}."),
    Kind.HOLD: N_("It is promised by the plan: {objective}."),
    Kind.CATCH_UP: N_("Together they bring what the plan has promised by now: {objective}."),
    Kind.PLAN: N_("It is what the plan lacks most, within its budget and the days between contacts: {objective}."),
}
FOUND_OUT: Final = frozenset({Why.ATTITUDE, Why.ANSWER, Why.CARD, Why.FAVOUR, Why.BAND})
_OF_SHARES: Final = frozenset({Why.COVERAGE, Why.WIN})
_ROLES: Final = {role.value: role.label for role in Role}
_WEIGHTY: Final = (Role.DECIDER, Role.BUYER, Role.INFLUENCER, Role.GATEKEEPER)  # the one that is told of several


def role(kept: str) -> str:
    """The weightiest role of those that are kept."""
    roles = kept.split(",") if kept else []
    first = next((role.value for role in _WEIGHTY if role.value in roles), roles[0] if roles else "")
    return _(_ROLES[first]) if first else ""


def due(days: int) -> str:
    """When something planned is due, in so many days; below 0 it is late."""
    if days < 0:
        return ngettext("{count} day late", "{count} days late", -days)
    return ngettext("due in {count} day", "due in {count} days", days) if days else _("due today")


def when(days: int) -> str:
    """When something proposed is to be, in so many days."""
    return ngettext("in {count} day", "in {count} days", days) if days > 0 else _("today")


def met(move: Move) -> str:
    """What contacts do: `coverage +11, attitude`, or favour where that is all."""
    covered = sum_of(move, Why.COVERAGE)
    is_known = not any(term.why is Why.ATTITUDE for term in move.terms)
    if not covered:
        favour = sum_of(move, Why.STEP)
        return _("favour {points}").format(points=f"+{Figure(favour):.2f}") if favour else _("attitude known")
    if is_known:
        return _("coverage {points}").format(points=points(covered))
    return _("coverage {points}, attitude").format(points=points(covered))


def sum_of(move: Move, why: Why) -> float:
    """What a move adds to a figure of the opportunity for which it adds most, by all people together."""
    added: dict[int, float] = {}
    for term in move.terms:
        if term.why is why:
            added[term.deal] = added.get(term.deal, 0.0) + term.amount
    return max(added.values(), default=0.0)


def greatest(move: Move, why: Why) -> float:
    """What a move adds to a figure of the map on which it adds most."""
    return max((term.amount for term in move.terms if term.why is why), default=0.0)


def figure(term: Term) -> str:
    """How much the figure itself changes."""
    if term.why is Why.LEVEL:
        return f"1/{round(1 / term.amount)}" if term.amount else "0"
    if term.why is Why.BAND:
        return f"{Figure(term.amount / KNOWING):.2f}"
    return points(term.amount) if term.why in _OF_SHARES else f"+{Figure(term.amount):.2f}"


def percents(term: Term) -> str:
    """`P 48 → 57 %`, with a decimal where the change would not show."""
    before, after = term.chance * POINT, (term.chance + term.points) * POINT
    places = 0 if round(after) > round(before) else 1
    return _("P {before} → {after} %").format(before=f"{before:.{places}f}", after=f"{after:.{places}f}")


def width(share: float) -> str:
    """By how much a band is wide, on either side."""
    return _("± {points} %").format(points=format_number(round(share * POINT / 2)))
