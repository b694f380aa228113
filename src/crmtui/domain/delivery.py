"""Delivery and feedback: projects, promises, the customer's requests, satisfaction (method.md section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain import scales, words
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
    record,
    scale,
    text,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt

ANSWERED_WITHIN: Final = 5  # days, where a request has no day of its own
PROMOTES: Final = 9  # of answers from 0 to 10: from here on (Reichheld 2003)
DETRACTS: Final = 6  # up to here


@record(
    Noun(
        table="project",
        one=N_("project"),
        many=N_("projects"),
        searched=("name", "notes"),
        checks=("ended_on IS NULL OR status = 'done' OR status = 'stopped'",),
        follows=(Follows("starts_on", "ends_on", is_walled=True), Follows("starts_on", "ended_on")),
        facts=("ended_on",),
    )
)
class Project(Record):
    """What was sold is being delivered."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity", N_("That it was sold with."))
    name: str = line(N_("Project"), required=True)
    status: words.ProjectStatus = choice(N_("Status"), words.ProjectStatus, words.ProjectStatus.RUNNING, required=True)
    owner_id: int | None = link(N_("Owner"), "actor", N_("Who of ours answers for it."))
    starts_on: dt.date | None = date(N_("From"))
    ends_on: dt.date | None = date(N_("Until"), N_("As promised."))
    ended_on: dt.date | None = date(
        N_("Ended on"),
        N_("The day it was finished or stopped; empty while it goes on, and where nobody knows."),
        is_later=True,
    )
    progress: int | None = integer(N_("Progress"), N_("Per cent of the work that is done."), low=0, high=100)
    cooperation: int | None = scale(N_("Cooperation"), scales.GRADES, N_("How well the two sides work together."))
    cooperation_basis: words.Basis = choice(N_("Cooperation is"), words.Basis, words.Basis.ASSUMED, required=True)
    cooperation_on: dt.date | None = date(N_("Cooperation judged on"))
    cooperation_source: str = line(N_("Cooperation according to"))
    margin: int | None = money(N_("Margin"), N_("Of the whole project, as it looks now."))
    currency: str = currency()
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="project_person",
        one=N_("customer's person in a project"),
        many=N_("customer's people in projects"),
        title="part",
        unique=(("project_id", "person_id"),),
    )
)
class ProjectPerson(Record):
    """One of the customer's people who is involved in a project."""

    project_id: int = link(N_("Project"), "project", on_delete=OnDelete.CASCADE, required=True)
    person_id: int = link(N_("Person"), "person", on_delete=OnDelete.CASCADE, required=True)
    part: str = line(N_("Part"), N_("What the person does in it."))


@record(
    Noun(
        table="competence",
        one=N_("competence needed"),
        many=N_("competences needed"),
        unique=(("project_id", "name"),),
    )
)
class Competence(Record):
    """Something that we must be able to do for a project, and who of ours can."""

    project_id: int = link(N_("Project"), "project", on_delete=OnDelete.CASCADE, required=True)
    name: str = line(N_("Competence"), required=True)
    actor_id: int | None = link(N_("Who of ours"), "actor")
    grade: int | None = scale(N_("How far we have it"), scales.GRADES)


@record(
    Noun(
        table="promise",
        one=N_("promise"),
        many=N_("promises"),
        searched=("name", "notes"),
        checks=("kept IS NULL OR ended_on IS NOT NULL",),
        follows=(Follows("made_on", "due_on"), Follows("made_on", "ended_on")),
        facts=("made_on", "ended_on"),
    )
)
class Promise(Record):
    """What we promised a customer, at the sale or later, and whether we kept it."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity")
    project_id: int | None = link(N_("Project"), "project")
    person_id: int | None = link(N_("Promised to"), "person")
    actor_id: int | None = link(N_("Promised by"), "actor")
    name: str = line(N_("Promise"), required=True)
    made_on: dt.date | None = date(N_("Promised on"))
    due_on: dt.date | None = date(N_("Due"))
    kept: words.Kept | None = choice(N_("Kept"), words.Kept, text=N_("Empty while it is open."), blank=N_("open"))
    ended_on: dt.date | None = date(N_("Decided on"), N_("The day it was kept, or could no longer be."))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="customer_request",
        one=N_("request"),
        many=N_("requests"),
        searched=("name", "answer"),
        follows=(
            Follows("received_on", "passed_on", is_walled=True),
            Follows("received_on", "due_on"),
            Follows("received_on", "answered_on", is_walled=True),
        ),
        facts=("received_on", "passed_on", "answered_on"),
    )
)
class CustomerRequest(Record):
    """What a customer asked for, whom it was passed to, and when it was answered: its voice inside our company."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    person_id: int | None = link(N_("Asked by"), "person")
    project_id: int | None = link(N_("Project"), "project")
    name: str = line(N_("Request"), required=True)
    received_on: dt.date = date(N_("Received on"), required=True)
    passed_to_id: int | None = link(N_("Passed to"), "actor")
    passed_on: dt.date | None = date(N_("Passed on"))
    due_on: dt.date | None = date(N_("Due"))
    answered_on: dt.date | None = date(N_("Answered on"), N_("Empty while it is open."))
    answer: str = text(N_("Answer"))


@record(
    Noun(
        table="satisfaction",
        one=N_("feedback"),
        many=N_("feedback"),
        title="comment",
        facts=("day",),
        searched=("comment",),
    )
)
class Satisfaction(Record):
    """How satisfied a customer said it was on a day, 0 to 10, in figures and in words."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    person_id: int | None = link(N_("Said by"), "person")
    project_id: int | None = link(N_("Project"), "project")
    actor_id: int | None = link(N_("Asked by"), "actor")
    day: dt.date = date(N_("Day"), required=True)
    score: int | None = integer(
        N_("Would recommend us"),
        N_("0 not at all, 10 by all means; 9 and 10 promote, 6 and less detract."),
        low=0,
        high=10,
    )
    comment: str = text(N_("In words"))


@record(
    Noun(
        table="opportunity_finding",
        one=N_("finding at the end"),
        many=N_("findings at the end"),
        title="finding",
        unique=(("opportunity_id", "finding"),),
    )
)
class OpportunityFinding(Record):
    """What was missing on the map of an opportunity on the day it was won or lost."""

    opportunity_id: int = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE, required=True)
    finding: str = line(N_("Finding"), required=True, longest=60)
    day: dt.date = date(N_("Day"), required=True)
