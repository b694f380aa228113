"""The reasons of a draft in words: why this contact, this channel, this day, and why no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.days import dated
from crmtui.domain.money import format_amount
from crmtui.figures import Figure
from crmtui.method.proposals import LEAST_GAIN, MOST, Choice, Stop
from crmtui.queries import allotted_words
from crmtui.queries.coverage_words import POINTS, banded
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.method.coverage import Coverage
    from crmtui.method.proposals import Proposal
    from crmtui.queries.plans import PlanPage
    from crmtui.queries.proposing import DraftPage

MOST_NAMES: Final = 6  # before the others are counted
CHOICES: Final = {
    Choice.PREFERRED: N_("{channel}: preferred by the person, so nothing else is proposed"),
    Choice.BEST: N_("{channel}: the most coverage for its cost of the channels that are not refused"),
    Choice.INSTEAD_OF_REFUSED: N_("{channel}: {preferred}, which the person preferred, is refused now"),
    Choice.INSTEAD_OF_USELESS: N_(
        "{channel}: {preferred}, which the person prefers, is not in use, covers nothing or has no cost in {currency}"
    ),
}
STOPS: Final = {
    Stop.OVER: N_("The plan is over: it ended before today. Change its period to go on."),
    Stop.NO_DAY: N_("No working day is left in the plan's period."),
    Stop.NOBODY: N_("Nobody with a name is on the map of the decision-making unit: put those who decide on it first."),
    Stop.WEIGHTLESS: N_("has no share in the decision"),
    Stop.REFUSED: N_("every channel that could be used is refused"),
    Stop.UNPRICED: N_("no channel in use has a cost in {currency}"),
    Stop.CADENCE: N_("no working day is left at {days} days or more from the other contacts"),
    Stop.CAPPED: N_("covered as far as the relationship allows: that has to grow first"),
    Stop.COVERED: N_("another contact would bring less than {least} points of coverage"),
    Stop.BUDGET: N_("another contact would cost more than the budget leaves"),
    Stop.HOURS: N_("with what is proposed, no contact fits into the {left} h that {scenario} leaves until {until}"),
    Stop.ENOUGH: N_("the draft is full at {most} contacts"),
}


def why(page: DraftPage, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """The terms of a proposal: what each is called, and what it is."""
    money = format_amount(proposal.cost, page.plan.currency)
    yield (
        _("gain"),
        _("{points:.1f} points of coverage at the end of the plan").format(points=Figure(proposal.gain * POINTS)),
    )
    yield (
        _("covered"),
        _("{before:.0f} % at the end without it, {after:.0f} % with it").format(
            before=proposal.before * POINTS, after=proposal.after * POINTS
        ),
    )
    yield _("weighs"), _("{share:.0f} % of the decision").format(share=proposal.leverage * POINTS)
    yield _("cost"), _cost(page, proposal, money)
    last = dated(proposal.last) if proposal.last else _("never")
    yield _("last contact"), last
    yield _("channel"), channel(page, proposal)
    yield _("day"), day(page, proposal)
    if words := page.message(proposal).words:
        yield _("carries"), line(words)


def channel(page: DraftPage, proposal: Proposal) -> str:
    """Why this channel."""
    person = next(one for one in page.basis.people if one.key == proposal.person)
    return _(CHOICES[proposal.choice]).format(
        channel=line(page.channels[proposal.channel]),
        preferred=line(page.channels.get(person.preferred or 0, "")),
        currency=page.plan.currency,
    )


def day(page: DraftPage, proposal: Proposal) -> str:
    """Why this day."""
    return _(
        "{day}: {gap} days from what else the plan holds; at least {days} from the person's other contacts"
    ).format(day=dated(proposal.day), gap=proposal.gap, days=max(1, page.basis.rules.cadence))


def stop(page: DraftPage, reason: Stop) -> str:
    """Why nothing, or nothing more, is proposed."""
    given: dict[str, Any] = {
        "currency": page.plan.currency,
        "days": max(1, page.basis.rules.cadence),
        "least": f"{Figure(LEAST_GAIN * POINTS):g}",
        "most": MOST,
    }
    if page.allotted is not None:
        given |= {
            "left": allotted_words.hours(page.allotted.left or 0.0),
            "scenario": line(page.allotted.scenario),
            "until": page.allotted.ends_on,
        }
    return _(STOPS[reason]).format(**given)


def held(page: DraftPage) -> Iterator[str]:
    """Why there is nothing more, for the plan or for each person, and which channels were left out."""
    if page.allotted is not None and page.draft.stop is None:
        yield _("territory: {hours}").format(hours=allotted_words.measured(page.allotted))
    if page.draft.stop:
        yield stop(page, page.draft.stop)
    for reason in dict.fromkeys(reason for _person, reason in page.draft.held):
        names = [line(page.names[person]) for person, other in page.draft.held if other is reason]
        yield f"{_names(names)}: {stop(page, reason)}"
    for key in page.draft.unpriced:
        yield _("{channel} has no cost in {currency}, so it is not proposed").format(
            channel=line(page.channels[key]), currency=page.plan.currency
        )


def _names(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    more = len(names) - MOST_NAMES
    told = ", ".join(names[:MOST_NAMES])
    return told if more <= 0 else ngettext("{names} and {count} more", "{names} and {count} more", more, names=told)


def _cost(page: DraftPage, proposal: Proposal, money: str) -> str:
    hours = _("{hours:g} h").format(hours=Figure(proposal.hours))
    if not page.basis.rules.hour_cost:
        return _("{money} and {hours}, which are not priced in {currency}").format(
            money=money, hours=hours, currency=page.plan.currency
        )
    whole = format_amount(round(proposal.price), page.plan.currency)
    return _("{money} and {hours}: {whole} in all").format(money=money, hours=hours, whole=whole)


# The figures of a plan


def outlook(now: Coverage | None, ahead: Coverage | None) -> str:
    """Coverage now and at the end, with their bands."""
    if now is None or ahead is None or now.value is None or ahead.value is None:
        return _("coverage unknown: nobody is on the map of the decision-making unit")
    return _("coverage {now} now, {ahead} at the end with what is planned").format(now=banded(now), ahead=banded(ahead))


def burden(page: PlanPage) -> str:
    """The cost of a plan against the account's margin, and which margin that is."""
    found, currency = page.burden, page.plan.currency
    cost = format_amount(found.whole, currency)
    if found.worth is not None:
        what = _("{cost} with {hours:g} h at their cost").format(cost=cost, hours=Figure(found.hours))
    else:
        what = _("{cost}, without {hours:g} h that have no cost in {currency}").format(
            cost=cost, hours=Figure(found.hours), currency=currency
        )
    since = dated(page.margin.since)
    if found.margin is None:
        return _("{what}; no margin is known from the account's orders since {since}").format(what=what, since=since)
    margin = format_amount(found.margin, currency)
    if found.share is None:
        return _("{what}; the account's orders since {since} left no margin: {margin}").format(
            what=what, since=since, margin=margin
        )
    told = _("{what}: {share:.1f} % of {margin}, the margin of the account's orders since {since}").format(
        what=what, share=Figure(found.share * POINTS), margin=margin, since=since
    )
    if page.margin.unknown:
        told += ngettext(" ({count} line has no margin)", " ({count} lines have no margin)", page.margin.unknown)
    return told
