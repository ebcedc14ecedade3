"""A plan in force, changed as little as the rules and the goals allow."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Any

from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.engines import Solution, Stop
from matching.explain.conflicts.conflict import diagnose
from matching.explain.conflicts.proof import Shrinking
from matching.explain.core import core
from matching.explain.goal_names import losses
from matching.explain.patience import Patience
from matching.planner import Result
from matching.planner.clock import Clock
from matching.planner.plans import Audited, audited, goal_lines
from matching.planner.settle import settled
from matching.policy.model import Policy
from matching.policy.variants import MAIN, weighed
from matching.preflight import preflight
from matching.problem import Problem, RowLabel, compile
from matching.scenarios.replan.chains import chains, steps
from matching.scenarios.replan.changes import Before, Changes
from matching.scenarios.replan.edits import edited
from matching.scenarios.replan.faults import check
from matching.scenarios.replan.reasons import Reasons
from matching.scenarios.replan.result import NobodyElse, Replanned, Told
from matching.scenarios.replan.solving import Found, Ground, held, least_moves, nobody_else
from matching.scenarios.replan.target import Loss, Target, target
from matching.scenarios.replan.words import chain_words
from matching.scoring import Candidate, Ranking, rank, score
from matching.studies.claims import Claims
from matching.studies.fairness import fairness

NOT_STATED = (None,) * 7
PROOF_SECONDS = 10.0
"""For which rules stand against moving nobody else."""


def replan(before: Before, changes: Changes, *, loss: Loss | None = None, seed: int = 0,
           time_limit: float | None = None, workers: int = 2, stop: Stop | None = None) -> Replanned:
    """Return the plan that moves as few as possible, after some changes, of those that lose no more than is allowed.

    Parameters
    ----------
    before : the plan in force; its teachers and posts are known to the instance
    loss : what a goal may lose of its best after the changes, by the goal's name; without, a goal may lose its slack
        and the last anything
    time_limit : seconds for all solves together; None for as long as proof takes

    Raises
    ------
    InputError
        Where the changes cannot be made, a loss is of no goal of the policy, or a rule has no meaning any more.
    AuditFailedError
        Where the plan found does not pass the audit.
    """
    check(before, changes)
    clock = Clock(time_limit)
    instance, policy = edited(before, changes)
    name = before.plan.plan
    with clock.phase("arcs"):
        problem = compile(instance, weighed(policy, name))
        aim = target(before, problem, changes.withdraw, loss)
    deadline = math.inf if clock.left is None else time.monotonic() + clock.left
    ground = Ground(seed, workers, deadline, stop)
    with clock.phase("solve"):
        found = least_moves(aim, ground)
    if found.solution.x is None:
        return _without_plan(before, changes, problem, policy, found.solution, clock, stop)
    with clock.phase("audit"):
        passed = _passed(name, problem, found, seed)
        ranking = _ranking(problem, policy, passed.plan)
    with clock.phase("nobody else"):
        others = _nobody_else(aim, found, passed.plan, ground)
    result = Result(instance, policy, found.solution.status, ranking, seed, found.solution.engine,
                    findings=preflight(problem), lines={name: passed.lines}, stopped=found.solution.stopped,
                    message=found.solution.message, seconds=clock.seconds)
    return _told(before, changes, problem, Replanned(
        result, changes, before.plan, tuple(zip((o.name for o in aim.goals), aim.losses, strict=True)), found.moves,
        aim.placed - len(aim.kept), found.best, others,
        steps=steps(before.plan.placements, passed.plan.placements)))


def again(instance: Instance, policy: Policy, details: dict[str, Any], *, seed: int = 0,
          time_limit: float | None = None, stop: Stop | None = None) -> Result:
    """Return the result of a replanning done again from its folder alone.

    Parameters
    ----------
    instance, policy : the changed ones, as the folder has them
    details : what its ``replan.json`` says
    """
    from matching.scenarios.replan.losses import losses_of

    gone = frozenset(details["changes"]["withdraw"])
    kept = tuple(Placement(p["teacher"], p["need"], *NOT_STATED) for p in details["before"]["placements"]
                 if p["teacher"] not in gone)
    plan = Plan(details["before"]["plan"], "unknown", details["before"]["seed"], kept, edited=True)
    stated = [f"{name}={loss}" for name, loss in details["loss"].items() if loss is not None]
    before = Before(instance, policy, plan)
    return replan(before, Changes(), loss=losses_of(stated), seed=seed, time_limit=time_limit, stop=stop).result


def _without_plan(before: Before, changes: Changes, problem: Problem, policy: Policy, solution: Solution, clock: Clock,
                  stop: Stop | None) -> Replanned:
    clash = None
    if solution.status == "infeasible":
        with clock.phase("diagnosis"):
            clash = diagnose(problem, time_limit=clock.left, stop=stop)
    result = Result(problem.instance, policy, solution.status, None, before.plan.seed, solution.engine,
                    diagnosis=clash, stopped=solution.stopped, message=solution.message, seconds=clock.seconds)
    return Replanned(result, changes, before.plan)


def _passed(name: str, problem: Problem, found: Found, seed: int) -> Audited:
    """Return the audited plan.

    What the bounds of goals after the moves prove holds among plans that move as few: the plan is then called feasible,
    as one of the method `stable` is; optimal only where it is as good as the best that is proven whatever moves.
    """
    solution = settled(problem, found.solution)
    whatever = [(g.best, g.gap) for g in found.best]
    best = solution.status == "optimal" and [(g.best, 0) for g in solution.goals] == whatever
    return audited(name, problem, solution if best else replace(solution, status="feasible"), seed)


def _ranking(problem: Problem, policy: Policy, plan: Plan) -> Ranking:
    known = {MAIN, *(v.id for v in policy.variants)}
    figures = score(problem.instance, problem.policy, plan, fairness(Claims(problem), plan.placements))
    return rank(policy, [Candidate(plan, plan.plan if plan.plan in known else None, figures)])


def _nobody_else(aim: Target, found: Found, plan: Plan, ground: Ground) -> NobodyElse | None:
    """Return the price of moving nobody else; None where that was not found in time."""
    solution = nobody_else(aim, ground)
    if solution.x is None:
        return NobodyElse(clash=_clash(aim)) if solution.status == "infeasible" else None
    lines = [(line.goal, line.value) for line in goal_lines(aim.problem, solution)]
    worse = losses([(name, value - line.value) for (name, value), line in zip(lines, plan.goals, strict=True)],
                   aim.problem.policy)
    return NobodyElse(tuple(lines), tuple(max(0, w) for w in worse), held(aim, solution, found))


def _clash(aim: Target) -> tuple[RowLabel, ...]:
    """Return hard rules that cannot all hold while all who can stay do; any fewer could."""
    problem = aim.problem
    lower = problem.program.lower.copy()
    lower[aim.kept] = 1
    order = {rule.id: at for at, rule in enumerate(problem.policy.rules) if rule.enforce == "hard"}
    labels = sorted((label for label in dict.fromkeys(problem.program.labels) if label.rule in order),
                    key=lambda label: order[label.rule])
    fixed = replace(problem.program, lower=lower)
    return core(labels, Shrinking(fixed, Patience.of(PROOF_SECONDS)), lambda label: label.rule)


def _told(before: Before, changes: Changes, problem: Problem, found: Replanned) -> Replanned:
    assert found.plan is not None
    reasons = Reasons(problem, found.plan, before.plan.placements, changes)
    told = [Told(chain, chain_words(before.instance, problem.instance, changes, chain), reasons.of(chain))
            for chain in chains(found.steps)]
    return replace(found, told=tuple(told))
