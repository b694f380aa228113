"""Communication plans, channels, and contacts: planned ones, and those that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import (
    Follows,
    Noun,
    OnDelete,
    Record,
    choice,
    currency,
    date,
    integer,
    line,
    link,
    money,
    number,
    number_ahead,
    record,
    stamp,
    text,
    yes_no,
)
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    import datetime as dt


@record(Noun(table="channel", one=N_("channel"), many=N_("channels"), unique=(("code",),)))
class Channel(Record):
    """A way to reach a person, with what it usually costs and how much it covers."""

    code: str = line(N_("Code"), required=True, longest=40)
    name: str = line(N_("Name"), required=True)
    cost: int | None = money(N_("Usual cost"), low=0)
    currency: str = currency()
    hours: float = number(N_("Usual hours"), value=0.5, low=0, high=1000, required=True)
    quality: float = number(
        N_("Coverage quality"),
        N_("How much one contact covers a person, 0 to 1."),
        0.3,
        low=0,
        high=1,
        required=True,
    )
    is_active: bool = yes_no(N_("Active"), value=True)


@record(
    Noun(
        table="plan",
        one=N_("communication plan"),
        many=N_("communication plans"),
        title="objective",
        checks=("(account_id IS NULL) <> (opportunity_id IS NULL)",),
        follows=(Follows("starts_on", "ends_on", is_walled=True),),
        searched=("objective", "notes"),
    )
)
class Plan(Record):
    """What we want to say to whom in a period, for an account or for one opportunity."""

    objective: str = line(N_("Objective"), required=True)
    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE)
    starts_on: dt.date = date(N_("From"), required=True)
    ends_on: dt.date = date(NP_("period", "To"), required=True)
    budget: int | None = money(N_("Budget"), low=0)
    currency: str = currency()
    cadence_days: int | None = integer(
        N_("Days between contacts"),
        N_("At least so many between two contacts to one person; the workspace's own when left empty."),
        low=0,
        high=365,
    )
    status: words.PlanStatus = choice(N_("Status"), words.PlanStatus, words.PlanStatus.RUNNING, required=True)
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="contact",
        one=N_("contact"),
        many=N_("contacts"),
        title="message",
        searched=("message", "outcome"),
        checks=("status <> 'done' OR done_at IS NOT NULL",),
    )
)
class Contact(Record):
    """A contact with a customer. It is planned, then done: a done contact is the interaction itself."""

    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity")
    plan_id: int | None = link(N_("Plan"), "plan")
    day: dt.date = date(N_("Day"), N_("Planned for, or happened on."), required=True)
    time: str = line(N_("Time"), N_("HH:MM, local."), longest=5)
    channel_id: int = link(N_("Channel"), "channel", on_delete=OnDelete.REFUSE, required=True)
    actor_id: int | None = link(N_("Our actor"), "actor", N_("Who of ours makes the contact."))
    status: words.ContactStatus = choice(N_("Status"), words.ContactStatus, words.ContactStatus.PLANNED, required=True)
    message: str = line(N_("Message"), N_("Which part of the value proposition it carries."))
    proposition_id: int | None = link(
        N_("Carries"), "proposition", N_("The line of the value proposition that the message is about.")
    )
    win_of_id: int | None = link(
        N_("Carries the win of"), "stakeholder", N_("Whose personal win the message is about.")
    )
    outcome: str = text(N_("Outcome"))
    cost: int | None = money(N_("Cost"), low=0)
    currency: str = currency()
    hours: float | None = number(N_("Hours"), low=0, high=1000)
    done_at: dt.datetime | None = stamp(N_("Done at"), hidden=True)
    number_ahead: int | None = number_ahead()


@record(
    Noun(
        table="contact_person",
        one=N_("interlocutor"),
        many=N_("interlocutors"),
        title="contact_id",
        unique=(("contact_id", "person_id"),),
    )
)
class ContactPerson(Record):
    """A person who is, or was, in a contact."""

    contact_id: int = link(N_("Contact"), "contact", on_delete=OnDelete.CASCADE, required=True)
    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
