"""A program's rows and goals in the form that solvers and transformations work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.problem.program import INFINITE, Int64, Program
from matching.problem.rows import reduced


@dataclass(frozen=True)
class System:
    """``row_lower <= matrix @ x <= row_upper``, ``lower <= x <= upper``, x whole.

    The last `n_goals` rows are the costs of the goals, free until a goal is held.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array of int64, shape (n_rows, n_columns), without stored zeros
    row_lower, row_upper, lower, upper : int64; `INFINITE` where unbounded
    families : int64, shape (n_rows,); rows of one family state one rule, so that a column mostly stands in one of them
    """

    matrix: sparse.csr_array
    row_lower: Int64
    row_upper: Int64
    lower: Int64
    upper: Int64
    families: Int64
    n_goals: int

    @property
    def n_rows(self) -> int:
        """How many rows there are, goals included."""
        return len(self.row_lower)

    @property
    def n_columns(self) -> int:
        """How many columns there are."""
        return len(self.lower)

    @property
    def n_free(self) -> int:
        """How many columns may move."""
        return int(np.count_nonzero(self.lower < self.upper))

    def goal_row(self, goal: int) -> int:
        """Return the row that holds the costs of `goal`."""
        return self.n_rows - self.n_goals + goal

    def cost(self, goal: int) -> Int64:
        """Return the costs of `goal`, shape (n_columns,)."""
        return self.row(self.goal_row(goal))

    def row(self, number: int) -> Int64:
        """Return what a row counts of each column, shape (n_columns,)."""
        part = slice(self.matrix.indptr[number], self.matrix.indptr[number + 1])
        row = np.zeros(self.n_columns, np.int64)
        row[self.matrix.indices[part]] = self.matrix.data[part]
        return row

    def held(self, limits: Sequence[int]) -> System:
        """Return the system with goal k at most ``limits[k]`` (constants not included)."""
        if not limits:
            return self
        row_upper = self.row_upper.copy()
        first = self.goal_row(0)
        row_upper[first:first + len(limits)] = limits
        return replace(self, row_upper=row_upper)

    def cut(self, matrix: sparse.csr_array, lower: Int64) -> System:
        """Return the system with further rows ``matrix @ x >= lower``, which every whole x of it meets anyhow."""
        first = self.goal_row(0)
        return replace(
            self, matrix=sparse.csr_array(sparse.vstack([self.matrix[:first], matrix, self.matrix[first:]])),
            row_lower=np.insert(self.row_lower, first, lower),
            row_upper=np.insert(self.row_upper, first, np.full(len(lower), INFINITE)),
            families=np.insert(self.families, first, np.full(len(lower), -1)))

    def bounded(self, lower: Int64, upper: Int64) -> System:
        """Return the system with other bounds of its columns."""
        return replace(self, lower=lower, upper=upper)

    def restricted(self, columns: Int64) -> System:
        """Return the system with only `columns`, in their order; the others are at zero."""
        return replace(self, matrix=self.matrix[:, columns], lower=self.lower[columns], upper=self.upper[columns])

    def admits(self, x: Int64) -> bool:
        """Tell whether `x` meets every row and bound."""
        activity = self.matrix @ x
        return bool(np.all(x >= self.lower) and np.all(x <= self.upper) and np.all(activity >= self.row_lower)
                    and np.all(activity <= self.row_upper))


def system_of(program: Program) -> System:
    """Return the program's rows, with its goals' costs as further, free rows."""
    goals = program.objectives
    costs = sparse.csr_array(np.array([o.cost for o in goals], np.int64).reshape(len(goals), program.n_columns))
    rows, row_lower, row_upper = reduced(program.matrix, program.row_lower, program.row_upper)
    matrix = sparse.csr_array(sparse.vstack([rows, costs], format="csr"))
    matrix.eliminate_zeros()
    free = np.full(len(goals), INFINITE)
    return System(matrix, np.r_[row_lower, -free], np.r_[row_upper, free], program.lower, program.upper,
                  _families(program), len(goals))


def rules_of_rows(program: Program) -> Int64:
    """Return the number of each row's rule, from 0 in the order of their first rows."""
    rules = {rule: k for k, rule in enumerate(dict.fromkeys(label.rule for label in program.labels))}
    return np.array([rules[label.rule] for label in program.labels], np.int64)


def _families(program: Program) -> Int64:
    rules = rules_of_rows(program)
    return np.concatenate([rules, rules.max(initial=-1) + 1 + np.arange(len(program.objectives))])
