"""What refuses one placement more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matching.domain.text import Text
from matching.policy.model import Quota
from matching.report.letters.doors import Doors
from tests import builders as b
from tests.report.letters.samples import BASE, solved


def test_of_caps_that_cross_each_is_told():
    """A school's cap and one on a subject in a county have posts in common, and neither holds the other."""
    schools = [b.site("A", "sender"), *(b.site(name, "receiver", county="Y") for name in "HKL")]
    needs = [b.need("N1", "H", 3), b.need("N2", "H", subject="math"), b.need("N3", "K"), b.need("N4", "L")]
    staff = [*(b.teacher(f"T{k}", "A") for k in range(3)), b.teacher("T3", "A", subject="math")]
    rules = (Quota(id="school", title=Text("一校", "School"), per=("host.site_id",), at_most=Fraction(3)),
             Quota(id="subject", title=Text("一科", "Subject"), per=("host.county", "need.subject"),
                   at_most=Fraction(1)))
    made = solved(b.instance(schools, needs, staff), replace(BASE, rules=(*rules, *BASE.rules)))
    assert sum(made.ground.free) == 4
    full = Doors(made.ground).full
    assert [full[post] for post in (0, 2, 3)] == [("subject",)] * 3
