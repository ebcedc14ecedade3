"""The relaxation that solve times are compared with."""

from itertools import product

import numpy as np
from benchmarks.network import combined_cost, relaxation
from hypothesis import given, settings

from matching.domain.instance import Instance
from matching.policy import load
from matching.problem import Problem, compile
from tests import builders as b
from tests import strategies


def cheapest(problem: Problem) -> int:
    """Try every way to give each teacher one of the eligible needs or none."""
    seats = [need.count for need in problem.instance.needs]
    options: dict[int, list[tuple[int | None, int]]] = {}
    for teacher, need, cost in zip(problem.arcs.teacher, problem.arcs.need, combined_cost(problem), strict=True):
        options.setdefault(int(teacher), [(None, 0)]).append((int(need), int(cost)))
    return min(sum(cost for _, cost in way) for way in product(*options.values())
               if all([need for need, _ in way].count(j) <= seats[j] for j in range(len(seats))))


@settings(max_examples=25, deadline=None)
@given(strategies.instances(max_teachers=4, max_needs=4))
def test_the_relaxation_is_the_cheapest_of_all_ways(instance: Instance):
    problem = compile(instance, load("base"))
    if problem.program.n_arcs:
        assert relaxation(problem).cost == cheapest(problem)


def test_fill_outweighs_points():
    sites = [b.site("S", "sender", lon=103, lat=36), b.site("R", "receiver", lon=104, lat=36)]
    needs = [b.need("N1", "R", priority=1), b.need("N2", "R", priority=2)]
    problem = compile(b.instance(sites, needs, [b.teacher("T1", "S", pref_1="N2")]), load("base"))
    urgent, wished = combined_cost(problem)
    assert urgent < wished < 0
    assert relaxation(problem).placed == 1


def test_costs_are_whole():
    sites = [b.site("S", "sender"), b.site("R", "receiver")]
    problem = compile(b.instance(sites, [b.need("N", "R")], [b.teacher("T", "S")]), load("base"))
    assert combined_cost(problem).dtype == np.int64
