"""Sites that the rows of 结对 do not tell apart are alike on every way."""

from itertools import product

from hypothesis import given

from matching.audit.pairings import Pairings
from tests import builders as b
from tests.paired_sites import PAIRINGS, SITES


@given(PAIRINGS)
def test_alike_ends_have_one_state(pairings):
    found = Pairings(b.instance(SITES, [], [], pairings=pairings))
    ids = [s.site_id for s in SITES]
    states = {}
    for home, host in product(ids, ids):
        key = found.alike_home(home), found.alike_host(host)
        assert states.setdefault(key, found.state(home, host)) == found.state(home, host)
