"""The assessments of the sample: how each account saw us on a day, and what that rested on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import Indicator

if TYPE_CHECKING:
    from crmtui.sample.rows import Book, Ref, Table

_ELSEWHERE: Final = {"ratings", "why", "override"}


def add_assessments(book: Book, account: Ref, tables: list[Table], target: Table) -> None:
    """Add the assessments of an account, the oldest first.

    `ratings` has a grade for each indicator in the order of the ladder, bars between the levels mean nothing; `why`
    has the evidence of some, with who says so where it is confirmed; `override` the level set by hand and its reason.
    `level` is the one that the gates gave that day.
    """
    before: dict[str, Table] = {}
    for table in tables:
        fields = {key: value for key, value in table.items() if key not in _ELSEWHERE}
        if override := table.get("override"):
            fields |= dict(zip(("override_level", "override_reason"), override, strict=True))
        name = f"{account.name}@{table['day']}"
        assessment = book.add(Assessment, name, target | fields | {"account": account})
        before = {code: _rating(code, grade, table, before) for code, grade in _grades(table)}
        for code, rating in before.items():
            book.add(AssessmentRating, f"{name}.{code}", rating | {"assessment": assessment, "indicator": code})


def _grades(table: Table) -> list[tuple[str, str]]:
    indicators = [one.value for one in Indicator]
    return list(zip(indicators, table["ratings"].replace("|", " ").split(), strict=True))


def _rating(code: str, grade: str, table: Table, before: dict[str, Table]) -> Table:
    """A rating; one that did not change keeps its evidence and the day it was judged."""
    given = None if grade == "?" else int(grade)
    said = table.get("why", {}).get(code)
    old = before.get(code)
    if said is None and old and old.get("grade") == given:
        return old
    if given is None:
        return {"evidence": "".join(said or "")}
    evidence, *source = said if isinstance(said, list) else [said or ""]
    judged = ["confirmed" if source else "assumed", table["day"], *source]
    return {"grade": given, "evidence": evidence, "judged": judged}
