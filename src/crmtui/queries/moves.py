"""The best next moves across the workspace, in words: what, where, what an hour of it is worth, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.money import exponent, format_number
from crmtui.domain.workspace import Actor, Workspace
from crmtui.method.move import KNOWING, Kind, Why
from crmtui.method.moves import PER_ACCOUNT, WIN_MARK, rank
from crmtui.queries import findings, move_words as words, relationship_words
from crmtui.queries.findings import Finding, Rule
from crmtui.queries.move_field import CRITERION, field
from crmtui.store.reading import moves as rows, records
from crmtui.store.reading.connections import reading
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.method.move import Move, Term
    from crmtui.queries.move_field import Sight

__all__ = ["Finding", "Kind", "Moves", "NextMove", "found"]

MOST_TERMS: Final = 6  # told of one move


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMove:
    """A move.

    Attributes:
        kind: what is to be done.
        title: the same in words.
        facts: what is known of whom or what it is about; '' for nothing worth telling.
        account: whose; '' where it is nobody's.
        opportunity: the one that it is about; '' where it is about the account or a person.
        change: what it does to which figure, short.
        gain: what it adds to the expected value, less its cost, in minor units; None where nothing says what is at
            stake.
        rate: the gain an hour, in minor units; None likewise.
        currency: the workspace's, of both.
        is_assumed: whether what is at stake was concluded, not written down.
        hours: that it takes.
        reasons: the terms of the gain, a sentence each, and what was assumed.
        table: whose page to open, with the key there, and the place in it.
        account_id: what a contact or an action about it belongs to; so also opportunity_id, person_id, channel_id.
        plan_id: the communication plan that runs there; None for none.
        mark: what an action for it works on, as actions keep it; '' where it is a contact.
    """

    kind: Kind
    title: str
    account: str
    opportunity: str
    change: str
    gain: int | None
    rate: int | None
    currency: str
    is_assumed: bool
    hours: float
    reasons: tuple[str, ...]
    facts: str = ""
    table: str = ""
    key: int = 0
    at: str = ""
    account_id: int | None = None
    opportunity_id: int | None = None
    person_id: int | None = None
    channel_id: int | None = None
    plan_id: int | None = None
    mark: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What stays the same while its figures change."""
        return ("move", self.kind, self.account_id, self.opportunity_id, self.person_id, self.at)

    @property
    def where(self) -> str:
        """`Aurora / Line 4`."""
        return " / ".join(name for name in (self.account, self.opportunity) if name)


@dataclass(frozen=True, slots=True)
class Moves:
    """What would help most.

    Attributes:
        best: the moves, the best first.
        total: how many there are that gain something.
        left_out: how many accounts were left out of it, for nothing is to be invested there.
        chores: what is not written down, and would show more moves.
    """

    best: tuple[NextMove, ...] = ()
    total: int = 0
    left_out: int = 0
    chores: tuple[Finding, ...] = ()


def found(path: Path, day: dt.date, *, mine: bool = True, per_account: int = PER_ACCOUNT) -> Moves:
    """The best next moves of a day, at most so many of an account.

    `mine` narrows them to what is the user's or nobody's, where the workspace knows the user.
    """
    with reading(path) as connection:
        settings = records.get(connection, Workspace, 1)
        me = next(records.where(connection, Actor, "is_me = 1"), None)
        asked: dict[str, Any] = {"me": me.id if me and mine else None, "today": day.isoformat(), "limit": findings.MOST}
        sight = field(connection, asked, settings.base_currency, day)
        ranking = rank(sight.field, per_account=per_account)
        teller = _Teller(connection, sight, ranking.moves, settings, day)
        shown = Counter(move.kind for move in ranking.moves)
        told = {Rule.NO_CARD: shown[Kind.SCORE], Rule.UNMAPPED: shown[Kind.MAP]}
        return Moves(
            best=tuple(map(teller.told, ranking.moves)),
            total=ranking.total,
            left_out=ranking.left_out,
            chores=findings.chores(connection, asked, told),
        )


