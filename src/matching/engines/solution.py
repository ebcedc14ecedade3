"""What an engine answers, and what it says on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.domain.plan import Status
from matching.domain.text import Text

Stopped = Literal["time", "user", "crash", "memory"]


class GoalOutcome(NamedTuple):
    """One goal, in its own sense: `best` value found, proven `bound`, gap = |bound - best| / max(1, |best|)."""

    name: str
    best: int
    bound: int
    gap: float


class Progress(NamedTuple):
    """How far the goal at work is; `value` and `gap` are None before a plan is found. `seconds` since the start."""

    goal: str
    value: int | None
    bound: int
    gap: float | None
    seconds: float


@dataclass(frozen=True)
class Solution:
    """What a solve ended with.

    Attributes
    ----------
    status : ``optimal`` where every goal's gap is 0; ``feasible`` where a gap is stated; ``infeasible`` where it was
        proven that no plan exists; ``unknown`` where neither a plan nor that proof was found.
    x : int64 array, shape (n_columns,), or None; it meets every row and bound exactly.
    goals : one outcome a goal, in order; empty without `x`. Of a goal that was not reached, the value of `x` and
        the bound that the columns alone imply.
    stopped : what cut the solve short, or None.
    message : a sentence for people; empty where all went well.
    """

    status: Status
    x: npt.NDArray[np.int64] | None
    goals: tuple[GoalOutcome, ...]
    stopped: Stopped | None
    message: Text
    engine: str
    seconds: float


NO_MESSAGE = Text("", "")


def gap(best: int, bound: int) -> float:
    """Return |bound - best| / max(1, |best|), the contract's gap."""
    return abs(bound - best) / max(1, abs(best))
