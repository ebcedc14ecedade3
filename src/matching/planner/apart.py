"""A program whose plans differ from given ones, and lose no more than is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from matching.policy.model import Slack
from matching.problem.program import INFINITE, Int64, Objective, Program, RowLabel

DIFFER, LOSS = "differ", "loss"
Loss = Slack | Mapping[str, Slack] | None


def apart(program: Program, plans: Sequence[Int64], least: int) -> Program:
    """Return `program` for plans that differ from each of `plans` in at least `least` placements.

    Two plans differ in as many placements as the one has that the other has not, whichever of the two counts is the
    smaller: so many placements of each are new, and nobody is merely left out.
    """
    arcs = [np.flatnonzero(x[:program.n_arcs] > 0) for x in plans]
    kept = _rows(program, [(a, np.ones(len(a), np.int64)) for a in arcs])
    new = _rows(program, [_others(program, a) for a in arcs])
    many = np.array([len(a) for a in arcs], np.int64)
    program = with_rows(program, DIFFER, kept, np.full(len(arcs), -INFINITE), many - least)
    return with_rows(program, DIFFER, new, np.full(len(arcs), least), np.full(len(arcs), INFINITE))


def difference(program: Program, one: Int64, other: Int64) -> int:
    """Return in how many placements two plans differ."""
    mine, theirs = one[:program.n_arcs] > 0, other[:program.n_arcs] > 0
    return int(min(np.count_nonzero(mine & ~theirs), np.count_nonzero(theirs & ~mine)))


def _others(program: Program, arcs: Int64) -> tuple[Int64, Int64]:
    others = np.setdiff1d(np.arange(program.n_arcs), arcs, assume_unique=True)
    return others, np.ones(len(others), np.int64)


def limits(program: Program, x: Int64, loss: Loss) -> tuple[int | None, ...]:
    """Return what each goal's cost, minimised, may come to in a plan that loses no more than `loss` beside `x`."""
    return tuple(_limit(goal, x, loss) for goal in program.objectives)


def _limit(goal: Objective, x: Int64, loss: Loss) -> int | None:
    allowed = loss if isinstance(loss, Slack) or loss is None else loss.get(goal.name)
    if allowed is None:
        return None
    cost = int(goal.cost @ x)
    return cost + allowed.units(cost + goal.constant)


def within(program: Program, most: Sequence[int | None]) -> Program:
    """Return `program` for plans whose goals' costs are at most `most`; None is no limit."""
    held = [(goal, limit) for goal, limit in zip(program.objectives, most, strict=True) if limit is not None]
    return capped(program, LOSS, held)


def capped(program: Program, rule: str, held: Sequence[tuple[Objective, int]]) -> Program:
    """Return `program` with a row for each of `held` that keeps its cost at no more than so much."""
    rows = _rows(program, [(np.flatnonzero(goal.cost), goal.cost[np.flatnonzero(goal.cost)]) for goal, _ in held])
    return with_rows(program, rule, rows, np.full(len(held), -INFINITE), np.array([m for _, m in held], np.int64))


def _rows(program: Program, entries: Sequence[tuple[Int64, Int64]]) -> sparse.csr_array:
    ends = np.cumsum([0, *(len(columns) for columns, _ in entries)])
    columns, values = (np.concatenate([np.zeros(0, np.int64), *(e[k] for e in entries)]) for k in (0, 1))
    places = columns.astype(program.matrix.indices.dtype), ends.astype(program.matrix.indptr.dtype)
    return sparse.csr_array((values, *places), shape=(len(entries), program.n_columns))


def with_rows(program: Program, rule: str, rows: sparse.csr_array, lower: Int64, upper: Int64) -> Program:
    """Return `program` with further rows, labelled with `rule` and their number."""
    labels = tuple(RowLabel(rule, str(number)) for number in range(1, rows.shape[0] + 1))
    return replace(program, matrix=sparse.csr_array(sparse.vstack([program.matrix, rows])),
                   row_lower=np.r_[program.row_lower, lower], row_upper=np.r_[program.row_upper, upper],
                   labels=(*program.labels, *labels))
