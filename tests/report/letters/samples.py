"""Plans to write letters about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from matching import engines
from matching import policy as policies
from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Plan
from matching.explain.reasons import Reasons
from matching.policy.model import Goal, Policy
from matching.problem import compile
from matching.problem.points import points_of_arcs
from matching.report.letters.ground import Ground
from tests.builders import distance, instance, need, site, staffing, teacher

BASE = policies.load("base")
EVERY = {"km": 3, "preference": (0, 7, 11, 13), "alt_subject": 30, "other_stage": 20, "other_mode": 10,
         "other_county": 9, "not_paired": 8, "promotion_need": -6, "home_county_match": -5, "backbone": 4,
         "hardship": -2, "language_missing": 50, "score": -1, "yuan": 2, "moved": 17}
BY_POINTS = replace(BASE, points=EVERY, goals=(Goal("fill"), Goal("points")))


@dataclass(frozen=True)
class Told:
    """What letters take: an instance, a policy and one plan."""

    instance: Instance
    policy: Policy
    plan: Plan

    @property
    def ground(self) -> Ground:
        return Ground.of(self.instance, self.policy, self.plan)


def solved(case: Instance, policy: Policy) -> Told | None:
    """The best plan; None where there is none, or the policy has no meaning for the case."""
    try:
        problem = compile(case, policy)
    except InputError:
        return None
    found = engines.solve(problem.program, in_process=True)
    if found.x is None:
        return None
    placements = problem.decode(found.x)
    reasons = Reasons(problem, placements)
    points = points_of_arcs(policy.points, problem.fields, problem.arcs, problem.facts)
    goals = tuple(_line(goal, outcome, found.x) for goal, outcome in
                  zip(problem.program.objectives, found.goals, strict=True))
    return Told(case, policy, Plan("main", found.status, 0, placements, goals, reasons.unplaced(), reasons.unfilled(),
                                   reserve=reasons.reserve(points)))


def _line(goal, outcome, x):
    value = goal.sense * int(goal.cost @ x + goal.constant)
    return GoalLine(goal.name, value, outcome.best, outcome.bound, outcome.gap)


NAMES = ("王春兰", "李志强", "张桂英", "刘建国", "陈晓燕", "杨海涛", "赵玉梅", "黄永刚", "周丽娜", "吴德胜")
"""Nobody's name is part of another word."""


def bureau() -> Told:
    """Two schools send ten teachers; three receive, one of them with a long name, one with a post nobody can take."""
    long = "积石山保安族东乡族撒拉族自治县大河家镇第一九年一贯制寄宿制学校"
    sites = [site("S1", "sender", name="城关第一小学", county="城关区", send_max=5),
             site("S2", "sender", name="城关第二小学", county="城关区"),
             site("R1", "receiver", name="石桥小学", county="青山县", beds=4),
             site("R2", "receiver", name=long, county="积石山县"),
             site("R3", "both", name="草原小学", county="高原县")]
    needs = [need("N1", "R1", 2, priority=1, weekly_hours=16), need("N2", "R2", 2, subject="math", priority=3),
             need("N3", "R3", 1, subject="physics", stage="junior"), need("N4", "R3", 1, subject="math", priority=5),
             need("N5", "R2", 1, priority=4)]
    private = {"birth": date(1987, 3, 1), "score": 87.5, "gender": "female"}
    staff = [teacher(f"T{k:03}", "S1" if k < 6 else "S2", name=name, subject="math" if k % 2 else "chinese", **private)
             for k, name in enumerate(NAMES)]
    staff[0] = staff[0]._replace(pref_1="R1", pref_2="积石山县")
    staff[1] = staff[1]._replace(pref_1="R1", pref_2="N4")
    staff[2] = staff[2]._replace(deferred=True, deferred_reason="住院手术")
    staff[3] = staff[3]._replace(status="rejected")
    staff[4] = staff[4]._replace(subject="music", max_km=50.0)
    staff[8] = staff[8]._replace(max_km=5.0)
    roads = [distance("S1", "R1", 62.0), distance("S1", "R2", 120.5), distance("S2", "R1", 70.0),
             distance("S2", "R2", 131.0), distance("S1", "R3", 240.0)]
    made = solved(instance(sites, needs, staff, distances=roads, staffing=[staffing("S2", send_max=9)]), BASE)
    assert made is not None
    return made
