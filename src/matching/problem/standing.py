"""Which hard rule a change would break, asked of a whole plan."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import sparse

from matching.problem.checks import Check, checks
from matching.problem.problem import Problem
from matching.problem.program import Int64

NONE = -1
"""No rule."""
AT_ONCE = 100_000
"""How many changes are judged in one go, for the sake of memory."""


class Standing:
    """How the hard rules stand in a plan, ready to be asked about changes of it.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        self._x = np.zeros(len(problem.arcs), np.int64)
        self._x[chosen] = 1

    def first_broken(self, arcs: Int64) -> list[str | None]:
        """Return for each of `arcs` the id of the first hard rule that it would break as one placement more."""
        n = len(arcs)
        rules = self._problem.policy.rules
        return [None if at == NONE else rules[at].id for at in self.broken(n, np.arange(n), arcs, np.ones(n, np.int64))]

    def broken_by_each(self, arcs: Int64, group: Int64, n: int) -> tuple[tuple[str, ...], ...]:
        """Return for each of `n` groups of arcs the hard rules that any arc of the group would break as one more.

        Parameters
        ----------
        group : int64, parallel to `arcs`, in ``[0, n)``

        Returns
        -------
        Ids in the policy's order; none for a group without arcs.
        """
        broken = {rule.id: np.zeros(len(arcs), np.bool_) for rule in self._problem.policy.rules}
        for start in range(0, len(arcs), AT_ONCE):
            part = arcs[start:start + AT_ONCE]
            n_arcs = len(part)
            changes = self._changes(0, n_arcs, np.arange(n_arcs), part, np.ones(n_arcs, np.int64))
            for check in self._checks:
                broken[check.rule][start:start + n_arcs] |= check.broken(changes)
        size = np.bincount(group, minlength=n)
        each = {rule: (size > 0) & (np.bincount(group[by], minlength=n) == size) for rule, by in broken.items()}
        return tuple(tuple(rule for rule, every in each.items() if every[at]) for at in range(n))

    def broken(self, n: int, change: Int64, arc: Int64, by: Int64) -> Int64:
        """Return for each of `n` changes the first hard rule, by its position in the policy, that it would break.

        A rule is broken in a group where it holds now and would no longer hold. Rules on single pairs are not judged.

        Parameters
        ----------
        change, arc, by : in parallel: the change `change` adds `by` (1 or -1) to the arc `arc`

        Returns
        -------
        int64, shape (n,); `NONE` where every hard rule holds as it did
        """
        return np.concatenate([np.zeros(0, np.int64), *(
            self._broken(self._changes(start, min(start + AT_ONCE, n), change, arc, by))
            for start in range(0, n, AT_ONCE))])

    def _changes(self, start: int, end: int, change: Int64, arc: Int64, by: Int64) -> sparse.csr_array:
        own = (change >= start) & (change < end)
        return sparse.csr_array((by[own], (arc[own], change[own] - start)), shape=(len(self._x), end - start))

    def _broken(self, changes: sparse.csr_array) -> Int64:
        rules = self._problem.policy.rules
        order = {rule.id: k for k, rule in enumerate(rules)}
        first = np.full(changes.shape[1], len(rules), np.int64)
        for check in self._checks:
            broken = check.broken(changes)
            first[broken] = np.minimum(first[broken], order[check.rule])
        return np.where(first == len(rules), NONE, first)

    @cached_property
    def _checks(self) -> list[Check]:
        return list(checks(self._problem, self._x))
