"""All jobs in this process, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matching.executors.executor import Executor, OnDone, Stop, StoppedError, Task, asks


class _InProcess:
    def run(self, task: Task, jobs: Sequence[Any], *, stop: Stop | None = None,
            on_done: OnDone | None = None) -> list[Any]:
        done: dict[int, Any] = {}
        with task.open(task.shared) as do:
            for number, job in enumerate(jobs):
                if asks(stop):
                    raise StoppedError(done)
                done[number] = do(job)
                if on_done is not None:
                    on_done(number, done[number])
        return list(done.values())


def in_process() -> Executor:
    """Return the executor that works in this process; a stop is heeded between two jobs."""
    return _InProcess()
