"""`equity chain` and `equity contract`: what customers are worth by figures that are no records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures, paths
from crmtui.cli import output
from crmtui.cli.build import Command, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.equity_pages import told
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format, one_of
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain.workspace import Workspace
from crmtui.errors import UsageError
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk
    from crmtui.method.states import StatesWorth, StateWorth
    from crmtui.queries.own_states import Given

CHAIN: Final = "crmtui equity chain levels.csv --rate 15% --first ahead --why"
CONTRACT: Final = "crmtui equity contract 12000 --kept 80% --rate 10%"
HEADERS: Final = (
    *("section", "state", "customers", "margin", "value", "low", "high", "together", "best", "best_together"),
    *("continuing", "stop", "above", "up", "up_low", "up_high", "currency", "rate", "first", "why"),
)
CONTRACT_HEADERS: Final = ("value", "multiple", "margin", "kept", "rate", "currency", "why")
FORMS: Final = tuple(one for one in Format if one is not Format.IDS)  # a contract that is no record has no identity
TOPS: Final = ("first", "last")
_DIGITS: Final = 6  # of an amount, for programs: files may count in thousands
_POINTS: Final = 100


def chain_command() -> Command:
    """Make `equity chain`."""
    return Command(
        "chain",
        chain,
        _(
            "What customers are worth by states of your own, from a table: a row for each state with its customers, "
            "what one brings in a period, and under the name of each state how many, or what share, come to it."
        ),
        [
            argument("file", _("FILE"), _("CSV and the like, XLSX, ODS, XLS, JSON, JSON lines."), kind=Path),
            _rate_option(),
            option(
                "--first",
                "now|ahead",
                _("When the first margin comes: now, or a period from now; now when not told."),
                words=("now", "ahead"),
            ),
            option(
                "--top", "|".join(TOPS), _("Which row is the uppermost state; else that which brings more."), words=TOPS
            ),
            flag("--counted", _("Moves are customers counted, no shares: also how sure the values are.")),
            option("--state", _("COLUMN"), _("The column with the names of the states.")),
            option("--customers", _("COLUMN"), _("The column with the customers in each.")),
            option("--margin", _("COLUMN"), _("The column with what a customer brings.")),
            option("--sheet", _("NAME"), _("The sheet of a workbook, or the list of a JSON file.")),
            _currency_option(),
            flag("--why", _("Also what each figure is made of.")),
            format_option(),
        ],
        examples=(CHAIN,),
    )


def contract_command() -> Command:
    """Make `equity contract`."""
    return Command(
        "contract",
        contract,
        _("What a customer under contract is worth: a multiple of its margin, by how many renew."),
        [
            argument("margin", _("MARGIN"), _("What it brings in a period.")),
            option("--kept", _("SHARE"), _("How many renew each period, as in 80% or 0.8.")),
            _rate_option(),
            _currency_option(),
            option("--format", _("FORMAT"), ", ".join(FORMS) + ".", into="form", words=FORMS),
        ],
        examples=(CONTRACT,),
        loose=True,
    )


def _rate_option() -> TyperOption:
    return option("--rate", _("SHARE"), _("The discount rate of a period, as in 15% or 0.15; else the workspace's."))


def _currency_option() -> TyperOption:
    return option("--currency", _("CODE"), _("Of the amounts; none when not told."))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of a table."""

    found: StatesWorth
    given: Given
    currency: str
    with_why: bool


def chain(desk: Desk, file: Path, rate: str | None, currency: str | None, form: str | None, **typed: Any) -> None:  # noqa: ANN401 - options
    """Write what each state is worth."""
    from crmtui.exchange.file_form import FileForm
    from crmtui.exchange.problems import refusal
    from crmtui.method import states
    from crmtui.method.values import Timing
    from crmtui.queries import own_states

    wanted = output.chosen(form)
    first = Timing(one_of(typed["first"] or Timing.NOW.value, list(Timing), "--first"))
    top = None if typed["top"] is None else one_of(typed["top"], TOPS, "--top") == TOPS[0]
    asked_rate, code = _rate(desk, rate), _currency(currency)
    columns = own_states.Columns(typed["state"] or "", typed["customers"] or "", typed["margin"] or "")
    given = own_states.read(file, columns, FileForm(sheets=(typed["sheet"],) if typed["sheet"] else ()))
    if typed["counted"] and given.has_percentages:
        raise UsageError(_("--counted: percentages do not tell how many customers were counted; leave it out."))
    try:
        found = states.worth(given.states, asked_rate, first, is_counted=bool(typed["counted"]), is_best_first=top)
    except ValueError as error:
        raise refusal(file, str(error)) from None
    asked = _Asked(found, given, code, bool(typed["why"]))
    if wanted is Format.TABLE:
        _write(asked)
    elif wanted is Format.IDS:
        output.write_lines(one.state.name for one in found.lines)
    else:
        output.write_data(wanted, HEADERS, _rows(asked))
    for note in given.notes if asked.with_why else ():
        say(note)


