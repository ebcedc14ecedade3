from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from matching.executors import StoppedError, Task, in_process


@contextmanager
def times(factor: int) -> Iterator[Callable[[int], int]]:
    yield lambda job: factor * job


def test_results_are_in_the_order_of_the_jobs_and_told_as_they_end():
    told: list[tuple[int, int]] = []
    assert in_process().run(Task(times, 3), [2, 1], on_done=lambda n, r: told.append((n, r))) == [6, 3]
    assert told == [(0, 6), (1, 3)]


def test_a_stop_leaves_what_was_done():
    stop = Event()
    with pytest.raises(StoppedError) as stopped:
        in_process().run(Task(times, 3), [2, 1], stop=stop, on_done=lambda *_: stop.set())
    assert stopped.value.done == {0: 6}
