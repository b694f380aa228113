"""What rows may do to records that are there: all of them, and field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content

from crmtui.exchange.mapping.targets import LEFT_OUT, kind_of, label
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.importing.plan import MODES
from crmtui.tui.importing.step import ListStep
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_ALL: Final = N_("What the rows do to records that are there, where nothing else is said of their column.")
_DOUBTFUL: Final = N_(
    "New rows that may mean a record that is there already, or an earlier new row: the trial tells which, and why."
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
        """All rows, new ones in doubt, then each column that fills something."""
        new = _("leave out") if self.plan.skip_doubtful else _("bring in, and tell")
        rows = [
            Row(1, (show.label(_("All rows"), "bold"), "", show.label(_(MODES[self.plan.existing]), "bold"), "")),
            Row(2, (show.label(_("Doubtful new rows"), "bold"), "", show.label(new, "bold"), "")),
        ]
        for number, (look, place) in enumerate(self._columns(), 3):
            guess = look.columns[place]
            mode = self.plan.decided(look).modes.get(guess.header)
            told = show.label(_(MODES[mode])) if mode else Content.styled(_("as all rows"), show.MUTED)
            file = show.label(look.name, show.MUTED)
            rows.append(Row(number, (guess.header, label(look.table, guess.field), told, file)))
        return rows

    def about(self) -> Content:
        """What the row under the cursor decides."""
        place = self.place
        if place is None:
            return Content()
        if place < len((_ALL, _DOUBTFUL)):
            return show.block(_((_ALL, _DOUBTFUL)[place]))
        look, column = list(self._columns())[place - 2]
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
        """The next way."""
        place = self.place
        if place == 0:
            self.plan.turn_existing()
        elif place == 1:
            self.plan.turn_doubtful()
        elif place is not None:
            look, column = list(self._columns())[place - 2]
            self.plan.turn_mode(look, look.columns[column].header)
        self.refresh_rows()
