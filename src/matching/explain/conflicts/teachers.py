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
from matching.explain.conflicts.bend import NAME, PATIENCE, bent
from matching.explain.conflicts.model import Recruits, Relaxation
from matching.explain.conflicts.program import unmet
from matching.explain.patience import Patience
from matching.policy.model import Place, Policy, Quota
from matching.problem import Problem, compile
from matching.problem.program import Int64, Objective
from matching.problem.together import concerned

MOST_THOUGHT_OF = 600
MOST_OF_A_KIND = 6
MOST_BY_SCHOOL = 300
"""So many kinds are told apart by school as well; of more only by what they teach."""
MARK = "+"
"""Begins the ids of teachers who are only thought of."""


class Kind(NamedTuple):
    """What is told of a teacher who is to be found; `home` is empty where any school will do."""

    subject: str
    stage: str
    backbone: bool
    home: str = ""


def more_teachers(problem: Problem, patience: Patience) -> Relaxation | None:
    """Return the fewest more teachers with which the rules hold; None where no few of any kind would do.

    Each is like one of those there are, but for personal limits: nobody's wishes, groups or farthest distance. Not
    where a hard share is of the teachers there are: more of them would change what it asks for.
    """
    policy = bent(problem.policy, ())
    if any(rule.of in ("teachers", "eligible") for rule in policy.active(Quota) if rule.enforce == "hard"):
        return None
    models = _models(problem)
    most = min(MOST_OF_A_KIND, MOST_THOUGHT_OF // max(1, len(models)))
    thought_of = {f"{MARK}{at}.{k}": kind for at, kind in enumerate(models) for k in range(most)}
    if not thought_of or thought_of.keys() & problem.instance.teacher.keys():
        return None
    found = _fewest(_joined_by(problem.instance, thought_of, models), policy, thought_of, patience)
    if found is None:
        return None
    placements, proven = found
    used = {p.teacher: thought_of[p.teacher] for p in placements if p.teacher in thought_of}
    if not audit(_joined_by(problem.instance, used, models), policy, Plan(NAME, "feasible", 0, placements)).ok:
        return None
    return Relaxation(len(used), (), "teachers", len(used), proven and len(used) <= most + 1,
                      recruits=tuple(_recruits(problem.instance, used, models)))


def _recruits(instance: Instance, used: Mapping[str, Kind], models: Mapping[Kind, Teacher]) -> Iterator[Recruits]:
    for kind, times in Counter(used.values()).items():
        model = models[kind]
        yield Recruits(times, *kind[:3], instance.site[model.home_site].county, kind.home, model.teacher_id)


def _fewest(instance: Instance, policy: Policy, thought_of: Mapping[str, Kind],
            patience: Patience) -> tuple[tuple[Placement, ...], bool] | None:
    """Return placements with as few of those thought of as can be, backbone teachers last, and whether it is proven."""
    made = compile(instance, policy)
    kinds = [thought_of.get(t.teacher_id) for t in instance.teachers]
    told = ("more", [kind is not None for kind in kinds]), ("backbone", [k is not None and k.backbone for k in kinds])
    costs: Int64 = np.zeros((len(told), made.program.n_columns), np.int64)
    costs[:, :len(made.arcs)] = np.array([counted for _, counted in told])[:, made.arcs.teacher]
    goals = tuple(Objective(name, cost) for (name, _), cost in zip(told, costs, strict=True))
    program = replace(made.program, objectives=goals)
    if unmet(program).any():
        return None
    solution = patience.noted(engines.solve(program, time_limit=patience.left(PATIENCE), stop=patience.asked))
    if solution.x is None:
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
    due = np.logical_or.reduce([concerned(r, problem.fields) for r in policy.active(Place) if r.enforce == "hard"]
                               or [np.zeros(len(instance.teachers), np.bool_)])
    posts = np.diff(problem.arcs.start)
    free = [(instance.site[t.home_site].send_max is None, int(posts[at]), t) for at, t in enumerate(instance.teachers)
            if t.status == "approved" and not t.deferred and not due[at]]
    staff = [_unbound(teacher) for *_, teacher in sorted(free, key=lambda entry: entry[:2], reverse=True)]
    asked = tuple(dict.fromkeys((need.subject, need.stage) for need in instance.needs))
    homes = tuple(dict.fromkeys(t.home_site for t in staff))
    kinds = [Kind(*post, backbone) for post in asked for backbone in (False, True)]
    by_school = [kind._replace(home=home) for home in homes for kind in kinds]
    return _found(kinds if len(by_school) > MOST_BY_SCHOOL else by_school, staff, instance, policy.backbone)


def _found(kinds: Sequence[Kind], staff: Sequence[Teacher], instance: Instance, level: str) -> dict[Kind, Teacher]:
    """Return one of `staff` for each kind, else the one most like it with the subject, stage and level asked for."""
    least = BACKBONE.rank(level)
    known: dict[tuple[object, ...], Teacher] = {}
    for t in staff:
        backbone = BACKBONE.rank(instance.backbone_level(t)) >= least
        for home in (t.home_site, ""):
            for stage in t.stages:
                known.setdefault((t.subject, stage, backbone, home), t)
                known.setdefault((t.subject, stage, home), t)
            known.setdefault((home,), t)
    found = {}
    for kind in kinds:
        alike = known.get((kind.subject, kind.stage, kind.home), known.get((kind.home,)))
        if tuple(kind) in known:
            found[kind] = known[tuple(kind)]
        elif alike is not None:
            found[kind] = alike._replace(subject=kind.subject, stages=(kind.stage,), alt_subjects=(), honours=(),
                                         backbone=level if kind.backbone else "none")
    return found


def _unbound(teacher: Teacher) -> Teacher:
    """Return the teacher without what is theirs alone."""
    return teacher._replace(pref_1=None, pref_2=None, pref_3=None, avoid_sites=(), max_km=None, group=None,
                            mandatory=False, lock_need=None, last_need=None)
