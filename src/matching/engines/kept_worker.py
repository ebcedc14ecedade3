"""A worker process that does one job after another, and ends when whoever gives it jobs is gone."""

from __future__ import annotations

import os

from matching.domain.pipes import answer_stream, jobs_asked
from matching.engines.process import OUT_OF_MEMORY
from matching.engines.worker import tell_caller, work


def main() -> None:
    """Do jobs until standard input ends; solvers may print what they like, it does not reach the caller."""
    answers = answer_stream()
    jobs = jobs_asked()
    while True:
        try:
            verdict = work(jobs.get(), answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        tell_caller(answers, verdict)


if __name__ == "__main__":
    main()
