"""`import`: files of other programs and our own, several linked ones at once, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures
from crmtui.cli import output
from crmtui.cli.build import Command, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.endings import FAILED, OK
from crmtui.cli.output import Format, one_of
from crmtui.domain.values import quoted
from crmtui.errors import UsageError
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk
    from crmtui.commands.importing import FileForm, FileMapping, ImportOptions, ImportReport

DATES: Final = ("dmy", "mdy")
EXISTING: Final = ("fill", "overwrite", "skip")
FORMATS: Final = (Format.TABLE, Format.JSON, Format.JSONL)
REFUSED: Final = (Format.CSV,)
OUTCOMES: Final = (Format.CSV, Format.TSV, Format.JSON, Format.JSONL)


def command(_name: str) -> Command:
    """Make `import`."""
    read = _("CSV and the like, XLSX, ODS, XLS, JSON, JSON lines, vCards, iCalendar, or a folder of any of them.")
    return Command(
        "import",
        import_,
        _("Import files, several linked ones at once: all or nothing, and nothing twice."),
        [
            argument("files", _("FILE"), read, many=True, kind=Path),
            *_deciding(),
            *_reading(),
            option("--format", _("FORMAT"), _("Of the report: table, json or jsonl."), into="form", words=FORMATS),
        ],
        examples=(
            "crmtui --db team.db import accounts.csv people.csv --dry-run",
            "crmtui import Downloads/crm-export",
            "crmtui import export.csv --as accounts --column 'Kunde=name' --rejected refused.csv",
        ),
    )


def _deciding() -> list[TyperOption]:
    """What is done with the rows."""
    about = _("What rows may do to records that are there: fill gaps, overwrite, or skip.")
    return [
        flag("--dry-run", _("Report, and change nothing.")),
        flag("--skip-rejected", _("Import the other rows when some are refused.")),
        option("--rejected", _("FILE"), _("Write the refused rows to a file, each with its reason."), kind=Path),
        option("--existing", _("WORD"), about, words=EXISTING),
        flag("--skip-doubtful", _("Leave out new rows that may mean a record that is there, or an earlier new row.")),
        option(
            "--account", _("NAME"), _("Of what is in calendars and has to do with nobody here; else it is passed over.")
        ),
        option("--results", _("FILE"), _("Write what became of each row to a file: CSV, TSV, JSON."), kind=Path),
    ]


_NOTE, _NOTES = "note", "notes"  # which are no list of their own


def _reading() -> list[TyperOption]:
    """What the files mean, where they are not understood."""
    nouns = _("What a file holds: accounts, people, opportunities, offerings, actors, orders, contacts or notes.")
    fields = _("What a column becomes: a field, custom, note, or none to leave it out.")
    units = _("What the figures of a column are multiplied with.")
    words = _("What a word in a column means, or who, as in 'Stage:Demo=proposing', 'Owner:AB=Anna Bini'; or none.")
    dates = _("How 03/04 is read, day or month first; else each column decides.")
    return [
        option("--as", _("[FILE=]NOUN"), nouns, into="kinds", many=True),
        option("--column", _("[FILE:]COLUMN=FIELD"), fields, into="columns", many=True),
        option("--value", _("COLUMN:WORD=WORD"), words, into="words", many=True),
        option("--unit", _("COLUMN=NUMBER"), units, into="units", many=True),
        option("--currency", _("CODE"), _("Of amounts that name none.")),
        option("--dates", _("[FILE=]dmy|mdy"), dates, many=True),
        flag("--decimal-comma/--decimal-point", _("How 1.234 is read; else each column decides.")),
        *_layout(),
        flag("--anew", _("Forget what was decided about files with the same columns.")),
    ]


def _layout() -> list[TyperOption]:
    """How the files are laid out, where that is not recognised."""
    encodings = _("Of texts, such as utf-8 or cp1252; else it is recognised.")
    delimiters = _("What parts the cells of tables, or tab, or a blank for any number of them; else it is recognised.")
    quotes = _("The mark around cells of tables that are quoted; else it is recognised.")
    headers = _("The line that names the columns, or none; else it is recognised.")
    sheets = _("A sheet of a workbook, or a list of a JSON file, to read, and no others but those named too.")
    return [
        option("--encoding", _("[FILE=]NAME"), encodings, into="encodings", many=True),
        option("--delimiter", _("[FILE=]CHARACTER"), delimiters, into="delimiters", many=True),
        option("--quote", _("[FILE=]CHARACTER"), quotes, into="quotes", many=True),
        option("--header", _("[FILE=]LINE"), headers, into="headers", many=True),
        option("--sheet", _("[FILE=]NAME"), sheets, into="sheets", many=True),
    ]


def import_(desk: Desk, files: Sequence[Path], rejected: Path | None, form: str | None, **given: Any) -> int:  # noqa: ANN401 - options
    """Import and report; returns 1 when rows were refused and so nothing was imported."""
    from crmtui.cli.progress import waiting
    from crmtui.commands.import_folders import named
    from crmtui.commands.import_rejected import write_rejected
    from crmtui.commands.import_results import write_results
    from crmtui.commands.importing import import_files
    from crmtui.exchange.atomic import refuse_taken

    wanted = output.chosen(form, FORMATS)
    meant = named(files)
    written = [place for place in (rejected, given["results"]) if place is not None]
    for number, place in enumerate(written):  # before anything is imported
        refuse_taken(place, (desk.path, *meant.files, *written[:number]))
    output.form_for(None, rejected, REFUSED)
    output.form_for(None, given["results"], OUTCOMES)
    is_new = not desk.path.exists()
    with waiting(_("Importing")) as pace:
        options = replace(_options(meant.files, given), found=meant.found, tell=pace.heed)
        report = import_files(desk.path, meant.files, options)
    for note in (*meant.notes, *report.passed):
        say(note)
    _write(report, wanted)
    if rejected is not None:
        for place in write_rejected(report, rejected):
            say(_("The refused rows are in {path}.").format(path=place))
    if given["results"] is not None:
        write_results(desk.path, report, given["results"])
        say(_("What became of each row is in {path}.").format(path=given["results"]))
    if is_new and report.done:
        say(_("Began a new workspace at {path}.").format(path=desk.path))
    say(_ending(report))
    return FAILED if report.rejected and not (report.done or given["skip_rejected"]) else OK


def _options(files: Sequence[Path], given: Mapping[str, Any]) -> ImportOptions:
    from crmtui.commands.importing import Existing, ImportOptions

    return ImportOptions(
        dry_run=bool(given["dry_run"]),
        skip_rejected=bool(given["skip_rejected"]),
        skip_doubtful=bool(given["skip_doubtful"]),
        is_traced=given["results"] is not None,
        existing=Existing(one_of(given["existing"] or EXISTING[0], EXISTING, "--existing")),
        files=_mappings(files, given),
        anew=bool(given["anew"]),
        account=given["account"] or "",
        forms=_forms(files, given),
    )


def _forms(files: Sequence[Path], given: Mapping[str, Any]) -> dict[str, FileForm]:
    """How each file is laid out, and by '' all of them."""
    from crmtui.commands.importing import FileForm

    encodings = dict(entry for word in given["encodings"] for entry in _of_files(word, files))
    delimiters = dict(entry for word in given["delimiters"] for entry in _of_files(word, files))
    quotes = dict(entry for word in given["quotes"] for entry in _of_files(word, files))
    headers = dict(entry for word in given["headers"] for entry in _of_files(word, files))
    sheets: dict[str, list[str]] = {}
    for word in given["sheets"]:
        for name, sheet in _of_files(word, files):
            sheets.setdefault(name, []).append(sheet)
    return {
        name: FileForm(
            encodings.get(name),
            _delimiter(delimiters.get(name)),
            _header(headers.get(name)),
            tuple(sheets.get(name, ())),
            quotes.get(name),
        )
        for name in {*encodings, *delimiters, *quotes, *headers, *sheets}
    }


def _of_files(word: str, files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """File name and what is said of it: of the file that is named, or by '' of all."""
    named, equals, said = word.partition("=")
    found = _matching(named, files) if equals else []
    for name in found:
        yield name, said
    if not found:
        yield "", word


def _delimiter(typed: str | None) -> str | None:
    """The character that was typed, or named `tab`."""
    return "\t" if typed is not None and typed.lower() in ("tab", "\\t") else typed


def _header(typed: str | None) -> int | None:
    """The line that was typed, or `none`."""
    from crmtui.exchange.file_form import NO_HEADER

    if typed is None or typed.strip().lower() == "none":
        return None if typed is None else NO_HEADER
    if not (typed.strip().isdecimal() and int(typed) > 0):
        told = _("{option}: {value} is no line; lines are counted from 1, and none says that there is no header.")
        raise UsageError(told.format(option="--header", value=quoted(typed)))
    return int(typed)


def _mappings(files: Sequence[Path], given: Mapping[str, Any]) -> dict[str, FileMapping]:
    """What was decided about each file, and by '' about all of them."""
    from crmtui.commands.importing import FileMapping

    columns: dict[str, dict[str, str]] = {}
    for word in given["columns"]:
        (file, header), field = _column(word, files)
        columns.setdefault(file, {})[header] = field
    kinds = dict(entry for word in given["kinds"] for entry in _kinds(word, files))
    dates = dict(entry for word in given["dates"] for entry in _dates(word, files))
    found = {
        name: FileMapping(kind=kinds.get(name, ""), columns=columns.get(name, {}), day_first=dates.get(name))
        for name in {*kinds, *columns, *dates}
    }
    for_all = FileMapping(
        currency=_currency(given["currency"]),
        units=dict(map(_unit, given["units"])),
        decimal_comma=given["decimal_comma"],
        words=dict(entry for word in given["words"] for entry in _words(word)),
    )
    return found | {"": found.get("", FileMapping()).over(for_all)}


def _dates(word: str, files: Sequence[Path]) -> Iterator[tuple[str, bool]]:
    """File name and whether the day is first: of the file that is named, or of all."""
    named, equals, order = word.rpartition("=")
    day_first = one_of(order.strip().lower(), DATES, "--dates") == DATES[0]
    for name in _named(named, files) if equals else [""]:
        yield name, day_first


def _words(word: str) -> Iterator[tuple[tuple[str, str], str]]:
    """((header, cell as it is compared), what it means); a colon may be part of a header as well."""
    from crmtui.exchange.mapping.usual import compared

    place, equals, meant = word.rpartition("=")
    parts = place.split(":")
    if not equals or len(parts) == 1:
        raise UsageError(_("{option} is written {shape}.").format(option="--value", shape=_("COLUMN:WORD=WORD")))
    for end in range(1, len(parts)):
        yield (":".join(parts[:end]), compared(":".join(parts[end:]))), meant.strip()


def _currency(typed: str | None) -> str:
    from crmtui.domain.money import parse_currency

    try:
        return parse_currency(typed) if typed else ""
    except ValueError as error:
        raise UsageError(f"--currency: {error}") from None


def _kinds(word: str, files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """File name and table: of the file that is named, or of all."""
    from crmtui.queries import lists

    named, equals, noun = word.rpartition("=")
    for name in _named(named, files) if equals else [file.name for file in files]:
        yield name, _NOTE if noun.strip().lower() == _NOTES else lists.table_of(noun.strip().lower())


def _column(word: str, files: Sequence[Path]) -> tuple[tuple[str, str], str]:
    """((file name or '', header), field)."""
    place, equals, field = word.rpartition("=")
    if not equals or not place:
        raise UsageError(_("{option} is written {shape}.").format(option="--column", shape=_("[FILE:]COLUMN=FIELD")))
    file, colon, header = place.partition(":")
    if colon and (names := _matching(file, files)):
        return (names[0], header), _field(field)
    return ("", place), _field(field)


def _field(typed: str) -> str:
    return "" if typed.strip().lower() == "none" else typed.strip()


def _unit(word: str) -> tuple[str, float]:
    header, _equals, number = word.rpartition("=")
    try:
        return header, float(number)
    except ValueError:
        raise UsageError(_("{option} is written {shape}.").format(option="--unit", shape=_("COLUMN=NUMBER"))) from None


def _named(typed: str, files: Sequence[Path]) -> list[str]:
    if found := _matching(typed, files):
        return found
    names = ", ".join(file.name for file in files)
    raise UsageError(_("{name} is none of the files; they are {names}.").format(name=typed[:80], names=names))


def _matching(typed: str, files: Sequence[Path]) -> list[str]:
    """The files that are meant, by their names; a sheet of one by that of its file, a stroke, and its own."""
    named = [file.name for file in files if typed in (file.name, file.stem, str(file))]
    return named or [typed for file in files if typed.startswith(f"{file.name}/")]


def _write(report: ImportReport, form: Format) -> None:
    from crmtui.cli import import_pages

    if form is Format.TABLE:
        output.write_lines(import_pages.lines(report))
    else:
        output.write_data(form, import_pages.HEADERS, import_pages.rows(report))


def _ending(report: ImportReport) -> str:
    from crmtui.commands import import_report

    new = sum(file.new + sum(file.linked.values()) for file in report.files)  # those that rows name are new as well
    updated = sum(file.updated for file in report.files)
    counts = _("{new} new, {updated} changed, {rejected} refused").format(
        new=figures.count(new), updated=figures.count(updated), rejected=figures.count(report.rejected)
    )
    if doubts := sum(file.doubts for file in report.files):
        counts = _("{counts}, {doubts} doubtful").format(counts=counts, doubts=figures.count(doubts))
    if report.dry_run:
        return _("Nothing was changed, as asked: {counts}.").format(counts=counts)
    if report.done:
        return _("Imported: {counts}. `crmtui undo` takes all of it back.").format(counts=counts)
    if report.rejected:
        sentence = ngettext(
            "{count} row is refused, so nothing was imported.",
            "{count} rows are refused, so nothing was imported.",
            report.rejected,
        )
        return f"{sentence} {_('Mend the file, or import the rest with --skip-rejected.')}"
    return import_report.nothing_changed(report)
