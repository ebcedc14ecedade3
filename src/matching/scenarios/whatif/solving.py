"""Many policies over one instance, each solved from what is known of the first."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from matching import engines
from matching.engines import Progress, Resolver, Solution
from matching.engines.solve import asker
from matching.executors import Stop
from matching.problem import Problem
from matching.problem.program import Int64, Program

LEAST_SECONDS = 0.05
Tell = Callable[[Progress], None]


class Clock:
    """Tells how long there is: until `deadline`, in seconds since 1970, so that other machines know it too."""

    def __init__(self, deadline: float | None) -> None:
        self._deadline = deadline

    @property
    def left(self) -> float | None:
        """Seconds left; None without a limit."""
        return None if self._deadline is None else max(0.0, self._deadline - time.time())

    @property
    def over(self) -> bool:
        """Whether nothing more is to begin."""
        return self.left is not None and self.left < LEAST_SECONDS


class PointSolver:
    """Solves one problem after another, those with the columns of the first from where that ended; a context.

    The answer does not depend on what was solved before.

    Parameters
    ----------
    root, known : a problem and its proven solution
    """

    def __init__(self, root: Problem, known: Solution, *, seed: int, workers: int, stop: Stop | None = None) -> None:
        self._root = root
        self._known = known
        self._seed = seed
        self._workers = workers
        self._stop = stop
        self._resolver = Resolver(root.program, seed=seed, workers=workers, known=known)

    def __enter__(self) -> PointSolver:
        self._resolver.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        self._resolver.__exit__(*reason)

    def solve(self, problem: Problem, time_limit: float | None) -> Solution:
        """Return the proven best of `problem`, by its goals in order."""
        if self._alike(problem):
            return self._resolver.solve_other(problem.program, time_limit=time_limit, stop=self._stop)
        return cold(problem.program, self._seed, self._workers, time_limit, self._stop)

    def solve_program(self, program: Program, problem: Problem, time_limit: float | None, known: Sequence[int] = (),
                      start: Int64 | None = None) -> Solution:
        """Return the proven best of `program`, which has the columns of `problem` and other goals.

        Parameters
        ----------
        known : proven bounds of its first goals
        start : a plan to begin from; the root's where None and the columns are the same
        """
        start = self._known.x if start is None and self._alike(problem) else start
        return cold(program, self._seed, self._workers, time_limit, self._stop, start=start, known=known)

    def _alike(self, problem: Problem) -> bool:
        """Tell whether the columns are those of the first problem."""
        return problem.program.n_columns == self._root.program.n_columns and _same_arcs(self._root, problem)


def cold(program: Program, seed: int, workers: int, time_limit: float | None, stop: Stop | None,
         on_progress: Tell | None = None, start: Int64 | None = None, known: Sequence[int] = ()) -> Solution:
    """Return the proven best of a program of which nothing, or but a plan of one like it, is known."""
    return engines.solve(program, seed=seed, workers=workers, time_limit=time_limit, stop=asker(stop), start=start,
                         on_progress=on_progress, known=known)


def _same_arcs(first: Problem, second: Problem) -> bool:
    return np.array_equal(first.arcs.teacher, second.arcs.teacher) and np.array_equal(first.arcs.need, second.arcs.need)
