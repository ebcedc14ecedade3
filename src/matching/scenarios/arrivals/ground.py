"""What a simulation works on: the plan's placements and its reserve as arrays, which any worker can be sent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.domain.plan import Plan
from matching.problem import Problem
from matching.problem.conditions import Bools
from matching.problem.goals import Costs, ordered_goals, seat_weights
from matching.problem.points import points_of_arcs
from matching.problem.program import Int32, Int64
from matching.scenarios.arrivals.demands import Demands, demands, together
from matching.scenarios.arrivals.model import Arrivals
from matching.scenarios.arrivals.rates import Floats, late, rates_of


@dataclass(frozen=True)
class Ground:
    """Columns are pairs of teacher and post: first those of the plan, then those of the reserve.

    Attributes
    ----------
    arcs : the arc of each column
    teacher, need : positions in the instance, shape (n_columns,)
    rate : of each column, from 0 to 1
    worth : what a filled seat is worth to the first fill goal of the policy that weighs it; 1 each without one
    placed : how many columns are the plan's
    n_teachers, n_needs : in the instance
    order : needs with a reserve, in the order in which their seats are filled again
    start, asked : of need n are asked the columns ``asked[start[n]:start[n + 1]]``, in that order
    county : a number for the county of each need
    counties : their names
    demands : the rules over the columns
    """

    arcs: Int64
    teacher: Int32
    need: Int32
    rate: Floats
    worth: Int64
    placed: int
    n_teachers: int
    n_needs: int
    order: Int64
    start: Int64
    asked: Int64
    county: Int64
    counties: tuple[str, ...]
    demands: Demands

    @property
    def planned(self) -> Int64:
        """How many seats of each need the plan fills."""
        return np.bincount(self.need[:self.placed], minlength=self.n_needs)

    @property
    def reserves(self) -> Int64:
        """Positions of the teachers in reserve, rising."""
        return np.unique(self.teacher[self.placed:]).astype(np.int64)


def ground_of(problem: Problem, plan: Plan, model: Arrivals, rates: Floats | None = None) -> Ground:
    """Lay out a plan, its reserve and their rates.

    In reserve is who has no post and is eligible for one that the plan fills, but for members of a group that a hard
    rule keeps together, who cannot come alone. For each post they are asked fewest points first; posts by priority,
    then as they stand in the workbook.

    Parameters
    ----------
    rates : of all arcs, where they are not to be worked out from the plan's own mean

    Raises
    ------
    InputError
        Where the model's mean cannot be reached.
    """
    chosen = problem.columns([(p.teacher, p.need) for p in plan.placements])
    if rates is None:
        rates = rates_of(model, problem, chosen)
    spare = _spare(problem, chosen)
    columns = np.concatenate([chosen, spare])
    need = problem.arcs.need[columns]
    rate = np.concatenate([rates[chosen], late(model, rates[spare])])
    start, asked = _lists(problem, columns, len(chosen))
    priority = np.array([n.priority for n in problem.instance.needs], np.int64)
    listed = np.flatnonzero(np.diff(start))
    names = [problem.instance.site[n.site_id].county for n in problem.instance.needs]
    counties = tuple(dict.fromkeys(names))
    return Ground(columns, problem.arcs.teacher[columns], need, rate, worth_of(problem)[columns], len(chosen),
                  problem.arcs.n_teachers, problem.arcs.n_needs, listed[np.argsort(priority[listed], kind="stable")],
                  start, asked, np.array([counties.index(n) for n in names], np.int64), counties,
                  demands(problem, columns, len(chosen)))


def _spare(problem: Problem, chosen: Int64) -> Int64:
    """Return the arcs from teachers in reserve to posts that the plan fills."""
    arcs = problem.arcs
    busy: Bools = together(problem)
    busy[arcs.teacher[chosen]] = True
    filled = np.zeros(arcs.n_needs, np.bool_)
    filled[arcs.need[chosen]] = True
    return np.flatnonzero(~busy[arcs.teacher] & filled[arcs.need]).astype(np.int64)


def _lists(problem: Problem, columns: Int64, placed: int) -> tuple[Int64, Int64]:
    points = points_of_arcs(problem.policy.points, problem.fields, problem.arcs, problem.facts)[columns[placed:]]
    need = problem.arcs.need[columns[placed:]]
    order = np.lexsort((points, need))
    start = np.searchsorted(need[order], np.arange(problem.arcs.n_needs + 1))
    return start.astype(np.int64), (placed + order).astype(np.int64)


def worth_of(problem: Problem) -> Int64:
    """Return what a filled seat of each arc is worth to the first fill goal that weighs it; 1 each without one."""
    goals = [g for g in ordered_goals(problem.policy) if g.kind == "fill"]
    if not goals:
        return np.ones(len(problem.arcs), np.int64)
    costs = Costs(problem.fields, problem.arcs, problem.facts, problem.shortfalls, problem.fairness,
                  problem.program.n_columns)
    worth = np.zeros(len(problem.arcs), np.int64)
    for goal in goals:
        worth = np.where(worth > 0, worth, seat_weights(goal, costs))
    return worth
