"""The figures of a plan with their terms, and drafts of contacts: for people, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.money import format_amount
from crmtui.figures import Figure
from crmtui.queries import allotted_words, plan_words, plans
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.method.coverage import Coverage
    from crmtui.queries.plans import PlanPage
    from crmtui.queries.proposing import DraftPage

DRAFT: Final = (
    *("day", "channel", "person", "gain", "cost", "currency", "hours", "price", "leverage", "before", "after"),
    *("last_contact", "gap_days", "choice", "message", "why"),
)
UNKNOWN: Final = "?"
DIGITS: Final = 4  # of a coverage, for programs


# Figures, as `showing` asks for them


def read(path: Path, key: int, today: dt.date) -> PlanPage:
    """A plan with its figures; NotFoundError if it is gone."""
    return plans.page(path, key, today)


def brief(_page: PlanPage) -> Iterator[str]:
    """Nothing: a plan is its contacts; what they add up to is asked for."""
    yield from ()


def row(page: PlanPage, *, why: bool) -> dict[str, Any] | None:
    """The figures for programs, where they are asked for."""
    return figures(page) if why else None


def figures(page: PlanPage) -> dict[str, Any]:
    """For programs: money in minor units of the plan's currency."""
    found, budget, burden = page.summary, page.summary.budget, page.burden
    return {
        "currency": page.plan.currency,
        "budget": budget.total,
        "spent": budget.spent,
        "committed": budget.committed,
        "left": budget.left,
        "done": found.whole.done.count,
        "planned": found.whole.planned.count,
        "late": len(found.late),
        "unwanted": len(page.unwanted),
        "hours_done": found.whole.done.hours,
        "hours_planned": found.whole.planned.hours,
        "channels": [
            {"channel": page.channels[share.key], "contacts": share.count, "cost": share.cost, "hours": share.hours}
            for share in found.by_channel
        ],
        "coverage_now": _coverage(page.now),
        "coverage_at_end": _coverage(page.ahead),
        "people": _people(page),
        "cost_with_hours": burden.whole,
        "caution": page.caution,
        "territory_hours": page.allotted and page.allotted.hours,
        "territory_done": page.allotted and page.allotted.done,
        "margin": burden.margin,
        "margin_since": page.margin.since.isoformat(),
        "share_of_margin": None if burden.share is None else round(burden.share, DIGITS),
    }


def _coverage(found: Coverage | None) -> dict[str, float | None] | None:
    if found is None or found.value is None:
        return None
    return {
        "value": round(found.value, DIGITS),
        "low": round(found.low, DIGITS),
        "high": round(found.high, DIGITS),
        "completeness": None if found.completeness is None else round(found.completeness, DIGITS),
    }


def _people(page: PlanPage) -> list[dict[str, Any]]:
    if page.now is None or page.ahead is None:
        return []
    return [
        {
            "person": page.seats.get(now.key, ""),
            "leverage": round(now.leverage, DIGITS),
            "now": round(now.value, DIGITS),
            "at_end": round(end.value, DIGITS),
        }
        for now, end in zip(page.now.terms, page.ahead.terms, strict=True)
    ]


def write_why(page: PlanPage) -> None:
    """Write them for people."""
    output.write_lines([bold(_("Figures")), *(f"  {one}" for one in _told(page))])
    if page.now is not None and page.now.terms and page.ahead is not None:
        headings = [
            Heading(_("Covered")),
            Heading(_("Weighs"), is_figure=True),
            Heading(_("Now"), is_figure=True),
            Heading(_("At the end"), is_figure=True),
        ]
        write_table(
            headings,
            (
                [page.seats.get(now.key, ""), _percent(now.leverage), _percent(now.value), _percent(end.value)]
                for now, end in zip(page.now.terms, page.ahead.terms, strict=True)
            ),
        )


