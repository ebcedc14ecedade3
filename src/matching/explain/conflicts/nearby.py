"""A solution of all rows but some, sought near one of all rows but others.

To prove a set of clashing rows irreducible takes a solution without each of them. Such solutions differ little: what
one teacher does who may go to any number of posts, another can do. So the columns of the rows that the last solution
breaks, of those that may now be broken, and those that can take the largest values are set free, all others stay.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching import engines
from matching.engines.exact import is_feasible
from matching.explain.patience import Patience
from matching.problem.program import INFINITE, Int64, Program

FREE = 300, 1_000, 3_000
"""How many of the columns that can take the largest values are set free, one attempt after another."""
MOST_SECONDS = 10.0
"""For one attempt: solving for all columns may then be quicker."""
Mask = npt.NDArray[np.bool_]


class Nearby:
    """The last solution found of most rows of a program, and the search for others from there."""

    def __init__(self, program: Program, patience: Patience) -> None:
        self._program, self._patience = program, patience
        self._largest = np.argsort(program.lower - program.upper, kind="stable")
        self._x: Int64 | None = None

    def take(self, x: Int64) -> None:
        """Note a solution of most rows, to seek others from."""
        self._x = x

    def finds(self, rows: Program, without: Mask) -> bool:
        """Tell whether a solution of `rows` was found near the last one.

        Parameters
        ----------
        rows : the program but for the rows `without`
        """
        if self._x is None:
            return False
        moving = self._columns_of(without | _broken(self._program, self._x))
        for size in FREE:
            moving[self._largest[:size]] = True
            found = self._found(rows, self._x, moving)
            if found is not None:
                self._x = found
                return True
            if moving.all() or self._patience.over:
                return False
        return False

    def _columns_of(self, rows: Mask) -> Mask:
        part = self._program.matrix[np.flatnonzero(rows)]
        columns = np.zeros(self._program.n_columns, np.bool_)
        columns[part.indices] = True
        return columns

    def _found(self, rows: Program, x: Int64, moving: Mask) -> Int64 | None:
        """Return a solution of `rows` in which only the `moving` columns differ from `x`."""
        seconds = self._patience.left(MOST_SECONDS)
        solution = engines.solve(_among(rows, x, moving), in_process=True, time_limit=seconds, workers=1)
        if solution.x is None:
            return None
        found = x.copy()
        found[moving] = solution.x
        return found if is_feasible(rows, found) else None


def _broken(program: Program, x: Int64) -> Mask:
    activity = program.matrix @ x
    return np.asarray((activity < program.row_lower) | (activity > program.row_upper))


def _among(program: Program, x: Int64, moving: Mask) -> Program:
    """Return the program of the `moving` columns, what the others come to taken off its rows."""
    columns = np.flatnonzero(moving)
    taken = program.matrix @ np.where(moving, 0, x)
    lower, upper = program.row_lower, program.row_upper
    return replace(program, n_arcs=len(columns), matrix=program.matrix[:, columns],
                   row_lower=np.where(lower > -INFINITE, lower - taken, lower),
                   row_upper=np.where(upper < INFINITE, upper - taken, upper),
                   lower=program.lower[columns], upper=program.upper[columns],
                   objectives=tuple(replace(goal, cost=goal.cost[columns]) for goal in program.objectives))
