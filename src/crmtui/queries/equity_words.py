"""What customers are worth in words: the terms behind each figure, and why there is none.

Amounts are written by whoever asks: short on screen, in full on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.money import exponent, format_number
from crmtui.domain.words import Level
from crmtui.figures import Figure
from crmtui.method.margins import Silence as NoLink
from crmtui.method.transitions import LOST
from crmtui.queries.equity import HORIZON, Silence
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.domain.fields import Word
    from crmtui.method.stopping import Parting
    from crmtui.queries.books import Book
    from crmtui.queries.equity import Basis, EquityPage, Line

    Say = Callable[[float], str]
    Term = tuple[str, str]

SILENCES: Final = {
    Silence.NO_ACCOUNT: N_("There is no account yet."),
    Silence.ALL_LOST: N_("All accounts were lost or are closed: what they are worth is 0."),
    Silence.NO_MARGIN: N_(
        "Nobody has written down what anything sold brought in {currency}: orders with the margin of their lines, or "
        "won opportunities with a margin, make customers worth something."
    ),
    Silence.NO_RATE: N_(
        "The discount rate is 0, so that what comes in a hundred years counts like today. Set it in the settings; "
        "0.1 is 10 % a year."
    ),
}
NO_LINKS: Final = {
    NoLink.FEW: N_("too few accounts with a known margin"),
    NoLink.ONE_LEVEL: N_("all that buy are at one level"),
    NoLink.ALL_ALIKE: N_("all bring the same"),
}
_SHOWN: Final = 0.005  # the least share that is not told as 0 %
_LASTS: Final = 0.05  # years, likewise
_LEVELS: Final = {level.value: level for level in Level}


def in_units(currency: str) -> Say:
    """How amounts are written in full: whole units with the code."""

    def say(minor: float) -> str:
        return f"{format_number(round(minor / 10 ** exponent(currency)))} {currency}"

    return say


def level(state: str) -> str:
    """The name of a level, or of having been lost."""
    return _("lost") if state == LOST else _(_LEVELS[state].label)


def band(low: float, high: float, say: Say) -> str:
    """`180 k€ to 250 k€`."""
    return _("{low} to {high}").format(low=say(low), high=say(high))


def share(value: float) -> str:
    """A share between 0 and 1 as `63 %`."""
    return f"{value * 100:.0f} %"


def shares(low: float, high: float) -> str:
    """`18 to 30 %`."""
    return _("{low} to {high} %").format(low=f"{low * 100:.0f}", high=f"{high * 100:.0f}")


def silence(basis: Basis) -> str:
    """Why there is no figure; '' where there is one."""
    return _(SILENCES[basis.silence]).format(currency=basis.rates.currency) if basis.silence else ""


# The figure of all


def idle(page: EquityPage) -> str:
    """Why all of it is nothing although margins are known; '' where it is something."""
    found = page.equity
    if found is None or found.low or found.value or found.high:
        return ""
    return _("nothing was sold in the last three years, the years by which it is told what customers bring")


def total(page: EquityPage, say: Say) -> Iterator[Term]:
    """What customer equity is made of."""
    basis, found = page.basis, page.equity
    if found is None:
        yield _("no figure"), silence(basis)
        return
    yield _("customer equity"), f"{say(found.value)} ({band(found.low, found.high, say)})"
    if why := idle(page):
        yield _("because"), why
    for one in found.levels:
        if one.count:
            told = ngettext("{count} account, {whole}", "{count} accounts, {whole}", one.count, whole=say(one.value))
            each = _("one of the level {each}; margin known of {known}").format(each=say(one.each), known=one.known)
            yield level(one.state), f"{told}; {each}"
    yield _("known"), _("the margin of {share} of the accounts").format(share=share(found.completeness or 0.0))
    yield (
        _("discount"),
        _("{rate:g} % a year; the first year counts in full").format(rate=Figure(round(basis.rate * 100, 2))),
    )
    yield (
        _("band"),
        _("eight times in ten, by what counts of transitions and margins leave open"),
    )
    yield from left_out(basis)


def left_out(basis: Basis) -> Iterator[Term]:
    """What the figures could not take."""
    found, currency = basis.left_out, basis.rates.currency
    if found.elsewhere:
        yield (
            _("left out"),
            ngettext(
                "{count} sale or contact in another currency than {currency}, of {accounts} of the accounts",
                "{count} sales and contacts in other currencies than {currency}, of {accounts} of the accounts",
                found.elsewhere,
                currency=currency,
                accounts=found.abroad,
            ),
        )
    if found.unpriced:
        yield _("left out"), ngettext("{count} sale without a margin", "{count} sales without a margin", found.unpriced)
    if found.undated:
        yield (
            _("left out"),
            ngettext(
                "{count} opportunity won nobody knows when",
                "{count} opportunities won nobody knows when",
                found.undated,
            ),
        )


# How accounts move


def moving(basis: Basis) -> str:
    """How much the chain rests on, in a line."""
    counts = basis.counts
    if not counts.total:
        return _("nothing counted yet: what holds for most relationships is assumed")
    return ngettext("{count} year counted", "{count} years counted", round(counts.total))


def chain(basis: Basis) -> Iterator[Term]:
    """Where accounts of each level are a year later, and what that rests on."""
    counts = basis.counts
    yield _("counted"), _moves(basis)
    chained = basis.values.chain if basis.values else None
    for at, state in enumerate(counts.states):
        if state in counts.absorbing:
            continue
        count = round(sum(counts.rows[at]))
        leads = chained.rows[at] if chained else ()
        to = ", ".join(f"{level(one)} {share(p)}" for one, p in zip(counts.states, leads, strict=False) if p >= _SHOWN)
        yield level(state), ngettext("{count} year: {to}", "{count} years: {to}", count, to=to) if to else str(count)
    yield (
        _("assumed"),
        _(
            "beside what was counted, as if five years of each level had been seen: one in ten goes a step up, one in "
            "ten a step down, one in ten is lost"
        ),
    )


def _moves(basis: Basis) -> str:
    counts = basis.counts
    if not counts.total:
        return _(
            "no account was judged twice, a year apart: assess relationships, or write down when an account was lost"
        )
    told = ngettext(
        "{count} year of an account from one level to the next", "{count} years of accounts", round(counts.total)
    )
    carried = ngettext("{count} as nobody judged anew", "{count} as nobody judged anew", counts.carried)
    unseen = ngettext("{count} left out, nothing was seen", "{count} left out, nothing was seen", counts.unseen)
    more = [one for one, count in ((carried, counts.carried), (unseen, counts.unseen)) if count]
    return "; ".join([told, *more])


# Level and margin


def link(basis: Basis) -> str:
    """Whether higher levels bring more, in a line."""
    found = basis.link
    if found.silence is not None:
        return _(NO_LINKS[found.silence])
    if not found.says_something:
        return _("they do not say that higher levels bring more or less")
    return _("higher levels bring more") if (found.value or 0) > 0 else _("higher levels bring less")


def links(basis: Basis, say: Say) -> Iterator[Term]:
    """The link between level and margin with its terms."""
    found = basis.link
    if found.value is not None:
        yield (
            _("rank correlation"),
            _("{value:+.2f}, 19 times in 20 {low:+.2f} to {high:+.2f}").format(
                value=Figure(found.value), low=Figure(found.low), high=Figure(found.high)
            ),
        )
    yield _("says"), link(basis)
    for one in found.levels:
        middle = _("mean {mean}, middle {median} a year").format(mean=say(one.mean), median=say(one.median))
        yield level(one.state), f"{ngettext('{count} account', '{count} accounts', one.count)}; {middle}"
    if found.completeness is not None:
        yield _("known"), _("the margin of {share} of those that buy").format(share=share(found.completeness))
    yield _("measured"), _("on your own accounts: that loyal customers bring more is never assumed")


# One account


def account(basis: Basis, one: Line, say: Say) -> Iterator[Term]:
    """What the value of an account is made of."""
    worth = one.worth
    yield _("value"), f"{say(worth.value)} ({band(worth.low, worth.high, say)})"
    yield _("its level"), _of_level(basis, one, say)
    yield _("its own"), _own(basis, one, say)
    yield _("brings"), brings(one.book, say)
    yield _("risk"), risk(basis, one)
    yield _("one level up"), up(basis, one, say)
    yield _("going on"), going_on(one.parting, say)


def _of_level(basis: Basis, one: Line, say: Say) -> str:
    if basis.values is None:
        return ""
    parts = [
        _("{years:.1f} years as {level} at {reward}").format(
            years=Figure(part.periods), level=level(part.state), reward=say(part.reward)
        )
        for part in basis.values.worth(one.worth.state).parts
        if part.state != LOST and part.periods >= _LASTS
    ]
    said = "" if one.is_said else _(", as entered: nobody has judged it")
    return f"{say(one.worth.of_state)}{said}: {', '.join(parts)}"


def _own(basis: Basis, one: Line, say: Say) -> str:
    stay = basis.stays[one.worth.state]
    if one.worth.reward is None:
        return _("its margin is not known, so that it is taken for one like others of its level")
    above = one.worth.reward - stay.reward.value
    return _(
        "{own}: {reward} a year, {above} beside its level, for {years:.1f} years that it is expected to stay"
    ).format(
        own=say(one.worth.own), reward=say(one.worth.reward), above=_signed(above, say), years=Figure(stay.periods)
    )


def _signed(amount: float, say: Say) -> str:
    return f"+{say(amount)}" if amount > 0 else say(amount)


def brings(book: Book, say: Say) -> str:
    """What an account brought and cost."""
    if book.margin is None:
        told = _("margin not known") if book.has_bought else _("never bought anything")
    else:
        told = _("margin {margin} in {years:.1f} years").format(margin=say(book.margin), years=Figure(book.years))
    served = (
        _("contacts {cost} and {hours:g} h in {years:.1f} years").format(
            cost=say(book.cost), hours=Figure(book.hours), years=Figure(book.touched)
        )
        if book.contacts
        else _("no contact written down")
    )
    missing = [
        ngettext("{count} sale without a margin", "{count} sales without a margin", book.unpriced)
        if book.unpriced
        else "",
        ngettext("{count} in another currency", "{count} in other currencies", book.elsewhere)
        if book.elsewhere
        else "",
        ngettext("{count} contact without a cost", "{count} contacts without a cost", book.uncosted)
        if book.uncosted
        else "",
    ]
    return "; ".join(part for part in (told, served, *missing) if part)


def risk(basis: Basis, one: Line) -> str:
    """How sure it is that an account is lost."""
    found = basis.risks[one.worth.state]
    told = _("lost within a year {year}, within {years} years {value} ({band})").format(
        year=share(found.each[0]), years=HORIZON, value=share(found.value), band=shares(found.low, found.high)
    )
    count = round(found.counted)
    return f"{told}; " + ngettext("{count} year of its level counted", "{count} years of its level counted", count)


def up(basis: Basis, one: Line, say: Say) -> str:
    """What one level more would be worth."""
    found = basis.ups.get(one.worth.state)
    if found is None:
        is_top = one.level is tuple(Level)[-1]
        return _("it is at the top") if is_top else _("unknown: of no account there the margin is known")
    if found.value < 0:
        return _("{value} less ({band} less): those there are worth less").format(
            value=say(-found.value), band=band(-found.high, -found.low, say)
        )
    return _("{value} more ({band}), as those there are worth; what leads there is not taken off").format(
        value=say(found.value), band=band(found.low, found.high, say)
    )


def by_hand(word: Word) -> str:
    """A word that somebody set, where the program works out its own."""
    return _("✎ by hand: {said}").format(said=_(word.label))


def hint(found: Parting) -> str:
    """`leave`, `perhaps leave`, or '' where going on is worth something."""
    if not found.is_to_leave:
        return ""
    return _("leave") if found.is_sure else _("perhaps leave")


def going_on(found: Parting, say: Say) -> str:
    """Whether to go on with an account, with the reason."""
    terms = _("{reward} this year, {later} later").format(reward=say(found.reward), later=say(found.later))
    value = say(found.continuing)
    if not found.is_to_leave:
        return _("worth {value}: {terms}").format(value=value, terms=terms)
    if found.is_sure:
        return _("leave it: whatever comes later, going on is worth {value}: {terms}").format(value=value, terms=terms)
    if found.is_open:
        told = _("perhaps leave it: going on is worth {value}, its band spans 0: {terms}")
    else:
        told = _("perhaps leave it: going on is worth {value}, but nobody knows its own margin: {terms}")
    return told.format(value=value, terms=terms)
