"""What the rows of a solved program are worth: dual prices of its relaxation, goal by goal, and what they prove.

The prices come from the relaxation without cuts, each goal with those before it held at what they attained. Any prices
prove a bound of any program with rows and columns (`matching.engines.certificate`), so those of one program bound
another that differs from it in a unit. Many prices are optimal at once, and those at hand may hold for one side only:
where the other program differs in bounds alone its own prices, a few steps from these, bound it more tightly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from matching.engines.blending import blend
from matching.engines.certificate import Certificate, certify
from matching.engines.exact import rounded_bound, slack_units
from matching.engines.highs_model import Floats, build, doubles
from matching.engines.lifting import lift
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX, PRIMAL_SIMPLEX, bound_columns, rebound_rows, run
from matching.engines.system import System, system_of
from matching.problem.program import INFINITE, Int64, Program, RowLabel

Place = tuple[RowLabel, int]
"""A row by its label, and which of those with this label it is."""


UNLIMITED, LONG = 2**31 - 1, 5000
"""Iterations: of the program's own prices, and of another one's, without which the bound is looser."""


EASE = 1e-3
"""How much more room tells the prices of one more from those of one fewer."""


class Attained(NamedTuple):
    """What a goal attained, minimised and with its constant, and the most that later goals may raise it to."""

    best: int
    limit: int


def attained(program: Program, bests: Sequence[int]) -> tuple[Attained, ...]:
    """Return what goals attained and their limits.

    Parameters
    ----------
    bests : one a goal, in the goal's own sense
    """
    values = [goal.sense * best for goal, best in zip(program.objectives, bests, strict=False)]
    return tuple(Attained(v, v + slack_units(g, v)) for g, v in zip(program.objectives, values, strict=False))


class Duals:
    """Prices of a program's rows.

    Parameters
    ----------
    goals : what each of them attained
    deadline : on the monotonic clock; without time for a goal its prices are zeros

    Attributes
    ----------
    prices : one array a goal, shape (n_rows + n_goals,), the goals' own rows last
    certificates : what they prove of the program itself
    """

    def __init__(self, program: Program, goals: Sequence[Attained], deadline: float = math.inf) -> None:
        self._program, self._goals = program, tuple(goals)
        base = system_of(program)
        self._lifted = _open_above(lift(base, program.n_arcs).system, base.n_columns)
        self._costs = [self._lifted.cost(k) for k in range(len(goals))]
        self._blends = [blend(self._costs[k:]) for k in range(len(goals))]
        self._first = self._lifted.n_rows - base.n_rows
        self._highs: Any = build(self._lifted, self._blends[0].astype(np.float64), Settings(0, 1, deadline), deadline)
        self._bases: list[Any] = [None] * len(goals)
        found = [self._prices(goal) for goal in range(len(goals))]
        self.prices = tuple(found)
        self.certificates = tuple(certify(base.held(self._held(program, k)), base.cost(k), price)
                                  for k, price in enumerate(found))

    def beyond(self, other: Program, *, bounds_alone: bool, renamed: Mapping[str, str] | None = None
               ) -> tuple[int, ...]:
        """Return a bound of what changes, goal by goal in order, from the program to one that resembles it.

        No plan of `other` is better than that, compared goal by goal: the tuple ends with the first goal in which it is
        not 0, as later ones depend on what comes of it. Negative is a gain; goals are minimised.

        Parameters
        ----------
        bounds_alone : whether the other one has the same rows and columns, between other bounds
        renamed : groups of the other program's rows that have the price of another group's row in this one
        """
        system, at = system_of(other), _same_rows(self._program, other, renamed or {})
        before = self._turn_to(system) if bounds_alone else None
        found: list[int] = []
        for k, goal in enumerate(other.objectives[:len(self._goals)]):
            held, known = system.held(self._held(other, k)), np.where(at >= 0, self.prices[k][at], 0.0)
            proven = certify(held, system.cost(k), known).bound
            if bounds_alone:
                self._highs.setBasis(self._bases[k])
                proven = max(proven, certify(held, system.cost(k), self._prices(k, LONG)).bound)
            found.append(rounded_bound(goal, proven) - self._goals[k].best)
            if found[-1]:
                break
        if before is not None:
            self._bound(self._lifted, before)
        return tuple(found)

    def eased(self, rows: Int64) -> Certificate:
        """Return the first goal's prices of a little more, not less, room in all of `rows`, and what they prove.

        They bound every side as any prices do, but are no higher than what more room is worth.
        """
        lifted, base = self._lifted, system_of(self._program)
        upper = lifted.upper.astype(np.float64) + EASE
        columns = np.arange(self._program.n_arcs, dtype=np.int32)
        self._highs.changeColsBounds(len(columns), columns, lifted.lower[columns].astype(np.float64), upper[columns])
        for row in (self._first + rows).tolist():
            low, high = doubles(np.array([lifted.row_lower[row], lifted.row_upper[row]]))
            self._highs.changeRowBounds(row, low, high + EASE)
        self._highs.setBasis(self._bases[0])
        prices = self._prices(0)
        for row in (self._first + rows).tolist():
            self._highs.changeRowBounds(row, *doubles(np.array([lifted.row_lower[row], lifted.row_upper[row]])))
        bound_columns(self._highs, lifted.lower, lifted.upper)
        return certify(base, base.cost(0), prices)

    def _held(self, program: Program, goal: int) -> list[int]:
        """Return the limits of the goals before one, without their constants."""
        return [g.limit - o.constant for g, o in zip(self._goals[:goal], program.objectives, strict=False)]

    def _prices(self, goal: int, most: int = UNLIMITED) -> Floats:
        """Minimise a goal with those before it held; return the prices of the rows that are not the lifting's own.

        At first the later ones have their say, too: a goal alone has so many ties that simplex hardly moves.

        Parameters
        ----------
        most : iterations, after which there are no prices
        """
        for k in range(len(self._goals)):
            limit = float(self._held(self._program, goal)[k]) if k < goal else np.inf
            self._highs.changeRowBounds(self._lifted.goal_row(k), -np.inf, limit)
        self._charge(self._blends[goal])
        outcome = run(self._highs, DUAL_SIMPLEX, most).outcome
        if self._bases[goal] is None:
            self._bases[goal] = self._highs.getBasis()
        if outcome == "optimal" and goal + 1 < len(self._goals):
            self._charge(self._costs[goal])
            outcome = run(self._highs, PRIMAL_SIMPLEX, most).outcome
        if outcome != "optimal":
            return np.zeros(self._lifted.n_rows - self._first)
        return np.array(self._highs.getSolution().row_dual)[self._first:]

    def _charge(self, cost: Int64) -> None:
        columns = np.arange(self._lifted.n_columns, dtype=np.int32)
        self._highs.changeColsCost(len(columns), columns, cost.astype(np.float64))

    def _turn_to(self, system: System) -> System:
        """Give the relaxation the bounds of `system`; return what it has then."""
        lifted, n = self._lifted, system.n_columns
        after = replace(lifted, lower=np.r_[system.lower, lifted.lower[n:]],
                        upper=np.r_[system.upper, lifted.upper[n:]],
                        row_lower=np.r_[lifted.row_lower[:self._first], system.row_lower],
                        row_upper=np.r_[lifted.row_upper[:self._first], system.row_upper])
        self._bound(after, lifted)
        return after

    def _bound(self, system: System, before: System) -> None:
        bound_columns(self._highs, system.lower, system.upper)
        rebound_rows(self._highs, before, system)


def _open_above(lifted: System, n_columns: int) -> System:
    """Return the lifted system without bounds above its own columns, or these would have a price of their own."""
    own = lifted.n_columns - n_columns
    return lifted.bounded(lifted.lower, np.r_[lifted.upper[:n_columns], np.full(own, INFINITE)])


def _same_rows(program: Program, other: Program, renamed: Mapping[str, str]) -> Int64:
    """Return for each row of the other program and each of its goals which row of the first it is; -1 where none."""
    if program.labels == other.labels and len(program.objectives) == len(other.objectives) and not renamed:
        return np.arange(program.n_rows + len(other.objectives))
    where = {place: row for row, place in enumerate(_places(program, {}))}
    rows = [where.get(place, -1) for place in _places(other, renamed)]
    goals = [program.n_rows + k if k < len(program.objectives) else -1 for k in range(len(other.objectives))]
    return np.array([*rows, *goals], np.int64)


def _places(program: Program, renamed: Mapping[str, str]) -> list[Place]:
    seen: dict[RowLabel, int] = {}
    found = []
    for label in program.labels:
        seen[label] = seen.get(label, 0) + 1
        known = label._replace(group=renamed.get(label.group, label.group))
        found.append((known, seen[label]))
    return found
