"""The further kinds, judged by the audit and stated by the problem, which are written apart: the two agree."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching.audit import audit, facts, goal_values
from matching.domain.plan import Plan
from matching.problem import compile
from tests.kinds import further_policies, with_ledgers
from tests.problem.test_against_audit import completed

SETTINGS = settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(with_ledgers(), further_policies())
def test_the_same_pairs_are_eligible(instance, policy):
    problem, judge = compile(instance, policy), facts(instance, policy)
    arcs = {(instance.teachers[t].teacher_id, instance.needs[n].need_id)
            for t, n in zip(problem.arcs.teacher, problem.arcs.need, strict=True)}
    assert arcs == {(t.teacher_id, n.need_id) for t in instance.teachers for n in instance.needs
                    if judge.eligible(t.teacher_id, n.need_id)}
    assert {need for _, need in arcs} == {n.need_id for n in instance.needs if judge.has_candidate(n.need_id)}


@SETTINGS
@given(with_ledgers(), further_policies(), st.data())
def test_a_choice_of_arcs_is_feasible_just_where_the_audit_passes_it(instance, policy, data):
    problem = compile(instance, policy)
    chosen = data.draw(st.sets(st.integers(0, len(problem.arcs) - 1), max_size=6)) if len(problem.arcs) else set()
    x = np.zeros(problem.program.n_columns, np.int64)
    x[sorted(chosen)] = 1
    plan = Plan("main", "feasible", 0, problem.decode(x))
    judged = audit(instance, policy, plan)
    solution = completed(problem.program, sorted(chosen))
    event(f"feasible: {judged.ok}")
    assert (solution is not None) == judged.ok, judged.breaches
    if solution is not None:
        counted = [(o.name, o.sense * (int(o.cost @ solution) + o.constant)) for o in problem.program.objectives]
        assert counted == [(g.goal, g.value) for g in goal_values(instance, policy, plan.placements)]
