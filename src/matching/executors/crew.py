"""The worker processes of one task on one machine: whoever has a job for them takes an idle one or starts another."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterable
from typing import Any

from matching.domain.findings import InputError
from matching.executors.child import Answer, Child
from matching.executors.faults import worker_died

DEATHS = 3
"""How many workers a job may end before it is given up."""


class Crew:
    """Worker processes for a task; several threads may have jobs done at the same time, each by a process of its own.

    Pickled, it is only its task: on another machine it begins without a process.

    Parameters
    ----------
    package : the pickled task
    """

    def __init__(self, package: bytes) -> None:
        self._package = package
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._package,)

    def do(self, job: bytes, wanted: Callable[[], bool]) -> Answer:
        """Have a pickled job done, again where its process dies.

        Raises
        ------
        AbandonedError
            Where the job is not `wanted` any more; its process has been killed.
        """
        how = ""
        for _ in range(DEATHS):
            child = self._free()
            answer = child.ask(job, wanted)
            if answer is not None:
                self._back(child)
                return answer
            how = child.death()
        return Answer(False, pickle.dumps(InputError([worker_died(DEATHS, how)])))

    def end(self, *, at_once: bool) -> None:
        """End the idle processes: killed, or left to close what they opened."""
        with self._lock:
            idle, self._idle = self._idle, []
        end(idle, at_once=at_once)

    def _free(self) -> Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Child(self._package)

    def _back(self, child: Child) -> None:
        with self._lock:
            self._idle.append(child)


def end(children: Iterable[Child], *, at_once: bool) -> None:
    """End processes that have no job."""
    idle = list(children)
    if not at_once:
        for child in idle:
            child.dismiss()
    for child in idle:
        if at_once:
            child.kill()
        else:
            child.leave()
