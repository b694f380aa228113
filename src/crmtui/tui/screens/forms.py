"""The form of each kind of record, where it is more than its fields; the plain one for all others."""

from __future__ import annotations

import dataclasses
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.accounts import CompetitorPosition, Note
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.delivery import CustomerRequest, Project, Promise, Satisfaction
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Plan
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.propositions import Proposition
from crmtui.domain.words import Source
from crmtui.text import _
from crmtui.tui import meanwhile
from crmtui.tui.screens import form as plain
from crmtui.tui.screens.form import FormScreen, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crmtui.domain.fields import Record
    from crmtui.domain.values import Value
    from crmtui.queries.people import Reach
    from crmtui.tui.screens.base import RoomScreen

Given = dict[str, Any]


def adding(room: RoomScreen, kind: type[Record], given: Mapping[str, Value] | None = None) -> FormScreen[int]:
    """The form for a new record of any kind; its result is the key."""
    if make := _ADDING.get(kind):
        return make(room, dict(given or {}))
    return plain.adding(room.workspace, kind, given)


def edit(room: RoomScreen, record: Record, field: str = "") -> None:
    """Let the user fill in the form of a record; what it needs besides is read first.

    Args:
        room: the screen that it lies over.
        record: as it is.
        field: the field to begin with; the first when empty.
    """
    if isinstance(record, Person):
        from crmtui.queries import people

        work = partial(people.reach, room.workspace, record.id)
        room.jobs.run("reach", work, on_done=lambda reach: _show(room, _person(room, record, reach), field))
    elif isinstance(record, OrderLine):
        from crmtui.queries import records

        order = partial(records.get, room.workspace, Order, record.order_id)
        room.jobs.run("order", order, on_done=lambda found: _show(room, _line(room, record, found.currency), field))
    else:
        _show(room, _editing(room, record), field)


def edit_text(room: RoomScreen, record: Record, field: str) -> None:
    """Let the user change a long text of a record in an editor of their own."""
    from crmtui.commands import records
    from crmtui.queries import records as reading
    from crmtui.tui.long_text import LongText

    path, kind, key = room.workspace, type(record), record.id
    LongText(
        room,
        getattr(record, field),
        now=lambda: str(getattr(reading.get(path, kind, key), field)),
        save=lambda text: records.edit(path, kind, key, {field: text}, Source.TUI),
    ).change()


def _show(room: RoomScreen, form: FormScreen[None], field: str) -> None:
    room.edit(form)
    if field:
        form.call_after_refresh(lambda: form.form.go_to(field))


def _editing(room: RoomScreen, record: Record) -> FormScreen[None]:
    if isinstance(record, Opportunity):
        from crmtui.tui.screens import closing

        return closing.editing(room.workspace, record, room.crm.today)
    if isinstance(record, Proposition):
        return _proposition(room, record)
    if isinstance(record, Plan):
        from crmtui.tui.screens import plan

        return plan.editing(room.workspace, record)
    if name := _EDITING.get(type(record)):
        form: FormScreen[None] = import_module(f"crmtui.tui.screens.{name}").editing(room, record)
        return form
    return plain.editing(room.workspace, record)


