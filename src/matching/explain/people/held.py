"""What keeps somebody without a post from every empty seat that is open to them."""

from __future__ import annotations

import numpy as np

from matching.explain.inquiry import Inquiry
from matching.problem.standing import Standing


def held_by(inquiry: Inquiry, teacher: str) -> tuple[str, ...]:
    """Return the hard rules, by id, that placing `teacher` would break at each empty seat open to them.

    Nothing where no seat is empty, or where one seat is refused by one rule and another by another.
    """
    problem, filled = inquiry.problem, inquiry.filled
    start, at = problem.arcs.start, inquiry.teacher_at[teacher]
    needs = inquiry.instance.needs
    free = [arc for arc in range(int(start[at]), int(start[at + 1]))
            if (need := needs[int(problem.arcs.need[arc])]).count > filled.get(need.need_id, 0)]
    standing = Standing(problem, problem.columns([(p.teacher, p.need) for p in inquiry.plan.placements]))
    return standing.broken_by_each(np.array(free, np.int64), np.zeros(len(free), np.int64), 1)[0]
