"""Of plans that are equally good, one nearer to a given plan: changes that nothing asked for are undone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from matching.problem import Problem
from matching.problem.program import Int64

ROUNDS = 20
"""So many rounds without a change undone end the search."""


def nearer(problem: Problem, before: Int64, x: Int64, kept: Int64) -> Int64:
    """Return a solution with the values of `x` in every goal that keeps at least as much of a plan.

    What differs is parted into exchanges: a teacher takes the seat that another leaves, who takes the next, and so on.
    Each that changes no goal, and two that make up for each other, are undone where every row still holds. Which seat
    is taken for whose is drawn anew in every round. It is not proven that no other solution keeps more.

    Parameters
    ----------
    before : the arcs of the plan; -1 for a pair that is none
    x : int64, shape (n_columns,)
    kept : arcs of `x` that stay
    """
    return _Undoing(problem, before, x, kept).done()


class _Undoing:
    def __init__(self, problem: Problem, before: Int64, x: Int64, kept: Int64) -> None:
        self._arcs, self._program = problem.arcs, problem.program
        self._matrix = sparse.csc_array(problem.program.matrix)
        self._costs = np.array([goal.cost[:len(problem.arcs)] for goal in problem.program.objectives], np.int64)
        self._before = np.zeros(len(problem.arcs), np.int64)
        self._before[before[before >= 0]] = 1
        self._kept = kept
        self._x = np.array(x, np.int64)
        self._rows = np.asarray(problem.program.matrix @ self._x, np.int64)
        self._random = np.random.default_rng(0)

    def done(self) -> Int64:
        idle = 0
        while idle < ROUNDS and len(self._changed()):
            idle = 0 if self._round() else idle + 1
        return self._x

    def _changed(self) -> Int64:
        return np.flatnonzero(self._x[:len(self._before)] != self._before)

    def _round(self) -> bool:
        """Undo what can be undone of one parting into exchanges; tell whether anything was."""
        undone, waiting = False, dict[bytes, Int64]()
        for exchange in self._exchanges():
            worth = self._costs[:, exchange] @ (self._before[exchange] - self._x[exchange])
            other = waiting.pop((-worth).tobytes(), None) if worth.any() else exchange[:0]
            if other is None:
                waiting[worth.tobytes()] = exchange
            else:
                undone |= self._undo(np.concatenate([exchange, other]))
        return undone

    def _undo(self, columns: Int64) -> bool:
        rows = self._rows + self._matrix[:, columns] @ (self._before[columns] - self._x[columns])
        holds = bool(np.all((rows >= self._program.row_lower) & (rows <= self._program.row_upper)))
        if holds:
            self._x[columns], self._rows = self._before[columns], rows
        return holds

    def _exchanges(self) -> Iterator[Int64]:
        """Yield the columns of each exchange that may be undone, the shortest first."""
        changed = self._random.permutation(self._changed())
        if not len(changed):
            return
        ends = np.array([*self._same_teacher(changed), *self._same_seat(changed)], np.int64).reshape(-1, 2).T
        links = sparse.coo_array((np.ones(ends.shape[1]), tuple(ends)), shape=(len(changed), len(changed)))
        label = sparse.csgraph.connected_components(links, directed=False)[1]
        order = np.argsort(label, kind="stable")
        parts = np.split(changed[order], np.flatnonzero(np.diff(label[order])) + 1)
        yield from sorted((part for part in parts if not np.isin(part, self._kept).any()), key=len)

    def _same_teacher(self, changed: Int64) -> Iterator[tuple[int, int]]:
        order = np.argsort(self._arcs.teacher[changed], kind="stable")
        alike = np.flatnonzero(np.diff(self._arcs.teacher[changed][order]) == 0)
        yield from zip(order[alike].tolist(), order[alike + 1].tolist(), strict=True)

    def _same_seat(self, changed: Int64) -> Iterator[tuple[int, int]]:
        """Yield who leaves a post beside who takes the seat, by their places among the changed."""
        left: dict[int, list[int]] = {}
        leaves = self._before[changed] == 1
        for at in np.flatnonzero(leaves).tolist():
            left.setdefault(int(self._arcs.need[changed[at]]), []).append(at)
        for at in np.flatnonzero(~leaves).tolist():
            seats = left.get(int(self._arcs.need[changed[at]]))
            if seats:
                yield at, seats.pop()
