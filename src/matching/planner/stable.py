"""The stable variant: posts by wishes and merit, then the goals among plans in which nobody's wish is met worse.

Deferred acceptance under seats alone begins; the engine finds the plan under all hard rules that keeps most of it;
blocking pairs that the rules allow are granted until none is left; then the engine takes the plan of best wishes, and
by the goals, among those in which nobody is served worse. Where that plan has new blocking pairs, it is done again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from matching.domain.text import Text
from matching.engines import Solution
from matching.engines.deferred_acceptance import deferred_acceptance
from matching.engines.solution import NO_MESSAGE, GoalOutcome, gap
from matching.planner.granting import granted, stands
from matching.policy.model import Policy
from matching.problem import Problem, Program
from matching.problem.points import points_of_arcs
from matching.problem.program import INFINITE, Int64, Objective, RowLabel
from matching.studies.claims import WITHOUT, Claims
from matching.studies.seating import SEVERAL, Seating

Solve = Callable[..., Solution]
"""Solves a program within `time_limit` seconds; takes `start`."""
ROUNDS = 20
_UNDONE = Text("稳定方案未能在限定时间内求出", "the stable plan was not found within the time")


def stable(problem: Problem, solve: Solve, limit: float | None, known: Sequence[int] = ()) -> Solution:
    """Return a plan without an avoidable blocking pair.

    Parameters
    ----------
    limit : seconds; None for as long as it takes
    known : where the first goal has a bound that is proven for every plan, that bound

    Returns
    -------
    Solution
        ``feasible``: its goals' bounds, but for a known one, are proven only for plans in which nobody's wish is met
        worse. Without a plan where the time did not do: a plan that is not stable is not shown.
    """
    began = time.monotonic()

    def left() -> float | None:
        return None if limit is None else max(0.0, limit - (time.monotonic() - began))

    claims = Claims(problem)
    found = solve(_keeping(problem.program, _accepted(claims)), time_limit=left())
    for before in range(ROUNDS):
        if found.x is None or found.stopped == "user" or left() == 0:
            break
        chosen = granted(claims, _arcs(found, problem.program), lambda: left() != 0)
        program = _no_worse(Seating(claims, chosen), problem.program)
        if not before:  # wishes alone are soon proven, and once served best they seldom block again
            program = replace(program, objectives=program.objectives[:1])
        found = solve(program, time_limit=left())
        if before and found.x is not None and stands(claims, _arcs(found, problem.program)):
            return replace(found, status="feasible", goals=_outcomes(found.goals[1:], known))
    message = _UNDONE if found.message == NO_MESSAGE else found.message
    return Solution("unknown", None, (), found.stopped or "time", message, found.engine, time.monotonic() - began)


def _outcomes(goals: tuple[GoalOutcome, ...], known: Sequence[int]) -> tuple[GoalOutcome, ...]:
    firsts = (goal._replace(bound=bound, gap=gap(goal.best, bound)) for goal, bound in zip(goals, known, strict=False))
    return (*firsts, *goals[len(known):])


def stable_notes(policy: Policy, found: Collection[str]) -> tuple[Text, ...]:
    """Return what is proven of each stable variant among the plans that were found."""
    return tuple(Text(
        f"“{v.title.zh}”先按意向和名次（骨干级别、职称、听课评分）给岗，规则允许的阻碍对为 0（已逐对核算）；"
        "其目标“已证明最优”，说的是在谁的意向都不变差的方案中最优。",
        f"“{v.title.en}” gives out posts by wishes and merit (backbone level, title, score) first: it has no blocking "
        "pair that the rules allow, each having been checked. Where a goal of it is called proven, it is so among "
        "the plans in which nobody's wish is met worse.")
        for v in policy.variants if v.method == "stable" and v.id in found)


def _accepted(claims: Claims) -> Int64:
    """Return deferred acceptance by wishes, of equal ones by the policy's points, and by merit."""
    problem = claims.problem
    points = points_of_arcs(problem.policy.points, problem.fields, problem.arcs, problem.facts)
    seats = np.array([need.count for need in problem.instance.needs], np.int64)
    order = np.empty(len(points), np.int64)
    order[np.lexsort((points, claims.wish))] = np.arange(len(points))
    return deferred_acceptance(problem.arcs, order, claims.merit, seats)


def _arcs(found: Solution, program: Program) -> Int64:
    assert found.x is not None
    return np.flatnonzero(np.asarray(found.x[:program.n_arcs], np.int64)).astype(np.int64)


def _keeping(program: Program, accepted: Int64) -> Program:
    """Return the program of keeping as many of some arcs as the rules allow."""
    cost = np.zeros(program.n_columns, np.int64)
    cost[accepted] = -1
    return replace(program, objectives=(Objective("keep", cost, -1),))


def _no_worse(seating: Seating, program: Program) -> Program:
    """Return the program of serving wishes best, then the goals, where each teacher is served as now or better."""
    arcs, wish, now = seating.claims.problem.arcs, seating.claims.wish, seating.now
    upper = program.upper.copy()
    upper[:program.n_arcs] = np.where(wish > now[arcs.teacher], 0, upper[:program.n_arcs])
    lower = program.lower.copy()
    several = seating.chosen[seating.own[arcs.teacher[seating.chosen]] == SEVERAL]
    upper[several] = lower[several] = 1
    cost = np.zeros(program.n_columns, np.int64)
    cost[:program.n_arcs] = wish - WITHOUT
    best = Objective("wishes", cost)
    return replace(_placed(seating, program), lower=lower, upper=upper, objectives=(best, *program.objectives))


def _placed(seating: Seating, program: Program) -> Program:
    """Return the program with a row for each teacher who has a post, that they have one."""
    arcs, teachers = seating.claims.problem.arcs, np.flatnonzero(seating.own >= 0)
    row = np.full(arcs.n_teachers, -1, np.int64)
    row[teachers] = np.arange(len(teachers))
    columns = np.flatnonzero(row[arcs.teacher] >= 0)
    more: Any = sparse.csr_array((np.ones(len(columns), np.int64), (row[arcs.teacher[columns]], columns)),
                                 shape=(len(teachers), program.n_columns))
    labels = tuple(RowLabel("stable", str(t)) for t in teachers.tolist())
    return replace(program, matrix=sparse.csr_array(sparse.vstack([program.matrix, more])),
                   row_lower=np.r_[program.row_lower, np.ones(len(teachers), np.int64)],
                   row_upper=np.r_[program.row_upper, np.full(len(teachers), INFINITE)],
                   labels=(*program.labels, *labels))
