"""The words of the method: every enumeration, with the labels that screens show."""

from __future__ import annotations

from crmtui.domain.fields import Word
from crmtui.text import N_, NP_


class Level(Word):
    """The relationship ladder (method.md section 1)."""

    PROSPECT = "prospect", N_("Prospect")
    BUYER = "buyer", N_("Buyer")
    ACCOUNT = "account", NP_("level", "Account")
    PARTNER = "partner", N_("Partner")


class Rank(Word):
    """Whose key people a person is: the rows "key people" of the ladder (method.md section 1), the lowest first."""

    ASSISTANT = "assistant", N_("assistant to purchasing or to an area")
    HEAD = "head", N_("head of an area, purchasing manager")
    DIRECTOR = "director", N_("process owner, director of a function")
    GENERAL = "general", N_("general management, change leader")


class Indicator(Word):
    """What an assessment of the relationship rates (method.md section 1): how each level judges us, and the bonds."""

    PROMISES = "promises", N_("keeping promises")
    PRODUCT = "product", N_("characteristics of product and service")
    WORKING = "working", N_("way of working")
    CONTINUITY = "continuity", N_("continuity and ease of use")
    IMPLEMENTATION = "implementation", N_("implementation support")
    EFFICIENCY = "efficiency", N_("efficiency of the relationship")
    STANDARDS = "standards", N_("operating standards")
    QUALITY = "quality", N_("quality of work")
    PERFORMANCE = "performance", N_("performance and output of work")
    EXPERTISE = "expertise", N_("know-how and expertise")
    INTEGRATION = "integration", N_("work and integration process")
    ADVICE = "advice", N_("ability to advise")
    STRATEGIC = "strategic", N_("organisational and strategic performance")
    KNOW_HOW = "know_how", N_("integration of know-how and processes")
    ECONOMIC = "economic", N_("economic bond")
    ADMINISTRATIVE = "administrative", N_("administrative bond")
    LOGISTIC = "logistic", N_("logistic bond")
    OPERATIONAL = "operational", N_("operational bond")
    PROFESSIONAL = "professional", N_("professional bond")
    ORGANISATIONAL = "organisational", N_("organisational bond")


class Basis(Word):
    """How sure a judgement is."""

    ASSUMED = "assumed", N_("assumed")
    CONFIRMED = "confirmed", N_("confirmed")


class AccountStatus(Word):
    """Whether we work with a customer."""

    ACTIVE = "active", N_("active")
    DORMANT = "dormant", N_("dormant")
    CLOSED = "closed", N_("closed")


class Segment(Word):
    """Today's revenue against future potential (method.md section 4)."""

    A = "a", N_("A · deserves effort")
    B = "b", N_("B · big today")
    C = "c", N_("C · valued")
    D = "d", N_("D · unknown")


class Posture(Word):
    """What we do with an account (method.md section 4)."""

    ACQUIRE = "acquire", N_("acquire")
    ENRICH = "enrich", N_("enrich")
    KEEP = "keep", N_("keep")
    SERVE = "serve", N_("serve at low cost")
    LEAVE = "leave", N_("leave")


class EffortUnit(Word):
    """What the effort of a scenario is divided in (method.md section 4)."""

    HOURS = "hours", N_("hours")
    CONTACTS = "contacts", N_("contacts")


class Axis(Word):
    """The two axes of the portfolio matrix (Fiocca 1982)."""

    ATTRACTIVENESS = "attractiveness", N_("attractiveness")
    STRENGTH = "strength", N_("strength of the relationship")


class Figure(Word):
    """What a criterion of the portfolio matrix can be computed from."""

    POTENTIAL = "potential", N_("potential a year")
    SALES = "sales", N_("sales of the last year")
    MARGIN = "margin", N_("margin of the last year")
    GROWTH = "growth", N_("growth of sales")
    PIPELINE = "pipeline", N_("open opportunities, value times P(win)")
    REVENUE = "revenue", N_("its own revenue")
    EMPLOYEES = "employees", N_("employees")
    WILLINGNESS = "willingness", N_("wants to be managed")
    STRENGTH = "strength", N_("strength of the relationship")
    LEVEL = "level", N_("level of the relationship")
    BONDS = "bonds", N_("mean of bonds")
    FAVOUR = "favour", N_("favour of the decision-making unit")
    COVERAGE = "coverage", N_("coverage of the decision-making unit")


class Supply(Word):
    """Who supplies an offering to an account: the states of the white space (method.md section 5)."""

    US = "us", N_("us")
    COMPETITOR = "competitor", N_("a competitor")
    IN_HOUSE = "in_house", N_("the customer itself")
    NOT_NEEDED = "not_needed", N_("not needed")
    UNKNOWN = "unknown", N_("unknown")


