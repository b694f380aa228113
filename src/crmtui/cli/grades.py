"""`grades`: how accounts are graded by hand on the criteria of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import entry
from crmtui.cli.build import Command, Group, Offer, argument, flag, option
from crmtui.cli.desk import say
from crmtui.cli.nouns import ABOUT, verbs
from crmtui.domain import values
from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.domain.portfolio import PortfolioCriterion, PortfolioGrade
from crmtui.domain.words import Basis, Source
from crmtui.errors import CrmtuiError, InvalidError, UsageError
from crmtui.queries import records
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cli.desk import Desk

EXAMPLES: Final = (
    "crmtui grades set Aurora 'its own business'=3 'others look=?' --according-to Anna --confirmed",
    "crmtui grades list criterion:growth",
)
_SET: Final = N_("Grade an account on some criteria.")


def command(name: str) -> Group:
    """Make the noun with its own verb."""
    return Group(name, _(ABOUT[name]), {**verbs(name), "set": Offer(_(_SET), _set)}, examples=EXAMPLES)


def _set() -> Command:
    return Command(
        "set",
        grade,
        _("Grade an account by hand on some criteria of the matrix; the others stay as they are."),
        [
            argument("ref", _("ACCOUNT"), _("Its name or identity.")),
            argument("given", _("CRITERION=GRADE"), _("0 not at all to 4 fully, ? for unknown."), many=True),
            option("--evidence", _("TEXT"), _("What the grades rest on.")),
            option("--according-to", _("TEXT"), _("Who says so.")),
            flag("--confirmed", _("All of it is confirmed, not assumed.")),
        ],
        examples=EXAMPLES[:1],
    )


def grade(
    desk: Desk,
    ref: str,
    given: Sequence[str],
    evidence: str | None,
    according_to: str | None,
    confirmed: bool | None,
) -> None:
    """Grade an account."""
    from crmtui.commands import grades

    more: dict[str, Any] = {}
    if evidence is not None:
        more["evidence"] = evidence
    if according_to is not None:
        more["source"] = according_to
    if confirmed:
        more["basis"] = Basis.CONFIRMED
    account_id = records.find(desk.path, Account, ref)
    count = grades.grade(desk.path, account_id, _read(desk, given, more), Source.CLI, desk.today)
    say(
        ngettext(
            "Changed {count} grade. `crmtui undo` takes it back.",
            "Changed {count} grades. `crmtui undo` takes it back.",
            count,
        )
    )


def _read(desk: Desk, given: Sequence[str], more: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """The fields by the criterion that was named; all that is wrong is told at once."""
    found: dict[int, dict[str, Any]] = {}
    wrong: dict[str, str] = {}
    for typed in given:
        name, equals, raw = typed.rpartition("=")
        if not equals:
            raise UsageError(_("{typed}: say a criterion and its grade, as in growth=3.").format(typed=typed[:80]))
        try:
            graded = values.parse(specs(PortfolioGrade)["grade"], "" if raw.strip() == entry.UNKNOWN else raw)
            found[records.find(desk.path, PortfolioCriterion, name)] = {"grade": graded, **more}
        except (ValueError, CrmtuiError) as error:
            wrong[name[:80]] = str(error)
    if wrong:
        raise InvalidError(wrong)
    return found
