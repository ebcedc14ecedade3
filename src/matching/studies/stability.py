"""Teachers and posts that would rather have each other than what they have, and what forbids it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.problem.standing import NONE
from matching.studies.blocking import blocking_pairs
from matching.studies.case import Case
from matching.studies.claims import UNWISHED, Claims
from matching.studies.fairness import MOST
from matching.studies.seating import NOBODY, Seating
from matching.studies.study import Column, Study


class StabilityRow(NamedTuple):
    """`teacher`, who has `has` (None: no post), would rather have `need`, which is their wish `wish` (None: no wish).

    There they would take the seat of `instead` (None: a free one, or that of whoever the rules would let go). `rule`
    forbids it; empty where it could be avoided.
    """

    teacher: str
    has: str | None
    need: str
    wish: int | None
    instead: str | None
    rule: str


COLUMNS = (
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("has", Text("现岗位", "Post now"), "need"),
    Column("need", Text("更想去的岗位", "Post they would rather have"), "need"),
    Column("wish", Text("是第几意向", "Which wish"), "wish"),
    Column("instead", Text("会换下的教师", "Who would have to go"), "teacher"),
    Column("rule", Text("不允许的规则", "What forbids it"), "forbidden_by"),
)


def rows(case: Case) -> tuple[StabilityRow, ...]:
    """Return the blocking pairs of the plan (reading 58), those that could be avoided first."""
    instance, arcs = case.instance, case.arcs
    if not len(instance.needs) or len(arcs) > MOST:
        return ()
    seating = Seating.of(Claims(case.problem), case.placements)
    found = blocking_pairs(seating)
    found = found.take(np.lexsort((found.need, found.teacher, found.wish, found.rule != NONE)))
    own = [instance.needs[arcs.need[a]].need_id if a >= 0 else None for a in seating.own[found.teacher].tolist()]
    columns = (found.teacher, found.need, found.wish, found.instead, found.rule)
    return tuple(StabilityRow(
        instance.teachers[teacher].teacher_id, has, instance.needs[need].need_id, wish if wish < UNWISHED else None,
        None if instead == NOBODY else instance.teachers[instead].teacher_id,
        "" if rule == NONE else case.policy.rules[rule].id,
    ) for has, teacher, need, wish, instead, rule in zip(own, *(c.tolist() for c in columns), strict=True))


STABILITY = Study("stability", Text("稳定性", "Stability"), COLUMNS, rows)
