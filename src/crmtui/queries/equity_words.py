"""What customers are worth in words: the terms behind each figure, and why there is none.

Amounts are written by whoever asks: short on screen, in full on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.money import exponent, format_number
from crmtui.domain.words import Level
from crmtui.figures import Figure
from crmtui.method.transitions import LOST
from crmtui.queries.equity_basis import HORIZON, Silence
from crmtui.text import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.domain.fields import Word
    from crmtui.method.books import Book
    from crmtui.method.defection import Risk
    from crmtui.method.stopping import Parting
    from crmtui.method.values import Part
    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.equity_basis import Basis

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
_LASTS: Final = 0.05  # the fewest years that are not told as 0
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


def valued(value: float, low: float, high: float, say: Say) -> str:
    """`210 k€ (180 k€ to 250 k€)`; without a band where both of its ends read the same."""
    return f"{say(value)} ({band(low, high, say)})" if is_open(low, high, say) else say(value)


def is_open(low: float, high: float, say: Say) -> bool:
    """Whether a band has two ends as they are written."""
    return say(low) != say(high)


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


def idle(basis: Basis) -> str:
    """That the figures are of margins of nothing; '' where something was sold, and where there is no figure."""
    if not basis.is_idle:
        return ""
    return _(
        "nothing was sold in the last three years, the years by which it is told what customers bring: the figure is "
        "one of margins of nothing"
    )


def total(page: EquityPage, say: Say) -> Iterator[Term]:
    """What customer equity is made of."""
    basis, found = page.basis, page.equity
    if found is None:
        yield _("no figure"), silence(basis)
        return
    yield _("customer equity"), valued(found.value, found.low, found.high, say)
    if why := idle(basis):
        yield _("because"), why
    for one in found.levels:
        if one.count:
            told = ngettext("{count} account, {whole}", "{count} accounts, {whole}", one.count, whole=say(one.value))
            each = (
                _("one of the level {each}; margin known of {known}").format(
                    each=say(one.each), known=f"{Figure(round(one.known, 1)):g}"
                )
                if one.known
                else _("what they bring is not known, taken from the nearest level where it is")
            )
            yield level(one.state), f"{told}; {each}"
    yield _("known"), _("the margin of {share} of the accounts").format(share=share(found.completeness or 0.0))
    yield (
        _("discount"),
        _("{rate:g} % a year; the first year counts in full").format(rate=Figure(round(basis.rate * 100, 2))),
    )
    if is_open(found.low, found.high, say):
        yield _("band"), _("eight times in ten, by what counts of transitions and margins leave open")
    yield from left_out(basis)


def left_out(basis: Basis) -> Iterator[Term]:
    """What the figures could not take."""
    found, currency = basis.left_out, basis.rates.currency
    if found.elsewhere:
        yield (
            _(NP_("figures", "left out")),
            ngettext(
                "{count} sale or contact in another currency than {currency}, of {accounts} of the accounts",
                "{count} sales and contacts in other currencies than {currency}, of {accounts} of the accounts",
                found.elsewhere,
                currency=currency,
                accounts=found.abroad,
            ),
        )
    if found.unpriced:
        yield (
            _(NP_("figures", "left out")),
            ngettext("{count} sale without a margin", "{count} sales without a margin", found.unpriced),
        )
    if found.undated:
        yield (
            _(NP_("figures", "left out")),
            ngettext(
                "{count} opportunity won nobody knows when",
                "{count} opportunities won nobody knows when",
                found.undated,
            ),
        )


# One account


def account(basis: Basis, one: Line, lost: str, say: Say) -> Iterator[Term]:
    """What the value of an account is made of; `lost` is what is told of the risk to lose it."""
    worth = one.worth
    yield _("value"), valued(worth.value, worth.low, worth.high, say)
    if why := idle(basis):
        yield _("because"), why
    yield _("its level"), _of_level(basis, one, say)
    yield _("its own"), _own(basis, one, say)
    yield _("brings"), brings(one.book, say)
    yield _("risk"), lost
    yield _("one level up"), up(basis, one, say)
    yield _("going on"), going_on(one.parting, say)


def _of_level(basis: Basis, one: Line, say: Say) -> str:
    if basis.values is None:
        return ""
    rewards = dict(zip(basis.values.chain.states, basis.values.rewards, strict=True))
    parts = [
        _brings(basis, part, say, is_known=not rewards[part.state].is_assumed)
        for part in basis.values.worth(one.worth.state).parts
        if part.state != LOST and part.periods >= _LASTS
    ]
    said = "" if one.is_said else _(", as entered: nobody has judged it")
    return f"{say(one.worth.of_state)}{said}: {', '.join(parts)}"


def _brings(basis: Basis, part: Part, say: Say, *, is_known: bool) -> str:
    """How long an account is expected to be of a level, and what that brings where it is known of anybody."""
    if is_known:
        told = _("{years:.1f} years as {level} at {reward}")
    elif basis.is_idle:
        told = _("{years:.1f} years as {level}, unknown what that brings")
    else:
        told = _("{years:.1f} years as {level}, unknown what that brings, taken as {reward}")
    return told.format(years=Figure(part.periods), level=level(part.state), reward=say(part.reward))


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


def risk(found: Risk) -> str:
    """How sure it is that an account of a level is lost."""
    count = round(found.counted)
    counted = ngettext("{count} year of its level counted", "{count} years of its level counted", count)
    return f"{lost_within(found)}; {counted}"


def lost_within(found: Risk) -> str:
    """The risk of a year, and that of all years for which it is told."""
    return _("lost within a year {year}, within {years} years {value} ({band})").format(
        year=share(found.each[0]), years=HORIZON, value=share(found.value), band=shares(found.low, found.high)
    )


def up(basis: Basis, one: Line, say: Say) -> str:
    """What one level more would be worth."""
    found = basis.ups.get(one.worth.state)
    if found is None:
        if one.level is tuple(Level)[-1]:
            return _("it is at the top")
        return (
            _("unknown: nothing was sold in the last three years")
            if basis.is_idle
            else _("unknown: of no account there the margin is known")
        )
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
