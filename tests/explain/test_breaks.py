"""What a change would break is what the audit finds broken after it and not before."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from matching.audit import audit
from matching.domain.plan import Plan
from matching.explain.breaks import Breaks, Change
from matching.policy.model import Place, Require
from matching.problem import compile
from tests.policies import random_policies
from tests.strategies import instances


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(instances(), random_policies(), st.data())
def test_a_change_breaks_what_the_audit_finds_broken_by_it(instance, policy, data):
    """Where no post has more teachers than seats: what its seats keep from being broken is not looked for."""
    problem = compile(instance, policy)
    arcs = st.sets(st.integers(0, max(len(problem.arcs) - 1, 0)), max_size=5)
    before = data.draw(arcs) if len(problem.arcs) else set()
    turned = data.draw(arcs) if len(problem.arcs) else set()
    change = Change(tuple(sorted(turned - before)), tuple(sorted(turned & before)))
    chosen = np.array(sorted(before), np.int64)
    found = Breaks(problem, chosen).of([change])[0]
    kept, broken = (standing(problem, chosen_) for chosen_ in (before, before ^ turned))
    assume(all(ok for state in (kept, broken) for (rule, _), ok in state.items() if rule == "seats"))
    event(f"breaks: {len(found)}")
    assert {(b.rule, b.group) for b in found} == {key for key, ok in broken.items() if not ok and kept.get(key, True)}
    lines = audited(problem, before ^ turned)
    for one in (b for b in found if b.bound != "together" and not isinstance(b.limit, str)):
        value = str(lines[one.rule, one.group].value)
        if "/" not in value:
            assert float(one.after) == float(value)


def audited(problem, chosen):
    x = np.zeros(problem.program.n_columns, np.int64)
    x[sorted(chosen)] = 1
    plan = Plan("main", "feasible", 0, problem.decode(x))
    return {(line.rule, line.group): line for line in audit(problem.instance, problem.policy, plan).rules}


def standing(problem, chosen):
    """Whether each hard rule on numbers holds, by rule and group."""
    rules = {r.id for r in problem.policy.rules if r.on and r.enforce == "hard" and not isinstance(r, Require | Place)}
    return {key: line.ok for key, line in audited(problem, chosen).items() if key[0] in rules}
