"""How long a search for an explanation may go on, whoever does its parts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from matching.engines import Solution, Stop
from matching.engines.solve import asker


@dataclass
class Patience:
    """A deadline and a stop for many solves, and whether any of them was cut short.

    Attributes
    ----------
    deadline : by `time.monotonic`; infinite for none
    asked : tells whether to stop
    unsure : how many solves ended without an answer
    """

    deadline: float = math.inf
    asked: Callable[[], bool] = lambda: False
    unsure: int = field(default=0, init=False)

    @classmethod
    def of(cls, seconds: float | None = None, stop: Stop | None = None) -> Patience:
        """Return the patience that so many seconds from now, and a stop, leave."""
        return cls(math.inf if seconds is None else time.monotonic() + seconds, asker(stop))

    @property
    def over(self) -> bool:
        """Whether nothing more is to be begun."""
        return time.monotonic() >= self.deadline or self.asked()

    def left(self, most: float = math.inf) -> float:
        """Return the seconds left, `most` at the most."""
        return max(0.0, min(most, self.deadline - time.monotonic()))

    def within(self, seconds: float) -> Patience:
        """Return one of its own that lasts no longer than so many seconds from now."""
        return Patience(time.monotonic() + self.left(seconds), self.asked)

    def noted(self, solution: Solution) -> Solution:
        """Return the solution, after noting whether it is an answer."""
        self.unsure += solution.status == "unknown"
        return solution
