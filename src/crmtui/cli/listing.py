"""`list`: the records of a noun that a filter lets through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.build import Command, argument, option
from crmtui.cli.desk import say
from crmtui.cli.endings import BEFORE, GLOBAL
from crmtui.cli.output import FORMATS, Format
from crmtui.errors import UsageError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from crmtui.cli.desk import Desk

FILES: Final = ("xlsx", "vcf", "ics")  # what `export` writes beside what lists are written in
_ANOTHER: Final = re.compile(r" -?[A-Za-z_]+[:<>]")  # where another comparison begins


def command(noun: str) -> Command:
    """Make `<noun> list`."""
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.queries import lists

    many = _(BY_TABLE[lists.table_of(noun)].noun.many)
    columns = ", ".join(column.key for column in lists.columns(noun))
    keys = ", ".join(column.key for column in lists.filter_keys(noun))

    def does(desk: Desk, **given: Any) -> None:  # noqa: ANN401 - options
        list_records(desk, noun, **given)

    return Command(
        "list",
        does,
        _("List {records}: a table on a terminal, JSON lines in a pipe.").format(records=many),
        [
            argument(
                "filters",
                _("FILTER"),
                _("Words, and key:value, key>value, -key:value; `none` and `any` as values. Keys: {keys}.").format(
                    keys=keys
                ),
                many=True,
                needed=False,
            ),
            option("--sort", _("KEY"), _("Sort by a key; -KEY turns the order round.")),
            option("--limit", _("NUMBER"), _("At most so many.")),
            option(
                "--columns",
                _("NAMES"),
                _(
                    "These, parted by commas: columns of the table ({columns}) or fields of the record, `fields` for "
                    "all of them. JSON and CSV without it are the record's fields, as `import` reads them."
                ).format(columns=columns),
            ),
            format_option(),
        ],
        loose=True,
    )


def format_option() -> Any:  # noqa: ANN401 - Typer's option
    """The option `--format`."""
    return option("--format", _("FORMAT"), ", ".join(FORMATS) + ".", into="form", words=FORMATS)


def list_records(
    desk: Desk,
    noun: str,
    *,
    filters: Sequence[str] = (),
    sort: str | None = None,
    limit: str | None = None,
    columns: str | None = None,
    form: str | None = None,
) -> None:
    """Write the records that a filter lets through."""
    from crmtui.queries import lists

    if (form or "").strip().casefold() in FILES:
        raise UsageError(
            _("A list is text: `{command}` writes {form}.").format(
                command=f"crmtui export {noun} … --output …", form=form
            )
        )
    wanted = output.chosen(form)
    found = lists.ids(
        desk.path, noun, desk.today, filter_text=filter_text(filters), order=sort or "", limit=whole(limit, "--limit")
    )
    if wanted is Format.TABLE:
        _table(desk, noun, found, columns)
    else:
        _data(desk, noun, found, columns, wanted)
    if not found:
        say(_("There is nothing to list."))


def filter_text(words: Sequence[str]) -> str:
    """The filter that the shell took apart, put together again: what it unquoted is quoted."""
    for word in words:
        option = word.partition("=")[0]
        if option in GLOBAL:
            raise UsageError(_(BEFORE).format(option=option))
        if option.startswith("--"):
            raise UsageError(_("There is no option {option}.").format(option=option[:80]))
    return " ".join(map(_quoted, words))


def whole(typed: str | None, name: str) -> int:
    """A whole number above zero; -1 where none was typed."""
    if typed is None:
        return -1
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:19]) < 2**63):
        raise UsageError(_("{option} is a whole number above 0.").format(option=name))
    return int(typed)


def _quoted(word: str) -> str:
    """`owner:Anna Rossi` is one comparison; two words without a key stay two words, and a whole filter stays one."""
    key, colon, value = word.partition(":")
    is_one = colon and " " not in key and '"' not in value and not _ANOTHER.search(value)
    return f'{key}:"{value}"' if is_one and " " in value else word


def _table(desk: Desk, noun: str, found: Sequence[int], columns: str | None) -> None:
    from crmtui.cli import picking as tables
    from crmtui.cli.tables import write_table
    from crmtui.queries import picking

    pick = picking.picked(noun, columns, fields_first=False)
    write_table(tables.headings(pick), tables.shown(pick, picking.rows(desk.path, pick, found, desk.today)))


def _data(desk: Desk, noun: str, found: Sequence[int], columns: str | None, form: Format) -> None:
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.queries import flat, lists

    kind = BY_TABLE[lists.table_of(noun)]
    if form is Format.IDS:
        output.write_lines(flat.uids(desk.path, kind, found))
    elif columns is None:
        write_records(desk.path, kind.noun.table, found, form)
    else:
        from crmtui.queries import picked_cells, picking

        pick = picking.picked(noun, columns, fields_first=True)
        written = picked_cells.cells(pick)
        rows = picking.rows(desk.path, pick, found, desk.today)
        output.write_data(form, [one.header for one in written], ([one.cell(row) for one in written] for row in rows))


def write_records(path: Path, table: str, found: Sequence[int], form: Format) -> None:
    """Write whole records in our own format, such as `import` reads; in JSON each says its type."""
    from crmtui.domain.nouns import BY_TABLE
    from crmtui.exchange.portable import TYPE
    from crmtui.queries import flat

    kind = BY_TABLE[table]
    headers: tuple[str, ...] = flat.headers(kind)
    rows: Iterable[Sequence[Any]] = flat.rows(path, kind, found)
    if form in (Format.JSON, Format.JSONL):
        headers, rows = (TYPE, *headers), ((table, *row) for row in rows)
    output.write_data(form, headers, rows)
