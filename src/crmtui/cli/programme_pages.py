"""The figures of a programme, as `showing` asks for them: members, cost, and whether they stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import output
from crmtui.cli.equity_pages import told
from crmtui.cli.tables import bold
from crmtui.errors import NotFoundError
from crmtui.queries import equity, programme_words
from crmtui.queries.equity_words import in_units
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.method.proportions import Difference, Proportion
    from crmtui.queries.programmes import ProgrammePage


def read(path: Path, key: int, today: dt.date) -> ProgrammePage:
    """A programme with its figures; NotFoundError if it is gone."""
    found = next((one for one in equity.page(path, today).programmes if one.programme.id == key), None)
    if found is None:
        raise NotFoundError(_("This programme is no longer there."))
    return found


def brief(page: ProgrammePage) -> Iterator[str]:
    """Who stayed, in a line."""
    yield programme_words.stayed(page)


def write_why(page: ProgrammePage) -> None:
    """Write the terms."""
    output.write_lines([bold(_("Figures")), *told(programme_words.programme(page, in_units(page.programme.currency)))])


def row(page: ProgrammePage, *, why: bool) -> dict[str, Any]:
    """For programs: money in minor units, shares 0 to 1."""
    found = page.figures
    figures: dict[str, Any] = {
        "members": [_member(one) for one in page.members],
        "left": [_member(one) for one in page.left],
        "since": page.since.isoformat(),
        "cost": found.cost,
        "uncosted": found.uncosted,
        "stayed": _proportion(found.stayed),
        "others": _proportion(found.others),
        "difference": _difference(found.difference),
        "same_level": _difference(found.alike),
        "completeness": found.completeness,
    }
    if why:
        figures["levels"] = [
            {"level": one.level, "stayed": _proportion(one.members), "others": _proportion(one.others)}
            for one in found.strata
        ]
    return figures


def _member(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of a member
    return {"account": one.account, "joined_on": one.joined_on, "left_on": one.left_on, "reason": one.reason}


def _proportion(one: Proportion) -> dict[str, Any]:
    return {"count": one.count, "of": one.of, "value": one.value, "low": one.low, "high": one.high}


def _difference(one: Difference) -> dict[str, Any]:
    return {"value": one.value, "low": one.low, "high": one.high, "says_something": one.says_something}
