"""A form: a row for each field of a record, checked field by field, losing nothing that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from crmtui.domain.fields import Kind, Spec
from crmtui.domain.money import Money
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.widgets import fields
from crmtui.tui.widgets.fields import Editor, LineEditor, Links
from crmtui.tui.widgets.form_rows import PLACEHOLDERS, rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from crmtui.domain.values import Value
    from crmtui.tui.widgets.link_input import LinkInput
    from crmtui.tui.widgets.options import Options


class Form(VerticalScroll, can_focus=False):
    """The fields of a record, to be filled in.

    Args:
        specs: the fields by name, in order.
        typed: what they show at first (`fields.typed_of`).
        links: where link fields find records.
        today: what relative dates count from.
        currency: of amounts that name none.
        many: names of link fields that lead to several records.
        fixed: whether amounts in another currency are refused, as the record has none of its own.
    """

    BINDINGS: ClassVar = bindings(
        Action(id="form.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="form.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    Form {
        layout: grid;
        grid-size: 2;
        grid-columns: 22 1fr;
        grid-rows: auto;
        height: auto;
        scrollbar-size-vertical: 1;
        & > .form--label { color: $foreground 60%; padding-right: 1; }
        & .form--message { color: $text-error; display: none; }
        & .form--message.-shown { display: block; }
        & .form--judgement { height: auto; }
        & .form--judgement > OptionsEditor { width: 24; }
        & .form--judgement > LineEditor { margin-left: 1; width: 1fr; }
    }
    """

    class Edited(Message):
        """Something in the form was changed."""

    class Visited(Message):
        """Another field has the focus.

        Attributes:
            help: what the field is for, translated; empty where its name says enough.
        """

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.help = sentence

    def __init__(
        self,
        specs: Mapping[str, Spec],
        typed: Mapping[str, str],
        links: Links,
        *,
        today: dt.date,
        currency: str,
        many: Collection[str] = (),
        fixed: bool = False,
    ) -> None:
        super().__init__()
        self._specs = specs
        self._today = today
        self._currency = currency
        self._many = many
        self._fixed = fixed
        self._before = {name: typed.get(name, "") for name in specs}
        self._editors: dict[str, Editor] = {
            name: fields.editor(name, spec, self._before[name], links, many=name in many)
            for name, spec in specs.items()
        }
        self._sentences: dict[str, str] = {}
        self._rows = {name: names for names in rows(specs) for name in names}

    def compose(self) -> ComposeResult:
        """A label, what is typed into, and the place of the sentence that says what is wrong with it."""
        for names in rows(self._specs):
            yield Static(_label(self._specs[names[0]]), classes="form--label")
            with VerticalGroup():
                yield self._row(names)
                yield Static(classes="form--message", id=f"message-{names[0]}")

    def _row(self, names: Sequence[str]) -> Widget:
        """The widget of a field, or those of a judgement beside each other."""
        editors = [self._editors[name] for name in names]
        if len(editors) == 1:
            return editors[0]
        for editor, placeholder in zip(editors, PLACEHOLDERS, strict=True):
            if isinstance(editor, LineEditor):
                editor.placeholder = _(placeholder)
        return Horizontal(*editors, classes="form--judgement")

    # What was typed

    @property
    def typed(self) -> dict[str, str]:
        """Everything that stands in the form now, as text."""
        return {name: editor.typed for name, editor in self._editors.items()}

    @property
    def changed(self) -> dict[str, str]:
        """What is not as it was at first, as text."""
        return {name: typed for name, typed in self.typed.items() if typed != self._before[name]}

    def put(self, typed: Mapping[str, str]) -> None:
        """Show other text in some fields; they count as changed by the user."""
        for name in typed.keys() & self._editors.keys():
            self._editors[name].put(typed[name])

    def settle(self, name: str, typed: str) -> None:
        """Show how a field stands at first, where that is known only after the form is shown."""
        if self._editors[name].typed == self._before[name]:
            self._editors[name].put(typed)
            self._before[name] = self._editors[name].typed

    def go_to(self, name: str) -> None:
        """Type into a field."""
        self._editors[name].focus()

    # What it means

    def read(self) -> tuple[dict[str, Value], dict[str, str]]:
        """The values of the right fields, and the sentences for the wrong ones, both by name."""
        found: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for name in self._specs:
            try:
                found[name] = self._read(name)
            except ValueError as error:
                wrong[name] = str(error)
        return self._in_minor_units(found, wrong)

    def _read(self, name: str) -> Value:
        spec, typed = self._specs[name], self._editors[name].typed
        if spec.kind is Kind.MONEY:
            return fields.read_money(spec, typed, self._typed_currency or self._currency)
        return fields.read(spec, typed, self._today, many=name in self._many)

    def _in_minor_units(
        self, found: dict[str, Value], wrong: dict[str, str]
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Amounts as integers, and the one currency of the record; amounts in another one are wrong."""
        currency = self._currency if self._fixed else found.get("currency") or ""
        for name, amount in found.items():
            if isinstance(amount, Money):
                currency = currency or amount.currency
                found[name] = amount.minor
                if amount.currency != currency:
                    sentence = _("is in {one}, but the record is in {other}")
                    wrong[name] = sentence.format(one=amount.currency, other=currency)
        return found | ({} if self._fixed or not currency else {"currency": currency}), wrong

    @property
    def _typed_currency(self) -> str:
        """What stands in the field of the currency, if there is one."""
        return self._editors["currency"].typed.strip().upper() if "currency" in self._editors else ""

    # Saying what is wrong

    def refuse(self, wrong: Mapping[str, str]) -> None:
        """Show a sentence under each wrong field and none under the others, and go to the first that is wrong."""
        for name in self._specs:
            self._say(name, wrong.get(name, ""))
        if first := next((name for name in self._specs if name in wrong), None):
            self.go_to(first)

    def _say(self, name: str, sentence: str) -> None:
        self._sentences[name] = sentence
        names = self._rows[name]
        shown = next((self._sentences[one] for one in names if self._sentences.get(one)), "")
        message = self.query_one(f"#message-{names[0]}", Static)
        message.update(Content(f"{show.glyphs().urgent} {shown}"))
        message.set_class(bool(shown), "-shown")

    def _check(self, name: str) -> None:
        try:
            self._read(name)
        except ValueError as error:
            self._say(name, str(error))
        else:
            self._say(name, "")

    # Watching the user

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the field is for."""
        if spec := self._specs.get(event.widget.id or ""):
            self.post_message(self.Visited(_(spec.help)))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check the field that is left, if something was typed; a date is written in full."""
        name = event.widget.id or ""
        if name not in self.changed:
            return
        self._check(name)
        if self._specs[name].kind is Kind.DATE and not self._sentences[name]:
            self._editors[name].put(fields.typed_of(self._specs[name], self._read(name), ""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """A line was changed."""
        self._edited(event, event.input.id)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A text was changed."""
        self._edited(event, event.text_area.id)

    def on_options_changed(self, event: Options.Changed) -> None:
        """Another word was chosen."""
        self._edited(event, event.options.id)

    def on_link_input_changed(self, event: LinkInput.Changed) -> None:
        """Another record was chosen."""
        self._edited(event, event.link.id)

    def _edited(self, event: Message, name: str | None) -> None:
        """A field that was wrong is checked at each key from then on."""
        event.stop()
        if name and self._sentences.get(name):
            self._check(name)
        self.post_message(self.Edited())


def _label(spec: Spec) -> Content:
    is_asked = spec.required and spec.kind not in (Kind.BOOL, Kind.CHOICE)
    return Content.assemble(_(spec.label), ("*" if is_asked else "", "$text-primary"))
