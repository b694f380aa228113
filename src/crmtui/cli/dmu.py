"""`dmu`: maps of decision-making units, who is on them, and who listens to whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import entry, fields, output
from crmtui.cli.build import Command, Group, Offer, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.editing import clear_option
from crmtui.cli.listing import command as listing, format_option
from crmtui.cli.output import Format
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import EdgeKind, Source
from crmtui.errors import NotFoundError, UsageError
from crmtui.queries import dmu, flat, records
from crmtui.queries.dmu import DmuPage, Place, Sheet
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer.core import TyperArgument

    from crmtui.cli.desk import Desk

BOSS: Final = "reports_to_id"  # somebody on the same map, so looked up there
EXAMPLES: Final = (
    "crmtui dmu add Aurora --person Bianchi --roles decider,buyer --power 4 --attitude '?'",
    "crmtui dmu add Aurora --position 'Head of maintenance' --roles user",
    "crmtui dmu link Aurora Bianchi Conti --strength 3",
    "crmtui dmu show 'Line 4' --why",
)
SHORTEST_IDENTITY: Final = 4


def command(name: str) -> Group:
    """Make the noun."""
    offers: dict[str, tuple[str, Callable[[], Command]]] = {
        "list": (N_("List the maps."), partial(listing, name)),
        "show": (N_("Show a map: who is on it, the lines, the findings."), _show),
        "add": (N_("Put a person, or a role without a name, on a map."), _add),
        "edit": (N_("Change what is judged of somebody on a map."), _edit),
        "delete": (N_("Take people off a map, or delete the whole map."), _delete),
        "link": (N_("Draw a line: who influences whom, or is in conflict."), _link),
        "unlink": (N_("Take a line away."), _unlink),
    }
    return Group(
        name,
        _("Maps of decision-making units: of an account, or of one opportunity."),
        {verb: Offer(_(about), make) for verb, (about, make) in offers.items()},
        examples=EXAMPLES,
    )


def _show() -> Command:
    about = _("Show maps: pages on a terminal, JSON lines in a pipe.")
    why = flag("--why", _("Show the terms of the figures."))
    return Command("show", show, about, [_place_argument(many=True), why, format_option()])


def _add() -> Command:
    return Command(
        "add",
        add,
        _("Put a person on a map, or with --position alone a role that has no name yet; a map is begun if need be."),
        [
            _place_argument(),
            option("--new-person", _("NAME"), _("Somebody who is not in the workspace yet.")),
            option("--reports-to", _("NAME"), _("Somebody on the map.")),
            *fields.options(Stakeholder, without=(BOSS,)),
        ],
        examples=EXAMPLES[:2],
    )


def _edit() -> Command:
    return Command(
        "edit",
        edit,
        _("Change what is judged of somebody on a map; --person says who a role without a name is."),
        [
            _place_argument(),
            _who_argument(),
            option("--reports-to", _("NAME"), _("Somebody on the map; empty for nobody.")),
            *fields.options(Stakeholder, without=(BOSS,)),
            clear_option(),
        ],
    )


def _delete() -> Command:
    return Command(
        "delete",
        delete,
        _("Take people off a map; who reported to them reports to their boss."),
        [
            _place_argument(),
            argument("who", _("WHO"), _("On the map, by name or identity."), many=True, needed=False),
            flag("--whole-map", _("Delete the map with everybody on it.")),
        ],
    )


def _link() -> Command:
    without = ("source_id", "target_id")
    return Command(
        "link",
        link,
        _("Draw a line from one person on a map to another; one that is there is changed."),
        [_place_argument(), _who_argument("start"), _who_argument("end"), *fields.options(Influence, without=without)],
        examples=(EXAMPLES[2], "crmtui dmu link Aurora Conti Ferrari --kind conflict --strength 2"),
    )


def _unlink() -> Command:
    return Command(
        "unlink",
        unlink,
        _("Take the lines from one person on a map to another away."),
        [_place_argument(), _who_argument("start"), _who_argument("end")],
    )


def show(desk: Desk, refs: Sequence[str], why: bool | None, form: str | None) -> None:
    """Write maps."""
    from crmtui.cli import dmu_pages

    wanted = output.chosen(form)
    pages = [dmu.page_at(desk.path, place_of(desk, ref), desk.today) for ref in refs]
    if wanted is Format.TABLE:
        for number, page in enumerate(pages):
            dmu_pages.write(page, is_first=not number, why=bool(why))
    elif wanted is Format.IDS:
        keys = [sheet.key for page in pages for sheet in page.sheets]
        output.write_lines(flat.uids(desk.path, Stakeholder, keys))
    elif wanted in (Format.CSV, Format.TSV):
        keys = [sheet.key for page in pages for sheet in page.sheets]
        output.write_data(wanted, flat.headers(Stakeholder), flat.rows(desk.path, Stakeholder, keys))
    else:
        output.write_data(wanted, dmu_pages.HEADERS, (dmu_pages.row(desk.path, page) for page in pages))


def add(desk: Desk, ref: str, new_person: str | None, reports_to: str | None, **typed: Any) -> None:  # noqa: ANN401 - options
    """Put somebody on a map."""
    from crmtui.cli.adding import said
    from crmtui.commands import dmu as commands

    place = place_of(desk, ref)
    given = _judged(desk, place, fields.given(typed), reports_to)
    person = None if new_person is None else {"name": new_person}
    if person is not None and given.get("person_id"):
        raise UsageError(_("Name one person: --person, or --new-person."))
    added = commands.add_stakeholder(desk.path, place, given, Source.CLI, desk.today, new_person=person)
    said(desk.path, Stakeholder, added)


def edit(desk: Desk, ref: str, who: str, reports_to: str | None, clear: Sequence[str], **typed: Any) -> None:  # noqa: ANN401 - options
    """Change what is judged of somebody."""
    from crmtui.commands import dmu as commands

    place = place_of(desk, ref)
    sheet = on_map(dmu.page_at(desk.path, place, desk.today), who)
    given = _judged(desk, place, fields.given(typed), reports_to, clear)
    if not given:
        raise UsageError(_("There is nothing to change: name at least one field."))
    commands.edit_stakeholder(desk.path, sheet.key, given, Source.CLI, desk.today)
    say(_("Changed {name}. `crmtui undo` takes it back.").format(name=sheet.name))


def delete(desk: Desk, ref: str, who: Sequence[str], whole_map: bool | None) -> None:
    """Take people off, or the map away."""
    from crmtui.cli.deleting import delete as delete_records
    from crmtui.commands import dmu as commands

    page = dmu.page_at(desk.path, place_of(desk, ref), desk.today)
    if bool(who) is bool(whole_map):
        raise UsageError(_("Say who is to go, or --whole-map."))
    if not whole_map:
        say(commands.remove(desk.path, [on_map(page, one).key for one in dict.fromkeys(who)], Source.CLI))
    elif page.placed.map_id is None:
        raise NotFoundError(_("There is no map of {name} yet.").format(name=page.title))
    else:
        delete_records(desk, DmuMap, [page.placed.map_id])


def link(desk: Desk, ref: str, start: str, end: str, **typed: Any) -> None:  # noqa: ANN401 - options
    """Draw a line."""
    from crmtui.commands import dmu_lines

    page = dmu.page_at(desk.path, place_of(desk, ref), desk.today)
    one, other = on_map(page, start), on_map(page, end)
    given = entry.typed_values(desk, Influence, fields.given(typed))
    made = dmu_lines.link(desk.path, one.key, other.key, given, Source.CLI, desk.today)
    output.write_lines(flat.uids(desk.path, Influence, [made]))
    say(_("Drew the line from {one} to {other}. `crmtui undo` takes it back.").format(one=one.name, other=other.name))


def unlink(desk: Desk, ref: str, start: str, end: str) -> None:
    """Take lines away."""
    from crmtui.cli.deleting import delete as delete_records

    page = dmu.page_at(desk.path, place_of(desk, ref), desk.today)
    ends = (on_map(page, start).key, on_map(page, end).key)
    found = [
        edge.id
        for edge in page.edges
        if (edge.source_id, edge.target_id) == ends
        or (edge.kind is EdgeKind.CONFLICT and (edge.target_id, edge.source_id) == ends)
    ]
    if not found:
        raise NotFoundError(_("There is no line from {one} to {other}.").format(one=start[:80], other=end[:80]))
    delete_records(desk, Influence, found)


def place_of(desk: Desk, ref: str) -> Place:
    """The account, or else the opportunity, or else the map, that answers to a name or an identity.

    Raises:
        NotFoundError: none does, or several; it says what there is of either.
    """
    reasons = []
    for kind, name in ((Account, "account_id"), (Opportunity, "opportunity_id")):
        try:
            return Place(**{name: records.find(desk.path, kind, ref)})
        except NotFoundError as error:
            reasons.append(str(error))
    try:
        found = records.get(desk.path, DmuMap, records.find(desk.path, DmuMap, ref))
    except NotFoundError:
        raise NotFoundError(" ".join(reasons)) from None
    return Place(found.account_id, found.opportunity_id)


def on_map(page: DmuPage, who: str) -> Sheet:
    """The one on the map who answers to a name, a position or an identity.

    Raises:
        NotFoundError: nobody does, or several; it names who is there.
    """
    wanted, typed = key(who), who.strip().lower()
    ways: tuple[Callable[[Sheet], bool], ...] = (
        lambda sheet: sheet.stakeholder.uid == typed,
        lambda sheet: key(sheet.name) == wanted != "",
        lambda sheet: len(typed) >= SHORTEST_IDENTITY and sheet.stakeholder.uid.startswith(typed),
        lambda sheet: wanted != "" and any(key(word).startswith(wanted) for word in _words(sheet)),
    )
    for way in ways:
        found = [sheet for sheet in page.sheets if way(sheet)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    names = ", ".join(f"{sheet.stakeholder.uid} {sheet.name}" for sheet in found or page.sheets)
    sentence = (
        _("{who} is several on the map: {names}.") if found else _("{who} is not on the map; there are: {names}.")
    )
    raise NotFoundError(sentence.format(who=who[:80], names=names or "-"))


def _words(sheet: Sheet) -> list[str]:
    """The name and the position as a whole, and each word of the name."""
    return [sheet.name, sheet.position, *sheet.name.split()]


def _judged(
    desk: Desk, place: Place, typed: dict[str, str | bool], boss: str | None, cleared: Sequence[str] = ()
) -> dict[str, Any]:
    """The values of a stakeholder's fields."""
    given = entry.typed_values(desk, Stakeholder, typed, cleared=cleared)
    if boss is not None:
        on_it = on_map(dmu.page_at(desk.path, place, desk.today), boss).key if boss.strip() else None
        given[BOSS] = on_it
    return given


def _place_argument(*, many: bool = False) -> TyperArgument:
    about = _("The account or the opportunity, by name or identity.")
    return argument("refs" if many else "ref", _("OF"), about, many=many)


def _who_argument(name: str = "who") -> TyperArgument:
    shown = {"who": _("WHO"), "start": _("FROM"), "end": _("TO")}[name]
    return argument(name, shown, _("On the map, by name or identity."))
