"""A program with its arcs given: what is left to choose are the counts and shortfalls beyond them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.solution import Solution
from matching.engines.solve import solve
from matching.problem.program import INFINITE, Int64, Program

PATIENCE = 10.0
"""Seconds; with its arcs fixed a program all but solves itself."""


def completed(program: Program, arcs: Int64, *, in_process: bool = False) -> Solution:
    """Return the solution with these arcs whose columns beyond them are at their best for the goals in order.

    Nothing of a goal is given up for a later one. Where time is short, the solution may have no `x`.

    Parameters
    ----------
    arcs : int64, shape (n_arcs,) or longer; what stands beyond the arcs is not looked at
    in_process : for `engines.solve`
    """
    given = np.asarray(arcs[:program.n_arcs], np.int64)
    found = solve(_beyond(program, given), time_limit=PATIENCE, in_process=in_process)
    return found if found.x is None else replace(found, x=np.r_[given, found.x])


def _beyond(program: Program, given: Int64) -> Program:
    """Return the program of the columns beyond the arcs, what the arcs come to taken off its rows and goals."""
    n = program.n_arcs
    taken = np.asarray(program.matrix[:, :n] @ given, np.int64)
    lower, upper = program.row_lower, program.row_upper
    goals = (replace(o, cost=o.cost[n:], constant=o.constant + int(o.cost[:n] @ given), slack_amount=Fraction(0))
             for o in program.objectives)
    return replace(program, n_arcs=0, matrix=program.matrix[:, n:],
                   row_lower=np.where(lower > -INFINITE, lower - taken, lower),
                   row_upper=np.where(upper < INFINITE, upper - taken, upper),
                   lower=program.lower[n:], upper=program.upper[n:], objectives=tuple(goals))
