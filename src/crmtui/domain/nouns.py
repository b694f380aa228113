"""Every record of the workspace, those that others link to first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account, Competitor, CompetitorPosition, Note, Tag
from crmtui.domain.action_plan import Objective, PlanAction, Strategy
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.people import Consent, Person, PersonEmail, PersonPhone
from crmtui.domain.plans import Channel, Contact, ContactPerson, Plan
from crmtui.domain.propositions import Proposition
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.scorecards import Answer, CompetitorAnswer, Criterion, Scorecard, ScorecardTemplate
from crmtui.domain.workspace import Actor, Workspace

if TYPE_CHECKING:
    from crmtui.domain.fields import Record

RECORDS: Final[tuple[type[Record], ...]] = (
    Workspace,
    Actor,
    Channel,
    Offering,
    Competitor,
    Account,
    Tag,
    CompetitorPosition,
    Person,
    PersonEmail,
    PersonPhone,
    Consent,
    Opportunity,
    StageChange,
    Assessment,
    AssessmentRating,
    Order,
    OrderLine,
    DmuMap,
    Stakeholder,
    Influence,
    ScorecardTemplate,
    Criterion,
    Scorecard,
    Answer,
    CompetitorAnswer,
    Proposition,
    Objective,
    Strategy,
    PlanAction,
    Plan,
    Contact,
    ContactPerson,
    Note,
    ExternalIdentity,
)
BY_TABLE: Final = {kind.noun.table: kind for kind in RECORDS}
