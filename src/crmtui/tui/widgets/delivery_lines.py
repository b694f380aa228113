"""What is delivered to an account, line by line: figures, projects, promises, requests, feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain import scales, words
from crmtui.domain.words import Fate, Loyalty, Pace, ProjectStatus
from crmtui.queries import delivery as queries, delivery_words
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.widgets.agenda import AgendaLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
    from crmtui.domain.fields import Record
    from crmtui.queries.delivery import DeliveryPage
    from crmtui.queries.delivery_words import Figure

FIGURE: Final = "figure"
LABEL: Final = 20  # cells of the labels of figures
BAR: Final = 10
_DOT: Final = " · "
_GRADES: Final = 4
_BEGIN: Final = (
    N_("What was sold is delivered here: projects, promises, requests, feedback."),
    N_("n writes down the first, x says how it ended, w tells what a figure is made of."),
    N_("P on a won opportunity begins its project, with what was promised."),
)
_STATUSES: Final = {
    ProjectStatus.PLANNED: "planned",
    ProjectStatus.RUNNING: "moved",
    ProjectStatus.DONE: "done",
    ProjectStatus.STOPPED: "cancelled",
}
_FATES: Final = {
    Fate.OPEN: ("planned", ""),
    Fate.OVERDUE: ("urgent", show.ACT),
    Fate.KEPT: ("done", show.FINE),
    Fate.PARTLY: ("moved", show.WATCH),
    Fate.BROKEN: ("cancelled", show.ACT),
}
_PACES: Final = {
    Pace.OPEN: ("planned", ""),
    Pace.OVERDUE: ("urgent", show.ACT),
    Pace.IN_TIME: ("done", show.FINE),
    Pace.LATE: ("done", show.WATCH),
}
_LOYALTIES: Final = {Loyalty.PROMOTER: show.FINE, Loyalty.PASSIVE: show.WATCH, Loyalty.DETRACTOR: show.ACT}


def lines(page: DeliveryPage, today: dt.date) -> Iterator[AgendaLine]:
    """The whole page."""
    if page.is_empty:
        yield from (AgendaLine(Content.styled(_(sentence), show.MUTED)) for sentence in _BEGIN)
        yield AgendaLine(Content())
    yield from map(_figure, delivery_words.figures(page))
    parts = (
        (_("PROJECTS"), _projects(page, today)),
        (_("PROMISES"), (_promise(page, one, today) for one in page.rows.promises)),
        (_("REQUESTS"), (_request(page, one, today) for one in page.rows.requests)),
        (_("FEEDBACK"), (_said(page, one, today) for one in page.rows.answers)),
    )
    for heading, part in parts:
        found = tuple(part)
        if found:
            yield AgendaLine(Content())
            yield AgendaLine(Content.styled(heading, f"bold {show.MUTED}"))
            yield from found


def reasons(figure: Figure) -> Content:
    """A figure with its terms."""
    value = Content.styled(figure.value, "bold") if figure.value else show.unknown()
    head = Content.assemble((f"{figure.label} ", show.MUTED), value, (f" {_plain(figure.rest)}", show.MUTED))
    return Content("\n").join([head, Content(), *(Content(_plain(term)) for term in figure.terms)])


def _figure(figure: Figure) -> AgendaLine:
    label = Content.styled(show.fit(figure.label, LABEL), show.MUTED)
    value = Content.styled(figure.value, "bold") if figure.value else show.unknown()
    rest = Content.styled(f"  {_plain(figure.rest)}", show.MUTED)
    return AgendaLine(Content.assemble(label, " ", value, rest), key=(FIGURE, figure.key))


def _plain(sentence: str) -> str:
    """A sentence of ours with the signs that can be shown."""
    return sentence if show.glyphs().ellipsis == "…" else sentence.replace("…", " to ")


# Projects


def _projects(page: DeliveryPage, today: dt.date) -> Iterator[AgendaLine]:
    for one in page.rows.projects:
        yield AgendaLine(_project(page, one), _progress(one, today), key=_key(one), short=show.percent(_share(one)))
        yield from (_involved(page, person) for person in page.people(one))
        yield from (_competence(page, needed) for needed in page.competences(one))


def _project(page: DeliveryPage, one: Project) -> Content:
    parts = [show.label(one.name, "bold"), Content.styled(_(one.status.label), show.MUTED)]
    parts.append(Content.assemble((_("cooperation "), show.MUTED), _grade(one.cooperation, assumed=_is_assumed(one))))
    if owner := page.name("actor", one.owner_id):
        parts.append(show.label(owner, show.MUTED))
    return Content.assemble(show.status(_STATUSES[one.status]), " ", Content.styled(_DOT, show.MUTED).join(parts))


def _is_assumed(one: Project) -> bool:
    return one.cooperation_basis is words.Basis.ASSUMED


def _grade(grade: int | None, *, assumed: bool = False) -> Content:
    """`3 largely`, with the sign of what nobody has confirmed."""
    if grade is None:
        return show.unknown()
    mark = (show.glyphs().assumed, show.MUTED) if assumed else ""
    return Content.assemble(mark, f"{grade} ", (_(scales.GRADES[grade]), show.MUTED))


def _share(one: Project) -> float | None:
    return None if one.progress is None else one.progress / 100


def _progress(one: Project, today: dt.date) -> Content:
    """A bar with the per cent that are done, and when it is to end, or how it kept to that."""
    bar = Content() if one.progress is None else show.bar(one.progress, 100, BAR, trough=True)
    done = show.cells(show.percent(_share(one)), 5, "right")
    end = _ended(one) if one.status.is_over else show.cells(_until(one.ends_on, today), 9, "right")
    return Content("  ").join([bar, done, end])


def _ended(one: Project) -> Content:
    """`12 Mar 2026, 5 days late`."""
    return Content.styled(delivery_words.ended(one), show.WATCH if (delivery_words.delay(one) or 0) > 0 else show.MUTED)


def _until(day: dt.date | None, today: dt.date) -> Content:
    """When what is open is due: `in 3 w`, or `12 d late`."""
    if day is None:
        return Content.styled(_("no day"), show.MUTED)
    if day < today:
        return Content.styled(_("{count} d late").format(count=(today - day).days), show.ACT)
    return show.when(day, today)


def _involved(page: DeliveryPage, one: ProjectPerson) -> AgendaLine:
    part = Content.styled(_DOT, show.MUTED) + show.label(one.part, show.MUTED) if one.part else Content()
    name = show.label(page.name("person", one.person_id))
    return AgendaLine(Content.assemble("    ", (_("with "), show.MUTED), name, part), key=_key(one))


def _competence(page: DeliveryPage, one: Competence) -> AgendaLine:
    """`needs PLC · Luca · have it 3 largely`; one that we have not is to act on."""
    who = page.name("actor", one.actor_id)
    name = Content.assemble("    ", (_("needs "), show.MUTED), show.label(one.name))
    owner = Content.assemble((_DOT, show.MUTED), show.label(who, show.MUTED)) if who else Content()
    return AgendaLine(name + owner, _having(one), key=_key(one))


def _having(one: Competence) -> Content:
    if one.grade is None:
        return Content.styled(_("have we got it?"), show.WATCH)
    style = show.FINE if one.grade > queries.ENOUGH else show.WATCH if one.grade == queries.ENOUGH else show.ACT
    return Content.assemble(
        (_("we have it "), show.MUTED), show.bar(one.grade, _GRADES, _GRADES, trough=True), " ",
        Content.styled(f"{one.grade} {_(scales.GRADES[one.grade])}", style),
    )  # fmt: skip


# Promises, requests, feedback


def _promise(page: DeliveryPage, one: Promise, today: dt.date) -> AgendaLine:
    fate = page.fates[one.id]
    sign, style = _FATES[fate]
    names = (
        (_("to {name}"), page.name("person", one.person_id)),
        (_("by {name}"), page.name("actor", one.actor_id)),
        ("{name}", page.name("project", one.project_id)),
    )
    left = _titled(sign, style, one.name, [shape.format(name=name) for shape, name in names if name])
    is_open = one.kept is None
    right = _until(one.due_on, today) if is_open else Content.styled(_(fate.label), style)
    return AgendaLine(left, right, key=_key(one), can_mark=True, short=right)


def _request(page: DeliveryPage, one: CustomerRequest, today: dt.date) -> AgendaLine:
    pace = page.paces[one.id]
    sign, style = _PACES[pace]
    actor = page.name("actor", one.passed_to_id)
    names = [page.name("person", one.person_id), *([_("with {name}").format(name=actor)] if actor else [])]
    if one.answered_on is None:
        if not actor:
            names.append(_("passed to nobody"))
        right = _until(queries.due_on(one), today)
    else:
        names.append(one.answer)
        right = Content.styled(_(pace.label), style)
    left = _titled(sign, style, one.name, [name for name in names if name])
    return AgendaLine(left, right, key=_key(one), can_mark=True, short=right)


def _titled(sign: str, style: str, name: str, rest: list[str]) -> Content:
    mark = Content.styled(getattr(show.glyphs(), sign), f"bold {style}".strip())
    parts = [show.label(name), *(show.label(one, show.MUTED) for one in rest)]
    return Content.assemble(mark, " ", Content.styled(_DOT, show.MUTED).join(parts))


def _said(page: DeliveryPage, one: Satisfaction, today: dt.date) -> AgendaLine:
    """`9 promoter  "quiet nights" · Bianchi`."""
    loyalty = queries.loyalty(one)
    if loyalty is None:
        score = show.cells(show.unknown(), 3, "right") + Content(" " * 12)
    else:
        score = show.cells(f"{one.score}", 3, "right") + Content(" ")
        score += show.cells(Content.styled(_(loyalty.label), _LOYALTIES[loyalty]), 11)
    parts = [show.label(one.comment)] if one.comment else []
    parts += [show.label(name, show.MUTED) for name in (page.name("person", one.person_id),) if name]
    left = Content.assemble(score, Content.styled(_DOT, show.MUTED).join(parts))
    return AgendaLine(left, show.when(one.day, today), key=_key(one))


def _key(one: Record) -> tuple[str, int]:
    return (one.noun.table, one.id)


def full(page: DeliveryPage, one: Record, today: dt.date) -> Content:
    """All that is known of a record."""
    from crmtui.domain import values
    from crmtui.domain.fields import Kind, specs

    rows: list[tuple[str, Content]] = []
    for name, spec in specs(type(one)).items():
        value = getattr(one, name)
        if name in (one.noun.title, "account_id", "currency") or value in (None, ""):
            continue
        if spec.kind is Kind.LINK:
            told = show.label(page.name(spec.link, value))
        elif spec.kind is Kind.MONEY:
            told = show.money_in_full(value, getattr(one, "currency", ""))
        elif spec.kind is Kind.DATE:
            told = Content.assemble(show.full_date(value), (f"  {show.when(value, today).plain}", show.MUTED))
        else:
            told = show.block(values.label(spec, value))
        rows.append((_(spec.label), told))
    title = show.label(str(getattr(one, one.noun.title) or _(one.noun.one)), "bold")
    widest = max((len(label) for label, _told in rows), default=0) + 2
    return Content("\n").join(
        [title, Content(), *(Content.assemble((show.fit(label, widest), show.MUTED), told) for label, told in rows)]
    )
