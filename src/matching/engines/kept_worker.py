"""A worker process that does one job after another, and ends when whoever gives it jobs is gone."""

from __future__ import annotations

import os
import pickle
import queue
import threading
from typing import IO, Any

from matching.engines.process import OUT_OF_MEMORY, Job
from matching.engines.worker import answer_stream, tell_caller, work


def main() -> None:
    """Do jobs until standard input ends; solvers may print what they like, it does not reach the caller."""
    answers = answer_stream()
    jobs: queue.Queue[Job] = queue.Queue()
    threading.Thread(target=listen, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    while True:
        try:
            verdict = work(jobs.get(), answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        tell_caller(answers, verdict)


def listen(stream: IO[bytes], jobs: queue.Queue[Any]) -> None:
    """Take up jobs; the end of the stream ends the process in the middle of one, since nobody waits for it."""
    while True:
        try:
            jobs.put(pickle.load(stream))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)


if __name__ == "__main__":
    main()
