"""Several programs at once, each in a worker process."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

from matching.engines.ledger import Ledger
from matching.engines.process import Ending, Worker
from matching.engines.settings import Settings
from matching.engines.side_by_side import one_by_one, side_by_side
from tests.engines.blocks import program
from tests.engines.test_contract import hard_program

ENDLESS = Settings(0, 2, math.inf)


def easy(n):
    """At most one of n columns; the last is worth most."""
    return program(np.ones((1, n)), [0], [1], [-np.arange(1, n + 1)], n)


def infeasible(n):
    return program(np.ones((1, n)), [2 * n], [2 * n], [np.ones(n)], n)


@pytest.mark.parametrize("run", [one_by_one, side_by_side])
def test_endings_are_in_the_order_of_the_programs(run):
    heard = []
    ledgers = [Ledger(p) for p in (easy(2), infeasible(3), easy(5), easy(1))]
    endings = run(ledgers, "highs", ENDLESS, heard=lambda k, ending: heard.append((k, ending.verdict)))
    assert [ending.verdict for ending in endings] == ["done", "infeasible", "done", "done"]
    assert [ledger.values for ledger in ledgers] == [(1,), (), (-2,), (2,)]
    assert sorted(heard) == [(0, "done"), (1, "infeasible"), (2, "done"), (3, "done")]


def test_one_that_dies_is_a_status_and_the_others_go_on(monkeypatch):
    real, started = Worker.__init__, []

    def noting(self, *words, **options):
        real(self, *words, **options)
        started.append(self)

    monkeypatch.setattr(Worker, "__init__", noting)
    ledgers = [Ledger(p) for p in (hard_program(), easy(3), easy(2))]
    threading.Timer(1.5, lambda: os.kill(started[0]._process.pid, signal.SIGKILL)).start()
    endings = side_by_side(ledgers, "highs", Settings(0, 1, math.inf))
    assert [(ending.verdict, ending.stopped) for ending in endings] == [(None, "crash"), ("done", None), ("done", None)]
    assert len(started) == 2


def test_a_stop_ends_those_at_work_and_those_that_wait():
    began = time.monotonic()
    ledgers = [Ledger(p) for p in (hard_program(), hard_program(1), easy(2))]
    endings = side_by_side(ledgers, "highs", ENDLESS, stop=lambda: time.monotonic() > began + 1)
    assert [ending.stopped for ending in endings] == ["user"] * 3


def test_each_has_its_share_of_the_time(monkeypatch):
    """Those that use up their share, and some more, leave the last one time."""
    now, given = [0.0], []

    class Slow:
        """A worker that takes a second longer than it may."""

        def __init__(self, *words, **options):
            pass

        def run(self, ledger, engine, settings, stop):
            given.append(settings.deadline - now[0])
            now[0] = settings.deadline + 1
            return Ending("stopped")

        def end(self):
            pass

    monkeypatch.setattr("matching.engines.settings.time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr("matching.engines.side_by_side.Worker", Slow)
    side_by_side([Ledger(easy(n)) for n in (50, 49, 2)], "highs", Settings(0, 1, 102.0))
    assert given[:2] == pytest.approx([50, 0.9 * 51], rel=0.01)
    assert given[2] > 1


def test_where_all_have_a_plan_some_are_brought_to_their_end(monkeypatch):
    """Of eight alike each has an eighth of the time; with plans, half of it may go to the first."""
    given = []

    def notes(ledger, engine, chosen, stop):
        given.append(chosen.deadline)
        return Ending("done")

    monkeypatch.setattr("matching.engines.side_by_side.run_in_process", notes)
    for plan, share in ((False, 8), (True, 2)):
        ledgers = [Ledger(easy(2)) for _ in range(8)]
        for ledger in ledgers:
            if plan:
                ledger.offer(np.array([1, 0]))
        given.clear()
        now = time.monotonic()
        one_by_one(ledgers, "highs", Settings(0, 1, now + 8000))
        assert given[0] - now == pytest.approx(8000 / share, rel=0.05)
        assert given[-1] - now == pytest.approx(8000, rel=0.05)


OUTER = """
import math, sys, threading
from tests.engines.test_side_by_side import hard_program
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines import process, side_by_side
real = process.Worker.__init__
def telling(self, *words, **options):
    real(self, *words, **options)
    sys.stdout.write(f"{self._process.pid}\\n")  # at once, since two threads tell theirs
    sys.stdout.flush()
process.Worker.__init__ = telling
side_by_side.side_by_side([Ledger(hard_program(k)) for k in (0, 1)], "highs", Settings(0, 2, math.inf))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the state of processes from /proc")
@pytest.mark.parametrize("end", [lambda pid: os.killpg(pid, signal.SIGKILL), lambda pid: os.kill(pid, signal.SIGKILL)])
def test_none_outlives_the_process_that_started_it(end):
    with subprocess.Popen([sys.executable, "-c", OUTER], stdout=subprocess.PIPE, text=True,
                          start_new_session=True) as outer:
        try:
            inner = [int(outer.stdout.readline()) for _ in range(2)]
            time.sleep(1)
            assert all(map(_runs, inner))
            end(outer.pid)
            outer.wait()
        finally:
            outer.kill()
        deadline = time.monotonic() + 20
        while any(map(_runs, inner)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(_runs, inner))


ALONE = """
import sys
from matching.engines import process, solve
from tests.engines.test_side_by_side import hard_program
real = process.Worker.__init__
def telling(self, *words, **options):
    real(self, *words, **options)
    print(self._process.pid, flush=True)
process.Worker.__init__ = telling
solve(hard_program(), time_limit=600, workers=1)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the state of processes from /proc")
def test_a_solver_in_the_middle_of_its_job_does_not_outlive_the_process_that_started_it():
    with subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, text=True) as outer:
        try:
            inner = int(outer.stdout.readline())
            time.sleep(2)
            assert _runs(inner)
        finally:
            outer.kill()
    deadline = time.monotonic() + 20
    while _runs(inner) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(inner)


def _runs(pid):
    """Whether there is such a process, and it is not only waiting to be noted as ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
