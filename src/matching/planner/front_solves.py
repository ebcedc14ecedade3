"""The solves of a front: its two ends, and the best of the first cost under caps on the second."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from matching import engines
from matching.engines import Progress, Solution, Stop
from matching.engines.exact import step
from matching.engines.solve import asker
from matching.planner.apart import capped
from matching.planner.clock import Clock
from matching.planner.front_ground import ROW, Ground
from matching.planner.front_search import Cap, Found, Steps
from matching.planner.settle import pinned
from matching.planner.variants import LEAST_SECONDS, OnProgress
from matching.problem.program import Int64, Program

AT_ONCE = 2


class Settings(NamedTuple):
    """How the solves of a front run; `name` is what progress is told of."""

    engine: str
    seed: int
    workers: int
    stop: Stop | None
    on_progress: OnProgress | None
    name: str


@dataclass(frozen=True)
class Runner:
    """Runs engines within what is left of the time."""

    settings: Settings
    clock: Clock

    def share(self, to_come: int) -> float | None:
        """Return the seconds for one of so many solves to come; None without a limit."""
        return None if self.clock.left is None else self.clock.left / to_come

    @property
    def over(self) -> bool:
        """Whether no further solve is to begin."""
        return asker(self.settings.stop)() or (self.clock.left is not None and self.clock.left < LEAST_SECONDS)

    def solve(self, program: Program, seconds: float | None, workers: int | None = None, start: Int64 | None = None,
              known: Sequence[int] = ()) -> Solution:
        """Return what the engine finds in so many seconds."""
        chosen = self.settings
        return engines.solve(program, engine=chosen.engine, seed=chosen.seed, time_limit=seconds, stop=chosen.stop,
                             workers=workers or chosen.workers, start=start, known=known, on_progress=self._told)

    def _told(self, progress: Progress) -> None:
        if self.settings.on_progress is not None:
            self.settings.on_progress(self.settings.name, progress)


class Solves:
    """The questions of a front, answered.

    Parameters
    ----------
    most : the largest first cost that is allowed; None for any
    """

    def __init__(self, ground: Ground, runner: Runner, most: int | None = None) -> None:
        self._ground = ground
        self._runner = runner
        self._program = ground.program if most is None else capped(ground.program, ROW, [(ground.ends[0], most)])

    @property
    def steps(self) -> Steps:
        """By what two values of each cost differ at least."""
        first, second = self._ground.ends
        return Steps(step(first.cost), step(second.cost))

    def left(self, to_come: int) -> Solution:
        """Return the plan with the best first cost, and of these the best second one."""
        return self._runner.solve(self._program, self._runner.share(to_come), start=self._ground.start)

    def right(self, left: Found, to_come: int) -> Found | None:
        """Return the plan with the best second cost, and of these the best first one.

        The second cost is minimised alone, as a last goal, which engines are best at; then the first, from that plan,
        with the second held at what is proven.
        """
        first, second = self._ground.ends
        alone = replace(self._program, objectives=(second,))
        found = self.found(self._runner.solve(alone, self._runner.share(2 * to_come), start=left.x))
        if found is None or not found.proven or self._runner.over:
            return None if found is None else found._replace(proven=False)
        both = replace(alone, objectives=(second, first))
        known = (second.sense * (found.second + second.constant),)
        better = self.found(self._runner.solve(both, self._runner.share(2 * to_come), start=found.x, known=known))
        return better or found._replace(proven=False)

    def found(self, solution: Solution) -> Found | None:
        """Return a solution's plan with its costs."""
        if solution.x is None:
            return None
        proven = solution.status == "optimal"
        x = solution.x if proven else pinned(self._ground.problem.program, solution.x)
        first, second = (int(end.cost @ x) for end in self._ground.ends)
        return Found(first, second, x, proven)

    def ask(self, caps: Sequence[Cap], to_come: int) -> list[Found | None]:
        """Answer questions side by side."""
        seconds = self._runner.share(ceil(max(to_come, len(caps)) / len(caps)))
        workers = self._runner.settings.workers if len(caps) == 1 else 1
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda cap: self._one(cap, seconds, workers), caps))

    def _one(self, cap: Cap, seconds: float | None, workers: int) -> Found | None:
        first, second = self._ground.ends
        known = () if cap.least is None else (first.sense * (cap.least + first.constant),)
        program = capped(self._program, ROW, [(second, cap.at)])
        return self.found(self._runner.solve(program, seconds, workers, cap.right.x, known))
