"""Repeat orders in words: what is expected, what that was learnt from, and where it does not apply."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from crmtui import figures
from crmtui.figures import Figure
from crmtui.method.contract import contract_value
from crmtui.method.repeat import FEW_CUSTOMERS, FEW_REPEATS, Unfit
from crmtui.method.rfm import Habit
from crmtui.queries import equity_words
from crmtui.queries.equity_words import share, shares, valued
from crmtui.queries.repeat import risk
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.likely import Fit
    from crmtui.method.repeat import Forecast
    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.repeat import RepeatPage

UNFITS: Final = {
    Unfit.CONTRACT: N_("most customers have a contract that says when they may leave: the ladder is the figure"),
    Unfit.FEW_CUSTOMERS: N_("not yet: {count} of {least} customers"),
    Unfit.FEW_REPEATS: N_("not yet: {count} of {least} with a second order"),
    Unfit.NOT_SETTLED: N_("their orders do not tell who left and who only waits"),
}
_FEW: Final = N_(
    "who left and who only waits is told apart by many: from {customers} customers with orders on, {repeats} of them "
    "with a second one, it is said here for each how many orders to expect and whether it still buys"
)
_MEANWHILE: Final = N_(
    "the value by the ladder above holds for all of them; each account tells when it last ordered, how often and for "
    "how much"
)
_APART: Final = N_("correlation {correlation}: hardly linked, as amounts are forecast")
_LINKED: Final = N_(
    "correlation {correlation}: linked, and amounts are forecast as if it were 0; trust the orders expected more than "
    "their amounts"
)
_UNSETTLED: Final = N_("not learnt: these customers hardly differ in what they spend, or differ without bounds")
# Told beside the others: where all have bought last years ago, the first of them have not bought lately.
HABITS: Final = {
    Habit.BEST: N_("more recently than most, and more"),
    Habit.LOYAL: N_("like most, or more"),
    Habit.RECENT: N_("more recently than most, but less"),
    Habit.OCCASIONAL: N_("less than most"),
    Habit.AT_RISK: N_("more than most, but longer ago"),
    Habit.SLEEPING: N_("longer ago than most"),
    Habit.GONE: N_("longest ago, and less than most"),
}


def repeats(page: RepeatPage) -> str:
    """Whether repeat orders can be forecast, in a line."""
    learnt = page.learnt
    if learnt.unfit is None:
        return _("{orders:,.0f} orders expected in a year; {share} of {count} customers still buy").format(
            orders=Figure(page.expected), count=figures.count(len(page.forecasts)), share=share(_alive(page))
        )
    least = FEW_CUSTOMERS if learnt.unfit is Unfit.FEW_CUSTOMERS else FEW_REPEATS
    count = learnt.customers if learnt.unfit is Unfit.FEW_CUSTOMERS else learnt.repeats
    return _(UNFITS[learnt.unfit]).format(least=least, count=count)


def learnt_repeats(page: RepeatPage, say: Say) -> Iterator[Term]:
    """What the forecast of repeat orders was learnt from, and what it says of all."""
    learnt = page.learnt
    yield _("repeat orders"), repeats(page)
    if learnt.unfit in (Unfit.FEW_CUSTOMERS, Unfit.FEW_REPEATS):
        yield _("because"), _(_FEW).format(customers=FEW_CUSTOMERS, repeats=FEW_REPEATS)
    if learnt.unfit is not None:
        yield _("until then"), _(_MEANWHILE)
    yield (
        _("learnt from"),
        _("{customers} customers, {repeats} with a second order; {contracts} with a contract left out").format(
            customers=learnt.customers, repeats=learnt.repeats, contracts=learnt.contracts
        ),
    )
    if learnt.buying is not None:
        known = [one.value for one in page.forecasts.values() if one.value is not None]
        if known:
            yield _("worth"), _("{value} of margin within a year").format(value=say(sum(known)))
        yield _("parameters"), parameters(learnt.buying)
        if learnt.spending is None:
            few = learnt.priced < FEW_REPEATS
            yield _("amounts"), _("too few are known to learn from") if few else _(_UNSETTLED)
        elif learnt.correlation is not None:
            linked = _(_LINKED if learnt.is_linked else _APART)
            yield _("how often and how much"), linked.format(correlation=f"{Figure(learnt.correlation):+.2f}")
        if learnt.is_regular:
            yield _("rhythm"), _("they buy on a rhythm: one that misses it is sooner lost than is said here")
    habits = Counter(one.habit for one in page.standings.values())
    if habits:
        told = (f"{_(words)}: {habits[habit]}" for habit, words in HABITS.items() if habits[habit])
        yield _("buy, beside each other"), "; ".join(told)
    yield (
        _("applies"),
        _("to customers who come and go without a word (BG/NBD, gamma-gamma); where contracts bind them it does not"),
    )


def contract(page: RepeatPage, basis: Basis, one: Line, say: Say) -> Iterator[Term]:
    """What an account under contract is worth if it brings as much as now for as long as it renews."""
    if one.key not in page.contracts or one.worth.reward is None or basis.values is None:
        return
    kept = 1 - basis.risks[one.worth.state].each[0]
    found = contract_value(one.worth.reward, kept, basis.rate)
    yield (
        _("as a contract"),
        _("{value} in the years to come: {multiple} times {margin} a year, where {share} renew each year").format(
            value=say(found.value),
            multiple=f"{Figure(found.multiple):.2f}",
            margin=say(found.margin),
            share=share(kept),
        ),
    )


def parameters(found: Fit) -> str:
    """What was learnt of how often customers buy and are lost, to be checked elsewhere."""
    r, alpha, a, b = (f"{Figure(float(one)):.4f}" for one in found.parameters)
    told = _("BG/NBD r {r}, alpha {alpha}, a {a}, b {b}; log-likelihood {likelihood}")
    return told.format(r=r, alpha=alpha, a=a, b=b, likelihood=f"{Figure(found.log_likelihood):.4f}")


def _alive(page: RepeatPage) -> float:
    """The share of those forecast that still buy, as expected."""
    return sum(one.alive for one in page.forecasts.values()) / max(1, len(page.forecasts))


def habit(page: RepeatPage, account_id: int) -> str:
    """How an account buys beside the others, by recency, frequency and money; '' where it never did."""
    found = page.standings.get(account_id)
    return _(HABITS[found.habit]) if found else ""


# Who has left


def hint(page: RepeatPage | None, one: Line) -> str:
    """What is to be done with an account, and that it has left by its orders, if they were asked; '' for neither."""
    left = _("has left") if has_left(page, one.key) else ""
    return ", ".join(told for told in (left, equity_words.hint(one.parting)) if told)


def has_left(page: RepeatPage | None, account_id: int) -> bool:
    """Whether an account hardly buys any more; never said of one that is not forecast."""
    ahead = page.forecasts.get(account_id) if page else None
    return ahead is not None and ahead.has_left


def departed(orders: RepeatPage, page: EquityPage, say: Say) -> Iterator[Term]:
    """How many have left by their orders, and how much of customer equity is theirs; nothing where none has."""
    left = [one.worth.value for one in page.lines if has_left(orders, one.key)]
    if left:
        yield (
            _("have left"),
            ngettext(
                "{count} account by its orders, with {value} of the figure, which takes it to stay",
                "{count} accounts by their orders, with {value} of the figure, which takes them to stay",
                len(left),
                value=say(sum(left)),
            )
            + _("; without them it is {value}").format(
                value=say(sum(one.worth.value for one in page.lines) - sum(left))
            ),
        )


def account(page: RepeatPage | None, basis: Basis, one: Line, say: Say) -> Iterator[Term]:
    """What the value of an account is made of; if its orders were asked, what contradicts it, and how it orders."""
    value, *terms = equity_words.account(basis, one, _risk(page, basis, one), say)
    yield value
    if page is None:
        yield from terms
        return
    yield from _left(page, one, say)
    yield from terms
    yield from orders(page, one.key, say)
    yield from contract(page, basis, one, say)


def _risk(page: RepeatPage | None, basis: Basis, one: Line) -> str:
    """How sure it is that an account is lost, and why."""
    level = basis.risks[one.worth.state]
    if not has_left(page, one.key):
        return equity_words.risk(level)
    return _("{lost}; by its orders it has left, else like others of its level: {year} within a year").format(
        lost=equity_words.lost_within(risk(page, basis, one)), year=share(level.each[0])
    )


def _left(page: RepeatPage, one: Line, say: Say) -> Iterator[Term]:
    """That an account has left by its orders, although its value is that of one that stays."""
    found, ahead = page.standings.get(one.key), page.forecasts.get(one.key)
    if found is None or ahead is None or not ahead.has_left:
        return
    told = ngettext(
        "by its orders it has left: none for {days} days, after {count} day with orders; still buys: {alive}. Its "
        "value is that of its level, which takes it to stay",
        "by its orders it has left: none for {days} days, after {count} days with orders; still buys: {alive}. Its "
        "value is that of its level, which takes it to stay",
        found.orders,
        days=found.days,
        alive=still_buys(ahead),
    )
    more = (
        _("; by its orders {value} of margin is expected within a year").format(value=say(ahead.value))
        if ahead.value is not None
        else ""
    )
    yield _("but"), f"{told}{more}"


# How an account orders


def still_buys(ahead: Forecast) -> str:
    """How likely it is that an account still buys: `62 % (48 to 75 %)`."""
    told, band = share(ahead.alive), shares(ahead.alive_low, ahead.alive_high)
    return f"{told} ({band})" if share(ahead.alive_low) != share(ahead.alive_high) else told


def orders(page: RepeatPage, account_id: int, say: Say) -> Iterator[Term]:
    """How an account orders, and what is expected of it; nothing where it never did."""
    found, ahead = page.standings.get(account_id), page.forecasts.get(account_id)
    if found is None:
        return
    money = _(", {money} in all").format(money=say(found.money)) if found.money is not None else ""
    yield (
        _("orders"),
        ngettext(
            "{count} day with orders, the last {days} days ago",
            "{count} days with orders, the last {days} days ago",
            found.orders,
            days=found.days,
        )
        + money,
    )
    yield _("buys, beside others"), _(HABITS[found.habit])
    if ahead is not None:
        yield (
            _("expected"),
            _("{count:.1f} orders in a year ({low:.1f} to {high:.1f}); still buys: {alive}").format(
                count=Figure(ahead.purchases), low=Figure(ahead.low), high=Figure(ahead.high), alive=still_buys(ahead)
            ),
        )
        if ahead.value is not None and ahead.value_low is not None and ahead.value_high is not None:
            yield _("of margin"), valued(ahead.value, ahead.value_low, ahead.value_high, say)
    elif account_id in page.contracts and page.learnt.unfit is None:
        yield _("expected"), _("not forecast: a contract says when it may leave")
