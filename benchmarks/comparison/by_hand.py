"""What a user would try by hand: the nearest first, and deferred acceptance."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from benchmarks.comparison.case import Answer, Case, Ints, NotInstalledError, Settings

CHILD = Path(__file__).with_name("deferred_child.py")
MISSING = 3


def greedy(case: Case, settings: Settings) -> Answer:
    """Take pairs by distance, as long as the teacher is free and the post has a seat; no other rule is looked at."""
    free = [True] * case.n_teachers
    seats = case.seats.tolist()
    taken = []
    order = np.argsort(case.hectometres, kind="stable")
    for arc, teacher, need in zip(order.tolist(), case.teacher[order].tolist(), case.need[order].tolist(),
                                  strict=True):
        if free[teacher] and seats[need]:
            free[teacher] = False
            seats[need] -= 1
            taken.append(arc)
    return Answer(np.array(taken, np.int64))


def deferred(case: Case, settings: Settings) -> Answer:
    """Let teachers propose by points and posts choose by distance: deferred acceptance by PyPI's ``matching``.

    That package bears this one's name, so it lives in a folder of its own and runs in a process of its own.
    """
    points = case.program.objectives[-1].cost[:case.program.n_arcs]
    question = {"extra": settings.extra, "seats": case.seats.tolist(),
                "teachers": _lists(case.teacher, case.need, points),
                "needs": _lists(case.need, case.teacher, case.hectometres)}
    run = subprocess.run([sys.executable, "-I", str(CHILD)], input=json.dumps(question), text=True,
                         capture_output=True, check=False)
    if run.returncode == MISSING:
        raise NotInstalledError("matching (PyPI)")
    if run.returncode:
        return Answer(None, said=run.stderr.strip().splitlines()[-1] if run.stderr else f"exit {run.returncode}")
    pairs = np.array(json.loads(run.stdout), np.int64).reshape(-1, 2)
    n_needs = len(case.seats)
    keys = case.teacher.astype(np.int64) * n_needs + case.need
    return Answer(np.flatnonzero(np.isin(keys, pairs[:, 0] * n_needs + pairs[:, 1])))


def _lists(whose: Ints, other: Ints, cost: Ints) -> dict[str, list[int]]:
    """Return for each of `whose` the others, the cheapest first."""
    order = np.lexsort((other, cost, whose))
    names, first = np.unique(whose[order], return_index=True)
    return {str(name): part.tolist() for name, part in zip(names.tolist(), np.split(other[order], first[1:]),
                                                           strict=True)}
