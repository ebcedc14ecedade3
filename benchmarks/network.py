"""The plain min-cost-flow relaxation: teachers, needs with their seats, the eligible arcs, and no other rule."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from benchmarks.comparison.case import Case, case_of

from matching.problem import Problem

Ints = npt.NDArray[np.int64]
LARGEST_COST = 2**40  # beyond it, the solver's own scaling of costs by the number of nodes may overflow


class Network(NamedTuple):
    """What the relaxation found, and how long it took; `placed` is how many teachers, whatever the other rules."""

    arcs: int
    placed: int
    cost: int
    seconds: float


class Flow(NamedTuple):
    """The arcs that carry flow, its cost, and the seconds that building and solving the network took."""

    arcs: Ints
    cost: int
    seconds: float


def combined_cost(problem: Problem | Case) -> Ints:
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
    found = flow_over(case_of(problem))
    return Network(problem.program.n_arcs, len(found.arcs), found.cost, found.seconds)


def flow_over(case: Case) -> Flow:
    """Solve the relaxation of a case."""
    from ortools.graph.python import min_cost_flow

    tails, heads, capacities, costs, supply = _graph(case)
    began = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the min-cost-flow relaxation has no optimum")
    carried = np.flatnonzero(flow.flows(np.arange(case.program.n_arcs)))
    return Flow(carried, flow.optimal_cost(), time.perf_counter() - began)


def _graph(case: Case) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return tails, heads, capacities, costs of the edges and the supplies of the nodes.

    Nodes are the teachers, then the needs, then one sink. The arcs come first, then a way from each teacher who
    stays home and one from each need to the sink.
    """
    n, m = case.n_teachers, len(case.seats)
    teachers, needs, sink = np.arange(n), n + np.arange(m), n + m
    arcs = case.program.n_arcs
    tails = np.concatenate([case.teacher, teachers, needs])
    heads = np.concatenate([n + case.need, np.full(n + m, sink)])
    capacities = np.concatenate([np.ones(arcs + n, np.int64), case.seats])
    costs = np.concatenate([combined_cost(case), np.zeros(n + m, np.int64)])
    supply = np.concatenate([np.ones(n, np.int64), np.zeros(m, np.int64), [-n]])
    return tails, heads, capacities, costs, supply
