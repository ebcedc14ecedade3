"""Jobs done side by side, in processes of this machine."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from matching.domain.findings import InputError
from matching.executors.child import Answer
from matching.executors.collect import collect
from matching.executors.crew import Crew
from matching.executors.executor import Executor, OnDone, Stop, Task
from matching.executors.faults import no_workers_asked


class _Processes:
    def __init__(self, workers: int) -> None:
        self._workers = workers

    def run(self, task: Task, jobs: Sequence[Any], *, stop: Stop | None = None,
            on_done: OnDone | None = None) -> list[Any]:
        if not jobs:
            return []
        crew = Crew(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        abandoned = threading.Event()
        def wanted() -> bool:
            return not abandoned.is_set()

        pool = ThreadPoolExecutor(min(self._workers, len(jobs)))
        try:
            promises = [pool.submit(crew.do, pickle.dumps(job, pickle.HIGHEST_PROTOCOL), wanted) for job in jobs]
            results = collect(promises, Future[Answer].result, stop=stop, on_done=on_done)
        except BaseException:
            abandoned.set()
            pool.shutdown(cancel_futures=True)
            crew.end(at_once=True)
            raise
        pool.shutdown()
        crew.end(at_once=False)
        return results


def processes(workers: int) -> Executor:
    """Return the executor that works in `workers` processes of this machine.

    A process opens the task once. One that dies has its job done again by another, up to three times; all are killed
    at once where the caller stops, and end where it dies.

    Raises
    ------
    InputError
        Where there is to be no worker.
    """
    if workers < 1:
        raise InputError([no_workers_asked(workers)])
    return _Processes(workers)
