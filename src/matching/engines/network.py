"""Finding out whether a program is a pure network, and which.

Rows that are sums of columns form a network where they fall into two laminar families (within a family any two rows are
nested or disjoint): the columns then run between two trees, one of each family, and the matrix is totally unimodular
(J. Edmonds, "Submodular functions, matroids, and certain polyhedra", 1970).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.domain.text import Text
from matching.engines.exact import without_zeros
from matching.engines.families import Tree, joined, two_trees
from matching.engines.flow import Cost, Edges, Network
from matching.engines.system import rules_of_rows
from matching.engines.weights import in_order
from matching.problem.program import INFINITE, Int32, Int64, Program

LARGEST_COST = 2**60
"""The solver multiplies costs by the number of nodes, and holds them in 63 bits."""

NARROW = 2**30
"""Numbers below it may be added and taken off each other in 32 bits."""


class NotANetworkError(Exception):
    """Why a program is no pure network."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


class _Sums(NamedTuple):
    """The program with every coefficient 1: columns that are only ever taken off are counted downwards.

    `least` and `most` are what the columns' bounds allow within the rows', `room` what can be added to the least that
    the columns add up to.
    """

    matrix: sparse.csr_array
    sign: Int64
    lower: Int64
    upper: Int64
    least: Int64
    most: Int64
    room: Int64


def network_of(program: Program) -> Network:
    """Return the network that `program` is.

    Raises
    ------
    NotANetworkError
        With the reason, where it is none, or where a goal's costs are too large.
    """
    sums = _sums(program)
    found = two_trees(sums.matrix, rules_of_rows(program))
    if found is None:
        raise NotANetworkError("规则之间交叉，不是纯网络", "its rules cross each other: no pure network")
    goals = [sums.sign * goal.cost for goal in program.objectives] or [np.zeros_like(sums.sign)]
    tighter = min(found, key=lambda tree: float(sums.room[tree.rows].sum(dtype=np.float64)))
    spans = [0, *(_span(goal, sums, tighter) for goal in goals[1:])]
    costs = in_order(goals, spans, LARGEST_COST // (program.n_rows + 4))
    if costs is None:
        raise NotANetworkError("目标的数值太大", "a goal's numbers are too large")
    return _circulation(sums, *found, costs)


def _sums(program: Program) -> _Sums:
    _check_goals(program)
    matrix = without_zeros(program.matrix)
    sign = _signs(matrix, program)
    ones = sparse.csr_array((np.ones(matrix.nnz, np.int8), matrix.indices, matrix.indptr), shape=matrix.shape)
    lower, upper = program.lower, program.upper
    if sign.min(initial=1) < 0:
        lower, upper = np.where(sign > 0, lower, -upper), np.where(sign > 0, upper, -lower)
    low, high = (_added_up(matrix, bound) for bound in (lower, upper))
    least, most = np.maximum(program.row_lower, low), np.minimum(program.row_upper, high)
    return _Sums(ones, sign, lower, upper, least, most, np.maximum(most - low, 0))


def _added_up(matrix: sparse.csr_array, bound: Int64) -> Int64:
    if len(bound) and bound.min() == bound.max() and matrix.data.min(initial=1) > 0:
        return np.asarray(bound[0] * np.diff(matrix.indptr), np.int64)
    return np.asarray((matrix if matrix.data.min(initial=1) > 0 else abs(matrix)) @ bound, np.int64)


def _check_goals(program: Program) -> None:
    if any(goal.slack_amount for goal in program.objectives[:-1]):
        raise NotANetworkError("目标带有松弛，余下的问题不是纯网络",
                               "a goal has slack: what it leaves is no pure network")
    if np.any(np.abs(program.lower) >= INFINITE) or np.any(np.abs(program.upper) >= INFINITE):
        raise NotANetworkError("有变量没有上下限", "a column has no bound")


def _signs(matrix: sparse.csr_array, program: Program) -> Int64:
    """Return whether each column is added (1) or taken off (-1) wherever it stands.

    Raises
    ------
    NotANetworkError
        Where some column is both, or counts for more than one.
    """
    sign = np.ones(program.n_columns, np.int64)
    least, most = matrix.data.min(initial=1), matrix.data.max(initial=1)
    if (least, most) == (1, 1):
        return sign
    if least < -1 or most > 1:
        raise _no_count(matrix, program, np.argmax((matrix.data < -1) | (matrix.data > 1)))
    sign[matrix.indices] = matrix.data
    odd = sign[matrix.indices] != matrix.data
    if odd.any():
        raise _no_count(matrix, program, np.argmax(odd))
    return sign


def _no_count(matrix: sparse.csr_array, program: Program, term: np.intp) -> NotANetworkError:
    rule = program.labels[int(np.searchsorted(matrix.indptr, term, side="right")) - 1].rule
    return NotANetworkError(f"规则 {rule} 不是简单计数，不是纯网络",
                            f"the rule {rule} is no plain count: no pure network")


def _span(cost: Int64, sums: _Sums, family: Tree) -> int:
    """Return what two plans can differ by in `cost` at most: each of the smallest rows filled with its dearest."""
    width = sums.upper - sums.lower
    node = np.where(family.of_column < 0, len(family.rows), family.of_column)
    total = 0
    for side in (side for side in (np.maximum(cost, 0), np.maximum(-cost, 0)) if side.any()):
        whole = np.bincount(node, side.astype(np.float64) * width, len(family.rows) + 1)
        dearest = np.zeros(len(whole), np.int64)
        np.maximum.at(dearest, node, side)
        filled = np.minimum(whole[:-1], sums.room[family.rows].astype(np.float64) * dearest[:-1])
        total += int((filled.sum() + whole[-1]) * (1 + 1e-9)) + 1
    return total


def _circulation(sums: _Sums, source: Tree, sink: Tree, costs: tuple[Cost, ...]) -> Network:
    """Join the trees: root to leaf in the first, a column across, leaf to root in the second; they have one root."""
    network = joined(source, sink)
    rows = network.rows
    lower, upper = np.concatenate([sums.lower, sums.least[rows]]), np.concatenate([sums.upper, sums.most[rows]])
    edges = Edges(network.tail, network.head, _narrow(lower), _narrow(upper))
    none = np.zeros(len(rows), np.int64)
    padded = tuple(Cost(_narrow(np.r_[c.exact, none]), None if c.light is None else _narrow(np.r_[c.light, none]))
                   for c in costs)
    return Network(network.n_nodes, edges, padded, sums.sign.astype(np.int8))


def _narrow(numbers: Int64) -> Int32 | Int64:
    """Return the numbers in 32 bits where they fit, so that less is sent to the worker."""
    fit = numbers.min(initial=0) > -NARROW and numbers.max(initial=0) < NARROW
    return numbers.astype(np.int32) if fit else numbers
