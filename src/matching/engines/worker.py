"""The worker process: a job on standard input, events and a verdict on standard output."""

from __future__ import annotations

import math
import os
import pickle
import queue
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from typing import IO, Any

from matching.domain.pipes import answer_stream, jobs_asked
from matching.engines.flow import solve_parts
from matching.engines.ledger import Event, Ledger, incumbent
from matching.engines.process import OUT_OF_MEMORY, FlowJob, Job, KeptJob
from matching.engines.registry import engine_of
from matching.engines.settings import Settings
from matching.problem.program import Int64, Program

AHEAD = ("highspy", "scipy.sparse", "ortools.graph.python.min_cost_flow")


def main() -> None:
    """Do one job; solvers may print what they like, it does not reach the caller."""
    answers = answer_stream()
    jobs = jobs_asked()
    if sys.argv[1:] == ["ahead"]:
        _load_until_asked(jobs)
    job = jobs.get()
    try:
        verdict = flow(job, answers) if isinstance(job, FlowJob) else work(job, answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    tell_caller(answers, verdict)


def _load_until_asked(jobs: queue.Queue[Any]) -> None:
    """Load what the default engine will need for as long as there is no job."""
    for module in AHEAD:
        if jobs.empty():
            import_module(module)


def work(job: Job, answers: IO[bytes]) -> str:
    """Run the job's engine and tell every event."""
    program, start, bounds = pickle.loads(job.ledger)
    return engine_of(job.engine).run(told_ledger(program, start, bounds, answers), settings_of(job))


def told_ledger(program: Program, start: Int64 | None, bounds: Sequence[int], answers: IO[bytes]) -> Ledger:
    """Return a ledger that begins with what the caller knows, and tells it every event."""
    def tell(event: Event) -> None:
        tell_caller(answers, event)

    ledger = Ledger(program, tell)
    if start is not None:
        ledger.offer(start)
    for goal, bound in enumerate(bounds):
        ledger.raise_bound(goal, bound)
    return ledger


def settings_of(job: Job | KeptJob) -> Settings:
    """Return a job's settings by this process' clock."""
    deadline = math.inf if math.isinf(job.left) else time.monotonic() + job.left
    return Settings(job.seed, job.workers, deadline)


def flow(job: FlowJob, answers: IO[bytes]) -> str:
    """Solve the job's network and tell the optimum."""
    x = solve_parts(job.parts)
    if x is None:
        return "infeasible"
    tell_caller(answers, incumbent(x))
    return "done"


def tell_caller(answers: IO[bytes], message: object) -> None:
    """Send an event or a verdict."""
    pickle.dump(message, answers)
    answers.flush()


if __name__ == "__main__":
    main()
