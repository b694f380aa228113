"""What Today found: facts in words, each with its reason and the place to go to.

The rules are simple ones that say what they rest on; none of them is a score. A rule that finds many tells the first
few and how many more there are, with the filter that lists them all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.money import format_number
from crmtui.queries import allotted_words, scenarios
from crmtui.store.reading import today as rows
from crmtui.store.reading.today import Found
from crmtui.text import N_, NN_, _, line, ngettext

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.method.winrate import Model
    from crmtui.store.reading.today import Parameters

MOST: Final = 5  # rows that a question returns
SHOWN: Final = 3  # of them told one by one where there are more than `MOST`
PATIENCE: Final = {"quiet": 60, "scored": 30, "fell": 90}  # days before a rule speaks
_OPEN: Final = "-stage:won -stage:lost"


class Rule(StrEnum):
    """The rule that found something."""

    UNMAPPED = "unmapped"
    NO_STEP = "no_step"
    NO_CARD = "no_card"
    FALLEN = "fallen"
    LATE = "late"
    CONTRACT = "contract"
    SERVED = "served"
    QUIET = "quiet"
    STALE = "stale"
    UNTOUCHED = "untouched"
    UNDATED = "undated"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact.

    Attributes:
        rule: what found it.
        title: what to do, or what it is about, in the user's language.
        where: the account or opportunity that it belongs to; '' when the title says it.
        why: the reason, in one line.
        table: whose page to open; '' where `noun` tells which list.
        key: the record's key there.
        noun: the list that shows all of them, as `queries.lists.NOUNS` names it; '' for a single one.
        words: the filter of that list.
        account_id: the account that a contact about it belongs to; so also opportunity_id.
    """

    rule: Rule
    title: str
    why: str
    where: str = ""
    table: str = ""
    key: int = 0
    noun: str = ""
    words: str = ""
    account_id: int | None = None
    opportunity_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Many:
    """How a rule speaks of many at once: their name with a {number}, the reason, and the list with its filter."""

    rule: Rule
    names: tuple[str, str]
    why: str
    noun: str = ""
    words: str = ""


_DEALS: Final = NN_("{number} open opportunity", "{number} open opportunities")
_ACCOUNTS: Final = NN_("{number} account", "{number} accounts")
_CONTRACTS: Final = NN_("{number} contract", "{number} contracts")

_UNMAPPED: Final = _Many(
    Rule.UNMAPPED, _ACCOUNTS, N_("open business, and nobody on the map"), "accounts", "open>0 met:none"
)
_NO_STEP: Final = _Many(
    Rule.NO_STEP, _DEALS, N_("no next step, nothing planned"), "opportunities", f"next:none {_OPEN}"
)
_NO_CARD: Final = _Many(Rule.NO_CARD, _DEALS, N_("no scorecard yet"), "opportunities", f"score:none {_OPEN}")
_LATE: Final = _Many(Rule.LATE, _DEALS, N_("past the expected close"), "opportunities", f"close<today {_OPEN}")
_CONTRACT: Final = _Many(Rule.CONTRACT, _CONTRACTS, N_("end within three months"))
_SERVED: Final = _Many(Rule.SERVED, _ACCOUNTS, N_("get too little or too much of the accepted plan"))
_QUIET: Final = _Many(Rule.QUIET, _ACCOUNTS, N_("no contact for two months"), "accounts", "last>60d last:any")
_STALE: Final = _Many(Rule.STALE, _DEALS, N_("not scored for a month"))
_UNTOUCHED: Final = _Many(Rule.UNTOUCHED, _ACCOUNTS, N_("no contact logged yet"), "accounts", "last:none open>0")
_UNDATED: Final = _Many(Rule.UNDATED, _DEALS, N_("no expected close date"), "opportunities", f"close:none {_OPEN}")

Row = tuple[Any, ...]


def chores(connection: sqlite3.Connection, asked: Parameters, told: Mapping[Rule, int]) -> tuple[Finding, ...]:
    """What is not written down where there is open business, a line each; without as many as are `told` already."""
    return (
        *_together(rows.unmapped(connection, asked), _UNMAPPED, told),
        *_together(rows.without_step(connection, asked), _NO_STEP, told),
        *_together(rows.without_card(connection, asked), _NO_CARD, told),
    )


def silent(models: Mapping[str, Model]) -> Iterator[Finding]:
    """That the cards of a template have told nothing so far, so that nothing done for them shows in P(win)."""
    for template, model in models.items():
        why = _("{won} of {count} won, whatever the grades").format(
            won=format_number(model.won), count=format_number(model.count)
        )
        yield Finding(
            rule=Rule.SILENT,
            title=_("scorecards have told nothing so far"),
            where=line(template),
            why=why,
            noun="opportunities",
            words="score:any -stage:prospecting -stage:engaging -stage:proposing -stage:negotiating",
        )


