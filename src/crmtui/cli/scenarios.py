"""`scenarios`: plans of the territory that were kept, with the hours of each account, and the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output, tabling
from crmtui.cli.build import Command, Group, Offer, argument
from crmtui.cli.desk import say
from crmtui.cli.editing import ref_argument
from crmtui.cli.equity_pages import told
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.cli.output import Format
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.money import format_amount
from crmtui.domain.territory import ScenarioLine, TerritoryScenario
from crmtui.domain.words import EffortUnit, Source
from crmtui.errors import CrmtuiError, InvalidError, UsageError
from crmtui.queries import flat, records, scenario_table
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import in_units
from crmtui.queries.scenario_table import BY_CONTACTS, DIFFERENCES, TABLE, Difference
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk
    from crmtui.method.scenarios import Comparison
    from crmtui.queries.scenario_table import Row
    from crmtui.queries.scenarios import ScenarioPage
    from crmtui.queries.territory import TerritoryPage

EXAMPLES: Final = (
    "crmtui territory --capacity 200 --save Spring",
    "crmtui scenarios show Spring",
    "crmtui scenarios show Spring --columns name,owner,hours,spent --output spring.xlsx",
    "crmtui scenarios set Spring Aurora=24 Helios=0 Nordik=-",
    "crmtui scenarios compare Spring Autumn",
    "crmtui scenarios accept Spring",
)
NONE: Final = "-"  # takes an account out of a scenario
_SHOW: Final = N_("Show what each account gets, with what was spent of it.")
_COMPARE: Final = N_("Tell what one does differently from another.")
_ACCEPT: Final = N_("Make one what plans and Today are measured against.")
_SET: Final = N_("Change what accounts get in one.")


def command(name: str) -> Group:
    """Make the noun with its own verbs."""
    own = {
        "show": Offer(_(_SHOW), _show),
        "set": Offer(_(_SET), _set),
        "compare": Offer(_(_COMPARE), _compare),
        "accept": Offer(_(_ACCEPT), _accept),
    }
    return Group(name, _(ABOUT[name]), {**verbs(name), **own}, examples=EXAMPLES)


def _scenario(name: str = "ref") -> Any:  # noqa: ANN401 - Typer's argument
    return argument(name, _("SCENARIO"), _("Its name or identity."))


# Seeing


def _show() -> Command:
    about = _("Show scenarios with what each account gets: today, proposed, gain, and the hours that were spent.")
    params = [ref_argument(many=True), *tabling.options(TABLE, is_filtered=False)]
    return Command("show", show, about, params, examples=EXAMPLES[1:3])


def show(desk: Desk, refs: Sequence[str], **given: Any) -> None:  # noqa: ANN401 - options
    """Write scenarios."""
    from crmtui.queries import scenario_words as words, scenarios

    asked = tabling.asked(given)
    keys = [records.find(desk.path, TerritoryScenario, ref) for ref in refs]
    if asked.form is Format.IDS:
        output.write_lines(flat.uids(desk.path, TerritoryScenario, keys))
        return
    pages = [scenarios.page(desk.path, key, desk.today) for key in keys]
    if asked.is_page:
        for place, page in enumerate(pages):
            output.write_lines([""] * bool(place))
            _write(desk, page, tabling.chosen(desk, TABLE, scenario_table.rows([page]), asked))
    else:
        tabling.write(desk, TABLE, tabling.chosen(desk, TABLE, scenario_table.rows(pages), asked), asked)
        for page in pages:
            _warn(page)
            if not page.lines:
                say(f"{line(page.scenario.name)}: {_(words.EMPTY)}")


def _write(desk: Desk, page: ScenarioPage, found: Sequence[Row]) -> None:
    from crmtui.queries import scenario_words as words

    output.write_lines([bold(line(page.scenario.name)), *told(words.whole(page, format_amount))])
    if not page.lines:
        output.write_lines([f"  {_(words.EMPTY)}"])
        return
    output.write_lines([""])
    tabling.write_rows(desk, TABLE, BY_CONTACTS if page.unit.is_contacts else TABLE.shown, found)


# Comparing


def _compare() -> Command:
    return Command(
        "compare",
        compare,
        _(
            "Tell what a scenario does differently from another: effort and what it brings, as accounts answer now. "
            "Where one is divided in hours and one in contacts, it is told in hours."
        ),
        [_scenario("first"), _scenario("second"), *tabling.options(DIFFERENCES, is_filtered=False)],
        examples=EXAMPLES[4:5],
    )


def compare(desk: Desk, first: str, second: str, **given: Any) -> None:  # noqa: ANN401 - options
    """Write the differences."""
    from crmtui.queries import territory

    asked = tabling.asked(given)
    keys = [records.find(desk.path, TerritoryScenario, ref) for ref in (first, second)]
    kept = [records.get(desk.path, TerritoryScenario, key) for key in keys]
    units = {one.unit for one in kept}
    page = territory.page(desk.path, desk.today, units.pop() if len(units) == 1 else EffortUnit.HOURS)
    found = territory.compared(desk.path, page, keys[0], keys[1])
    rows = [Difference(page, found, one) for one in found.changes]
    shown = tabling.chosen(desk, DIFFERENCES, rows, asked)
    if asked.is_page:
        _write_compared(page, found, shown, [line(one.name) for one in kept])
    else:
        tabling.write(desk, DIFFERENCES, shown, asked)
    if not found.changes:
        say(_("They give every account the same."))


def _write_compared(page: TerritoryPage, found: Comparison, shown: Sequence[Difference], called: Sequence[str]) -> None:
    """A table whose headings are the names of both, and what all of it comes to."""
    from crmtui.queries.territory_words import brought, changed, gained, tours

    amounts, unit = in_units(page.currency), found.unit
    headings = [
        Heading(_("Account")),
        *(Heading(name, is_figure=True) for name in called),
        Heading(_("Difference"), is_figure=True),
        Heading(_("Brings more"), is_figure=True),
    ]
    if shown:
        changes = ((one.name, one.change) for one in shown)
        write_table(
            headings,
            (
                [name, *map(hours, one.effort(unit)), changed(one.more(unit)), brought(one, amounts)]
                for name, one in changes
            ),
        )
        output.write_lines([""])
    output.write_lines(
        told(
            [
                (_(unit.word.label), changed(found.more)),
                (_("gain"), gained(found, amounts)),
                (_("the same"), ngettext("{count} account", "{count} accounts", found.same)),
                *tours(found, page.areas),
            ]
        )
    )


# Changing


def _accept() -> Command:
    return Command("accept", accept, _(_ACCEPT), [_scenario()], examples=EXAMPLES[5:])


def accept(desk: Desk, ref: str) -> None:
    """Make a scenario the one that counts."""
    from crmtui.commands import scenarios

    key = records.find(desk.path, TerritoryScenario, ref)
    scenarios.accept(desk.path, key, Source.CLI)
    name = records.title(desk.path, TerritoryScenario.noun.table, key)
    say(_("Accepted {name}. `crmtui undo` takes it back.").format(name=name))
    warn(desk, key)


def _set() -> Command:
    return Command(
        "set",
        allot,
        _("Change what accounts get in a scenario; the others stay as they are."),
        [
            _scenario(),
            argument(
                "given",
                _("ACCOUNT=NUMBER"),
                _("An account and its hours, or contacts if it is divided in them; - takes it out of the scenario."),
                many=True,
            ),
        ],
        examples=EXAMPLES[3:4],
    )


def allot(desk: Desk, ref: str, given: Sequence[str]) -> None:
    """Give accounts other hours, or contacts."""
    from crmtui.commands import scenarios

    key = records.find(desk.path, TerritoryScenario, ref)
    count = scenarios.allot(desk.path, key, _read(desk, given), Source.CLI)
    say(
        ngettext(
            "Changed what {count} account gets. `crmtui undo` takes it back.",
            "Changed what {count} accounts get. `crmtui undo` takes it back.",
            count,
        )
    )
    warn(desk, key)


def warn(desk: Desk, scenario_id: int) -> None:
    """Say so where a scenario takes more than there is, once it was changed or accepted."""
    from crmtui.queries import scenarios

    _warn(scenarios.page(desk.path, scenario_id, desk.today))


def _warn(page: ScenarioPage) -> None:
    from crmtui.queries import scenario_words as words

    if warning := words.warning(page):
        say(warning)


def _read(desk: Desk, given: Sequence[str]) -> dict[int, float | None]:
    """The hours, or contacts, by account; all that is wrong is told at once."""
    found: dict[int, float | None] = {}
    wrong: dict[str, str] = {}
    for typed in given:
        name, equals, raw = typed.rpartition("=")
        if not equals:
            raise UsageError(_("{typed}: say an account and what it gets, as in Aurora=24.").format(typed=typed[:80]))
        try:
            parsed = None if raw.strip() == NONE else values.parse(specs(ScenarioLine)["hours"], raw)
            found[records.find(desk.path, Account, name)] = None if parsed is None else float(str(parsed))
        except (ValueError, CrmtuiError) as error:
            wrong[name[:80]] = str(error)
    if wrong:
        raise InvalidError(wrong)
    return found
