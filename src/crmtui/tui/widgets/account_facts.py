"""What is told of one account: the ladder, the figures, and the preview beside the list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain import scales, words
from crmtui.queries import allotted_words, postures
from crmtui.text import _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import dmu_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.domain.accounts import Account
    from crmtui.queries.accounts import AccountPage, Deal, Face, Moment, Rival, Sum
    from crmtui.queries.equity import Line
    from crmtui.queries.equity_basis import Basis
    from crmtui.queries.postures import ByHand

LABEL: Final = 13  # cells of the labels of the preview
FIGURE: Final = 7  # of one with a bar beside it
BAR: Final = 10
SIGN: Final = 3
NAME: Final = 17
DAY: Final = 7
AMOUNT: Final = 8
_QUARTER: Final = 3  # months


# The ladder


def ladder(level: words.Level, width: int | None = None) -> Content:
    """The four steps on a line, the one that the account is on in brackets; its name alone where that is too wide."""
    ways = (_steps(level, "──"), _steps(level, "─"), Content.assemble(show.ladder(level.value), f" {_(level.label)}"))
    return ways[0] if width is None else show.fitting(ways, width)


def _steps(level: words.Level, line: str) -> Content:
    parts: list[Content] = []
    for step in words.Level:
        label = _(step.label)
        is_here = step is level
        if parts:
            before = "" if parts[-1].plain.endswith("]") else " "
            parts.append(Content.styled(f"{before}{line}{'' if is_here else ' '}", show.MUTED))
        parts.append(Content.styled(f"[{label}]" if is_here else label, f"bold {show.BAR}" if is_here else show.MUTED))
    return Content("").join(parts)


def target(account: Account, today: dt.date) -> Content:
    """`target Partner Q4`, with the year when it is not this one; red when it is past and not reached."""
    if account.target_level is None:
        return Content()
    steps = list(words.Level)
    is_reached = steps.index(account.level) >= steps.index(account.target_level)
    is_late = account.target_on is not None and account.target_on < today and not is_reached
    style = show.FINE if is_reached else show.ACT if is_late else ""
    return Content.assemble(
        (_("target "), show.MUTED),
        (_(account.target_level.label), style),
        (f" {quarter(account.target_on, today)}" if account.target_on else "", style or show.MUTED),
        (_(" late") if is_late else "", style),
    )


def quarter(day: dt.date, today: dt.date) -> str:
    """`Q4`, or `Q4 2027` when it is not of this year."""
    number = (day.month - 1) // _QUARTER + 1
    shape = _("Q{quarter}") if day.year == today.year else _("Q{quarter} {year}")
    return shape.format(quarter=number, year=day.year)


# The head of the page


def place(account: Account) -> Content:
    """Its industry and where it is; empty when neither is known."""
    return Content.styled(" · ", show.MUTED).join(
        show.label(one, show.MUTED) for one in (account.industry, account.city) if one.strip()
    )


Worth = tuple["Basis", "Line | None"]  # what holds for all accounts, and what this one is worth


def figures(page: AccountPage, today: dt.date, worth: Worth | None = None, *, asks: bool = False) -> list[Content]:
    """The figures, the ones that matter most first."""
    return [
        *standing(page),
        *equity(worth, asks=asks),
        _figure(_("met"), met(page)),
        _figure(_("open"), Content(str(page.open_count)), *_amounts(page.pipeline)),
        _figure(_("won"), *(_amounts(page.won) or [show.nothing()])),
        _figure(_("profile"), show.percent(page.profile.share)),
        _figure(_("last"), _day(page.last, today)),
        _figure(_("next"), _day(page.coming, today)),
    ]


def equity(worth: Worth | None, *, asks: bool = False) -> list[Content]:
    """What it is worth, or the key that works it out; nothing while nobody knows, and where it is lost."""
    if worth is None and asks:
        return [_figure(_("equity"), show.unknown(), Content.styled(_("w works it out"), show.MUTED))]
    basis, line = worth or (None, None)
    if basis is None or line is None:
        return []
    value = show.money(round(line.worth.value), basis.rates.currency).stylize("bold")
    why = [Content.styled(_("nothing sold in three years"), show.MUTED)] if basis.is_idle else []
    return [_figure(_("equity"), value, *why)]


def standing(page: AccountPage) -> list[Content]:
    """Favour with its band, and coverage; nothing where there is no map."""
    if page.standing is None:
        return []
    figures = page.standing.figures
    return [
        Content.assemble(
            (_("favour "), show.MUTED),
            dmu_figures.favour(figures.favour).stylize("bold"),
            dmu_figures.favour_band(figures.favour),
        ),
        Content.assemble((_("coverage "), show.MUTED), dmu_figures.coverage(figures.coverage).stylize("bold")),
    ]


def met(page: AccountPage) -> Content:
    """`3 of 5`, those of the map who were met lately; nothing where there is no map."""
    if page.met.share is None:
        return show.nothing()
    return Content.assemble((str(page.met.count), "bold"), (_(" of {count}").format(count=page.met.of), show.MUTED))


def _figure(label: str, *shown: Content) -> Content:
    return Content(" ").join([Content.styled(label, show.MUTED), *shown])


def _amounts(sums: Sequence[Sum]) -> list[Content]:
    return [show.money(one.value, one.currency) for one in sums]


def _day(moment: Moment | None, today: dt.date) -> Content:
    return show.when(dt.date.fromisoformat(moment.day), today) if moment else show.nothing()


# The preview


def preview(page: AccountPage, today: dt.date, width: int) -> Content:
    """The account at a glance, in so many cells."""
    lines = [
        *_head(page, today, width),
        Content(),
        *_unit(page),
        _fact(_("met"), *_drawn(met(page), page.met.share)),
        _fact(_("open"), Content(str(page.open_count)), *_amounts(page.pipeline)),
        _fact(_("won"), *(_amounts(page.won) or [show.nothing()])),
        *([_fact(_("hours"), show.label(allotted_words.measured(page.allotted)))] if page.allotted else []),
        _fact(_("profile"), *_drawn(show.percent(page.profile.share), page.profile.share)),
        _fact(_("last"), _day(page.last, today), *_said(page.last)),
        _fact(_("next"), _day(page.coming, today), *_said(page.coming)),
        *_people(page.faces, today, width),
        *_deals(page.deals, today, width),
        *_rivals(page.rivals),
    ]
    cut = [show.cells(line, width) if line.cell_length > width else line for line in lines]
    return Content("\n").join([*cut, *_needs(page.account)])


def _unit(page: AccountPage) -> Iterator[Content]:
    """Favour and coverage of the decision-making unit, each on a line; none where there is no map."""
    if page.standing is None:
        return
    favour, coverage = page.standing.figures.favour, page.standing.figures.coverage
    blocks = len(favour.blocks)
    said = ngettext("{count} block", "{count} blocks", blocks)
    yield _fact(
        _("favour"),
        Content.assemble(dmu_figures.favour(favour).stylize("bold"), dmu_figures.favour_band(favour)),
        *([Content.styled(f"{show.glyphs().block} {said}", show.ACT)] if blocks else []),
    )
    yield _fact(_("coverage"), *_drawn(dmu_figures.coverage(coverage), coverage.value))


def _head(page: AccountPage, today: dt.date, width: int) -> Iterator[Content]:
    account = page.account
    yield show.label(account.name, "bold")
    yield place(account)
    yield Content()
    yield ladder(account.level, width)
    if account.target_level:
        yield target(account, today)
    yield _fact(_("owner"), show.label(page.owner) if page.owner else show.nothing())
    yield from _posture(page.posture, width)
    if account.status is not words.AccountStatus.ACTIVE:
        yield _fact(_("status"), Content.styled(_(account.status.label), show.WATCH))
    if page.tags:
        yield Content("  ").join(show.label(f"#{tag}", "$accent") for tag in page.tags)


def _posture(found: ByHand | None, width: int) -> Iterator[Content]:
    """What is done with it, as set by hand, and why below; the sign alone where there is no room for its words."""
    if found is None:
        yield _fact(_("posture"), show.nothing())
        return
    posture, sign = _(found.posture.label), show.glyphs().override
    ways = (Content.assemble(posture, (mark, show.MUTED)) for mark in (f" {sign} {_('by hand')}", f" {sign}"))
    yield _fact(_("posture"), show.fitting(ways, width - LABEL))
    yield from show.hanging(Content(" " * LABEL), Content.styled(postures.because(found), show.MUTED), width)


def _fact(label: str, *shown: Content) -> Content:
    return Content.assemble((show.lead(label, LABEL), show.MUTED), Content("  ").join(shown))


def _drawn(figure: Content, share: float | None) -> list[Content]:
    """A figure, and the bar of its share below those of the others."""
    return [figure] if share is None else [show.cells(figure, FIGURE), show.bar(share, 1, BAR, trough=True)]


def _said(moment: Moment | None) -> list[Content]:
    if moment is None:
        return []
    return [show.label(f"{moment.channel} · {moment.message}" if moment.message else moment.channel, show.MUTED)]


def _people(faces: Sequence[Face], today: dt.date, width: int) -> Iterator[Content]:
    if faces:
        yield Content()
        yield Content.styled(_("People"), show.MUTED)
    for face in faces:
        is_judged = face.power is not None or face.attitude is not None
        last = show.when(dt.date.fromisoformat(face.last), today).plain if face.last else _("never")
        yield Content.assemble(
            show.cells(show.attitude(face.attitude) if is_judged else Content(), SIGN),
            show.cells(show.label(face.name), NAME),
            " ",
            show.cells(show.label(face.title, show.MUTED), width - SIGN - NAME - DAY - 1),
            show.cells(Content.styled(last, show.MUTED), DAY, "right"),
        )


def _deals(deals: Sequence[Deal], today: dt.date, width: int) -> Iterator[Content]:
    if deals:
        yield Content()
        yield Content.styled(_("Open opportunities"), show.MUTED)
    for deal in deals:
        day = dt.date.fromisoformat(deal.closes) if deal.closes else None
        style = show.ACT if day and day < today else show.MUTED
        yield Content.assemble(
            show.cells(show.money(deal.value, deal.currency), AMOUNT, "right"),
            " ",
            show.cells(show.label(deal.name), width - AMOUNT - DAY - 3),
            " ",
            show.cells(Content.styled(show.when(day, today).plain, style), DAY + 1, "right"),
        )


def _rivals(rivals: Sequence[Rival]) -> Iterator[Content]:
    if rivals:
        yield Content()
        yield Content.styled(_("Competition"), show.MUTED)
    for rival in rivals:
        yield Content.assemble(show.label(rival.name), " · ", closeness(rival))


def closeness(rival: Rival) -> Content:
    """How close a competitor is, as a grade with its name."""
    if rival.closeness is None:
        return show.unknown()
    return Content(f"{rival.closeness} {_(scales.CLOSENESS[rival.closeness])}")


def _needs(account: Account) -> Iterator[Content]:
    if account.needs:
        yield Content()
        yield Content.styled(_("Needs"), show.MUTED)
        yield show.block(account.needs[: show.LONGEST].rstrip())
