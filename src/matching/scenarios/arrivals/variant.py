"""A plan that is best on average under drop-out, compared with the plain one on draws that it was not made by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.engines import Stop
from matching.explain.moves import moves
from matching.planner.plans import judged
from matching.planner.settle import pinned
from matching.problem import Problem, Program
from matching.problem.program import Int64
from matching.scenarios.arrivals.draws import Job, Outcome, Purpose, uniforms
from matching.scenarios.arrivals.expected import NAME, expected_program, how_many, one_post_each, sampled_program
from matching.scenarios.arrivals.figures import difference, spread
from matching.scenarios.arrivals.model import Arrivals
from matching.scenarios.arrivals.rates import Floats, late
from matching.scenarios.arrivals.records import GoalChange
from matching.scenarios.arrivals.result import Variant

COLUMNS = 1_500
"""Of the reserve in a sampled program at the most, so that it is solved in seconds to a minute."""
ARCS = 50_000
"""With more eligible pairs than this, no outcomes are sampled."""
SCENARIOS, LEAST = 100, 10
"""Outcomes that are sampled at the most; with fewer than the least they tell too little."""
NOTHING = Text("没有可比的方案：到岗率人人相同，不靠候补时原方案已是平均补足最多的；考虑候补则问题太大，未求解",
               "there is no plan to compare: everybody has one rate, so that without a reserve the plain plan already "
               "fills most on average; with the reserve the problem is too large and was not solved")
NOT_IN_TIME = Text("时限内没有求出可比的方案", "no plan to compare was found in time")

Draw = Callable[[Plan, int], Outcome]
"""Simulates a plan on the draws of a purpose."""


class Sought(NamedTuple):
    """One plan that was found: how, from how many outcomes, the solve's status, and what the policy's goals become."""

    method: str
    scenarios: int
    status: str
    plan: Plan
    goals: tuple[GoalChange, ...]


def sought(problem: Problem, plan: Plan, model: Arrivals, rates: Floats, worth: Int64, seed: int,
           time_limit: float | None, stop: Stop | None) -> tuple[list[Sought], bool]:
    """Return plans that may be better on average, and whether any was tried.

    By rates, where they differ; and by sampled outcomes, where the program stays small.
    """
    chosen = problem.columns([(p.teacher, p.need) for p in plan.placements])
    found = []
    if len(set(rates.tolist())) > 1:
        found.append(_solved(problem, expected_program(problem, rates, worth), "expected", 0, chosen, plan, time_limit,
                             stop))
    asked, many = late(model, rates), 0
    uniform = uniforms(Job(seed, Purpose.SCENARIOS, 0, SCENARIOS), problem.arcs.n_teachers)
    if len(problem.arcs) <= ARCS and one_post_each(problem):
        many = how_many(problem, rates, asked, uniform, COLUMNS)
    if many >= LEAST:
        program = sampled_program(problem, rates, asked, worth, uniform[:many])
        found.append(_solved(problem, program, "sampled", many, chosen, plan, time_limit, stop))
    return [one for one in found if one is not None], bool(found)


def _solved(problem: Problem, program: Program, method: str, scenarios: int, chosen: Int64, plan: Plan,
            time_limit: float | None, stop: Stop | None) -> Sought | None:
    """Solve to the end or the time limit, and audit; None where nothing was found in time."""
    start = np.zeros(problem.program.n_columns, np.int64)
    start[chosen] = 1
    plain = pinned(problem.program, start)
    start = np.append(plain, np.zeros(program.n_columns - len(start), np.int64))
    solution = engines.solve(program, seed=plan.seed, time_limit=time_limit, stop=stop, start=start)
    if solution.x is None:
        return None
    ours = np.asarray(solution.x[:problem.program.n_columns], np.int64)
    made, audit = judged(NAME, problem, ours, plan.seed)
    short = tuple(line for line in audit.rules if not line.ok or line.group == "plan")
    goals = tuple(GoalChange(o.name, *(o.sense * (int(o.cost @ x) + o.constant) for x in (plain, ours)))
                  for o in problem.program.objectives)
    return Sought(method, scenarios, solution.status, replace(made, rules=short), goals)


def compared(plain: Plan, found: list[Sought], tried: bool, draw: Draw) -> Variant:
    """Choose among what was found, and the plain plan, by some draws, and compare with the plain one on others."""
    choice = {one.method: float(draw(one.plan, Purpose.CHOICE).worth.mean()) for one in found}
    if not found:
        return Variant("none", 0, "unknown", None, 0, None, None, None, None, NOT_IN_TIME if tried else NOTHING)
    best = max(found, key=lambda one: choice[one.method])
    ours, theirs = draw(best.plan, Purpose.TEST), draw(plain, Purpose.TEST)
    moved = len(moves(plain.placements, best.plan.placements))
    return Variant(best.method, best.scenarios, best.status, best.plan, moved, spread(ours.filled),
                   spread(theirs.filled), difference(ours.worth, theirs.worth), difference(ours.filled, theirs.filled),
                   goals=best.goals)
