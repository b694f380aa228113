"""A cell of the white space in words: who supplies it, what is known of it, and why it could be needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.domain.money import format_amount, format_number
from crmtui.domain.words import Basis, Segment, Supply
from crmtui.figures import Figure
from crmtui.method.likeness import Size
from crmtui.method.suggestions import CHANCE, Kind
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.domain.whitespace import WhiteSpace
    from crmtui.method.likeness import Likeness
    from crmtui.method.suggestions import Evidence, Patterns, Suggestion
    from crmtui.queries.whitespace import Said, White, Whole

    Term = tuple[str, str]

_SIZES: Final = {
    Size.MICRO: N_("less than 10 employees"),
    Size.SMALL: N_("10 to 49 employees"),
    Size.MEDIUM: N_("50 to 249 employees"),
    Size.LARGE: N_("250 employees or more"),
}
_SEGMENTS: Final = {one.value: one for one in Segment}
LAST: Final = 3  # products that were bought last, before the others are counted
_CERTAIN: Final = 0.001  # a chance below which it is told as less than


def supplier(said: Said | None) -> str:
    """Who supplies it: `us`, `Rivalco`, `the customer itself`."""
    if said is None:
        return _(Supply.UNKNOWN.label)
    if said.cell.state is Supply.COMPETITOR and said.competitor:
        return line(said.competitor)
    return _(said.cell.state.label)


def terms(said: Said | None, today: dt.date) -> Iterator[Term]:
    """What is known of a cell, and where it comes from."""
    yield _("supplied by"), _supplied(said)
    if said is None:
        return
    if said.cell.ends_on is not None:
        yield _("contract ends"), f"{dated(said.cell.ends_on)} ({days(said.cell.ends_on, today)})"
    if said.record is not None:
        potential = said.cell.potential
        yield (
            _("potential a year"),
            _("nobody knows") if potential is None else format_amount(potential, said.currency),
        )
    yield from _sources(said)


def _supplied(said: Said | None) -> str:
    if said is None:
        return _("nobody has looked yet")
    told = supplier(said)
    if said.cell.state is Supply.COMPETITOR and not said.competitor:
        return _("{state}; nobody has said which").format(state=told)
    return _("{state}, by what was ordered").format(state=told) if said.is_by_orders else told


def _sources(said: Said) -> Iterator[Term]:
    if said.record is not None:
        yield _("judged"), judged(said.record)
    if (ordered := said.ordered) is not None:
        count = ngettext("{count} order", "{count} orders", ordered.orders)
        yield _("ordered"), _("{count}, the last on {day}").format(count=count, day=dated(ordered.last))
    if said.is_doubtful:
        yield _("but"), _("it was ordered after this was said: is it still so?")


def judged(record: WhiteSpace) -> str:
    """How sure somebody is of what they said, when that was, and from where they know."""
    parts = [_(record.basis.label)]
    parts += [dated(record.judged_on)] if record.judged_on else []
    parts += [line(record.source)] if record.source else []
    return ", ".join(parts)


def days(day: dt.date, today: dt.date) -> str:
    """`in 41 days`, or how long ago."""
    count = (day - today).days
    if count >= 0:
        return ngettext("in {count} day", "in {count} days", count)
    return ngettext("{count} day ago", "{count} days ago", -count)


# Suggestions


def evidence(found: Evidence, offerings: Mapping[int, str]) -> str:
    """`7 of 12 other accounts of packaging buy it: 58 % (40…75 %), 2.3 times the share of all`."""
    share = found.confidence
    given = {
        "count": share.count,
        "of": share.of,
        "share": f"{(share.value or 0) * 100:.0f} %",
        "band": _("({low:.0f}…{high:.0f} %)").format(low=share.low * 100, high=share.high * 100),
        "lift": f"{Figure(found.lift):.1f}",
        "all": f"{found.share * 100:.0f} %",
    }
    if found.kind is Kind.PEERS:
        told = _(
            "{count} of {of} other accounts ({like}) buy it: {share} {band}, {lift} times the {all} of all accounts"
        ).format(like=like(found.like), **given)
    else:
        told = _(
            "{count} of {of} other accounts that buy {given} buy it too: {share} {band}, {lift} times the {all} of all "
            "accounts"
        ).format(given=line(offerings.get(found.given or 0, "?")), **given)
    if found.elsewhere:
        told += "; " + ngettext("{count} more has it from others", "{count} more have it from others", found.elsewhere)
    return f"{told}; {_chance(found.chance)}"


def _chance(chance: float) -> str:
    if chance < _CERTAIN:
        return _("by chance less than once in a thousand")
    return _("by chance {percent:.1f} % of the time").format(percent=Figure(chance * 100))


def like(found: Likeness) -> str:
    """What accounts agree in."""
    return ", ".join(_trait(trait, value) for trait, value in found)


def _trait(trait: str, value: str) -> str:
    if trait == "size":
        return _(_SIZES[Size(value)])
    if trait == "segment" and value in _SEGMENTS:
        return _("segment set by hand: {name}").format(name=_(_SEGMENTS[value].label))
    return line(value)


def suggested(found: Suggestion, offerings: Mapping[int, str]) -> Iterator[Term]:
    """Why an account could need an offering, the surest evidence first."""
    for one in found.evidence:
        yield _("could need it"), evidence(one, offerings)
    if found.expected is not None and found.cell is not None:
        yield _("expected"), _("the share times the potential")


def rule(patterns: Patterns) -> str:
    """What the suggestions of a workspace rest on."""
    if not patterns.looked_at:
        return _("No share could be looked at yet: that takes orders of one offering by several accounts.")
    return ngettext(
        "{count} share among {accounts} accounts was looked at; of those that are shown about {chance:.0f} % at most "
        "are chance (Benjamini & Hochberg 1995).",
        "{count} shares among {accounts} accounts were looked at; of those that are shown about {chance:.0f} % at most "
        "are chance (Benjamini & Hochberg 1995).",
        patterns.looked_at,
        accounts=patterns.accounts,
        chance=CHANCE * 100,
    )


# All of it


def bought(white: White) -> str:
    """The last products bought, each with its day; '' where nothing was."""
    told = [f"{line(one.name)} ({dated(ordered.last)})" for one, ordered in white.bought]
    more = len(told) - LAST
    named = ", ".join(told[:LAST])
    return ngettext("{names} and {count} more", "{names} and {count} more", more, names=named) if more > 0 else named


def brief(whole: Whole, say: Callable[[int, str], str] = format_amount) -> str:
    """`62 % of what is needed is ours; 48 % known; 40,000.00 EUR a year could still become ours; us 12, …`."""
    space = whole.space
    parts = []
    if space.penetration is not None:
        parts.append(_("{share:.0f} % of what is needed is ours").format(share=space.penetration * 100))
    if space.completeness is not None:
        parts.append(_("{share:.0f} % known").format(share=space.completeness * 100))
    if whole.potentials:
        amounts = " + ".join(say(minor, currency) for minor, currency in whole.potentials)
        parts.append(_("{amount} a year could still become ours").format(amount=amounts))
    if space.unpriced:
        parts.append(ngettext("{count} without a potential", "{count} without a potential", space.unpriced))
    counts = [f"{_(state.label)} {format_number(space.counts[state])}" for state in Supply if space.counts[state]]
    return "; ".join([*parts, *([", ".join(counts)] if counts else [])])


def basis(said: Said | None) -> str:
    """`assumed` where nobody has confirmed it; '' else."""
    is_assumed = said is not None and said.record is not None and said.record.basis is Basis.ASSUMED
    return _(Basis.ASSUMED.label) if is_assumed and said is not None and not said.is_by_orders else ""
