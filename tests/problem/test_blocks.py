"""Rules by kinds say of any pairs what the compiled program says of its arcs."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from benchmarks.synthetic import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import engines
from matching.policy.model import Goal
from matching.problem import compile
from matching.problem.blocks import blocks
from matching.problem.wide import missing, wide
from tests.agreement import completed
from tests.problem.further import further_instances, further_policies


def instance(seed: int):
    return make("S", seed, budget="tight")


@pytest.mark.parametrize("seed", [1, 2])
def test_costs_are_those_of_the_program(seed):
    problem, whole = compile(*instance(seed)), wide(*instance(seed))
    n = problem.program.n_arcs
    assert np.array_equal(whole.arcs.need, problem.arcs.need)
    for goal, cost in zip(problem.program.objectives, whole.costs, strict=True):
        assert np.array_equal(goal.cost[:n], cost)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_sum_over_arcs_is_the_same_row(seed):
    """Rows of the program without further columns, up to the divisor of their numbers, are among a block's rows."""
    problem, whole = compile(*instance(seed)), wide(*instance(seed))
    program, n = problem.program, problem.program.n_arcs
    of_rule = {block.rule: block for block in whole.blocks}
    for rule in ("seats", "one-post", "send-max", "send-max-subject", "county-floor", "budget"):
        rows = [k for k, label in enumerate(program.labels) if label.rule == rule]
        block = of_rule[rule]
        stated = block.rows(whole.arcs.teacher, whole.arcs.need).toarray()
        for row in rows:
            mine = program.matrix[[row], :n].toarray()[0]
            mine = mine // max(1, int(np.gcd.reduce(mine)))
            assert (stated == mine).all(axis=1).any(), (rule, row)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_best_plan_keeps_to_all_blocks(seed):
    problem, whole = compile(*instance(seed)), wide(*instance(seed))
    found = engines.solve(problem.program, in_process=True)
    chosen = np.flatnonzero(found.x[:problem.program.n_arcs])
    for block in whole.blocks:
        sums = block.rows(whole.arcs.teacher[chosen], whole.arcs.need[chosen]).sum(axis=1)
        assert ((sums >= block.lower) & (sums <= block.upper)).all(), block.rule


def test_over_some_pairs_nobody_is_left_without():
    whole = wide(*instance(1))
    some = whole.problem(whole.with_all_ends(np.zeros(0, np.int64)))
    assert len(some.arcs) < len(whole.arcs)
    assert set(some.arcs.teacher) == set(whole.arcs.teacher)
    assert set(some.arcs.need) == set(whole.arcs.need)
    assert not len(missing(whole.arcs, np.arange(len(whole.arcs))))


def test_a_goal_that_is_no_sum_over_pairs_is_not_taken():
    made, policy = instance(1)
    assert wide(made, dataclasses.replace(policy, goals=(Goal("fair"), *policy.goals))) is None


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(further_instances(), further_policies(), st.data())
def test_what_the_program_allows_the_blocks_allow(made, policy, data):
    problem = compile(made, policy)
    n = len(problem.arcs)
    chosen = np.array(data.draw(st.lists(st.sampled_from(range(n)), unique=True)) if n else [], np.int64)
    chosen.sort()
    if completed(problem.program, chosen) is None:
        return
    for block in blocks(policy, problem.fields, problem.arcs):
        sums = block.rows(problem.arcs.teacher[chosen], problem.arcs.need[chosen]).sum(axis=1)
        assert ((sums >= block.lower) & (sums <= block.upper)).all(), block.rule
