"""The worker process of a `Resolver`: a program on standard input, then one change of it after another."""

from __future__ import annotations

import os
import queue
import threading
from typing import IO

from matching.engines.change import changed
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.kept_worker import listen
from matching.engines.process import OUT_OF_MEMORY, KeptJob
from matching.engines.worker import answer_stream, settings_of, tell_caller, told_ledger
from matching.problem.program import Program


class KeptSearch:
    """A program and the search that has worked it so far."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._search: GoalSearch | None = None

    def work(self, job: KeptJob, answers: IO[bytes]) -> str:
        """Solve the program under a change and tell every event."""
        ledger = told_ledger(changed(self._program, job.change), job.x, job.bounds, answers)
        settings = settings_of(job)
        if self._search is None:
            self._search = GoalSearch(ledger.program, settings)
        else:
            self._search.turn_to(ledger.program, settings)
        return lexicographic(ledger, self._search, settings)


def main() -> None:
    """Work jobs until standard input ends; that ends the process in the middle of one, since nobody waits for it."""
    answers = answer_stream()
    jobs: queue.Queue[Program | KeptJob] = queue.Queue()
    threading.Thread(target=listen, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    kept: KeptSearch | None = None
    while True:
        job = jobs.get()
        try:
            if isinstance(job, Program):
                kept = KeptSearch(job)
            elif kept is not None:
                tell_caller(answers, kept.work(job, answers))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