class _Teller:
    """Tells the chosen moves: their names are read at once."""

    def __init__(
        self, connection: sqlite3.Connection, sight: Sight, moves: tuple[Move, ...], settings: Workspace, day: dt.date
    ) -> None:
        self._sight, self._currency, self._hour = sight, settings.base_currency, settings.hour_cost
        deals = {term.deal for move in moves for term in move.terms} | {move.deal for move in moves if move.deal}
        self._deals = rows.names(connection, "opportunity", "name", [key for key in deals if key > 0])
        self._accounts = rows.names(connection, "account", "name", [move.account for move in moves if move.account])
        people = [move.person for move in moves if move.person]
        self._people = rows.names(connection, "person", "name", people)
        self._channels = {one.key: one for one in rows.channels(connection)}
        self._labels = rows.criterion_labels(connection, [key for key in deals if key > 0])
        self._seats = {(one.person_id, one.map_id): one for one in rows.seats(connection, people)}
        self._maps = {deal.key: deal.map for deal in sight.field.deals}
        self._plans = rows.running_plans(connection, day.isoformat())

    def told(self, move: Move) -> NextMove:
        """A move in words."""
        about = _ABOUT[move.kind](self, move)
        return NextMove(
            kind=move.kind,
            title=about.title,
            facts=about.facts,
            account=line(self._accounts.get(move.account or 0, "")),
            opportunity=line(self._deals.get(move.deal or (0 if move.account else _only(move) or 0), "")),
            change=about.change,
            gain=self._minor(move.gain),
            rate=self._minor(move.rate),
            currency=self._currency,
            is_assumed=move.is_assumed,
            hours=move.hours,
            reasons=tuple(self._reasons(move)),
            table=about.table,
            key=about.key,
            at=about.at,
            account_id=move.account,
            opportunity_id=_only(move),
            person_id=move.person,
            channel_id=move.channel,
            plan_id=plan.key if (plan := self._plan(move)) else None,
            mark=about.mark,
        )

    def _minor(self, units: float | None) -> int | None:
        return None if units is None else round(units * 10 ** exponent(self._currency))

    def _plan(self, move: Move) -> rows.Running | None:
        """The communication plan that runs for the account, or for an opportunity that the contact touches."""
        deals = {term.deal for term in move.terms} if move.kind is Kind.CONTACT else set()
        return next(
            (
                one
                for one in self._plans
                if one.opportunity_id in deals or (deals and one.account_id and one.account_id == move.account)
            ),
            None,
        )

    # What each kind says

    def contact(self, move: Move) -> _About:
        """Somebody to speak to."""
        seat = self._seats[move.person or 0, self._maps[move.terms[0].deal] or 0]
        covered = words.greatest(move, Why.COVERAGE)
        known = seat.attitude is not None
        change = _("coverage {points}").format(points=words.signed(covered)) if covered else _("attitude known")
        if not known and covered:
            change = _("coverage {points}, attitude").format(points=words.signed(covered))
        channel = line(self._channels[move.channel].name) if move.channel in self._channels else ""
        facts = [words.role(seat.roles), "" if known else _("attitude unknown"), channel.lower()]
        return _About(
            _("Speak to {person}").format(person=line(self._people.get(move.person or 0, "?"))),
            ", ".join(fact for fact in facts if fact),
            change,
            "dmu_map",
            seat.map_id,
            f"{move.person or ''}",
        )

    def win(self, move: Move) -> _About:
        """Somebody who has nothing to win yet, or not enough."""
        seat = self._seats[move.person or 0, self._maps[move.terms[0].deal] or 0]
        facts = [words.role(seat.roles), _("no win yet") if not seat.has_win else _("the win does not convince")]
        return _About(
            _("Find a personal win: {person}").format(person=line(self._people.get(move.person or 0, "?"))),
            ", ".join(fact for fact in facts if fact),
            _("wins {points}").format(points=words.signed(words.greatest(move, Why.WIN))),
            "dmu_map",
            seat.map_id,
            f"{move.person or ''}",
            f"{WIN_MARK}{move.person}",
        )

    def criterion(self, move: Move) -> _About:
        """A criterion to raise, or to find out."""
        label = line(self._labels.get((move.deal or 0, move.code), move.code))
        (term,) = move.terms
        if move.kind is Kind.RAISE:
            title, change = _("Raise: {criterion}"), words.percents(term)
        else:
            title, change = _("Find out: {criterion}"), _("P {width}").format(width=words.width(term.amount / KNOWING))
        mark = f"{CRITERION}{move.code}"
        return _About(title.format(criterion=label), "", change, "opportunity", move.deal or 0, move.code, mark)

    def card(self, move: Move) -> _About:
        """An opportunity to score for the first time."""
        (term,) = move.terms
        change = _("P {width}").format(width=words.width(term.amount / KNOWING))
        return _About(_("Score it"), "", change, "opportunity", move.deal or 0, mark=f"{CRITERION}*")

    def map(self, move: Move) -> _About:
        """A map to draw."""
        count = len(move.terms)
        facts = ngettext("{count} open, nobody on the map", "{count} open, nobody on the map", count)
        return _About(_("Draw who decides"), facts, _("favour known"), "account", move.account or 0, "map", "map")

    def gate(self, move: Move) -> _About:
        """A gate to meet."""
        standing = self._sight.standings[move.account or 0]
        gate = next(one for one in standing.ladder.gates if one.name.value == move.code)
        change = _("towards {level}").format(level=_(gate.level.label))
        return _About(
            relationship_words.action(gate), "", change, "account", move.account or 0, "relationship", move.code
        )

    # Why

    def _reasons(self, move: Move) -> Iterator[str]:
        if move.gain is not None and move.rate is not None:
            yield _("Worth {gain} in {hours} h: {rate} an hour.").format(
                gain=self._amount(move.gain), hours=f"{move.hours:g}", rate=self._amount(move.rate)
            )
        else:
            yield _("Nothing says what is at stake: write down the margin or the value, and it gets its place.")
        for term in move.terms[:MOST_TERMS]:
            yield f"{self._deal(term)}: {self._term(term)}"
        if (more := len(move.terms) - MOST_TERMS) > 0:
            yield ngettext("and {count} more like it", "and {count} more like it", more)
        if plan := self._plan(move):
            yield _("It fits into the plan that runs there: {objective}.").format(objective=line(plan.objective))
        if move.cost:
            yield _("less {cost} that it costs").format(cost=self._amount(move.cost))
        yield from self._assumed(move)

    def _deal(self, term: Term) -> str:
        return line(self._deals.get(term.deal, "")) if term.deal > 0 else _("the next opportunity there")

    def _term(self, term: Term) -> str:
        points = term.points * words.POINT
        what = _(words.TERMS[term.why]).format(amount=words.figure(term), points=f"{points:.1f}")
        if term.stake is None:
            return what
        return _("{what}; of {stake} that is {money}").format(
            what=what, stake=self._amount(term.stake), money=self._amount(term.money)
        )

    def _assumed(self, move: Move) -> Iterator[str]:
        if move.rate is not None and move.rate < self._hour:
            yield _("It brings less than an hour of ours costs, {cost}.").format(cost=self._amount(self._hour))
        if move.kind is not Kind.CONTACT:
            yield _("The hours are a judgement: {hours} for a move of this kind.").format(hours=f"{move.hours:g}")
        if any(term.deal < 0 and term.stake is not None for term in move.terms):
            yield _("Nothing is open there: it counts half of what was won there on average.")
        elif move.is_assumed:
            yield _(
                "Where no margin in {currency} is written down it was concluded: from the value or the list price, by "
                "what is usual here."
            ).format(currency=self._currency)
        if any(term.why in words.FOUND_OUT for term in move.terms):
            yield _("Finding out counts an eighth of the width it takes from a band: that is the most it can be worth.")

    def _amount(self, units: float) -> str:
        return f"{format_number(round(units))} {self._currency}"


def _only(move: Move) -> int | None:
    """The one opportunity that a move touches; None where there are several, or the one that is still to come."""
    deals = {term.deal for term in move.terms}
    return next(iter(deals)) if len(deals) == 1 and min(deals) > 0 and move.kind not in _OF_ACCOUNT else None


class _About(NamedTuple):
    """What is particular about a move; see `NextMove`."""

    title: str
    facts: str
    change: str
    table: str
    key: int
    at: str = ""
    mark: str = ""


_OF_ACCOUNT: Final = frozenset({Kind.MAP, Kind.GATE})  # about the account, also where it has one opportunity
_ABOUT: Final = {
    Kind.CONTACT: _Teller.contact,
    Kind.WIN: _Teller.win,
    Kind.RAISE: _Teller.criterion,
    Kind.ASK: _Teller.criterion,
    Kind.SCORE: _Teller.card,
    Kind.MAP: _Teller.map,
    Kind.GATE: _Teller.gate,
}
