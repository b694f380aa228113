"""An assessment as a page, and as a row for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.relationship import Assessment
from crmtui.domain.scales import GRADES
from crmtui.domain.words import Basis, Indicator, Level
from crmtui.exchange.portable import TYPE
from crmtui.figures import Figure
from crmtui.method.managed import caution
from crmtui.method.recognition import BONDS, ROWS
from crmtui.queries import relationship_words as words
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.gates import Gate
    from crmtui.method.ladder import Move
    from crmtui.queries.relationship import RelationshipPage

HEADERS: Final = (
    *(TYPE, "uid", "account", "account_uid", "day", "level", "computed", "level_low", "level_high", "completeness"),
    *("override_level", "override_reason", "account_level", "as_entered", "next_level", "target_level", "target_on"),
    *("willingness", "willingness_basis", "willingness_on", "willingness_source", "benefit", "caution", "notes"),
    *("strength", "gates", "ratings", "find_out", "history"),
)
UNKNOWN: Final = "?"


def row(page: RelationshipPage) -> list[Any]:
    """The cells of `HEADERS`: every gate and rating with its terms, and the levels before."""
    found, ladder = page.assessment, page.standing.ladder
    shown = found or Assessment()
    return [
        *(Assessment.noun.table, found.uid if found else None, page.account.name, page.account.uid),
        *(found.day if found else None, ladder.level.value, ladder.computed.value, ladder.low.value),
        *(ladder.high.value, ladder.completeness, _value(shown.override_level), shown.override_reason),
        *(page.account.level.value, page.is_as_entered, _value(ladder.next)),
        *(_value(page.account.target_level), page.account.target_on),
        *(shown.willingness, shown.willingness_basis.value, shown.willingness_on, shown.willingness_source),
        *(shown.benefit, _(caution(shown.willingness)), shown.notes),
        strength(page),
        gates(page),
        [_rating(page, one) for one in page.ratings],
        [words.question(one, page.standing.people) for one in ladder.questions],
        [_move(move) for move in page.moves],
    ]


def _value(level: Level | None) -> str | None:
    return level.value if level else None


def strength(page: RelationshipPage) -> dict[str, Any]:
    """The strength with its band and terms."""
    found = page.standing.strength
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "completeness": found.completeness,
        "terms": [
            {"part": one.part.value, "weight": one.weight, "share": one.share, "points": one.points}
            for one in found.terms
        ],
    }


def gates(page: RelationshipPage) -> list[dict[str, Any]]:
    """Every gate of the ladder with its terms."""
    return [_gate(page, gate) for gate in page.standing.ladder.gates]


def _gate(page: RelationshipPage, gate: Gate) -> dict[str, Any]:
    return {
        "gate": gate.name.value,
        "level": gate.level.value,
        "state": gate.state.value,
        "value": gate.value,
        "low": gate.low,
        "high": gate.high,
        "needed": gate.needed,
        "gap": gate.gap,
        "missing": "" if gate.is_met else words.missing(gate, page.standing.people),
        "terms": [
            {"of": name, "value": term.value, "counts": term.counts, "assumed": term.is_assumed}
            for term, name in words.terms(gate, page.standing.people)
        ],
        "actions": [action.name for action in page.actions.get(gate.name.value, ())],
    }


def _rating(page: RelationshipPage, indicator: Indicator) -> dict[str, Any]:
    judged = page.ratings[indicator]
    row_of = next((level.value for level, row in ROWS.items() if indicator in row), "bonds")
    return {
        "indicator": indicator.value,
        "row": row_of,
        "grade": judged.grade,
        "evidence": judged.evidence,
        "basis": judged.basis.value if judged.basis else None,
        "judged_on": judged.judged_on,
        "source": judged.source,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "day": move.mark.day,
        "level": move.mark.level.value,
        "override": move.mark.is_override,
        "steps": move.steps,
    }


def told(page: RelationshipPage) -> str:
    """What became of an assessment, in a sentence or two."""
    ladder = page.standing.ladder
    count = len(ladder.missing)
    told_level = _("{account} is at level {level}.").format(account=page.account.name, level=_(ladder.level.label))
    missing = ""
    if ladder.next and count:
        gates = ", ".join(_(gate.name.label) for gate in ladder.missing)
        missing = _("Missing for {level}: {gates}.").format(level=_(ladder.next.label), gates=gates)
    return " ".join(part for part in (told_level, missing, _("`crmtui undo` takes it back.")) if part)


# A page for people


def write(page: RelationshipPage, *, is_first: bool, with_why: bool) -> None:
    """Write a page for people."""
    output.write_lines([*([] if is_first else [""]), bold(page.account.name), *(f"  {one}" for one in _head(page))])
    write_gates(page, with_why=with_why)
    output.write_lines([""])
    headings = (_("Judges us by"), _("Indicator"), _("Rating"), _("Evidence"))
    write_table([Heading(one, priority=3 * (place == len(headings) - 1)) for place, one in enumerate(headings)],
        _ratings(page))  # fmt: skip
    output.write_lines(_rest(page, with_why=with_why))


def write_gates(page: RelationshipPage, *, with_why: bool) -> None:
    """Write what each level asks for, and whether it is there; `with_why` adds what each gate is made of."""
    headings = [
        Heading(_("Level")),
        Heading(_("Gate")),
        Heading("", priority=1),
        Heading(_("Measured")),
        Heading(_("How")),
    ]
    write_table(headings, _gates(page, with_why=with_why))


def brief(page: RelationshipPage) -> Iterator[str]:
    """Level and strength with their bands."""
    ladder, found = page.standing.ladder, page.standing.strength
    yield level(page)
    known = _("{share:.0f} % of what the gates ask is known").format(share=ladder.completeness * 100)
    if ladder.low is not ladder.high:
        between = _("between {low} and {high}").format(low=_(ladder.low.label), high=_(ladder.high.label))
        known = f"{between}: {known}"
    yield known
    value = UNKNOWN if found.value is None else f"{found.value:.0f}"
    yield _("strength {value} of 100 ({low:.0f} to {high:.0f}), complete {share:.0f} %").format(
        value=value, low=found.low, high=found.high, share=found.completeness * 100
    )


def _head(page: RelationshipPage) -> Iterator[str]:
    yield from brief(page)
    if page.account.target_level:
        day = f" {page.account.target_on}" if page.account.target_on else ""
        yield _("target {level}").format(level=_(page.account.target_level.label)) + day
    willing = page.assessment.willingness if page.assessment else None
    shown = UNKNOWN if willing is None else f"{willing} {_(GRADES[willing])}"
    yield _("wants to be managed: {grade}").format(grade=shown)
    if sentence := caution(willing):
        yield f"! {_(sentence)}"
    if page.assessment and page.assessment.benefit:
        yield _("in it for the customer: {benefit}").format(benefit=page.assessment.benefit)


def level(page: RelationshipPage) -> str:
    """The level, and where it comes from."""
    ladder = page.standing.ladder
    if page.assessment is None:
        return _("level {level}, as entered, not assessed").format(level=_(page.account.level.label))
    shown = _("{day}: level {level}").format(day=page.assessment.day, level=_(ladder.level.label))
    if ladder.override:
        computed, reason = _(page.assessment.level.label), ladder.override.reason
        shown += _(", set by hand because {reason}; by the gates {level}").format(reason=reason, level=computed)
    if page.is_latest and page.is_as_entered:
        shown += _("; {level} as entered since, not assessed").format(level=_(page.account.level.label))
    if page.has_drifted:
        shown += _("; by the gates of today {level}").format(level=_(ladder.computed.label))
    return shown


def _gates(page: RelationshipPage, *, with_why: bool) -> Iterator[list[str]]:
    people = page.standing.people
    for gate in page.standing.ladder.gates:
        how = words.missing(gate, people)
        planned = [action.name for action in page.actions.get(gate.name.value, ()) if not action.is_done]
        if planned:
            how += _("; planned: {names}").format(names=", ".join(planned))
        yield [_(gate.level.label), _(gate.name.label), _(words.STATES[gate.state]), words.measured(gate), how]
        if with_why:
            yield ["", "", "", "", words.basis(gate)]
        for term, name in words.terms(gate, people) if with_why else ():
            mark = "" if term.counts or term.is_unknown else _("does not count")
            mark = _("unknown rank") if term.is_unknown and not isinstance(term.of, Indicator) else mark
            assumed = _(Basis.ASSUMED.label) if term.is_assumed else ""
            yield ["", f"- {name}", "", words.figure(term.value), " ".join(one for one in (mark, assumed) if one)]


def _ratings(page: RelationshipPage) -> Iterator[list[str]]:
    rows = [(_(at.label), indicators) for at, indicators in ROWS.items()] + [(_("Bonds"), BONDS)]
    for label, indicators in rows:
        for place, one in enumerate(indicators):
            judged = page.ratings[one]
            grade = UNKNOWN if judged.grade is None else f"{judged.grade} {_(GRADES[judged.grade])}"
            parts = (judged.evidence, judged.source, str(judged.judged_on or ""))
            said = " · ".join(part for part in parts if part)
            yield ["" if place else label, _(one.label), grade, said]


def _rest(page: RelationshipPage, *, with_why: bool) -> Iterator[str]:
    if page.moves:
        steps = [f"{move.mark.day} {_(move.mark.level.label)}{_fell(move)}" for move in page.moves]
        yield _("before: {scores}").format(scores=", ".join(steps))
    if with_why:
        yield from strength_terms(page)
        if questions := page.standing.ladder.questions:
            yield _("to find out:")
            yield from (f"- {words.question(one, page.standing.people)}" for one in questions)


def strength_terms(page: RelationshipPage) -> Iterator[str]:
    """How the strength is made up."""
    yield _("strength = 100 · sum of weight · share / sum of weight, over what is known")
    for term in page.standing.strength.terms:
        share = UNKNOWN if term.share is None else f"{term.share * 100:.0f} %"
        points = UNKNOWN if term.points is None else f"{Figure(term.points):.1f}"
        yield f"- {_(term.part.label)}: {Figure(term.weight):g} · {share} = {points}"


def _fell(move: Move) -> str:
    return _(" (fell)") if move.is_regression else ""
