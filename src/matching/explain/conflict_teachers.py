"""How many more teachers, and of what kind, would let the rules hold: one more backbone teacher of physics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.audit import audit
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.domain.records import Teacher
from matching.domain.terms import BACKBONE
from matching.explain.conflict_bend import NAME, PATIENCE, bent
from matching.explain.conflict_model import Recruits, Relaxation
from matching.explain.conflict_program import unmet
from matching.policy.model import Place, Policy, Quota
from matching.problem import Problem, compile
from matching.problem.program import Int64, Objective
from matching.problem.together import concerned

MOST_OF_A_KIND = 6
MOST_KINDS = 100
MARK = "+"
"""Begins the ids of teachers who are only thought of."""


class Kind(NamedTuple):
    """What is told of a teacher who is to be found."""

    subject: str
    stage: str
    backbone: bool


def more_teachers(problem: Problem) -> Relaxation | None:
    """Return the fewest more teachers with which the rules hold; None where no few of any kind would do.

    Each is like one of those there are, but for personal limits: nobody's wishes, groups or farthest distance. Not
    where a hard share is of the teachers there are: more of them would change what it asks for.
    """
    policy = bent(problem.policy, ())
    if any(rule.of in ("teachers", "eligible") for rule in policy.active(Quota) if rule.enforce == "hard"):
        return None
    models = _models(problem)
    thought_of = {f"{MARK}{at}.{k}": kind for at, kind in enumerate(models) for k in range(MOST_OF_A_KIND)}
    if not 0 < len(models) <= MOST_KINDS or thought_of.keys() & problem.instance.teacher.keys():
        return None
    found = _fewest(_joined_by(problem.instance, thought_of, models), policy, thought_of)
    if found is None:
        return None
    placements, proven = found
    used = {p.teacher: thought_of[p.teacher] for p in placements if p.teacher in thought_of}
    if not audit(_joined_by(problem.instance, used, models), policy, Plan(NAME, "feasible", 0, placements)).ok:
        return None
    return Relaxation(len(used), (), "teachers", len(used), proven and len(used) <= MOST_OF_A_KIND + 1,
                      recruits=tuple(_recruits(problem.instance, used, models)))


def _recruits(instance: Instance, used: Mapping[str, Kind], models: Mapping[Kind, Teacher]) -> Iterator[Recruits]:
    for kind, times in Counter(used.values()).items():
        model = models[kind]
        yield Recruits(times, *kind, instance.site[model.home_site].county, model.teacher_id)


def _fewest(instance: Instance, policy: Policy,
            thought_of: Mapping[str, Kind]) -> tuple[tuple[Placement, ...], bool] | None:
    """Return placements with as few of those thought of as can be, and whether that is proven."""
    made = compile(instance, policy)
    new = np.array([t.teacher_id in thought_of for t in instance.teachers])
    cost: Int64 = np.zeros(made.program.n_columns, np.int64)
    cost[:len(made.arcs)] = new[made.arcs.teacher]
    program = replace(made.program, objectives=(Objective("more", cost),))
    solution = None if unmet(program).any() else engines.solve(program, time_limit=PATIENCE)
    if solution is None or solution.x is None:
        return None
    placements = made.decode(solution.x)
    times = Counter(p.teacher for p in placements if p.teacher in thought_of)
    return (placements, solution.status == "optimal") if set(times.values()) == {1} else None


def _joined_by(instance: Instance, more: Mapping[str, Kind], models: Mapping[Kind, Teacher]) -> Instance:
    newcomers = (models[kind]._replace(teacher_id=name) for name, kind in more.items())
    return replace(instance, teachers=(*instance.teachers, *newcomers))


def _models(problem: Problem) -> dict[Kind, Teacher]:
    """Return, for each kind that a post asks for, a teacher of that kind as any might be.

    Those are preferred whose school releases as many as it likes, then those who may take most posts.
    """
    instance, policy = problem.instance, problem.policy
    level = BACKBONE.rank(policy.backbone)
    due = np.logical_or.reduce([concerned(r, problem.fields) for r in policy.active(Place) if r.enforce == "hard"]
                               or [np.zeros(len(instance.teachers), np.bool_)])
    posts = np.diff(problem.arcs.start)
    free = [(instance.site[t.home_site].send_max is None, int(posts[at]), t) for at, t in enumerate(instance.teachers)
            if t.status == "approved" and not t.deferred and not due[at]]
    asked = tuple(dict.fromkeys((need.subject, need.stage) for need in instance.needs))
    known: dict[Kind, Teacher] = {}
    for *_, teacher in sorted(free, key=lambda entry: entry[:2], reverse=True):
        backbone = BACKBONE.rank(instance.backbone_level(teacher)) >= level
        for stage in teacher.stages:
            if (teacher.subject, stage) in asked:
                known.setdefault(Kind(teacher.subject, stage, backbone), _unbound(teacher))
    return known | _made_up(asked, known, policy.backbone)


def _made_up(asked: Sequence[tuple[str, str]], known: Mapping[Kind, Teacher], level: str) -> dict[Kind, Teacher]:
    """Return models of the kinds that no one is of, each after the one who is most alike."""
    found = {}
    for kind in (Kind(*post, backbone) for post in asked for backbone in (False, True)):
        like = known.get(kind._replace(backbone=not kind.backbone), next(iter(known.values()), None))
        if kind not in known and like is not None:
            found[kind] = like._replace(subject=kind.subject, stages=(kind.stage,), alt_subjects=(), honours=(),
                                        backbone=level if kind.backbone else "none")
    return found


def _unbound(teacher: Teacher) -> Teacher:
    """Return the teacher without what is theirs alone."""
    return teacher._replace(pref_1=None, pref_2=None, pref_3=None, avoid_sites=(), max_km=None, group=None,
                            mandatory=False, lock_need=None, last_need=None)
