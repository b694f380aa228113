"""What rows may do to records that are there: all of them, and field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.content import Content

from crmtui.domain.accounts import Account
from crmtui.exchange.mapping.targets import LEFT_OUT, kind_of, label
from crmtui.queries import records
from crmtui.text import N_, _, line
from crmtui.tui import show
from crmtui.tui.importing.plan import MODES, Plan
from crmtui.tui.importing.step import ListStep
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.commands.import_looking import FileLook

COLUMNS: Final = (
    ListColumn(key="column", title=N_("Column"), width=28, flexible=True, sortable=False),
    ListColumn(key="field", title=N_("Field"), width=18, widest=34, sortable=False),
    ListColumn(key="does", title=N_("If it is there already"), width=22, sortable=False),
    ListColumn(key="file", title=N_("File"), width=20, widest=30, priority=1, sortable=False),
)
_EXPLAINED: Final = N_(
    "A row finds its record by its key in the other system, else by e-mail, else by name. Enter turns to the next "
    "way: fill gaps, overwrite, leave as it is."
)
PASSED: Final = N_("passed over")


class Overall(NamedTuple):
    """Something that is decided of all rows.

    Attributes:
        name: what it is called, untranslated.
        about: what it decides, untranslated.
        told: what was decided.
        turn: decide the next way.
    """

    name: str
    about: str
    told: Callable[[Plan], str]
    turn: Callable[[Plan], None] = lambda _plan: None


ALL: Final = Overall(
    N_("All rows"),
    N_("What the rows do to records that are there, where nothing else is said of their column."),
    lambda plan: _(MODES[plan.existing]),
    Plan.turn_existing,
)
DOUBTFUL: Final = Overall(
    N_("Doubtful new rows"),
    N_("New rows that may mean a record that is there already, or an earlier new row: the trial tells which, and why."),
    lambda plan: _("leave out") if plan.skip_doubtful else _("bring in, and tell"),
    Plan.turn_doubtful,
)
NOBODYS: Final = Overall(
    N_("Entries of nobody here"),
    N_("What is in calendars and has to do with nobody here: enter chooses an account that all of it is of."),
    lambda plan: line(plan.account) or _(PASSED),
)


class MatchingStep(ListStep):
    """What rows may do."""

    NAME = N_("Matching")
    COLUMNS = COLUMNS
    HELP = _EXPLAINED

    def refresh_rows(self) -> None:
        """Show the ways."""
        self.say(_(_EXPLAINED))
        super().refresh_rows()

    def rows(self) -> list[Row]:
        """What is decided of all rows, then each column that fills something."""
        rows = [
            Row(number, (show.label(_(one.name), "bold"), "", show.label(one.told(self.plan), "bold"), ""))
            for number, one in enumerate(self._overall, 1)
        ]
        for number, (look, place) in enumerate(self._columns(), len(rows) + 1):
            guess = look.columns[place]
            mode = self.plan.decided(look).modes.get(guess.header)
            told = show.label(_(MODES[mode])) if mode else Content.styled(_("as all rows"), show.MUTED)
            file = show.label(look.name, show.MUTED)
            rows.append(Row(number, (guess.header, label(look.table, guess.field), told, file)))
        return rows

    @property
    def _overall(self) -> tuple[Overall, ...]:
        """What is decided of all rows; whose entries are, where there are calendars."""
        return (ALL, DOUBTFUL, NOBODYS) if self.plan.has_calendars else (ALL, DOUBTFUL)

    def about(self) -> Content:
        """What the row under the cursor decides."""
        place, overall = self.place, self._overall
        if place is None:
            return Content()
        if place < len(overall):
            return show.block(_(overall[place].about))
        look, column = list(self._columns())[place - len(overall)]
        header, file = look.columns[column].header, look.name
        return show.block(
            _("What the cells of {column} in {file} do to records that are there.").format(column=header, file=file)
        )

    def _columns(self) -> Iterator[tuple[FileLook, int]]:
        """The columns that write something, with their files."""
        for look in self.plan.looks:
            for place, guess in enumerate(look.columns):
                if guess.field != LEFT_OUT and not kind_of(guess.field):
                    yield look, place

    @on(WindowList.Opened)
    def _turn(self) -> None:
        """The next way; of entries of nobody the account, chosen by its name."""
        place, overall = self.place, self._overall
        if place is None:
            return
        if place >= len(overall):
            look, column = list(self._columns())[place - len(overall)]
            self.plan.turn_mode(look, look.columns[column].header)
        elif overall[place] is NOBODYS:
            self.app.push_screen(ChooseScreen(_(NOBODYS.name), self._accounts), self._choose)
            return
        else:
            overall[place].turn(self.plan)
        self.refresh_rows()

    def _accounts(self, words: str) -> list[Found[str]]:
        """In a thread: accounts whose names answer to words, and none."""
        found = records.suggest(self.plan.path, Account.noun.table, words) if self.plan.path.exists() else []
        return [*([] if words else [Found("", _(PASSED))]), *(Found(name, name) for _key, name in found)]

    def _choose(self, found: Found[str] | None) -> None:
        if found is not None:
            self.plan.put_to(found.key)
            self.refresh_rows()
