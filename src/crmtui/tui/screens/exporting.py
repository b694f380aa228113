"""Asks in which format and where to a list is exported, and writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual import on

from crmtui import paths
from crmtui.commands import exporting, exporting_calendar, exporting_cards
from crmtui.commands.exporting import CardOptions, ExportOptions, Format
from crmtui.commands.exporting_columns import Listed
from crmtui.domain.nouns import BY_TABLE
from crmtui.queries import lists, picking
from crmtui.text import N_, _, ngettext
from crmtui.tui.screens.file_dialog import FORM, Choice, FileDialog
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.widgets.noun_list import NounList
    from crmtui.tui.widgets.noun_source import NounSource
    from crmtui.tui.widgets.window_source import Sort

LABELS: Final[Mapping[Format, str]] = {
    Format.XLSX: "XLSX",
    Format.CSV: "CSV",
    Format.TSV: "TSV",
    Format.JSON: "JSON",
    Format.JSONL: N_("JSON lines"),
    Format.VCF: "vCard",
    Format.ICS: N_("calendar"),
}
MOST_TOLD: Final = 3  # of the texts that a workbook has no room for
SHOWN, WHOLE = "shown", "whole"
JUDGED, OURS, TOLD = "judgements", "ours", "told"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list shows.

    Attributes:
        source: where its rows come from.
        words: its filter.
        sort: its order.
        marks: the keys of the marked records, of which alone there is talk then.
        count: how many there are.
    """

    source: NounSource
    words: str
    sort: Sort | None
    marks: frozenset[int]
    count: int

    def keys(self) -> Sequence[int]:
        """In a thread: the keys of the records, in the order of the list."""
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


class ExportScreen(FileDialog):
    """Dismissed with a sentence that tells where the export is, or with None.

    Args:
        workspace: the file.
        rows: what goes out.
    """

    HELP = N_(
        "Up and down go from line to line, left and right choose, enter writes. As shown are the columns of the list, "
        "for people; whole records hold every field and what hangs on them, and can be imported again. On vCards "
        "stand no notes and nothing of what we think of people, unless you choose so."
    )
    DEFAULT_CSS = """
    ExportScreen {
        & .-none { display: none; }
        & Label { width: 12; }
    }
    """

    def __init__(self, workspace: Path, rows: Rows) -> None:
        super().__init__(_("Export: {name}").format(name=_(BY_TABLE[lists.table_of(rows.source.noun)].noun.many)))
        self._workspace, self._rows = workspace, rows

    def about(self) -> str:
        """Which records go out."""
        return self._rows.told()

    def choices(self) -> Sequence[Choice]:
        """How, and how much of them."""
        noun = self._rows.source.noun
        forms = [Format.XLSX, Format.CSV, Format.TSV, Format.JSON, Format.JSONL]
        forms += [Format.VCF] if noun in exporting_cards.KINDS else []
        forms += [Format.ICS] if noun in exporting_calendar.KINDS else []
        return (
            Choice(FORM, _("Format"), [Item(form.value, _(LABELS[form])) for form in forms]),
            Choice("what", _("Columns"), [Item(SHOWN, _("as shown")), Item(WHOLE, _("whole records"))]),
            Choice(
                JUDGED, _("Judgements"), [Item(OURS, _("not on the cards")), Item(TOLD, _("on the cards, with notes"))]
            ),
        )

    @property
    def form(self) -> Format:
        """The format that is chosen."""
        return Format(self.chosen(FORM))

    def on_mount(self) -> None:
        """Show the lines of the first format."""
        self._hide()

    @on(Options.Changed)
    def _hide(self) -> None:
        """Cards and calendars have fields of their own; only cards can tell what we think."""
        self.query_one("#line-what").set_class(self.form in (Format.VCF, Format.ICS), "-none")
        self.query_one(f"#line-{JUDGED}").set_class(self.form is not Format.VCF, "-none")

    def suggestion(self) -> Path:
        """Named after the noun."""
        return paths.suggested(
            _(BY_TABLE[lists.table_of(self._rows.source.noun)].noun.many), self.form.value, paths.documents()
        )

    def writing(self) -> Callable[[Path], str]:
        """Write them."""
        is_shown = self.chosen("what") == SHOWN and self.form not in (Format.VCF, Format.ICS)
        options = ExportOptions(cards=CardOptions(judgements=self.chosen(JUDGED) == TOLD), heed=self.heed)
        return partial(_written, self._workspace, self._rows, self.form, options, is_shown=is_shown)


def ask(window: NounList) -> None:
    """Let the user choose how a list is exported, write it, and tell where it is."""
    crm = cast("CrmtuiApp", window.app)

    def closed(told: str | None) -> None:
        if told is not None:
            crm.tell(told)

    rows = Rows(window.source, window.words, window.sort, window.marks, window.count)
    crm.push_screen(ExportScreen(crm.path, rows), closed)


def _written(workspace: Path, rows: Rows, form: Format, options: ExportOptions, target: Path, *, is_shown: bool) -> str:
    """In a thread: a sentence of what was written and where."""
    source, keys = rows.source, rows.keys()
    pick = picking.shown(source.noun, source.keys) if is_shown else None
    listed = Listed(pick, keys, source.today(), is_labelled=True) if pick else None
    cut_off: list[str] = []
    options = replace(options, keys=keys, listed=listed, tell=cut_off.append)
    count = exporting.export_to(workspace, source.noun, form, target, options)
    told = ngettext("{count} record is in {path}.", "{count} records are in {path}.", count, path=str(target))
    return "\n".join((told, *cut_off[:MOST_TOLD]))
