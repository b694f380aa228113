"""The figures of what is delivered to an account in words, each with its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui import figures as numbers
from crmtui.days import dated
from crmtui.domain.delivery import ANSWERED_WITHIN
from crmtui.domain.money import format_amount
from crmtui.domain.words import Fate, Loyalty, Pace, ProjectStatus
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from crmtui.domain.delivery import Project
    from crmtui.domain.fields import Word
    from crmtui.method.profitability import Profitability
    from crmtui.method.proportions import Proportion
    from crmtui.method.satisfaction import Satisfaction
    from crmtui.method.trend import Trend
    from crmtui.queries.delivery import DeliveryPage

MOST_NAMED: Final = 6  # of promises or requests behind a figure, before the others are counted
PROMISES, REQUESTS, SATISFACTION, WORTH = "promises", "requests", "satisfaction", "worth"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the page.

    Attributes:
        key: which.
        label: what it is called, translated.
        value: the figure itself; '' when unknown.
        rest: its band and what it is made of, in a few words.
        terms: where it comes from, a line each.
    """

    key: str
    label: str
    value: str
    rest: str
    terms: tuple[str, ...]


def figures(page: DeliveryPage) -> tuple[Figure, ...]:
    """The four figures of an account."""
    return (_promises(page), _requests(page), _satisfaction(page), _worth(page))


def brief(page: DeliveryPage) -> Iterator[str]:
    """Those figures of which something is known, a line each."""
    for one in figures(page):
        if one.value or (one.rest and (one.key != WORTH or page.worth.figure.margin is not None)):
            yield told(one)


def told(one: Figure) -> str:
    """A figure in a line."""
    return " ".join(part for part in (one.label, one.value or ("?" if one.key == WORTH else ""), one.rest) if part)


# Projects


def delay(one: Project) -> int | None:
    """How many days after the promised end a project was finished, negative before it; None where nobody knows.

    What was stopped kept no promise and broke none by its day.
    """
    if one.status is not ProjectStatus.DONE or one.ended_on is None or one.ends_on is None:
        return None
    return (one.ended_on - one.ends_on).days


def ended(one: Project) -> str:
    """When a project that is over ended, and how that keeps to what was promised."""
    if one.ended_on is None:
        return _("on an unknown day")
    days = delay(one)
    if days is None:
        return dated(one.ended_on)
    if not days:
        kept = _("on the promised day")
    else:
        late = ngettext("{count} day late", "{count} days late", days)
        kept = late if days > 0 else ngettext("{count} day early", "{count} days early", -days)
    return f"{dated(one.ended_on)}, {kept}"


def so_far(one: Project, today: dt.date) -> str:
    """How a project that is not over keeps to what was promised; '' where nothing is late."""
    days = (today - one.ends_on).days if one.ends_on else 0
    return ngettext("{count} day late so far", "{count} days late so far", days) if days > 0 else ""


# Promises and requests


def _promises(page: DeliveryPage) -> Figure:
    found, fates = page.promises, page.promises.keys
    decided = ngettext("of {count} decided", "of {count} decided", found.kept.of)
    rest = [f"{_band(found.kept)} {decided}"] if found.kept.of else []
    rest += _unsettled(len(fates[Fate.OVERDUE]), len(fates[Fate.OPEN]))
    names = {one.id: one.name for one in page.rows.promises}
    terms = [_listed(fate, [names[key] for key in keys]) for fate, keys in fates.items() if keys]
    if found.completeness is not None and found.completeness < 1:
        terms.append(_("An overdue promise may have been broken: the lower end of the band takes it as such."))
    if not terms:
        terms = [_("No promise was written down yet. It is the share of those decided that were kept entirely.")]
    return Figure(PROMISES, _("promises kept"), _percent(found.kept.value), ", ".join(rest), tuple(terms))


def _requests(page: DeliveryPage) -> Figure:
    found, paces = page.requests, page.requests.keys
    rest = [f"{_band(found.in_time)} {_('of {count}').format(count=found.in_time.of)}"] if found.in_time.of else []
    rest += _unsettled(len(paces[Pace.OVERDUE]), len(paces[Pace.OPEN]))
    if found.days is not None:
        days = f"{numbers.Figure(found.days):g}"
        rest.append(ngettext("median {days} day", "median {days} days", int(found.days), days=days))
    names = {one.id: one.name for one in page.rows.requests}
    terms = [_listed(pace, [names[key] for key in keys]) for pace, keys in paces.items() if keys]
    usual = _("A request without a day of its own is to be answered within {count} days.").format(count=ANSWERED_WITHIN)
    return Figure(REQUESTS, _("answered in time"), _percent(found.in_time.value), ", ".join(rest), (*terms, usual))


def _band(found: Proportion) -> str:
    """`(31…86 %)`: the interval that holds 80 %."""
    return _("({low:.0f}…{high:.0f} %)").format(low=found.low * 100, high=found.high * 100)


def _unsettled(overdue: int, still_open: int) -> list[str]:
    """How many are past their day, and how many are open; nothing of none."""
    late = ngettext("{count} overdue", "{count} overdue", overdue)
    waiting = ngettext("{count} open", "{count} open", still_open)
    return [said for said, count in ((late, overdue), (waiting, still_open)) if count]


def _listed(word: Word, names: list[str]) -> str:
    told = ", ".join(line(name) for name in names[:MOST_NAMED])
    if (more := len(names) - MOST_NAMED) > 0:
        told = ngettext("{names} and {count} more", "{names} and {count} more", more, names=told)
    return f"{_(word.label)}: {told}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f} %"


# Satisfaction


