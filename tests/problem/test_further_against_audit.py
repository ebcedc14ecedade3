"""The further kinds: the problem and the audit, written apart from the same readings, agree."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import audit, goal_values
from matching.domain.plan import Plan
from matching.problem import compile
from tests.problem.further import further_instances, further_policies
from tests.problem.test_against_audit import completed


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(further_instances(), further_policies(), st.data())
def test_a_choice_of_arcs_is_feasible_just_where_the_audit_passes_it(instance, policy, data):
    problem = compile(instance, policy)
    chosen = data.draw(st.sets(st.integers(0, len(problem.arcs) - 1), max_size=6)) if len(problem.arcs) else set()
    x = np.zeros(problem.program.n_columns, np.int64)
    x[sorted(chosen)] = 1
    plan = Plan("main", "feasible", 0, problem.decode(x))
    judged = audit(instance, policy, plan)
    if any(breach.rule == "statement" for breach in judged.breaches):
        return
    solution = completed(problem.program, sorted(chosen))
    assert (solution is not None) == judged.ok, judged.breaches
    if solution is not None:
        counted = [(o.name, o.sense * (int(o.cost @ solution) + o.constant)) for o in problem.program.objectives]
        assert counted == [(g.goal, g.value) for g in goal_values(instance, policy, plan.placements)]
