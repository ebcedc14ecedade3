"""Whether an edited program is the former one but for bounds, so that it can be solved again from the plan's basis.

One more teacher who is like another stands in the same rows with the same numbers. Their columns taken together, a post
may then have both: the columns go up to 2, and so does the row that gave one of them one post. Any plan of that falls
apart into one for each of the two.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from matching.engines import Change
from matching.explain.prices.edits import Edit
from matching.problem.conditions import Bools
from matching.problem.program import INFINITE, Int64, Program


def as_change(base: Program, edit: Edit, one_post: Collection[str]) -> Change | None:
    """Return the bounds by which an edited program differs from `base`; None where it differs in more.

    Parameters
    ----------
    one_post : the rules that give every teacher one post
    """
    if edit.change is not None or edit.at is None:
        return edit.change
    first = np.zeros(len(edit.at), np.bool_)
    first[np.unique(edit.at, return_index=True)[1]] = True
    if not (_same_goals(base, edit.program, edit.at) and _twins(edit, first, one_post)):
        return None
    rows = _rows(base, edit, first)
    return None if rows is None else _change(base, edit, *rows)


def never_holds(program: Program, rows: Int64) -> bool:
    """Tell whether the columns' bounds alone rule out one of some rows, such as a cap of less than nobody."""
    least, most = _reach(program.matrix[rows], program.lower, program.upper)
    return bool(np.any(least > program.row_upper[rows]) or np.any(most < program.row_lower[rows]))


def _same_goals(base: Program, other: Program, at: Int64) -> bool:
    if len(base.objectives) != len(other.objectives):
        return False
    return all((a.name, a.sense, a.constant) == (b.name, b.sense, b.constant) and np.array_equal(a.cost[at], b.cost)
               for a, b in zip(base.objectives, other.objectives, strict=True))


def _twins(edit: Edit, first: Bools, one_post: Collection[str]) -> bool:
    """Tell whether one more teacher's columns are those of the one they are like, but for the row of one post."""
    if not edit.alike:
        return True
    labels, names = edit.program.labels, {*edit.alike, *edit.alike.values()}
    own = np.array([label.group in names for label in labels], np.bool_)
    if any(labels[row].rule not in one_post for row in np.flatnonzero(own)):
        return False
    code = edit.program.matrix.T @ np.where(own, 0, _numbers(len(labels)))
    assert edit.at is not None
    of_first = np.zeros(int(edit.at.max(initial=-1)) + 1, np.int64)
    of_first[edit.at[first]] = code[first]
    return np.array_equal(of_first[edit.at], code)


def _rows(base: Program, edit: Edit, first: Bools) -> tuple[Int64, Int64] | None:
    """Return which row of `base` each row is; -1 for those of one more teacher, and None where one is new."""
    assert edit.at is not None
    number = _numbers(base.n_columns)
    there = np.zeros(base.n_columns, np.int64)
    there[edit.at] = number[edit.at]
    known: dict[tuple[object, int], list[int]] = {}
    for row, key in reversed([*enumerate(zip(base.labels, (base.matrix @ there).tolist(), strict=True))]):
        known.setdefault(key, []).append(row)
    found = []
    codes = edit.program.matrix @ np.where(first, number[edit.at], 0)
    for label, code in zip(edit.program.labels, codes.tolist(), strict=True):
        if label.group in edit.alike:
            found.append(-1)
        elif known.get((label, code)):
            found.append(known[(label, code)].pop())
        else:
            return None
    gone = [row for rows in known.values() for row in rows]
    return np.array(found, np.int64), np.array(sorted(gone), np.int64)


def _change(base: Program, edit: Edit, rows: Int64, gone: Int64) -> Change:
    other, at = edit.program, edit.at
    assert at is not None
    lower, upper = np.zeros(base.n_columns, np.int64), np.zeros(base.n_columns, np.int64)
    np.add.at(lower, at, other.lower)
    np.add.at(upper, at, other.upper)
    low, high = base.row_lower.copy(), base.row_upper.copy()
    kept = rows >= 0
    low[rows[kept]], high[rows[kept]] = other.row_lower[kept], other.row_upper[kept]
    twice = [r for r in rows[kept].tolist() if base.labels[r].group in edit.alike.values()]
    high[twice] += 1
    _free(base, lower, upper, gone, (low, high))
    columns = np.flatnonzero((lower != base.lower) | (upper != base.upper))
    moved = np.flatnonzero((low != base.row_lower) | (high != base.row_upper))
    return Change(columns, lower[columns], upper[columns], moved, low[moved], high[moved])


def _free(base: Program, lower: Int64, upper: Int64, gone: Int64, bounds: tuple[Int64, Int64]) -> None:
    """Free the rows that the edited program has not, but for those that hold within the columns' bounds anyhow."""
    least, most = _reach(base.matrix[gone], lower, upper)
    low, high = bounds
    loose = gone[(least < low[gone]) | (most > high[gone])]
    low[loose], high[loose] = -INFINITE, INFINITE


def _reach(part: Any, lower: Int64, upper: Int64) -> tuple[Int64, Int64]:
    """Return the least and the most that rows can come to."""
    over, under = part.maximum(0), part.minimum(0)
    return over @ lower + under @ upper, over @ upper + under @ lower


def _numbers(n: int) -> Int64:
    return np.random.default_rng(n).integers(1, 2**62, n)
