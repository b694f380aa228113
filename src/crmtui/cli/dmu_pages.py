"""A map of a decision-making unit as a page, and as a row for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain import values
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.words import EdgeKind
from crmtui.exchange.portable import TYPE
from crmtui.figures import Figure
from crmtui.method.dmu import RECENT
from crmtui.queries import flat
from crmtui.queries.coverage_words import banded, share
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.domain.dmu import Influence as Edge
    from crmtui.domain.fields import Record
    from crmtui.queries.dmu import DmuPage, Sheet

FIGURES: Final = (
    *("known", "met", "favour", "favour_low", "favour_high", "favour_known"),
    *("coverage", "coverage_low", "coverage_high", "coverage_known", "blocks"),
)
HEADERS: Final = (
    *(TYPE, "uid", "account", "opportunity", "notes", *FIGURES),
    *("stakeholders", "influences", "findings"),
)
UNKNOWN: Final = "?"
DIGITS: Final = 6  # of a figure for programs
_SPECS: Final = specs(Stakeholder)


def row(path: Path, page: DmuPage) -> list[Any]:
    """The cells of `HEADERS`: the map with everybody and every line, whole."""
    map_id = page.placed.map_id
    uid = next(flat.uids(path, DmuMap, [map_id]), None) if map_id else None
    people = _whole(path, Stakeholder, [sheet.key for sheet in page.sheets])
    return [
        *(DmuMap.noun.table, uid, page.placed.account, page.placed.opportunity, page.notes),
        *figures(page).values(),
        [one | {"figures": terms(page, sheet)} for one, sheet in zip(people, page.sheets, strict=True)],
        _whole(path, Influence, [edge.id for edge in page.edges]),
        [
            {"finding": one.sentence, "gain": one.gain, "by": round(one.gains, DIGITS), "urgent": one.is_urgent}
            for one in page.findings
        ],
    ]


def figures(page: DmuPage) -> dict[str, Any]:
    """The figures with their bands, by the names in `FIGURES`."""
    favour, coverage = page.figures.favour, page.figures.coverage
    cells = (
        *(page.figures.known, page.figures.met),
        *(favour.value, favour.low, favour.high, favour.completeness),
        *(coverage.value, coverage.low, coverage.high, coverage.completeness),
        [sheet.stakeholder.uid for sheet in page.sheets if page.is_block(sheet.key)],
    )
    return dict(zip(FIGURES, cells, strict=True))


def terms(page: DmuPage, sheet: Sheet) -> dict[str, Any]:
    """What one person does to the figures, by the names that `--why` explains."""
    found = page.figures
    at = page.sheets.index(sheet)
    weight, lean, cover = found.leverage.terms[at], found.favour.terms[at], found.coverage.terms[at]
    return {
        "right": weight.right,
        "leverage": weight.leverage,
        "listens_to": {_uid(page, key): share for key, share in weight.listens},
        "attitude": lean.attitude,
        "opinion": lean.opinion,
        "favour_points": lean.points,
        "contacts": cover.counted,
        "reached": cover.reached,
        "at_most": cover.most,
        "cover": cover.value,
        "coverage_points": cover.points,
    }


def _uid(page: DmuPage, key: int) -> str:
    return next(sheet.stakeholder.uid for sheet in page.sheets if sheet.key == key)


def _whole(path: Path, kind: type[Record], keys: list[int]) -> list[dict[str, Any]]:
    return [dict(zip(flat.headers(kind), cells, strict=True)) for cells in flat.rows(path, kind, keys)]


def write(page: DmuPage, *, is_first: bool, why: bool = False) -> None:
    """Write a page for people; `why` adds the terms of its figures."""
    output.write_lines(["", bold(page.title)] if not is_first else [bold(page.title)])
    if not page.sheets:
        output.write_lines(["  " + _("Nobody is on this map yet; `crmtui dmu add` puts somebody on it.")])
        return
    output.write_lines([f"  {brief(page)}"])
    headings = [
        Heading(_("Name")),
        Heading(_("Position"), priority=2),
        Heading(_("Roles")),
        Heading(_("Bet"), is_figure=True),
        Heading(_("Power"), is_figure=True, priority=2),
        Heading(_("Attitude")),
        Heading(_("Relationship"), priority=1),
        Heading(_("Reports to"), priority=4),
        Heading(_("Covered by"), priority=3),
        Heading(_("Last contact"), priority=5),
        Heading(_("Identity"), priority=6),
    ]
    write_table(headings, (_cells(page, sheet) for sheet in page.sheets))
    output.write_lines(_rest(page))
    if why:
        from crmtui.cli import dmu_why

        dmu_why.write(page)
    sys.stdout.flush()


def brief(page: DmuPage) -> str:
    """Favour and coverage with their bands, and how many were met lately."""
    favour, coverage = page.figures.favour, page.figures.coverage
    parts = [
        _("favour {favour} ({low:+.2f} to {high:+.2f}), {known} known").format(
            favour=signed(favour.value),
            low=Figure(favour.low),
            high=Figure(favour.high),
            known=share(favour.completeness),
        ),
        _("coverage {coverage}, {known} known").format(coverage=banded(coverage), known=share(coverage.completeness)),
        _("met in {days} days {met}").format(days=RECENT, met=share(page.figures.met)),
    ]
    return " · ".join(parts)


def signed(value: float | None) -> str:
    """A favour or what adds to it."""
    return UNKNOWN if value is None else f"{Figure(value):+.2f}"


def _cells(page: DmuPage, sheet: Sheet) -> list[str]:
    one = sheet.stakeholder
    boss = page.sheet(one.reports_to_id)
    roles = values.label(_SPECS["roles"], one.roles)
    return [
        sheet.name if sheet.person else f"({sheet.name})",
        sheet.position,
        f"{roles} · {_('veto')}" if one.veto else roles,
        share(page.figures.leverage.of(sheet.key)),
        UNKNOWN if one.power is None else str(one.power),
        _grade("attitude", one.attitude),
        _grade("relationship", one.relationship),
        boss.name if boss else "",
        sheet.covered_by,
        sheet.last_contact.isoformat() if sheet.last_contact else _("never"),
        one.uid,
    ]


def _grade(name: str, grade: int | None) -> str:
    return UNKNOWN if grade is None else values.label(_SPECS[name], grade)


def _rest(page: DmuPage) -> Iterator[str]:
    if page.edges:
        yield from ("", bold(_("Lines")), *(f"  {_line(page, edge)}" for edge in page.edges))
    if page.findings:
        yield from ("", bold(_("Findings")))
        yield from (f"  {'!' if one.is_urgent else '·'} {one.sentence} ({one.gain})" for one in page.findings)


def _line(page: DmuPage, edge: Edge) -> str:
    ends = [sheet.name if (sheet := page.sheet(key)) else UNKNOWN for key in (edge.source_id, edge.target_id)]
    is_conflict = edge.kind is EdgeKind.CONFLICT
    sentence = _("{source} is in conflict with {target}") if is_conflict else _("{source} influences {target}")
    strength = values.label(specs(Influence)["strength"], edge.strength)
    formal = f", {_('formal')}" if edge.is_formal else ""
    return f"{sentence.format(source=ends[0], target=ends[1])} ({strength}{formal})"