def contract(
    desk: Desk, margin: str, kept: str | None, rate: str | None, currency: str | None, form: str | None
) -> None:
    """Write what a contract is worth."""
    from crmtui.method.contract import contract_value
    from crmtui.queries import own_states_words as words

    wanted = output.chosen(form, FORMS)
    if kept is None:
        raise UsageError(_("Say how many renew each period, as in --kept 80%."))
    try:
        amount = float(figures.read(margin))
    except ValueError as error:
        raise UsageError(str(error)) from None
    code = _currency(currency)
    found = contract_value(amount, _share(kept, "--kept"), _rate(desk, rate))
    terms = list(words.contract(found, words.to_cents(code)))
    if wanted is Format.TABLE:
        output.write_lines(told(terms))
    else:
        cells = (found.value, found.multiple, found.margin, found.retention, found.rate)
        row = [*map(_rounded, cells), code or None, [f"{label}: {text}" for label, text in terms]]
        output.write_data(wanted, CONTRACT_HEADERS, [row])


# What was typed


def _rate(desk: Desk, typed: str | None) -> float:
    """The discount rate that was typed, or that of the workspace, or what a new one has."""
    if typed is not None:
        found = _share(typed, "--rate")
    elif paths.is_there(desk.place):
        from crmtui.queries import workspace

        found = workspace.settings(desk.path).discount_rate
    else:
        found = Workspace().discount_rate
    if not found:
        raise UsageError(
            _("With a discount rate of 0 what comes in a hundred years counts like today: give more, as in --rate 10%.")
        )
    return found


def _share(typed: str, name: str) -> float:
    """`80%`, `80 %` and `0.8` are 0.8; more than 1 without the sign is refused, as it could be either."""
    try:
        number = float(figures.read(typed.strip().removesuffix("%")))
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None
    found = number / _POINTS if typed.strip().endswith("%") else number
    if not 0 <= found <= 1:
        raise UsageError(
            _("{option}: {value} is no share: write it like 80% or 0.8").format(option=name, value=line(typed)[:40])
        )
    return found


def _currency(typed: str | None) -> str:
    from crmtui.domain.money import parse_currency

    try:
        return parse_currency(typed) if typed else ""
    except ValueError as error:
        raise UsageError(f"--currency: {error}") from None


# For programs


def _rows(asked: _Asked) -> Iterator[list[Any]]:
    """The cells of `HEADERS`: all together, then each state; amounts as the file counts them."""
    from crmtui.queries import own_states_words as words

    found = asked.found
    every = {"currency": asked.currency or None, "rate": found.rate, "first": found.timing.value}
    total = found.total
    whole = words.whole(found, asked.given, asked.currency)
    yield _row(
        every,
        section="total",
        value=total and _rounded(total.value),
        **_ends(asked, total, ("low", "high")),
        best=None if found.best is None else _rounded(found.best),
        why=_lines(asked, whole),
    )
    for one in found.lines:
        customers = one.state.customers
        yield _row(
            every,
            section="state",
            state=one.state.name,
            customers=customers,
            margin=one.state.margin,
            value=_rounded(one.worth.value),
            **_ends(asked, one.worth, ("low", "high")),
            together=None if customers is None else _rounded(customers * one.worth.value),
            best=_rounded(one.best),
            best_together=None if customers is None else _rounded(customers * one.best),
            continuing=None if one.is_end else _rounded(one.continuing),
            stop=one.is_to_stop,
            above=one.above or None,
            up=one.up and _rounded(one.up.value),
            **_ends(asked, one.up, ("up_low", "up_high")),
            why=_lines(asked, words.state(found, one, asked.currency)),
        )


def _row(every: dict[str, Any], **cells: Any) -> list[Any]:  # noqa: ANN401 - cells
    row = every | cells
    return [row.get(name) for name in HEADERS]


def _ends(asked: _Asked, worth: Any, names: tuple[str, str]) -> dict[str, float]:  # noqa: ANN401 - a worth or none
    """Both ends of a band, where moves were counted."""
    if worth is None or not asked.found.is_counted:
        return {}
    return dict(zip(names, (_rounded(worth.low), _rounded(worth.high)), strict=True))


def _lines(asked: _Asked, terms: Iterator[tuple[str, str]]) -> list[str] | None:
    return [f"{label}: {text}" for label, text in terms] if asked.with_why else None


def _rounded(value: float) -> float:
    return round(value, _DIGITS) + 0.0


# For people


def _write(asked: _Asked) -> None:
    from crmtui.queries import own_states_words as words

    headings = [
        Heading(_("State")),
        Heading(_("Customers"), is_figure=True, priority=2),
        Heading(_("Margin"), is_figure=True, priority=3),
        Heading(_("Value"), is_figure=True),
        Heading(_("One state up"), is_figure=True, priority=1),
        Heading(_("Together"), is_figure=True, priority=1),
        Heading(_("Best policy"), is_figure=True),
        Heading(_("Hint")),
    ]
    found = asked.found
    write_table(headings, (_cells(found, one) for one in found.lines))
    output.write_lines(["", *told(words.whole(found, asked.given, asked.currency))])
    for one in found.lines if asked.with_why else ():
        output.write_lines(["", bold(one.state.name), *told(words.state(found, one, asked.currency))])


def _cells(found: StatesWorth, one: StateWorth) -> list[str]:
    from crmtui.queries import own_states_words as words

    each, whole, customers = words.in_figures(found, ""), words.in_whole(""), one.state.customers
    return [
        one.state.name,
        "" if customers is None else figures.brief(customers),
        each(one.state.margin),
        each(one.worth.value),
        each(one.up.value) if one.up else "",
        "" if customers is None else whole(customers * one.worth.value),
        each(one.best),
        _("stop serving") if one.is_to_stop else _("the end") if one.is_end else "",
    ]
