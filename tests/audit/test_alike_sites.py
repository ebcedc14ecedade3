"""Sites that the rows of 结对 do not tell apart are alike on every way."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matching.audit.pairings import Pairings
from tests import builders as b

SITES = [b.site(f"s{i}", "both", county=f"c{i % 3}", prefecture=f"p{i % 2}", consortium="u" if i % 4 == 0 else None,
                weak=i % 5 == 0) for i in range(8)]
names = st.sampled_from(["s0", "s1", "c0", "c1", "c2", "p0", "p1", "u"])
rows = st.lists(st.builds(b.pairing, names, names, st.sampled_from(["allow", "prefer", "must", "forbid"]),
                          two_way=st.booleans(), weak_only=st.booleans()), max_size=5)


@given(rows)
def test_alike_ends_have_one_state(pairings):
    found = Pairings(b.instance(SITES, [], [], pairings=pairings))
    ids = [s.site_id for s in SITES]
    states = {}
    for home, host in product(ids, ids):
        key = found.alike_home(home), found.alike_host(host)
        assert states.setdefault(key, found.state(home, host)) == found.state(home, host)
