"""What it means that the problem and the audit, written apart from the same contract, agree on a case."""

from __future__ import annotations

import numpy as np
from hypothesis import event
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.audit import audit, facts, goal_values
from matching.domain.plan import Plan
from matching.problem import INFINITE, compile


def completed(program, chosen):
    """The best whole-number completion of the arcs `chosen` by shortfalls and fair shares; None where there is none."""
    lower, upper = program.lower.astype(float), program.upper.astype(float)
    lower[:program.n_arcs] = upper[:program.n_arcs] = 0
    lower[chosen] = upper[chosen] = 1
    cost = sum((o.cost for o in program.objectives if o.name in ("shortfall", "fair")), np.zeros(program.n_columns))
    if program.n_columns == 0:
        return np.zeros(0, np.int64) if (program.row_lower <= 0).all() and (program.row_upper >= 0).all() else None
    rows = LinearConstraint(program.matrix, np.where(program.row_lower == -INFINITE, -np.inf, program.row_lower),
                            np.where(program.row_upper == INFINITE, np.inf, program.row_upper))
    found = milp(cost, integrality=np.ones(program.n_columns), bounds=Bounds(lower, upper),
                 constraints=rows if program.n_rows else (), options={"mip_rel_gap": 0})
    return None if found.x is None else np.rint(found.x).astype(np.int64)


def agree_on_pairs(instance, policy):
    """The same pairs are eligible, and the same needs have somebody."""
    problem, judge = compile(instance, policy), facts(instance, policy)
    arcs = {(instance.teachers[t].teacher_id, instance.needs[n].need_id)
            for t, n in zip(problem.arcs.teacher, problem.arcs.need, strict=True)}
    assert arcs == {(t.teacher_id, n.need_id) for t in instance.teachers for n in instance.needs
                    if judge.eligible(t.teacher_id, n.need_id)}
    assert {need for _, need in arcs} == {n.need_id for n in instance.needs if judge.has_candidate(n.need_id)}


def agree_on_a_choice(instance, policy, data):
    """Some arcs are feasible just where the audit passes their plan, and every goal has the same value."""
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
