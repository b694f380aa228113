"""`scorecards`: opportunities scored on a day, by criteria, for us and for each competitor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.cli import output
from crmtui.cli.build import Command, Group, Offer, argument, flag, option
from crmtui.cli.deleting import command as deleting
from crmtui.cli.desk import say
from crmtui.cli.listing import command as listing, format_option, write_records
from crmtui.cli.output import Format
from crmtui.domain import values
from crmtui.domain.accounts import Competitor
from crmtui.domain.fields import specs
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.scorecards import Answer, Criterion, Scorecard
from crmtui.domain.words import Basis, Source
from crmtui.errors import InvalidError, NotFoundError, UsageError
from crmtui.queries import flat, records, scorecards, templates
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.cli.desk import Desk
    from crmtui.commands.scorecards import Graded, Judgement
    from crmtui.queries.scorecards import ScorecardPage

UNKNOWN: Final = "?"
EXAMPLES: Final = (
    "crmtui scorecards show 'Line 4'",
    "crmtui scorecards add 'Line 4' --grade need=3 --grade 'budget=?' --evidence need='said so in March'",
    "crmtui scorecards add 'Line 4' --grade Rivalco:price=4 --confirmed",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of one place on the card, put together from several options.

    Attributes:
        grade: '' when not graded.
        evidence: None when not said; so also reason.
    """

    grade: str = ""
    evidence: str | None = None
    reason: str | None = None


class Asked(NamedTuple):
    """A criterion that a grade can be typed for."""

    criterion_id: int
    code: str
    label: str


def command(name: str) -> Group:
    """Make the noun."""
    offers: dict[str, tuple[str, Callable[[], Command]]] = {
        "list": (N_("List the scorecards, the newest first."), partial(listing, name)),
        "show": (N_("Show how an opportunity is scored."), _show),
        "add": (N_("Score an opportunity today; older scorecards are kept."), partial(_score, "add")),
        "edit": (N_("Change some grades of today's scorecard."), partial(_score, "edit")),
        "delete": (N_("Delete scorecards; `undo` brings them back."), partial(deleting, name)),
    }
    return Group(
        name,
        _("Opportunities scored on a day, by criteria, for us and for each competitor."),
        {verb: Offer(_(about), make) for verb, (about, make) in offers.items()},
        examples=EXAMPLES,
    )


def _show() -> Command:
    about = _("The opportunity, for its newest scorecard, or the identity of a scorecard.")
    return Command(
        "show",
        show,
        _("Show scorecards: pages on a terminal, JSON lines in a pipe."),
        [
            argument("refs", _("REF"), about, many=True),
            flag("--anchors", _("Also what each grade means.")),
            flag("--why", _("Also the terms of P(win) and of the expected value.")),
            format_option(),
        ],
    )


def _score(name: str) -> Command:
    grades = _("A grade of 0 to 4, ? for unknown; a competitor's with its name before it.")
    return Command(
        name,
        score,
        _("Score an opportunity today: what is not named is as on the newest scorecard."),
        [
            argument("ref", _("OPPORTUNITY"), _("Its name or identity.")),
            option("--grade", _("[NAME:]CRITERION=GRADE"), grades, into="grades", many=True),
            option("--evidence", _("[NAME:]CRITERION=TEXT"), _("What a grade rests on."), many=True),
            option(
                "--reason", _("CRITERION=TEXT"), _("Why a computed grade is set by hand."), into="reasons", many=True
            ),
            option("--according-to", _("TEXT"), _("Who says so.")),
            option("--template", _("TEMPLATE"), _("Go on with this template; grades of the same criteria come along.")),
            flag("--confirmed", _("All of it is confirmed, not assumed.")),
        ],
        examples=EXAMPLES[1:],
    )


def show(desk: Desk, refs: Sequence[str], anchors: bool | None, why: bool | None, form: str | None) -> None:
    """Write scorecards."""
    from crmtui.cli import scorecard_pages

    wanted = output.chosen(form)
    pages = [_page(desk, ref) for ref in refs]
    keys = [page.scorecard_id for page in pages if page.scorecard_id is not None]
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, Scorecard, keys))
    elif wanted in (Format.CSV, Format.TSV):
        write_records(desk.path, Scorecard.noun.table, keys, wanted)
    elif wanted is Format.TABLE:
        for number, page in enumerate(pages):
            scorecard_pages.write(page, is_first=not number, with_anchors=bool(anchors), why=bool(why))
    else:
        output.write_data(wanted, scorecard_pages.HEADERS, (scorecard_pages.row(desk.path, page) for page in pages))


