"""`assessments` and `assess`: how each customer sees us, what binds us, and which level that makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import entry, fields, output
from crmtui.cli.build import Command, Group, Offer, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option, write_records
from crmtui.cli.nouns import verbs
from crmtui.cli.output import Format
from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Basis, Indicator, Source
from crmtui.errors import InvalidError, NotFoundError, UsageError
from crmtui.queries import flat, records, relationship
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer.core import TyperGroup

    from crmtui.cli.desk import Desk
    from crmtui.commands.assessments import Rating
    from crmtui.queries.relationship import RelationshipPage

NOUN: Final = "assessments"
UNKNOWN: Final = "?"
UNASKED: Final = ("account_id", "day")  # the one is the argument, the other is today
EXAMPLES: Final = (
    "crmtui assessments show Aurora --why",
    "crmtui assess Aurora --rate promises=3 --rate 'advice=?' --evidence promises='kept the date of the start-up'",
    "crmtui assess Aurora --willingness 3 --target-level partner --target-on 2026-12-31",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of one indicator, put together from several options.

    Attributes:
        grade: '' when not rated.
        evidence: None when not said.
    """

    grade: str = ""
    evidence: str | None = None


def command(name: str) -> Group | Command:
    """Make the noun, or `assess`."""
    if name != NOUN:
        return _assess(name)
    offers: dict[str, Offer] = verbs(NOUN) | {"show": Offer(_(_SHOWS), _show)}
    return Group(
        name,
        _("How customers see us: dated assessments, the level that they make, and what is missing for the next."),
        {verb: offers[verb] for verb in ("list", "show", "add", "edit", "delete")},
        examples=EXAMPLES,
    )


_SHOWS: Final = N_("Show how an account stands on the ladder, with all gates.")


def _show() -> Command | TyperGroup:
    about = _("The account, for its newest assessment, or the identity of an assessment.")
    return Command(
        "show",
        show,
        _("Show assessments with the gates of each level: pages on a terminal, JSON lines in a pipe."),
        [
            argument("refs", _("REF"), about, many=True),
            flag("--why", _("Also the terms of each gate and of the strength, and what to find out.")),
            format_option(),
        ],
        examples=EXAMPLES[:1],
    )


def _assess(name: str) -> Command:
    names = ", ".join(one.value for one in Indicator)
    return Command(
        name,
        assess,
        _("Assess the relationship with an account today: what is not named stays as it was last assessed."),
        [
            argument("ref", _("ACCOUNT"), _("Its name or identity.")),
            option(
                "--rate",
                _("INDICATOR=GRADE"),
                _("0 not at all to 4 fully, ? for unknown. Indicators: {names}.").format(names=names),
                into="rates",
                many=True,
                words=tuple(f"{one.value}=" for one in Indicator),
            ),
            option("--evidence", _("INDICATOR=TEXT"), _("What a rating rests on."), many=True),
            option("--according-to", _("TEXT"), _("Who says so.")),
            flag("--confirmed", _("All of it is confirmed, not assumed.")),
            *fields.options(Assessment, without=UNASKED),
        ],
        examples=EXAMPLES[1:],
    )


def show(desk: Desk, refs: Sequence[str], why: bool | None, form: str | None) -> None:
    """Write assessments."""
    from crmtui.cli import assessment_pages

    wanted = output.chosen(form)
    pages = [_page(desk, ref) for ref in refs]
    keys = [page.assessment.id for page in pages if page.assessment]
    if wanted is Format.IDS:
        output.write_lines(flat.uids(desk.path, Assessment, keys))
    elif wanted in (Format.CSV, Format.TSV):
        write_records(desk.path, Assessment.noun.table, keys, wanted)
    elif wanted is Format.TABLE:
        for number, page in enumerate(pages):
            assessment_pages.write(page, is_first=not number, with_why=bool(why))
    else:
        output.write_data(wanted, assessment_pages.HEADERS, map(assessment_pages.row, pages))


def assess(
    desk: Desk,
    ref: str,
    rates: Sequence[str],
    evidence: Sequence[str],
    according_to: str | None,
    confirmed: bool | None,
    **typed: Any,  # noqa: ANN401 - options
) -> None:
    """Rate what was typed, in one step, and say which level that makes."""
    from crmtui.cli import assessment_pages
    from crmtui.commands import assessments as commands

    account_id = records.find(desk.path, Account, ref)
    current = relationship.page(desk.path, account_id, desk.today).assessment
    given = entry.typed_values(desk, Assessment, fields.given(typed), current=current)
    more = commands.Rating(
        indicator=Indicator.PROMISES, basis=Basis.CONFIRMED if confirmed else None, according_to=according_to
    )
    said = list(_rated(_gathered(rates, evidence), more))
    assessment_id = commands.assess(desk.path, account_id, Source.CLI, desk.today, ratings=said, given=given)
    output.write_lines(flat.uids(desk.path, Assessment, [assessment_id]))
    say(assessment_pages.told(relationship.page(desk.path, account_id, desk.today)))


def _page(desk: Desk, ref: str) -> RelationshipPage:
    """The newest assessment of the account, or the one of that identity."""
    try:
        return relationship.page(desk.path, records.find(desk.path, Account, ref), desk.today)
    except NotFoundError as error:
        try:
            found = records.get(desk.path, Assessment, records.find(desk.path, Assessment, ref))
        except NotFoundError:
            raise error from None
        return relationship.page(desk.path, found.account_id, desk.today, found.id)


def _gathered(rates: Sequence[str], evidence: Sequence[str]) -> dict[Indicator, Typed]:
    """What was typed, by indicator."""
    found: dict[Indicator, Typed] = {}
    for name, words in (("grade", rates), ("evidence", evidence)):
        for word in words:
            place, equals, said = word.partition("=")
            if not equals:
                option_name = "--rate" if name == "grade" else "--evidence"
                raise UsageError(
                    _("{option} is written {shape}.").format(option=option_name, shape=_("INDICATOR=VALUE"))
                )
            one = _indicator(place)
            found[one] = replace(found.get(one, Typed()), **{name: said or (UNKNOWN if name == "grade" else "")})
    return found


def _rated(typed: dict[Indicator, Typed], more: Rating) -> Iterator[Rating]:
    for one, said in typed.items():
        grade = None if said.grade in ("", UNKNOWN) else _grade(said.grade)
        yield replace(more, indicator=one, grade=grade, is_graded=bool(said.grade), evidence=said.evidence)


def _grade(typed: str) -> int | None:
    """0 to 4; None for nothing but blanks, which is unknown."""
    try:
        grade: int | None = values.parse(specs(AssessmentRating)["grade"], typed)
    except ValueError as error:
        raise InvalidError({"--rate": str(error)}) from None
    return grade


def _indicator(typed: str) -> Indicator:
    """The indicator that answers to a word or a label, or to the beginning of one."""
    wanted = key(typed)
    exact = [one for one in Indicator if wanted in (key(one.value), key(_(one.label)))]
    begun = [
        one
        for one in Indicator
        if wanted and (key(one.value).startswith(wanted) or key(_(one.label)).startswith(wanted))
    ]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    raise NotFoundError(
        _("There is no indicator {name}, or more than one; there are {names}.").format(
            name=values.quoted(typed), names=", ".join(one.value for one in Indicator)
        )
    )
