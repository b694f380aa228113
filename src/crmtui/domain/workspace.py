"""The workspace itself and the people of ours who work in it."""

from __future__ import annotations

from crmtui.domain.fields import Noun, Record, currency, integer, line, link, number, record, yes_no
from crmtui.text import N_


@record(Noun(table="workspace", one=N_("workspace"), many=N_("workspaces"), checks=("id = 1",)))
class Workspace(Record):
    """The settings that belong to the data and travel with the file; there is exactly one."""

    name: str = line(N_("Name"), N_("What this workspace is called on screen."))
    base_currency: str = currency()
    half_life_days: int = integer(
        N_("Half-life of a contact"),
        N_("Days after which a contact counts half towards coverage."),
        90,
        low=1,
        high=3650,
        required=True,
    )
    hours_per_week: float = number(
        N_("Working hours a week"),
        N_("Hours a week for contacts with customers."),
        32.0,
        low=0,
        high=168,
        required=True,
    )
    is_sample: bool = yes_no(N_("Sample"), N_("A sample to try things on."), hidden=True)


@record(Noun(table="actor", one=N_("one of ours"), many=N_("our people"), searched=("name", "email", "region")))
class Actor(Record):
    """One of our own people: owns accounts and opportunities, covers stakeholders, makes contacts."""

    name: str = line(N_("Name"), required=True)
    email: str = line(N_("E-mail"))
    title: str = line(N_("Title"))
    region: str = line(N_("Region"), N_("Office or area."))
    manager_id: int | None = link(N_("Manager"), "actor")
    is_me: bool = yes_no(N_("Me"), N_("Whether this is you: `owner:me` finds your records."))
    is_active: bool = yes_no(N_("Active"), value=True)
