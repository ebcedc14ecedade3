"""A program with its arcs given: what is left to choose are the counts and shortfalls beyond them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.engines.solution import Solution
from matching.engines.solve import solve
from matching.problem.program import Int64, Program

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
    fixed = replace(program, lower=np.r_[given, program.lower[program.n_arcs:]],
                    upper=np.r_[given, program.upper[program.n_arcs:]],
                    objectives=tuple(replace(o, slack_amount=Fraction(0)) for o in program.objectives))
    return solve(fixed, time_limit=PATIENCE, in_process=in_process)
