"""What goes out when a list is exported: which rows, in which formats, and in how much of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from crmtui.commands import exporting_calendar, exporting_cards
from crmtui.commands.exporting import ExportOptions, Format
from crmtui.commands.exporting_columns import Listed, Plain, Tabled
from crmtui.domain.nouns import BY_TABLE
from crmtui.queries import lists, picking
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crmtui.tui.widgets.noun_source import NounSource
    from crmtui.tui.widgets.window_source import Sort, WindowSource
    from crmtui.tui.widgets.worked_source import WorkedSource

TABLES: Final = (Format.XLSX, Format.CSV, Format.TSV, Format.JSON, Format.JSONL)


class Outgoing(Protocol):
    """What the dialog of an export asks.

    Attributes:
        noun: of which kind of records they are, or which table.
        title: what it is called, translated.
        forms: the formats that there are.
        whole: what can be written instead of the columns as shown, translated; '' for nothing.
    """

    @property
    def noun(self) -> str: ...  # noqa: D102 - above
    @property
    def title(self) -> str: ...  # noqa: D102 - above
    @property
    def forms(self) -> Sequence[Format]: ...  # noqa: D102 - above
    @property
    def whole(self) -> str: ...  # noqa: D102 - above

    def told(self) -> str:
        """Which rows they are, in words."""

    def options(self, *, is_shown: bool) -> ExportOptions:
        """In a thread: the rows, with the columns as shown or whole."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list shows.

    Attributes:
        source: where its rows come from.
        words: its filter.
        sort: its order.
        marks: the keys of the marked ones, of which alone there is talk then.
        count: how many there are.
    """

    source: WindowSource
    words: str
    sort: Sort | None
    marks: frozenset[int]
    count: int

    def keys(self) -> Sequence[int]:
        """In a thread: the keys of the rows, in the order of the list."""
        found = self.source.ids(self.words, self.sort)
        return [key for key in found if key in self.marks] if self.marks else found

    def told(self) -> str:
        """Which they are, in words."""
        if self.marks:
            return ngettext("The {count} marked record.", "The {count} marked records.", len(self.marks))
        if self.words:
            return ngettext(
                "The {count} record that answers to “{words}”.",
                "The {count} records that answer to “{words}”.",
                self.count,
                words=self.words,
            )
        return ngettext("All that is listed: {count} record.", "All that is listed: {count} records.", self.count)


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a noun: the columns that its list shows, or whole records.

    Attributes:
        rows: which.
        source: where they come from.
    """

    rows: Rows
    source: NounSource

    @property
    def noun(self) -> str:
        """The noun."""
        return self.source.noun

    @property
    def title(self) -> str:
        """What many of them are called."""
        return _(BY_TABLE[lists.table_of(self.noun)].noun.many)

    @property
    def forms(self) -> Sequence[Format]:
        """Tables; cards of people and companies, calendars of what has a day."""
        cards = [Format.VCF] if self.noun in exporting_cards.KINDS else []
        calendars = [Format.ICS] if self.noun in exporting_calendar.KINDS else []
        return [*TABLES, *cards, *calendars]

    @property
    def whole(self) -> str:
        """Every field, and what hangs on it."""
        return _("whole records")

    def told(self) -> str:
        """Which records they are."""
        return self.rows.told()

    def options(self, *, is_shown: bool) -> ExportOptions:
        """In a thread: the records."""
        keys = self.rows.keys()
        if not is_shown:
            return ExportOptions(keys=keys)
        pick = picking.shown(self.noun, self.source.keys)
        return ExportOptions(keys=keys, listed=Listed(pick, keys, self.source.today(), is_labelled=True))


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of a table that is worked out: the columns that its list shows, or all of them.

    Attributes:
        rows: which.
        source: where they come from.
    """

    rows: Rows
    source: WorkedSource[Any]

    forms = TABLES

    @property
    def noun(self) -> str:
        """The table."""
        return self.source.table.noun

    @property
    def title(self) -> str:
        """What it is called."""
        return _(self.source.table.title)

    @property
    def whole(self) -> str:
        """Every column."""
        return _("all columns")

    def told(self) -> str:
        """Which rows they are."""
        return self.rows.told()

    def options(self, *, is_shown: bool) -> ExportOptions:
        """In a thread: the rows."""
        table = self.source.table
        things = self.source.those(self.rows.keys())
        pick = table.picked(self.source.shown) if is_shown else table.named(",".join(table.usual))
        return ExportOptions(listed=Tabled(pick, table, things, is_labelled=is_shown))


@dataclass(frozen=True, slots=True)
class Texts:
    """Rows of a list as the texts that it shows.

    Attributes:
        rows: which.
        title: what they are called, translated.
        read: in a thread: the cells of rows, a text for each column of the list.
    """

    rows: Rows
    title: str
    read: Callable[[Sequence[int]], Iterable[Sequence[str]]]

    forms = TABLES
    whole = ""  # there is no more than is shown
    noun = "list"

    def told(self) -> str:
        """Which rows they are."""
        return self.rows.told()

    def options(self, *, is_shown: bool) -> ExportOptions:  # noqa: ARG002 - there is no more than is shown
        """In a thread: the rows."""
        headers = [_(column.title) for column in self.rows.source.columns]
        return ExportOptions(listed=Plain.of(self.noun, headers, list(self.read(self.rows.keys()))))
