"""The worker process of a `Resolver`: a program on standard input, then one change of it after another."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import IO

from matching.domain.pipes import answer_stream, jobs_asked
from matching.engines.change import changed
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.nearby import Nearby
from matching.engines.process import OUT_OF_MEMORY, Kept, KeptJob
from matching.engines.settings import Settings
from matching.engines.standing import read, write
from matching.engines.worker import settings_of, tell_caller, told_ledger
from matching.problem.program import Int64, Program

FEWEST_KEPT = 5_000
"""With fewer arcs it takes no time worth keeping a file for."""


class KeptSearch:
    """A program and the search that has worked it so far.

    Parameters
    ----------
    x, bounds : a plan of the program and proven bounds of its goals, as far as they are known
    place : where it is kept, for the next such search of the same program and plan's goals, what this one begins from
    """

    def __init__(self, program: Program, x: Int64 | None = None, bounds: Sequence[int] = (), place: Path | None = None
                 ) -> None:
        self._program = program
        self._known = x, bounds
        self._place = place if x is not None else None
        self._begun = False
        self._nearby: Nearby | None = None

    def work(self, job: KeptJob, answers: IO[bytes]) -> str:
        """Solve the program under a change and tell every event."""
        ledger = told_ledger(changed(self._program, job.change), job.x, job.bounds, answers)
        settings = settings_of(job)
        return self.solve(ledger, settings)

    def solve(self, ledger: Ledger, settings: Settings) -> str:
        """Work the ledger of the program, or of a change of it; the answer depends on no change before."""
        if not self._begun:
            self._begin(settings)
        if self._nearby is None:
            return lexicographic(ledger, GoalSearch(ledger.program, settings), settings)
        return self._nearby.solve(ledger, settings)

    def _begin(self, settings: Settings) -> None:
        """Solve the program as it is, to begin from there; where it has no plan, or time is up, nothing is kept."""
        self._begun = True
        if self._place is None or self._program.n_arcs < FEWEST_KEPT:
            self._nearby = self._near(GoalSearch(self._program, settings), settings)
        else:
            self._resume(self._place, settings)

    def _resume(self, place: Path, settings: Settings) -> None:
        """Begin where the file says, or would say: what is answered is the same whether it was there or not."""
        search = GoalSearch(self._program, settings, whole=True)
        ledger = self._solved(search, settings)
        if ledger is None:
            return
        key = search.key(ledger)
        standing = read(place, key)
        if standing is None:
            first = self._near(GoalSearch(self._program, settings), settings)
            if first is None:
                return
            standing = first.search.relaxation.standing()
            write(place, key, standing)
        self._nearby = _standing(Nearby(search, ledger, settings.deadline, standing))

    def _near(self, search: GoalSearch, settings: Settings) -> Nearby | None:
        ledger = self._solved(search, settings)
        return None if ledger is None else _standing(Nearby(search, ledger, settings.deadline))

    def _solved(self, search: GoalSearch, settings: Settings) -> Ledger | None:
        """Return the ledger of the program, all goals proven; None where they are not."""
        ledger = Ledger(self._program)
        if self._known[0] is not None:
            ledger.offer(self._known[0])
        for goal, bound in enumerate(self._known[1]):
            ledger.raise_bound(goal, bound)
        done = lexicographic(ledger, search, settings) == "done" and not any(o.gap for o in ledger.outcomes())
        return ledger if done else None


def _standing(nearby: Nearby) -> Nearby | None:
    return nearby if nearby.stands else None


def main() -> None:
    """Work jobs until standard input ends; that ends the process in the middle of one, since nobody waits for it."""
    answers = answer_stream()
    jobs = jobs_asked()
    import_module("highspy")
    kept: KeptSearch | None = None
    while True:
        job = jobs.get()
        try:
            if isinstance(job, Kept):
                kept = KeptSearch(*job)
            elif kept is not None:
                tell_caller(answers, kept.work(job, answers))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
