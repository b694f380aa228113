"""`export`: a noun, or all of the workspace, in our own format, which `import` reads back; or columns of a list."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import Command, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.output import form_for
from crmtui.errors import UsageError
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from crmtui.cli.desk import Desk
    from crmtui.commands.exporting import ExportOptions
    from crmtui.commands.exporting_columns import Columns

WHITE: Final = "whitespace"  # what was said of cells can be filtered by its accounts, too
FORMATS: Final = ("jsonl", "json", "csv", "tsv", "xlsx", "vcf", "ics")
_ENDINGS: Final = {"ndjson": "jsonl", "vcard": "vcf"}  # of files, that are no formats of their own


def command(_name: str) -> Command:
    """Make `export`."""
    from crmtui.commands.exporting import KINDS
    from crmtui.exchange.cards.writing import VERSIONS
    from crmtui.queries.worked_tables import NOUNS

    return Command(
        "export",
        export,
        _("Export records with every field, links by identity and name, so that `import` gives the same again."),
        [
            argument("kind", _("NOUN"), ", ".join((*KINDS, *(noun for noun in NOUNS if noun not in KINDS))) + "."),
            argument(
                "filters",
                _("FILTER"),
                _("Only what answers to it, with what hangs on that; a filter as `list` takes it."),
                many=True,
                needed=False,
            ),
            option("--format", _("FORMAT"), ", ".join(FORMATS) + ".", into="form", words=FORMATS),
            option(
                "--output", _("FILE"), _("A file, or for csv, tsv and vcf a folder; stdout when not told."), kind=Path
            ),
            option("--sort", _("KEY"), _("Sort by a key; -KEY turns the order round.")),
            option(
                "--columns",
                _("NAMES"),
                _("Instead of whole records these columns, named as for `list`, or as for the command of a table."),
            ),
            flag("--raw", _("Leave cells that a spreadsheet would run as they are.")),
            option("--vcard", _("VERSION"), _("Of vCards: 3.0 or 4.0."), into="version", words=VERSIONS),
            flag("--with-judgements", _("Write notes and what we think of people on their vCards, too.")),
        ],
        examples=(
            "crmtui export all > team.jsonl",
            "crmtui export accounts --output accounts.xlsx",
            "crmtui export accounts level:buyer --columns name,owner,pipeline --output buyers.xlsx",
            "crmtui export people title:purchasing --output people.vcf",
            "crmtui export plans --output plans.ics",
            "crmtui export whitespace industry:packaging --output whitespace.xlsx",
            "crmtui export whitespace --columns account,offering,state,contract_ends_on --sort contract_ends_on",
            "crmtui export territory owner:me --sort -gain --output territory.xlsx",
        ),
        loose=True,
    )


def export(desk: Desk, kind: str, form: str | None, output: Path | None, **more: Any) -> None:  # noqa: ANN401 - options
    """Write the records, and say how many they are."""
    from crmtui.cli.progress import waiting
    from crmtui.commands import exporting

    wanted = exporting.Format(form_for(form, output, FORMATS, _ENDINGS))
    cards = exporting.CardOptions(
        version=more["version"] or exporting.CARDS.version, judgements=bool(more["with_judgements"])
    )
    options = _chosen(desk, kind, exporting.ExportOptions(raw=bool(more["raw"]), cards=cards, tell=say), more)
    if output is None and sys.stdout.isatty():  # what it shows tells how far it is
        exporting.export(desk.path, kind, wanted, sys.stdout, options)
        return
    with waiting(_("Exporting")) as pace:
        options = replace(options, heed=pace.heed)
        if output is None:
            exporting.export(desk.path, kind, wanted, sys.stdout, options)
        else:
            count = exporting.export_to(desk.path, kind, wanted, output, options)
    if output is not None:
        say(ngettext("{count} record is in {path}.", "{count} records are in {path}.", count, path=output))


def _chosen(desk: Desk, kind: str, options: ExportOptions, more: dict[str, Any]) -> ExportOptions:
    """The options with the records and columns that were asked for."""
    from crmtui.cli.listing import filter_text
    from crmtui.commands import exporting_scope
    from crmtui.commands.exporting_columns import Listed
    from crmtui.queries import lists, worked_tables

    words, order, columns = filter_text(more["filters"]), more["sort"] or "", more["columns"]
    is_whole = not words and not order and columns is None
    if is_whole and kind in exporting_scope.KINDS:
        return options
    if kind == WHITE and words and not order and columns is None:
        from crmtui.queries import whitespace

        return replace(options, keys=whitespace.judged(desk.path, desk.today, words))
    if kind in worked_tables.NOUNS:
        return replace(options, listed=_tabled(desk, kind, words, order, columns))
    if kind not in lists.NOUNS:
        raise UsageError(
            _("{noun} go out as a whole; filters, orders and columns are of {nouns}.").format(
                noun=kind, nouns=", ".join((*lists.NOUNS, *worked_tables.NOUNS))
            )
        )
    keys = lists.ids(desk.path, kind, desk.today, filter_text=words, order=order)
    if columns is None:
        return replace(options, keys=keys)
    from crmtui.queries import picking

    pick = picking.picked(kind, columns, fields_first=True)
    return replace(options, keys=keys, listed=Listed(pick, keys, desk.today))


def _tabled(desk: Desk, noun: str, words: str, order: str, columns: str | None) -> Columns:
    """A table that is worked out, with the rows and columns that were asked for."""
    from crmtui.commands.exporting_columns import Tabled
    from crmtui.queries import worked, worked_tables

    table = worked_tables.table(noun)
    pick = table.named(columns or ",".join(table.usual))
    rows = worked_tables.read(noun, desk.path, desk.today)
    found = worked.chosen(desk.path, table, rows, desk.today, filter_text=words, order=order)
    return Tabled(pick, table, found)
