"""How accounts move on the ladder and whether its levels bring more, in words: what all values rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.figures import Figure
from crmtui.method.margins import Silence as NoLink
from crmtui.queries.equity_words import level, share
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.equity_words import Say, Term

NO_LINKS: Final = {
    NoLink.FEW: N_("too few accounts with a known margin"),
    NoLink.ONE_LEVEL: N_("all that buy are at one level"),
    NoLink.ALL_ALIKE: N_("all bring the same"),
}
_SHOWN: Final = 0.005  # the least share that is not told as 0 %

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
