"""A plan under drop-out: simulated, its reserve sized, the number to choose found, and a sturdier plan sought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.findings import Finding, InputError, error
from matching.domain.plan import Plan
from matching.engines import Stop
from matching.executors import Executor, Task, in_process
from matching.explain.inquiry import Inquiry
from matching.problem import Problem
from matching.problem.program import Int64
from matching.scenarios.arrivals.choose import kinds_of, number_of
from matching.scenarios.arrivals.draws import Job, Outcome, Purpose, jobs, joined, open_ground
from matching.scenarios.arrivals.figures import chance, spread, surely
from matching.scenarios.arrivals.ground import Ground, ground_of, worth_of
from matching.scenarios.arrivals.lists import of_posts, overall
from matching.scenarios.arrivals.model import Arrivals
from matching.scenarios.arrivals.rates import rates_of
from matching.scenarios.arrivals.records import Chance, CountyRisk, RuleRisk, Sure
from matching.scenarios.arrivals.result import Simulation
from matching.scenarios.arrivals.standing import fresh
from matching.scenarios.arrivals.variant import compared, sought

DRAWS = 10_000
CHANCE = 0.95
LEAST = 2
MOST = 200_000
"""Draws beyond which memory would not hold the counts."""


def simulate(inquiry: Inquiry, model: Arrivals, *, draws: int = DRAWS, seed: int = 0, wanted: float = CHANCE,
             seats: int | None = None, executor: Executor | None = None, variant: bool = False,
             time_limit: float | None = None, stop: Stop | None = None,
             on_draws: Callable[[int], None] | None = None) -> Simulation:
    """Return what becomes of a plan when not everybody arrives.

    Parameters
    ----------
    inquiry : the plan to simulate
    draws : outcomes; numbers that are chosen are chosen on as many others and tested on as many more
    seed : same plan, model, draws and seed give the same result, whatever the executor
    wanted : the stated chance, between 0 and 1
    seats : how many are to arrive, for the number to choose; those that the plan fills where None
    variant : whether to look for a plan that is best on average
    time_limit : seconds for that plan's solve
    on_draws : told after each piece of work how many draws are done, of all kinds

    Raises
    ------
    InputError
        Where a number is out of its range, the plan has no placements, or the model's mean cannot be reached.
    StoppedError
        Where `stop` is set before all is done.
    """
    check(draws, wanted, seats, seed)
    problem, plan = inquiry.problem, inquiry.plan
    rates = rates_of(model, problem, _columns(problem, plan))
    ground = ground_of(problem, plan, model, rates)
    desk = Desk(executor or in_process(), seed, draws, stop, on_draws)
    shown, choice, test = desk.draw_each(ground, (Purpose.SHOWN, Purpose.CHOICE, Purpose.TEST))
    sure = surely(shown.filled, wanted)
    found = Simulation(
        inquiry.instance, inquiry.policy, plan, model, draws, seed, wanted, ground.placed,
        sum(n.count for n in inquiry.instance.needs), _expected(ground), spread(shown.arrived), spread(shown.filled),
        spread(shown.asked), _any_hard(ground, shown), Sure(sure, chance(test.filled >= sure)), _rules(ground, shown),
        _counties(ground, shown), of_posts(inquiry.instance, ground, shown, wanted),
        overall(inquiry.instance, ground, desk.draw, shown, choice, test, wanted),
        number_of(ground, ground.placed if seats is None else seats, wanted, draws, seed),
        kinds_of(inquiry.instance, ground, wanted, draws, seed))
    if not variant:
        return found
    plans, tried = sought(problem, plan, model, rates, worth_of(problem), seed, time_limit, stop)
    return replace(found, variant=compared(plan, plans, tried, lambda one, purpose: desk.draw(
        ground if one is plan else ground_of(problem, one, model, rates), purpose)))


@dataclass(frozen=True)
class Desk:
    """Has draws worked by an executor, and tells how many are done."""

    executor: Executor
    seed: int
    draws: int
    stop: Stop | None
    on_draws: Callable[[int], None] | None

    def draw(self, ground: Ground, purpose: int, among: tuple[int, ...] | None = None) -> Outcome:
        """Return what the draws of a purpose come to, with all of the reserve or some of it."""
        return joined(self._outcomes(ground, jobs(self.seed, purpose, self.draws, among)))

    def draw_each(self, ground: Ground, purposes: Sequence[int]) -> list[Outcome]:
        """Return what the draws of each purpose come to, all worked together: workers are started once."""
        parts = [jobs(self.seed, purpose, self.draws) for purpose in purposes]
        found, n = self._outcomes(ground, [job for part in parts for job in part]), len(parts[0])
        return [joined(found[k * n:(k + 1) * n]) for k in range(len(parts))]

    def _outcomes(self, ground: Ground, work: list[Job]) -> list[Outcome]:

        def tell(number: int, result: object) -> None:
            if self.on_draws is not None:
                self.on_draws(work[number].draws)

        return self.executor.run(Task(open_ground, ground), work, stop=self.stop, on_done=tell)


def _columns(problem: Problem, plan: Plan) -> Int64:
    if not plan.placements:
        raise InputError([error("no_placements", f"方案 {plan.plan} 没有安置任何人，无从模拟到岗；请换一个方案",
                                f"plan {plan.plan} places nobody, so that nobody can arrive; name another plan",
                                value=plan.plan)])
    chosen = problem.columns([(p.teacher, p.need) for p in plan.placements])
    lost = [p for p, c in zip(plan.placements, chosen.tolist(), strict=True) if c < 0]
    if lost:
        raise InputError([error("not_eligible", f"方案 {plan.plan}：{p.teacher} 去 {p.need} 不符合资格规则，请重新求解",
                                f"in plan {plan.plan} {p.teacher} is not eligible for {p.need}; solve again",
                                value=p.teacher) for p in lost])
    return chosen


def _expected(ground: Ground) -> tuple[float, float]:
    """Return the exact mean of those who arrive, and the deviation where each has one post."""
    rates = ground.rate[:ground.placed]
    return float(rates.sum()), float(np.sqrt((rates * (1 - rates)).sum()))


def _any_hard(ground: Ground, drawn: Outcome) -> Chance:
    hard = np.zeros(len(ground.demands.rules), np.bool_)
    hard[ground.demands.rule[ground.demands.hard]] = True
    return chance(np.logical_or.reduce(drawn.broken[:, hard] > 0, axis=1))


def _rules(ground: Ground, drawn: Outcome) -> tuple[RuleRisk, ...]:
    """Return the rules that are touched in any draw, those that fail most often first."""
    demands, draws = ground.demands, len(drawn.filled)
    now = fresh(demands, ground.placed, np.ones((ground.placed, 1), np.bool_)).broken()[:, 0]
    hard = dict(zip(demands.rule.tolist(), demands.hard.tolist(), strict=True))
    in_plan = demands.by_rule @ now.astype(np.int64)
    found = [RuleRisk(rule, hard[k], int(in_plan[k]), chance(drawn.before[:, k] > 0), chance(drawn.broken[:, k] > 0),
                      float(drawn.broken[:, k].mean()), float(drawn.refused[k] / draws))
             for k, rule in enumerate(demands.rules) if k in hard]
    touched = [r for r in found if r.before.hits or r.after.hits or r.in_the_way]
    return tuple(sorted(touched, key=lambda r: (not r.hard, -r.after.share, -r.in_the_way)))


def _counties(ground: Ground, drawn: Outcome) -> tuple[CountyRisk, ...]:
    planned = np.bincount(ground.county, ground.planned, minlength=len(ground.counties)).astype(np.int64)
    found = []
    for k in np.flatnonzero(planned).tolist():
        seats = spread(drawn.counties[:, k])
        found.append(CountyRisk(ground.counties[k], int(planned[k]), seats.mean, seats.low, seats.high,
                                chance(drawn.counties[:, k] >= planned[k])))
    return tuple(sorted(found, key=lambda c: c.mean / c.planned))


def check(draws: int, wanted: float, seats: int | None = None, seed: int = 0) -> None:
    """Refuse numbers that are out of their range; raises `InputError` with every one."""
    found: list[Finding] = []
    if not LEAST <= draws <= MOST:
        found.append(error("draws_range", f"抽样次数应在 {LEAST} 到 {MOST:,} 之间，现为 {draws}",
                           f"draws are from {LEAST} to {MOST:,}, not {draws}", value=str(draws), suggest=(str(DRAWS),)))
    if not 0 < wanted < 1:
        found.append(error("chance_range", f"把握程度应大于 0、小于 1（如 0.95 或 95%），现为 {wanted:g}",
                           f"the chance is above 0 and below 1 (0.95 or 95%), not {wanted:g}", value=f"{wanted:g}",
                           suggest=("95%",)))
    if seats is not None and seats < 1:
        found.append(error("seats_range", f"到岗人数目标应不小于 1，现为 {seats}", f"seats are 1 or more, not {seats}",
                           value=str(seats)))
    if seed < 0:
        found.append(error("seed_range", f"随机种子不能是负数，现为 {seed}", f"a seed is 0 or more, not {seed}",
                           value=str(seed), suggest=("0",)))
    if found:
        raise InputError(found)
