"""How the rows of a relationship are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.scales import GRADES
from crmtui.domain.words import Basis, Indicator
from crmtui.method.gates import Gate, Name, State
from crmtui.method.managed import is_capped
from crmtui.queries import relationship_words as words
from crmtui.queries.scorecards import Judged
from crmtui.text import _
from crmtui.tui import show
from crmtui.tui.glyphs import UNICODE
from crmtui.tui.widgets.ladder_rows import LABELS, Field, Heading
from crmtui.tui.widgets.score_paint import grade

if TYPE_CHECKING:
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.tui.widgets.ladder_rows import Place

LEAD: Final = 2
GAP: Final = 2
FIGURE: Final = 9
NARROWEST: Final = 24
WIDEST: Final = 40
LEAST_TEXT: Final = 22
STYLES: Final = {State.MET: show.FINE, State.MISSING: show.ACT, State.UNKNOWN: show.WATCH}


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells of each column.

    Attributes:
        label: of the gate or the indicator.
        text: of what is missing, or of the evidence; 0 where there is no room for it.
    """

    label: int
    text: int


def lay_out(width: int) -> Layout:
    """Columns for so many cells."""
    room = width - LEAD - GAP - FIGURE - GAP
    label = max(NARROWEST, min(WIDEST, room - LEAST_TEXT))
    text = room - label
    return Layout(label, text) if text >= LEAST_TEXT // 2 else Layout(max(1, room + GAP), 0)


def heading(one: Heading, width: int) -> Content:
    """A heading with how much of it is met, or its mean."""
    label = _(one.label).format(level=_(one.level.label) if one.level else "")
    figure = ""
    if one.met is not None:
        figure = _("{met} of {count} met").format(met=one.met, count=one.count)
    elif one.value is not None:
        figure = _("mean {value}").format(value=words.figure(one.value))
    is_open = one.met is not None and one.met < one.count
    rule = ("─" if show.glyphs() is UNICODE else "-") * max(0, width - len(label) - len(figure) - 3)
    style = show.WATCH if is_open else "bold"
    return Content.assemble((label, "bold $primary"), " ", (rule, show.TROUGH), " ", (figure, style), " ")


def cells(page: RelationshipPage, place: Place, layout: Layout) -> list[Content]:
    """The parts of a row: sign and label, figure, what there is to say."""
    lead, label, figure, said = _parts(page, place)
    parts = [
        Content.assemble(show.cells(lead, LEAD), show.cells(show.label(label), layout.label)),
        show.cells(figure, FIGURE),
    ]
    return [*parts, show.cells(said, layout.text)] if layout.text else parts


def _parts(page: RelationshipPage, place: Place) -> tuple[Content, str, Content, Content]:
    if isinstance(place, Name):
        gate = gate_of(page, place)
        return sign(gate), _(place.label), measured(gate), _gate_said(page, gate)
    if isinstance(place, Field):
        return _asked(page, place)
    judged = page.ratings[place]
    return Content(), _(place.label), grade(judged), _evidence(judged)


def gate_of(page: RelationshipPage, name: Name) -> Gate:
    """A gate of the page."""
    return next(gate for gate in page.standing.ladder.gates if gate.name is name)


def is_plannable(page: RelationshipPage, gate: Gate) -> bool:
    """Whether a gate is missing and nothing is planned for it yet."""
    return not gate.is_met and all(one.is_done for one in page.actions.get(gate.name.value, ()))


def sign(gate: Gate) -> Content:
    """Met, missing or unknown, as a sign in its colour."""
    signs = {
        State.MET: show.glyphs().marked,
        State.MISSING: show.glyphs().cancelled,
        State.UNKNOWN: show.glyphs().unknown,
    }
    return Content.styled(signs[gate.state], STYLES[gate.state])


def measured(gate: Gate) -> Content:
    """`2.3 of 3`; the sign of an assumption where it rests on one."""
    if not gate.needed:
        return show.nothing()
    is_assumed = any(term.is_assumed for term in gate.terms if term.counts)
    return Content.assemble(words.measured(gate), (show.glyphs().assumed if is_assumed else "", show.MUTED))


def _gate_said(page: RelationshipPage, gate: Gate) -> Content:
    told = show.label(words.missing(gate, page.standing.people), show.MUTED if gate.is_met else "")
    planned = [one for one in page.actions.get(gate.name.value, ()) if not one.is_done]
    state = Content.styled(_(words.STATES[gate.state]), STYLES[gate.state])
    sign_of = Content.styled(f"{show.glyphs().planned} {_('planned')}", show.FINE)
    return Content.styled(" · ", show.MUTED).join([*([sign_of] if planned else []), state, told])


def _asked(page: RelationshipPage, place: Field) -> tuple[Content, str, Content, Content]:
    found = page.assessment
    label = _(LABELS[place])
    if place is Field.BENEFIT:
        benefit = found.benefit.strip() if found else ""
        figure = Content() if benefit else show.unknown()
        return Content(), label, figure, show.label(benefit) if benefit else _to_write()
    willing = found.willingness if found else None
    judged = Judged(willing, basis=found.willingness_basis if found and willing is not None else None)
    is_low = is_capped(willing)
    lead = Content.styled(show.glyphs().urgent if is_low else "", show.ACT)
    said = Content.styled(_("stays transactional"), show.ACT) if is_low else Content.styled(_named(willing), show.MUTED)
    return lead, label, grade(judged), said


def _named(value: int | None) -> str:
    return _("nobody has asked yet") if value is None else _(GRADES[value])


def _to_write() -> Content:
    return Content.styled(_("e writes it down"), show.MUTED)


def _evidence(judged: Judged) -> Content:
    if judged.evidence:
        return show.label(judged.evidence)
    if judged.grade is None:
        return show.nothing()
    return Content.styled(_("no evidence"), show.WATCH if judged.basis is Basis.CONFIRMED else show.MUTED)


def label_of(place: Place) -> str:
    """What a row is called, translated."""
    return _(LABELS[place]) if isinstance(place, Field) else _(place.label)


def is_rated(place: Place | None) -> bool:
    """Whether a row takes a grade."""
    return isinstance(place, Indicator) or place is Field.WILLINGNESS
