"""Posts that pupils call for, beside the staff there (reading 47)."""

import pytest

from matching.audit import audit
from matching.domain.plan import RuleLine
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import judge, plan, policy, staffing

WHO = [b.teacher("T1", "S1")]


def lines(*sites, rows=(), rule=None):
    rule = rule or staffing("s", "primary", "19")
    instance = b.instance([b.site("S1", "sender", stages=("junior",), pupils=999), *sites], [], WHO, staffing=rows)
    found = judge(instance, policy(rule))
    assert found.ok
    return {x.group: (x.value, x.required, x.ok, x.shortfall) for x in found.rules}


def test_the_schools_own_columns_where_it_has_that_stage_alone():
    sites = [b.site("A", pupils=380, staff=17), b.site("B", pupils=381, staff=21), b.site("C", staff=9),
             b.site("D", pupils=5, stages=("primary", "junior"), staff=1), b.site("E", pupils=10)]
    assert lines(*sites) == {"A": (17, 20, False, 3), "B": (21, 21, True, 0), "E": ("", 1, True, 0)}


def test_the_row_without_a_subject_then_its_subjects():
    sites = [b.site(name, pupils=1000, staff=1, stages=("primary", "junior")) for name in "AB"]
    rows = [b.staffing("A", pupils=38, staff=4), b.staffing("A", subject="math", staff=9),
            b.staffing("A", "junior", pupils=900, staff=90), b.staffing("B", pupils=39),
            b.staffing("B", subject="math", staff=1, pupils=7), b.staffing("B", subject="art", staff=1)]
    assert lines(*sites, rows=rows) == {"A": (4, 2, True, 0), "B": (2, 3, False, 1)}


def test_posts_are_counted_exactly():
    rule = staffing("s", "primary", "13.5")
    assert lines(b.site("A", pupils=27, staff=2), rule=rule) == {"A": (2, 2, True, 0)}
    assert lines(b.site("A", pupils=28, staff=2), rule=rule) == {"A": (2, 3, False, 1)}


@pytest.mark.parametrize("enforce", ["hard", "elastic", "report"])
def test_it_is_only_ever_reported(enforce):
    """Never a breach, nor a cost; but a plan that lists its rules may not leave it out."""
    rules = policy(staffing("s", "primary", "19", enforce=enforce, penalty=9), goals=(Goal("shortfall"),))
    instance = b.instance([b.site("S1", pupils=38, staff=1)], [], WHO)
    found = judge(instance, rules)
    assert found.ok
    assert [g.value for g in found.goals] == [0]
    silent = plan(instance, rules, rules=(RuleLine("other", "plan", 0, 0, True, 0),))
    assert "rules.s.S1" in [x.group for x in audit(instance, rules, silent).breaches]
