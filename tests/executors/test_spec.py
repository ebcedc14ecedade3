from __future__ import annotations

import os

import pytest

from matching.executors import Task, in_process, processes, side_by_side
from tests.executors.tasks import times


@pytest.mark.parametrize(("cores", "alike"), [(1, in_process), (None, in_process), (2, lambda: processes(2)),
                                          (64, lambda: processes(4))])
def test_each_core_has_a_process_up_to_four(monkeypatch, cores, alike):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert vars(side_by_side()) == vars(alike())


def test_what_they_do_is_the_same():
    assert side_by_side().run(Task(times, 3), [2, 1]) == [6, 3]
