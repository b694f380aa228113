"""The report of an import: for people, and row by row for programs."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures
from crmtui.cli.tables import bold, width_of
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.values import quoted
from crmtui.exchange.mapping.recognised import Certainty
from crmtui.exchange.mapping.targets import label
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.commands.import_report import Change, Doubt, FileReport, ImportReport
    from crmtui.exchange.mapping.recognised import ColumnGuess
    from crmtui.exchange.problems import Problem

MOST_TOLD: Final = 20  # changes, and doubts, of a file
MOST_SAMPLED: Final = 3  # new records of a file
MOST_REJECTED: Final = 20  # of a file, on the page; programs and `--rejected` get all
_COUNTED: Final = ("rows", "new", "updated", "unchanged", "kept")
HEADERS: Final = (
    *("file", "type", "done", "dry_run", *_COUNTED),
    *("rejected", "doubtful", "changes", "kept_fields", "linked", "columns", "notes", "program", "mapping"),
)


def rows(report: ImportReport) -> Iterator[list[Any]]:
    """For each file the cells of `HEADERS`."""
    for file in report.files:
        yield [
            *(line(_place(file)), file.table, report.done, report.dry_run),
            *(getattr(file, name) for name in _COUNTED),
            [
                {"line": one.line, "column": line(one.column), "value": line(one.value), "reason": line(one.reason)}
                for one in file.rejected
            ],
            [
                *(_doubt(file.table, one) for one in file.doubtful),
                *(_doubt("account", one) for one in file.named),
            ],
            [_change(one) for one in file.changes or ()],
            [_change(one) for one in file.held],
            dict(file.linked),
            [
                {
                    "column": line(one.header),
                    "field": one.field,
                    "reason": one.reason,
                    "certainty": one.certainty.value,
                }
                for one in file.columns
            ],
            [line(note) for note in file.notes],
            file.program,
            line(file.mapping),
        ]


def _change(one: Change) -> dict[str, Any]:
    return {"line": one.line, "name": line(one.name), "field": one.field, "before": one.before, "after": one.after}


def _doubt(table: str, one: Doubt) -> dict[str, Any]:
    return {
        "line": one.line,
        "type": table,
        "name": line(one.name),
        "other": line(one.other),
        "other_line": one.other_line,
        "score": round(one.score, 4),
        "reasons": list(one.reasons),
        "against": list(one.against),
    }


def _place(file: FileReport) -> str:
    """The path of the file, and the sheet in it where it has several."""
    return str(file.path) + file.title.removeprefix(file.path.name)


def lines(report: ImportReport) -> Iterator[str]:
    """A page for people."""
    for number, file in enumerate(report.files):
        if number:
            yield ""
        yield from _file(file)


def _file(file: FileReport) -> Iterator[str]:
    noun = _(BY_TABLE[file.table].noun.many) if file.table in BY_TABLE else file.table
    yield bold(f"{line(file.title)}: {noun}")
    if file.program:
        yield "  " + _("As {program} exports it.").format(program=file.program)
    if file.mapping:
        yield "  " + _("Read as {file} was; `crmtui mappings` shows how, --anew forgets it.").format(
            file=quoted(file.mapping)
        )
    yield "  " + _counts(file)
    yield from _columns(file)
    for note in file.notes:
        yield f"  · {line(note)}"
    if file.options:
        yield "  · " + _("To say it otherwise: {options}").format(options=line("  ".join(file.options)))
    yield from _samples(file)
    yield from _fields(_("Changes:"), "{kept} > {other}", file.changes or ())
    yield from _fields(_("Differ, and were kept as they are:"), _("{kept}, not {other}"), file.held)
    yield from _doubts(file)
    if file.rejected:
        yield "  " + _("Refused:")
        yield from (f"    {_problem(one)}" for one in file.rejected[:MOST_REJECTED])
        if (more := len(file.rejected) - MOST_REJECTED) > 0:
            yield "    " + ngettext(
                "and {count} more; --rejected writes all of them to a file",
                "and {count} more; --rejected writes all of them to a file",
                more,
            )


def _counts(file: FileReport) -> str:
    parts = [
        (file.rows, ngettext("{number} row", "{number} rows", file.rows, number=figures.count(file.rows))),
        (file.new, _("{count} new")),
        (file.updated, _("{count} changed")),
        (file.unchanged, _("{count} known already")),
        (file.kept, _("{count} differ and were kept as they are")),
        (file.doubts, _("{count} doubtful")),
        (len(file.rejected), _("{count} refused")),
    ]
    return ", ".join(
        sentence.format(count=figures.count(count))
        for place, (count, sentence) in enumerate(parts)
        if count or not place
    )


def _columns(file: FileReport) -> Iterator[str]:
    """Each column, the field that it fills and why."""
    shown = [(line(one.header), label(file.table, one.field), _reason(one)) for one in file.columns]
    first = max((width_of(header) for header, _field, _reason in shown), default=0)
    second = max((width_of(field) for _header, field, _reason in shown), default=0)
    for header, field, reason in shown:
        yield f"  {header}{' ' * (first - width_of(header))}  > {field}{' ' * (second - width_of(field))}  {reason}"


def _samples(file: FileReport) -> Iterator[str]:
    """The first new records, as they would be."""
    found = groupby(file.samples, key=lambda one: (one.line, one.name))
    for number, ((row, name), fields) in enumerate(islice(found, MOST_SAMPLED)):
        if not number:
            yield "  " + _("New, for example:")
        told = ", ".join(f"{line(one.field)} {quoted(one.after)}" for one in fields)
        yield f"    {_('line {line}').format(line=row)}, {quoted(name)}: {told}"


def _fields(heading: str, told: str, fields: Sequence[Change]) -> Iterator[str]:
    """Fields of records that are there: what they hold, and what rows say."""
    if not fields:
        return
    yield f"  {heading}"
    for one in fields[:MOST_TOLD]:
        place = _("line {line}").format(line=one.line)
        said = told.format(kept=quoted(one.before) if one.before else _("nothing"), other=quoted(one.after))
        yield f"    {place}, {quoted(one.name)}, {line(one.field)}: {said}"
    yield from _more(len(fields))


def _doubts(file: FileReport) -> Iterator[str]:
    """New rows, and accounts that rows name, that may mean a record that is there, or one another."""
    if file.doubts:
        told = _("May be there already, or twice in the file, and left out:")
        yield "  " + (told if file.left_out else _("May be there already, or twice in the file:"))
        yield from map(_doubtful, file.doubtful[:MOST_TOLD])
        yield from _more(file.doubts)
    if file.named:
        yield "  " + _("Accounts added by name that may be there already, or twice in the file:")
        yield from map(_doubtful, file.named[:MOST_TOLD])
        if (more := len(file.named) - MOST_TOLD) > 0:
            yield "    " + ngettext("and {count} more", "and {count} more", more)


def _doubtful(one: Doubt) -> str:
    place = _("line {line}").format(line=one.line)
    return f"    {place}, {quoted(one.name)}: {line(one.sentence(quoted(one.other)))}"


def _more(count: int) -> Iterator[str]:
    if (more := count - MOST_TOLD) > 0:
        yield "    " + ngettext(
            "and {count} more; --results writes all of them to a file",
            "and {count} more; --results writes all of them to a file",
            more,
        )


def _reason(one: ColumnGuess) -> str:
    """Why, and how sure that is where it is not."""
    if one.certainty in (Certainty.SURE, Certainty.SAID):
        return one.reason
    return _("{reason} ({certainty})").format(reason=one.reason, certainty=_(one.certainty.label))


def _problem(one: Problem) -> str:
    place = line(one.place) or _("line {line}").format(line=one.line)
    column = f", {line(one.column)}" if one.column else ""
    value = f", {quoted(one.value)}" if one.value else ""
    return f"{place}{column}{value}: {line(one.reason)}"
