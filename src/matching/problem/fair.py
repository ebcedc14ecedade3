"""The goal `fair`: the largest smallest share of filled seats, then as few groups as can be below each level.

A group of S seats has a share of at least p just where ``ceil(p S)`` of its seats are filled. One 0-1 column a level,
each at most the one before, whose weights in a group's row add up to that number, says so for all levels at once: the
sum over levels of ``(p_j - p_(j-1)) z_j`` is the smallest share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy import sparse

from matching.policy.model import Goal, Policy
from matching.problem.arcs import Arcs
from matching.problem.conditions import Bools
from matching.problem.fields import Fields
from matching.problem.groups import groups_of
from matching.problem.program import INFINITE, Int64
from matching.problem.rows import Rows

WHOLE = 1_000_000
"""A share is counted in millionths."""
MOST_LEVELS = 40
STEPS = 20


@dataclass(frozen=True)
class Fairness:
    """The columns of one way to form groups.

    Attributes
    ----------
    columns, gains : the smallest share is ``gains @ columns``, in millionths; both are empty without groups
    levels : for each level a column a group, 1 only where the group is not below it; None without a goal of leximin
    """

    per: str
    columns: Int64
    gains: Int64
    levels: tuple[Int64, ...] | None


def fairness(policy: Policy, fields: Fields, arcs: Arcs, rows: Rows) -> tuple[Fairness, ...]:
    """Add the columns and rows of every `per` that a fair goal of the policy or of a variant names."""
    asked: dict[str, bool] = {}
    for goal in _fair_goals(policy):
        asked[goal.per] = asked.get(goal.per, False) or goal.leximin
    return tuple(_fairness(per, leximin, fields, arcs, rows) for per, leximin in asked.items())


def _fair_goals(policy: Policy) -> Iterable[Goal]:
    goals = (*policy.goals, *(g for v in policy.variants for g in v.goals or ()))
    return (g for g in goals if g.kind == "fair")


def _fairness(per: str, leximin: bool, fields: Fields, arcs: Arcs, rows: Rows) -> Fairness:
    members, seats, labels = _groups(per, fields, arcs)
    if not len(seats):
        return Fairness(per, seats, seats, () if leximin else None)
    shares = np.unique(np.concatenate([np.zeros(0, np.int64), *(np.arange(1, s + 1) * WHOLE // s
                                                                for s in np.unique(seats).tolist())]))
    columns = _chain(per, members, [_needed(Fraction(p, WHOLE), seats) for p in shares.tolist()], labels, rows)
    levels = _levels(per, members, seats, labels, rows) if leximin else None
    return Fairness(per, columns, np.diff(shares, prepend=0), levels)


def _groups(per: str, fields: Fields, arcs: Arcs) -> tuple[sparse.csr_array, Int64, list[str]]:
    """Return of each group with an eligible pair its arcs, (n_groups, n_arcs), its seats and its label."""
    groups = groups_of((per,), fields, arcs)
    assert groups.needs is not None
    sought = np.bincount(arcs.need, minlength=arcs.n_needs) > 0
    count = np.array([n.count for n in fields.instance.needs], np.int64) * sought
    seats = np.asarray(groups.needs.T @ count, np.int64)
    kept = np.flatnonzero(seats > 0)
    return groups.arcs[kept], seats[kept], [groups.labels[g] for g in kept.tolist()]


def _needed(share: Fraction, seats: Int64) -> Int64:
    """Return how many of each group's seats make at least that share."""
    return -(-share.numerator * seats // share.denominator)


def _chain(per: str, members: sparse.csr_array, needed: list[Int64], labels: list[str], rows: Rows) -> Int64:
    """Add one column a level, 1 only where every group has the seats `needed` there, and return them."""
    columns = rows.add_columns(np.ones(len(needed), np.int64))
    steps = sparse.coo_array(np.diff(np.array(needed, np.int64).reshape(-1, len(labels)), axis=0, prepend=0))
    at = members.tocoo()
    rows.add_rows("fair", labels, [(at.row, at.col, at.data), (steps.col, columns[steps.row], -steps.data)],
                  0, INFINITE)
    _nested(per, columns, np.ones(max(len(columns) - 1, 0), np.bool_), rows)
    return columns


def _nested(per: str, columns: Int64, joined: Bools, rows: Rows) -> None:
    """Let each column be at most the one before it, where the two are `joined`."""
    first = np.flatnonzero(joined)
    each = np.arange(len(first))
    rows.add_rows("fair", [per] * len(first), [(each, columns[first], 1), (each, columns[first + 1], -1)], 0, INFINITE)


def _levels(per: str, members: sparse.csr_array, seats: Int64, labels: list[str], rows: Rows) -> tuple[Int64, ...]:
    """Add for each group one column for each number of seats that some level needs there."""
    needed = np.array([_needed(level, seats) for level in levels(seats)], np.int64).reshape(-1, len(seats))
    step = np.diff(needed, axis=0, prepend=0)
    group, level = np.nonzero(step.T)
    columns = rows.add_columns(np.ones(len(group), np.int64))
    at = members.tocoo()
    rows.add_rows("fair", labels, [(at.row, at.col, at.data), (group, columns, -step[level, group])], 0, INFINITE)
    _nested(per, columns, group[1:] == group[:-1], rows)
    of_step = np.zeros(step.shape, np.int64)
    of_step[level, group] = columns
    return tuple(np.maximum.accumulate(of_step, axis=0))


def levels(seats: Int64) -> tuple[Fraction, ...]:
    """Return the shares that groups of so many `seats` can have, or every twentieth where more than 40 can."""
    found: set[Fraction] = set()
    for many in np.unique(seats).tolist():
        found |= {Fraction(k, many) for k in range(1, many + 1)}
        if len(found) > MOST_LEVELS:
            return tuple(Fraction(k, STEPS) for k in range(1, STEPS + 1))
    return tuple(sorted(found))
