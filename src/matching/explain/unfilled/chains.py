"""Ways to fill an empty seat by moving teachers along: who comes, who takes that post, down to someone without one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from matching.explain.breaks import Change
from matching.explain.caps import one_each
from matching.problem import Problem
from matching.problem.conditions import Bools
from matching.problem.program import Int64


class Chains:
    """The shortest ways from each teacher who is free to a post, whatever rules on numbers say.

    Nobody but those moved changes post, every post keeps its number of teachers, and one more comes.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._arcs = arcs = problem.arcs
        self._taken = np.zeros(len(arcs), np.bool_)
        self._taken[chosen] = True
        self._several = not one_each(problem)
        self._n = arcs.n_needs + arcs.n_teachers

    @cached_property
    def free(self) -> Bools:
        """Which teachers may take a post without giving one up."""
        free = np.ones(self._arcs.n_teachers, np.bool_)
        if not self._several:
            free[self._arcs.teacher[self._taken]] = False
        return free

    @cached_property
    def _steps(self) -> Any:
        """Return for need -> teacher and teacher -> need, nodes both, the arc between them plus one."""
        arcs, taken = self._arcs, self._taken
        node = arcs.n_needs + arcs.teacher
        gives = taken & ~self.free[arcs.teacher]
        tail = np.concatenate([arcs.need[~taken], node[gives]])
        head = np.concatenate([node[~taken], arcs.need[gives]])
        arc = np.concatenate([np.flatnonzero(~taken), np.flatnonzero(gives)]) + 1.0  # a search takes no whole numbers
        steps = sparse.csr_array((arc, (tail, head)), shape=(self._n, self._n))
        steps.sort_indices()
        return steps

    def to(self, need: int, most: int) -> list[Change]:
        """Return the shortest way of each teacher who is free, at most `most` of them, shortest first."""
        from scipy.sparse.csgraph import breadth_first_order

        order, before = breadth_first_order(self._steps, need)
        ends = order[order >= self._arcs.n_needs]
        ends = ends[self.free[ends - self._arcs.n_needs]][:most]
        return [self._way(end, need, before) for end in ends.tolist()]

    def _way(self, end: int, need: int, before: Any) -> Change:
        added: list[int] = []
        dropped: list[int] = []
        at = end
        while at != need:
            last = int(before[at])
            arc = self._arc(last, at)
            (added if last < self._arcs.n_needs else dropped).append(arc)
            at = last
        return Change(tuple(added[::-1]), tuple(dropped[::-1]))

    def _arc(self, tail: int, head: int) -> int:
        steps = self._steps
        row = slice(steps.indptr[tail], steps.indptr[tail + 1])
        return int(steps.data[row][np.searchsorted(steps.indices[row], head)]) - 1
