"""Which units are worth the most by the dual prices, goal by goal in order."""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.engines.certificate import Certificate
from matching.engines.duals import Duals
from matching.explain.caps import one_each
from matching.explain.prices.units import Bound, Kind, Post, bounds, kinds, posts
from matching.problem import Problem
from matching.problem.counts import caps_seats
from matching.problem.program import Int64

FINE = 6
"""Decimals of a dual price; what differs by less is a tie."""
Worth = tuple[float, ...]


class Ranks:
    """Worths of one unit, one number a goal: by how much the relaxation's bound moves.

    Parameters
    ----------
    x : int64, shape (n_columns,), the plan
    """

    def __init__(self, problem: Problem, found: Duals, x: Int64) -> None:
        self._problem, self._duals, self._x = problem, found, x
        self._row = {(label.rule, label.group): row for row, label in enumerate(problem.program.labels)}

    def kinds(self) -> list[Kind]:
        """Return the kinds of teachers, dearest first; each stands by the teacher of median worth."""
        worths = self._of_teachers()
        ranked = []
        for key, members in kinds(self._problem).items():
            ordered = sorted(members, key=lambda t: (worths[t], t), reverse=True)
            like = ordered[(len(ordered) - 1) // 2]
            ranked.append((worths[like], Kind(*key, self._problem.instance.teachers[like].teacher_id)))
        return _dearest(ranked)

    def posts(self) -> list[Post]:
        """Return the posts, those whose seats are dearest first."""
        rules = [q.rule.id for q in self._problem.quotas if caps_seats(q.rule)]
        row_of = {p: self._row[(rule, p.need)] for p in posts(self._problem) for rule in rules
                  if (rule, p.need) in self._row}
        more = self._duals.eased(np.array(sorted(row_of.values()), np.int64))
        none = (0.0,) * len(self._duals.prices)
        return _dearest([(self._of_row(row_of[p], 1, more) if p in row_of else none, p) for p in posts(self._problem)])

    def bounds(self) -> list[Bound]:
        """Return the bounds that the plan meets with less than a unit to spare, dearest first."""
        return _dearest([(self._of_row(b.row, b.step), b) for b in bounds(self._problem, self._x)])

    def _of_row(self, row: int, step: int, more: Certificate | None = None) -> Worth:
        """Return the worth of a row's bound; the relaxation has rows divided by their greatest common divisor.

        Parameters
        ----------
        more : the first goal's prices of one more, where only that is asked for
        """
        matrix = self._problem.program.matrix
        data = np.abs(matrix.data[matrix.indptr[row]:matrix.indptr[row + 1]])
        divisor = int(np.gcd.reduce(data, initial=0)) or 1
        prices = [abs(float(prices[row])) for prices in self._duals.prices]
        if more is not None:
            prices[0] = abs(int(more.prices[row])) / more.scale
        return tuple(round(price * step / divisor, FINE) for price in prices)

    def _of_teachers(self) -> list[Worth]:
        """Return the worth of one more teacher like each: the price of their one post, and of columns that are full."""
        problem, arcs = self._problem, self._problem.arcs
        alone = sorted(one_each(problem))
        row_of = [next((self._row[(rule, t.teacher_id)] for rule in alone if (rule, t.teacher_id) in self._row), -1)
                  for t in problem.instance.teachers]
        more = self._duals.eased(np.array([row for row in row_of if row >= 0], np.int64))
        none = (0.0,) * len(self._duals.prices)
        own = np.array([self._of_row(row, 1, more) if row >= 0 else none for row in row_of])
        full = [np.bincount(arcs.teacher, np.maximum(0, -c.reduced[:len(arcs)] / c.scale), len(own))
                for c in (more, *self._duals.certificates[1:])]
        return [tuple(row) for row in np.round(own.reshape(len(own), -1) + np.array(full).T, FINE).tolist()]


def _dearest(ranked: list[tuple[Worth, Any]]) -> list[Any]:
    return [unit for _, unit in sorted(ranked, key=lambda one: [-part for part in one[0]])]
