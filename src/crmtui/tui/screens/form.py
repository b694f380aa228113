"""Filling in a form and saving it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar, cast

from textual.widgets import Static

from crmtui.domain.fields import Kind, Record, default, specs
from crmtui.domain.words import Source
from crmtui.errors import CrmtuiError, InvalidError
from crmtui.text import N_, _
from crmtui.tui import meanwhile, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.drafts import Draft
from crmtui.tui.jobs import Jobs
from crmtui.tui.links import WorkspaceLinks
from crmtui.tui.screens.ask import DISCARD, STAY, Answer, AskScreen
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets import fields
from crmtui.tui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.content import Content

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Value
    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.screens.choose import Found

Result = TypeVar("Result")
SAVE: Final = Answer("save", N_("Save"))
RESTORE: Final = Answer("restore", N_("Bring it back"))
KEEPING: Final = 1.0  # seconds between two looks at whether the draft is behind


@dataclass(frozen=True, slots=True)
class Saved(Generic[Result]):
    """What a form is dismissed with when it was saved.

    Attributes:
        result: what `save` returned.
        values: what `save` was given.
    """

    result: Result
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Which fields a form asks, and where their links are looked for.

    Attributes:
        only: names of the record's fields, in order; all that are not hidden when empty.
        extra: further fields, which are no part of the record, after the others.
        many: names of LINK fields that lead to several records; their values are tuples of keys.
        find: blocking searches for single link fields by name, in place of the one through the whole workspace.
        create: blocking; how a new record is made of its name, for fields with a search of their own.
        names: what the given record of a link field is called, by field, where its title does not say it.
        currency: of amounts, where the record has no currency of its own; the workspace's when empty.
        foretell: what saving the values as they stand would do, in one line, told above the keys; quick, since it is
            asked at each change. It gets the fields that can be read.
        now: blocking; the fields as they are in the file when the form is saved, so that what somebody else changed
            meanwhile is told before it is written over.
    """

    only: Sequence[str] = ()
    extra: Mapping[str, Spec] = field(default_factory=dict)
    many: Collection[str] = ()
    find: Mapping[str, Callable[[str], Sequence[Found[int]]]] = field(default_factory=dict)
    create: Mapping[str, Callable[[str], Found[int]]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    foretell: Callable[[Mapping[str, Value]], Content] | None = None
    now: Callable[[], Mapping[str, Value]] = dict


class FormScreen(Dialog[Saved[Result]]):
    """A form over the screen; dismissed with `Saved`, or with None when the user left without saving.

    A form that cannot be saved stays as it is, says which field is wrong and why, and goes there. One that was
    changed is not left without asking. What stands in it is kept in a draft file, which outlives a crash.

    Args:
        kind: the record whose fields it asks.
        given: values that are there already; the record's defaults are taken for the others. `save` gets them
            too where they are not asked.
        title: what the form is called, translated, shown as text; also the name of its draft.
        save: blocking; called in a thread with the values by field. It may raise `CrmtuiError`; the `fields` of an
            `InvalidError` are shown under theirs.
        changes_only: whether `save` gets only what the user changed, as is right for a record that exists.
        shape: which fields it asks, where not all of the record's.
    """

    HELP = N_("A form: tab and the arrows go from field to field. Dates take +2w, fri, tomorrow; amounts take 62k.")
    BINDINGS: ClassVar = bindings(
        Action(id="form.save", key="ctrl+s", label=N_("Save"), does="save", priority=True),
    )
    DEFAULT_CSS = """
    FormScreen {
        & > #dialog { width: 96; }
        & Form { max-height: 100%; }
        & #foretold { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & #hint { height: 1; dock: bottom; color: $foreground 60%; }
        & #hint.-wrong { color: $text-error; height: auto; max-height: 4; }
    }
    """

    def __init__(
        self,
        kind: type[Record],
        given: Mapping[str, Value],
        *,
        title: str,
        save: Callable[[dict[str, Value]], Result],
        changes_only: bool = False,
        shape: Shape | None = None,
    ) -> None:
        super().__init__(title)
        self._given = {name: default(kind, name) for name in specs(kind)} | dict(given)
        self._unasked = {} if changes_only else dict(given)
        self._save = save
        self._shape = shape or Shape()
        self._specs = _asked(kind, self._shape.only) | dict(self._shape.extra)
        self._changes_only = changes_only
        self._meanwhile = meanwhile.Meanwhile(self._given, self._shape.now)
        self._jobs = Jobs(self)
        self._kept: Mapping[str, str] = {}

    def compose_box(self) -> ComposeResult:
        """The form above a line that tells what the field is for."""
        currency = self._given.get("currency") or self._shape.currency or self._crm.follow.currency
        typed = {name: fields.typed_of(spec, self._given.get(name), currency) for name, spec in self._specs.items()}
        self._links = WorkspaceLinks(self._crm.path, self._shape.find, self._shape.create)
        yield Form(
            self._specs,
            typed,
            self._links,
            today=self._crm.today,
            currency=currency,
            many=self._shape.many,
            fixed="currency" not in self._given,
        )
        if self._shape.foretell:
            yield Static(id="foretold")
        yield Static(id="hint")

    @property
    def _crm(self) -> CrmtuiApp:
        return cast("CrmtuiApp", self.app)

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    @property
    def _draft(self) -> Draft:
        return Draft(self._crm.path, self._title)

    def on_mount(self) -> None:
        """Name the linked records, and offer what was typed before a crash."""
        self._jobs.run("names", self._named, on_done=self._settle)
        self._foretell()
        if kept := self._draft.kept():
            question = _("What was typed into this form before the app ended is still there.")
            self.app.push_screen(AskScreen(self._title, question, (RESTORE, DISCARD)), partial(self._restore, kept))
        self.set_interval(KEEPING, self._keep_later)

    def _named(self) -> dict[str, str]:
        """In a thread: the texts of the link fields, with names."""
        links = ((name, spec, self._given.get(name)) for name, spec in self._specs.items() if spec.kind is Kind.LINK)
        return {name: self._named_one(name, spec, value) for name, spec, value in links if value}

    def _named_one(self, name: str, spec: Spec, value: Value) -> str:
        keys = value if isinstance(value, tuple) else (value,)
        return fields.typed_of_links((key, self._shape.names.get(name) or self._links.title(spec, key)) for key in keys)

    def _settle(self, named: Mapping[str, str]) -> None:
        for name, typed in named.items():
            self.form.settle(name, typed)
        self._foretell()

    def on_form_edited(self, event: Form.Edited) -> None:
        """Tell what saving would do."""
        event.stop()
        self._foretell()

    def _foretell(self) -> None:
        if self._shape.foretell:
            self.query_one("#foretold", Static).update(self._shape.foretell(self.form.read()[0]))

    # Drafts

    def _restore(self, kept: Mapping[str, str], answer: str | None) -> None:
        if answer == RESTORE.id:
            self.form.put(kept)
        elif answer == DISCARD.id:
            self._draft.forget()

    def _keep_later(self) -> None:
        """Now and then, in a thread, when something was typed since."""
        changed = self.form.changed
        if changed and changed != self._kept and self.app.screen is self:
            self._kept = changed
            self._jobs.run("keep", partial(self._draft.keep, changed), on_done=lambda _done: None)

    def keep_draft(self) -> None:
        """At once: the app is about to end."""
        if self.is_attached and (changed := self.form.changed):
            self._draft.keep(changed)

    def _close(self, saved: Saved[Result] | None) -> None:
        self._jobs.forget("keep")
        self._draft.forget()
        self.dismiss(saved)

    # Saving

    def action_save(self) -> None:
        """Save, or say what is wrong."""
        if self._jobs.is_busy("save"):
            return
        found, wrong = self.form.read()
        if wrong:
            self._refuse(wrong)
            return
        if self._changes_only:
            found = self._changed(found)
            if not found:
                self._close(None)
                return
        values = self._unasked | found
        self._tell(_("Saving"))
        self._jobs.run(
            "save",
            partial(self._write, values),
            on_done=lambda result: self._close(Saved(result, values)),
            on_failed=self._failed,
        )

    def _write(self, found: dict[str, Value]) -> Result:
        """In a thread."""
        self._meanwhile.check(self._specs, found)
        return self._save(found)

    def _changed(self, found: Mapping[str, Value]) -> dict[str, Value]:
        """What is not as it was, and the currency where an amount is among it."""
        names = set(self.form.changed)
        if any(self._specs[name].kind is Kind.MONEY for name in names):
            names.add("currency")
        return {name: value for name, value in found.items() if name in names}

    def _failed(self, error: CrmtuiError) -> None:
        if isinstance(error, InvalidError):
            by_label = {_(spec.label): name for name, spec in self._specs.items()}
            named = {by_label.get(name, name): why for name, why in error.fields.items()}
            if named.keys() <= self._specs.keys():
                self._refuse(named)
                return
        self._tell(str(error), is_wrong=True)

    def _refuse(self, wrong: Mapping[str, str]) -> None:
        self.form.refuse(wrong)
        self._tell(_("Not saved yet: {fields}").format(fields=", ".join(_(self._specs[name].label) for name in wrong)))

    def _tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(show.block(sentence))
        hint.set_class(is_wrong, "-wrong")

    def on_form_visited(self, event: Form.Visited) -> None:
        """Tell what the field is for."""
        self._tell(event.help)

    # Leaving

    def action_leave(self) -> None:
        """Leave; a form that was changed asks first."""
        if self._jobs.is_busy("save"):
            return
        if self.form.changed:
            question = _("What you typed is not saved yet.")
            self.app.push_screen(AskScreen(self._title, question, (STAY, SAVE, DISCARD)), self._leave)
        else:
            self._close(None)

    def _leave(self, answer: str | None) -> None:
        if answer == SAVE.id:
            self.action_save()
        elif answer == DISCARD.id:
            self._close(None)


def _asked(kind: type[Record], only: Sequence[str]) -> dict[str, Spec]:
    """The fields that a form asks: the named ones, or all that the program does not fill itself."""
    known = specs(kind)
    return {name: known[name] for name in only or known if only or not known[name].hidden}


def adding(
    path: Path, kind: type[Record], given: Mapping[str, Value] | None = None, title: str = ""
) -> FormScreen[int]:
    """The form for a new record of any noun; its result is the record's key."""
    from crmtui.commands import records

    return FormScreen(
        kind,
        given or {},
        title=title or _("New {record}").format(record=_(kind.noun.one)),
        save=lambda values: records.add(path, kind, values, Source.TUI),
    )


def editing(path: Path, record: Record, title: str = "") -> FormScreen[None]:
    """The form for a record that exists, of any noun."""
    from crmtui.commands import records

    kind = type(record)
    return FormScreen(
        kind,
        {name: getattr(record, name) for name in specs(kind)},
        title=title or str(getattr(record, kind.noun.title)) or _(kind.noun.one),
        save=lambda values: records.edit(path, kind, record.id, values, Source.TUI),
        changes_only=True,
        shape=Shape(now=meanwhile.kept(path, type(record), record.id)),
    )