class ProjectStatus(Word):
    """How far a project has come."""

    PLANNED = "planned", N_("planned")
    RUNNING = "running", N_("running")
    DONE = "done", N_("done")
    STOPPED = "stopped", N_("stopped")

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to be done."""
        return self in (ProjectStatus.DONE, ProjectStatus.STOPPED)


class Kept(Word):
    """What became of a promise."""

    KEPT = "kept", N_("kept")
    PARTLY = "partly", N_("partly kept")
    BROKEN = "broken", N_("not kept")


class Fate(Word):
    """How a promise stands today."""

    KEPT = Kept.KEPT.value, Kept.KEPT.label
    PARTLY = Kept.PARTLY.value, Kept.PARTLY.label
    BROKEN = Kept.BROKEN.value, Kept.BROKEN.label
    OPEN = "open", NP_("promise", "open")  # its day has not come, or it has none
    OVERDUE = "overdue", NP_("promise", "overdue")  # its day has passed, and nobody has said what became of it


class Pace(Word):
    """How fast a request was answered."""

    IN_TIME = "in_time", N_("answered in time")
    LATE = "late", N_("answered late")
    OPEN = "open", NP_("promise", "open")  # it may still be answered in time
    OVERDUE = "overdue", NP_("promise", "overdue")  # it is not answered, and too late


class Loyalty(Word):
    """What an answer from 0 to 10 makes of a customer (Reichheld 2003)."""

    PROMOTER = "promoter", N_("promoter")
    PASSIVE = "passive", N_("passive")
    DETRACTOR = "detractor", N_("detractor")


class Role(Word):
    """Roles in the buying process (Webster & Wind 1972; Bonoma 1982), and the coach."""

    INITIATOR = "initiator", N_("initiator")
    USER = "user", N_("user")
    INFLUENCER = "influencer", N_("influencer")
    BUYER = "buyer", N_("buyer")
    DECIDER = "decider", N_("decider")
    GATEKEEPER = "gatekeeper", N_("gatekeeper")
    COACH = "coach", N_("coach")


class SocialStyle(Word):
    """How a person deals with others (Merrill & Reid 1981)."""

    DRIVING = "driving", N_("driving")
    EXPRESSIVE = "expressive", N_("expressive")
    AMIABLE = "amiable", N_("amiable")
    ANALYTICAL = "analytical", N_("analytical")


class EmailKind(Word):
    """Which address of a person."""

    WORK = "work", N_("work")
    HOME = "home", N_("home")
    OTHER = "other", N_("other")


class PhoneKind(Word):
    """Which telephone of a person."""

    WORK = "work", N_("work")
    MOBILE = "mobile", N_("mobile")
    HOME = "home", N_("home")
    FAX = "fax", N_("fax")
    OTHER = "other", N_("other")


class ConsentState(Word):
    """What a person said about being contacted on a channel."""

    GRANTED = "granted", N_("granted")
    REFUSED = "refused", N_("refused")


class EdgeKind(Word):
    """What runs from one stakeholder to another."""

    INFLUENCE = "influence", N_("influences")
    CONFLICT = "conflict", N_("in conflict with")


class Stage(Word):
    """Where an opportunity stands."""

    PROSPECTING = "prospecting", N_("Prospecting")
    ENGAGING = "engaging", N_("Engaging")
    PROPOSING = "proposing", N_("Proposing")
    NEGOTIATING = "negotiating", N_("Negotiating")
    WON = "won", N_("Won")
    LOST = "lost", N_("Lost")

    @property
    def is_closed(self) -> bool:
        """Whether the opportunity has an outcome."""
        return self in (Stage.WON, Stage.LOST)

    def stepped(self, by: int) -> Stage | None:
        """The stage so many on; the last open one for one back from won or lost; None where there is none."""
        ordered = [one for one in Stage if not one.is_closed]
        if self.is_closed:
            return ordered[-1] if by < 0 else None
        at = ordered.index(self) + by
        return Stage.WON if at >= len(ordered) else ordered[at] if at >= 0 else None


class BudgetRung(Word):
    """Budget creation for a need that has no budget yet (method.md section 3)."""

    UNAWARE = "unaware", N_("unaware")
    AWARE = "aware", N_("aware")
    WANTS = "wants", N_("wants to act")
    ACCEPTED = "accepted", N_("a key person accepts the risk")
    SET = "set", N_("budget set")


class OrderStatus(Word):
    """How far an order has come."""

    OPEN = "open", N_("open")
    DELIVERED = "delivered", N_("delivered")
    CANCELLED = "cancelled", N_("cancelled")


class Perspective(Word):
    """The five perspectives of the opportunity scorecard (method.md section 3)."""

    RETURN = "return", N_("Return")
    CUSTOMER = "customer", N_("Customer")
    SOLUTION = "solution", N_("Solution fit")
    STRATEGY = "strategy", N_("Strategic fit")
    COMPETITION = "competition", N_("Competition")


class Computed(Word):
    """Criteria that are filled from the map and the ladder instead of by hand."""

    FAVOUR = "favour", N_("favour of the decision-making unit")
    COVERAGE = "coverage", N_("coverage of the decision-making unit")
    LEVEL = "level", N_("level of the relationship")
    WINS = "wins", N_("personal wins, weighted by what each person moves")
    BUDGET = "budget", N_("step of budget creation")


class ContactStatus(Word):
    """What became of a contact; one that is done is an interaction."""

    PLANNED = "planned", N_("planned")
    DONE = "done", N_("done")
    MOVED = "moved", N_("moved")
    CANCELLED = "cancelled", N_("cancelled")


class PlanStatus(Word):
    """How far a communication plan has come."""

    DRAFT = "draft", N_("draft")
    RUNNING = "running", N_("running")
    FINISHED = "finished", N_("finished")


class Achieved(Word):
    """How an objective or an action ended."""

    NOT = "not", N_("not achieved")
    PARTLY = "partly", N_("partly achieved")
    FULLY = "fully", N_("fully achieved")


class Weekday(Word):
    """A day of the week."""

    MON = "mon", N_("Monday")
    TUE = "tue", N_("Tuesday")
    WED = "wed", N_("Wednesday")
    THU = "thu", N_("Thursday")
    FRI = "fri", N_("Friday")
    SAT = "sat", N_("Saturday")
    SUN = "sun", N_("Sunday")


class Source(Word):
    """The door that a change came through."""

    TUI = "tui", N_("on screen")
    CLI = "cli", N_("command line")
    IMPORT = "import", N_("import")
    SAMPLE = "sample", N_("sample workspace")
