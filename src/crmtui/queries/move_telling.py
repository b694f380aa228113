"""A next move in words: what, where, what it does to which figure, where it leads, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.money import exponent, format_number
from crmtui.figures import Figure
from crmtui.method.dmu_findings import Fact
from crmtui.method.move import Kind, Why
from crmtui.method.move_business import MAP_MARK, mark_of
from crmtui.method.move_gains import KNOWING, STEP_CONTACTS
from crmtui.method.move_people import NEARER_MARK, WIN_MARK
from crmtui.queries import move_words as words, relationship_words
from crmtui.queries.coverage_words import points
from crmtui.queries.move_field import CRITERION
from crmtui.queries.next_move import NextMove
from crmtui.store.reading import contacts, moves as rows
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from crmtui.domain.workspace import Workspace
    from crmtui.method.move import Move, Term
    from crmtui.queries.move_field import Sight

MOST_TERMS: Final = 6  # told of one move
MOST_NAMED: Final = 3  # people in a title


class Teller:
    """Tells the chosen moves: their names are read at once."""

    def __init__(
        self, connection: sqlite3.Connection, sight: Sight, moves: tuple[Move, ...], settings: Workspace
    ) -> None:
        self._sight, self._currency, self._hour = sight, settings.base_currency, settings.hour_cost
        deals = {term.deal for move in moves for term in move.terms} | {move.deal for move in moves if move.deal}
        self._deals = rows.names(connection, "opportunity", "name", [key for key in deals if key > 0])
        self._accounts = rows.names(connection, "account", "name", [move.account for move in moves if move.account])
        people = {person for move in moves for person in (*move.people, *(move.gap.people if move.gap else ()))}
        self._people = rows.names(connection, "person", "name", people)
        seats = [move.gap.seat for move in moves if move.gap and move.gap.seat is not None]
        self._positions = rows.names(connection, "stakeholder", "position", seats)
        self._labels = rows.criterion_labels(connection, [key for key in deals if key > 0])
        self._seats = {(one.person_id, one.map_id): one for one in rows.seats(connection, people)}
        held = [move.contacts[0] for move in moves if move.kind is Kind.HOLD]
        self._contacts = {
            one.id: one
            for one in contacts.entries(connection, f"c.id IN ({', '.join(str(int(key)) for key in held)})", {})
        }

    def told(self, move: Move) -> NextMove:
        """A move in words."""
        about = _ABOUT[move.kind](self, move)
        plan = self._plan(move)
        return NextMove(
            kind=move.kind,
            title=about.title,
            facts=", ".join(fact for fact in about.facts if fact),
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
            opportunity_id=_only(move) or (move.deal if move.kind is Kind.PLAN else None),
            person_id=move.person,
            channel_id=move.channel,
            plan_id=plan,
            day=move.day,
            mark=about.mark,
            contact=self._contacts.get(move.contacts[0]) if move.kind is Kind.HOLD else None,
        )

    def _minor(self, units: float | None) -> int | None:
        return None if units is None else round(units * 10 ** exponent(self._currency))

    def _plan(self, move: Move) -> int | None:
        """The plan that it belongs to; of a contact the one that runs for the account, or for an opportunity."""
        if move.kind is not Kind.CONTACT:
            return move.plan
        deals = {term.deal for term in move.terms}
        return next(
            (
                one.key
                for one in self._sight.plans.values()
                if (one.account_id == move.account if one.is_whole else one.opportunity_id in deals)
            ),
            None,
        )

    def _name(self, person: int | None) -> str:
        return line(self._people.get(person or 0, "?"))

    def _names(self, people: tuple[int, ...]) -> str:
        named = [self._name(person) for person in people[:MOST_NAMED]]
        if more := len(people) - len(named):
            named.append(ngettext("{count} more", "{count} more", more))
        return ", ".join(named)

    # People

    def contact(self, move: Move) -> _About:
        """Somebody to speak to."""
        return self._met(move, _("Speak to {person}"), self._channel(move))

    def step(self, move: Move) -> _About:
        """The contact that a plan lacks most."""
        when = words.when((move.day - self._sight.today).days) if move.day else ""
        found = self._met(move, _("Add to the plan: {person}"), self._channel(move), when)
        return found._replace(table="plan", key=move.plan or 0, at="")

    def hold(self, move: Move) -> _About:
        """A contact that is planned."""
        entry = self._contacts.get(move.contacts[0])
        channel = line(entry.channel) if entry else ""
        title = _("{channel} with {person}").format(channel=channel, person=self._names(move.people))
        found = self._met(move, title)
        found = found._replace(facts=(words.due(move.due or 0), *found.facts))
        if move.plan is not None:
            return found._replace(table="plan", key=move.plan, at="")
        if entry and (entry.opportunity_id or entry.account_id):
            table = "opportunity" if entry.opportunity_id else "account"
            return found._replace(table=table, key=entry.opportunity_id or entry.account_id or 0, at="")
        return found

    def _met(self, move: Move, title: str, *facts: str) -> _About:
        seat = self._seats.get((move.person or 0, move.map or 0))
        role = words.role(seat.roles) if seat and len(move.people) == 1 else ""
        unknown = any(term.why is Why.ATTITUDE for term in move.terms)
        notes = [_(words.NOTES[note]) for note in move.notes]
        return _About(
            title.format(person=self._name(move.person)),
            (role, _("attitude unknown") if unknown and role else "", *facts, *notes),
            words.met(move),
            "dmu_map",
            move.map or 0,
            f"{move.person or ''}",
        )

    def _channel(self, move: Move) -> str:
        channel = self._sight.channels.get(move.channel or 0)
        return line(channel.name).lower() if channel else ""

    def catch_up(self, move: Move) -> _About:
        """A plan that has fallen behind."""
        plan = self._sight.plans.get(move.plan or 0)
        title = _("Catch up with the plan: {objective}").format(objective=line(plan.objective) if plan else "?")
        late = ngettext("{count} contact late", "{count} contacts late", len(move.contacts))
        done = ngettext("{count} done", "{count} done", plan.done) if plan else ""
        return _About(title, (late, done), words.met(move), "plan", move.plan or 0)

    def nearer(self, move: Move) -> _About:
        """Somebody to bring a step closer."""
        found = self._met(move, _("Bring {person} a step closer"), self._often(self._channel(move)))
        return found._replace(mark=f"{NEARER_MARK}{move.person}")

    def win_over(self, move: Move) -> _About:
        """Those who weigh and are not for us."""
        gap = move.gap
        people = gap.people if gap else ()
        title = _("Win over {people}").format(people=self._names(people))
        mark = mark_of(move.map or 0, gap) if gap else ""
        facts = (_(words.NOTES[Fact.FEW_SUPPORTERS]), self._often(_("each")))
        return _About(title, facts, words.met(move), "dmu_map", move.map or 0, f"{people[0]}" if people else "", mark)

    @staticmethod
    def _often(how: str) -> str:
        return ngettext("{count} contact", "{count} contacts", STEP_CONTACTS) + (f", {how}" if how else "")

    def win(self, move: Move) -> _About:
        """Somebody who has nothing to win yet, or not enough."""
        seat = self._seats.get((move.person or 0, move.map or 0))
        has_win = seat is not None and seat.has_win
        return _About(
            _("Find a personal win: {person}").format(person=self._name(move.person)),
            (words.role(seat.roles) if seat else "", _("the win does not convince") if has_win else _("no win yet")),
            _("wins {points}").format(points=points(words.greatest(move, Why.WIN))),
            "dmu_map",
            move.map or 0,
            f"{move.person or ''}",
            f"{WIN_MARK}{move.person}",
        )

    # Maps

    def find(self, move: Move) -> _About:
        """What a map does not know."""
        gap = move.gap
        if gap is None:
            raise ValueError("a move to find something out needs what is to be found out")
        title = _(words.FINDING_OUT[gap.fact]).format(
            roles=", ".join(_(role.label) for role in gap.roles),
            position=line(self._positions.get(gap.seat or 0, "")) or "?",
        )
        width = max((term.amount for term in move.terms), default=0.0) / KNOWING
        change = _("favour ± {half}").format(half=f"{Figure(width / 2):.2f}")
        at = f"{gap.people[0]}" if gap.people else ""
        return _About(title, (), change, "dmu_map", move.map or 0, at, mark_of(move.map or 0, gap))

    def map(self, move: Move) -> _About:
        """A map to draw."""
        count = len(move.terms)
        facts = ngettext("{count} open, nobody on the map", "{count} open, nobody on the map", count)
        return _About(_("Draw who decides"), (facts,), _("favour known"), "account", move.account or 0, "map", MAP_MARK)

    # Scorecards and levels

    def criterion(self, move: Move) -> _About:
        """A criterion to raise, or to find out."""
        label = line(self._labels.get((move.deal or 0, move.code), move.code))
        (term,) = move.terms
        if move.kind is Kind.RAISE:
            title, change = _("Raise: {criterion}"), words.percents(term)
        else:
            title, change = _("Find out: {criterion}"), _("P {width}").format(width=words.width(term.amount / KNOWING))
        mark = f"{CRITERION}{move.code}"
        return _About(title.format(criterion=label), (), change, "opportunity", move.deal or 0, move.code, mark)

    def card(self, move: Move) -> _About:
        """An opportunity to score for the first time."""
        (term,) = move.terms
        change = _("P {width}").format(width=words.width(term.amount / KNOWING))
        return _About(_("Score it"), (), change, "opportunity", move.deal or 0, mark=f"{CRITERION}*")

    def gate(self, move: Move) -> _About:
        """A gate to meet."""
        ladder = self._sight.ladders.of(move.account or 0)
        gate = next(one for one in ladder.gates if one.name.value == move.code)
        change = _("towards {level}").format(level=_(gate.level.label))
        return _About(
            relationship_words.action(gate), (), change, "account", move.account or 0, "relationship", move.code
        )

    # Why

    def _reasons(self, move: Move) -> Iterator[str]:
        if move.gain is not None and move.rate is not None:
            yield _("Worth {gain} in {hours} h: {rate} an hour.").format(
                gain=self._amount(move.gain), hours=f"{Figure(move.hours):g}", rate=self._amount(move.rate)
            )
        else:
            yield _("Nothing says what is at stake: write down the margin or the value, and it gets its place.")
        yield from self._findings(move)
        for term in move.terms[:MOST_TERMS]:
            yield f"{self._deal(term)}: {self._term(term)}"
        if (more := len(move.terms) - MOST_TERMS) > 0:
            yield ngettext("and {count} more like it", "and {count} more like it", more)
        plan = self._sight.plans.get(self._plan(move) or 0)
        if plan and move.kind in words.OF_PLANS:
            yield _(words.OF_PLANS[move.kind]).format(objective=line(plan.objective))
        if move.cost:
            yield _("less {cost} that it costs").format(cost=self._amount(move.cost))
        yield from self._assumed(move)

    def _findings(self, move: Move) -> Iterator[str]:
        """What was found that it answers."""
        gap = move.gap
        if gap:
            yield _(words.FOUND[gap.fact]).format(
                share=f"{(gap.width or 0.0) / 2 * words.POINT:.0f} %",
                change=f"{Figure(gap.width or 0.0):.2f}",
                name=self._name(gap.people[0]) if gap.people else "?",
            )
        yield from (_(words.MINDED[note]) for note in move.notes)

    def _deal(self, term: Term) -> str:
        return line(self._deals.get(term.deal, "")) if term.deal > 0 else _("the next opportunity there")

    def _term(self, term: Term) -> str:
        points = term.points * words.POINT
        what = _(words.TERMS[term.why]).format(amount=words.figure(term), points=f"{Figure(points):.1f}")
        if term.stake is None:
            return what
        return _("{what}; of {stake} that is {money}").format(
            what=what, stake=self._amount(term.stake), money=self._amount(term.money)
        )

    def _assumed(self, move: Move) -> Iterator[str]:
        if move.rate is not None and move.rate < self._hour:
            yield _("It brings less than an hour of ours costs, {cost}.").format(cost=self._amount(self._hour))
        if move.kind in self._sight.field.hours:
            yield _("The hours are a judgement, for you to set: {hours} for a move of this kind.").format(
                hours=f"{Figure(move.hours):g}"
            )
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
    facts: tuple[str, ...]
    change: str
    table: str
    key: int
    at: str = ""
    mark: str = ""


# About the account, or a plan, also where it has one opportunity.
_OF_ACCOUNT: Final = frozenset({Kind.MAP, Kind.GATE, Kind.CATCH_UP})
_ABOUT: Final = {
    Kind.HOLD: Teller.hold,
    Kind.CATCH_UP: Teller.catch_up,
    Kind.PLAN: Teller.step,
    Kind.CONTACT: Teller.contact,
    Kind.NEARER: Teller.nearer,
    Kind.WIN_OVER: Teller.win_over,
    Kind.WIN: Teller.win,
    Kind.FIND: Teller.find,
    Kind.RAISE: Teller.criterion,
    Kind.ASK: Teller.criterion,
    Kind.SCORE: Teller.card,
    Kind.MAP: Teller.map,
    Kind.GATE: Teller.gate,
}
