"""What is asked of a stakeholder: forms, and the short lists to choose a grade, a boss, a line or a person from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.dmu import Influence, Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.scales import STRENGTH
from crmtui.domain.words import EdgeKind, Role, Source
from crmtui.queries import dmu as queries, records
from crmtui.text import N_, _, key as folded, ngettext
from crmtui.tui import meanwhile
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.form import FormScreen, Shape
from crmtui.tui.widgets.dmu_foretold import of_stakeholder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crmtui.queries.dmu import DmuPage, Place, Placed, Sheet

NOBODY: Final = 0  # the key that stands for no boss
_OUTWARDS: Final = N_("influences {name}")
_INWARDS: Final = N_("listens to {name}")
_CONFLICT: Final = N_("in conflict with {name}")
_SPECS: Final = specs(Stakeholder)
_ROLE: Final = (
    "position",
    "rank",
    "roles",
    "veto",
    "reports_to_id",
    "power",
    "power_basis",
    "power_on",
    "power_source",
)
_LINE: Final = ("target_id", "kind", "strength", "is_formal", "basis", "judged_on", "source", "notes")


# Forms


def editing(path: Path, page: DmuPage, sheet: Sheet, today: dt.date) -> FormScreen[None]:
    """The form for a stakeholder who is on the map."""
    from crmtui.commands import dmu

    boss = page.sheet(sheet.stakeholder.reports_to_id)
    return FormScreen(
        Stakeholder,
        {name: getattr(sheet.stakeholder, name) for name in _SPECS},
        title=_("{name} on the map of {map}").format(name=sheet.name, map=page.title),
        save=lambda values: dmu.edit_stakeholder(path, sheet.key, values, Source.TUI, today),
        changes_only=True,
        shape=Shape(
            find=_found_on(path, page, sheet.key),
            names={"reports_to_id": boss.name} if boss else {},
            foretell=of_stakeholder(page, sheet.key),
            now=meanwhile.kept(path, type(sheet.stakeholder), sheet.stakeholder.id),
        ),
    )


def adding_role(path: Path, page: DmuPage, today: dt.date, roles: tuple[Role, ...] = ()) -> FormScreen[int]:
    """The form for a role that must exist but has no name yet; its result is the stakeholder's key."""
    from crmtui.commands import dmu

    at = page.placed.map_id or page.placed.place
    return FormScreen(
        Stakeholder,
        {"roles": roles},
        title=_("A role without a name on the map of {map}").format(map=page.title),
        save=lambda values: dmu.add_stakeholder(path, at, values, Source.TUI, today),
        shape=Shape(only=_ROLE, find=_found_on(path, page, None)),
    )


def adding_line(path: Path, page: DmuPage, sheet: Sheet, today: dt.date) -> FormScreen[int]:
    """The form for a line from a stakeholder to another one; its result is the line's key."""
    from crmtui.commands import dmu_lines

    def save(values: dict[str, Any]) -> int:
        target = values.pop("target_id")
        return dmu_lines.link(path, sheet.key, target, values, Source.TUI, today)

    return FormScreen(
        Influence,
        {"strength": 2, "judged_on": today},
        title=_("A line from {name}").format(name=sheet.name),
        save=save,
        shape=Shape(only=_LINE, find={"target_id": partial(_others, page, sheet.key)}),
    )


def _found_on(path: Path, page: DmuPage, key: int | None) -> dict[str, Callable[[str], Sequence[Found[int]]]]:
    """Where the links of a stakeholder lead that stay on the map."""
    return {"reports_to_id": partial(_others, page, key), "person_id": partial(_people, path, page.placed)}


# Choosing


def choosing_person(path: Path, page: DmuPage, title: str) -> ChooseScreen[int | str]:
    """One of the account's people who are not on the map, or of all others, or somebody new: then the name."""

    def find(words: str) -> list[Found[int | str]]:
        return [Found(one.key, one.label, one.detail) for one in _people(path, page.placed, words)]

    return ChooseScreen(title, find, create=lambda words: Found(words, words))


def choosing_boss(page: DmuPage, sheet: Sheet) -> ChooseScreen[int]:
    """To whom somebody reports on the map, or `NOBODY`."""

    def find(words: str) -> list[Found[int]]:
        nobody = [] if words else [Found(NOBODY, _("nobody"))]
        return _others(page, sheet.key, words) + nobody

    return ChooseScreen(_("{name} reports to").format(name=sheet.name), find)


def choosing_line(page: DmuPage, sheet: Sheet) -> ChooseScreen[int]:
    """One of the lines of somebody: its key."""
    names = {other.key: other.name for other in page.sheets}
    found = []
    for edge in page.edges:
        if sheet.key in (edge.source_id, edge.target_id):
            is_source = edge.source_id == sheet.key
            words = _CONFLICT if edge.kind is EdgeKind.CONFLICT else _OUTWARDS if is_source else _INWARDS
            other = names.get(edge.target_id if is_source else edge.source_id, "")
            how = _(STRENGTH[edge.strength]) + (f", {_('formal')}" if edge.is_formal else "")
            found.append(Found(edge.id, _(words).format(name=other), how))
    return ChooseScreen(_("Take away a line of {name}").format(name=sheet.name), partial(_answering, found))


def choosing_map(path: Path, account_id: int) -> ChooseScreen[Place]:
    """The account's own map or that of one of its opportunities, begun or not."""

    def find(words: str) -> list[Found[Place]]:
        found = [Found(one.place, _map_name(one), _map_detail(one)) for one in queries.maps_of(path, account_id)]
        return _answering(found, words)

    return ChooseScreen(_("The map of"), find)


def choosing_other(maps: Sequence[Placed]) -> ChooseScreen[Place]:
    """One of the account's other maps."""
    found = [Found(one.place, _map_name(one), _map_detail(one)) for one in maps]
    return ChooseScreen(_("Compare with the map of"), partial(_answering, found))


def choosing_account(path: Path) -> ChooseScreen[Place]:
    """An account, or by its name an opportunity: what a map is of."""

    def find(words: str) -> list[Found[Place]]:
        accounts = records.suggest(path, "account", words)
        deals = records.suggest(path, "opportunity", words) if words else []
        return [
            *(Found(queries.Place(account_id=key), name) for key, name in accounts),
            *(Found(queries.Place(opportunity_id=key), name, _("opportunity")) for key, name in deals),
        ]

    return ChooseScreen(_("The map of which account"), find)


def _people(path: Path, placed: Placed, words: str) -> list[Found[int]]:
    """Blocking: the account's people first; others too where words are typed."""
    own = [Found(key, name, title) for key, name, title in queries.candidates(path, placed)]
    found = [one for one in own if folded(words) in folded(f"{one.label} {one.detail}")]
    others = queries.people_elsewhere(path, placed, words) if words else []
    return found + [Found(key, name, account or _("no account")) for key, name, account in others]


def _others(page: DmuPage, key: int | None, words: str) -> list[Found[int]]:
    """The others on the map."""
    found = [Found(one.key, one.name, one.position if one.person else "") for one in page.sheets if one.key != key]
    return _answering(found, words)


def _answering(found: Sequence[Found[Any]], words: str) -> list[Found[Any]]:
    """Those whose name has the words in it."""
    wanted = words.casefold()
    return [one for one in found if wanted in one.label.casefold() or wanted in one.detail.casefold()]


def _map_name(placed: Placed) -> str:
    return placed.opportunity or _("the whole account")


def _map_detail(placed: Placed) -> str:
    return ngettext("{count} person", "{count} people", placed.people) if placed.map_id else _("no map yet")
