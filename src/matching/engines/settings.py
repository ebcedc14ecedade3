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

    @staticmethod
    def left(deadline: float) -> float:
        """Return the seconds until `deadline`."""
        return deadline - time.monotonic()
