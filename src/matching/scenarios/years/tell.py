"""What a solved year came to."""

from __future__ import annotations

from collections.abc import Collection

from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.breaches import out_of_turn
from matching.scenarios.years.carried import Carried, is_hard
from matching.scenarios.years.former import years_taken
from matching.scenarios.years.members import Credited
from matching.scenarios.years.outcome import Backlog, YearOutcome
from matching.scenarios.years.service import Service
from matching.scenarios.years.titles import waits
from matching.scenarios.years.turns import TURNS
from matching.scenarios.years.year import Asked, Solved
from matching.studies import Case
from matching.studies.credit import credited


def outcome(asked: Asked, solved: Solved, carried: Carried, waiting: Collection[str], seconds: float) -> YearOutcome:
    """Return the outcome of a year that has a plan.

    Parameters
    ----------
    carried : what the year began with
    waiting : who waits for rural service as it begins
    """
    assert solved.plan is not None
    begun = _begun(asked, solved)
    again = sum(asked.served[t][0] > 0 for t in {s.teacher for s in begun})
    proven = solved.fair[TURNS].gap == 0
    late = out_of_turn(asked.year, solved.problem, solved.plan, solved.groups, asked.served, proven)
    hard = tuple(s for s in begun if s.teacher in asked.at_hardship and is_hard(asked.instance, s, asked.hardship))
    return YearOutcome(
        asked.year, asked.policy.reference_date, asked.instance, solved.problem.policy, solved.plan,
        solved.plan.status, asked.running, begun, again, late, hard, solved.fair, solved.gave_way,
        carried.register.arrivals, carried.register.titles, _backlog(asked, begun, carried, waiting), seconds)


def credited_years(told: YearOutcome) -> Credited:
    """Return what the policy credits those who begin, in years, by teacher and need."""
    bound = {s.teacher for s in told.running}
    case = Case(told.instance, told.policy, told.plan)
    years = zip(case.placements, credited(case, "years"), strict=True)
    return {(p.teacher, p.need): n for p, n in years if p.teacher not in bound}


def _begun(asked: Asked, solved: Solved) -> tuple[Service, ...]:
    assert solved.plan is not None
    placed = ((p, asked.instance.need[p.need]) for p in solved.plan.placements if p.teacher not in asked.bound)
    return tuple(Service(p.teacher, need.site_id, p.need, asked.year, years_taken(need), p.mode) for p, need in placed)


def waiting_of(carried: Carried, instance: Instance, policy: Policy, assumed: Assumptions) -> frozenset[str]:
    """Return who waits for rural service as the year begins."""
    return frozenset(m.id for m in carried.register.members
                     if waits(m, instance, policy.reference_date, assumed))


def _backlog(asked: Asked, begun: tuple[Service, ...], carried: Carried, waiting: Collection[str]) -> Backlog:
    """Compare who waits with who waited a year before."""
    instance = asked.instance
    serving = {s.teacher for s in (*asked.running, *begun) if s.site is not None and instance.site[s.site].rural}
    gained = {title.teacher for title in carried.register.titles if title.waited}
    here = {m.id for m in carried.register.members}
    before = carried.waiting
    return Backlog(tuple(t.teacher_id for t in instance.teachers if t.teacher_id in waiting),
                   len(serving & set(waiting)), len(before & gained & here), len(set(waiting) - before),
                   len(before - here))
