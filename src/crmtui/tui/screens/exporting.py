"""Asks in which format and where to a list is exported, and writes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual import on

from crmtui import paths
from crmtui.commands import exporting
from crmtui.commands.exporting import CardOptions, Format
from crmtui.text import N_, _, ngettext
from crmtui.tui.screens.file_dialog import FORM, Choice, FileDialog
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.outgoing import Outgoing

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


class ExportScreen(FileDialog):
    """Dismissed with a sentence that tells where the export is, or with None.

    Args:
        workspace: the file.
        going: what goes out.
    """

    HELP = N_(
        "Up and down go from line to line, left and right choose, enter writes. As shown are the columns of the list, "
        "for people; whole records hold every field and what hangs on them, and can be imported again; all columns "
        "of figures are for programs. On vCards stand no notes and nothing of what we think of people, unless you "
        "choose so."
    )
    DEFAULT_CSS = """
    ExportScreen {
        & .-none { display: none; }
        & Label { width: 12; }
    }
    """

    def __init__(self, workspace: Path, going: Outgoing) -> None:
        super().__init__(_("Export: {name}").format(name=going.title))
        self._workspace, self._going = workspace, going

    def about(self) -> str:
        """Which rows go out."""
        return self._going.told()

    def choices(self) -> Sequence[Choice]:
        """How, and how much of them."""
        return (
            Choice(FORM, _("Format"), [Item(form.value, _(LABELS[form])) for form in self._going.forms]),
            *self._extent(),
            Choice(
                JUDGED, _("Judgements"), [Item(OURS, _("not on the cards")), Item(TOLD, _("on the cards, with notes"))]
            ),
        )

    def _extent(self) -> Sequence[Choice]:
        """As it is shown or whole, where there is more than is shown."""
        whole = self._going.whole
        return [Choice("what", _("Columns"), [Item(SHOWN, _("as shown")), Item(WHOLE, whole)])] if whole else []

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
        for line in self.query("#line-what"):
            line.set_class(self.form in (Format.VCF, Format.ICS), "-none")
        self.query_one(f"#line-{JUDGED}").set_class(self.form is not Format.VCF, "-none")

    def suggestion(self) -> Path:
        """Named after what goes out."""
        return paths.suggested(self._going.title, self.form.value, paths.documents())

    def writing(self) -> Callable[[Path], str]:
        """Write them."""
        is_shown = (not self._going.whole or self.chosen("what") == SHOWN) and self.form not in (Format.VCF, Format.ICS)
        cards = CardOptions(judgements=self.chosen(JUDGED) == TOLD)
        return partial(_written, self._workspace, self._going, self.form, cards, self.heed, is_shown=is_shown)


def ask(widget: Widget, going: Outgoing) -> None:
    """Let the user choose how something is exported, write it, and tell where it is."""
    crm = cast("CrmtuiApp", widget.app)

    def closed(told: str | None) -> None:
        if told is not None:
            crm.tell(told)

    crm.push_screen(ExportScreen(crm.path, going), closed)


def _written(
    workspace: Path,
    going: Outgoing,
    form: Format,
    cards: CardOptions,
    heed: Callable[[int, int], None],
    target: Path,
    *,
    is_shown: bool,
) -> str:
    """In a thread: a sentence of what was written and where."""
    cut_off: list[str] = []
    options = replace(going.options(is_shown=is_shown), cards=cards, tell=cut_off.append, heed=heed)
    count = exporting.export_to(workspace, going.noun, form, target, options)
    told = ngettext("{count} record is in {path}.", "{count} records are in {path}.", count, path=str(target))
    return "\n".join((told, *cut_off[:MOST_TOLD]))
