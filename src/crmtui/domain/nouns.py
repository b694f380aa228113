"""Every record of the workspace, those that others link to first; each is loaded when it is first asked for.

Making a class of a record takes a millisecond, and a list needs few of them: the first screen does not wait for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from crmtui.domain.fields import Record

_PLACES: Final = {
    "workspace": "workspace:Workspace",
    "actor": "workspace:Actor",
    "channel": "plans:Channel",
    "offering": "offerings:Offering",
    "competitor": "accounts:Competitor",
    "area": "territory:Area",
    "account": "accounts:Account",
    "tag": "accounts:Tag",
    "competitor_position": "accounts:CompetitorPosition",
    "person": "people:Person",
    "person_email": "people:PersonEmail",
    "person_phone": "people:PersonPhone",
    "consent": "people:Consent",
    "opportunity": "opportunities:Opportunity",
    "stage_change": "opportunities:StageChange",
    "assessment": "relationship:Assessment",
    "assessment_rating": "relationship:AssessmentRating",
    "sales_order": "offerings:Order",
    "order_line": "offerings:OrderLine",
    "dmu_map": "dmu:DmuMap",
    "stakeholder": "dmu:Stakeholder",
    "influence": "dmu:Influence",
    "scorecard_template": "scorecards:ScorecardTemplate",
    "criterion": "scorecards:Criterion",
    "scorecard": "scorecards:Scorecard",
    "answer": "scorecards:Answer",
    "competitor_answer": "scorecards:CompetitorAnswer",
    "proposition": "propositions:Proposition",
    "objective": "action_plan:Objective",
    "strategy": "action_plan:Strategy",
    "plan_action": "action_plan:PlanAction",
    "plan": "plans:Plan",
    "contact": "plans:Contact",
    "contact_person": "plans:ContactPerson",
    "response_curve": "territory:ResponseCurve",
    "territory_scenario": "territory:TerritoryScenario",
    "scenario_line": "territory:ScenarioLine",
    "portfolio_criterion": "portfolio:PortfolioCriterion",
    "portfolio_grade": "portfolio:PortfolioGrade",
    "portfolio_position": "portfolio:PortfolioPosition",
    "programme": "programmes:Programme",
    "programme_member": "programmes:ProgrammeMember",
    "white_space": "whitespace:WhiteSpace",
    "project": "delivery:Project",
    "project_person": "delivery:ProjectPerson",
    "competence": "delivery:Competence",
    "promise": "delivery:Promise",
    "customer_request": "delivery:CustomerRequest",
    "satisfaction": "delivery:Satisfaction",
    "opportunity_finding": "delivery:OpportunityFinding",
    "note": "accounts:Note",
    "custom_value": "bringing:CustomValue",
    "import_mapping": "bringing:ImportMapping",
    "distinct_accounts": "bringing:DistinctAccounts",
    "distinct_people": "bringing:DistinctPeople",
    "external_identity": "identity:ExternalIdentity",
}


class _ByTable(Mapping[str, "type[Record]"]):
    """The records by their tables."""

    def __init__(self) -> None:
        self._loaded: dict[str, type[Record]] = {}

    def __getitem__(self, table: str) -> type[Record]:
        if table not in self._loaded:
            module, _colon, name = _PLACES[table].partition(":")
            self._loaded[table] = getattr(import_module(f"crmtui.domain.{module}"), name)
        return self._loaded[table]

    def __contains__(self, table: object) -> bool:
        return table in _PLACES

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


class _Records(Sequence["type[Record]"]):
    """The records in their order."""

    @overload
    def __getitem__(self, place: int) -> type[Record]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[type[Record]]: ...
    def __getitem__(self, place: int | slice) -> type[Record] | Sequence[type[Record]]:
        return list(BY_TABLE.values())[place]

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(BY_TABLE.values())

    def __len__(self) -> int:
        return len(_PLACES)


BY_TABLE: Final[Mapping[str, type[Record]]] = _ByTable()
RECORDS: Final[Sequence[type[Record]]] = _Records()
