"""The sheet of a stakeholder: all that is known of one person in this decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.content import Content
from textual.widget import Widget

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.scales import STRENGTH, WIN_STRENGTH
from crmtui.domain.words import Basis, EdgeKind
from crmtui.queries.climbing import ranked
from crmtui.queries.coverage_words import share
from crmtui.queries.stakeholder_table import roles
from crmtui.text import N_, _, line, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from textual.geometry import Size

    from crmtui.queries.dmu import DmuPage, Elsewhere, Sheet

LABEL: Final = 14  # cells of the labels on the left, at least
_SPECS: Final = specs(Stakeholder)
_UNKNOWN_WIDTH: Final = 40
_LABELS: Final = {
    "position": N_("position"),
    "roles": N_("roles"),
    "rank": N_("rank"),
    "leverage": N_("bet"),
    "power": N_("power"),
    "attitude": N_("attitude"),
    "relationship": N_("relationship"),
    "covered_by_id": N_("covered by"),
    "cover": N_("coverage"),
    "last_contact": N_("last contact"),
    "next_contact": N_("next contact"),
    "refused": N_("refuses"),
    "competitor_id": N_("competitor"),
    "win": N_("personal win"),
    "criteria": N_("criteria"),
    "objectives": N_("objectives"),
    "social_style": N_("style"),
    "reports_to_id": N_("reports to"),
    "influences": N_("influences"),
    "listens": N_("listens to"),
    "conflict": N_("in conflict"),
    "elsewhere": N_("elsewhere"),
    "notes": N_("notes"),
}


class StakeholderSheet(Widget):
    """One stakeholder; nothing where there is none.

    Attributes:
        key: whose sheet it is.
        field: the field that it points at; '' for none.
    """

    DEFAULT_CSS = """
    StakeholderSheet { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.key: int | None = None
        self.field = ""
        self._facts: tuple[tuple[str, Content], ...] = ()
        self._lines: tuple[int, list[Content]] = (0, [])

    def tell(self, page: DmuPage | None, today: dt.date, key: int | None, field: str = "") -> None:
        """Show a sheet of a page, and point at a field of it."""
        sheet = page.sheet(key) if page else None
        height = len(self._lines[1])
        self.key, self.field = key, field
        self._facts = tuple(facts(page, sheet, today)) if page and sheet else ()
        self._lines = (0, [])
        width = self.content_size.width
        self.refresh(layout=not width or len(self._wrapped(width)) != height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - the interface
        """As many lines as the facts take in this width."""
        return len(self._wrapped(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._wrapped(self.content_size.width or _UNKNOWN_WIDTH))

    def line_of(self, field: str) -> int:
        """The line on which a field begins; the first where it is not told."""
        above = 0
        for name, content in self._facts:
            if name == field:
                return above
            above += len(_hung(name, content, self.content_size.width or _UNKNOWN_WIDTH))
        return 0

    def _wrapped(self, width: int) -> list[Content]:
        if self._lines[0] != width:
            self._lines = (width, list(self._drawn(width)))
        return self._lines[1]

    def _drawn(self, width: int) -> Iterator[Content]:
        for name, content in self._facts:
            for one in _hung(name, content, width):
                yield one.stylize("on $primary 20%") if name == self.field else one


def facts(page: DmuPage, sheet: Sheet, today: dt.date) -> Iterator[tuple[str, Content]]:
    """What a sheet says, field by field, the name of the field first."""
    names = {other.key: other.name for other in page.sheets}
    yield from _place(page, sheet)
    for field in ("power", "attitude", "relationship"):
        yield field, _judged(sheet.stakeholder, field, today)
    yield from _contact(page, sheet, today)
    yield from _wants(sheet, today)
    if boss := names.get(sheet.stakeholder.reports_to_id or 0):
        yield "reports_to_id", show.label(boss)
    yield from _influence(page, sheet, names)
    yield from _elsewhere(sheet)
    if sheet.stakeholder.notes.strip():
        yield "notes", show.block(sheet.stakeholder.notes.strip())


def _place(page: DmuPage, sheet: Sheet) -> Iterator[tuple[str, Content]]:
    """Where the person stands in the organisation and in the decision."""
    yield "position", show.label(sheet.position, "bold") if sheet.position else show.nothing()
    yield "rank", rank_of(sheet)
    yield "roles", _roles(page, sheet)
    yield "leverage", _leverage(page, sheet)


def rank_of(sheet: Sheet) -> Content:
    """Whose key people it is; as the position tells where nobody has said it."""
    rank, is_assumed = ranked(sheet.stakeholder.rank, sheet.position, sheet.person.title if sheet.person else "")
    if rank is None:
        return show.unknown()
    assumed = (f" {show.glyphs().assumed} {_('assumed')}", show.MUTED) if is_assumed else ("", "")
    return Content.assemble(_(rank.label), assumed)


def _contact(page: DmuPage, sheet: Sheet, today: dt.date) -> Iterator[tuple[str, Content]]:
    """How near we are to the person."""
    yield "covered_by_id", show.label(sheet.covered_by) if sheet.covered_by else show.nothing()
    if sheet.person:
        yield "cover", _cover(page, sheet)
    yield "last_contact", _last(sheet, today)
    if sheet.next_contact:
        yield "next_contact", show.when(sheet.next_contact, today)
    if sheet.refused:
        yield "refused", show.label(", ".join(sheet.refused), show.WATCH)
    if sheet.competitor:
        yield "competitor_id", show.label(sheet.competitor)


def _wants(sheet: Sheet, today: dt.date) -> Iterator[tuple[str, Content]]:
    """What the person wants, and how to speak of it."""
    stakeholder = sheet.stakeholder
    yield "win", _win(stakeholder, today)
    if stakeholder.criteria.strip():
        yield "criteria", _ranked(stakeholder.criteria)
    if stakeholder.objectives.strip():
        yield "objectives", show.block(stakeholder.objectives.strip())
    if sheet.person and sheet.person.social_style:
        style = _(sheet.person.social_style.label)
        yield "social_style", Content(_("{style}: {advice}").format(style=style, advice=_(sheet.advice)))


def _leverage(page: DmuPage, sheet: Sheet) -> Content:
    """How much the person's attitude counts, and how much of that is the own say."""
    term = next(term for term in page.figures.leverage.terms if term.key == sheet.key)
    own = _("own say {share}").format(share=show.percent(term.right).plain)
    return Content.assemble(show.percent(term.leverage).stylize("bold"), (f" · {own}", show.MUTED))


def _cover(page: DmuPage, sheet: Sheet) -> Content:
    """How well contacts cover the person, and where the relationship is what holds it down."""
    term = next(term for term in page.figures.coverage.terms if term.key == sheet.key)
    value = show.percent(term.value).stylize("bold")
    if term.most is None or term.reached <= term.most:
        return value
    held = _("contacts reach {reached}, the relationship lets {most} count")
    told = held.format(reached=share(term.reached), most=share(term.most))
    return Content.assemble(value, (f" · {told}", show.WATCH))


def _roles(page: DmuPage, sheet: Sheet) -> Content:
    said = show.label(roles(sheet.stakeholder.roles)) if sheet.stakeholder.roles else show.unknown()
    if not sheet.stakeholder.veto:
        return said
    veto = (
        Content.styled(f"{show.glyphs().block} {_('veto')}", show.ACT)
        if page.is_block(sheet.key)
        else Content(_("veto"))
    )
    return Content.assemble(said, " · ", veto)


def _judged(stakeholder: Stakeholder, field: str, today: dt.date) -> Content:
    """A grade with its word, then what it rests on."""
    value: int | None = getattr(stakeholder, field)
    if value is None:
        return Content.assemble(show.unknown(), (f" {_('unknown')}", show.MUTED))
    sign = show.attitude(value) if field == "attitude" else Content.styled(str(value), "bold")
    word = _(_SPECS[field].names[value])
    return Content.assemble(sign, f" {word}", _circumstances(stakeholder, field, today))


def _circumstances(stakeholder: Stakeholder, field: str, today: dt.date) -> Content:
    """` ~ · 3 d, Conti`: assumed, since when, according to whom."""
    basis: Any = getattr(stakeholder, f"{field}_basis")
    on: dt.date | None = getattr(stakeholder, f"{field}_on")
    source = line(getattr(stakeholder, f"{field}_source"))
    parts = [show.when(on, today).plain] if on else []
    parts += [source] if source else []
    mark = f" {show.glyphs().assumed}" if basis is Basis.ASSUMED else ""
    return Content.styled(f"{mark} · {', '.join(parts)}" if parts else mark, show.MUTED)


def _last(sheet: Sheet, today: dt.date) -> Content:
    if sheet.person is None:
        return show.nothing()
    if sheet.last_contact is None:
        return Content.styled(_("never"), show.WATCH)
    count = ngettext("{count} in all", "{count} in all", sheet.contacts)
    return Content.assemble(
        show.when(sheet.last_contact, today), " ", show.label(sheet.last_channel), (f" · {count}", show.MUTED)
    )


def _win(stakeholder: Stakeholder, today: dt.date) -> Content:
    if not stakeholder.win.strip():
        return Content.assemble(show.nothing(), (f" {_('missing')}", show.WATCH))
    strength = "" if stakeholder.win_strength is None else _(WIN_STRENGTH[stakeholder.win_strength])
    said = show.label(stakeholder.win)
    how = Content.styled(f" · {stakeholder.win_strength} {strength}", "bold") if strength else Content()
    return Content.assemble(said, how, _circumstances(stakeholder, "win", today))


def _ranked(criteria: str) -> Content:
    ranked = [line(one) for one in criteria.splitlines() if one.strip()]
    return Content("\n").join(
        Content.assemble((f"{rank} ", show.MUTED), show.label(one)) for rank, one in enumerate(ranked, 1)
    )


def _influence(page: DmuPage, sheet: Sheet, names: Mapping[int, str]) -> Iterator[tuple[str, Content]]:
    """Whom the person influences, listens to and is in conflict with, each with its strength."""
    groups: dict[str, list[Content]] = {}
    for edge in page.edges:
        if sheet.key not in (edge.source_id, edge.target_id):
            continue
        is_source = edge.source_id == sheet.key
        other = names.get(edge.target_id if is_source else edge.source_id, "")
        name = "conflict" if edge.kind is EdgeKind.CONFLICT else "influences" if is_source else "listens"
        word = _(STRENGTH[edge.strength]) + (f", {_('formal')}" if edge.is_formal else "")
        groups.setdefault(name, []).append(Content.assemble(show.label(other), (f" {word}", show.MUTED)))
    for name in ("influences", "listens", "conflict"):
        if name in groups:
            yield name, Content("\n").join(groups[name])


def _elsewhere(sheet: Sheet) -> Iterator[tuple[str, Content]]:
    """Where the same person is judged otherwise on another map of the account."""
    lines = []
    for other in sheet.elsewhere:
        names = [name for name in ("power", "attitude", "relationship") if _differs(sheet, other, name)]
        if names:
            place = other.opportunity or _("the account's map")
            said = Content(", ").join(_there(name, getattr(other, name)) for name in names)
            lines.append(Content.assemble(show.label(place, show.MUTED), (": ", show.MUTED), said))
    if lines:
        yield "elsewhere", Content("\n").join(lines)


def _differs(sheet: Sheet, other: Elsewhere, name: str) -> bool:
    return bool(getattr(sheet.stakeholder, name) != getattr(other, name))


def _there(name: str, value: int | None) -> Content:
    grade = show.attitude(value) if name == "attitude" else show.unknown() if value is None else Content(str(value))
    return Content.assemble(_(_LABELS[name]), " ", grade)


def _hung(name: str, content: Content, width: int) -> list[Content]:
    """What a field says, wrapped beside its label."""
    label = max(LABEL, *(len(_(one)) + 1 for one in _LABELS.values()))
    room = max(width - label, 1)
    lines = [part for one in content.split("\n") for part in (one.wrap(room) or [Content()])]
    lead = show.lead(_(_LABELS[name]), label)
    return [
        Content.assemble((lead if not at else " " * label, show.MUTED), one)
        for at, one in enumerate(lines or [Content()])
    ]