def _new_opportunity(room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.tui.screens import closing

    return closing.adding(room.workspace, room.crm.today, given)


def _new_plan(room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.tui.screens import plan

    return plan.adding(room.workspace, room.crm.today, given)


def _new_order(room: RoomScreen, given: Given) -> FormScreen[int]:
    return plain.adding(room.workspace, Order, {"day": room.crm.today, **given})


def _new_line(room: RoomScreen, given: Given) -> FormScreen[int]:
    """Its money is in the currency of the order, which is given beside its fields."""
    from crmtui.commands import records

    currency = given.pop("currency", "")
    return FormScreen(
        OrderLine,
        given,
        title=_("New order line"),
        save=lambda values: records.add(room.workspace, OrderLine, values, Source.TUI),
        shape=Shape(only=_LINE, currency=currency),
    )


def _line(room: RoomScreen, line: OrderLine, currency: str) -> FormScreen[None]:
    from crmtui.commands import records

    return FormScreen(
        OrderLine,
        {name: getattr(line, name) for name in specs(OrderLine)},
        title=line.description or _("Order line"),
        save=lambda values: records.edit(room.workspace, OrderLine, line.id, values, Source.TUI),
        changes_only=True,
        shape=Shape(only=_LINE, currency=currency, now=meanwhile.kept(room.workspace, type(line), line.id)),
    )


_LINE: Final = ("offering_id", "description", "quantity", "unit_price", "margin")


def _new_criterion(room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.tui.screens import criteria

    return criteria.adding(room, given)


def _new_note(room: RoomScreen, given: Given) -> FormScreen[int]:
    """Only the day and the text are asked where it is known what the note is about."""
    from crmtui.commands import records

    return FormScreen(
        Note,
        {"day": room.crm.today, **given},
        title=_("New note"),
        save=lambda values: records.add(room.workspace, Note, values, Source.TUI),
        shape=Shape(only=("text", "day")),
    )


def _new_in_action_plan(kind: type[Record], room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.tui.screens import action_desk

    return action_desk.adding(room, kind, given)


def _new_delivery(kind: type[Record], room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.tui.screens import delivery_desk

    return delivery_desk.adding(room, kind, given)


# The value proposition

_LINE_OF_VALUE: Final = ("need", "offer", "offering_id", "benefit", "proof", "basis", "judged_on", "source")


def _new_proposition(room: RoomScreen, given: Given) -> FormScreen[int]:
    """Only the line itself is asked where it is known whose it is."""
    from crmtui.commands import propositions

    is_placed = bool(given.get("account_id") or given.get("opportunity_id"))
    return FormScreen(
        Proposition,
        {"judged_on": room.crm.today, **given},
        title=_("New {record}").format(record=_(Proposition.noun.one)),
        save=lambda values: propositions.add(room.workspace, values, Source.TUI, room.crm.today),
        shape=Shape(only=_LINE_OF_VALUE) if is_placed else None,
    )


def _proposition(room: RoomScreen, line: Proposition) -> FormScreen[None]:
    from crmtui.commands import propositions

    return FormScreen(
        Proposition,
        {name: getattr(line, name) for name in specs(Proposition)},
        title=line.need,
        save=lambda values: propositions.edit(room.workspace, line.id, values, Source.TUI, room.crm.today),
        changes_only=True,
        shape=Shape(only=_LINE_OF_VALUE, now=meanwhile.kept(room.workspace, type(line), line.id)),
    )


def personal_win(room: RoomScreen, stakeholder: Stakeholder, name: str) -> FormScreen[None]:
    """The form for what the decision means for one person: criteria, objectives, and the win that we propose."""
    from crmtui.commands import dmu

    return FormScreen(
        Stakeholder,
        {field: getattr(stakeholder, field) for field in specs(Stakeholder)},
        title=_("Personal win of {name}").format(name=name),
        save=lambda values: dmu.edit_stakeholder(room.workspace, stakeholder.id, values, Source.TUI, room.crm.today),
        changes_only=True,
        shape=Shape(only=_WIN, now=meanwhile.kept(room.workspace, type(stakeholder), stakeholder.id)),
    )


_WIN: Final = ("criteria", "objectives", "win", "win_strength", "win_basis", "win_on", "win_source")


# People

_MAY_BE_BLANK: Final = {"name": dataclasses.replace(specs(Person)["name"], required=False)}


def _person_shape() -> Shape:
    """All fields; the addresses stand after the department, and a name may be left to its parts."""
    from crmtui.commands import people

    known = specs(Person)
    names = [name for name, spec in known.items() if not spec.hidden]
    at = names.index("department") + 1
    later = {name: known[name] for name in names[at:]}
    return Shape(only=names[:at], extra={**_MAY_BE_BLANK, **people.ADDRESSES, **later})


def _new_person(room: RoomScreen, given: Given) -> FormScreen[int]:
    from crmtui.commands import people

    return FormScreen(
        Person,
        given,
        title=_("New {record}").format(record=_(Person.noun.one)),
        save=lambda values: people.add(room.workspace, values, Source.TUI),
        shape=_person_shape(),
    )


def _person(room: RoomScreen, person: Person, reach: Reach) -> FormScreen[None]:
    from crmtui.commands import people

    given = {name: getattr(person, name) for name in specs(Person)}
    given |= {"emails": people.written(reach.emails), "phones": people.written(reach.phones)}
    return FormScreen(
        Person,
        given,
        title=person.name,
        save=lambda values: people.edit(room.workspace, person.id, values, Source.TUI),
        changes_only=True,
        shape=dataclasses.replace(_person_shape(), now=meanwhile.kept(room.workspace, type(person), person.id)),
    )


def consent(room: RoomScreen, person_id: int, given: Given) -> FormScreen[int]:
    """The form for what a person said about a channel; it takes the place of what was said before.

    Its result is how many contacts to come are not wanted any more.
    """
    from crmtui.commands import people
    from crmtui.queries import contacts

    def save(values: Given) -> int:
        said = people.Said(values["channel_id"], values["state"], values["day"], values["source"])
        people.set_consent(room.workspace, person_id, said, Source.TUI)
        return contacts.unwanted(room.workspace, person_id)

    return FormScreen(
        Consent,
        {"day": room.crm.today, **given},
        title=_("Consent"),
        save=save,
        shape=Shape(only=("channel_id", "state", "day", "source")),
    )


def position(room: RoomScreen, account_id: int) -> FormScreen[int]:
    """The form for how close a competitor is to an account."""
    from crmtui.commands import accounts

    def save(values: Given) -> int:
        links = ("account_id", "competitor_id")
        given = {name: value for name, value in values.items() if name not in links}
        competitor_id = values["competitor_id"]
        return accounts.set_position(room.workspace, account_id, competitor_id, given, Source.TUI, room.crm.today)

    return FormScreen(
        CompetitorPosition,
        {"judged_on": room.crm.today},
        title=_("A competitor there"),
        save=save,
        shape=Shape(only=[name for name in specs(CompetitorPosition) if name != "account_id"]),
    )


_EDITING: Final[Mapping[type[Record], str]] = {
    **dict.fromkeys((Objective, Strategy, PlanAction), "action_desk"),
    **dict.fromkeys((Project, Promise, CustomerRequest, Satisfaction), "delivery_desk"),
    PortfolioCriterion: "criteria",
}
_ADDING: Final[Mapping[type[Record], Callable[[RoomScreen, Given], FormScreen[int]]]] = {
    Person: _new_person,
    Opportunity: _new_opportunity,
    Order: _new_order,
    Plan: _new_plan,
    OrderLine: _new_line,
    Note: _new_note,
    PortfolioCriterion: _new_criterion,
    Proposition: _new_proposition,
    **{kind: partial(_new_in_action_plan, kind) for kind in (Objective, Strategy, PlanAction)},
    **{kind: partial(_new_delivery, kind) for kind in (Project, Promise, CustomerRequest, Satisfaction)},
}