def _told(page: PlanPage) -> Iterator[str]:
    currency, budget, whole = page.plan.currency, page.summary.budget, page.summary.whole
    if budget.total is None:
        yield _("spent {spent}, planned {planned}, no budget").format(
            spent=format_amount(budget.spent, currency), planned=format_amount(budget.committed, currency)
        )
    else:
        yield _("spent {spent}, planned {planned} of {budget}: {left} left").format(
            spent=format_amount(budget.spent, currency),
            planned=format_amount(budget.committed, currency),
            budget=format_amount(budget.total, currency),
            left=format_amount(budget.left or 0, currency),
        )
    yield _("done {done} ({done_hours:g} h), to come {planned} ({planned_hours:g} h)").format(
        done=whole.done.count,
        done_hours=Figure(whole.done.hours),
        planned=whole.planned.count,
        planned_hours=Figure(whole.planned.hours),
    )
    if unwanted := len(page.unwanted):
        yield ngettext(
            "{count} contact to come is on a channel that is refused meanwhile",
            "{count} contacts to come are on a channel that is refused meanwhile",
            unwanted,
        )
    for share in page.summary.by_channel:
        yield _("{channel}: {count}, {cost}, {hours:g} h").format(
            channel=line(page.channels[share.key]),
            count=share.count,
            cost=format_amount(share.cost, currency),
            hours=Figure(share.hours),
        )
    yield plan_words.outlook(page.now, page.ahead)
    yield plan_words.burden(page)
    if page.allotted is not None:
        yield _("territory: {hours}").format(hours=allotted_words.measured(page.allotted))
    if page.caution:
        yield page.caution


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# Drafts


def draft_rows(page: DraftPage) -> Iterator[list[Any]]:
    """For programs: the cells of `DRAFT`; money in minor units."""
    for one in page.draft.proposals:
        yield [
            *(one.day.isoformat(), page.channels[one.channel], page.names[one.person], round(one.gain, DIGITS)),
            *(one.cost, page.plan.currency, one.hours, round(one.price), round(one.leverage, DIGITS)),
            *(round(one.before, DIGITS), round(one.after, DIGITS)),
            *(one.last.isoformat() if one.last else None, one.gap, one.choice.value),
            page.message(one).words,
            [f"{label}: {words}" for label, words in plan_words.why(page, one)],
        ]


def write_draft(page: DraftPage, *, with_why: bool) -> None:
    """For people: the contacts with the running cost and coverage, and why there are no more."""
    if page.draft.proposals:
        headings = [
            Heading(_("Day")),
            Heading(_("Channel")),
            Heading(_("With")),
            Heading(_("Gain"), is_figure=True),
            Heading(_("Cost"), is_figure=True),
            Heading(_("Hours"), is_figure=True),
            Heading(_("Cost so far"), is_figure=True, priority=2),
            Heading(_("Coverage so far"), is_figure=True, priority=1),
        ]
        write_table(headings, _draft_cells(page))
    if with_why:
        for one in page.draft.proposals:
            output.write_lines(
                ["", bold(f"{one.day.isoformat()} {page.channels[one.channel]} {page.names[one.person]}")]
            )
            output.write_lines(f"  {label}: {words}" for label, words in plan_words.why(page, one))
    output.write_lines(["", *remarks(page)])


def _draft_cells(page: DraftPage) -> Iterator[list[str]]:
    cost = 0
    coverage = page.draft.outlook.planned or 0.0
    for one in page.draft.proposals:
        cost += one.cost
        coverage += one.gain
        yield [
            one.day.isoformat(),
            page.channels[one.channel],
            page.names[one.person],
            f"+{Figure(one.gain * 100):.1f}",
            format_amount(one.cost, page.plan.currency),
            f"{Figure(one.hours):g}",
            format_amount(cost, page.plan.currency),
            _percent(coverage),
        ]


def remarks(page: DraftPage) -> Iterator[str]:
    """What is to be said of a draft as a whole."""
    draft = page.draft
    if draft.outlook.planned is not None and draft.outlook.proposed is not None and draft.outlook.now is not None:
        yield _(
            "Coverage now {now}; at the end with what is planned {planned}, with all that is proposed {all}."
        ).format(
            now=_percent(draft.outlook.now),
            planned=_percent(draft.outlook.planned),
            all=_percent(draft.outlook.proposed),
        )
    if page.caution:
        yield page.caution
    yield from plan_words.held(page)
