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
from crmtui.queries import flat
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.domain.dmu import Influence as Edge
    from crmtui.domain.fields import Record
    from crmtui.queries.dmu import DmuPage, Sheet

HEADERS: Final = (
    *(TYPE, "uid", "account", "opportunity", "notes", "known", "met"),
    *("attitude", "attitude_low", "attitude_high", "stakeholders", "influences", "findings"),
)
UNKNOWN: Final = "?"
_SPECS: Final = specs(Stakeholder)


def row(path: Path, page: DmuPage) -> list[Any]:
    """The cells of `HEADERS`: the map with everybody and every line, whole."""
    map_id = page.placed.map_id
    uid = next(flat.uids(path, DmuMap, [map_id]), None) if map_id else None
    attitude = page.figures.attitude
    return [
        *(DmuMap.noun.table, uid, page.placed.account, page.placed.opportunity, page.notes),
        *(page.figures.known, page.figures.met, attitude.value, attitude.low, attitude.high),
        _whole(path, Stakeholder, [sheet.key for sheet in page.sheets]),
        _whole(path, Influence, [edge.id for edge in page.edges]),
        [finding.sentence for finding in page.findings],
    ]


def _whole(path: Path, kind: type[Record], keys: list[int]) -> list[dict[str, Any]]:
    return [dict(zip(flat.headers(kind), cells, strict=True)) for cells in flat.rows(path, kind, keys)]


def write(page: DmuPage, *, is_first: bool) -> None:
    """Write a page for people."""
    output.write_lines(["", bold(page.title)] if not is_first else [bold(page.title)])
    if not page.sheets:
        output.write_lines(["  " + _("Nobody is on this map yet; `crmtui dmu add` puts somebody on it.")])
        return
    output.write_lines([f"  {_figures(page)}"])
    headings = [
        Heading(_("Name")),
        Heading(_("Position"), priority=2),
        Heading(_("Roles")),
        Heading(_("Power"), is_figure=True),
        Heading(_("Attitude")),
        Heading(_("Relationship"), priority=1),
        Heading(_("Reports to"), priority=4),
        Heading(_("Covered by"), priority=3),
        Heading(_("Last contact"), priority=5),
        Heading(_("Identity"), priority=6),
    ]
    write_table(headings, (_cells(page, sheet) for sheet in page.sheets))
    output.write_lines(_rest(page))
    sys.stdout.flush()


def _figures(page: DmuPage) -> str:
    figures = page.figures
    attitude = figures.attitude
    mean = UNKNOWN if attitude.value is None else f"{attitude.value:+.1f}"
    return _("known {known}, attitude {mean} ({low:+.1f} to {high:+.1f}), met {met}").format(
        known=_share(figures.known), mean=mean, low=attitude.low, high=attitude.high, met=_share(figures.met)
    )


def _share(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value * 100:.0f} %"


def _cells(page: DmuPage, sheet: Sheet) -> list[str]:
    one = sheet.stakeholder
    boss = page.sheet(one.reports_to_id)
    roles = values.label(_SPECS["roles"], one.roles)
    return [
        sheet.name if sheet.person else f"({sheet.name})",
        sheet.position,
        f"{roles} · {_('veto')}" if one.veto else roles,
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
        yield from (f"  {'!' if one.is_urgent else '·'} {one.sentence}" for one in page.findings)


def _line(page: DmuPage, edge: Edge) -> str:
    ends = [sheet.name if (sheet := page.sheet(key)) else UNKNOWN for key in (edge.source_id, edge.target_id)]
    is_conflict = edge.kind is EdgeKind.CONFLICT
    sentence = _("{source} is in conflict with {target}") if is_conflict else _("{source} influences {target}")
    strength = values.label(specs(Influence)["strength"], edge.strength)
    formal = f", {_('formal')}" if edge.is_formal else ""
    return f"{sentence.format(source=ends[0], target=ends[1])} ({strength}{formal})"
