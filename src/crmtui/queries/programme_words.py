"""A programme for priority customers in words: who is in, what it costs, and whether they stayed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.queries.equity_words import share
from crmtui.queries.programmes import NAMED
from crmtui.text import NP_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.method.proportions import Difference, Proportion
    from crmtui.queries.equity_words import Say, Term
    from crmtui.queries.programmes import ProgrammePage


def kept(found: Proportion) -> str:
    """`5 of 6, 83 %`."""
    if found.value is None:
        return _("nobody")
    return _("{count} of {of}, {share}").format(count=found.count, of=found.of, share=share(found.value))


def apart(found: Difference) -> str:
    """A difference of shares with its interval, and whether it says anything."""
    if found.value is None:
        return _("not to be compared")
    value, low, high = (round(one * 100) for one in (found.value, found.low, found.high))
    told = _("{value:+d} points ({low:+d} to {high:+d})").format(value=value, low=low, high=high)
    return told if found.says_something else _("{told}: may be chance").format(told=told)


def stayed(page: ProgrammePage) -> str:
    """Who stayed, in a line."""
    found = page.figures
    return _("stayed {members}; others {others}").format(members=kept(found.stayed), others=kept(found.others))


def programme(page: ProgrammePage, say: Say) -> Iterator[Term]:
    """Who is in a programme, what they get, what it costs, and whether they stayed."""
    found, record = page.figures, page.programme
    yield _("members"), _named([line(one.account) for one in page.members]) or _("nobody yet: p puts accounts in")
    if page.left:
        yield (
            _(NP_("programme", "left")),
            _named(
                [
                    f"{line(one.account)} {dated(dt.date.fromisoformat(one.left_on)) if one.left_on else ''}"
                    for one in page.left
                ]
            ),
        )
    if record.benefits.strip():
        yield _("they get"), line(record.benefits)
    yield _("cost"), _programme_cost(page, say)
    yield _("since"), _since(page)
    yield _("stayed"), _compared(page, found.stayed, is_member=True)
    yield _("others"), _compared(page, found.others, is_member=False)
    yield _("difference"), apart(found.difference)
    yield _("same level"), apart(found.alike)
    yield _("says"), _("members were chosen because they are good customers: it is a comparison, no experiment")


def _since(page: ProgrammePage) -> str:
    """From when to when members and others are compared, and what that leaves out."""
    told = _("{day}, until today").format(day=dated(page.since))
    if page.first >= page.since:
        return told
    before = _("only the last year is compared, and who was a customer when it began; the first joined {day}")
    return f"{told}; {before.format(day=dated(page.first))}"


def _compared(page: ProgrammePage, found: Proportion, *, is_member: bool) -> str:
    """How many of one side stayed, by name; who had left the programme before is among the others, and marked."""
    was_in = {one.account: one for one in page.left} if not is_member else {}
    parts = [kept(found)]
    for stayed, sentence in ((True, _("stayed: {names}")), (False, _("lost: {names}")), (None, _("unknown: {names}"))):
        group = page.group(is_member=is_member, stayed=stayed)
        if group.count:
            names = [f"{line(name)} ({_('was in it')})" if name in was_in else line(name) for name in group.names]
            parts.append(sentence.format(names=_named(names, group.count)))
    return "; ".join(parts)


def _named(names: Sequence[str], count: int | None = None) -> str:
    more = (len(names) if count is None else count) - NAMED
    told = ", ".join(names[:NAMED])
    return told if more <= 0 else ngettext("{names} and {count} more", "{names} and {count} more", more, names=told)


def _programme_cost(page: ProgrammePage, say: Say) -> str:
    found = page.figures
    if page.is_elsewhere:
        return _("in another currency, and not counted")
    if page.programme.yearly_cost is None:
        return _("nobody has said it")
    return _("{each} a year each; {whole} for those compared").format(
        each=say(page.programme.yearly_cost), whole=say(found.cost)
    )
