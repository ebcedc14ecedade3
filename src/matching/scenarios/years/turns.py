"""Whose turn it is: peers, who of them has served less, and the goals that keep to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from matching.domain.records import Teacher
from matching.problem import Problem
from matching.problem.program import Int64, Objective

TURNS, HARDSHIP, SPREAD = "turns", "hardship", "spread"
"""Fewest placements out of turn; fewest sent to a hardship post again; least former service of all who are sent."""
OWN = (TURNS, HARDSHIP, SPREAD)
AFTER = "fill"
"""These goals stand directly behind the policy's last goal of this kind, before all others where there is none."""

Served = tuple[int, int]
"""How often in all, and how often within the years that are simulated; who has less comes first."""
Levels = tuple[tuple[int, ...], ...]
"""Peers who could be sent this year, by how much they have served, least first; positions in the instance."""


def peers(teacher: Teacher) -> tuple[str, str, str]:
    """Return what peers have in common: home school, subject, stage."""
    return teacher.home_site, teacher.subject, teacher.stages[0]


def levels(problem: Problem, served: Mapping[str, Served], bound: Collection[str]) -> tuple[Levels, ...]:
    """Return the groups of peers in which somebody has served more than another.

    Only those take part who have an eligible post this year and are not serving already.
    """
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    teachers = problem.instance.teachers
    for at in np.flatnonzero(np.diff(problem.arcs.start) > 0).tolist():
        if teachers[at].teacher_id not in bound:
            groups[peers(teachers[at])].append(at)

    def key(at: int) -> Served:
        return served[teachers[at].teacher_id]

    by_level = (tuple(tuple(g) for _, g in groupby(sorted(group, key=key), key)) for group in groups.values())
    return tuple(found for found in by_level if len(found) > 1)


def missed_turns(groups: Sequence[Levels], placed: Collection[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each teacher who is placed out of turn, with the peers who have served less and are not placed."""
    for group in groups:
        waiting: tuple[int, ...] = ()
        for level in group:
            if waiting:
                yield from ((teacher, waiting) for teacher in level if teacher in placed)
            waiting = (*waiting, *(teacher for teacher in level if teacher not in placed))


def with_goals(problem: Problem, served: Mapping[str, Served], bound: Collection[str], again: Int64) -> Problem:
    """Return `problem` with the goals on hardship and spread, which look at those who are free.

    Parameters
    ----------
    again : the arcs to hardship posts of teachers who have been at one within these years
    """
    n, arcs = problem.program.n_columns, problem.arcs
    hardship, spread = np.zeros(n, np.int64), np.zeros(n, np.int64)
    hardship[again] = 1
    ids = [t.teacher_id for t in problem.instance.teachers]
    times = np.array([0 if who in bound else served[who][0] for who in ids], np.int64)
    spread[:len(arcs)] = times[arcs.teacher]
    goals = list(problem.program.objectives)
    at = place(goals)
    goals[at:at] = [Objective(HARDSHIP, hardship), Objective(SPREAD, spread)]
    return replace(problem, program=replace(problem.program, objectives=tuple(goals)))


def place(goals: Sequence[Objective]) -> int:
    """Return where the goals on turns stand among the policy's own."""
    return max((k + 1 for k, goal in enumerate(goals) if goal.name == AFTER), default=0)
