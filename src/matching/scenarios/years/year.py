"""One year: its problem, its proven and audited plan, and what came of turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from matching import engines
from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Plan, RuleLine
from matching.engines import Progress, Solution, Stop
from matching.engines.solution import gap
from matching.explain.conflicts.conflict import Diagnosis, diagnose
from matching.planner.clock import Clock
from matching.planner.plans import goal_lines, judged
from matching.planner.settle import settled
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.problem.conditions import Pairs
from matching.problem.credits import CreditedFields
from matching.problem.program import Int64, Program
from matching.scenarios.years import year_instance, year_policy
from matching.scenarios.years.service import Service
from matching.scenarios.years.turn_rows import in_turn
from matching.scenarios.years.turns import OWN, TURNS, Levels, Served, levels, missed_turns, place, with_goals

PLAN = "main"
MANY_ARCS = 5_000
"""From so many pairs on fill is solved by itself before."""
FOR_FILL = 0.6
"""The share of the time limit that this may take."""
OnYear = Callable[[int, Progress], None]


class Settings(NamedTuple):
    """How each year is solved."""

    seed: int
    workers: int
    time_limit: float | None
    stop: Stop | None
    on_progress: OnYear | None


@dataclass(frozen=True)
class Asked:
    """One year to be solved.

    Attributes
    ----------
    instance : of the year, those who serve locked to their posts
    served : how much each teacher has served before
    at_hardship : who has been at a hardship post within these years
    hardship : the class from which a post is one
    may_give_way : whether hard rules that cannot all hold give way
    """

    year: int
    instance: Instance
    policy: Policy
    running: tuple[Service, ...]
    served: Mapping[str, Served]
    at_hardship: frozenset[str]
    hardship: int
    may_give_way: bool
    settings: Settings

    @property
    def bound(self) -> frozenset[str]:
        """Who is serving already."""
        return frozenset(s.teacher for s in self.running)


@dataclass(frozen=True)
class Solved:
    """A year's plan, or why there is none.

    Attributes
    ----------
    problem : as it was solved, with the goals on turns
    plan : audited; it states the policy's own goals alone
    fair : the goals on turns, hardship and spread by name, as found and proven
    gave_way : the lines of hard rules that could not all hold and fall short
    groups : the peers among whom turns were asked for
    """

    problem: Problem
    solution: Solution
    plan: Plan | None = None
    fair: Mapping[str, GoalLine] = field(default_factory=dict)
    gave_way: tuple[RuleLine, ...] = ()
    groups: tuple[Levels, ...] = ()
    diagnosis: Diagnosis | None = None


def solve_year(asked: Asked) -> Solved:
    """Solve a year to proof and audit its plan.

    Where the hard rules cannot all hold and may give way, they do so by the fewest units; else the clash is diagnosed.

    Raises
    ------
    InputError
        Where a rule has no meaning for the instance, or a teacher has several posts that last beyond a year.
    AuditFailedError
        Where a solution does not pass the audit.
    """
    clock = Clock(asked.settings.time_limit)
    policy = _sparing(asked)
    solved = _solve(asked, policy, clock)
    if solved.solution.status != "infeasible":
        return solved
    if asked.may_give_way:
        which = _giving_way(asked, policy, clock)
        if which:
            return _solve(asked, year_policy.giving_way(policy, which), clock, which)
    found = diagnose(compile(asked.instance, policy), time_limit=clock.left, stop=asked.settings.stop)
    return replace(solved, diagnosis=found)


def _giving_way(asked: Asked, policy: Policy, clock: Clock) -> frozenset[str]:
    """Return the rules that fall short where all that may give way do so by the fewest units; none where that fails."""
    which = year_policy.may_give_way(policy)
    problem = compile(asked.instance, year_policy.giving_way(policy, which))
    first = replace(problem.program, objectives=problem.program.objectives[:1])
    settings = asked.settings
    x = engines.solve(first, seed=settings.seed, workers=settings.workers, time_limit=clock.left, stop=settings.stop).x
    if x is None:
        return frozenset()
    return frozenset(part.rule for part in problem.shortfalls if x[part.columns].any() and part.rule in which)


def _sparing(asked: Asked) -> Policy:
    """Return the policy under which terms that are running can be served."""
    posts = year_instance.posts_of(asked.running)
    teacher = {t.teacher_id: at for at, t in enumerate(asked.instance.teachers)}
    need = {n.need_id: at for at, n in enumerate(asked.instance.needs)}
    pairs = Pairs(np.array([teacher[t] for t in posts], np.int64),
                  np.array([need[n] for n in posts.values()], np.int64))
    return year_policy.sparing_those_who_serve(asked.policy, CreditedFields(asked.instance, asked.policy), pairs)


def _solve(asked: Asked, policy: Policy, clock: Clock, hard: frozenset[str] = frozenset()) -> Solved:
    """Solve the year under `policy`; `hard` are the rules that were hard and may have given way in it.

    Turns have no rows at first: a plan that is best without them and misses none is best with them.
    """
    problem = compile(asked.instance, policy)
    groups = levels(problem, asked.served, asked.bound)
    problem = with_goals(problem, asked.served, asked.bound, _again(asked, problem))
    solution = _fill_first(asked, problem.program, clock)
    if solution.x is not None and solution.status == "optimal" and _missed(problem, groups, solution.x):
        problem, start = in_turn(problem, groups, solution.x)
        before = [goal.bound for goal in solution.goals[:place(problem.program.objectives)]]
        solution = _run(asked, problem.program, clock.left, start=start, known=before)
    if solution.x is None:
        return Solved(problem, solution, groups=groups)
    return _judged(problem, settled(problem, solution), groups, asked.settings.seed, hard)


def _fill_first(asked: Asked, program: Program, clock: Clock) -> Solution:
    """Return the best by all goals; of a large program the goals up to fill are solved by themselves before.

    The goals on turns, costed together with fill, keep the first relaxation long from its end: two years of
    1,400 teachers take a fifth of the work so, and where time is short, fill has its plan and its bound.
    """
    at = place(program.objectives)
    if program.n_arcs < MANY_ARCS or not 0 < at < len(program.objectives):
        return _run(asked, program, clock.left)
    first = _run(asked, replace(program, objectives=program.objectives[:at]),
                 None if clock.left is None else FOR_FILL * clock.left)
    if first.x is None:
        return first
    return _run(asked, program, clock.left, start=first.x, known=[goal.bound for goal in first.goals])


def _run(asked: Asked, program: Program, time_limit: float | None, **further: Any) -> Solution:
    settings = asked.settings
    told = None if settings.on_progress is None else partial(settings.on_progress, asked.year)
    return engines.solve(program, seed=settings.seed, workers=settings.workers, time_limit=time_limit,
                         stop=settings.stop, on_progress=told, **further)


def _missed(problem: Problem, groups: tuple[Levels, ...], x: Int64) -> int:
    """Return how many placements are out of turn."""
    arcs = np.flatnonzero(x[:len(problem.arcs)] > 0)
    return sum(1 for _ in missed_turns(groups, frozenset(problem.arcs.teacher[arcs].tolist())))


def _judged(problem: Problem, solution: Solution, groups: tuple[Levels, ...], seed: int, hard: frozenset[str]
            ) -> Solved:
    assert solution.x is not None
    lines = goal_lines(problem, solution)
    plan, found = judged(PLAN, problem, solution.x, seed, solution.status,
                         tuple(line for line in lines if line.goal not in OWN))
    short = tuple(line for line in found.rules if not line.ok)
    gave_way = tuple(line for line in short if line.rule in hard)
    fair = {line.goal: line for line in lines if line.goal in OWN}
    missed = _missed(problem, groups, solution.x)  # none, or the solve was stopped
    fair.setdefault(TURNS, GoalLine(TURNS, missed, missed, 0, gap(missed, 0)))
    ordered = {name: fair[name] for name in OWN}
    return Solved(problem, solution, replace(plan, rules=short), ordered, gave_way, groups)


def _again(asked: Asked, problem: Problem) -> Int64:
    """Return the arcs to hardship posts of those who have been at one and are free."""
    instance, free = asked.instance, asked.at_hardship - asked.bound
    who = np.array([t.teacher_id in free for t in instance.teachers], np.bool_)
    post = np.array([instance.site[n.site_id].hardship >= asked.hardship for n in instance.needs], np.bool_)
    return np.flatnonzero(who[problem.arcs.teacher] & post[problem.arcs.need])
