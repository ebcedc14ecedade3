"""Instance and policy to arrays: eligible arcs, rows labelled by rule, goals."""

from matching.problem.problem import Problem, compile
from matching.problem.program import INFINITE, Objective, Program, RowLabel

__all__ = ["INFINITE", "Objective", "Problem", "Program", "RowLabel", "compile"]