def watch(connection: sqlite3.Connection, asked: Parameters, day: dt.date, undated: int) -> tuple[Finding, ...]:
    """What to keep an eye on: what fell, what is late, what has gone quiet or stale, where nothing is known.

    `undated` is how many open opportunities have no expected close.
    """
    untouched = rows.untouched(connection, asked)
    return (
        *(_fallen(row, day) for row in rows.fallen(connection, asked)[:MOST]),
        *_told(rows.late_closes(connection, asked), partial(_late, day), _LATE),
        *_told(rows.contracts(connection, asked), partial(_contract, day), _CONTRACT),
        *_told(_served(connection, day, asked["me"]), _off, _SERVED),
        *_told(rows.quiet(connection, asked), partial(_quiet, day), _QUIET),
        *_told(rows.stale_cards(connection, asked), partial(_stale, day), _STALE),
        *_told(_unnamed(untouched) if untouched.total > MOST else untouched, _untouched, _UNTOUCHED),
        *_told(Found(undated, []), _no_step, _UNDATED),
    )


# How many are told


def _told(found: Found, one: Callable[[Row], Finding], many: _Many) -> Iterator[Finding]:
    """All of them where they are few; else the first ones, and one that stands for the rest."""
    shown = found.rows if found.total <= MOST else found.rows[:SHOWN]
    yield from map(one, shown)
    if rest := found.total - len(shown):
        number = format_number(rest)
        title = _("and {number} more").format(number=number) if shown else ngettext(*many.names, rest, number=number)
        yield Finding(rule=many.rule, title=title, why=_(many.why), noun=many.noun, words=many.words)


def _together(found: Found, many: _Many, told: Mapping[Rule, int]) -> Iterator[Finding]:
    if rest := max(0, found.total - told.get(many.rule, 0)):
        title = ngettext(*many.names, rest, number=format_number(rest))
        yield Finding(rule=many.rule, title=title, why=_(many.why), noun=many.noun, words=many.words)


def _unnamed(found: Found) -> Found:
    return Found(found.total, [])


# Opportunities


def _no_step(row: Row) -> Finding:
    return _deal(row, Rule.NO_STEP, _("Agree the next step"), _(_NO_STEP.why))


def _late(day: dt.date, row: Row) -> Finding:
    why = _for_days(row[4], day, NN_("expected to close {count} day ago", "expected to close {count} days ago"))
    return _deal(row, Rule.LATE, "", why)


def _stale(day: dt.date, row: Row) -> Finding:
    return _deal(row, Rule.STALE, "", _for_days(row[4], day, NN_("scored {count} day ago", "scored {count} days ago")))


def _deal(row: Row, rule: Rule, title: str, why: str) -> Finding:
    """What to do with an opportunity; where nothing is said, the opportunity itself is the title."""
    key, name, account_id, account = row[:4]
    return Finding(
        rule=rule,
        title=title or line(name),
        where=line(name if title else account),
        why=why,
        table="opportunity",
        key=key,
        account_id=account_id,
        opportunity_id=key,
    )


# Accounts


def _fallen(row: Row, day: dt.date) -> Finding:
    key, name, before, level, stamp = row
    ago = _for_days(stamp, day, NN_("{count} day ago", "{count} days ago"))
    why = _("fell from {before} to {level} {ago}").format(before=_(before.label), level=_(level.label), ago=ago)
    return _account(key, name, Rule.FALLEN, why)


def _contract(day: dt.date, row: Row) -> Finding:
    """Ours is to be renewed, a competitor's is an opening."""
    key, name, offering, rival, is_ours, ends = row
    days = (dt.date.fromisoformat(ends) - day).days
    sentences = NN_("{whose} ends in {count} day: {offering}", "{whose} ends in {count} days: {offering}")
    whose = _("contract with {name}").format(name=line(rival)) if rival else _("contract")
    told = ngettext(*sentences, days, whose=_("our contract") if is_ours else whose, offering=line(offering))
    return _account(key, name, Rule.CONTRACT, told)


def _served(connection: sqlite3.Connection, day: dt.date, me: int | None) -> Found:
    off = scenarios.watched(connection, day, me)
    return Found(len(off), [(one,) for one in off[:MOST]])


def _off(row: Row) -> Finding:
    (one,) = row
    return _account(one.key, one.name, Rule.SERVED, allotted_words.watched(one))


def _quiet(day: dt.date, row: Row) -> Finding:
    key, name, last = row
    return _account(
        key, name, Rule.QUIET, _for_days(last, day, NN_("no contact for {count} day", "no contact for {count} days"))
    )


def _untouched(row: Row) -> Finding:
    return _account(row[0], row[1], Rule.UNTOUCHED, _(_UNTOUCHED.why))


def _account(key: int, name: str, rule: Rule, why: str, title: str = "") -> Finding:
    return Finding(
        rule=rule,
        title=title or line(name),
        where=line(name) if title else "",
        why=why,
        table="account",
        key=key,
        account_id=key,
    )


def _for_days(kept: str, day: dt.date, sentences: tuple[str, str]) -> str:
    """A sentence with the days since then."""
    return ngettext(*sentences, (day - dt.date.fromisoformat(kept)).days)
