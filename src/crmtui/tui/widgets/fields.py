"""The widget that a field is edited with, by what kind of value it holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual.widgets import TextArea

from crmtui import text
from crmtui.domain import money, values
from crmtui.domain.fields import Kind, Spec
from crmtui.text import N_, _
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.choose import Found
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.link_input import LinkInput
from crmtui.tui.widgets.options import Item, Options, unknown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from textual.document._document import EditResult
    from textual.document._edit import Edit

    from crmtui.domain.values import Value

SHORT: Final = {Kind.DATE: 13, Kind.INTEGER: 16, Kind.NUMBER: 16, Kind.MONEY: 24, Kind.CURRENCY: 8}


class Links(Protocol):
    """Where link fields find records; called in threads."""

    def find(self, name: str, spec: Spec, words: str) -> Sequence[Found[int]]:
        """Records that the field may lead to and that answer to words."""

    def create(self, name: str, spec: Spec) -> Callable[[str], Found[int]] | None:
        """How a new one is made of words; None where none can be made."""


class LineEditor(LineInput):
    """Text, numbers, dates and money on one line."""

    def __init__(self, name: str, spec: Spec, typed: str) -> None:
        super().__init__(typed, id=name, select_on_focus=False)
        if width := SHORT.get(spec.kind):
            self.styles.width = width

    @property
    def typed(self) -> str:
        """What was typed or chosen, as text that `read` and `put` take."""
        return self.value

    def put(self, typed: str) -> None:
        """Show other text."""
        self.value = typed


class TextEditor(TextArea):
    """Text of several lines, which can be handed to the user's own editor."""

    HELP = N_("Text of several lines; tab goes to the next field.")
    BINDINGS: ClassVar = bindings(
        Action(
            id="form.editor",
            key="f4",
            label=N_("Editor"),
            does="editor",
            help=N_("Open this text in your own editor ($EDITOR)."),
        )
    )
    DEFAULT_CSS = """
    TextEditor, TextEditor:focus {
        height: auto; min-height: 2; max-height: 8; border: none; padding: 0 1; background: $panel;
    }
    TextEditor:focus { background: $primary 20%; }
    """

    def __init__(self, name: str, typed: str) -> None:
        super().__init__(text.clean(typed), id=name, compact=True, highlight_cursor_line=False)

    def edit(self, edit: Edit) -> EditResult:
        """Whatever is typed or pasted is cleaned first."""
        edit.text = text.clean(edit.text)
        return super().edit(edit)

    def action_editor(self) -> None:
        """Let the user's own editor change the text."""
        from crmtui.tui.editor import edited

        if (changed := edited(self.app, self.text)) is not None:
            self.replace(changed, (0, 0), self.document.end)

    @property
    def typed(self) -> str:
        """What was typed or chosen, as text that `read` and `put` take."""
        return self.text

    def put(self, typed: str) -> None:
        """Show other text."""
        self.load_text(text.clean(typed))


class OptionsEditor(Options):
    """A word, several words, a grade, or yes and no."""

    def __init__(self, name: str, spec: Spec, typed: str) -> None:
        super().__init__(choices(spec), typed.split(","), many=spec.kind is Kind.CHOICES, id=name)

    @property
    def typed(self) -> str:
        """What was typed or chosen, as text that `read` and `put` take."""
        return ",".join(self.values)

    def put(self, typed: str) -> None:
        """Show other text."""
        self.choose(typed.split(","))


class LinkEditor(LinkInput):
    """A record, or several."""

    @property
    def typed(self) -> str:
        """What was typed or chosen, as text that `read` and `put` take."""
        return typed_of_links((found.key, found.label) for found in self.chosen)

    def put(self, typed: str) -> None:
        """Show other text."""
        self.chosen = founds(typed)


Editor = LineEditor | TextEditor | OptionsEditor | LinkEditor


def choices(spec: Spec) -> list[Item]:
    """The words of a field; first that nobody knows, or what no value means, where that is an answer."""
    if spec.kind is Kind.BOOL:
        return [Item("yes", _("yes")), Item("no", _("no"))]
    if spec.kind is Kind.SCALE:
        items = [Item(str(grade), f"{grade} {_(name)}".strip()) for grade, name in spec.names.items()]
    else:
        items = [Item(word.value, _(word.label)) for word in spec.words or ()]
    if spec.required or spec.kind is Kind.CHOICES:
        return items
    return [Item("", _(spec.blank)) if spec.blank else unknown(), *items]


def editor(name: str, spec: Spec, typed: str, links: Links, *, many: bool = False) -> Editor:
    """The widget for a field.

    Args:
        name: the field's name, the widget's id.
        spec: the field.
        typed: what it shows at first, as `typed_of` makes it.
        links: where link fields find records.
        many: whether a link field leads to several records.
    """
    if spec.kind is Kind.TEXT:
        return TextEditor(name, typed)
    if spec.kind in (Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.BOOL):
        return OptionsEditor(name, spec, typed)
    if spec.kind is Kind.LINK:
        find = partial(links.find, name, spec)
        link = LinkEditor(_(spec.label), find, create=links.create(name, spec), many=many, id=name)
        link.set_reactive(LinkInput.chosen, founds(typed))
        return link
    return LineEditor(name, spec, typed)


def typed_of(spec: Spec, value: Value, currency: str) -> str:
    """A value as it is typed; links as `key=`, so that their names can be filled in."""
    if spec.kind is Kind.MONEY and value is not None:
        return money.format_amount(value, currency)
    if spec.kind is Kind.LINK:
        return typed_of_links((key, "") for key in (value if isinstance(value, tuple) else (value,)) if key)
    return values.shown(spec, value)


def typed_of_links(named: Iterable[tuple[int, str]]) -> str:
    """Keys and names of records as the text of a link field, one a line."""
    return "\n".join(f"{key}={text.line(name)}" for key, name in named)


def founds(typed: str) -> tuple[Found[int], ...]:
    """The records of a link field's text."""
    pairs = (part.partition("=") for part in typed.splitlines())
    return tuple(Found(int(key), label) for key, _sign, label in pairs)


def read(spec: Spec, typed: str, today: dt.date, *, many: bool = False) -> Value:
    """The value of what was typed, but for money; ValueError with a sentence if it is none."""
    if spec.kind is Kind.LINK:
        keys = tuple(found.key for found in founds(typed))
        return keys if many else values.check(spec, keys[0] if keys else None)
    return values.parse(spec, typed, today=today)


def read_money(spec: Spec, typed: str, currency: str) -> money.Money | None:
    """The amount that was typed; ValueError with a sentence if it is none."""
    if not typed.strip():
        values.check(spec, None)
        return None
    amount = money.parse_money(text.line(typed), currency)
    values.check(spec, amount.minor)
    return amount
