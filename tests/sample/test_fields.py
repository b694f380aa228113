"""Every row is one that the domain would take."""

from __future__ import annotations

from collections import Counter

from crmtui import text
from crmtui.commands.shipped_templates import template
from crmtui.commands.workspace import CHANNELS
from crmtui.domain import values
from crmtui.domain.fields import Kind, default, specs
from crmtui.domain.plans import Channel
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.scorecards import Criterion, ScorecardTemplate
from crmtui.method.portfolio import DEFAULTS, Axis
from crmtui.sample.rows import Ref
from sample.story import refs, told

HEAD, CRITERIA = template()
SEEDS = (
    {Ref(Channel, channel[0]) for channel in CHANNELS}
    | {Ref(Criterion, criterion["code"]) for criterion in CRITERIA}
    | {Ref(ScorecardTemplate, HEAD["name"])}
    | {Ref(PortfolioCriterion, one.code) for one in DEFAULTS if one.axis is Axis.ATTRACTIVENESS}
)


def test_every_value_is_one_that_its_field_may_hold() -> None:
    for row in told().rows:
        for name, value in row.values.items():
            spec = specs(row.ref.kind)[name]
            assert isinstance(value, Ref) if spec.kind is Kind.LINK else values.check(spec, value) == value, row.ref


def test_nothing_that_is_required_is_missing() -> None:
    for row in told().rows:
        for name, spec in specs(row.ref.kind).items():
            found = row.values.get(name, default(row.ref.kind, name))
            assert not spec.required or found not in (None, ""), (row.ref, name)


def test_every_link_leads_to_a_row_before_it_or_to_what_every_workspace_has() -> None:
    known = set(SEEDS)
    for row in told().rows:
        assert known.issuperset(refs(row)), row.ref
        known.add(row.ref)


def test_no_two_rows_have_the_same_name() -> None:
    assert Counter(row.ref for row in told().rows).most_common(1)[0][1] == 1


def test_nothing_that_must_be_unique_repeats() -> None:
    for kind in {row.ref.kind for row in told().rows}:
        for group in kind.noun.unique:
            found = [tuple(row.values.get(name) for name in group) for row in told().of(kind)]
            given = [values for values in found if None not in values]
            assert len(given) == len(set(given)), (kind, group)


def test_every_text_is_clean() -> None:
    for row in told().rows:
        for value in row.values.values():
            assert not isinstance(value, str) or value == text.clean(value)
