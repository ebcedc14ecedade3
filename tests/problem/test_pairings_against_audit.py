"""The states of ways by classes of sites are those that the audit reads, pair by pair."""

from hypothesis import given
from hypothesis import strategies as st

from matching.audit.pairings import Pairings
from matching.problem.pairings import STATES, pairing_table
from tests import builders as b

SITES = [b.site(f"s{i}", "both", county=f"c{i % 3}", prefecture=f"p{i % 2}", consortium="u" if i % 4 == 0 else None,
                weak=i % 5 == 0) for i in range(8)]
names = st.sampled_from(["s0", "s1", "c0", "c1", "c2", "p0", "p1", "u"])
rows = st.lists(st.builds(b.pairing, names, names, st.sampled_from(["allow", "prefer", "must", "forbid"]),
                          two_way=st.booleans(), weak_only=st.booleans()), max_size=5)


@given(rows)
def test_the_same_state_on_every_way(pairings):
    instance = b.instance(SITES, [], [], pairings=pairings)
    judge, ids = Pairings(instance), [s.site_id for s in SITES]
    states = pairing_table(instance).states
    assert [[STATES[k] for k in row] for row in states.tolist()] == [[judge.state(a, z) for z in ids] for a in ids]
