"""Waiting for jobs that others do."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from matching.executors.child import TICK, Answer
from matching.executors.executor import OnDone, Stop, StoppedError, asks


class Promise(Protocol):
    """A job under way: a future of the standard library or of Dask."""

    def add_done_callback(self, told: Callable[[Any], object], /) -> None:
        """Have `told` called when it has ended."""


def collect(promises: Sequence[Promise], answer_of: Callable[[Any], Answer], *, stop: Stop | None,
            on_done: OnDone | None, check: Callable[[], None] = lambda: None) -> list[Any]:
    """Return the results in the order of the promises.

    Parameters
    ----------
    answer_of : a promise that has ended -> its answer; may raise
    check : called several times a second; raises where nothing can be hoped for any more

    Raises
    ------
    StoppedError
        Where `stop` asks for it.
    Exception
        What the first job to fail raised.
    """
    done: dict[int, Any] = {}
    ended: queue.Queue[int] = queue.Queue()
    for number, promise in enumerate(promises):
        promise.add_done_callback(partial(_tell, ended, number))
    while len(done) < len(promises):
        if asks(stop):
            raise StoppedError(done)
        try:
            number = ended.get(timeout=TICK)
        except queue.Empty:
            check()
            continue
        done[number] = answer_of(promises[number]).value()
        if on_done is not None:
            on_done(number, done[number])
    return [done[number] for number in range(len(promises))]


def _tell(ended: queue.Queue[int], number: int, _: object) -> None:
    ended.put(number)
