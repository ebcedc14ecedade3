"""A problem's rows as what a conflict is made of: each rule in each group holds, or is left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.policy.conditions import Condition
from matching.policy.model import Balance, Goal, Place, Policy, Quota, Require, Rule, Together
from matching.problem.counts import caps_seats
from matching.problem.program import Int64, Objective, Program, RowLabel

ALWAYS = Condition("", ())
NO_GOAL = (Goal("fill"),)


def strict(policy: Policy) -> Policy:
    """Return the hard rules of `policy` alone, none of which takes another for granted.

    A rule that keeps posts to their seats is stated as any other: where it is known for what it is, the rows of other
    rules count on it.
    """
    return replace(policy, rules=tuple(_alone(rule) for rule in policy.rules), goals=NO_GOAL, variants=())


def _alone(rule: Rule) -> Rule:
    if rule.enforce == "elastic" and isinstance(rule, Require | Quota | Balance | Place | Together):
        return replace(rule, enforce="report")
    return replace(rule, when=(ALWAYS,)) if isinstance(rule, Quota) and caps_seats(rule) else rule


def unmet(program: Program) -> npt.NDArray[np.bool_]:
    """Tell for each row whether the columns' bounds alone keep it from being met."""
    up, down = program.matrix.maximum(0), (-program.matrix).maximum(0)
    most = up @ program.upper - down @ program.lower
    least = up @ program.lower - down @ program.upper
    return np.asarray((most < program.row_lower) | (least > program.row_upper))


def only(program: Program, kept: Collection[RowLabel]) -> Program:
    """Return `program` with only the rows of those labels, and nothing to optimise."""
    wanted = frozenset(kept)
    mask = np.fromiter((label in wanted for label in program.labels), np.bool_, program.n_rows)
    return replace(program, matrix=sparse.csr_array(program.matrix[np.flatnonzero(mask)]),
                   objectives=(nothing(program.n_columns),), row_lower=program.row_lower[mask],
                   row_upper=program.row_upper[mask], labels=tuple(k for k in program.labels if k in wanted))


def nothing(n_columns: int) -> Objective:
    """Return the goal that any plan attains."""
    return Objective("feasible", np.zeros(n_columns, np.int64))


def among(program: Program, columns: npt.NDArray[np.bool_]) -> Program:
    """Return `program` without the columns that are not among `columns`."""
    kept = np.flatnonzero(columns)
    if len(kept) == program.n_columns:
        return program
    return replace(program, n_arcs=len(kept), matrix=sparse.csr_array(program.matrix.tocsc()[:, kept]),
                   lower=program.lower[kept], upper=program.upper[kept], objectives=(nothing(len(kept)),))


def gathered(program: Program, kinds: Int64 | None = None) -> tuple[Program, Int64]:
    """Return `program` with columns that stand alike in every row added up into one, and the kind of each.

    What is left has a solution where `program` has one: a sum of whole columns can be parted again.

    Parameters
    ----------
    kinds : columns of different kinds are kept apart
    """
    matrix = program.matrix.tocsc()
    matrix.sort_indices()
    kinds = np.zeros(program.n_columns, np.int64) if kinds is None else kinds
    weights = np.random.default_rng(0).integers(1, 2**40, size=program.n_rows, dtype=np.int64)
    hashed = matrix.T @ weights
    order = np.lexsort((kinds, hashed))
    ordered = np.stack([hashed[order], kinds[order]])
    starts = np.r_[True, (np.diff(ordered) != 0).any(axis=0)] if len(order) else np.zeros(0, np.bool_)
    group = np.empty(len(order), np.int64)
    group[order] = np.cumsum(starts) - 1
    first = order[starts]
    if not _alike(matrix, first[group]):
        return program, kinds
    bounds = [np.zeros(len(first), np.int64) for _ in range(2)]
    for total, bound in zip(bounds, (program.lower, program.upper), strict=True):
        np.add.at(total, group, bound)
    return replace(program, n_arcs=len(first), matrix=sparse.csr_array(matrix[:, first]), lower=bounds[0],
                   upper=bounds[1], objectives=(nothing(len(first)),)), kinds[first]


def _alike(matrix: sparse.csc_array, other: Int64) -> bool:
    """Tell whether each column equals the one at the position in `other`."""
    start, length = matrix.indptr[:-1], np.diff(matrix.indptr)
    if np.any(length != length[other]):
        return False
    at = np.arange(matrix.nnz) + np.repeat(start[other] - start, length)
    return bool(np.all(matrix.indices == matrix.indices[at]) and np.all(matrix.data == matrix.data[at]))
