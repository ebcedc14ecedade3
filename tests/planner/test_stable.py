"""The stable variant: no blocking pair and no envy that the rules would let one avoid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.engines import Solution
from matching.planner import solve
from matching.planner.granting import granted, stands
from matching.planner.plans import audited
from matching.planner.settle import settled
from matching.planner.stable import stable
from matching.policy.model import Policy, Variant
from matching.problem import Problem, compile
from matching.studies.claims import Claims
from tests import builders as b
from tests.policies import random_policies
from tests.strategies import instances
from tests.studies.cases import BASE
from tests.studies.test_blocking import Reader, sound

FEATURES = frozenset({"wishes", "facts", "backbone", "titles", "groups", "limits", "beds", "alternatives", "mandatory"})
STABLE = Variant("stable", Text("稳定", "Stable"), method="stable")


def found(problem: Problem) -> Solution:
    return stable(problem, partial(engines.solve, in_process=True), None)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(instances(features=FEATURES), random_policies(most=1))
def test_it_passes_the_audit_and_nothing_that_blocks_or_is_envied_could_be_avoided(instance: Instance, policy: Policy
                                                                                   ) -> None:
    problem = compile(instance, policy)
    solution = found(problem)
    if solution.x is None:
        event("the rules cannot all hold")
        assert engines.solve(problem.program, in_process=True).status == "infeasible"
        return
    assert solution.status == "feasible"
    assert not any(goal.gap for goal in solution.goals)
    plan, _ = audited("stable", problem, settled(problem, solution), 0)
    reader = Reader(instance, policy, {p.teacher: p.need for p in plan.placements})
    event(f"placed: {min(len(plan.placements), 3)}")
    assert not [pair for *pair, avoidable in reader.blocking() if avoidable]
    assert reader.envy()[2] == 0


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(instances(features=FEATURES), random_policies(most=2), st.data())
def test_granting_ends_without_a_blocking_pair_and_keeps_the_rules(instance: Instance, policy: Policy,
                                                                  data: st.DataObject) -> None:
    problem = compile(instance, policy)
    seats = sound(problem, data)
    before = Reader(instance, policy, seats).before
    chosen = granted(Claims(problem), problem.columns(list(seats.items())), lambda: True)
    assert stands(Claims(problem), chosen)
    x = np.zeros(problem.program.n_columns, np.int64)
    x[chosen] = 1
    after = {p.teacher: p.need for p in problem.decode(x)}
    assert len(after) == len(chosen)
    assert Reader(instance, policy, after).before <= before


def market() -> Instance:
    """T1 is best in merit and wishes for N1; T3 wishes for it too."""
    sites = [b.site("S", "sender"), b.site("H1", "receiver"), b.site("H2", "receiver")]
    staff = [b.teacher("T1", "S", pref_1="N1", backbone="city"), b.teacher("T2", "S"),
             b.teacher("T3", "S", pref_1="N1")]
    return b.instance(sites, [b.need("N1", "H1"), b.need("N2", "H2")], staff)


def test_merit_decides_and_the_plan_is_ranked_beside_the_others() -> None:
    policy = replace(BASE, points={"backbone": 50}, variants=(STABLE,))
    result = solve(market(), policy)
    plans = {c.ranked.variant: c.ranked for c in result.plans}
    assert {p.teacher: p.need for p in plans["stable"].plan.placements}["T1"] == "N1"
    assert plans["stable"].metrics.fairness is not None
    assert plans["stable"].metrics.fairness.blocking.avoidable == 0
    assert plans["main"].metrics.fairness.blocking.avoidable > 0
    filled = plans["stable"].plan.goals[0]
    assert filled.bound == plans["main"].plan.goals[0].bound >= filled.best
    assert any("稳定" in note.zh for note in result.ranking.notes)


def test_without_time_there_is_no_plan() -> None:
    solution = stable(compile(market(), BASE), partial(engines.solve, in_process=True), 0.0)
    assert (solution.status, solution.x, solution.stopped) == ("unknown", None, "time")
