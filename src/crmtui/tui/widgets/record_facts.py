"""Any record line by line, as its fields say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, specs
from crmtui.queries import records
from crmtui.text import _
from crmtui.tui import actions, rooms, show
from crmtui.tui.actions import bindings
from crmtui.tui.widgets.account_profile import of_value
from crmtui.tui.widgets.facts import Fact, Facts

if TYPE_CHECKING:
    from pathlib import Path

    from textual.content import Content

    from crmtui.tui.screens.base import RoomScreen


@dataclass(frozen=True, slots=True)
class Told:
    """A record with the names of those it links to, by field."""

    record: Record
    names: dict[str, str]


class RecordFacts(Facts):
    """What is known of a record of any kind."""

    BINDINGS: ClassVar = bindings(actions.EDIT, actions.EDITOR)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._told: Told | None = None

    def show_told(self, told: Told | None) -> None:
        """Show a record, or nothing."""
        self._told = told
        self.show_facts(facts(told, frozenset(rooms.PAGES)) if told else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this line is offered."""
        if action == "edit":
            return self._told is not None
        if action == "editor":
            return bool(self._told and self.current) and self._is_text
        return super().check_action(action, parameters)

    @property
    def _is_text(self) -> bool:
        if self._told is None or self.current is None:
            return False
        return specs(type(self._told.record))[self.current.key].kind is Kind.TEXT

    def action_edit(self) -> None:
        """Fill in the form of the record at this line."""
        from crmtui.tui.screens import forms

        if self._told:
            forms.edit(cast("RoomScreen", self.screen), self._told.record, self.current.key if self.current else "")

    def action_editor(self) -> None:
        """Change the long text of this line in the user's own editor."""
        from crmtui.tui.screens import forms

        if self._told and self.current:
            forms.edit_text(cast("RoomScreen", self.screen), self._told.record, self.current.key)


def read(path: Path, kind: type[Record], key: int) -> Told:
    """In a thread: a record and the names that it needs; NotFoundError if it is gone."""
    record = records.get(path, kind, key)
    links = {name: spec.link for name, spec in specs(kind).items() if spec.kind is Kind.LINK}
    return Told(record, {name: records.title(path, table, getattr(record, name)) for name, table in links.items()})


def facts(told: Told, leads: frozenset[str] = frozenset()) -> list[Fact]:
    """What is known of a record; a link leads on where the table that it leads to is among `leads`."""
    found = []
    for name, spec in specs(type(told.record)).items():
        if spec.hidden or spec.kind is Kind.CURRENCY:
            continue
        key = getattr(told.record, name)
        leads_to = (spec.link, key) if spec.link in leads and key is not None else None
        found.append(Fact(name, _(spec.label), shown(told, name), leads_to))
    return found


def shown(told: Told, name: str) -> Content:
    """The value of a field."""
    spec = specs(type(told.record))[name]
    value = getattr(told.record, name)
    if spec.kind is Kind.LINK:
        return of_value(Kind.LINE, told.names[name])
    if spec.kind is Kind.MONEY:
        return show.money_in_full(value, getattr(told.record, "currency", ""))
    if spec.kind is Kind.DATE:
        return show.full_date(value)
    return of_value(spec.kind, values.label(spec, value))
