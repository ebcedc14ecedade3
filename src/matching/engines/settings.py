"""What a caller may set of a solve."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """`seed` breaks ties, `workers` is how many threads; `deadline` is on the monotonic clock, infinite for none."""

    seed: int = 0
    workers: int = 2
    deadline: float = math.inf

    def after(self, part: float) -> float:
        """Return when `part` of the time until the deadline will have passed; infinite without one."""
        if math.isinf(self.deadline):
            return self.deadline
        return self.deadline - (1 - part) * max(0.0, self.left(self.deadline))

    @staticmethod
    def left(deadline: float) -> float:
        """Return the seconds until `deadline`."""
        return deadline - time.monotonic()
