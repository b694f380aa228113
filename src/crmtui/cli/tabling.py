"""Tables of what is worked out, as commands write them: filtered, sorted, with columns of choice, to stdout or a file.

What `list` is for records this is for figures; `export` writes the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crmtui.cli import output, picking as tables
from crmtui.cli.build import argument, option
from crmtui.cli.desk import say
from crmtui.cli.listing import filter_text, whole
from crmtui.cli.output import Format
from crmtui.cli.tables import write_table
from crmtui.commands.exporting_columns import Tabled, Way, write_to
from crmtui.domain.accounts import Account
from crmtui.errors import UsageError
from crmtui.exchange import writing
from crmtui.queries import flat, worked
from crmtui.queries.picked_cells import cells
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.commands.exporting_columns import Columns
    from crmtui.queries.picking import Picked
    from crmtui.queries.worked import Table

Thing = TypeVar("Thing")
FILES: Final = ("csv", "tsv", "json", "jsonl", "xlsx")
ENDINGS: Final = {"ndjson": "jsonl"}
WHY: Final = "why"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a table.

    Attributes:
        words: the filter.
        order: a column to sort by; '' for the table's own order.
        most: at most so many rows; all when negative.
        columns: their names, parted by commas; None for the usual ones.
        form: how it is written to stdout.
        file: where to instead.
        file_form: how it is written there.
    """

    words: str
    order: str
    most: int
    columns: str | None
    form: Format
    file: Path | None
    file_form: str

    @property
    def is_page(self) -> bool:
        """Whether people get the whole page, and not a table alone."""
        return self.form is Format.TABLE and self.file is None and self.columns is None


def options(table: Table[Any], *, is_filtered: bool = True) -> list[Any]:
    """The options of a command that writes a table, and the filter, unless it says which accounts in another way."""
    keys = ", ".join(table.keys)
    if table.is_one_each:
        names = ", ".join(column.key for column in table.filtered)
        told = _(
            "Only accounts that answer to it, as for `accounts list`, and by: {keys}. All are worked out: what holds "
            "for all of them stays."
        ).format(keys=names)
    else:
        told = _("Which accounts, as for `accounts list`.")
    return [
        *([argument("filters", _("FILTER"), told, many=True, needed=False)] if is_filtered else []),
        option("--sort", _("KEY"), _("Sort by a column of the table or of `accounts list`; -KEY turns it round.")),
        option("--limit", _("NUMBER"), _("At most so many.")),
        option(
            "--columns",
            _("NAMES"),
            _("These, parted by commas: columns of the table ({keys}) or fields of the account.").format(keys=keys),
        ),
        *targets(),
    ]


def targets() -> list[Any]:
    """The options that say how it is written and where to."""
    forms = (*output.FORMATS, "xlsx")
    return [
        option("--format", _("FORMAT"), ", ".join(forms) + ".", into="form", words=forms),
        option(
            "--output",
            _("FILE"),
            _("Write the table to a file, as `export` does: also xlsx."),
            kind=Path,
            into="target",
        ),
    ]


def asked(given: Mapping[str, Any]) -> Asked:
    """What was typed for the options; refused before anything is worked out."""
    form, file, file_form = target(given["form"], given["target"])
    return Asked(
        words=filter_text(given.get("filters", ())),
        order=given["sort"] or "",
        most=whole(given["limit"], "--limit"),
        columns=given["columns"],
        form=form,
        file=file,
        file_form=file_form,
    )


def target(form: str | None, file: Path | None) -> tuple[Format, Path | None, str]:
    """How it is written to stdout; or the file, and how it is written there."""
    if file is not None:
        return Format.JSONL, file, output.form_for(form, file, FILES, ENDINGS)
    if (form or "").strip().casefold() == "xlsx":
        raise UsageError(_("{form} is no text: name a file with --output.").format(form="xlsx"))
    return output.chosen(form), None, ""


def chosen(desk: Desk, table: Table[Thing], things: Sequence[Thing], asked: Asked) -> list[Thing]:
    """The rows that were asked for, in order."""
    found = worked.chosen(desk.path, table, things, desk.today, filter_text=asked.words, order=asked.order)
    return found if asked.most < 0 else found[: asked.most]


def write_rows(desk: Desk, table: Table[Thing], keys: Sequence[str], things: Sequence[Thing]) -> None:
    """Write some columns as a table for people."""
    _write_table(desk, table, table.picked(keys), things)


def write(
    desk: Desk,
    table: Table[Thing],
    things: Sequence[Thing],
    asked: Asked,
    *,
    with_why: bool = False,
    before: Iterable[Mapping[str, Any]] = (),
    after: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Write the rows as they were asked for.

    Args:
        desk: the command's surroundings.
        table: the table.
        things: its rows.
        asked: how.
        with_why: whether terms are among the usual columns.
        before: rows of what is no account, by header: written to stdout where the column of sections is.
        after: the same behind the accounts.
    """
    if asked.file is not None:
        pick = _pick(table, asked, table.usual, with_why=with_why)
        write_file(desk, Tabled(pick, table, things), asked.file_form, asked.file)
    elif asked.form is Format.IDS:
        output.write_lines(flat.uids(desk.path, Account, list(dict.fromkeys(map(table.account, things)))))
    elif asked.form is Format.TABLE:
        _write_table(desk, table, _pick(table, asked, table.shown, with_why=with_why), things)
    else:
        pick = _pick(table, asked, table.whole, with_why=with_why)
        columns = cells(pick)
        headers = [one.header for one in columns]
        of_accounts = (
            [one.cell(row) for one in columns] for row in worked.rows(desk.path, table, pick, things, for_people=False)
        )
        is_whole = any(name in headers for name in table.beside[:1])
        first, last = (
            ([row.get(name) for name in headers] for row in (side if is_whole else ())) for side in (before, after)
        )
        output.write_data(asked.form, headers, chain(first, of_accounts, last))


def _pick(table: Table[Thing], asked: Asked, usual: Sequence[str], *, with_why: bool) -> Picked:
    return table.named(asked.columns or ",".join((*usual, *([WHY] if with_why else []))))


def _write_table(desk: Desk, table: Table[Thing], pick: Picked, things: Sequence[Thing]) -> None:
    write_table(tables.headings(pick), tables.shown(pick, worked.rows(desk.path, table, pick, things, for_people=True)))


def write_file(desk: Desk, listed: Columns, form: str, file: Path, beside: Sequence[Columns] = ()) -> None:
    """Write columns to a file, a workbook with what stands beside them, and say how many rows they are."""
    from crmtui.cli.progress import waiting

    with waiting(_("Exporting")) as pace:
        way = Way(tell=say, heed=pace.heed, beside=beside)
        count = write_to(desk.path, listed, writing.Format(form), file, way)
    say(ngettext("{count} record is in {path}.", "{count} records are in {path}.", count, path=file))
