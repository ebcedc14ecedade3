"""One program solved again and again as its bounds change, each time from what is known of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

from matching.engines.change import Change, between, changed, tightens
from matching.engines.choice import choose
from matching.engines.highs import MANY_ARCS
from matching.engines.ledger import Ledger
from matching.engines.process import Ending, Kept, KeptJob, Worker
from matching.engines.settings import Settings
from matching.engines.solution import Solution
from matching.engines.solve import OnProgress, Stop, asker, reporting, solution_of, solve
from matching.problem.program import Program

WORKER = "matching.engines.resolver_worker"
NO_CHANGE = Change()


class Waiting:
    """A process that waits for the work of a `Resolver` and meanwhile loads what that takes.

    It is a context, whose end ends the process unless a resolver has taken it.
    """

    def __init__(self) -> None:
        self._worker: Worker | None = Worker(WORKER)

    def __enter__(self) -> Waiting:
        return self

    def __exit__(self, *_: object) -> None:
        worker = self.take()
        if worker is not None:
            worker.end()

    def take(self) -> Worker | None:
        """Return the process, for the caller to end; None where it was taken before."""
        worker, self._worker = self._worker, None
        return worker


class Resolver:
    """Solves a program under one change of its bounds after another, with the default engine, each to proof.

    A worker process solves the program as it was given once, and each change from the basis and the cuts that it then
    has. A change is of the program as it was given, and its answer does not depend on the changes asked for before. A
    pure network, or a program so large that it is worked in parts, is solved anew each time. It is a context: its end
    ends the process. One thread at a time.

    Parameters
    ----------
    seed, workers : as for `solve`
    known : the program's own solution; one that is optimal is not searched for again
    place : with an optimal solution known, the file that keeps where changes are solved from; it is written where it is
        not there, or is of something else
    waiting : for a resolver's work, a process that this one is to use unless another has
    """

    def __init__(self, program: Program, *, seed: int = 0, workers: int = 2, known: Solution | None = None,
                 place: Path | None = None, waiting: Waiting | None = None) -> None:
        self._program = program
        self._seed = seed
        self._workers = workers
        self._keeps = program.n_columns > 0 and program.n_arcs < MANY_ARCS and choose(program, "highs").network is None
        self._place = place
        self._waiting = waiting
        self._worker: Worker | None = None
        self._first = known if known is not None and known.status == "optimal" else None

    def __enter__(self) -> Resolver:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def solve(self, change: Change = NO_CHANGE, *, time_limit: float | None = None, stop: Stop | None = None,
              on_progress: OnProgress | None = None) -> Solution:
        """Optimise the goals in order under `change`; the answer and the parameters are those of `engines.solve`.

        Raises
        ------
        ValueError
            Where the change speaks of columns or rows that the program has not.
        InputError
            Where the engine cannot take the program.
        """
        program = changed(self._program, change)
        if not self._keeps:
            return solve(program, seed=self._seed, workers=self._workers, time_limit=time_limit, stop=stop,
                         on_progress=on_progress)
        began = time.monotonic()
        ledger = reporting(program, on_progress, began)
        deadline = math.inf if time_limit is None else began + time_limit
        ending = self._recalled(ledger) or self._run(ledger, change, Settings(self._seed, self._workers, deadline),
                                                     asker(stop))
        solution = solution_of(ledger, ending, "highs", time_limit is not None, time.monotonic() - began)
        if solution.status == "optimal" and not len(change.columns) and not len(change.rows):
            self._first = solution
        return solution

    def solve_other(self, program: Program, *, time_limit: float | None = None, stop: Stop | None = None,
                    on_progress: OnProgress | None = None) -> Solution:
        """Optimise another program as `solve` does: from what is known where it differs in bounds alone, else anew."""
        change = between(self._program, program)
        if change is not None:
            return self.solve(change, time_limit=time_limit, stop=stop, on_progress=on_progress)
        return solve(program, seed=self._seed, workers=self._workers, time_limit=time_limit, stop=stop,
                     on_progress=on_progress)

    def _recalled(self, ledger: Ledger) -> Ending | None:
        """Tell the ledger what is known of the program as it was given, as far as it holds; return whether that is all.
        """
        if self._first is None or self._first.x is None:
            return None
        ledger.offer(self._first.x)
        bounds = self._bounds()
        if ledger.stays(self._program, self._first.x, bounds):
            while not ledger.done:
                ledger.close()
            return Ending("done")
        if tightens(self._program, ledger.program):
            ledger.raise_bound(0, bounds[0])
        return None

    def _bounds(self) -> tuple[int, ...]:
        """Return what is proven of the goals of the program as it was given, minimised."""
        if self._first is None:
            return ()
        return tuple(g.sense * o.bound for g, o in zip(self._program.objectives, self._first.goals, strict=True))

    def _run(self, ledger: Ledger, change: Change, settings: Settings, stop: Callable[[], bool]) -> Ending:
        if self._worker is None:
            self._worker = (self._waiting and self._waiting.take()) or Worker(WORKER)
            self._worker.keep(self._kept())
        job = KeptJob(change, ledger.x, tuple(ledger.bounds), settings.seed, settings.workers,
                      settings.left(settings.deadline))
        ending = self._worker.again(job, ledger, settings, stop)
        if ending is None:
            ending = self._worker.death()
        if ending.stopped:
            self._end()
        return ending

    def _kept(self) -> Kept:
        if self._first is None:
            return Kept(self._program, None, ())
        return Kept(self._program, self._first.x, self._bounds(), self._place)

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None
