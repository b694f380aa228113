"""How a file is laid out: its encoding, what parts its cells, its sheets, the line of its header, to say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label

from crmtui.exchange.file_form import NO_HEADER, FileForm
from crmtui.exchange.first_lines import NAMES
from crmtui.exchange.kinds import FileKind
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.importing.step import Changed
from crmtui.tui.widgets.options import Item, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from crmtui.commands.import_looking import FileLook
    from crmtui.tui.importing.plan import Plan

ENCODINGS: Final = {  # by their names in Python
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
}
QUOTES: Final = ('"', "'")  # that can be chosen; the command line takes any
LAST_LINE: Final = 20  # that can be chosen for a header; the command line takes any


class LayoutPanel(Vertical):
    """Lines of words, one for each thing that can be said of how a file is laid out; what is chosen holds at once.

    Args:
        plan: where it is kept.
        look: the file.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="layout.done", key="escape,enter", label=N_("Done"), does="done"),
        Action(id="layout.next", key="down", label=N_("Next field"), does="move(1)", show=False),
        Action(id="layout.previous", key="up", label=N_("Previous field"), does="move(-1)", show=False),
    )
    DEFAULT_CSS = """
    LayoutPanel {
        height: auto;
        max-height: 8;
        margin-bottom: 1;
        & Horizontal { height: auto; }
        & Label { width: 18; color: $foreground 60%; }
    }
    """

    class Done(Message):
        """The user has said enough."""

    def __init__(self, plan: Plan, look: FileLook) -> None:
        super().__init__()
        self.look = look
        self._plan = plan

    def compose(self) -> ComposeResult:
        """The lines that a file of this kind has."""
        look, said = self.look, self._said
        if look.kind is not FileKind.WORKBOOK:
            known = [Item(name, label) for name, label in ENCODINGS.items()]
            yield from _line("encoding", _("Encoding"), [_recognised(), *known], [said.encoding or ""])
        if look.kind is FileKind.TABLE:
            known = [Item(sign, _(name)) for sign, name in NAMES.items()]
            yield from _line("delimiter", _("Separated by"), [_recognised(), *known], [said.delimiter or ""])
        if len(look.sheets) > 1:
            names = [Item(name, show.label(name).plain) for name in look.sheets]
            what = _("Sheets") if look.kind is FileKind.WORKBOOK else _("Lists")
            yield from _line("sheets", what, names, said.sheets or look.sheets, many=True)
        if look.kind in (FileKind.TABLE, FileKind.WORKBOOK):
            lines = [Item(str(number), str(number)) for number in range(1, LAST_LINE + 1)]
            items = [_recognised(), Item(str(NO_HEADER), _("none")), *lines]
            chosen = "" if said.header is None else str(said.header)
            yield from _line("header", _("Header in line"), items, [chosen])
        if look.kind is FileKind.TABLE:
            marks = [Item(mark, mark) for mark in dict.fromkeys((*QUOTES, said.quote or QUOTES[0]))]
            yield from _line("quote", _("Quoted by"), [_recognised(), *marks], [said.quote or ""])

    @property
    def _said(self) -> FileForm:
        """How the file is laid out, as far as that was said: now, or of another with its columns."""
        return self._plan.form(self.look).over(self.look.kept.form)

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query(Options).first().focus()

    def follow(self, look: FileLook) -> None:
        """The file was read again, and may be called otherwise: by the sheet that is left."""
        self.look = look
        header = self._said.header
        for one in self.query("#header").results(Options):
            with self.prevent(Options.Changed):
                one.choose(["" if header is None else str(header)])

    @on(Options.Changed)
    def _keep(self, event: Options.Changed) -> None:
        event.stop()
        header = self._chosen("header")
        sheets = self._values("sheets")
        form = FileForm(
            self._chosen("encoding") or None,
            self._chosen("delimiter") or None,
            int(header) if header else None,
            () if len(sheets) == len(self.look.sheets) else sheets,
            self._chosen("quote") or None,
        )
        if form != self._said:
            self._plan.lay_out(self.look, form)
            self.post_message(Changed())

    def _values(self, name: str) -> tuple[str, ...]:
        return next((one.values for one in self.query(Options) if one.id == name), ())

    def _chosen(self, name: str) -> str:
        return next(iter(self._values(name)), "")

    def action_move(self, by: int) -> None:
        """Go to another line."""
        lines = [*self.query(Options)]
        at = next((place for place, one in enumerate(lines) if one is self.screen.focused), 0)
        self.screen.set_focus(lines[max(0, min(len(lines) - 1, at + by))])  # now, before the next key comes

    def action_done(self) -> None:
        """Go back to the columns."""
        self.post_message(self.Done())


def _line(
    name: str, label: str, items: list[Item], chosen: tuple[str, ...] | list[str], *, many: bool = False
) -> Iterator[Horizontal]:
    yield Horizontal(Label(show.label(label)), Options(items, chosen, many=many, id=name))


def _recognised() -> Item:
    return Item("", _("recognised"))


def laid_out(look: FileLook) -> str:
    """How a file was read, in a few words."""
    form = look.form
    parts = []
    if form.encoding:
        parts.append(ENCODINGS.get(form.encoding.removesuffix("-sig"), form.encoding.upper()))
    if form.delimiter:
        parts.append(_("separated by {delimiter}").format(delimiter=_(NAMES.get(form.delimiter, form.delimiter))))
    if form.header is not None:
        parts.append(_("header in line {number}").format(number=form.header) if form.header else _("no header"))
    return ", ".join(parts)
