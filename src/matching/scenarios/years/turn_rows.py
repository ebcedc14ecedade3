"""Turns as rows of the program: how few placements can be out of turn, to proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from matching.policy.conditions import FieldRef
from matching.policy.model import Policy, Quota
from matching.problem import Problem
from matching.problem.program import INFINITE, Int64, Objective, Program, RowLabel
from matching.scenarios.years.turns import TURNS, Levels, place


def in_turn(problem: Problem, groups: Sequence[Levels], known: Int64) -> tuple[Problem, Int64]:
    """Return `problem` with one further goal, fewest placements out of turn, and the plan `known` in its columns.

    A placement is out of turn where a peer who has served less could be sent and is not. For each level of a group a
    column says that all up to it are placed (it may be 1 only then), and for each teacher above it another one that
    they go out of turn: ``sum of the teacher's arcs <= most * (all below + out of turn)``.
    """
    rows = _Rows(problem, known)
    for group in groups:
        rows.add(group)
    program = rows.program()
    out = np.zeros(program.n_columns, np.int64)
    out[rows.out_of_turn] = 1
    goals = list(program.objectives)
    goals.insert(place(goals), Objective(TURNS, out))
    return replace(problem, program=replace(program, objectives=tuple(goals))), np.array(rows.x, np.int64)


def most_posts(policy: Policy) -> int | None:
    """Return how many posts a teacher may have at once by a hard rule on all placements; None where there is none."""
    stated = [int(r.at_most) for r in policy.active(Quota)
              if r.per == ("teacher_id",) and r.enforce == "hard" and r.measure == "seats" and r.of is None
              and not r.when and not r.count and r.at_most is not None and not isinstance(r.at_most, FieldRef)]
    return min(stated, default=None)


class _Rows:
    """Collects the rows and columns that know of turns, and what the columns are in the plan that is known."""

    def __init__(self, problem: Problem, known: Int64) -> None:
        self._base = problem.program
        self._start = problem.arcs.start
        self._most = most_posts(problem.policy)
        self._entries: list[tuple[int, int, int]] = []
        self._n_rows = 0
        self.x: list[int] = known.tolist()
        self.out_of_turn: list[int] = []

    def add(self, group: Levels) -> None:
        """Add the rows of one group of peers."""
        below: int | None = None
        for at, level in enumerate(group):
            if below is not None:
                for teacher in level:
                    self._placed_only(teacher, below)
            if at + 1 < len(group):
                below = self._all_placed(level, below)

    def _placed_only(self, teacher: int, below: int) -> None:
        """The teacher is placed only where all below are, or out of turn."""
        arcs = self._arcs(teacher)
        most = len(arcs) if self._most is None else min(len(arcs), self._most)
        out = self._column(int(self._placed(teacher) and not self.x[below]))
        self.out_of_turn.append(out)
        self._row([*((a, 1) for a in arcs), (below, -most), (out, -most)])

    def _all_placed(self, level: tuple[int, ...], below: int | None) -> int:
        """Return a column that may be 1 only where all of this level and of those below are placed."""
        so = all(map(self._placed, level)) and (below is None or bool(self.x[below]))
        column = self._column(int(so))
        if below is not None:
            self._row([(column, 1), (below, -1)])
        for teacher in level:
            self._row([(column, 1), *((a, -1) for a in self._arcs(teacher))])
        return column

    def _arcs(self, teacher: int) -> range:
        return range(int(self._start[teacher]), int(self._start[teacher + 1]))

    def _placed(self, teacher: int) -> bool:
        return any(self.x[a] for a in self._arcs(teacher))

    def _column(self, value: int) -> int:
        self.x.append(value)
        return len(self.x) - 1

    def _row(self, entries: Sequence[tuple[int, int]]) -> None:
        """Add a row ``entries <= 0``."""
        self._entries += ((self._n_rows, column, value) for column, value in entries)
        self._n_rows += 1

    def program(self) -> Program:
        """Return the program with what was added; its goals do not know the new columns."""
        base, n = self._base, len(self.x)
        more = np.zeros(n - base.n_columns, np.int64)
        at = np.array(self._entries, np.int64).reshape(-1, 3)
        added = sparse.csr_array((at[:, 2], (at[:, 0], at[:, 1])), shape=(self._n_rows, n))
        wide = sparse.csr_array((base.matrix.data, base.matrix.indices, base.matrix.indptr), shape=(base.n_rows, n))
        labels = tuple(RowLabel(TURNS, str(k + 1)) for k in range(self._n_rows))
        return replace(
            base, matrix=sparse.csr_array(sparse.vstack([wide, added])),
            row_lower=np.r_[base.row_lower, np.full(self._n_rows, -INFINITE)],
            row_upper=np.r_[base.row_upper, np.zeros(self._n_rows, np.int64)],
            lower=np.r_[base.lower, more], upper=np.r_[base.upper, more + 1], labels=(*base.labels, *labels),
            objectives=tuple(replace(o, cost=np.r_[o.cost, more]) for o in base.objectives))
