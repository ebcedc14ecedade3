"""Engines agree with each other, and with brute force over every plan that the audit passes."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings

from matching import engines
from matching.audit import audit, goal_values
from matching.domain.plan import Placement, Plan
from matching.problem import compile
from tests.policies import random_policies
from tests.strategies import instances

ENGINES = ("highs", "cpsat", "cbc")
MOST_PLANS = 400


def settled(examples):
    return settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))


def best_by_enumeration(instance, policy):
    """The goal values of the lexicographically best plan of all that the audit passes; None where there is none."""
    problem = compile(instance, policy)
    posts = [[] for _ in instance.teachers]
    for t, n in zip(problem.arcs.teacher.tolist(), problem.arcs.need.tolist(), strict=True):
        posts[t].append(n)
    choices = [ways(teacher, at) for teacher, at in zip(instance.teachers, posts, strict=True)]
    assume(prod(map(len, choices)) <= MOST_PLANS)
    senses = [goal.sense for goal in problem.program.objectives]
    found = []
    for chosen in product(*choices):
        placements = tuple(bare(instance, t, n) for t, needs in enumerate(chosen) for n in needs)
        plan = Plan("main", "feasible", 0, placements, edited=True)
        if audit(instance, policy, plan).ok:
            values = goal_values(instance, policy, placements)
            found.append((tuple(sense * g.value for sense, g in zip(senses, values, strict=True)), values))
    return [(g.goal, g.value) for g in min(found)[1]] if found else None


def ways(teacher, needs):
    """Where a teacher may go: nowhere or to one of `needs`; one not approved is in no group, so that no cap binds."""
    most = 1 if teacher.status == "approved" else len(needs)
    return [some for size in range(most + 1) for some in combinations(needs, size)]


def bare(instance, t, n):
    return Placement(instance.teachers[t].teacher_id, instance.needs[n].need_id, *[None] * 7)


def solved(problem, engine):
    solution = engines.solve(problem.program, engine=engine, in_process=True)
    if solution.x is None:
        assert solution.status == "infeasible"
        return None
    assert solution.status == "optimal"
    return [(g.name, g.best) for g in solution.goals]


def exact(policy):
    """Whether later goals give nothing of earlier ones away, so that the best plan is the lexicographic one."""
    return all(g.slack.amount == 0 for g in policy.goals)


@settled(25)
@given(instances(), random_policies())
def test_engines_agree(instance, policy):
    problem = compile(instance, policy)
    answers = {engine: solved(problem, engine) for engine in ENGINES}
    assert len({str(a) for a in answers.values()}) == 1, answers


@settled(25)
@given(instances(max_needs=4), random_policies(most=3))
def test_the_default_engine_finds_the_best_of_all_plans(instance, policy):
    assume(exact(policy))
    assert solved(compile(instance, policy), "highs") == best_by_enumeration(instance, policy)


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_tiny(engine):
    from pathlib import Path

    from matching.policy import load_with_rows
    from matching.tables import read

    folder = Path(__file__).parents[2] / "instances" / "tiny"
    instance = read([folder / "tiny.xlsx"]).instance
    policy, _ = load_with_rows(folder / "policy.toml", instance)
    assert solved(compile(instance, policy), engine) == [("fill", 37), ("shortfall", 2), ("points", 803)]
