"""The plain min-cost-flow relaxation: teachers, needs with their seats, the eligible arcs, and no other rule."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.problem import Problem

Ints = npt.NDArray[np.int64]
LARGEST_COST = 2**40  # beyond it, the solver's own scaling of costs by the number of nodes may overflow


class Network(NamedTuple):
    """What the relaxation found, and how long it took; `placed` is how many teachers, whatever the other rules."""

    arcs: int
    placed: int
    cost: int
    seconds: float


def combined_cost(problem: Problem) -> Ints:
    """Return one cost an arc: earlier goals outweigh what all later ones can differ by on a single arc.

    Counts, indicators and shortfalls have no arc and so no cost here.
    """
    total = np.zeros(problem.program.n_arcs, np.int64)
    unit = 1
    for objective in reversed(problem.program.objectives):
        cost = np.asarray(objective.cost[:problem.program.n_arcs], np.int64)
        if not cost.any():
            continue
        if int(np.abs(cost).max()) * unit > LARGEST_COST:
            break
        total += cost * unit
        unit += int(np.abs(total).max())
    return total


def relaxation(problem: Problem) -> Network:
    """Solve the relaxation; a teacher may stay without a post at no cost."""
    from ortools.graph.python import min_cost_flow

    tails, heads, capacities, costs, supply = _graph(problem)
    began = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the min-cost-flow relaxation has no optimum")
    n_arcs = problem.program.n_arcs
    placed = int(flow.flows(np.arange(n_arcs)).sum())
    return Network(n_arcs, placed, flow.optimal_cost(), time.perf_counter() - began)


def _graph(problem: Problem) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return tails, heads, capacities, costs of the edges and the supplies of the nodes.

    Nodes are the teachers, then the needs, then one sink. The arcs come first, then a way from each teacher who
    stays home and one from each need to the sink.
    """
    n, m = len(problem.instance.teachers), len(problem.instance.needs)
    teachers, needs, sink = np.arange(n), n + np.arange(m), n + m
    seats = np.array([need.count for need in problem.instance.needs], np.int64)
    arcs = problem.program.n_arcs
    tails = np.concatenate([problem.arcs.teacher, teachers, needs]).astype(np.int64)
    heads = np.concatenate([n + problem.arcs.need.astype(np.int64), np.full(n + m, sink)])
    capacities = np.concatenate([np.ones(arcs + n, np.int64), seats])
    costs = np.concatenate([combined_cost(problem), np.zeros(n + m, np.int64)])
    supply = np.concatenate([np.ones(n, np.int64), np.zeros(m, np.int64), [-n]])
    return tails, heads, capacities, costs, supply
