"""The states of ways by classes of sites are those that the audit reads, pair by pair."""

from hypothesis import given

from matching.audit.pairings import Pairings
from matching.problem.pairings import STATES, pairing_table
from tests import builders as b
from tests.paired_sites import PAIRINGS, SITES


@given(PAIRINGS)
def test_the_same_state_on_every_way(pairings):
    instance = b.instance(SITES, [], [], pairings=pairings)
    judge, ids = Pairings(instance), [s.site_id for s in SITES]
    states = pairing_table(instance).states
    assert [[STATES[k] for k in row] for row in states.tolist()] == [[judge.state(a, z) for z in ids] for a in ids]
