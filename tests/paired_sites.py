"""A few sites and random rows of 结对 between them, for what reads those rows."""

from hypothesis import strategies as st

from tests import builders as b

SITES = [b.site(f"s{i}", "both", county=f"c{i % 3}", prefecture=f"p{i % 2}", consortium="u" if i % 4 == 0 else None,
                weak=i % 5 == 0) for i in range(8)]
_NAMES = st.sampled_from(["s0", "s1", "c0", "c1", "c2", "p0", "p1", "u"])
PAIRINGS = st.lists(st.builds(b.pairing, _NAMES, _NAMES, st.sampled_from(["allow", "prefer", "must", "forbid"]),
                              two_way=st.booleans(), weak_only=st.booleans()), max_size=5)
