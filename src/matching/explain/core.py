"""An irreducible set of rows that cannot all hold.

The elastic filter finds a small infeasible set, deletion makes it irreducible: J. W. Chinneck, "Feasibility and
Infeasibility in Optimization" (2008), chapters 6.2 and 6.3, here over whole-number programs and over labels, not rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
from scipy import sparse

from matching.engines import Solution
from matching.problem.program import INFINITE, Int64, Objective, Program, RowLabel

Solve = Callable[[Program], Solution]


def core(program: Program, solve: Solve) -> tuple[RowLabel, ...]:
    """Return labels whose rows cannot all hold, while those of any proper subset can.

    Parameters
    ----------
    program : infeasible
    solve : solves a program to a proof

    Notes
    -----
    A solve that ends without a proof counts as feasible in the filter and as infeasible in the deletion's favour of
    keeping the label, so that the set returned is always infeasible, if not always irreducible.
    """
    return _deleted(program, _filtered(program, solve), solve)


def only(program: Program, kept: Collection[RowLabel]) -> Program:
    """Return `program` with only the rows of those labels, and nothing to optimise."""
    wanted = frozenset(kept)
    mask = np.fromiter((label in wanted for label in program.labels), np.bool_, program.n_rows)
    nothing = Objective("feasible", np.zeros(program.n_columns, np.int64))
    return replace(program, matrix=sparse.csr_array(program.matrix[np.flatnonzero(mask)]), objectives=(nothing,),
                   row_lower=program.row_lower[mask], row_upper=program.row_upper[mask],
                   labels=tuple(label for label in program.labels if label in wanted))


def _filtered(program: Program, solve: Solve) -> tuple[RowLabel, ...]:
    """Return labels whose rows together are infeasible, by enforcing those that give way until none can."""
    enforced: dict[RowLabel, None] = {}
    while True:
        solution = solve(_elastic(program, enforced))
        if solution.x is None:
            return tuple(enforced)
        bent = _bent(program, solution.x)
        if not bent:
            return tuple(dict.fromkeys(program.labels))
        enforced.update(dict.fromkeys(bent))


def _deleted(program: Program, labels: tuple[RowLabel, ...], solve: Solve) -> tuple[RowLabel, ...]:
    kept = list(labels)
    for label in labels:
        rest = [k for k in kept if k != label]
        if solve(only(program, rest)).status == "infeasible":
            kept = rest
    return tuple(kept)


def _elastic(program: Program, enforced: Collection[RowLabel]) -> Program:
    """Let every row give way both ways, at a cost of one a unit, but for those of `enforced` labels."""
    soft = np.array([k for k, label in enumerate(program.labels) if label not in enforced], np.int64)
    n, width = len(soft), program.n_columns
    up, down = _reach(program)
    each = np.arange(n)
    signs = np.repeat(np.array([1, -1], np.int64), n)
    give = sparse.coo_array((signs, (np.tile(soft, 2), np.r_[each, n + each])), shape=(program.n_rows, 2 * n))
    cost = np.r_[np.zeros(width, np.int64), np.ones(2 * n, np.int64)]
    return replace(program, matrix=sparse.csr_array(sparse.hstack([program.matrix, give])),
                   lower=np.r_[program.lower, np.zeros(2 * n, np.int64)],
                   upper=np.r_[program.upper, up[soft], down[soft]], objectives=(Objective("slack", cost),))


def _reach(program: Program) -> tuple[Int64, Int64]:
    """Return how far each row could at most fall short of its lower bound, and exceed its upper one."""
    positive, negative = program.matrix.maximum(0), program.matrix.minimum(0)
    low = positive @ program.lower + negative @ program.upper
    high = positive @ program.upper + negative @ program.lower
    return (np.where(program.row_lower > -INFINITE, np.maximum(program.row_lower - low, 0), 0),
            np.where(program.row_upper < INFINITE, np.maximum(high - program.row_upper, 0), 0))


def _bent(program: Program, x: Int64) -> tuple[RowLabel, ...]:
    activity = program.matrix @ x[:program.n_columns]
    out = (activity < program.row_lower) | (activity > program.row_upper)
    return tuple(dict.fromkeys(program.labels[k] for k in np.flatnonzero(out).tolist()))
