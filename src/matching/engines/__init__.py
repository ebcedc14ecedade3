"""Program to solution: HiGHS, CP-SAT, any solver of PuLP's, and min-cost flow, behind one face."""

from matching.engines.process import Worker, ready
from matching.engines.registry import available, engine_of
from matching.engines.solution import GoalOutcome, Progress, Solution
from matching.engines.solve import Stop, solve

__all__ = ["GoalOutcome", "Progress", "Solution", "Stop", "Worker", "available", "engine_of", "ready", "solve"]
