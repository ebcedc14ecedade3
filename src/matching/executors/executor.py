"""What every executor does: one task, many jobs, the results in the order of the jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from threading import Event
from typing import Any, NamedTuple, Protocol

Stop = Event | Callable[[], bool]
OnDone = Callable[[int, Any], None]
"""Told each job's number and result, in the caller's process, in whatever order they end."""


class Task(NamedTuple):
    """What every worker does.

    Attributes
    ----------
    open : a function of a module; called once by a worker with `shared`, it gives the function from a job to its result
    shared : what all jobs need; sent to a worker once
    """

    open: Callable[[Any], AbstractContextManager[Callable[[Any], Any]]]
    shared: Any


class StoppedError(Exception):
    """The user stopped; `done` holds the results by the jobs' numbers, as far as there are any."""

    def __init__(self, done: Mapping[int, Any]) -> None:
        super().__init__(f"stopped after {len(done)} jobs")
        self.done = dict(done)

    def __reduce__(self) -> tuple[type[StoppedError], tuple[dict[int, Any]]]:
        return type(self), (self.done,)


def asks(stop: Stop | None) -> bool:
    """Tell whether to stop."""
    return stop is not None and (stop.is_set() if isinstance(stop, Event) else stop())


class Executor(Protocol):
    """Does the jobs of a task; a result may not depend on which jobs its worker did before."""

    def run(self, task: Task, jobs: Sequence[Any], *, stop: Stop | None = None,
            on_done: OnDone | None = None) -> list[Any]:
        """Return the results in the order of `jobs`.

        Raises
        ------
        StoppedError
            Where `stop` is set before all is done; what is under way is given up.
        """
