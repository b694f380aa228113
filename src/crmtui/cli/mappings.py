"""`mappings`: how files were read, which is remembered for the next ones with the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.build import Command, Group, Offer
from crmtui.cli.deleting import delete
from crmtui.cli.desk import say
from crmtui.cli.editing import ref_argument
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.domain.bringing import ImportMapping
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.targets import label
from crmtui.figures import Figure
from crmtui.queries import records
from crmtui.text import N_, _, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cli.desk import Desk
    from crmtui.commands.import_mappings import KeptMapping

ABOUT = N_("How files were read, remembered for the next ones with the same columns.")


def command(name: str) -> Group:
    """Make the group."""
    offers = {
        "list": Offer(_("List what is remembered."), _list),
        "delete": Offer(_("Forget some; `undo` brings them back."), _delete),
    }
    return Group(name, _(ABOUT), offers, examples=("crmtui mappings list", "crmtui mappings delete kunden.csv"))


def _list() -> Command:
    return Command("list", listing, _("List what is remembered: file, noun, and each decision."), [format_option()])


def _delete() -> Command:
    return Command(
        "delete",
        forget,
        _("Forget how files were read, as one step that can be undone."),
        [ref_argument(many=True)],
    )


def listing(desk: Desk, form: str | None) -> None:
    """Write the mappings."""
    from crmtui.commands.import_mappings import kept

    wanted, found = output.chosen(form), kept(desk.path)
    if wanted is Format.IDS:
        output.write_lines(one.uid for one in found)
    elif wanted is Format.TABLE:
        _table(found)
    else:
        names = ("uid", "name", "type", "used_on", "decisions")
        rows = ((one.uid, one.name, one.mapping.kind, one.used_on, list(_decisions(one))) for one in found)
        output.write_data(wanted, names, rows)
    if not found:
        say(_("Nothing is remembered; what is decided in an import is, for files with the same columns."))


def _table(found: list[KeptMapping]) -> None:
    from crmtui.cli.tables import Heading, write_table

    headings = [Heading(_("File")), Heading(_("Holds")), Heading(_("Used on")), Heading(_("Decided"))]
    rows = (
        [
            line(one.name),
            _(BY_TABLE[one.mapping.kind].noun.many) if one.mapping.kind in BY_TABLE else "",
            one.used_on.isoformat() if one.used_on else "",
            "; ".join(_decisions(one)),
        ]
        for one in found
    )
    write_table(headings, rows)


def _decisions(one: KeptMapping) -> Iterator[str]:
    """Each decision, in words."""
    mapping = one.mapping
    for header, target in mapping.columns.items():
        yield f"{line(header)} > {label(mapping.kind, target)}"
    if mapping.day_first is not None:
        yield _("dates day first") if mapping.day_first else _("dates month first")
    if mapping.decimal_comma is not None:
        yield _("decimal comma") if mapping.decimal_comma else _("decimal point")
    if mapping.currency:
        yield mapping.currency
    yield from (f"{line(header)} x {Figure(unit):g}" for header, unit in mapping.units.items())
    yield from (f"{line(header)}: {line(cell)} > {line(word)}" for (header, cell), word in mapping.words.items())
    yield from (f"{line(header)}: {_(_MODES[mode.value])}" for header, mode in mapping.modes.items())
    if mapping.skip_doubtful is not None:
        yield _("doubtful new rows left out") if mapping.skip_doubtful else _("doubtful new rows brought in")


_MODES = {"fill": N_("fill gaps"), "overwrite": N_("overwrite"), "skip": N_("leave as it is")}


def forget(desk: Desk, refs: tuple[str, ...]) -> None:
    """Delete mappings."""
    delete(desk, ImportMapping, [records.find(desk.path, ImportMapping, ref) for ref in refs])