def _satisfaction(page: DeliveryPage) -> Figure:
    found = page.satisfied()
    label = _("satisfaction")
    rule = _("NPS is the share of promoters (9, 10) less that of detractors (0 to 6), -100 to 100 (Reichheld 2003).")
    value, rest = satisfied(found)
    if not value:
        return Figure(SATISFACTION, label, value, rest, (_("Nobody has answered yet."), rule))
    said = {one.id: _said(page, one.person_id, one.score) for one in page.rows.answers}
    groups = {
        Loyalty.PROMOTER: found.promoters,
        Loyalty.PASSIVE: found.passives,
        Loyalty.DETRACTOR: found.detractors,
    }
    terms = [_listed(word, [said[key] for key in keys]) for word, keys in groups.items() if keys]
    latest = _("Of several answers of a person the latest counts; the trend is of all of them.")
    return Figure(SATISFACTION, label, value, rest, (*terms, _slope(found.trend), rule, latest))


def satisfied(found: Satisfaction) -> tuple[str, str]:
    """The score, and its band with what it is made of; '' where nobody has answered."""
    if found.score is None or found.mean is None:
        return "", ""
    band = _("({low:+.0f}…{high:+.0f})").format(low=numbers.Figure(found.low), high=numbers.Figure(found.high))
    count = ngettext("{count} answer", "{count} answers", found.count)
    mean = _("mean {mean:.1f}").format(mean=numbers.Figure(found.mean))
    return _("NPS {score:+.0f}").format(score=found.score), f"{band} {count}, {mean}, {_trend(found.trend)}"


def _said(page: DeliveryPage, person_id: int | None, score: int | None) -> str:
    return f"{page.name('person', person_id) or _('nobody named')} {score}"


def _trend(found: Trend) -> str:
    if not found.says_something or found.slope is None:
        return _("no trend yet")
    return _("rising") if found.slope > 0 else _("falling")


def _slope(found: Trend) -> str:
    if found.slope is None:
        return _("A trend needs answers of two days.")
    slope = _("trend {slope:+.1f} a year").format(slope=numbers.Figure(found.slope))
    if found.low is None or found.high is None:
        return _("{slope}, from too few answers for an interval").format(slope=slope)
    interval = _("({low:+.1f}…{high:+.1f})").format(low=numbers.Figure(found.low), high=numbers.Figure(found.high))
    return f"{slope} {interval}"


# Profitability


def _worth(page: DeliveryPage) -> Figure:
    worth, figure = page.worth, page.worth.figure

    def amount(minor: int) -> str:
        return format_amount(minor, worth.currency)

    since = dated(worth.margin.since)
    terms = [_margin(page)]
    for minor, code in worth.margin.elsewhere:
        told = _("{amount} of margin more, in another currency: not added")
        terms.append(told.format(amount=format_amount(minor, code)))
    terms.append(
        ngettext(
            "{count} contact since {since}: {cost}",
            "{count} contacts since {since}: {cost}",
            len(figure.contacts),
            since=since,
            cost=amount(figure.cost),
        )
        + _missing(figure.uncosted, N_("{count} without a cost"))
    )
    hours = f"{numbers.Figure(figure.hours):g}"
    if figure.worth is None:
        told = _("{hours} h, which have no cost in {currency}").format(hours=hours, currency=worth.currency)
    else:
        told = _("{hours} h of ours: {worth}").format(hours=hours, worth=amount(figure.worth))
    terms.append(told + _missing(figure.untimed, N_("{count} without hours")))
    for minor, code in worth.elsewhere:
        terms.append(_("{cost} more, in another currency").format(cost=format_amount(minor, code)))
    terms.append(_("{share} of what it rests on is known").format(share=_percent(figure.completeness)))
    if figure.margin is None:
        told = _("no margin known; to serve it cost {cost}")
        if worth.margin.elsewhere:
            told = _("no margin known in {currency}; to serve it cost {cost}")
        rest = told.format(cost=amount(figure.served), currency=worth.currency)
    else:
        made_of = _("margin {margin} less {cost} to serve, in a year").format(
            margin=amount(figure.margin), cost=amount(figure.served)
        )
        rest = " ".join(part for part in (_within(figure, amount), made_of) if part)
    mark = "~ " if figure.is_open else ""
    value = "" if figure.value is None else f"{mark}{amount(figure.value)}"
    return Figure(WORTH, _("profitability"), value, rest, tuple(terms))


def _within(figure: Profitability, amount: Callable[[int], str]) -> str:
    """Between what the figure may be, by what nobody has counted; '' where nothing is missing, or nothing is known."""
    if figure.low is not None and figure.high is not None:
        told = _("({least} to {most})").format(least=amount(figure.low), most=amount(figure.high))
        return told if figure.is_open else ""
    if figure.high is not None:
        return _("(at most {most})").format(most=amount(figure.high))
    return "" if figure.low is None else _("(at least {least})").format(least=amount(figure.low))


def _margin(page: DeliveryPage) -> str:
    margin, since = page.worth.margin, dated(page.worth.margin.since)
    if margin.minor is None:
        told = _("no margin is known from the orders since {since}")
        if page.worth.margin.elsewhere:
            told = _("no margin in {currency} is known from the orders since {since}")
        return told.format(since=since, currency=page.worth.currency)
    told = ngettext(
        "margin of {count} order since {since}: {margin}",
        "margin of {count} orders since {since}: {margin}",
        margin.orders,
        since=since,
        margin=format_amount(margin.minor, page.worth.currency),
    )
    return told + _missing(margin.unknown, N_("{count} without a margin"))


def _missing(count: int, sentence: str) -> str:
    return f" ({_(sentence).format(count=count)})" if count else ""
