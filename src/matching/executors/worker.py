"""The worker process: the task on standard input, then one job after another; the answers on standard output."""

from __future__ import annotations

import pickle
import queue
import sys
import traceback
from contextlib import ExitStack
from typing import IO, Any

from matching.domain.pipes import answer_stream, jobs_asked
from matching.executors.child import Answer


def main() -> None:
    """Do jobs until there are none; what a job prints does not reach the caller."""
    answers, asked = answer_stream(), jobs_asked()
    sys.path[:] = asked.get()
    work(asked, answers)


def work(asked: queue.Queue[Any], answers: IO[bytes]) -> None:
    """Answer job after job; the task is opened with the first, so that what goes wrong then is told as its answer."""
    package = asked.get()
    do = None
    with ExitStack() as opened:
        while (job := asked.get()) is not None:
            try:
                if do is None:
                    task = pickle.loads(package)
                    do = opened.enter_context(task.open(task.shared))
                answer = Answer(True, pickle.dumps(do(pickle.loads(job)), pickle.HIGHEST_PROTOCOL))
            except Exception as problem:
                answer = Answer(False, pickled(problem))
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def pickled(problem: Exception) -> bytes:
    """Return the exception as it is, with where it came from as a note; its words alone where it cannot be sent."""
    where = "".join(traceback.format_exception(problem))
    try:
        content = pickle.dumps(problem, pickle.HIGHEST_PROTOCOL)
        sendable = isinstance(pickle.loads(content), type(problem))
    except Exception:
        sendable = False
    if not sendable:
        problem = RuntimeError(f"{type(problem).__name__}: {problem}")
    problem.add_note(where)
    return pickle.dumps(problem, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
