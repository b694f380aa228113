"""`show`: everything about a record, its figures, and what belongs to it."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

from crmtui.cli import cells, output
from crmtui.cli.build import Command, flag
from crmtui.cli.editing import ref_argument
from crmtui.cli.listing import format_option, write_records
from crmtui.cli.output import Format
from crmtui.cli.tables import bold, width_of
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.portable import TYPE
from crmtui.queries import brought, flat, lists, records
from crmtui.text import N_, _, clean, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.cli.desk import Desk
    from crmtui.queries.brought import Brought

# What a record owns that has no command of its own: the name in JSON, the table, the link that leads back.
OWNED: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "account": (
        ("tags", "tag", "account_id"),
        ("competitors", "competitor_position", "account_id"),
        ("notes_kept", "note", "account_id"),
    ),
    "person": (
        ("emails", "person_email", "person_id"),
        ("phones", "person_phone", "person_id"),
        ("consents", "consent", "person_id"),
        ("notes_kept", "note", "person_id"),
    ),
    "opportunity": (("stages", "stage_change", "opportunity_id"), ("notes_kept", "note", "opportunity_id")),
    "contact": (("people", "contact_person", "contact_id"),),
    "plan": (("contacts", "contact", "plan_id"),),
    "objective": (("strategies", "strategy", "objective_id"),),
    "strategy": (("actions", "plan_action", "strategy_id"),),
    "sales_order": (("lines", "order_line", "order_id"),),
    "programme": (("memberships", "programme_member", "programme_id"),),
    "project": (
        ("people", "project_person", "project_id"),
        ("competences", "competence", "project_id"),
        ("promises", "promise", "project_id"),
        ("requests", "customer_request", "project_id"),
    ),
}
INDENT: Final = "  "
# The records that have figures of the method: by table the module that knows them, and what --why adds.
FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "account": ("account_pages", N_("Also the terms of every figure, and what accounts that are alike buy.")),
    "opportunity": ("opportunity_pages", N_("Also the terms of P(win) and of the expected value.")),
    "plan": (
        "plan_pages",
        N_("Also the figures with their terms: money, hours, channels, coverage now and at the end."),
    ),
    "programme": ("programme_pages", N_("Also what it costs and who stayed, beside other customers.")),
}
EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("crmtui accounts show --why Aurora",),
    "opportunity": ("crmtui opportunities show --why 'Line 4'",),
    "plan": ("crmtui plans show --why 'Finance knows the savings'",),
}


class Figures(Protocol):
    """What one of those modules offers; `page` is what its `read` returned."""

    def read(self, path: Path, key: int, today: dt.date) -> Any:  # noqa: ANN401 - each has a page of its own
        """The page of a record's figures."""

    def brief(self, page: Any) -> Iterator[str]:  # noqa: ANN401 - what `read` returned
        """The figures with their bands and how complete they are, a line each."""

    def write_why(self, page: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Write their terms."""

    def row(self, page: Any, *, why: bool) -> dict[str, Any] | None:  # noqa: ANN401 - what `read` returned
        """The same for programs; None where there is nothing to say without `why`."""


class Page(NamedTuple):
    """A record with what it owns, in plain values.

    Attributes:
        fields: as in our own format.
        owned: what belongs to it, by its name in JSON: (table, its records).
        brought: what came with files and has no field of its own.
    """

    fields: dict[str, Any]
    owned: dict[str, tuple[str, list[dict[str, Any]]]]
    brought: Brought


def command(noun: str) -> Command:
    """Make `<noun> show`."""
    table = lists.table_of(noun)
    kind = BY_TABLE[table]

    def does(desk: Desk, refs: tuple[str, ...], form: str | None, *, why: bool | None = None) -> None:
        show(desk, table, [records.find(desk.path, kind, ref) for ref in refs], form, why=bool(why))

    told = [flag("--why", _(FIGURES[table][1]))] if table in FIGURES else []
    return Command(
        "show",
        does,
        _("Show everything about {records}: a page on a terminal, JSON lines in a pipe.").format(
            records=_(kind.noun.many)
        ),
        [ref_argument(many=True), *told, format_option()],
        examples=EXAMPLES.get(table, ()),
    )


def show(desk: Desk, table: str, ids: Sequence[int], form: str | None, *, why: bool = False) -> None:
    """Write records whole, with their figures; in JSON with what belongs to them. `why` adds the terms."""
    wanted = output.chosen(form)
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, BY_TABLE[table], ids))
    elif wanted in (Format.CSV, Format.TSV):
        write_records(desk.path, table, ids, wanted)
    elif wanted is Format.TABLE:
        for place, (key, page) in enumerate(zip(ids, pages(desk.path, table, ids), strict=True)):
            sys.stdout.write("\n" * bool(place))
            _write_page(desk, table, key, page, why=why)
    else:
        every = [
            _row(desk, table, key, page, why=why) for key, page in zip(ids, pages(desk.path, table, ids), strict=True)
        ]
        output.write_data(wanted, list(every[0]) if every else [TYPE], (list(row.values()) for row in every))


def pages(path: Path, table: str, ids: Sequence[int]) -> Iterator[Page]:
    """The records of these keys with what they own."""
    kind = BY_TABLE[table]
    for record_id, row in zip(ids, flat.rows(path, kind, ids), strict=True):
        owned = {}
        for name, part, link in OWNED.get(table, ()):
            keys = [each.id for each in records.belonging(path, BY_TABLE[part], link, record_id)]
            owned[name] = (part, _named(path, BY_TABLE[part], keys))
        yield Page(dict(zip(flat.headers(kind), row, strict=True)), owned, brought.of_record(path, table, record_id))


def _named(path: Path, kind: type[Record], ids: list[int]) -> list[dict[str, Any]]:
    return [dict(zip(flat.headers(kind), row, strict=True)) for row in flat.rows(path, kind, ids)]


def _figures(table: str) -> Figures | None:
    if table not in FIGURES:
        return None
    return cast("Figures", importlib.import_module(f"crmtui.cli.{FIGURES[table][0]}"))


def _row(desk: Desk, table: str, key: int, page: Page, *, why: bool) -> dict[str, Any]:
    """A record as JSON has it."""
    row = {TYPE: table, **page.fields, **{name: parts for name, (_table, parts) in page.owned.items()}}
    if table in brought.OWNERS:
        row["custom"] = _gathered((one.name, one.value) for one in page.brought.customs)
        row["keys"] = _gathered(page.brought.keys)
    figures = _figures(table)
    told = figures.row(figures.read(desk.path, key, desk.today), why=why) if figures else None
    return row if told is None else {**row, "figures": told}


def _gathered(told: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    """Values by name; a list where one name has several, as after a merge."""
    found: dict[str, dict[str, None]] = {}
    for name, value in told:
        found.setdefault(name, {})[value] = None
    return {name: list(values) if len(values) > 1 else next(iter(values)) for name, values in found.items()}


def _write_page(desk: Desk, table: str, key: int, page: Page, *, why: bool) -> None:
    """A page for people: the figures below the title, the terms at the end."""
    figures = _figures(table)
    told = figures.read(desk.path, key, desk.today) if figures else None
    title, *lines = _lines(table, page)
    output.write_lines([title, *(f"{INDENT}{one}" for one in (figures.brief(told) if figures else ())), *lines])
    if figures and why:
        figures.write_why(told)


def _lines(table: str, page: Page) -> Iterator[str]:
    """The record, its title first: what is empty is left out."""
    kind = BY_TABLE[table]
    title = line(str(page.fields.get(kind.noun.title) or "")) or _(kind.noun.one)
    yield bold(title)
    yield from _aligned((*_fields(kind, page.fields), *brought.known_as(page.brought)))
    for part, rows in page.owned.values():
        if rows:
            yield bold(_(BY_TABLE[part].noun.many))
            yield from (f"{INDENT}{_summary(BY_TABLE[part], row, table)}" for row in rows)
    if page.brought.customs:
        yield bold(_("Custom fields"))
        yield from _aligned((line(one.name), one.told) for one in page.brought.customs)


def _aligned(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Labels and the texts beside them; what is empty is left out."""
    shown = [(label, text) for label, text in rows if text]
    widest = max((width_of(label) for label, _text in shown), default=0)
    for label, text in shown:
        first, *more = clean(text).expandtabs(4).split("\n")
        yield f"{INDENT}{label}{' ' * (widest - width_of(label))}  {first}"
        yield from (f"{INDENT}{' ' * widest}  {rest}" for rest in more)


def _fields(kind: type[Record], row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Labels and texts; a name is the title of the page already."""
    for name, spec in specs(kind).items():
        if spec.kind is Kind.LINK:
            yield _(spec.label), line(str(_title(row, name) or ""))
        elif spec.kind is Kind.BOOL:
            yield _(spec.label), _("yes") if row[name] else ""
        elif name != kind.noun.title:
            yield _(spec.label), cells.of_field(spec, row[name], str(row.get("currency") or ""))
    yield _("Identity"), str(row["uid"])


def _title(row: Mapping[str, Any], name: str) -> object:
    base = name.removesuffix("_id")
    return row.get(f"{base}_name", row.get(base))


def _summary(kind: type[Record], row: Mapping[str, Any], owner: str) -> str:
    """A part on one line, without the record that it is of."""
    texts = []
    for name, spec in specs(kind).items():
        if spec.kind is Kind.LINK:
            texts.append("" if spec.link == owner else str(_title(row, name) or ""))
        elif spec.kind is Kind.BOOL:
            texts.append(_(spec.label) if row[name] else "")
        else:
            texts.append(cells.of_field(spec, row[name], str(row.get("currency") or "")))
    return " · ".join(line(text) for text in texts if text)
