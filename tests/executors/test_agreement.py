"""Whoever does the jobs: the same results in the same order, the same errors, the same end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from benchmarks.loopback import ROOT, Cluster
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.executors import Executor, StoppedError, Task, cluster, executor_of, in_process, processes
from tests.executors.tasks import (
    Held,
    Unkind,
    gone,
    held,
    noting,
    pids,
    refused,
    times,
    unable,
    unkind,
    until,
    with_a_solver,
)

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the state of processes from /proc")


@pytest.fixture(scope="module")
def executors(standing: Cluster) -> dict[str, Executor]:
    return {"in-process": in_process(), "processes": processes(2), "cluster": cluster(standing.address)}


@pytest.fixture(params=["in-process", "processes", "cluster"])
def executor(request: pytest.FixtureRequest, executors: dict[str, Executor]) -> Executor:
    return executors[request.param]


@pytest.fixture(params=["processes", "cluster"])
def outside(request: pytest.FixtureRequest, executors: dict[str, Executor]) -> Executor:
    """An executor whose jobs are done by other processes."""
    return executors[request.param]


@settings(max_examples=5, deadline=None)
@given(factor=st.integers(-9, 9), jobs=st.lists(st.integers(), max_size=9))
def test_all_give_the_same_results_in_the_order_of_the_jobs(executors, factor, jobs):
    for executor in executors.values():
        told: dict[int, int] = {}
        results = executor.run(Task(times, factor), jobs, on_done=told.__setitem__)
        assert results == [factor * job for job in jobs]
        assert told == dict(enumerate(results))


def test_what_a_task_cannot_open_reaches_the_caller_as_it_is(executor):
    with pytest.raises(InputError) as problem:
        executor.run(Task(unable, None), [1, 2])
    assert problem.value.findings == refused().findings


def test_what_a_job_refuses_reaches_the_caller_as_it_is(executor):
    with pytest.raises(InputError) as problem:
        executor.run(Task(unkind, None), [Unkind("refuse")])
    assert problem.value.findings == refused().findings


def test_an_error_tells_where_in_the_worker_it_arose(outside):
    with pytest.raises(ValueError, match="broken") as problem:
        outside.run(Task(unkind, None), [Unkind("broken")])
    assert str(problem.value) == "broken"
    assert "in do" in problem.value.__notes__[0]


def test_an_error_that_cannot_be_sent_is_told_in_words(outside):
    with pytest.raises(RuntimeError, match="NeedsTwoError: 1 and 2"):
        outside.run(Task(unkind, None), [Unkind("unsendable")])


def test_a_job_that_ends_every_worker_is_an_error(outside):
    with pytest.raises(InputError) as problem:
        outside.run(Task(unkind, None), [Unkind("die")])
    assert [finding.code for finding in problem.value.findings] == ["worker_died"]
    assert "exit code 9" in problem.value.findings[0].text.en


def test_a_worker_opens_once_and_leaves_what_it_opened(outside, tmp_path):
    workers = set(outside.run(Task(noting, str(tmp_path)), list(range(8))))
    assert len(workers) <= 2
    assert workers <= set(pids(tmp_path, "open"))
    assert until(lambda: pids(tmp_path, "closed") == pids(tmp_path, "open"))


@linux
def test_a_worker_that_dies_has_its_job_done_again(outside, tmp_path):
    def end_one() -> None:
        assert until(lambda: pids(tmp_path, "began-0"))
        os.kill(pids(tmp_path, "began-0")[0], 9)
        (tmp_path / "go").touch()

    threading.Thread(target=end_one).start()
    assert outside.run(Task(held, None), held_jobs(tmp_path, 3)) == [0, 1, 2]
    assert len(pids(tmp_path, "began-0")) == 2


@linux
def test_a_stop_ends_the_workers_and_the_solvers_that_they_started(outside, tmp_path):
    stop = threading.Event()

    def ask() -> None:
        assert until(lambda: pids(tmp_path, "began-0"))
        stop.set()

    threading.Thread(target=ask).start()
    with pytest.raises(StoppedError) as stopped:
        outside.run(Task(with_a_solver, str(tmp_path)), held_jobs(tmp_path, 2), stop=stop)
    assert stopped.value.done == {}
    assert gone(pids(tmp_path, "began") + pids(tmp_path, "solver"))
    assert not list(tmp_path.glob("ended*"))


CALLER = """
import sys
from matching.executors import Task, executor_of
from tests.executors.tasks import Held, with_a_solver
executor_of(sys.argv[1]).run(Task(with_a_solver, sys.argv[2]), [Held(0, sys.argv[2])])
"""


@linux
@pytest.mark.parametrize("kind", ["processes", "cluster"])
def test_workers_end_when_their_caller_is_killed(kind, standing, tmp_path):
    spec = standing.address if kind == "cluster" else "processes:1"
    with subprocess.Popen([sys.executable, "-c", CALLER, spec, str(tmp_path)], cwd=ROOT) as caller:
        try:
            assert until(lambda: pids(tmp_path, "began"))
        finally:
            caller.kill()
    assert gone(pids(tmp_path, "began") + pids(tmp_path, "solver"))


def test_a_name_stands_for_an_executor(standing):
    for spec in ("in-process", "processes:2", standing.address):
        assert executor_of(spec).run(Task(times, 2), [1, 2, 3]) == [2, 4, 6]


def held_jobs(folder: Path, number: int) -> list[Held]:
    return [Held(n, str(folder)) for n in range(number)]
