"""What is told of a relationship: how it stands, the row under the cursor, its history, the playbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.scales import GRADES
from crmtui.domain.words import Indicator
from crmtui.figures import Figure
from crmtui.method.gates import Name
from crmtui.method.managed import caution
from crmtui.method.playbook import PLAYS, SELLING
from crmtui.queries import relationship_words as words
from crmtui.queries.scorecards import Judged
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.glyphs import UNICODE
from crmtui.tui.widgets.ladder_paint import STYLES, gate_of, is_plannable, label_of, measured, sign
from crmtui.tui.widgets.ladder_rows import Field
from crmtui.tui.widgets.ladder_steps import LABEL, plot
from crmtui.tui.widgets.score_anchors import said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.domain.words import Level
    from crmtui.method.gates import Gate, Term
    from crmtui.method.ladder import Move
    from crmtui.method.playbook import Row
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.widgets.ladder_rows import Place

MOST_STEPS: Final = 12  # steps of the ladder's line
WIDTH: Final = 42  # cells of the step line beside the rows


# Above the rows


def standing(page: RelationshipPage, today: dt.date) -> Content:
    """Two lines: the level and where it comes from; strength, completeness, and the way here."""
    return Content("\n").join([Content("  ").join(_level(page, today)), Content("   ").join(_figures(page, today))])


def _level(page: RelationshipPage, today: dt.date) -> Iterator[Content]:
    ladder, glyphs = page.standing.ladder, show.glyphs()
    if page.assessment is None:
        yield Content.styled(_(page.account.level.label), "bold")
        yield Content.styled(_("as entered, not assessed: 0 to 4 on a row begins"), show.WATCH)
        return
    yield Content.styled(_(ladder.override.level.label if ladder.override else page.assessment.level.label), "bold")
    if not page.is_latest:
        yield Content.styled(_("an older one, to read only"), show.WATCH)
        if ladder.computed is not page.assessment.level:
            level = _(ladder.computed.label)
            yield Content.styled(_("by what is known now of that day {level}").format(level=level), show.MUTED)
    if page.has_drifted:
        yield Content.styled(_("today the gates say {level}").format(level=_(ladder.computed.label)), show.ACT)
    if page.is_latest and page.is_as_entered:
        level = _(page.account.level.label)
        yield Content.styled(_("{level} as entered since, not assessed").format(level=level), show.WATCH)
    day = show.short_date(page.assessment.day, today).plain
    if ladder.override:
        yield Content.styled(_("by the gates {level}").format(level=_(page.assessment.level.label)), show.MUTED)
        yield Content.assemble(
            (f"{glyphs.override} {_('set by hand on {day}').format(day=day)}: ", show.WATCH),
            show.label(ladder.override.reason),
        )
    else:
        yield Content.styled(f"{glyphs.computed} {_('by the gates on {day}').format(day=day)}", show.MUTED)


def _figures(page: RelationshipPage, today: dt.date) -> Iterator[Content]:
    ladder, strength = page.standing.ladder, page.standing.strength
    value = show.unknown() if strength.value is None else Content.styled(f"{strength.value:.0f}", "bold")
    low, high = f"{strength.low:.0f}", f"{strength.high:.0f}"
    band = f" ({low}{_range()}{high})" if low != high else ""
    yield Content.assemble((_("strength "), show.MUTED), value, (band, show.MUTED))
    yield Content.assemble((_("complete "), show.MUTED), show.percent(ladder.completeness))
    if ladder.low is not ladder.high:
        between = f"{_(ladder.low.label)}{_range()}{_(ladder.high.label)}"
        yield Content.styled(_("may be {levels}").format(levels=between), show.MUTED)
    if page.moves:
        yield steps(page.moves, today)


def _range() -> str:
    return "…" if show.glyphs() is UNICODE else ".."


def steps(moves: tuple[Move, ...], today: dt.date) -> Content:
    """The levels so far as one line of steps, between the days of the first and the last; red where it fell."""
    shown = moves[-MOST_STEPS:]
    line = Content("").join(
        Content.styled(show.ladder(move.mark.level.value).plain, show.ACT if move.is_regression else show.BAR)
        for move in shown
    )
    begin, end = (show.short_date(move.mark.day, today).plain for move in (shown[0], shown[-1]))
    parts = [Content.styled(begin, show.MUTED), line]
    return Content(" ").join([*parts, Content.styled(end, show.MUTED)] if len(shown) > 1 else parts)


# Beside the rows


def beside(page: RelationshipPage, place: Place | None, today: dt.date) -> Content:
    """The row under the cursor, the history, the playbook of this level and of the next."""
    parts = [*(of_place(page, place, today) if place else ()), *_history(page, today), *_playbook(page)]
    return Content("\n").join(parts)


def of_place(page: RelationshipPage, place: Place, today: dt.date) -> Iterator[Content]:
    """A row in full."""
    yield show.label(label_of(place), "bold")
    if isinstance(place, Name):
        yield from _of_gate(page, gate_of(page, place))
    elif isinstance(place, Indicator):
        yield from _grades(page.ratings[place].grade)
        yield said(page.ratings[place], today)
    else:
        yield from _of_field(page, place, today)
    yield Content()


def on_one_line(page: RelationshipPage, place: Place, today: dt.date) -> Content:
    """What the row says, uncut as far as a line goes."""
    if isinstance(place, Name):
        gate = gate_of(page, place)
        state = Content.styled(_(words.STATES[gate.state]), STYLES[gate.state])
        return Content.assemble(state, (" · ", show.MUTED), show.label(words.missing(gate, page.standing.people)))
    if isinstance(place, Indicator):
        return Content.assemble((_(place.label), show.MUTED), (" · ", show.MUTED), said(page.ratings[place], today))
    return Content(": ").join(list(of_place(page, place, today))[:2])


def _of_gate(page: RelationshipPage, gate: Gate) -> Iterator[Content]:
    state = Content.styled(_(words.STATES[gate.state]), STYLES[gate.state])
    yield Content.assemble(sign(gate), " ", state, "  ", measured(gate))
    yield show.label(words.missing(gate, page.standing.people))
    yield from _terms(page, gate)
    yield Content.styled(words.basis(gate), show.MUTED)
    for action in page.actions.get(gate.name.value, ()):
        done = show.glyphs().done if action.is_done else show.glyphs().planned
        yield Content.assemble((f"{done} ", show.FINE), show.label(action.name))
    if is_plannable(page, gate):
        yield Content.styled(_("a makes it an action of the account plan"), show.MUTED)


def _terms(page: RelationshipPage, gate: Gate) -> Iterator[Content]:
    for term, name in words.terms(gate, page.standing.people):
        yield Content.assemble("  ", _grade(gate, term), "  ", show.label(name, _weight(term)), *_remarks(term))


def _grade(gate: Gate, term: Term) -> Content:
    if term.value is None:
        return show.unknown()
    bar = () if gate.name is Name.BUYER_ORDERS else (show.bar(term.value, 4, 4, trough=True), " ")
    return Content.assemble(*bar, words.figure(term.value))


def _weight(term: Term) -> str:
    return "" if term.counts or term.is_unknown else show.MUTED


def _remarks(term: Term) -> Iterator[tuple[str, str]]:
    if term.is_unknown and not isinstance(term.of, Indicator):
        yield f" · {_('unknown rank')}", show.WATCH
    elif term.is_assumed:
        yield f" {show.glyphs().assumed}{_('assumed') if term.counts else ''}", show.MUTED


def _of_field(page: RelationshipPage, place: Field, today: dt.date) -> Iterator[Content]:
    found = page.assessment
    if place is Field.BENEFIT:
        yield show.block(found.benefit.rstrip()) if found and found.benefit.strip() else show.nothing()
        return
    willing = found.willingness if found else None
    yield from _grades(willing)
    if found and willing is not None:
        source, day = found.willingness_source, found.willingness_on
        yield said(Judged(willing, " ", found.willingness_basis, day, source), today)
    if sentence := caution(willing):
        yield Content.styled(_(sentence), show.WATCH)


def _grades(chosen: int | None) -> Iterator[Content]:
    for grade, name in GRADES.items():
        is_chosen = grade == chosen
        mark = show.glyphs().marked if is_chosen else " "
        yield Content.assemble(
            (mark, show.BAR), (f" {grade}  ", "bold $primary" if is_chosen else ""),
            (_(name), "bold" if is_chosen else show.MUTED),
        )  # fmt: skip


def _history(page: RelationshipPage, today: dt.date) -> Iterator[Content]:
    yield Content.styled(_("History"), "bold $primary")
    if not page.moves:
        yield Content.styled(_("Each assessment keeps how things looked on its day; there is none yet."), show.MUTED)
    yield from plot(page.moves, page.account.target_level, today, WIDTH)
    for move in reversed(page.moves):
        yield _move(move, today)
    yield Content()


def _move(move: Move, today: dt.date) -> Content:
    """`▅ Account  12 Mar  ↑ one level up`."""
    way = ("", "")
    if move.steps:
        sign_of = show.glyphs().ascending if move.steps > 0 else show.glyphs().descending
        way = (f"  {sign_of} {_('rose') if move.steps > 0 else _('fell')}", show.FINE if move.steps > 0 else show.ACT)
    by_hand = f" {show.glyphs().override} {_('by hand')}" if move.mark.is_override else ""
    return Content.assemble(
        show.ladder(move.mark.level.value), " ", show.lead(_(move.mark.level.label), LABEL),
        (show.short_date(move.mark.day, today).plain, show.MUTED), way, (by_hand, show.WATCH),
    )  # fmt: skip


def _playbook(page: RelationshipPage) -> Iterator[Content]:
    ladder = page.standing.ladder
    level = page.account.level if page.assessment is None else ladder.level
    yield from _play(_("Playbook: {level}"), level)
    following = list(type(level))[list(type(level)).index(level) + 1 :][:1]
    for one in following:
        yield Content()
        yield from _play(_("Next: {level}"), one)


def _play(title: str, level: Level) -> Iterator[Content]:
    yield Content.styled(title.format(level=_(level.label)), "bold $primary")
    yield from _lines(PLAYS[level].rows)
    yield Content.styled(_("how to sell there"), show.MUTED)
    yield from _lines(SELLING[level].rows)


def _lines(rows: tuple[Row, ...]) -> Iterator[Content]:
    for label, text in rows:
        yield Content.assemble((f"{_(label)}: ", show.MUTED), _(text))


# Why


def why(page: RelationshipPage, place: Place | None, today: dt.date) -> Content:
    """The terms of the gate under the cursor, then of the level and of the strength, and what to find out."""
    parts: list[Content] = []
    if isinstance(place, Name):
        parts += [show.label(label_of(place), "bold"), *_of_gate(page, gate_of(page, place)), Content()]
    parts += [*_why_level(page), Content(), *_why_strength(page), Content(), *_questions(page)]
    if page.moves:
        parts += [Content(), *_history(page, today)]
    return Content("\n").join(parts)


def _why_level(page: RelationshipPage) -> Iterator[Content]:
    yield Content.styled(_("level"), "bold")
    yield Content(_("The highest level whose gates, and those of all levels below, are met."))
    for gate in page.standing.ladder.gates:
        label = f"{_(gate.level.label)} · {_(gate.name.label)}"
        yield Content.assemble(sign(gate), " ", show.cells(show.label(label), 44), "  ", measured(gate))


def _why_strength(page: RelationshipPage) -> Iterator[Content]:
    found = page.standing.strength
    value = show.unknown() if found.value is None else show.figure(found.value, 1)
    yield Content.assemble((_("strength "), "bold"), value)
    yield Content(_("100 · (sum of weight · share) / (sum of weight), over what is known"))
    for term in found.terms:
        share = show.unknown() if term.share is None else show.percent(term.share)
        points = show.nothing() if term.points is None else show.figure(term.points, 1)
        yield Content.assemble(
            show.cells(Content(_(term.part.label)), 20), f"{Figure(term.weight):g} · ", show.cells(share, 6, "right"),
            show.cells(points, 8, "right"),
        )  # fmt: skip


def _questions(page: RelationshipPage) -> Iterator[Content]:
    questions = page.standing.ladder.questions
    yield Content.styled(_("to find out next"), "bold")
    if not questions:
        yield Content(_("Nothing: all that the gates ask is known."))
    for one in questions:
        yield Content.assemble(("? ", show.WATCH), show.label(words.question(one, page.standing.people)))
