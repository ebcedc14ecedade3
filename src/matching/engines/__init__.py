"""Program to solution: HiGHS, CP-SAT, any solver of PuLP's, and min-cost flow, behind one face."""

from matching.engines.change import Change, without
from matching.engines.completion import completed
from matching.engines.process import Worker, ready
from matching.engines.registry import available, engine_of
from matching.engines.resolver import Resolver, Waiting
from matching.engines.solution import GoalOutcome, Progress, Solution
from matching.engines.solve import Stop, solve

__all__ = ["Change", "GoalOutcome", "Progress", "Resolver", "Solution", "Stop", "Waiting", "Worker", "available",
           "completed", "engine_of", "ready", "solve", "without"]
