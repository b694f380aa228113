"""The scorecard template that every workspace starts with: the method's own criteria, each grade in words.

No published weights exist for these criteria: ours are defaults that the user edits. Anchors describe what can be
observed, so that two people who saw the same give the same grade. The texts are written into the workspace in the
user's language, where they can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from crmtui.domain.words import Computed, Perspective
from crmtui.text import N_, _

NAME: Final = "crmtui"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Seed:
    """A criterion: what it is called, how much it counts, and what each grade from 0 to 4 means."""

    code: str
    label: str
    weight: float
    anchors: tuple[str, str, str, str, str]
    computed: Computed | None = None
    is_gate: bool = False


_GATES: Final = (
    _Seed(
        "money",
        N_("Is there money to spend"),
        0,
        (
            N_("Spending is frozen, and we know it from them."),
            N_("Only replacements and legal duties are being bought."),
            N_("Money exists, but other projects are ahead of this one."),
            N_("They spent on comparable things within the last year."),
            N_("Funds for this kind of purchase are set aside and not taken."),
        ),
        is_gate=True,
    ),
    _Seed(
        "soundness",
        N_("Is the customer sound"),
        0,
        (
            N_("Insolvent, or our invoices stay unpaid."),
            N_("Pays after reminders; losses for more than a year."),
            N_("Pays late but pays; results swing from year to year."),
            N_("Pays within terms; results are steady."),
            N_("Pays early or on the day; profitable and growing."),
        ),
        is_gate=True,
    ),
)
_RETURN: Final = (
    _Seed(
        "value",
        N_("Value"),
        3,
        (
            N_("Below what an average order brings us."),
            N_("About an average order, once."),
            N_("Twice an average order, or an average one every year."),
            N_("Among our ten largest of the year."),
            N_("Changes our result of the year by itself."),
        ),
    ),
    _Seed(
        "margin",
        N_("Margin"),
        3,
        (
            N_("We would sell below cost."),
            N_("Covers cost, nothing is left."),
            N_("Below our usual margin."),
            N_("Our usual margin."),
            N_("Clearly above our usual margin."),
        ),
    ),
    _Seed(
        "strategic_value",
        N_("Strategic value"),
        2,
        (
            N_("Ends with delivery; leads nowhere."),
            N_("A reference that interests few others."),
            N_("A reference in a sector we want to grow in."),
            N_("Opens further sites or needs of this customer."),
            N_("Opens a new sector or makes us their first choice."),
        ),
    ),
    _Seed(
        "cost_to_win",
        N_("Cost to win it"),
        2,
        (
            N_("Trials and travel would cost more than the margin."),
            N_("More than half of the margin is spent before the order."),
            N_("About a quarter of the margin is spent before the order."),
            N_("A few meetings and an offer from existing parts."),
            N_("Hardly anything: one visit, a standard offer."),
        ),
    ),
    _Seed(
        "cost_to_serve",
        N_("Cost to serve it"),
        2,
        (
            N_("Needs people or stock that we do not have."),
            N_("Special treatment in delivery, service and paperwork."),
            N_("More calls and visits than our average customer."),
            N_("Like our average customer."),
            N_("Runs by itself: standard product, own trained people."),
        ),
    ),
)
_CUSTOMER: Final = (
    _Seed(
        "need",
        N_("Need recognised"),
        4,
        (
            N_("Nobody there speaks of a problem."),
            N_("One person complains; nobody has counted the loss."),
            N_("The problem has a name, and several people agree on it."),
            N_("They have put a figure on what it costs them."),
            N_("Top management has promised to solve it by a date."),
        ),
    ),
    _Seed(
        "budget",
        N_("Budget created"),
        4,
        (
            N_("Unaware: nobody has thought of paying for it."),
            N_("Aware: they know it will cost money; none is sought."),
            N_("Want to act: somebody is preparing the request."),
            N_("A key person accepts the risk and asks for the money."),
            N_("Budget set: amount and year are known to us."),
        ),
        computed=Computed.BUDGET,
    ),
    _Seed(
        "risk",
        N_("Willing to take the risk"),
        3,
        (
            N_("They say that they will not change anything."),
            N_("They want to see it run elsewhere for years first."),
            N_("They would try it on a small scale, at our risk."),
            N_("They carry their part; guarantees are being negotiated."),
            N_("They stay with it although something went wrong before."),
        ),
    ),
    _Seed(
        "process",
        N_("Decision process and date"),
        3,
        (
            N_("We do not know who decides, how or when."),
            N_("We know who is asked, not who says yes."),
            N_("We know the steps; the date keeps moving."),
            N_("Steps, people and date were told us by one of them."),
            N_("Two of them confirm the date, and it has held so far."),
        ),
    ),
    _Seed(
        "favour",
        N_("DMU favour"),
        4,
        (
            N_("Those who weigh most are against us."),
            N_("More weight against us than for us."),
            N_("Balanced, or nobody has shown a side."),
            N_("Most of the weight is for us; nobody fights us."),
            N_("The decider speaks for us when we are not there."),
        ),
        computed=Computed.FAVOUR,
    ),
    _Seed(
        "coverage",
        N_("DMU coverage"),
        3,
        (
            N_("We have met nobody who has a say."),
            N_("One contact, and all goes through that person."),
            N_("Users and buyers are met; whoever decides is not."),
            N_("All who weigh have been met, some long ago."),
            N_("All who weigh were met within a quarter, by more than one of us."),
        ),
        computed=Computed.COVERAGE,
    ),
)
_SOLUTION: Final = (
    _Seed(
        "resources",
        N_("Our resources, their needs"),
        3,
        (
            N_("A central need is beyond what we can do."),
            N_("We would have to buy in or learn most of it."),
            N_("We have the products; people or dates are tight."),
            N_("Products, people and dates are there."),
            N_("All is there, and we have done the same twice."),
        ),
    ),
    _Seed(
        "integration",
        N_("Integration with theirs"),
        2,
        (
            N_("Their systems or habits would have to be replaced."),
            N_("Several interfaces that nobody has built yet."),
            N_("Interfaces are known; their people must change how they work."),
            N_("Fits with small changes that both sides agreed."),
            N_("Fits as it is; tried on their site."),
        ),
    ),
    _Seed(
        "wins",
        N_("Personal wins"),
        4,
        (
            N_("Nobody there would gain anything in person."),
            N_("One person gains, who has no say."),
            N_("Some who weigh gain; whoever weighs most does not."),
            N_("Each who weighs most has a win that we have named."),
            N_("They told us their wins themselves and count on them."),
        ),
        computed=Computed.WINS,
    ),
)
_STRATEGY: Final = (
    _Seed(
        "competences",
        N_("Our competences, their values"),
        3,
        (
            N_("What we are good at does not matter to them."),
            N_("They value it a little, and others have it too."),
            N_("They value it; they are not sure that we have it."),
            N_("They name our competence as a reason to choose us."),
            N_("They build their own plan on what we can do."),
        ),
    ),
    _Seed(
        "values",
        N_("Company values"),
        2,
        (
            N_("Our ways of working clash, and it was said aloud."),
            N_("Different habits; meetings leave both sides tired."),
            N_("Neutral: a normal buyer and a normal vendor."),
            N_("Alike in what counts: quality, people, time."),
            N_("They show us to others as a company like theirs."),
        ),
    ),
    _Seed(
        "level",
        N_("Level of the relationship"),
        3,
        (
            N_("They do not know us."),
            N_("Prospect: they have met us and bought nothing."),
            N_("Buyer: they buy products, mainly from others."),
            N_("Account: they ask us to solve problems with them."),
            N_("Partner: they turn to us first, also for their strategy."),
        ),
        computed=Computed.LEVEL,
    ),
)
_COMPETITION: Final = (
    _Seed(
        "price",
        N_("Price and conditions"),
        2,
        (
            N_("More than a fifth above the best offer."),
            N_("Clearly above the best offer."),
            N_("A little above, within what they would accept."),
            N_("On a level with the best offer."),
            N_("The best offer in price or conditions."),
        ),
    ),
    _Seed(
        "relations",
        N_("Relations with key people"),
        4,
        (
            N_("No relation with anyone who has a say."),
            N_("Known by name; the phone is not answered at once."),
            N_("Works with some of them, without trust yet."),
            N_("Trusted by most of those who weigh."),
            N_("The first one whom the decider calls."),
        ),
    ),
    _Seed(
        "offer_fit",
        N_("Fit of the offer"),
        3,
        (
            N_("Misses what they need most."),
            N_("Meets the minimum, with gaps that they have seen."),
            N_("Meets the written requirements, as others do."),
            N_("Meets them, with one advantage that they named."),
            N_("The requirements read as if written for it."),
        ),
    ),
)
_ORDER: Final = (
    (Perspective.CUSTOMER, _GATES),  # asked first
    (Perspective.RETURN, _RETURN),
    (Perspective.CUSTOMER, _CUSTOMER),
    (Perspective.SOLUTION, _SOLUTION),
    (Perspective.STRATEGY, _STRATEGY),
    (Perspective.COMPETITION, _COMPETITION),
)


def template() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The fields of the template, and of its criteria in their order (all but `template_id`), in the user's words."""
    head = {"name": NAME, "version": VERSION, "description": _("The method's own criteria in five perspectives.")}
    pairs = [(perspective, seed) for perspective, seeds in _ORDER for seed in seeds]
    return head, [_criterion(perspective, seed, position) for position, (perspective, seed) in enumerate(pairs, 1)]


def _criterion(perspective: Perspective, seed: _Seed, position: int) -> dict[str, Any]:
    anchors = {f"anchor_{grade}": _(anchor) for grade, anchor in enumerate(seed.anchors)}
    return {
        "perspective": perspective,
        "code": seed.code,
        "label": _(seed.label),
        "weight": float(seed.weight),
        "position": position,
        "computed": seed.computed,
        "is_gate": seed.is_gate,
        **anchors,
    }
