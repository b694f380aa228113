"""Maps of decision-making units that hypothesis makes, for the tests of their figures."""

from __future__ import annotations

from hypothesis import strategies as st

from crmtui.domain.words import Role
from crmtui.method.coverage import Encounter
from crmtui.method.dmu import Member
from crmtui.method.influence import Tie
from crmtui.method.leverage import ROLE_WEIGHTS, Rules

MOST = 6
KEYS = st.integers(1, MOST)
ENCOUNTERS = st.builds(Encounter, st.floats(0, 1), st.integers(0, 400))
OPENNESS = st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0])
MEMBERS = st.builds(
    Member,
    key=KEYS,
    is_named=st.booleans(),
    roles=st.lists(st.sampled_from(Role), unique=True, max_size=2).map(tuple),
    has_veto=st.booleans(),
    power=st.none() | st.integers(0, 4),
    attitude=st.none() | st.integers(-2, 2),
    relationship=st.none() | st.integers(0, 4),
    openness=OPENNESS,
    reports_to=st.none() | KEYS,
    encounters=st.lists(ENCOUNTERS, max_size=3).map(tuple),
)
TEAMS = st.lists(MEMBERS, min_size=1, max_size=MOST, unique_by=lambda member: member.key)
TIES = st.lists(st.builds(Tie, KEYS, KEYS, st.integers(1, 3), is_formal=st.booleans()), max_size=10)
WEIGHTS = st.just(ROLE_WEIGHTS) | st.fixed_dictionaries({role: st.sampled_from([0.0, 1.0, 4.0]) for role in Role})
RULES = st.builds(Rules, informal_share=st.floats(0, 1), half_life=st.integers(1, 400), roles=WEIGHTS)