def score(  # noqa: PLR0913, PLR0917 - one for each option of the command
    desk: Desk,
    ref: str,
    grades: Sequence[str],
    evidence: Sequence[str],
    reasons: Sequence[str],
    according_to: str | None,
    confirmed: bool | None,
    template: str | None,
) -> None:
    """Grade what was typed, in one step, with another template too."""
    from crmtui.commands import scorecards as commands

    opportunity_id = records.find(desk.path, Opportunity, ref)
    page = scorecards.card(desk.path, opportunity_id, desk.today)
    key = None if template is None else templates.found(desk.path, template).template.id
    more = commands.Judgement(basis=Basis.CONFIRMED if confirmed else None, according_to=according_to)
    said = list(_graded(desk, opportunity_id, _asked(desk, page, key), _gathered(grades, evidence, reasons), more))
    if said:
        card = commands.score_several(desk.path, opportunity_id, said, Source.CLI, desk.today, template_id=key)
    else:
        card = commands.start(desk.path, opportunity_id, Source.CLI, desk.today, template_id=key)
    output.write_lines(flat.uids(desk.path, Scorecard, [card]))
    after = scorecards.card(desk.path, opportunity_id, desk.today)
    shown = UNKNOWN if after.score.value is None else f"{after.score.value:.0f}"
    say(
        _("{name} scores {score} of 100, P(win) {chance:.0f} % ({low:.0f} to {high:.0f}).").format(
            name=page.opportunity.name,
            score=shown,
            chance=after.chance.value * 100,
            low=after.chance.low * 100,
            high=after.chance.high * 100,
        )
        + " "
        + _("`crmtui undo` takes it back.")
    )


def _page(desk: Desk, ref: str) -> ScorecardPage:
    """The newest scorecard of the opportunity, or the one of that identity."""
    try:
        return scorecards.card(desk.path, records.find(desk.path, Opportunity, ref), desk.today)
    except NotFoundError as error:
        try:
            found = records.get(desk.path, Scorecard, records.find(desk.path, Scorecard, ref))
        except NotFoundError:
            raise error from None
        return scorecards.card(desk.path, found.opportunity_id, desk.today, found.id)


def _gathered(grades: Sequence[str], evidence: Sequence[str], reasons: Sequence[str]) -> dict[str, Typed]:
    """What was typed, by place as it was typed."""
    found: dict[str, Typed] = {}
    for name, words in (("grade", grades), ("evidence", evidence), ("reason", reasons)):
        for word in words:
            place, equals, said = word.partition("=")
            if not equals:
                raise UsageError(
                    _("{option} is written {shape}.").format(option=f"--{name}", shape=_("CRITERION=VALUE"))
                )
            found[place] = replace(found.get(place, Typed()), **{name: said or (UNKNOWN if name == "grade" else "")})
    return found


def _asked(desk: Desk, page: ScorecardPage, template_id: int | None) -> list[Asked]:
    """What is asked: on the card that is there, or by the template that it goes on with."""
    if template_id is None:
        return [Asked(line.criterion_id, line.code, line.label) for line in page.lines]
    criteria = records.belonging(desk.path, Criterion, "template_id", template_id)
    return [Asked(one.id, one.code, one.label) for one in criteria]


def _graded(
    desk: Desk, opportunity_id: int, asked: Sequence[Asked], typed: dict[str, Typed], more: Judgement
) -> Iterator[Graded]:
    from crmtui.commands.scorecards import Cell, Graded

    for place, said in typed.items():
        rival, colon, criterion = place.rpartition(":")
        cell = Cell(
            opportunity_id,
            _criterion(asked, criterion),
            records.find(desk.path, Competitor, rival) if colon else None,
        )
        grade = None if said.grade in ("", UNKNOWN) else _grade(said.grade)
        full = replace(more, evidence=said.evidence, override_reason=said.reason)
        yield Graded(cell, grade, is_graded=bool(said.grade), more=full)


def _grade(typed: str) -> int | None:
    """0 to 4; None for nothing but blanks, which is unknown."""
    try:
        grade: int | None = values.parse(specs(Answer)["grade"], typed)
    except ValueError as error:
        raise InvalidError({"--grade": str(error)}) from None
    return grade


def _criterion(asked: Sequence[Asked], typed: str) -> int:
    """The criterion that answers to a code or a label, or to the beginning of one."""
    wanted = key(typed)
    exact = [one.criterion_id for one in asked if wanted in (key(one.code), key(one.label))]
    begun = [
        one.criterion_id
        for one in asked
        if wanted and (key(one.code).startswith(wanted) or key(one.label).startswith(wanted))
    ]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    codes = ", ".join(one.code for one in asked)
    raise NotFoundError(
        _("There is no criterion {name} on this scorecard, or more than one; there are {codes}.").format(
            name=values.quoted(typed), codes=codes
        )
    )
